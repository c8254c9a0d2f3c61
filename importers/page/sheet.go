package page

import (
	"strconv"
	"strings"
)

// property is one of those by which a style hides.
type property byte

const (
	display property = iota
	visibility
	opacity
	size
	letters   // their colour
	paper     // what is behind them
	placed    // whether the element lies over others
	animation // which may show what is hidden as the page begins
	properties
)

// declaration is what a style says of a property.
type declaration struct {
	of     property
	hides  bool
	ink    ink
	weight int8  // which of two for an element counts
	order  int32 // and of two of one weight
	rests  rest
}

// The weights of declarations, from the attribute hidden up.
const (
	byAttribute int8 = iota
	byTag
	byClass
	byID
	byMore   // than one name: when it applies is not known
	ownStyle // of the element
	important
)

// styled is what was found of an element's properties.
type styled [properties]declaration

var unstyled = styled{{weight: -1}, {weight: -1}, {weight: -1}, {weight: -1}, {weight: -1}, {weight: -1}, {weight: -1}, {weight: -1}}

func (d *declaration) isInk() bool { return d.of == letters || d.of == paper || d.of == placed }

func (d *declaration) meet(other declaration) {
	if other.weight > d.weight || other.weight == d.weight && other.order >= d.order {
		*d = other
	}
}

// declared reads a declaration; false for one of any other property.
func declared(source string) (d declaration, ok bool) {
	name, value, _ := strings.Cut(source, ":")
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "display":
	case "visibility":
		d.of = visibility
	case "opacity":
		d.of = opacity
	case "font-size", "font":
		d.of = size
	case "color":
		d.of = letters
	case "background", "background-color", "background-image":
		d.of = paper
	case "position":
		d.of = placed
	case "animation", "animation-name":
		d.of = animation
	default:
		return d, false
	}
	value = strings.ToLower(strings.TrimSpace(value))
	if rest, is := strings.CutSuffix(value, "important"); is {
		if rest, is = strings.CutSuffix(strings.TrimSpace(rest), "!"); is {
			value, d.weight = strings.TrimSpace(rest), important
		}
	}
	switch d.of {
	case display:
		d.hides = value == "none"
	case visibility:
		d.hides = value == "hidden" || value == "collapse"
	case opacity:
		d.hides = isZero(value)
	case size:
		d.hides = name == "font-size" && isTiny(value)
	case letters:
		d.ink = colour(value)
	case paper:
		d.ink = behind(value)
	case placed:
		if value == "absolute" || value == "fixed" {
			d.ink = unknown
		}
	}
	return d, true
}

// isTiny tells a size of letters that nobody can see.
func isTiny(value string) bool {
	for _, unit := range []string{"px", "pt"} {
		if n, is := strings.CutSuffix(value, unit); is {
			f, err := strconv.ParseFloat(n, 64)
			return err == nil && f <= 1
		}
	}
	return isZero(value)
}

// isZero tells a length or a share of nothing.
func isZero(value string) bool {
	n, err := strconv.ParseFloat(strings.TrimRight(value, "%abcdefghijklmnopqrstuvwxyz"), 64)
	return err == nil && n == 0
}

// eachDeclaration reads an element's own style.
func eachDeclaration(source string, do func(declaration)) {
	for c := (css{source: source}); c.at < len(source); {
		chunk, _ := c.chunk()
		if d, ok := declared(chunk); ok {
			do(d)
		}
	}
}

// rules are those of a page's sheets that may show or hide.
type rules struct {
	tags, classes, ids map[string][]declaration
	n                  int   // how many there are
	order              int32 // of the last
	hide               bool  // one of them does
	inks               bool  // one of them gives a colour
	linked             bool  // there are others, which are not read
}

// meet finds what the rules say of an element.
func (r *rules) meet(p *Piece, found *styled) {
	if r.n == 0 {
		return
	}
	meet := func(list []declaration) {
		for _, d := range list {
			found[d.of].meet(d)
		}
	}
	meet(r.tags["*"])
	meet(r.tags[p.Tag])
	for _, a := range p.Attrs {
		switch a.Name {
		case "class":
			for class := range strings.FieldsSeq(a.Value) {
				meet(r.classes[class])
			}
		case "id":
			meet(r.ids[a.Value])
		}
	}
}

