package whatsapp

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// half is the half of the day that a word beside a time names.
type half uint8

const (
	allDay half = iota
	am
	pm
	noon // Chinese 中午: eleven to two around midday
)

// hour gives the hour of a 24-hour clock. Some phones write 0:30 PM and some
// 12:30 PM for the same time; and "00:08 a. m." is met in real exports.
func (d half) hour(h int) (int, bool) {
	switch {
	case h > 23, d == am && h > 12, d == noon && h > 3 && h < 10, d == noon && h > 14:
		return 0, false
	case d == am && h == 12:
		return 0, true
	case d == pm && h < 12, d == noon && h < 10:
		return h + 12, true
	}
	return h, true
}

// halves are the words for the two halves of the day as phones write them
// (Unicode CLDR), one way of writing them a row, which is its style; several
// words of one row are parted by bars. English AM and PM in all their forms are
// read by latinHalf.
var halves = []struct{ am, pm, noon, oclock string }{
	{am: "ص", pm: "م"},       // Arabic
	{am: "ق.ظ.", pm: "ب.ظ."}, // Persian
	{am: "قبل\u200cازظهر|قبل از ظهر", pm: "بعدازظهر|بعد از ظهر"},  // Persian
	{am: "قبل دوپہر", pm: "بعد دوپہر"},                            // Urdu
	{am: "לפנה״צ", pm: "אחה״צ"},                                   // Hebrew
	{am: "לפנה\"צ", pm: "אחה\"צ"},                                 // Hebrew
	{am: "π.μ.", pm: "μ.μ."},                                      // Greek
	{am: "ΠΜ", pm: "ΜΜ"},                                          // Greek
	{am: "ÖÖ", pm: "ÖS"},                                          // Turkish
	{am: "öö", pm: "ös"},                                          // Turkish
	{am: "de.", pm: "du."},                                        // Hungarian
	{am: "dop.", pm: "odp.|pop."},                                 // Czech, Slovene
	{am: "dopoledne", pm: "odpoledne"},                            // Czech
	{am: "prijepodne", pm: "poslijepodne"},                        // Croatian
	{am: "pre podne", pm: "po podne"},                             // Serbian
	{am: "пре подне", pm: "по подне"},                             // Serbian
	{am: "претпл.", pm: "попл."},                                  // Macedonian
	{am: "пр.об.", pm: "сл.об."},                                  // Bulgarian
	{am: "пр. об.", pm: "сл. об."},                                // Bulgarian
	{am: "дп", pm: "пп"},                                          // Ukrainian
	{am: "ДП", pm: "ПП"},                                          // Russian
	{am: "fm", pm: "em"},                                          // Swedish
	{am: "fm.", pm: "em."},                                        // Swedish
	{am: "f.m.", pm: "e.m."},                                      // Swedish, Faroese
	{am: "ap.", pm: "ip."},                                        // Finnish
	{am: "vm.", pm: "nm."},                                        // Afrikaans
	{am: "vorm.", pm: "nachm."},                                   // German
	{am: "f.h.", pm: "e.h."},                                      // Icelandic
	{am: "r.n.", pm: "i.n."},                                      // Irish
	{am: "yb", pm: "yh"},                                          // Welsh
	{am: "priešpiet", pm: "popiet"},                               // Lithuanian
	{am: "priekšp.", pm: "pēcp."},                                 // Latvian
	{am: "priekšpusdienā", pm: "pēcpusdienā"},                     // Latvian
	{am: "e paradites|paradite", pm: "e pasdites|pasdite"},        // Albanian
	{am: "da manhã", pm: "da tarde|da noite"},                     // Portuguese
	{am: "in the morning", pm: "in the afternoon|in the evening"}, // English
	{am: "पूर्वाह्न", pm: "अपराह्न"},                              // Hindi, Nepali
	{am: "म.पू.", pm: "म.उ."},                                     // Marathi
	{am: "পূর্বাহ্ণ|পূর্বাহ্ন", pm: "অপরাহ্ণ|অপরাহ্ন"}, // Bengali
	{am: "முற்பகல்", pm: "பிற்பகல்"},                   // Tamil
	{am: "ಪೂರ್ವಾಹ್ನ", pm: "ಅಪರಾಹ್ನ"},                   // Kannada
	{am: "ਪੂ.ਦੁ.", pm: "ਬਾ.ਦੁ."},                       // Punjabi
	{am: "පෙ.ව.", pm: "ප.ව."},                          // Sinhala
	{am: "ก่อนเที่ยง", pm: "หลังเที่ยง"},               // Thai
	{am: "ກ່ອນທ່ຽງ", pm: "ຫຼັງທ່ຽງ"},                   // Lao
	{am: "နံနက်", pm: "ညနေ"},                           // Burmese
	{am: "SA", pm: "CH"},                               // Vietnamese
	{am: "PG", pm: "PTG"},                              // Malay
	{am: "TO", pm: "TK"},                               // Uzbek
	{am: "ጥዋት", pm: "ከሰዓት"},                            // Amharic
	{am: "ү.ө.", pm: "ү.х."},                           // Mongolian
	{am: "오전", pm: "오후"},                               // Korean
	{am: "午前", pm: "午後"},                               // Japanese
	{am: "上午|凌晨|清晨|早上|半夜", pm: "下午|傍晚|晚上", noon: "中午"}, // Chinese
	{oclock: "ч."}, {oclock: "Uhr"}, {oclock: "uur"}, {oclock: "s"}, // Bulgarian, German, Dutch, French of Canada
}

