package page

import "strings"

// hiding follows which elements of a page its own style hides: the attribute
// hidden, what an element's own style says, and rules of the page's <style> that
// go by one tag, class or id. Letters in the colour of what is behind them, or too
// small to be seen, are hidden where the elements themselves say so (see inked). It reads no style sheet in another file and knows
// neither how wide a window is nor what a script does. Where another rule may
// show an element, it counts as shown, and so does the content of a closed
// <details>, which the page offers. aria-hidden hides nothing.
type hiding struct {
	stack []opened
	rules rules
	hid   names // of what is hidden by less than its own style
	tiny  bool  // there is some in an element of letters without a size
	faded bool  // there is some in letters of the colour of what is behind them
	doubt bool  // a rule that came later may show some of it
}

// opened is an element that is open.
type opened struct {
	tag string
	state
}

// state is what is known of an element and all in it.
type state struct {
	gone      bool // not shown, nor anything in it
	invisible bool // by visibility, which an element inside may take back
	tiny      bool // of letters without a size, which an element inside may give them again
	apart     bool // in a tree of its own, which the rules of the page do not reach
	unsure    bool // of a <style>: it is not for every screen
	letters   ink  // their colour
	paper     ink  // what is behind them
	rests     rest
}

func (s state) hidden() bool { return s.gone || s.invisible || s.tiny || s.faded() }

// rest is what it rests on that something is hidden.
type rest byte

const (
	onElement   rest = iota // its own style, or that it is no part of what is shown
	onAttribute             // hidden, which any rule of the page undoes
	onRule                  // a rule, which a sheet in another file may undo too
)

// holds tells whether what rests so is hidden still at the end of the page.
func (h *hiding) holds(r rest) bool {
	return r == onElement || !h.doubt && (r == onAttribute || !h.rules.linked)
}

func (h *hiding) now() opened {
	if n := len(h.stack); n > 0 {
		return h.stack[n-1]
	}
	return opened{}
}

func (h *hiding) close(p *Piece) { h.stack = h.stack[:min(p.Depth, len(h.stack))] }

func (h *hiding) open(p *Piece) {
	h.stack = append(h.stack, opened{p.Tag, h.now().state})
	if e := &h.stack[len(h.stack)-1]; !e.gone {
		h.look(p, &e.state)
	}
}

// look works out the state of an element within that of the one around it.
func (h *hiding) look(p *Piece, s *state) {
	var own string
	attribute, inked := p.Tag == "dialog", h.rules.inks
	for _, a := range p.Attrs {
		switch a.Name {
		case "style":
			own = a.Value
		case "hidden":
			attribute = true
		case "open":
			attribute = attribute && p.Tag != "dialog"
		default:
			inked = inked || hasInk(a.Name)
		}
	}
	switch p.Tag {
	case "link":
		h.rules.linked = h.rules.linked || strings.Contains(strings.ToLower(p.Attr("rel")), "stylesheet")
	case "style":
		s.gone, s.unsure = sheetFor(p)
		return
	case "template":
		s.apart = p.Attr("shadowrootmode") != "" || p.Attr("shadowroot") != ""
		s.gone, s.rests = !s.apart, onElement
		return
	}
	if own == "" && !attribute && !inked && !s.hidden() && !h.rules.hide {
		return
	}
	found := unstyled
	if inked {
		found.attributes(p)
	}
	if attribute {
		found[display].meet(declaration{hides: true, rests: onAttribute})
	}
	if !s.apart {
		h.rules.meet(p, &found)
	}
	eachDeclaration(own, func(d declaration) {
		d.weight += ownStyle
		found[d.of].meet(d)
	})
	switch {
	case p.Tag == "html" || p.Tag == "body": // a page that hid them would show nothing at all
		s.inked(p, &found)
	case s.hidden() || found != unstyled:
		h.settle(p, s, &found)
	}
}

// settle makes what was found of an element its state.
func (h *hiding) settle(p *Piece, s *state, found *styled) {
	why := onRule
	if v := found[visibility]; v.weight >= 0 {
		s.invisible = v.hides
	} else if s.invisible {
		why = max(s.rests, onAttribute) // a rule may show one inside what is hidden
	}
	if v := found[size]; v.weight >= 0 {
		s.tiny = v.hides
	}
	if found[animation].weight >= 0 {
		found[opacity].hides = false
	}
	s.gone = found[display].hides || found[opacity].hides
	if inks := s.inked(p, found); s.faded() {
		why = min(why, inks)
		h.faded = true
	}
	for _, d := range found {
		if d.hides {
			why = min(why, d.rests)
		}
	}
	if s.rests = why; s.hidden() && why != onElement {
		h.tiny = h.tiny || s.tiny
		h.hid.note(p)
	}
}

// names are the names by which a rule can go for an element.
type names struct {
	tags, classes, ids map[string]bool
}

const maxNames = 20_000

func (n *names) note(p *Piece) {
	if n.tags == nil {
		*n = names{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	}
	if len(n.tags)+len(n.classes)+len(n.ids) >= maxNames {
		n.tags["*"] = true
		return
	}
	n.tags[p.Tag] = true
	for class := range strings.FieldsSeq(p.Attr("class")) {
		n.classes[class] = true
	}
	n.ids[p.Attr("id")] = true
}
