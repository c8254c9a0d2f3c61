package lint

import (
	"bytes"
	"math"

	"daybook/report/pdf/object"
)

// reader goes through the content of a page as a printer would, and notes what
// comes on the paper.
type reader struct {
	doc    *document
	sheet  *sheet
	state  state
	kept   []state
	text   matrix // of the text object
	line   matrix
	path   []box // rectangles of the path under way
	other  bool  // the path has something else in it
	at     int
	work   int
	drawn  int                 // drawings gone through
	scale  float64             // of the drawing under way to the page
	within map[object.Ref]bool // drawings under way: none is a part of itself
}

// state is what a page's q keeps and its Q gives back.
type state struct {
	ctm           matrix
	font          *typeface
	size          float64
	across        float64 // of text, 1: as it is
	space, letter float64
	lead, rise    float64
	mode          int
	white         bool // the colour that fills
	clear         bool // it lets through what is below
}

// read goes through content.
func (r *reader) read(content []byte, resources object.Dict, depth int) {
	l := object.NewLexer(content)
	var stack []any
	for {
		v, err := l.Next()
		if err != nil {
			return
		}
		op, ok := v.(object.Operator)
		if !ok {
			if len(stack) < mostOperands {
				stack = append(stack, v)
			}
			continue
		}
		if r.work++; r.work > mostWork {
			r.sheet.cut = true
			return
		}
		if op == "BI" {
			r.inline(l, depth)
		} else {
			r.do(op, stack, resources, depth)
		}
		stack = stack[:0]
	}
}

// numbers are the last n operands; nil when they are no numbers.
func (r *reader) numbers(stack []any, n int) []float64 {
	if len(stack) < n {
		return nil
	}
	out := make([]float64, n)
	for i, v := range stack[len(stack)-n:] {
		switch v := v.(type) {
		case int:
			out[i] = float64(v)
		case float64:
			out[i] = v
		default:
			return nil
		}
	}
	return out
}

func (r *reader) do(op object.Operator, stack []any, resources object.Dict, depth int) {
	switch op {
	case "q":
		if len(r.kept) < 4096 {
			r.kept = append(r.kept, r.state)
		}
	case "Q":
		if n := len(r.kept) - 1; n >= 0 {
			r.state, r.kept = r.kept[n], r.kept[:n]
		}
	case "cm":
		if n := r.numbers(stack, 6); n != nil {
			r.state.ctm = matrix(n).then(r.state.ctm)
		}
	case "gs":
		r.look(r.doc.pdf.Dict(r.named(stack, resources, "ExtGState")))
	case "Do":
		r.draw(r.named(stack, resources, "XObject"), resources, depth)
	case "re":
		if n := r.numbers(stack, 4); n != nil {
			r.path = append(r.path, r.state.ctm.around(box{n[0], n[1], n[0] + n[2], n[1] + n[3]}))
		}
	case "m", "l", "c", "v", "y":
		r.other = true
	case "f", "F", "f*", "b", "B", "b*", "B*":
		r.fill()
		r.path, r.other = r.path[:0], false
	case "S", "s", "n":
		r.path, r.other = r.path[:0], false
	default:
		if !r.colour(op, stack) {
			r.write(op, stack, resources)
		}
	}
}

// named is what a name stands for among the resources.
func (r *reader) named(stack []any, resources object.Dict, kind object.Name) any {
	if len(stack) == 0 {
		return nil
	}
	name, _ := stack[len(stack)-1].(object.Name)
	return r.doc.pdf.Dict(resources[kind])[name]
}

// look takes what a page's graphics state says of clearness and fonts.
func (r *reader) look(gs object.Dict) {
	if n, ok := r.doc.pdf.Number(gs["ca"]); ok {
		r.state.clear = n < 0.95
	}
	if font := r.doc.pdf.Array(gs["Font"]); len(font) == 2 {
		r.state.font = r.doc.typeface(font[0])
		r.state.size, _ = r.doc.pdf.Number(font[1])
	}
}

