package importers_test

import (
	"strings"
	"testing"

	"daybook/importers"
)

func TestBinary(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       bool
	}{
		{"nothing", "", false},
		{"text", "date,from,text\r\n", false},
		{"UTF-16, little end first", "\xff\xfed\x00a\x00", false},
		{"UTF-16, big end first", "\xfe\xff\x00d\x00a", false},
		{"a photo", "\xff\xd8\xff\xe0\x00\x10JFIF\x00", true},
		{"a text with one zero, far down, as a cut card leaves it", strings.Repeat("a line\n", 100) + "\x00", false},
	} {
		if got := importers.Binary([]byte(c.head)); got != c.want {
			t.Errorf("%s: %t: want %t", c.name, got, c.want)
		}
	}
}
