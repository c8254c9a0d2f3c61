package pdf

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/report/pdf/object"
)

// cutDocument prints a document of an index and sections that lead to each other,
// in volumes of so many pages or bytes.
func cutDocument(t *testing.T, limits Volumes, sections int, picture []byte) [][]byte {
	t.Helper()
	files := []*bytes.Buffer{{}}
	limits.Name = "bundle.pdf"
	limits.Next = func(n int) (string, io.Writer, error) {
		files = append(files, &bytes.Buffer{})
		return fmt.Sprintf("bundle-%d.pdf", n), files[n-1], nil
	}
	d, err := New(files[0], Options{Title: "Cut", Lang: "en-GB", Home: Run{Text: "Index", Link: "index"}, Volumes: limits})
	if err != nil {
		t.Fatal(err)
	}
	d.Heading(1, "Index", "index")
	contents := d.Table([]Col{{Title: "Section", Width: 8}, {Title: "Volume", Width: 1}, {Title: "Page", Width: 1}})
	for n := range sections {
		to := fmt.Sprintf("section-%d", n)
		contents.Row("", []Run{{Text: to, Link: to}}, []Run{VolumeOf(to)}, []Run{PageOf(to)})
	}
	for n := range sections {
		d.PageBreak()
		d.Heading(1, fmt.Sprintf("Section %d", n), fmt.Sprintf("section-%d", n))
		d.Paragraph(Body, Run{Text: "to the first", Link: "section-0"}, Run{Text: ", page "}, PageOf("section-0"))
		if picture != nil {
			d.Image(Picture{Data: append(picture[:len(picture):len(picture)], byte(n))})
		}
	}
	if _, err := d.Close(); err != nil {
		t.Fatal(err)
	}
	var all [][]byte
	for _, f := range files {
		all = append(all, f.Bytes())
	}
	return all
}

// Pages are counted through the volumes, each is a whole file, and links lead from
// one into another by file and page.
func TestVolumes(t *testing.T) {
	files := cutDocument(t, Volumes{Pages: 4}, 9, nil)
	if len(files) != 3 {
		t.Fatalf("%d volumes", len(files))
	}
	dir := t.TempDir()
	for i, want := range []struct {
		label int
		foot  string
	}{{1, "Volume 1 of 3, pages 1 to 4"}, {5, "Volume 2 of 3, pages 5 to 8"}, {9, "Volume 3 of 3, pages 9 to 10"}} {
		name := filepath.Join(dir, fmt.Sprintf("%d.pdf", i))
		if err := os.WriteFile(name, files[i], 0o600); err != nil {
			t.Fatal(err)
		}
		tool(t, "qpdf", "--check", name)
		text := tool(t, "pdftotext", "-layout", name, "-")
		if n := strings.Count(text, want.foot); n == 0 || n != strings.Count(text, "\f") {
			t.Errorf("volume %d: %q stands %d times in:\n%s", i+1, want.foot, n, text)
		}
		f, err := object.Open(bytes.NewReader(files[i]), int64(len(files[i])))
		if err != nil {
			t.Fatal(err)
		}
		nums := f.Array(f.Dict(f.Dict(f.Trailer()["Root"])["PageLabels"])["Nums"])
		if got, _ := f.Int(f.Dict(nums[1])["St"]); got != want.label {
			t.Errorf("volume %d is counted from %d", i+1, got)
		}
		if f.Dict(f.Dict(f.Trailer()["Root"])["Outlines"])["First"] == nil {
			t.Errorf("volume %d has no bookmark", i+1)
		}
	}
	first := tool(t, "pdftotext", "-layout", filepath.Join(dir, "0.pdf"), "-")
	for n, want := range []string{"1 2", "1 3", "1 4", "2 5", "2 6", "2 7", "2 8", "3 9", "3 10"} {
		if line := fmt.Sprintf("section-%d ", n); !slices.ContainsFunc(strings.Split(first, "\n"), func(l string) bool {
			return strings.HasPrefix(strings.TrimSpace(l), line) && strings.HasSuffix(strings.Join(strings.Fields(l), " "), " "+want)
		}) {
			t.Errorf("the index does not say %s for %s:\n%s", want, line, first)
		}
	}
	out := tool(t, "qpdf", "--qdf", "--object-streams=disable", filepath.Join(dir, "0.pdf"), "-")
	if n := strings.Count(out, "/S /GoToR"); n != 12 { // six entries and six numbers of pages elsewhere
		t.Errorf("%d links lead from the first volume into others", n)
	}
	if again := cutDocument(t, Volumes{Pages: 4}, 9, nil); !slices.EqualFunc(files, again, bytes.Equal) {
		t.Error("the same document has other bytes")
	}
	if one := cutDocument(t, Volumes{}, 9, nil); len(one) != 1 || bytes.Contains(one[0], []byte("Volume 1 of")) {
		t.Errorf("without limits there are %d volumes", len(one))
	}
}

// No volume is larger than was asked for.
func TestVolumesBySize(t *testing.T) {
	picture := photo(t, 1400, 1000, 1)
	most := int64(5 << 20)
	files := cutDocument(t, Volumes{Bytes: most}, 30, picture)
	total := 0
	for i, f := range files {
		total += len(f)
		if int64(len(f)) > most {
			t.Errorf("volume %d has %d bytes", i+1, len(f))
		}
	}
	if len(files) < 3 || total < 8<<20 {
		t.Errorf("%d volumes of %d bytes: this test sees nothing", len(files), total)
	}
}
