package timeline

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func TestNamesThatLookTheSameHaveOneSkeleton(t *testing.T) {
	for _, same := range [][]string{
		{"Dan", "D\u0430n", "Dan\u200b", "\u202eDan", "\uff24an", "D\u00adan", " Dan", "Dan\u3164", "\U0001d403an"},
		{"Coco", "\u0421\u043e\u0441\u043e"},
		{"Ian", "lan", "1an", "\u0406an"},
		{"Sam", "Sarn"},
		{"Zoë", "Zoe\u0308", "Z\u043eë"},
		{"Dan R", "Dan\u00a0R", "Dan  R"},
		{"Layla 🌙", "Layla 🌙\ufe0f"},
		{"a@paypal.example", "a@p\u0430ypal.example"},
	} {
		for _, s := range same[1:] {
			if Skeleton(s) != Skeleton(same[0]) {
				t.Errorf("%+q looks like %q: %q, %q", s, same[0], Skeleton(s), Skeleton(same[0]))
			}
		}
	}
	seen := map[string]string{}
	for _, s := range []string{"Dan", "dan", "Dan R", "DanR", "Дан", "李雷", "Zoe", "Zoë", "Sam", "", "Maya"} {
		k := Skeleton(s)
		if o, ok := seen[k]; ok {
			t.Errorf("%q and %q look the same", s, o)
		}
		seen[k] = s
	}
}

func TestWhatTheEyePassesOverIsShown(t *testing.T) {
	for name, want := range map[string][2]string{
		"Dan":               {"Dan", "Dan"},
		"D\u0430n":          {"D\u0430[U+0430]n", "D\u0430[U+0430]n"},
		"\u202enaD":         {"[U+202E]naD", "[U+202E]naD"},
		"Dan\u200b":         {"Dan[U+200B]", "Dan[U+200B]"},
		"Coco":              {"Coco", "Coco"},
		"\u0421\u043e":      {"\u0421\u043e", "\u0421[U+0421]\u043e[U+043E]"},
		"Дан Иванов":        {"Дан Иванов", "Да[U+0430]н Ива[U+0430]но[U+043E]в"},
		"Layla 🌙":           {"Layla 🌙", "Layla 🌙"},
		"👩\u200d👧":          {"👩\u200d👧", "👩[U+200D]👧"},
		"می\u200cخواهم":     {"می\u200cخواهم", "می[U+200C]خواهم"},
		"Da\u200cn":         {"Da[U+200C]n", "Da[U+200C]n"},
		"李雷 Lei":            {"李雷 Lei", "李雷 Lei"},
		"Dan\u00a0R":        {"Dan\u00a0R", "Dan\u00a0[U+00A0]R"},
		"Dan\x00":           {"Dan[U+0000]", "Dan[U+0000]"},
		"Ian":               {"Ian", "I[U+0049]an"},
		"+44 7700 900110":   {"+44 7700 900110", "+44 7700 900110"},
		"+4477\u200b00":     {"+4477[U+200B]00", "+4477[U+200B]00"},
		"dan10":             {"dan10", "dan1[U+0031]0[U+0030]"},
		"\xffDan":           {"\ufffdDan", "\ufffdDan"},
		"Anna-Мария O’Neil": {"Anna-Мария O’Neil", "Anna-М[U+041C]а[U+0430]р[U+0440]ия O’[U+2019]Neil"},
	} {
		if got := Shown(name); got != want[0] {
			t.Errorf("%+q is shown as %q, want %q", name, got, want[0])
		}
		if got := SpeltOut(name); got != want[1] {
			t.Errorf("%+q is spelt out as %q, want %q", name, got, want[1])
		}
	}
}

// A skeleton is one: taken again it stays; what has no shape never changes it,
// nor does the normal form; and what is shown hides nothing.
func FuzzSkeleton(f *testing.F) {
	for _, s := range []string{"Dan", "D\u0430n", "\u202enaD", "rn", "vvv", "r\u034fn", "ﬁ", "Z\u043e\u0308", "\u1e9b\u0323", "I\u0307", "\xff", "👩\u200d👧", "а\u0315\u0300", "ᾳ", "Ἀ", "½"} {
		f.Add(s, "\u200b")
	}
	f.Fuzz(func(t *testing.T, name, more string) {
		k := Skeleton(name)
		if again := Skeleton(k); again != k {
			t.Errorf("%+q: %+q, and again %+q", name, k, again)
		}
		if strings.ContainsFunc(k, func(r rune) bool { return hidden(r) || selector(r) || unicode.IsSpace(r) && r != ' ' }) {
			t.Errorf("%+q: the skeleton %+q holds what has no shape", name, k)
		}
		valid := strings.ToValidUTF8(name, "\ufffd")
		for _, same := range []string{norm.NFC.String(valid), norm.NFKD.String(valid), valid + "\u202c", "\u200b" + valid} {
			if o := Skeleton(same); o != k {
				t.Errorf("%+q has %+q, and %+q has %+q", name, k, same, o)
			}
		}
		for _, shown := range []string{Shown(name), SpeltOut(name)} {
			if strings.ContainsRune(shown, 0x202e) || strings.ContainsRune(shown, 0x200b) || strings.ContainsRune(shown, 0) {
				t.Errorf("%+q is shown as %+q", name, shown)
			}
		}
		if plain(name) && Shown(name) != name {
			t.Errorf("%+q is shown as %+q", name, Shown(name))
		}
	})
}
