package mail

import "io"

// quoted decodes quoted-printable and never stops at what is none: that stays
// as it is and is counted.
type quoted struct {
	r    io.Reader
	in   []byte
	out  []byte
	room []byte
	esc  []byte // what was read since an open "="
	odd  int64
	err  error
}

// newQuoted gives a reader of what r holds, decoded chunk by chunk.
func newQuoted(r io.Reader, chunk int) *quoted {
	return &quoted{r: r, in: make([]byte, chunk), room: make([]byte, 0, 2*chunk)}
}

func (q *quoted) Read(p []byte) (int, error) {
	for len(q.out) == 0 {
		if q.err != nil {
			return 0, q.err
		}
		q.more()
	}
	n := copy(p, q.out)
	q.out = q.out[n:]
	return n, nil
}

func (q *quoted) more() {
	n, err := q.r.Read(q.in)
	q.out = q.room[:0]
	for _, c := range q.in[:n] {
		switch {
		case len(q.esc) > 0:
			q.escaped(c)
		case c == '=':
			q.esc = append(q.esc[:0], c)
		default:
			q.out = append(q.out, c)
		}
	}
	if err != nil {
		if len(q.esc) > 1 { // "=" alone at the end is a soft line break
			q.literal()
		}
		q.err = err
	}
}

// escaped takes the byte after an open "=".
func (q *quoted) escaped(c byte) {
	const longest = 80 // white space between "=" and the line break
	second := len(q.esc) == 1
	switch {
	case c == '\n':
		q.esc = q.esc[:0] // a soft line break
	case hexDigit(c) >= 0 && second:
		q.esc = append(q.esc, c)
	case hexDigit(c) >= 0 && len(q.esc) == 2 && hexDigit(q.esc[1]) >= 0:
		q.out = append(q.out, byte(hexDigit(q.esc[1])<<4|hexDigit(c)))
		q.esc = q.esc[:0]
	case (c == ' ' || c == '\t' || c == '\r') && (second || hexDigit(q.esc[1]) < 0) && len(q.esc) < longest:
		q.esc = append(q.esc, c)
	default:
		q.literal()
		if c == '=' {
			q.esc = append(q.esc, c)
		} else {
			q.out = append(q.out, c)
		}
	}
}

// literal lets what stands after an open "=" be what it is.
func (q *quoted) literal() {
	q.out = append(q.out, q.esc...)
	q.esc = q.esc[:0]
	q.odd++
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
