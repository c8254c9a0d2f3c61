package page

import "strings"

// Words gives the words of an element as the page shows them: white space drawn
// together, lines where elements and <br> begin them. Of nil there are none.
func (n *Node) Words() string {
	if n == nil {
		return ""
	}
	if one, runs := n.runs(); runs == 1 && tidy(one) {
		return one
	}
	var l Lines
	l.out.Grow(n.size())
	l.node(n)
	return l.String()
}

// Says tells whether an element has words that the page shows.
func (n *Node) Says() bool {
	if n.Tag == "" {
		return !n.Aside && strings.Trim(n.Text, " \n\t\r\f") != ""
	}
	for _, in := range n.Nodes {
		if in.Says() {
			return true
		}
	}
	return false
}

// runs counts the runs of words in an element, up to two; words are the only one,
// where nothing is to be put together.
func (n *Node) runs() (words string, count int) {
	if n.Tag == "" {
		if n.Aside || n.Text == "" {
			return "", 0
		}
		return n.Text, 1
	}
	for _, in := range n.Nodes {
		text, more := in.runs()
		if more > 0 {
			words = text
		}
		if count += more; count > 1 {
			break
		}
	}
	return words, count
}

// tidy tells words that a page shows as they are.
func tidy(s string) bool {
	last := true
	for i := range len(s) {
		space := isSpace(s[i])
		if space && (last || s[i] != ' ') {
			return false
		}
		last = space
	}
	return !last
}

// size is how many bytes of text are inside.
func (n *Node) size() int {
	size := len(n.Text)
	for _, in := range n.Nodes {
		size += in.size() + 2
	}
	return size
}

// Exact gives the words of an element with all their white space, and a line end
// for each <br>: for pages whose writer lays out nothing inside it.
func (n *Node) Exact() string {
	var b strings.Builder
	if n == nil {
		return ""
	}
	for in := range n.All() {
		switch {
		case in.Tag == "br":
			b.WriteByte('\n')
		case !in.Aside:
			b.WriteString(in.Text)
		}
	}
	return b.String()
}

// Lines puts words together as a page shows them. The zero value is ready.
type Lines struct {
	out    strings.Builder
	breaks int  // line breaks owed before the next word
	space  bool // a space is owed
	pre    int  // preformatted elements that are open
}

func (l *Lines) node(n *Node) {
	if n.Tag == "" {
		l.Add(Piece{Kind: Words, Text: n.Text, Aside: n.Aside})
		return
	}
	l.Add(Piece{Kind: Open, Tag: n.Tag})
	for _, in := range n.Nodes {
		l.node(in)
	}
	l.Add(Piece{Kind: Close, Tag: n.Tag})
}

// Add takes the next piece of the page.
func (l *Lines) Add(p Piece) {
	switch p.Kind {
	case Words:
		if !p.Aside {
			l.words(p.Text)
		}
	case Open:
		l.open(p.Tag)
	case Close:
		l.close(p.Tag)
	}
}

func (l *Lines) open(tag string) {
	l.edge(tag)
	switch tag {
	case "br":
		l.breaks++
	case "pre":
		l.pre++
	case "td", "th":
		l.space = true
	}
}

func (l *Lines) close(tag string) {
	if tag == "pre" && l.pre > 0 {
		l.pre--
	}
	l.edge(tag)
}

// String gives what was put together.
func (l *Lines) String() string { return l.out.String() }

// Len is how many bytes were put together.
func (l *Lines) Len() int { return l.out.Len() }

func (l *Lines) words(s string) {
	if l.pre > 0 {
		l.owe()
		l.out.WriteString(s)
		return
	}
	for i := 0; i < len(s); {
		if isSpace(s[i]) {
			l.space = true
			i++
			continue
		}
		word := i
		for i < len(s) && !isSpace(s[i]) {
			i++
		}
		l.owe()
		l.out.WriteString(s[word:i])
	}
}

// isSpace tells white space that a page draws together: not a no-break space.
func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// owe writes what is due before a word.
func (l *Lines) owe() {
	switch {
	case l.out.Len() == 0:
	case l.breaks > 0:
		l.out.WriteString("\n\n"[:min(l.breaks, 2)])
	case l.space:
		l.out.WriteByte(' ')
	}
	l.breaks, l.space = 0, false
}

// edge lets a new line begin at an element that has one of its own.
func (l *Lines) edge(tag string) {
	switch tag {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "pre", "hr":
		l.breaks = max(l.breaks, 2)
	case "div", "li", "tr", "dt", "dd", "section", "article", "header", "footer", "address", "center", "body", "details", "summary", "dialog":
		l.breaks = max(l.breaks, 1)
	}
}
