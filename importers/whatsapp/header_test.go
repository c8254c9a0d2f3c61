package whatsapp

import (
	"testing"
	"unicode"
)

// TestDigits counts through every script that Unicode has digits of.
func TestDigits(t *testing.T) {
	n := 0
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		v, zero := digit(r)
		if v < 0 {
			continue
		}
		if v != n%10 || zero != r-rune(v) {
			t.Fatalf("%q is %d from %q, want %d", r, v, zero, n%10)
		}
		n++
	}
	if n < 500 {
		t.Errorf("only %d digits", n)
	}
}

// TestScan takes headers apart.
func TestScan(t *testing.T) {
	for _, tt := range []struct{ line, stamp, name, text string }{
		{"25/12/2024, 21:05 - Alice: hi", "25/12/2024, 21:05", "Alice", "hi"},
		{"25/12/2024, 21:05 - Alice: hi: there", "25/12/2024, 21:05", "Alice", "hi: there"},
		{"25/12/2024, 21:05 - Alice:", "25/12/2024, 21:05", "Alice", ""},
		{"25/12/2024, 21:05 - Alice:.", "25/12/2024, 21:05", "Alice", "."},
		{"25/12/2024, 21:05 - no sender", "25/12/2024, 21:05", "", "no sender"},
		{"25/12/2024, 21:05 - ", "25/12/2024, 21:05", "", ""},
		{"[25/12/2024, 9:05:33\u202fPM] Alice: hi", "25/12/2024, 9:05:33\u202fPM", "Alice", "hi"},
		{"\u200e[25/12/2024, 21:05:33] Alice: \u200ehi", "25/12/2024, 21:05:33", "Alice", "\u200ehi"},
		{"13.6.2018 klo 21.25.15 - a: m", "13.6.2018 klo 21.25.15", "a", "m"},
		{"13.06.18 21.25.15: a: m", "13.06.18 21.25.15", "a", "m"},
		{"25/12/24, 21:05 , a: m", "25/12/24, 21:05", "a", "m"},
		{"[21:05, 25/12/2024] a: m", "21:05, 25/12/2024", "a", "m"},
		{"[25/12, 21:05] a: m", "25/12, 21:05", "a", "m"},
	} {
		var h head
		if !scan([]byte(tt.line), &h) {
			t.Errorf("%q is no header", tt.line)
			continue
		}
		if s := tt.line[h.from:h.to]; s != tt.stamp {
			t.Errorf("%q: stamp %q", tt.line, s)
		}
		if s := tt.line[h.rest:h.nameEnd]; s != tt.name {
			t.Errorf("%q: name %q", tt.line, s)
		}
		if s := tt.line[h.text:]; s != tt.text {
			t.Errorf("%q: text %q", tt.line, s)
		}
	}
	for _, line := range []string{
		"", "x", "[", "25", "25/12/2024", "25/12/2024, 21:05", "25/12/2024, 21:05 -x", "25/12/2024, 24:05 - a: m", "25/12/2024, 21:60 - a: m", "25/12/2024, 13:05 am - a: m",
		"25/12/2024 - a: m", "21:05 - a: m", "25.12 21:05 - a: m", "1/2 - 3:04 - x", "25/12/123, 21:05 - a: m", "25/12/20245, 21:05 - a: m", "2024-01-01 10:00:00,123 - root: x",
		"[25/12/2024, 21:05:33 Alice: hi", "25/12/2024, 21:05 PMX - a: m", "1. 2. 3. item", "10:00", "3.14", "192.168.0.1 10:00", "+44 7700 900123: x",
	} {
		if scan([]byte(line), new(head)) {
			t.Errorf("%q is taken for a header", line)
		}
	}
}
