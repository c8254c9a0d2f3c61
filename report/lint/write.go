package lint

import (
	"math"
	"strings"

	"daybook/report/pdf/object"
)

// write takes an operator of text.
func (r *reader) write(op object.Operator, stack []any, resources object.Dict) {
	s := &r.state
	switch op {
	case "BT":
		r.text, r.line = same, same
	case "Tf":
		if n := r.numbers(stack, 1); n != nil && len(stack) > 1 {
			name, _ := stack[len(stack)-2].(object.Name)
			s.font, s.size = r.doc.typeface(r.doc.pdf.Dict(resources["Font"])[name]), n[0]
		}
	case "Tm":
		if n := r.numbers(stack, 6); n != nil {
			r.text = matrix(n)
			r.line = r.text
		}
	case "Td", "TD":
		if n := r.numbers(stack, 2); n != nil {
			r.move(n[0], n[1])
			if op == "TD" {
				s.lead = -n[1]
			}
		}
	case "T*":
		r.move(0, -s.lead)
	case "Tc", "Tw", "Tz", "TL", "Ts", "Tr":
		if n := r.numbers(stack, 1); n != nil {
			r.setting(op, n[0])
		}
	case "Tj", "TJ":
		if len(stack) > 0 {
			r.show(stack[len(stack)-1])
		}
	case "'", "\"":
		if len(stack) > 0 {
			r.move(0, -s.lead)
			r.show(stack[len(stack)-1])
		}
	}
}

func (r *reader) setting(op object.Operator, n float64) {
	s := &r.state
	switch op {
	case "Tc":
		s.letter = n
	case "Tw":
		s.space = n
	case "Tz":
		s.across = n / 100
	case "TL":
		s.lead = n
	case "Ts":
		s.rise = n
	case "Tr":
		s.mode = int(n)
	}
}

func (r *reader) move(x, y float64) {
	r.line = matrix{1, 0, 0, 1, x, y}.then(r.line)
	r.text = r.line
}

// show notes text. A wide step within it is a gap between words.
func (r *reader) show(v any) {
	switch v := v.(type) {
	case object.String:
		r.run(string(v))
	case object.Array:
		for _, part := range v {
			switch part := part.(type) {
			case object.String:
				r.run(string(part))
			case int:
				r.step(-float64(part) / 1000 * r.state.size * r.state.across)
			case float64:
				r.step(-part / 1000 * r.state.size * r.state.across)
			}
		}
	}
}

func (r *reader) step(x float64) { r.text = matrix{1, 0, 0, 1, x, 0}.then(r.text) }

// run notes the letters of a string. They are cut at spaces, so that a piece is
// never more than a word.
func (r *reader) run(raw string) {
	s := &r.state
	if s.font == nil {
		return
	}
	r.at++
	if s.font.missing {
		if _, ok := r.doc.missing[s.font.name]; !ok {
			r.doc.missing[s.font.name] = r.sheet.number
		}
	}
	var word strings.Builder
	start, width := r.text, 0.0
	end := func() {
		if word.Len() > 0 {
			r.note(word.String(), start, width)
		}
		word.Reset()
	}
	for ; len(raw) >= s.font.bytes; raw = raw[s.font.bytes:] {
		code := int(raw[0])
		if s.font.bytes == 2 {
			code = code<<8 | int(raw[1])
		}
		text, known := s.font.text(code)
		if !known {
			r.sheet.unsaid++
			text = "\uFFFD"
		}
		step := s.font.width(code)*s.size + s.letter
		if s.font.bytes == 1 && code == ' ' {
			step += s.space
		}
		step *= s.across
		switch {
		case strings.TrimSpace(text) == "":
			end()
			r.step(step)
			continue
		case word.Len() == 0:
			start, width = r.text, 0
		}
		word.WriteString(text)
		width += step
		r.step(step)
	}
	end()
}

// note adds a piece to the sheet.
func (r *reader) note(text string, start matrix, width float64) {
	s := &r.state
	if len(r.sheet.pieces) >= mostPieces {
		r.sheet.cut = true
		return
	}
	m := start.then(s.ctm)
	size := math.Abs(s.size) * math.Hypot(m[2], m[3])
	r.sheet.pieces = append(r.sheet.pieces, piece{
		text: text, size: size, typed: size / r.scale, turn: m.turn(), at: r.at, white: s.white,
		unseen: s.mode == 3 || s.mode == 7,
		box:    m.around(box{0, s.rise - 0.2*s.size, width, s.rise + 0.7*s.size}),
	})
}