// sheetFor tells whether a <style> is no sheet of the page, or not one for every
// screen.
func sheetFor(p *Piece) (other, unsure bool) {
	kind, media := strings.ToLower(p.Attr("type")), strings.ToLower(strings.TrimSpace(p.Attr("media")))
	return kind != "" && kind != "text/css", media != "" && media != "all" && media != "screen"
}

// The limits of a page's sheets: beyond them no rule of it counts.
const (
	maxRules = 50_000
	maxInner = 32 // rules within one another
)

// sheet reads one.
func (h *hiding) sheet(source string, s state) {
	if s.gone || s.apart {
		return
	}
	c := css{source: source}
	h.block(&c, block{unsure: s.unsure}, 0)
}

// block is what stands in braces, or a whole sheet.
type block struct {
	selectors string // of a rule
	rule      bool
	unsure    bool // when it applies is not known
	names     []selector
	known     bool // all of its selectors can be read
}

func (h *hiding) block(c *css, in block, deep int) {
	if deep > maxInner {
		h.rules.linked, h.doubt = true, true
		c.at = len(c.source)
		return
	}
	broken := false // what stands before a rule takes it out
	for {
		chunk, end := c.chunk()
		chunk = strings.TrimSpace(chunk)
		for _, mark := range []string{"<!--", "-->"} { // old pages hid their sheets from older browsers
			if deep == 0 {
				chunk = strings.TrimSpace(strings.TrimPrefix(chunk, mark))
			}
		}
		at := strings.HasPrefix(chunk, "@")
		switch {
		case end == '{' && at:
			h.block(c, block{selectors: in.selectors, rule: in.rule, unsure: true}, deep+1)
		case end == '{':
			inner := block{selectors: chunk, rule: true, unsure: in.unsure || in.rule}
			if broken {
				inner.selectors = ""
			}
			h.block(c, inner, deep+1)
			broken = false
		case in.rule:
			h.declare(&in, chunk)
		case at:
			h.rules.linked = h.rules.linked || strings.HasPrefix(strings.ToLower(chunk), "@import")
		default:
			broken = deep == 0
		}
		if end == 0 || end == '}' && deep > 0 {
			return
		}
	}
}

// declare takes a declaration of a rule.
func (h *hiding) declare(in *block, source string) {
	d, ok := declared(source)
	if !ok || d.of == animation || d.hides && (in.unsure || d.of != display && d.of != visibility) {
		return
	}
	if in.names == nil {
		in.names, in.known = selectors(in.selectors)
	}
	h.rules.order++
	d.order, d.rests = h.rules.order, onRule
	if d.isInk() {
		h.rules.inks, h.doubt = true, h.doubt || h.faded
	}
	for _, s := range in.names {
		if in.unsure {
			s.weight = byMore
		}
		if d.isInk() && (!in.known || s.weight >= byMore) {
			d.ink = unknown // whether it applies is not known
		}
		if !d.hides || in.known && s.weight < byMore {
			h.rule(s, d)
		}
	}
}

// rule keeps a declaration for those of a name.
func (h *hiding) rule(s selector, d declaration) {
	r := &h.rules
	if r.n == 0 {
		r.tags, r.classes, r.ids = map[string][]declaration{}, map[string][]declaration{}, map[string][]declaration{}
	}
	of, hid := r.tags, h.hid.tags
	switch s.kind {
	case '.':
		of, hid = r.classes, h.hid.classes
	case '#':
		of, hid = r.ids, h.hid.ids
	}
	d.weight += s.weight
	shows := !d.hides && (d.of == display || d.of == visibility || d.of == size && h.tiny)
	if shows && (hid[s.name] || len(h.hid.tags) > 0 && s.name == "*" || h.hid.tags["*"]) {
		h.doubt = true
	}
	r.hide = r.hide || d.hides
	list := of[s.name]
	for i := range list {
		if list[i].of == d.of && list[i].weight == d.weight {
			list[i] = d
			return
		}
	}
	if r.n++; r.n > maxRules {
		r.linked, h.doubt = true, true
		return
	}
	of[s.name] = append(list, d)
}
