package importers

import (
	"bytes"
	"encoding/base64"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// Whatever is put between the digits, the bytes come back, and exactly what
// has no place in base64 is counted.
func TestBase64(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "data")
		var text strings.Builder
		odd := int64(0)
		for _, c := range strings.TrimRight(base64.StdEncoding.EncodeToString(want), "=") {
			switch noise := rapid.SampledFrom([]string{"", "", "", "\r\n", " ", "!", "é"}).Draw(t, "noise"); noise {
			case "!", "é":
				odd += int64(len(noise))
				text.WriteString(noise)
			default:
				text.WriteString(noise)
			}
			text.WriteRune(c)
		}
		text.WriteString(rapid.SampledFrom([]string{"", "=", "==", "=\n"}).Draw(t, "padding"))
		b := NewBase64(iotest.OneByteReader(strings.NewReader(text.String())))
		if rapid.Bool().Draw(t, "whole") {
			b = NewBase64(strings.NewReader(text.String()))
		}
		got, err := io.ReadAll(b)
		if err != nil || !bytes.Equal(got, want) || b.Odd() != odd {
			t.Fatalf("%q gave %q, %v, %d odd (want %q, %d)", text.String(), got, err, b.Odd(), want, odd)
		}
	})
}

func TestBase64Damaged(t *testing.T) {
	for text, want := range map[string]struct {
		data string
		odd  int64
	}{
		"YWJj":             {"abc", 0},
		"YWJjZ":            {"abc", 1}, // six bits alone
		"YQ==YWJj":         {"aabc", 4},
		"====":             {"", 0},
		"YWJj--boundary--": {"abcn\x8b\xa7u\xaa\xf2", 4},
	} {
		b := NewBase64(strings.NewReader(text))
		got, err := io.ReadAll(b)
		if err != nil || string(got) != want.data || b.Odd() != want.odd {
			t.Errorf("%q gave %q, %v, %d odd; want %q, %d", text, got, err, b.Odd(), want.data, want.odd)
		}
	}
}

// A reader's own error comes through, after what it had given.
func TestBase64Error(t *testing.T) {
	got, err := io.ReadAll(NewBase64(iotest.TimeoutReader(iotest.HalfReader(strings.NewReader("YWJjZGVm")))))
	if err != iotest.ErrTimeout || !strings.HasPrefix("abcdef", string(got)) {
		t.Errorf("%q, %v", got, err)
	}
}
