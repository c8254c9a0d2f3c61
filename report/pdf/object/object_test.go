package object

import (
	"bytes"
	"compress/lzw"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// printed is an object as a file may have it.
func printed(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case Name:
		var out strings.Builder
		for i := range len(v) {
			fmt.Fprintf(&out, "#%02x", v[i])
		}
		return "/" + out.String()
	case String:
		if len(v)%2 == 0 {
			return "<" + hex.EncodeToString([]byte(v)) + ">"
		}
		return "(" + strings.NewReplacer("\\", "\\\\", "(", "\\(", ")", "\\)", "\r", "\\r").Replace(string(v)) + ")"
	case Ref:
		return fmt.Sprintf("%d %d R", v.Number, v.Generation)
	case Array:
		var parts []string
		for _, x := range v {
			parts = append(parts, printed(x))
		}
		return "[" + strings.Join(parts, " %note\n") + "]"
	case Dict:
		out := "<<"
		for key, x := range v {
			out += printed(key) + " " + printed(x) + "\n"
		}
		return out + ">>"
	default:
		return fmt.Sprint(v)
	}
}

func anything(depth int) *rapid.Generator[any] {
	leaves := []*rapid.Generator[any]{
		rapid.Just[any](nil), rapid.Bool().AsAny(), rapid.IntRange(-1e9, 1e9).AsAny(), rapid.Custom(func(t *rapid.T) any { return float64(rapid.IntRange(-1e6, 1e6).Draw(t, "n")) + 0.5 }),
		rapid.Custom(func(t *rapid.T) any { return Name(rapid.StringN(1, 9, 30).Draw(t, "name")) }),
		rapid.Custom(func(t *rapid.T) any {
			return String(rapid.SliceOfN(rapid.Byte(), 0, 20).Draw(t, "string"))
		}),
		rapid.Custom(func(t *rapid.T) any {
			return Ref{rapid.IntRange(0, 1e6).Draw(t, "number"), rapid.IntRange(0, 9).Draw(t, "generation")}
		}),
	}
	if depth > 0 {
		leaves = append(leaves,
			rapid.Custom(func(t *rapid.T) any {
				return append(Array{}, rapid.SliceOfN(anything(depth-1), 0, 4).Draw(t, "array")...)
			}),
			rapid.Custom(func(t *rapid.T) any {
				return Dict(rapid.MapOfN(rapid.Custom(func(t *rapid.T) Name { return Name(rapid.StringN(1, 5, 9).Draw(t, "key")) }), anything(depth-1), 0, 4).Draw(t, "dict"))
			}))
	}
	return rapid.OneOf(leaves...)
}

// What is written is read as the same, whatever it is.
func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := anything(3).Draw(t, "v")
		l := Lexer{data: []byte(printed(v) + " "), refs: true}
		got, err := l.Next()
		if err != nil || !reflect.DeepEqual(got, v) {
			t.Fatalf("%s: %#v, %v; want %#v", printed(v), got, err, v)
		}
	})
}

// A file is read piece by piece. Wherever a piece ends, what was read of an object is
// what the whole file has, or asks for more: "12 0" is no number where "12 0 R" stands.
func TestAnObjectIsTheSameWhereverAPieceEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := anything(3).Draw(t, "v")
		text := []byte("7 0 obj\n" + printed(v) + rapid.SampledFrom([]string{"\nendobj\n", " endobj %", "\nstream\r\n.\nendstream"}).Draw(t, "end"))
		whole := Lexer{data: text, refs: true}
		want, err := whole.object(7, 0)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		for end := range text {
			l := Lexer{data: text[:end], refs: true}
			got, err := l.object(7, 0)
			if l.met || errors.Is(err, ErrEnd) {
				continue
			}
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("%q of %q: %#v, %v; want %#v", text[:end], text, got, err, want)
			}
		}
	})
}

func TestStringsAsOthersWriteThem(t *testing.T) {
	for text, want := range map[string]any{
		`(a\(b\)c)`: String("a(b)c"), `(a(b)c)`: String("a(b)c"), `(\101\12\0)`: String("A\n\x00"), "(a\\\r\nb)": String("ab"),
		`(\n\r\t\b\f\q)`: String("\n\r\t\b\fq"), `<4 1 4>`: String("A@"), `/A#42#4`: Name("AB#4"), `-.5`: -0.5, `+7`: 7, `4.`: 4.0, `1.2.3`: Operator("1.2.3"),
		`12 0 R`: Ref{12, 0}, `12 0 RG`: 12, `<</A/B/C>>`: nil, `[1 2`: nil, `(a`: nil, `<41`: nil, `]`: Operator("]"),
	} {
		l := Lexer{data: []byte(text), refs: true}
		got, err := l.Next()
		if want == nil && err == nil && text != `<</A/B/C>>` || want != nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, %v; want %#v", text, got, err, want)
		}
	}
}

