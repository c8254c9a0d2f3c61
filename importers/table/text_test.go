package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"pgregory.net/rapid"

	"daybook/importers"
)

// rows reads a text whose header begins with the column "a".
func rows(t testing.TB, data string) (*Table, []Row) {
	t.Helper()
	s := importers.Source{FS: fstest.MapFS{"t.csv": {Data: []byte(data)}}, Path: "t.csv", Head: []byte(data[:min(len(data), importers.HeadSize)])}
	table, err := Open(s, Named("a"))
	if err != nil {
		t.Fatal(err)
	}
	var list []Row
	for {
		r, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	return table, list
}

// shown writes rows as a person would compare them.
func shown(list []Row) string {
	var b strings.Builder
	for _, r := range list {
		fmt.Fprintf(&b, "%d@%d %q", r.Number, r.Offset, r.Cells)
		if r.Cut {
			b.WriteString(" cut")
		}
		if r.Odd {
			b.WriteString(" odd")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestRows(t *testing.T) {
	for name, test := range map[string]struct{ data, want string }{
		"plain":                         {"a,b\n1,2\r\n\r\n3,4", "2@4 [\"1\" \"2\"]\n4@11 [\"3\" \"4\"]\n"},
		"mark, semicolons":              {"\ufeffA ;b\n1;2,5\n", "2@8 [\"1\" \"2,5\"]\n"},
		"notes first":                   {"Notes:\n\"x, y\"\n\na,b\n1,2\n", "5@19 [\"1\" \"2\"]\n"},
		"CR alone":                      {"a,b\r1,2\r\"x\ry\",3\r", "2@4 [\"1\" \"2\"]\n3@8 [\"x\\ny\" \"3\"]\n"},
		"quoted":                        {"a,b\n\"x \"\"y\"\"\nz\",2\n3,\"\"\n", "2@4 [\"x \\\"y\\\"\\nz\" \"2\"]\n3@18 [\"3\" \"\"]\n"},
		"quotes inside":                 {"a,b\n\"x \"y\" z\",2\nx \"y\",3\n", "2@4 [\"x \\\"y\\\" z\" \"2\"]\n3@16 [\"x \\\"y\\\"\" \"3\"]\n"},
		"ragged":                        {"a,b\n1\n1,2,3\n", "2@4 [\"1\"]\n3@6 [\"1\" \"2\" \"3\"]\n"},
		"ends inside a quote":           {"a,b\n1,\"x\ny", "2@4 [\"1\" \"x\\ny\"] cut\n"},
		"ends inside a row":             {"a,b\n1,2\n3", "2@4 [\"1\" \"2\"]\n3@8 [\"3\"] cut\n"},
		"quote never closed":            {"a,b\n1,\"x\n2,y\n3,z\n", "2@4 [\"1\" \"\\\"x\"]\n3@9 [\"2\" \"y\"]\n4@13 [\"3\" \"z\"]\n"},
		"closed before one that is not": {"a,b\n\"x,1\",\"y\n2,z\n", "2@4 [\"x,1\" \"\\\"y\"]\n3@13 [\"2\" \"z\"]\n"},
		"Windows-1252":                  {"a,b\n1,\x93caf\xe9\x94 \x81\n2,é\n", "2@4 [\"1\" \"“café” \\u0081\"] odd\n3@15 [\"2\" \"é\"]\n"},
		"tabs, commas in them":          {"a\tb\n1,1\t2\n", "2@4 [\"1,1\" \"2\"]\n"},
	} {
		if _, list := rows(t, test.data); shown(list) != test.want {
			t.Errorf("%s:\n%swant\n%s", name, shown(list), test.want)
		}
	}
}

func TestWide(t *testing.T) {
	const words = "a,b\nx,😀 é\n1,\"two\nlines\"\n2,3\n"
	for _, low := range []int{0, 1} {
		data := [][]byte{{0xff, 0xfe}, {0xfe, 0xff}}[low]
		for _, u := range utf16.Encode([]rune(words)) {
			data = append(data, [][]byte{{byte(u), byte(u >> 8)}, {byte(u >> 8), byte(u)}}[low]...)
		}
		_, list := rows(t, string(data))
		if len(list) != 3 || list[0].Cells[1] != "😀 é" || list[1].Cells[1] != "two\nlines" {
			t.Fatal(shown(list))
		}
		for _, r := range list {
			if first := r.Cells[0][0]; data[int(r.Offset)+low] != first {
				t.Errorf("row %d does not begin at byte %d", r.Number, r.Offset)
			}
		}
	}
}

func TestCells(t *testing.T) {
	table, list := rows(t, "Sent_At,A,,a\nx,1,2,3,4\n")
	var rest []string
	for name, cell := range list[0].Rest("sent at") {
		rest = append(rest, name+"="+cell)
	}
	if got := strings.Join(rest, " "); got != "a=1 column 3=2 column 4=3 column 5=4" {
		t.Error(got)
	}
	if list[0].Get("none", "a") != "1" || !table.Columns.Has("sent at", "a") || table.Columns.Has("b") {
		t.Error("columns are not found by their names")
	}
}

// TestLongRow: a row that is longer than is read costs itself alone.
func TestLongRow(t *testing.T) {
	long := strings.Repeat("x", 3*maxRow)
	_, list := rows(t, "a,b\n1,"+long+"\n2,\""+long+"\n3,y\n4,z\n")
	if len(list) != 4 || !list[0].Cut || !list[1].Cut || list[2].Cut || list[2].Cells[1] != "y" || list[3].Cells[1] != "z" {
		t.Fatalf("%d rows", len(list))
	}
	if want := int64(len("a,b\n1," + long + "\n2,\"" + long + "\n3,y\n")); list[3].Offset != want {
		t.Errorf("row 5 at %d, want %d", list[3].Offset, want)
	}
}

// TestAsTheLibrary: what encoding/csv writes comes back, and rows begin where
// they are said to.
func TestAsTheLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.RuneFrom([]rune("ab,;\"\n\t é😀'")))
		want := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 5), 1, 8).Draw(t, "rows")
		comma := rapid.SampledFrom([]rune(separators)).Draw(t, "comma")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = comma
		if err := w.WriteAll(want); err != nil {
			t.Fatal(err)
		}
		data := b.Bytes()
		x := newText(bytes.NewReader(data), byte(comma))
		for i := range want {
			r, err := x.next()
			if err != nil || !slices.Equal(r.Cells, want[i]) || r.Cut || r.Odd || r.Number != i+1 {
				t.Fatal(r, err, want[i])
			}
			again := newText(bytes.NewReader(data[r.Offset:]), byte(comma))
			if same, err := again.next(); err != nil || !slices.Equal(same.Cells, want[i]) {
				t.Fatal("no such row at", r.Offset, same, err)
			}
		}
		if r, err := x.next(); !errors.Is(err, io.EOF) {
			t.Fatal(r, err)
		}
	})
}

