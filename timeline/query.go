package timeline

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// query is what a person asked for: every clause must hold.
type query []clause

// clause holds when any of its sequences stands in the event; not turns it
// round.
type clause struct {
	not    bool
	any    []sequence
	asked  string // as it was typed, for what is said about it
	simple bool   // one word, whose spelling may be mended
}

// sequence is words that stand next to each other; of the last one the
// beginning is enough, where prefix is set.
type sequence struct {
	words  []string
	prefix bool
}

// Limits of a query; more than these no person types.
const (
	maxQuery   = 4 << 10
	maxClauses = 64
)

// parseQuery reads words (all must be there), "a phrase", begin* and -not.
func parseQuery(s string) (query, error) {
	if len(s) > maxQuery {
		return nil, fmt.Errorf("search: longer than %d characters", maxQuery)
	}
	var q query
	chunks := chunkQuery(s)
	for i := 0; i < len(chunks); {
		if n := phoneChunks(chunks[i:]); n > 0 {
			var text []string
			for _, c := range chunks[i : i+n] {
				text = append(text, c.text)
			}
			q = append(q, phoneClause(strings.Join(text, " ")))
			i += n
			continue
		}
		if c, ok := chunks[i].clause(); ok {
			q = append(q, c)
		}
		i++
	}
	if len(q) > maxClauses {
		return nil, fmt.Errorf("search: more than %d words", maxClauses)
	}
	return q, nil
}

// chunk is a stretch of a query between spaces, or between quotation marks.
type chunk struct {
	text           string
	not, quoted    bool
	begins, number bool
}

func chunkQuery(s string) []chunk {
	var out []chunk
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimLeftFunc(s, unicode.IsSpace) {
		c := chunk{}
		if len(s) > 1 && s[0] == '-' && s[1] != ' ' {
			c.not, s = true, s[1:]
		}
		r, size := utf8.DecodeRuneInString(s)
		if closing := closingQuote(r); closing != "" {
			c.quoted = true
			c.text, s, _ = strings.Cut(s[size:], closing)
		} else {
			end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '"' })
			if end <= 0 {
				end = len(s)
			}
			c.text, s = s[:end], s[end:]
		}
		if strings.HasPrefix(s, "*") {
			c.begins, s = true, s[1:]
		}
		if !c.quoted && strings.HasSuffix(c.text, "*") {
			c.begins, c.text = true, strings.TrimRight(c.text, "*")
		}
		c.number = !c.quoted && !c.not && !c.begins && isNumber(c.text)
		out = append(out, c)
	}
	return out
}

func closingQuote(r rune) string {
	switch r {
	case '"':
		return `"`
	case '“', '„':
		return "”"
	case '«':
		return "»"
	}
	return ""
}

func isNumber(s string) bool {
	return strings.ContainsAny(s, "0123456789") && strings.Trim(s, "0123456789+()-.") == ""
}

// phoneChunks tells how many chunks together look like a telephone number.
func phoneChunks(chunks []chunk) int {
	digits, n := 0, 0
	for n < len(chunks) && chunks[n].number {
		digits += countDigits(chunks[n].text)
		n++
	}
	if digits < minPhone || digits > maxPhone {
		return 0
	}
	return n
}

func countDigits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

// phoneClause looks for a number however it is grouped, with its country code
// or without, and for the digits as they were typed.
func phoneClause(text string) clause {
	var digits []byte
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			digits = append(digits, text[i])
		}
	}
	p := phone{digits: digits}
	return clause{asked: text, any: []sequence{{words: []string{string(p.key())}}, {words: queryWords(text)}}}
}

func queryWords(text string) []string {
	var words []string
	s := splitter{query: true}
	s.split(text, func(t token) { words = append(words, string(t.text)) })
	return words
}

func (c chunk) clause() (clause, bool) {
	words := queryWords(c.text)
	if len(words) == 0 {
		return clause{}, false
	}
	one := len(words) == 1
	prefix := c.begins
	if r, _ := utf8.DecodeRuneInString(words[0]); one && isSpaceless(r) && utf8.RuneCountInString(words[0]) == 1 {
		prefix = true // a single character begins the pairs that hold it
	}
	return clause{
		not: c.not, asked: c.text, simple: one && !prefix && !c.quoted,
		any: []sequence{{words, prefix}},
	}, true
}

// in tells whether a text's words hold the sequence, and where the first one
// that starts at or after from stands.
func (q sequence) in(words []string, from int) int {
	for i := from; i+len(q.words) <= len(words); i++ {
		if q.at(words[i:]) {
			return i
		}
	}
	return -1
}

func (q sequence) at(words []string) bool {
	for i, w := range q.words {
		if q.prefix && i == len(q.words)-1 {
			if !strings.HasPrefix(words[i], w) {
				return false
			}
		} else if words[i] != w {
			return false
		}
	}
	return true
}

// said is a text cut into words once, with where each stands.
type said struct {
	words  []string
	ranges [][2]int
	phones []string // whole telephone numbers
	calls  [][2]int
}

func sayWords(text string) said {
	var s said
	var w splitter
	w.split(text, func(t token) {
		if t.same {
			s.phones = append(s.phones, string(t.text))
			s.calls = append(s.calls, [2]int{t.start, t.end})
			return
		}
		s.words = append(s.words, string(t.text))
		s.ranges = append(s.ranges, [2]int{t.start, t.end})
	})
	return s
}

func (s said) holds(q sequence) bool {
	return q.in(s.words, 0) >= 0 || q.in(s.phones, 0) >= 0 && len(q.words) == 1
}

// hits gives the byte ranges of a text that a query found, in order and not
// overlapping.
func (q query) hits(text string) [][2]int {
	if len(q) == 0 || text == "" {
		return nil
	}
	s := sayWords(text)
	var out [][2]int
	for _, c := range q {
		if c.not {
			continue
		}
		for _, seq := range c.any {
			for i := seq.in(s.words, 0); i >= 0; i = seq.in(s.words, i+1) {
				out = append(out, [2]int{s.ranges[i][0], s.ranges[i+len(seq.words)-1][1]})
			}
			if len(seq.words) == 1 {
				for i := seq.in(s.phones, 0); i >= 0; i = seq.in(s.phones, i+1) {
					out = append(out, s.calls[i])
				}
			}
		}
	}
	return joinRanges(out)
}

func joinRanges(in [][2]int) [][2]int {
	slices.SortFunc(in, func(a, b [2]int) int { return a[0] - b[0] })
	var out [][2]int
	for _, r := range in {
		if n := len(out); n > 0 && r[0] <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], r[1])
			continue
		}
		out = append(out, r)
	}
	return out
}
