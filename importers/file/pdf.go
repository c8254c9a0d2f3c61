package file

import (
	"encoding/hex"
	"errors"
	"regexp"
	"strings"
	"time"
	"unicode/utf16"

	"daybook/timeline"
)

// pdfWindow is how much of a PDF is looked at, at its start and at its end:
// that is where writers put the information dictionary and the XMP packet.
const pdfWindow = 512 << 10

// pdf looks for the dates and names of a PDF in the bytes as they stand. What
// is packed or encrypted is not unpacked.
func (f *facts) pdf(w *window) error {
	b, err := w.piece(0, pdfWindow)
	if err != nil {
		return err
	}
	all := string(b)
	if w.size > pdfWindow {
		tail, err := w.piece(max(pdfWindow, w.size-pdfWindow), pdfWindow)
		if err != nil {
			return err
		}
		all += "\n" + string(tail)
	}
	f.set("pdf version", cutAfter(all, "%PDF-", "\r\n \t"))
	if strings.Contains(all, "/Encrypt") {
		f.lacks(errors.New("locked with a password or with restrictions: its own texts were not read; where it opens without a password, print it to a new PDF and add that too"))
	} else {
		f.pdfInfo(all)
	}
	f.pdfXMP(all)
	if end := all[max(0, len(all)-2048):]; !strings.Contains(end, "%%EOF") {
		f.lacks(errors.New("it has no end mark (%%EOF)"))
		f.cut = true
	}
	return nil
}

func (f *facts) pdfInfo(all string) {
	for _, k := range []struct {
		key   string
		sort  sort
		label string
	}{{"CreationDate", created, "PDF CreationDate"}, {"ModDate", modified, "PDF ModDate"}} {
		if raw := pdfString(all, k.key); raw != "" {
			f.times = append(f.times, pdfDate(k.sort, k.label, raw))
		}
	}
	for _, k := range []struct{ key, name string }{
		{"Title", "title"}, {"Author", "author"}, {"Subject", "subject"}, {"Creator", "made with"}, {"Producer", "written by"},
	} {
		f.set(k.name, pdfString(all, k.key))
	}
}

// pdfString gives the last text of that key: a changed PDF repeats its
// dictionary at the end.
func pdfString(all, key string) string {
	for rest := all; ; {
		i := strings.LastIndex(rest, "/"+key)
		if i < 0 {
			return ""
		}
		after := strings.TrimLeft(rest[i+1+len(key):], " \t\r\n")
		rest = rest[:i]
		if s, ok := pdfLiteral(after); ok {
			return s
		}
	}
}

// pdfLiteral reads "(text)" with its escapes, or "<hexadecimal>".
func pdfLiteral(s string) (string, bool) {
	if strings.HasPrefix(s, "<") && !strings.HasPrefix(s, "<<") {
		end := strings.IndexByte(s, '>')
		if end < 0 || end > 2*maxValue {
			return "", false
		}
		digits := strings.Join(strings.Fields(s[1:end]), "")
		if len(digits)%2 == 1 {
			digits += "0"
		}
		b, err := hex.DecodeString(digits)
		return pdfText(b), err == nil
	}
	if !strings.HasPrefix(s, "(") {
		return "", false
	}
	var b []byte
	depth := 1
	for i := 1; i < len(s) && i < 4*maxValue; i++ {
		switch c := s[i]; c {
		case '\\':
			n, skip := pdfEscape(s[i+1:])
			b = append(b, n...)
			i += skip
			continue
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return pdfText(b), true
			}
		}
		b = append(b, s[i])
	}
	return "", false
}

// pdfEscape reads what stands after a backslash, and how long it is.
func pdfEscape(s string) (b []byte, n int) {
	if s == "" {
		return nil, 0
	}
	if s[0] >= '0' && s[0] <= '7' {
		v := 0
		for n < 3 && n < len(s) && s[n] >= '0' && s[n] <= '7' {
			v = v<<3 | int(s[n]-'0')
			n++
		}
		return []byte{byte(v)}, n
	}
	switch s[0] {
	case 'n':
		return []byte{'\n'}, 1
	case 'r':
		return []byte{'\r'}, 1
	case 't':
		return []byte{'\t'}, 1
	case '\n':
		return nil, 1
	}
	return []byte{s[0]}, 1
}

// pdfText reads a text string: UTF-16 or UTF-8 by its mark, else as Latin-1.
func pdfText(b []byte) string {
	switch {
	case len(b) >= 2 && b[0] == 0xfe && b[1] == 0xff:
		u := make([]uint16, 0, len(b)/2)
		for i := 2; i+1 < len(b); i += 2 {
			u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
		}
		return string(utf16.Decode(u))
	case len(b) >= 3 && b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf:
		return string(b[3:])
	}
	return latin1(b)
}

var pdfDatePattern = regexp.MustCompile(`^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(Z|[+-]\d\d)?'?(\d\d)?'?`)

// pdfDate reads "D:20240105140322+01'00'".
func pdfDate(s sort, label, raw string) moment {
	m := moment{sort: s, label: label, raw: raw, prec: timeline.Undated, note: "these words are no date that is known"}
	g := pdfDatePattern.FindStringSubmatch(strings.TrimSpace(raw))
	if g == nil {
		return m
	}
	parts := g[1:7]
	prec := []timeline.Precision{timeline.Year, timeline.Month, timeline.Day, timeline.Hour, timeline.Minute, timeline.Second}
	n := 0
	for n < 6 && parts[n] != "" {
		n++
	}
	full := append([]string{}, parts...)
	for i := n; i < 3; i++ {
		full[i] = "01"
	}
	t, ok := date(full...)
	if !ok {
		return m
	}
	m.t, m.prec, m.note = t, prec[n-1], ""
	switch {
	case g[7] == "Z":
		m.zone = utc
	case g[7] != "":
		minutes := g[8]
		if minutes == "" {
			minutes = "00"
		}
		if z, err := time.Parse("-0700", g[7]+minutes); err == nil {
			_, sec := z.Zone()
			m.t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.FixedZone("", sec))
			m.zone = offset
		}
	}
	return m
}

var xmpValue = map[string]*regexp.Regexp{
	"xmp:CreateDate":   xmpPattern("CreateDate"),
	"xmp:ModifyDate":   xmpPattern("ModifyDate"),
	"xmp:MetadataDate": xmpPattern("MetadataDate"),
}

func xmpPattern(name string) *regexp.Regexp {
	return regexp.MustCompile(`xa?mp:` + name + `(?:>|\s*=\s*["'])([^<"']{4,40})`)
}

func (f *facts) pdfXMP(all string) {
	for _, k := range []struct {
		name string
		sort sort
	}{{"xmp:CreateDate", created}, {"xmp:ModifyDate", modified}} {
		if g := xmpValue[k.name].FindAllStringSubmatch(all, -1); len(g) > 0 {
			f.times = append(f.times, parse(k.sort, "XMP "+strings.TrimPrefix(k.name, "xmp:"), g[len(g)-1][1]))
		}
	}
}

// cutAfter gives what stands between a mark and the first of some ends.
func cutAfter(s, mark, ends string) string {
	i := strings.Index(s, mark)
	if i < 0 {
		return ""
	}
	s = s[i+len(mark):]
	if end := strings.IndexAny(s, ends); end >= 0 {
		s = s[:end]
	}
	return s[:min(len(s), 40)]
}
