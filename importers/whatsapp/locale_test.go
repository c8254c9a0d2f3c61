package whatsapp

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"daybook/importers"
)

// locale is how one phone writes the headers of an export.
type locale struct {
	name    string
	bracket bool
	order   importers.DateOrder
	date    string // d, dd, M, MM, yy, yyyy and the rest as it stands
	gap     string // between date and time
	clock   string // H, HH, h, hh, K, mm, ss; B is am or pm
	am, pm  string
	dash    string // " - " or " – "
	lead    string // before each header
	zero    rune   // of the digits
}

func android(name string, order importers.DateOrder, date, gap, clock, am, pm string) locale {
	return locale{name: name, order: order, date: date, gap: gap, clock: clock, am: am, pm: pm, dash: " - "}
}

func iphone(name string, order importers.DateOrder, date, gap, clock, am, pm string) locale {
	return locale{name: name, bracket: true, order: order, date: date, gap: gap, clock: clock, am: am, pm: pm}
}

func (l locale) with(change func(*locale)) locale {
	change(&l)
	return l
}

const dmy, mdy, ymd = importers.DayFirst, importers.MonthFirst, importers.YearFirst

// locales are the forms that exports come in: those of the public parsers'
// tests and lists, and those that Unicode CLDR gives for the phones' languages.
var locales = []locale{
	android("en-GB", dmy, "dd/MM/yyyy", ", ", "HH:mm", "", ""),
	android("en-GB-12", dmy, "dd/MM/yyyy", ", ", "h:mm B", "am", "pm"),
	android("en-GB-12-nnbsp", dmy, "dd/MM/yyyy", ", ", "h:mm\u202fB", "am", "pm"),
	android("en-GB-12-dots", dmy, "dd/MM/yyyy", ", ", "h:mm B", "a.m.", "p.m."),
	android("en-US", mdy, "M/d/yy", ", ", "h:mm B", "AM", "PM"),
	android("en-US-nnbsp", mdy, "M/d/yy", ", ", "h:mm\u202fB", "AM", "PM"),
	android("en-US-24", mdy, "M/d/yy", ", ", "HH:mm", "", ""),
	android("en-IN", dmy, "dd/MM/yy", ", ", "h:mm\u202fB", "am", "pm"),
	android("en-CA", ymd, "yyyy-MM-dd", ", ", "h:mm B", "a.m.", "p.m."),
	android("fr-CA", ymd, "yyyy-MM-dd", " ", "HH 'h' mm", "", ""),
	android("de", dmy, "dd.MM.yy", ", ", "HH:mm", "", ""),
	android("de-um", dmy, "d.M.yyyy", " 'um' ", "HH:mm", "", ""),
	android("de-dash", dmy, "dd.MM.yy", ", ", "HH:mm", "", "").with(func(l *locale) { l.dash = " – " }),
	android("fr", dmy, "dd/MM/yyyy", ", ", "HH:mm", "", ""),
	android("fr-a", dmy, "dd/MM/yyyy", " 'à' ", "HH:mm", "", ""),
	android("es", dmy, "d/M/yy", ", ", "H:mm", "", ""),
	android("es-12", dmy, "d/M/yyyy", ", ", "h:mm B", "a. m.", "p. m."),
	android("es-12-nbsp", dmy, "d/M/yyyy", ", ", "h:mm\u202fB", "a.\u00a0m.", "p.\u00a0m."),
	android("pt", dmy, "dd/MM/yyyy", " ", "HH:mm", "", ""),
	android("pt-as", dmy, "dd/MM/yyyy", " 'às' ", "HH:mm", "", ""),
	android("it", dmy, "dd/MM/yy", ", ", "HH:mm", "", ""),
	android("nl", dmy, "dd-MM-yyyy", " ", "HH:mm", "", ""),
	android("da", dmy, "dd.MM.yyyy", " ", "HH.mm", "", ""),
	android("nb", dmy, "dd.MM.yyyy", ", ", "HH:mm", "", ""),
	android("nb-kl", dmy, "d.M.yyyy", " 'kl.' ", "HH:mm", "", ""),
	android("sv", ymd, "yyyy-MM-dd", " ", "HH:mm", "", ""),
	android("fi", dmy, "d.M.yyyy", " 'kl.' ", "H.mm", "", ""),
	android("pl", dmy, "d.MM.yyyy", ", ", "HH:mm", "", ""),
	android("cs", dmy, "dd.MM.yy", " ", "H:mm", "", ""),
	android("cs-12", dmy, "dd.MM.yy", " ", "h:mm B", "dop.", "odp."),
	android("sk", dmy, "d. M. yyyy", " ", "H:mm", "", ""),
	android("hr", dmy, "dd. MM. yyyy.", " ", "HH:mm", "", ""),
	android("hu", ymd, "yyyy. MM. dd.", " ", "H:mm", "", ""),
	android("hu-12", ymd, "yyyy. MM. dd.", " ", "B h:mm", "de.", "du."),
	android("bg", dmy, "d.MM.yy", " 'г.', ", "H:mm 'ч.'", "", ""),
	android("ru", dmy, "dd.MM.yyyy", ", ", "HH:mm", "", ""),
	android("el", dmy, "d/M/yy", ", ", "h:mm B", "π.μ.", "μ.μ."),
	android("tr", dmy, "d.MM.yyyy", " ", "HH:mm", "", ""),
	android("tr-12", dmy, "d.MM.yyyy", " ", "B h:mm", "ÖÖ", "ÖS"),
	android("id", dmy, "dd/MM/yy", " ", "HH.mm", "", ""),
	android("he", dmy, "d.M.yyyy", ", ", "H:mm", "", ""),
	android("ar", dmy, "d\u200f/M\u200f/yyyy", "، ", "h:mm B", "ص", "م").with(func(l *locale) { l.zero = '٠' }),
	android("fa", ymd, "yyyy/M/d", "،\u200f ", "H:mm", "", "").with(func(l *locale) { l.zero = '۰' }),
	android("hi", dmy, "d/M/yy", ", ", "h:mm B", "am", "pm").with(func(l *locale) { l.zero = '०' }),
	android("mr", dmy, "d/M/yy", ", ", "h:mm B", "म.पू.", "म.उ.").with(func(l *locale) { l.zero = '०' }),
	android("bn", dmy, "d/M/yy", ", ", "h:mm B", "AM", "PM").with(func(l *locale) { l.zero = '০' }),
	android("th", dmy, "d/M/yy", " ", "HH:mm", "", ""),
	android("zh-TW", ymd, "yyyy/M/d", " ", "Bh:mm", "上午", "下午"),
	android("zh-CN", ymd, "yyyy/M/d", " ", "HH:mm", "", ""),
	android("ja", ymd, "yyyy/MM/dd", " ", "H:mm", "", ""),
	android("ja-12", ymd, "yyyy/MM/dd", " ", "BK:mm", "午前", "午後"),
	android("ko", ymd, "yyyy. M. d.", " ", "B h:mm", "오전", "오후"),
	iphone("ios-en-GB", dmy, "dd/MM/yyyy", ", ", "HH:mm:ss", "", ""),
	iphone("ios-en-GB-12", dmy, "dd/MM/yyyy", ", ", "h:mm:ss\u202fB", "am", "pm"),
	iphone("ios-en-US", mdy, "M/d/yy", ", ", "h:mm:ss\u202fB", "AM", "PM"),
	iphone("ios-en-US-old", mdy, "M/d/yy", ", ", "h:mm:ss B", "AM", "PM"),
	iphone("ios-en-US-24", mdy, "M/d/yy", ", ", "HH:mm:ss", "", ""),
	iphone("ios-iso", ymd, "yyyy-MM-dd", ", ", "HH:mm:ss", "", ""),
	iphone("ios-de", dmy, "dd.MM.yy", ", ", "HH:mm:ss", "", ""),
	iphone("ios-nl", dmy, "dd-MM-yyyy", " ", "HH:mm:ss", "", ""),
	iphone("ios-es", dmy, "d/M/yy", " ", "H:mm:ss", "", ""),
	iphone("ios-es-12", dmy, "d/M/yy", ", ", "h:mm:ss B", "a. m.", "p. m."),
	iphone("ios-fi", dmy, "d.M.yyyy", " 'kl.' ", "H.mm.ss", "", ""),
	iphone("ios-sv", ymd, "yyyy-MM-dd", " ", "HH:mm:ss", "", ""),
	iphone("ios-hr", dmy, "d. M. yyyy.", " ", "HH:mm:ss", "", ""),
	iphone("ios-ja", ymd, "yyyy/MM/dd", " ", "H:mm:ss", "", ""),
	iphone("ios-zh", ymd, "yyyy/M/d", " ", "Bh:mm:ss", "上午", "下午"),
	iphone("ios-ar", dmy, "d\u200f/M\u200f/yyyy", "، ", "h:mm:ss B", "ص", "م").with(func(l *locale) { l.zero, l.lead = '٠', "\u200f" }),
	iphone("ios-fr-CA", ymd, "yyyy-MM-dd", " ", "HH 'h' mm 'min' ss 's'", "", ""),
}

