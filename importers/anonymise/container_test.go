package anonymise

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"daybook/importers"
)

const chatText = "04/05/2024, 21:05 - Alice Wonder: outside your window\n14/05/2024, 21:06 - Bertram: go away\n"

type packed struct{ name, text string }

type fatal interface{ Fatal(...any) }

func zipOf(t fatal, files ...packed) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = io.WriteString(w, f.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarOf(t fatal, files ...packed) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		h := &tar.Header{Name: f.name, Size: int64(len(f.text)), Mode: 0o600, ModTime: time.Date(2024, 5, 4, 21, 5, 0, 0, time.UTC)}
		if f.text == "link" {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, "/etc/passwd", 0
		}
		err := w.WriteHeader(h)
		if err == nil && h.Size > 0 {
			_, err = io.WriteString(w, f.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipOf(t fatal, data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Name = "Alice Wonder.txt"
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// members reads what a container holds, by the same reader as an import does.
func members(t testing.TB, data []byte) map[string]string {
	t.Helper()
	m := map[string]string{}
	is, err := importers.EachMember(context.Background(), "copy", bytes.NewReader(data), int64(len(data)), importers.DefaultLimits, func(m2 importers.Member) error {
		if m2.Problem != nil {
			return m2.Problem
		}
		text, err := io.ReadAll(m2.Reader)
		m[m2.Path] = string(text)
		return err
	})
	if !is || err != nil {
		t.Fatalf("the copy is a container: %v, %v", is, err)
	}
	return m
}

// A zip, a tar, a packed tar and a packed file stay what they are, with as many
// members, and what is in them is written anew.
func TestContainersArePackedAsTheyWere(t *testing.T) {
	two := []packed{{"alice/_chat.txt", chatText}, {"alice/notes.json", `{"text": "outside your window"}`}}
	for name, data := range map[string][]byte{"a.zip": zipOf(t, two...), "a.tar": tarOf(t, two...), "a.tar.gz": gzipOf(t, tarOf(t, two...)), "a.gz": gzipOf(t, []byte(chatText))} {
		want := 2
		if name == "a.gz" {
			want = 1
		}
		s, out, sum := copied(t, fstest.MapFS{name: {Data: data}}, ".")
		if len(out) != 1 || len(sum.LeftOut) > 0 {
			t.Fatalf("%s: %d files, left out: %v", name, len(out), sum.LeftOut)
		}
		for stand, f := range out {
			if path.Ext(stand) != path.Ext(name) || path.Ext(name) != ".tar" && f.Data[0] != data[0] {
				t.Errorf("%s: is %s and begins with %x", name, stand, f.Data[:4])
			}
			inside := members(t, f.Data)
			if len(inside) != want {
				t.Errorf("%s: %d members, want %d", name, len(inside), want)
			}
			for member, text := range inside {
				if len(text) < 20 || strings.Contains(member+text, "lice") || strings.Contains(text, "outside") {
					t.Errorf("%s: %s holds %q", name, member, text)
				}
			}
			if s.text("Alice Wonder") == "Alice Wonder" {
				t.Error("nothing was written anew")
			}
		}
	}
}

// What is hostile in a container is left out and said, whatever it is, and the
// rest is there; no name in a copy leads anywhere.
func TestHostileContainers(t *testing.T) {
	limits := Limits{File: 4 << 20, Container: importers.Limits{Members: 20, Bytes: 64 << 20, Ratio: 50, Depth: 3}}
	chat := packed{"_chat.txt", chatText}
	bomb := packed{"zeros.txt", strings.Repeat("\n", 24<<20)}
	nested := zipOf(t, chat)
	for range 6 {
		nested = zipOf(t, packed{"in.zip", string(nested)}, chat)
	}
	var many []packed
	for i := range 40 {
		many = append(many, packed{fmt.Sprintf("f%d.txt", i), chatText})
	}
	whole := zipOf(t, chat, packed{"b.txt", strings.Repeat(chatText, 50)})
	for _, c := range []struct {
		name, file string
		data       []byte
		said       string
	}{
		{"bomb", "a.zip", zipOf(t, bomb, chat), "larger"},
		{"bomb in a tar", "a.tgz", gzipOf(t, tarOf(t, chat, bomb)), "unpack"},
		{"bomb alone", "a.gz", gzipOf(t, []byte(bomb.text)), "larger"},
		{"nested", "a.zip", nested, "containers"},
		{"many", "a.zip", zipOf(t, many...), "members"},
		{"cut off", "a.zip", whole[:len(whole)/2], "not whole"},
		{"cut off tar", "a.tar", tarOf(t, chat, chat)[:1536+100], "not whole"},
		{"cut off gzip", "a.gz", gzipOf(t, []byte(strings.Repeat(chatText, 900)))[:60], "unpacked whole"},
		{"link", "a.tar", tarOf(t, packed{"evil", "link"}, chat), "cannot be read"},
		{"names", "a.zip", zipOf(t, packed{"../../etc/passwd", chatText}, packed{"/root/.ssh/x.txt", chatText}, packed{`..\..\win.txt`, chatText}, packed{"a/./../../b.txt", chatText}), ""},
	} {
		_, out, sum := copiedWithin(t, fstest.MapFS{c.file: {Data: c.data}}, ".", limits)
		said := fmt.Sprint(sum.LeftOut)
		if !strings.Contains(said, c.said) || c.said == "" && len(sum.LeftOut) > 0 {
			t.Errorf("%s: left out %s, want %q", c.name, said, c.said)
		}
		for name, f := range out {
			size := 0
			for member, text := range members(t, f.Data) {
				size += len(text)
				if strings.HasPrefix(member, "/") || slices.Contains(strings.Split(member, "/"), "..") || strings.Contains(member, `\`) {
					t.Errorf("%s: %s holds %q", c.name, name, member)
				}
			}
			if size > 8<<20 {
				t.Errorf("%s: the copy unpacks to %d bytes", c.name, size)
			}
		}
	}
}

// A file cut off anywhere gives a copy, or says what is missing of it.
func TestContainersCutOffAnywhere(t *testing.T) {
	files := []packed{{"_chat.txt", chatText}, {"b.json", `{"text":"outside"}`}}
	for name, data := range map[string][]byte{"a.zip": zipOf(t, files...), "a.tar": tarOf(t, files...), "a.tgz": gzipOf(t, tarOf(t, files...))} {
		first, step := 4, 1 // what is shorter is no container by its bytes
		if name == "a.tar" {
			first, step = 512, 97
		}
		for cut := first; cut < len(data); cut += step {
			_, out, sum := copied(t, fstest.MapFS{name: {Data: data[:cut]}}, ".")
			if len(out) != 1 || len(sum.LeftOut) == 0 && sum.Replaced == 0 && sum.Rewritten < 2 {
				t.Fatalf("%s cut off at %d: %d files, %+v", name, cut, len(out), sum)
			}
		}
	}
}

// stopping ends a context once so many files were opened or begun.
type stopping struct {
	fs.FS
	memoryTarget
	left *int
	stop context.CancelFunc
}

func (s stopping) count() {
	if *s.left--; *s.left == 0 {
		s.stop()
	}
}

func (s stopping) Open(name string) (fs.File, error) {
	s.count()
	return s.FS.Open(name)
}

func (s stopping) Create(name string) (io.WriteCloser, error) {
	s.count()
	return s.memoryTarget.Create(name)
}

// A copy stops when its context ends, wherever it is, and says so.
func TestCopyEndsWithItsContext(t *testing.T) {
	tree := fstest.MapFS{}
	for i := range 5 {
		tree[fmt.Sprintf("%d.zip", i)] = &fstest.MapFile{Data: zipOf(t, packed{"_chat.txt", chatText}, packed{"in.zip", string(zipOf(t, packed{"x.txt", chatText}))})}
	}
	for after := 1; after < 18; after++ {
		ctx, cancel := context.WithCancel(context.Background())
		left := after
		s := stopping{tree, memoryTarget{fstest.MapFS{}}, &left, cancel}
		_, err := Copy(ctx, s, ".", s, DefaultLimits)
		if opened := after - left; !errors.Is(err, context.Canceled) || opened > after+1 {
			t.Errorf("stopped after %d: %v, and %d more were opened", after, err, opened-after)
		}
		cancel()
	}
}

var errFull = errors.New("the disk is full")

// fullTarget takes a few bytes.
type fullTarget struct{ room int }

func (f *fullTarget) Create(string) (io.WriteCloser, error) { return f, nil }
func (f *fullTarget) Close() error                          { return nil }
func (f *fullTarget) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// An error of the place that a copy is written to ends it and is given back.
func TestCopyGivesBackAnErrorOfItsTarget(t *testing.T) {
	files := []packed{{"a.txt", chatText}, {"b.txt", strings.Repeat(chatText, 200)}}
	for name, data := range map[string][]byte{"a.txt": []byte(chatText), "a.zip": zipOf(t, files...), "a.tar": tarOf(t, files...), "a.tgz": gzipOf(t, tarOf(t, files...)), "a.gz": gzipOf(t, []byte(chatText))} {
		for _, room := range []int{0, 10, 60} {
			if _, err := Copy(context.Background(), fstest.MapFS{name: {Data: data}}, ".", &fullTarget{room}, DefaultLimits); !errors.Is(err, errFull) {
				t.Errorf("%s with room for %d: %v", name, room, err)
			}
		}
	}
}

// The time of a member is moved as those in its text are. One that packers write
// where they know none says nothing in the copy, for it would tell by how much.
func TestTimesOfMembers(t *testing.T) {
	at := time.Date(2024, 5, 4, 21, 5, 0, 0, time.UTC)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, modified := range map[string]time.Time{"known.txt": at, "none.txt": time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if w, err := z.CreateHeader(&zip.FileHeader{Name: name, Modified: modified}); err != nil {
			t.Fatal(err)
		} else if _, err := io.WriteString(w, chatText); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	s, out, _ := copied(t, fstest.MapFS{"a.zip": {Data: b.Bytes()}}, ".")
	for name, file := range out {
		r, err := zip.NewReader(bytes.NewReader(file.Data), int64(len(file.Data)))
		if err != nil || len(r.File) != 2 {
			t.Fatalf("%s: %v", name, err)
		}
		moved := 0
		for _, f := range r.File {
			if f.Modified.Equal(at.AddDate(0, 0, 7*s.calendar.weeks)) {
				moved++
			} else if f.Modified.Year() > 1979 {
				t.Errorf("%s is of %s, %d weeks away from a time that everybody knows", f.Name, f.Modified, s.calendar.weeks)
			}
		}
		if moved != 1 {
			t.Errorf("%d times are moved", moved)
		}
	}
}
