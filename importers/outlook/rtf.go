package outlook

import (
	"strconv"
	"strings"
)

// wordsOfRTF gives the words of rich text: what its destinations beside the text
// hold (fonts, pictures, the HTML that it was made from) is left out.
func wordsOfRTF(rtf []byte) string {
	r := &richText{in: rtf, page: ansi, skip: 1}
	r.read()
	return strings.TrimSpace(r.out.String())
}

// richText is rich text while it is read.
type richText struct {
	in      []byte
	out     strings.Builder
	raw     []byte // bytes of the code page that are not yet text
	page    int
	hidden  bool // inside a destination that is no text, or between \htmlrtf and \htmlrtf0
	skip    int  // how many characters stand for one \u
	pending int  // of them still to be left out
	stack   []richState
}

type richState struct {
	hidden bool
	skip   int
}

// maxGroups is how deep groups lie in one another.
const maxGroups = 1000

func (r *richText) read() {
	for len(r.in) > 0 {
		c := r.in[0]
		r.in = r.in[1:]
		switch c {
		case '{':
			if len(r.stack) < maxGroups {
				r.stack = append(r.stack, richState{r.hidden, r.skip})
			}
		case '}':
			if n := len(r.stack); n > 0 {
				r.hidden, r.skip = r.stack[n-1].hidden, r.stack[n-1].skip
				r.stack = r.stack[:n-1]
			}
		case '\\':
			r.control()
		case '\r', '\n':
		default:
			r.byte(c)
		}
	}
	r.flush()
}

// byte adds a byte of the code page.
func (r *richText) byte(c byte) {
	if r.pending > 0 {
		r.pending--
		return
	}
	if !r.hidden {
		r.raw = append(r.raw, c)
	}
}

// say adds text.
func (r *richText) say(s string) {
	if !r.hidden {
		r.flush()
		r.out.WriteString(s)
	}
}

func (r *richText) flush() {
	if len(r.raw) > 0 {
		r.out.WriteString(fromPage(r.raw, r.page))
		r.raw = r.raw[:0]
	}
}

// control reads what follows a backslash.
func (r *richText) control() {
	if len(r.in) == 0 {
		return
	}
	c := r.in[0]
	if c < 'a' || c > 'z' {
		r.in = r.in[1:]
		r.symbol(c)
		return
	}
	n := 0
	for n < len(r.in) && n < 32 && r.in[n] >= 'a' && r.in[n] <= 'z' {
		n++
	}
	word := string(r.in[:n])
	r.in = r.in[n:]
	n = 0
	for n < len(r.in) && n < 10 && (r.in[n] >= '0' && r.in[n] <= '9' || n == 0 && r.in[n] == '-') {
		n++
	}
	number, err := strconv.Atoi(string(r.in[:n]))
	r.in = r.in[n:]
	if len(r.in) > 0 && r.in[0] == ' ' {
		r.in = r.in[1:]
	}
	r.word(word, number, err == nil)
}

func (r *richText) symbol(c byte) {
	switch c {
	case '\'':
		if len(r.in) >= 2 {
			if n, err := strconv.ParseUint(string(r.in[:2]), 16, 8); err == nil {
				r.byte(byte(n))
			}
			r.in = r.in[2:]
		}
	case '*':
		r.hidden = true
	case '~':
		r.say("\u00a0")
	case '_':
		r.say("\u2011")
	case '\\', '{', '}':
		r.byte(c)
	case '\r', '\n':
		r.say("\n")
	}
}

func (r *richText) word(word string, number int, numbered bool) {
	switch word {
	case "par", "line", "row", "sect", "page":
		r.say("\n")
	case "tab", "cell":
		r.say("\t")
	case "emdash":
		r.say("—")
	case "endash":
		r.say("–")
	case "lquote":
		r.say("‘")
	case "rquote":
		r.say("’")
	case "ldblquote":
		r.say("“")
	case "rdblquote":
		r.say("”")
	case "bullet":
		r.say("•")
	case "u":
		if number < 0 {
			number += 1 << 16
		}
		r.say(string(rune(number)))
		r.pending = r.skip
	case "uc":
		r.skip = max(0, min(number, 10))
	case "ansicpg":
		if pageOf(number) != nil {
			r.page = number
		}
	case "htmlrtf":
		r.hidden = !numbered || number != 0
	case "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "listtable", "listoverridetable", "generator", "themedata", "datastore":
		r.hidden = true
	case "bin":
		r.in = r.in[max(0, min(number, len(r.in))):]
	}
}
