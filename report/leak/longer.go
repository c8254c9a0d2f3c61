package leak

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"daybook/report/protected"
)

// leastBegins is how many letters a word has whose longer forms are listed: of a
// shorter one there are too many that have nothing to do with it.
const leastBegins = 4

// mostLonger is how many longer words are listed.
const mostLonger = 500

// beginnings are the words and names among what a person keeps out. Each keeps its
// place among the secrets.
func beginnings(secrets []Secret) *protected.Words {
	words := make([]protected.Word, len(secrets))
	for i, s := range secrets {
		if s.Code != "" && begins(s) {
			words[i] = protected.Word{Text: s.Text, As: s.As}
		}
	}
	return protected.New(words)
}

// begins tells that a longer form of a word may be told of: Tomaszek of Tomasz, Zoe
// Harts of Zoe Hart, and of no number.
func begins(s Secret) bool {
	if len(strings.Fields(s.Text)) > 1 {
		return s.As != protected.Number && s.As != protected.Day && strings.ContainsFunc(s.Text, unicode.IsLetter)
	}
	return protected.Letters(s.Text) >= leastBegins && !strings.ContainsAny(s.Text, "0123456789@")
}

// partsAlone are what names the streets of the protected addresses, and the first names,
// each with the secret that it is of.
func partsAlone(secrets []Secret) (*protected.Words, []int) {
	var words []protected.Word
	var of []int
	for i, s := range secrets {
		if s.First != "" {
			words, of = append(words, protected.Word{Text: s.First}), append(of, i)
		}
		if s.Code == "" || s.As != protected.House {
			continue
		}
		for _, street := range protected.Streets(s.Text) {
			words, of = append(words, protected.Word{Text: street}), append(of, i)
		}
	}
	return protected.New(words), of
}

// named notes where a text names the street of an address that is kept out, the longest
// of what lies over one another: a street is no secret, and the number may stand beside it in
// other words. So it does with first names, but for those in a whole name, which is found,
// and in the program's own sentences.
func (l *look) named(at Place, text string) {
	hits := l.alone.Find(text)
	var found []protected.Hit
	for i := 0; i < len(hits); {
		h := hits[i]
		for i++; i < len(hits) && hits[i].From < h.To; i++ {
			if hits[i].To-hits[i].From > h.To-h.From {
				h = hits[i]
			}
		}
		if l.secrets[l.aloneOf[h.Word]].First == "" {
			l.lookAt(at, text, h, Longer{Street: true}, l.aloneOf[h.Word])
			continue
		}
		if found == nil {
			found = append(l.words.Find(text), l.printed.Find(text)...)
		}
		if !slices.ContainsFunc(found, func(s protected.Hit) bool { return s.From <= h.From && h.To <= s.To }) {
			l.lookAt(at, text, h, Longer{First: true}, l.aloneOf[h.Word])
		}
	}
}

// grown notes the longer words of a text, and those in which figures stand for letters.
func (l *look) grown(at Place, text string) {
	hits := l.begins.Longer(text)
	for _, one := range []byte{'i', 'l'} {
		if read := lettered(text, one); read != "" {
			for _, h := range l.begins.Find(read) {
				if text[h.From:h.To] != read[h.From:h.To] && !slices.Contains(hits, h) {
					hits = append(hits, h)
				}
			}
		}
	}
	var own []protected.Hit
	for n, h := range hits {
		if n == 0 {
			own = l.printed.Find(text)
		}
		if slices.ContainsFunc(own, func(s protected.Hit) bool { return s.From <= h.From && h.To <= s.To }) {
			continue
		}
		l.lookAt(at, text, h, Longer{}, h.Word)
	}
	l.named(at, text)
}

// lookAt notes a word that is no finding and is to be looked at.
func (l *look) lookAt(at Place, text string, h protected.Hit, as Longer, secret int) {
	word := inOneLine(text[h.From:h.To])
	key := strings.ToLower(word)
	x := l.longer[key]
	if x == nil {
		if len(l.longer) == mostLonger {
			l.note("longer words: there are more than are listed")
			return
		}
		s := l.secrets[secret]
		x = &as
		x.Word, x.Begins, x.Code = word, s.Text, s.Code
		l.longer[key] = x
	}
	if x.Times++; len(x.Places) < placesShown && !slices.Contains(x.Places, at) {
		x.Places = append(x.Places, at)
	}
}

// lettered is a text with letters in the place of the figures 0 and 1 in its words: o, and
// one of those that a 1 looks like. A word has no other figure, and more letters than
// figures. Nothing where no word has any; every byte keeps its place.
func lettered(text string, one byte) string {
	if !strings.ContainsAny(text, "01") {
		return ""
	}
	var out []byte
	for from := 0; from < len(text); {
		to, letters, figures, others := from, 0, 0, 0
		for ; to < len(text) && wordByte(text[to]); to++ {
			switch c := text[to]; {
			case c == '0' || c == '1':
				figures++
			case '2' <= c && c <= '9':
				others++
			default:
				letters++
			}
		}
		if figures > 0 && others == 0 && letters > figures {
			if out == nil {
				out = []byte(text)
			}
			for i := from; i < to; i++ {
				switch out[i] {
				case '0':
					out[i] = 'o'
				case '1':
					out[i] = one
				}
			}
		}
		from = to + 1
	}
	return string(out)
}

// wordByte tells a byte of a letter or a figure.
func wordByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf
}

// inOneLine is a word as somebody types it, wherever its lines ended and whatever
// stands in it unseen: so it is one word, and can be copied into a command.
func inOneLine(word string) string {
	seen := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, word)
	return strings.Join(strings.Fields(seen), " ")
}