// word is one word of the table as findHalf looks it up.
type word struct {
	b     []byte
	half  half
	style byte
}

// byFirst are the words by their first byte, the longer before the shorter.
var byFirst = indexHalves()

func indexHalves() (index [256][]word) {
	const latinStyles = 64
	for i, row := range halves {
		for h, words := range []string{allDay: row.oclock, am: row.am, pm: row.pm, noon: row.noon} {
			for w := range strings.SplitSeq(words, "|") {
				if w != "" {
					index[w[0]] = append(index[w[0]], word{[]byte(w), half(h), latinStyles + byte(i)})
				}
			}
		}
	}
	for _, list := range index {
		slices.SortStableFunc(list, func(a, b word) int { return len(b.b) - len(a.b) })
	}
	return index
}

// findHalf reads a word for a half of the day at the start of b: which, in
// which style, and how long it is; the length is 0 when there is none.
func findHalf(b []byte) (d half, style byte, n int) {
	if c := b[0] | 0x20; c == 'a' || c == 'p' {
		if d, style, n = latinHalf(b); n > 0 {
			return d, style, n
		}
	}
	for _, w := range byFirst[b[0]] {
		if bytes.HasPrefix(b, w.b) && wordEnds(b[len(w.b):]) {
			return w.half, w.style, len(w.b)
		}
	}
	return allDay, 0, 0
}

// latinHalf reads AM, pm, a.m., "p. m." and the like. Each way of writing it
// is a style: case, dots, and the space between.
func latinHalf(b []byte) (d half, style byte, n int) {
	d = am
	if b[0]|0x20 == 'p' {
		d = pm
	}
	if b[0] >= 'a' {
		style |= 1
	}
	n = 1
	if n < len(b) && b[n] == '.' {
		style |= 2
		n++
	}
	if k := space(b[n:]); k > 0 {
		style |= byte(k) << 2
		n += k
	}
	if n == len(b) || b[n]|0x20 != 'm' {
		return allDay, 0, 0
	}
	if b[n] >= 'a' {
		style |= 32
	}
	n++
	if n < len(b) && b[n] == '.' {
		style |= 16
		n++
	}
	if !wordEnds(b[n:]) {
		return allDay, 0, 0
	}
	return d, style, n
}

// wordEnds tells that a word does not go on. Digits may follow: 下午9:05.
func wordEnds(b []byte) bool {
	if len(b) == 0 {
		return true
	}
	r, _ := utf8.DecodeRune(b)
	return !unicode.IsLetter(r) && !unicode.IsMark(r)
}