// FuzzText: whatever the bytes, reading ends, and every row begins where the
// one before it ended.
func FuzzText(f *testing.F) {
	f.Add([]byte("a,b\n\"x\ny\",2\n"))
	f.Add([]byte("\xff\xfea\x00,\x00b\x00\n\x00"))
	f.Add([]byte("a,\"b\n1,2\n\"3"))
	f.Fuzz(func(t *testing.T, data []byte) {
		x := newText(bytes.NewReader(data), ',')
		x.columns = 2
		for last := int64(-1); ; {
			r, err := x.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || len(r.Cells) == 0 || r.Offset <= last || !x.wide && r.Offset >= int64(len(data)) {
				t.Fatal(r, err, last)
			}
			last = r.Offset
		}
		if !x.wide && x.offset != int64(len(data)) {
			t.Fatalf("read to %d of %d bytes", x.offset, len(data))
		}
	})
}

// BenchmarkText prints how much longer reading takes than the library's.
func BenchmarkText(b *testing.B) {
	var data bytes.Buffer
	data.WriteString("a,b,c,d\n")
	for i := range 100_000 {
		fmt.Fprintf(&data, "%d,2024-06-01 12:00:00 UTC,Jo Bloggs,\"see you, \"\"there\"\" at %d\"\n", i, i)
	}
	b.Run("table", func(b *testing.B) {
		b.SetBytes(int64(data.Len()))
		for b.Loop() {
			for x := newText(bytes.NewReader(data.Bytes()), ','); ; {
				if _, err := x.next(); err != nil {
					break
				}
			}
		}
	})
	b.Run("encoding-csv", func(b *testing.B) {
		b.SetBytes(int64(data.Len()))
		for b.Loop() {
			for r := csv.NewReader(bytes.NewReader(data.Bytes())); ; {
				if _, err := r.Read(); err != nil {
					break
				}
			}
		}
	})
}

// TestNamedCells: a cell is found by the name of its column, however often it is
// asked for; a column without a name of its own has none, and no cell is kept back
// under it.
func TestNamedCells(t *testing.T) {
	wide := ""
	for i := range 40 {
		wide += fmt.Sprintf(",c%d", i)
	}
	for _, header := range []string{"a,,b,A", "a,,b,A" + wide} {
		_, list := rows(t, header+"\n1,2,3,4\n5,6,7,8\n")
		for i, r := range list {
			rest := ""
			for name, cell := range r.Rest("", "a", "none") {
				rest += name + "=" + cell + ";"
			}
			first := 4 * i
			want := fmt.Sprintf("column 2=%d;b=%d;column 4=%d;", first+2, first+3, first+4)
			if got := r.Get("none", "", "a"); rest != want || got != fmt.Sprint(first+1) || r.Get("b") != fmt.Sprint(first+3) {
				t.Errorf("%s: row %d: %s, want %s; %q, %q", header, i, rest, want, got, r.Get("b"))
			}
		}
	}
}
