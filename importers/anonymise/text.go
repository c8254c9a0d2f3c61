package anonymise

import (
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text gives every word and long number of a text its stand-in and moves its
// dates; signs, spaces and short numbers stay.
func (s *scribe) text(in string) string {
	w := writing{s: s, in: in}
	for w.at < len(in) {
		w.next()
	}
	return w.out.String()
}

// A writing is a text on its way through a scribe.
type writing struct {
	s     *scribe
	in    string
	at    int
	dated int // where the last date or time of day ends
	out   strings.Builder
}

func (w *writing) next() {
	r, n := utf8.DecodeRuneInString(w.in[w.at:])
	switch {
	case w.whole(identifier(w.in, w.at)):
	case unicode.Is(unicode.Nd, r):
		w.figures()
	case isLetter(r):
		w.letters()
	case r == '%' && w.percent():
	default:
		w.keep(w.at + n)
	}
}

// keep copies up to a place.
func (w *writing) keep(until int) {
	w.out.WriteString(w.in[w.at:until])
	w.at = until
}

// put writes in the place of what stands up to a place.
func (w *writing) put(text string, until int) {
	w.out.WriteString(text)
	w.at = until
}

func (w *writing) whole(until int) bool {
	if until == 0 {
		return false
	}
	w.put(w.s.hex(w.in[w.at:until]), until)
	return true
}

// identifier tells where a number in hexadecimal that begins here ends: a UUID,
// an address of a network card, or eight digits or more with letters among
// them; 0 for none.
func identifier(in string, at int) int {
	if !isHex(in[at]) || at > 0 && isHexSide(in[at-1]) {
		return 0
	}
	if uuidAt(in, at) {
		return at + 36
	}
	if end := addressEnd(in, at); end > 0 {
		return end
	}
	end, digits := at, 0
	for ; end < len(in) && isHex(in[end]); end++ {
		if in[end] <= '9' {
			digits++
		}
	}
	if end < len(in) && isHexSide(in[end]) || end-at < 8 || digits == 0 || digits == end-at {
		return 0
	}
	return end
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

// isHexSide tells what may not stand beside such a number.
func isHexSide(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

func uuidAt(in string, at int) bool {
	if len(in) < at+36 {
		return false
	}
	for i := range 36 {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (in[at+i] == '-') || !dash && !isHex(in[at+i]) {
			return false
		}
	}
	return true
}

// addressEnd tells where an address of a network card, or of the sixth version
// of the internet, ends: groups of hexadecimal, four at the least, with a
// letter in them.
func addressEnd(in string, at int) int {
	groups, letters, n, i := 1, false, 0, at
	for ; i < len(in) && n <= 4 && (in[i] == ':' || isHex(in[i])); i++ {
		if in[i] == ':' {
			groups, n = groups+1, 0
			continue
		}
		letters = letters || in[i] > '9'
		n++
	}
	if groups < 4 || groups > 8 || !letters || n > 4 || i < len(in) && isHexSide(in[i]) {
		return 0
	}
	return i
}

// letters writes a word, or keeps what a format put there.
func (w *writing) letters() {
	end := wordEnd(w.in, w.at)
	word := w.in[w.at:end]
	switch {
	case strings.HasPrefix(w.in[end:], "://") && kept.word(strings.ToLower(word)):
		w.keep(end + 3)
	case w.at > 0 && w.in[w.at-1] == '@' && w.host():
	case w.extension(), w.site():
	case media(word) && followedByNumber(w.in, end):
		w.keep(end)
	case (word == "u" || word == "r") && strings.HasPrefix(w.in[end:], "/"): // people and groups of Reddit
		w.keep(end)
	case w.periodBefore():
	case w.monthAt(end):
		w.dated = w.at
	case w.betweenDateAndClock(word, end):
	default:
		w.put(w.s.word(word), end)
	}
}

func wordEnd(in string, at int) int {
	for i, r := range in[at:] {
		if !isLetter(r) {
			return at + i
		}
	}
	return len(in)
}

func beginsWord(in string, at int) bool {
	r, _ := utf8.DecodeRuneInString(in[at:])
	return isLetter(r) || unicode.IsDigit(r) || r == '.' && at+1 < len(in) && isHexSide(in[at+1])
}

// hosts are the ends of addresses that tell which app they are of.
var hosts = []string{"s.whatsapp.net", "g.us", "lid", "broadcast", "newsletter", "thread.skype", "thread.tacv2", "thread.v2", "unq.gbl.spaces", "c.us", "call", "encrypted"}

// sites are the addresses of those from whom exports come: formats are told by
// them.
var sites = strings.Fields("instagram.com facebook.com messenger.com twitter.com x.com t.me t.co tiktok.com snapchat.com whatsapp.com wa.me maps.google.com/?q= google.com youtube.com reddit.com discord.com linkedin.com/in/ linkedin.com skype.com")

func (w *writing) site() bool {
	if before := w.in[:w.at]; !strings.HasSuffix(before, "://") && !strings.HasSuffix(before, "://www.") && !strings.HasPrefix(w.in[w.at:], "www.") {
		return false
	}
	for _, site := range sites {
		if www := strings.TrimPrefix(w.in[w.at:], "www."); strings.HasPrefix(www, site) {
			if end := len(w.in) - len(www) + len(site); site[len(site)-1] == '=' || site[len(site)-1] == '/' || !beginsWord(w.in, end) && !strings.HasPrefix(w.in[end:], "-") {
				w.keep(end)
				return true
			}
		}
	}
	return false
}

// extension keeps the end of the name of a file: ".jpg", ".mp4".
func (w *writing) extension() bool {
	if w.at < 2 || w.in[w.at-1] != '.' || unicode.IsSpace(rune(w.in[w.at-2])) {
		return false
	}
	end := w.at
	for end < len(w.in) && (isASCIILetter(w.in[end]) || w.in[end] >= '0' && w.in[end] <= '9') {
		end++
	}
	if !isExtension(w.in[w.at:end]) || beginsWord(w.in, end) {
		return false
	}
	w.keep(end)
	return true
}

func (w *writing) host() bool {
	for _, h := range hosts {
		if strings.HasPrefix(w.in[w.at:], h) && !beginsWord(w.in, w.at+len(h)) {
			w.keep(w.at + len(h))
			return true
		}
	}
	return false
}

// media tells the words with which phones and apps name files.
func media(word string) bool {
	switch word {
	case "IMG", "VID", "PTT", "AUD", "STK", "DOC", "WA", "PXL", "MVIMG", "DSC", "DSCN", "Screenshot", "PHOTO", "VIDEO", "AUDIO", "STICKER", "GIF":
		return true
	}
	return false
}

func followedByNumber(in string, end int) bool {
	for end < len(in) && (in[end] == '-' || in[end] == '_' || in[end] == ' ') {
		end++
	}
	return end < len(in) && in[end] >= '0' && in[end] <= '9'
}

// percent writes what an address says in %xx anew, where it is text.
func (w *writing) percent() bool {
	end := w.at
	for end+2 < len(w.in) && w.in[end] == '%' && isHex(w.in[end+1]) && isHex(w.in[end+2]) {
		end += 3
	}
	plain, err := hex.DecodeString(strings.ReplaceAll(w.in[w.at:end], "%", ""))
	if end == w.at || err != nil || !utf8.Valid(plain) {
		return false
	}
	small := w.in[w.at:end] != strings.ToUpper(w.in[w.at:end])
	var b strings.Builder
	for _, c := range []byte(w.s.text(string(plain))) {
		code := hex.EncodeToString([]byte{c})
		if !small {
			code = strings.ToUpper(code)
		}
		b.WriteString("%" + code)
	}
	w.put(b.String(), end)
	return true
}
