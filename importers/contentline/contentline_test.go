package contentline

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

func TestLines(t *testing.T) {
	const file = "\ufeffBEGIN:VCARD\r\nitem1.TEL;TYPE=\"cell:a;b\";PREF:+44\r\n  7700\r\n\r\nnot a line\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4A=\n=6F;x\nNOTE;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:caf=E9\nFN:a\xffb\nEND:VCARD"
	r := NewReader(strings.NewReader(file))
	var got []Line
	for {
		l, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(file[l.At:], l.Raw[:2]) {
			t.Errorf("%q does not stand at byte %d", l.Raw, l.At)
		}
		got = append(got, l)
	}
	if len(got) != 7 || r.Offset() != int64(len(file)) {
		t.Fatalf("%d lines to byte %d: %+v", len(got), r.Offset(), got)
	}
	if tel := got[1]; tel.Group != "item1" || tel.Name != "TEL" || tel.Value != "+44 7700" || tel.Param("TYPE") != "cell:a;b" || tel.Param("") != "PREF" {
		t.Errorf("%+v", tel)
	}
	if got[2].Name != "" || got[3].Value != "Jo;x" || got[4].Value != "café" || !got[5].Odd || got[5].Value != "a\ufffdb" {
		t.Errorf("%+v", got[2:6])
	}
}

// TestFolding: a value folded anywhere, also within a character, is the value.
func TestFolding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringMatching(`[a-zé😡 ,:]{1,40}x`).Draw(t, "value")
		cut := rapid.IntRange(0, len(want)-1).Draw(t, "cut")
		file := "SUMMARY:" + want[:cut] + "\r\n " + want[cut:] + "\r\nEND:X\r\n"
		l, err := NewReader(iotest.OneByteReader(strings.NewReader(file))).Next()
		if err != nil || l.Value != want || l.Odd {
			t.Fatalf("%q: %+v, %v", file, l, err)
		}
	})
}

func TestText(t *testing.T) {
	if got := Text(`a\, b\nc\\n\;\`); got != "a, b\nc\\n;\\" {
		t.Errorf("%q", got)
	}
	if got := Split(`Bell;Jo\;hn;;`, ';'); len(got) != 4 || got[1] != "Jo;hn" || got[3] != "" {
		t.Errorf("%q", got)
	}
}

func FuzzLines(f *testing.F) {
	f.Add([]byte("A;B=C:D\r\n E\r\nF;ENCODING=QUOTED-PRINTABLE:=\r\n=3D"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := NewReader(strings.NewReader(string(data)))
		at := int64(-1)
		for {
			l, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || l.At <= at || l.Raw == "" {
				t.Fatal(err, l, at)
			}
			at = l.At
		}
		if r.Offset() != int64(len(data)) {
			t.Fatal(r.Offset(), len(data))
		}
	})
}
