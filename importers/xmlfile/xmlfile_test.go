package xmlfile

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// TestCleaned: bytes that have no place in XML become spaces, letters stay
// whole however the file is read.
func TestCleaned(t *testing.T) {
	in := "<a>é\x01\xff😀\xc3</a>\xe2\x82"
	for _, r := range []io.Reader{strings.NewReader(in), iotest.HalfReader(strings.NewReader(in)), iotest.OneByteReader(strings.NewReader(in))} {
		c := &cleaned{r: r}
		got, err := io.ReadAll(c)
		if want := "<a>é  😀 </a>  "; err != nil || string(got) != want || c.odd != 5 {
			t.Errorf("%q, %d odd, %v; want %q", got, c.odd, err, want)
		}
	}
}

// TestEncodings: one text in four encodings, and one that is not known.
func TestEncodings(t *testing.T) {
	for _, in := range []string{
		"<?xml version='1.0' encoding='UTF-8'?><a>caf\u00e9</a>", "\ufeff<a>caf\u00e9</a>",
		"<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9</a>", "\xff\xfe<\x00a\x00>\x00c\x00a\x00f\x00\xe9\x00<\x00/\x00a\x00>\x00",
	} {
		x, err := New(context.Background(), strings.NewReader(in))
		if err != nil {
			t.Fatal(err)
		}
		root, err := x.Root()
		if err != nil {
			t.Fatal(err)
		}
		if n, err := x.Element(root); err != nil || n.Text != "caf\u00e9" || x.Odd() != 0 {
			t.Errorf("%q: %+v, %v", in, n, err)
		}
	}
	if _, err := New(context.Background(), strings.NewReader("<?xml version='1.0' encoding='nothing'?><a/>")); err == nil {
		t.Error("an encoding that is not known is no error")
	}
}
