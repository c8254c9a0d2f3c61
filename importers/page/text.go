package page

import "strings"

// Text puts the words of a page together as it shows them, and apart from them
// those that it does not show: by its own style (see hiding), or because they
// stand in a <template> or a <noscript>, of which a browser that runs scripts
// shows nothing.
type Text struct {
	Most int  // bytes that are kept of what is shown, and of what is not
	Cut  bool // there were more

	lines  Lines
	hiding hiding
	spans  []span // of lines, one after the other: what is not shown
	hidden int    // bytes in them
}

// span is a piece of what was put together that is not shown, with the break
// before it.
type span struct {
	from, to int
	rests    rest
}

// Add takes the next piece of the page.
func (t *Text) Add(p Piece) {
	switch p.Kind {
	case Open:
		t.hiding.open(&p)
		t.lines.open(p.Tag)
	case Close:
		t.hiding.close(&p)
		t.lines.close(p.Tag)
	case Words:
		t.words(p.Text)
	}
}

func (t *Text) words(s string) {
	now := t.hiding.now()
	switch now.tag {
	case "style":
		t.hiding.sheet(s, now.state)
	case "noscript":
		t.inert(s)
	case "script", "title", "iframe", "noembed", "noframes":
	default:
		t.put(s, now.state)
	}
}

func (t *Text) put(words string, s state) {
	from, hidden := t.lines.Len(), s.hidden()
	if hidden && t.hidden >= t.Most || !hidden && from-t.hidden >= t.Most {
		t.Cut = t.Cut || strings.TrimSpace(words) != ""
		return
	}
	t.lines.words(words)
	to := t.lines.Len()
	if !hidden || to == from {
		return
	}
	t.hidden += to - from
	if n := len(t.spans) - 1; n >= 0 && t.spans[n].to == from && t.spans[n].rests == s.rests {
		t.spans[n].to = to
		return
	}
	t.spans = append(t.spans, span{from, to, s.rests})
}

// inert takes the content of a <noscript>, which a page's reader does not take
// apart.
func (t *Text) inert(source string) {
	for r := NewReader(strings.NewReader(source)); ; {
		p, err := r.Next()
		switch {
		case err != nil:
			return // the end: a string has no other error
		case p.Kind == Words && !p.Aside:
			t.put(p.Text, state{gone: true})
		case p.Kind != Words:
			t.lines.Add(p)
		}
	}
}

// Any tells whether the page has had words so far, shown or not.
func (t *Text) Any() bool { return t.lines.Len() > 0 }

// Words gives what the page shows, and what it does not. What a rule hides that
// another may undo stands among the words shown.
func (t *Text) Words() (shown, hidden string) {
	all := t.lines.String()
	var seen, unseen strings.Builder
	at := 0
	for _, s := range t.spans {
		if !t.hiding.holds(s.rests) {
			continue
		}
		words := all[s.from:s.to]
		if s.from > at || at == 0 {
			words = "\n" + strings.TrimLeft(words, " \n")
		}
		seen.WriteString(all[at:s.from])
		unseen.WriteString(words)
		at = s.to
	}
	if at == 0 {
		return all, ""
	}
	seen.WriteString(all[at:])
	return strings.TrimLeft(seen.String(), " \n"), strings.TrimSpace(unseen.String())
}