// colour takes the colour that fills.
func (r *reader) colour(op object.Operator, stack []any) bool {
	light := func(n []float64, paper float64) {
		r.state.white = n != nil
		for _, v := range n {
			r.state.white = r.state.white && math.Abs(v-paper) < 0.04
		}
	}
	switch op {
	case "g":
		light(r.numbers(stack, 1), 1)
	case "rg":
		light(r.numbers(stack, 3), 1)
	case "k":
		light(r.numbers(stack, 4), 0)
	case "cs":
		r.state.white = false
	case "sc", "scn":
		paper := 1.0
		if len(stack) == 4 {
			paper = 0
		}
		light(r.numbers(stack, len(stack)), paper)
		r.state.white = r.state.white && len(stack) != 2 && len(stack) > 0
	case "G", "RG", "K", "CS", "SC", "SCN", "w", "J", "j", "M", "d", "ri", "i", "h", "W", "W*", "sh", "MP", "DP", "BX", "EX", "d0", "d1":
	default:
		return false
	}
	return true
}

func (r *reader) fill() {
	r.at++
	if r.other || r.state.clear {
		return
	}
	for _, b := range r.path {
		if len(r.sheet.fills) < mostShapes {
			r.sheet.fills = append(r.sheet.fills, fill{b, r.state.white, r.at})
		}
	}
}

// draw shows a picture, or goes through a drawing.
func (r *reader) draw(v any, resources object.Dict, depth int) {
	s := r.doc.pdf.Stream(v)
	if s == nil {
		return
	}
	ref, _ := v.(object.Ref)
	if r.doc.pdf.Name(s.Dict["Subtype"]) == "Image" {
		width, _ := r.doc.pdf.Number(s.Dict["Width"])
		height, _ := r.doc.pdf.Number(s.Dict["Height"])
		r.picture(picture{jpeg: r.isJPEG(s), within: depth > 0, ref: ref}, width, height)
		return
	}
	if r.drawn++; r.drawn > mostDrawings {
		r.work = mostWork // nothing more of the page is read
		return
	}
	if depth >= mostWithin || r.within[ref] {
		return
	}
	r.within[ref] = true
	defer delete(r.within, ref)
	content, err := r.doc.pdf.Data(s, mostContent)
	if err != nil {
		return
	}
	if own := r.doc.pdf.Dict(s.Dict["Resources"]); own != nil {
		resources = own
	}
	before, kept := r.state, r.kept
	text, line, scale := r.text, r.line, r.scale
	r.kept = nil
	r.state.ctm = matrixOf(r.doc.pdf.Numbers(s.Dict["Matrix"])).then(r.state.ctm)
	if up := math.Hypot(r.state.ctm[2], r.state.ctm[3]); up > 0 {
		r.scale = up
	}
	r.read(content, resources, depth+1)
	r.state, r.kept, r.text, r.line, r.scale = before, kept, text, line, scale
}

// isJPEG tells that a picture is a file by itself.
func (r *reader) isJPEG(s *object.Stream) bool {
	filter := s.Dict["Filter"]
	if list := r.doc.pdf.Array(filter); len(list) > 0 {
		filter = list[len(list)-1]
	}
	name := r.doc.pdf.Name(filter)
	return name == "DCTDecode" || name == "DCT"
}

func (r *reader) picture(p picture, width, height float64) {
	r.at++
	if len(r.sheet.pictures) >= mostShapes {
		return
	}
	m := r.state.ctm
	across, up := math.Hypot(m[0], m[1]), math.Hypot(m[2], m[3])
	p.box, p.at = m.around(box{0, 0, 1, 1}), r.at
	if across > 0 && up > 0 {
		p.dpi = max(width/across, height/up) * 72
	}
	r.sheet.pictures = append(r.sheet.pictures, p)
}

// inline reads a picture that stands in the content itself.
func (r *reader) inline(l *object.Lexer, depth int) {
	var width, height float64
	var key object.Name
	for {
		v, err := l.Next()
		if err != nil {
			return
		}
		if op, ok := v.(object.Operator); ok {
			if op == "ID" {
				break
			}
			return
		}
		switch v := v.(type) {
		case object.Name:
			key = v
		case int:
			switch key {
			case "W", "Width":
				width = float64(v)
			case "H", "Height":
				height = float64(v)
			}
		}
	}
	r.picture(picture{within: depth > 0}, width, height)
	l.Skip(1)
	for rest := l.Rest(); ; rest = l.Rest() {
		end := bytes.Index(rest, []byte("EI"))
		if end < 0 {
			l.Skip(len(rest))
			return
		}
		l.Skip(end + 2)
		if end > 0 && space(rest[end-1]) && (end+2 == len(rest) || space(rest[end+2])) {
			return
		}
	}
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }
