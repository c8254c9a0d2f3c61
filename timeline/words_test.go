package timeline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTextsAreCutIntoWords(t *testing.T) {
	for text, want := range map[string]string{
		"Hello, WORLD 42!":                "hello world 42",
		"don't don’t dont 'quoted'":       "dont dont dont quoted",
		"Café CAFÉ cafe\u0301":            "cafe cafe cafe",
		"Straße Łódź Ærø":                 "strasse lodz aero",
		"ＦＵＬＬ　ｗｉｄｔｈ１２３":                   "full width123",
		"日本語":                             "日本 本語 語",
		"日本 a 語":                          "日本 本 a 語",
		"ｶﾞｷﾞ か\u3099":                    "ガギ ギ が",
		"한국어 \u1112\u1161\u11ab":          "한국 국어 어 한",
		"สวัสดี":                          "สว วั ัส สด ดี ี",
		"I ❤️ you 👍🏽👨‍👩‍👧":                "i ❤ you 👍 👨 👩 👧",
		"https://www.Example.com/a?b=1#c": "https www example com a b 1 c",
		"me@example.com @sam #tag":        "me example com sam tag",
		"Ёлка ЁЛКА":                       "елка елка",
		"ΟΔΌΣ οδος":                       "οδοσ οδοσ",
		"café\u200bx £50":                 "cafe x 50",
		"हिन्दी":                          "हिन्दी",
		strings.Repeat("a", 100) + " b":   strings.Repeat("a", maxWord) + " b",
		"bad \xff\xfe bytes":              "bad bytes",
		"ok\ufe0f a\u200db":               "ok ab",
		"مُحَمَّد":                        "محمد",
		"Zürich-Süd":                      "zurich sud",
		"™ ² ½":                           "™ 2 1 2",
	} {
		if d := cmp.Diff(want, strings.Join(sayWords(text).words, " ")); d != "" {
			t.Errorf("%q:\n%s", text, d)
		}
	}
}

func TestRangesLieOnTheWords(t *testing.T) {
	for text, want := range map[string]string{
		"Oh, CAFÉ!":      "Oh|CAFÉ",
		"a cafe\u0301 b": "a|cafe\u0301|b",
		"don’t go":       "don’t|go",
		"日本語x":           "日本|本語|語|x",
		"👍🏽 ok":          "👍|ok",
	} {
		s := sayWords(text)
		var got []string
		for _, r := range s.ranges {
			got = append(got, text[r[0]:r[1]])
		}
		if d := cmp.Diff(want, strings.Join(got, "|")); d != "" {
			t.Errorf("%q:\n%s", text, d)
		}
	}
}

func TestTelephoneNumbersAreOneWordHoweverPrinted(t *testing.T) {
	for _, text := range []string{
		"07700 900123", "call 07700900123 now", "+44 7700 900 123", "+44(0)7700-900123", "0044 7700 900123", "(07700) 900.123",
		"5 07700 900123 07700 900124", "at 10:15 07700 900123",
	} {
		if got := sayWords(text).phones; !cmp.Equal(got, []string{"\x01700900123"}) && !strings.Contains(strings.Join(got, " "), "\x01700900123") {
			t.Errorf("%q: %q", text, got)
		}
	}
	for _, text := range []string{"07700", "12/03/2024, 10:15", "07700x900123", "1 2 3 4", strings.Repeat("1", 40)} {
		if got := sayWords(text).phones; len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestQueriesAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "",
		"  ":                      "",
		"Hello world":             "[hello] [world]",
		`"where are" you`:         "[where are] [you]",
		`“where are” -"not this"`: "[where are] -[not this]",
		"liv* -you":               "[liv*] -[you]",
		`"liv know"*`:             "[liv know*]",
		"me@example.com":          "[me example com]",
		"語":                       "[語*]",
		"日本語":                     "[日本 本語]",
		"07700 900123":            "[\x01700900123|07700 900123]",
		"call 07700900123 now":    "[call] [\x01700900123|07700900123] [now]",
		"2024 10":                 "[2024] [10]",
		"- , * -":                 "",
		`"unclosed phrase`:        "[unclosed phrase]",
		"don't":                   "[dont]",
	} {
		q, err := parseQuery(text)
		must(t, err)
		var got []string
		for _, c := range q {
			var any []string
			for _, s := range c.any {
				w := strings.Join(s.words, " ")
				if s.prefix {
					w += "*"
				}
				any = append(any, w)
			}
			s := "[" + strings.Join(any, "|") + "]"
			if c.not {
				s = "-" + s
			}
			got = append(got, s)
		}
		if d := cmp.Diff(want, strings.Join(got, " ")); d != "" {
			t.Errorf("%q:\n%s", text, d)
		}
	}
	for _, text := range []string{strings.Repeat("a ", 100), strings.Repeat("a", maxQuery+1)} {
		if _, err := parseQuery(text); err == nil {
			t.Error("a query without end was read")
		}
	}
}

func TestOneSlipOfTheKeyboard(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"threat", "threat", false}, {"threat", "thraet", true}, {"threat", "threats", true}, {"threat", "hreat", true}, {"threat", "threet", true},
		{"threat", "treaty", false}, {"threat", "tharet", false}, {"é", "e", true}, {"", "a", true}, {"ab", "ba", true}, {"abc", "cba", false},
	} {
		if got := near(c.a, c.b); got != c.want {
			t.Errorf("near(%s, %s) = %v", c.a, c.b, got)
		}
		if got := near(c.b, c.a); got != c.want {
			t.Errorf("near(%s, %s) = %v", c.b, c.a, got)
		}
	}
}