// header writes a header as the phone does.
func (l locale) header(t time.Time, name string) string {
	stamp := l.stamp(t)
	switch {
	case l.bracket && name == "":
		return l.lead + "[" + stamp + "] "
	case l.bracket:
		return l.lead + "[" + stamp + "] " + name + ": "
	case name == "":
		return l.lead + stamp + l.dash
	}
	return l.lead + stamp + l.dash + name + ": "
}

func (l locale) stamp(t time.Time) string {
	return l.fill(l.date+l.gap, t) + l.fill(l.clock, t)
}

// fill puts a time into a CLDR pattern.
func (l locale) fill(pattern string, t time.Time) string {
	var b strings.Builder
	for len(pattern) > 0 {
		if pattern[0] == '\'' {
			word, rest, _ := strings.Cut(pattern[1:], "'")
			b.WriteString(word)
			pattern = rest
			continue
		}
		r, size := utf8.DecodeRuneInString(pattern)
		n := 1
		for strings.HasPrefix(pattern[n*size:], string(r)) {
			n++
		}
		field, ok := l.field(r, n, t)
		if !ok {
			field = strings.Repeat(string(r), n)
		}
		b.WriteString(field)
		pattern = pattern[n*size:]
	}
	return b.String()
}

func (l locale) field(r rune, n int, t time.Time) (string, bool) {
	v := 0
	switch r {
	case 'd':
		v = t.Day()
	case 'M':
		v = int(t.Month())
	case 'y':
		if v = t.Year(); n == 2 {
			v %= 100
		}
	case 'H':
		v = t.Hour()
	case 'K':
		v = t.Hour() % 12
	case 'h':
		v = (t.Hour()+11)%12 + 1
	case 'm':
		v = t.Minute()
	case 's':
		v = t.Second()
	case 'B':
		if t.Hour() < 12 {
			return l.am, true
		}
		return l.pm, true
	default:
		return "", false
	}
	s := fmt.Sprintf("%0*d", n, v)
	if l.zero == 0 {
		return s, true
	}
	return strings.Map(func(r rune) rune { return r - '0' + l.zero }, s), true
}