func TestTextIsRead(t *testing.T) {
	for s, want := range map[String]string{
		"plain": "plain", "\xFE\xFF\x00A\xD8\x3D\xDE\x00": "A😀", "\xEF\xBB\xBFé": "é", "caf\xE9": "café", "": "",
	} {
		if got := s.Text(); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// stream puts a stream into a file and reads it.
func stream(t *testing.T, dict string, data []byte, most int) ([]byte, error) {
	t.Helper()
	var out bytes.Buffer
	fmt.Fprintf(&out, "%%PDF-1.4\n1 0 obj\n<<>>\nendobj\n")
	at := out.Len()
	fmt.Fprintf(&out, "2 0 obj\n<<%s/Length %d>>\nstream\n%s\nendstream\nendobj\n", dict, len(data), data)
	start := out.Len()
	fmt.Fprintf(&out, "xref\n1 2\n%010d 00000 n \n%010d 00000 n \ntrailer\n<</Root 1 0 R>>\nstartxref\n%d\n%%%%EOF", 9, at, start)
	f, err := Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Faults()) > 0 {
		t.Fatal(f.Faults())
	}
	s := f.Stream(Ref{Number: 2})
	if s == nil {
		t.Fatalf("no stream: %v", f.Faults())
	}
	return f.Data(s, most)
}

func TestFilters(t *testing.T) {
	want := []byte(strings.Repeat("What stands in the stream. ", 40))
	var flate, ascii bytes.Buffer
	z := zlib.NewWriter(&flate)
	a := ascii85.NewEncoder(&ascii)
	for _, w := range []interface {
		Write([]byte) (int, error)
		Close() error
	}{z, a} {
		if _, err := w.Write(want); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	runs := []byte{26, 0}
	runs = append(runs[:1], want[:27]...)
	runs = append(runs, 254, 'x', 128, 'y')
	for dict, in := range map[string][]byte{
		"/Filter/FlateDecode":                  flate.Bytes(),
		"/Filter[/FlateDecode]":                flate.Bytes(),
		"/Filter[/ASCIIHexDecode/FlateDecode]": []byte(hex.EncodeToString(flate.Bytes()) + ">"),
		"/Filter/ASCII85Decode":                []byte("<~" + ascii.String() + "~>"),
		"":                                     want,
	} {
		if got, err := stream(t, dict, in, 1<<20); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %q, %v", dict, got, err)
		}
		if _, err := stream(t, dict, in, len(want)-1); !errors.Is(err, errLong) {
			t.Errorf("%s is longer than is read: %v", dict, err)
		}
	}
	if got, err := stream(t, "/Filter/RunLengthDecode", runs, 1<<20); err != nil || string(got) != string(want[:27])+"xxx" {
		t.Errorf("runs: %q, %v", got, err)
	}
	if _, err := stream(t, "/Filter/DCTDecode", want, 1<<20); !errors.Is(err, errFilter) {
		t.Errorf("a picture: %v", err)
	}
	if got, err := stream(t, "/Filter/FlateDecode", flate.Bytes()[:flate.Len()/2], 1<<20); err != nil || !bytes.HasPrefix(want, got) || len(got) == 0 {
		t.Errorf("one that breaks off: %q, %v", got, err)
	}
}

// LZW of PDF counts one code earlier than that of the standard library, and is
// the same for a few letters.
func TestLZW(t *testing.T) {
	var out bytes.Buffer
	w := lzw.NewWriter(&out, lzw.MSB, 8)
	if _, err := w.Write([]byte("a few letters, a few letters")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := stream(t, "/Filter/LZWDecode", out.Bytes(), 1000); err != nil || string(got) != "a few letters, a few letters" {
		t.Errorf("%q, %v", got, err)
	}
}

// Every way to predict a row from the one above it is taken back.
func TestPredictors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns, pixel := rapid.IntRange(1, 9).Draw(t, "columns"), rapid.IntRange(1, 3).Draw(t, "pixel")
		row := columns * pixel
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), row, row), 1, 5).Draw(t, "rows")
		above := make([]byte, row)
		var in, want []byte
		for _, line := range rows {
			kind := rapid.IntRange(0, 4).Draw(t, "kind")
			in = append(in, byte(kind))
			for i := range line {
				var left, corner byte
				if i >= pixel {
					left, corner = line[i-pixel], above[i-pixel]
				}
				guess := [...]byte{0, left, above[i], byte((int(left) + int(above[i])) / 2), paeth(left, above[i], corner)}[kind]
				in = append(in, line[i]-guess)
			}
			want = append(want, line...)
			above = line
		}
		f := &File{work: 1 << 20}
		got, err := f.unpredict(in, Dict{"Predictor": 15, "Columns": columns, "Colors": pixel})
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%v, %v; want %v", got, err, want)
		}
	})
}

func TestABudgetEnds(t *testing.T) {
	f := &File{r: bytes.NewReader(make([]byte, 100)), size: 100, work: 150}
	if _, err := f.bytes(0, 100); err != nil {
		t.Fatal(err)
	}
	if _, err := f.bytes(0, 100); !errors.Is(err, ErrWork) || !errors.Is(f.Err(), ErrWork) {
		t.Errorf("%v, %v", err, f.Err())
	}
}
