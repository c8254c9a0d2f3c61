package page

import (
	"errors"
	"iter"
)

// The limits of one element that is held whole.
const (
	maxNodes = 20_000
	maxBlock = 4 << 20 // bytes of words and attributes
)

// Node is an element that is held whole, or words of it.
type Node struct {
	Tag   string // empty for words
	Attrs []Attr
	Text  string // of words
	At    int64  // the byte of the file at which it begins
	End   int64  // the byte behind it
	Aside bool   // words that are not on the page
	Cut   bool   // of the outermost: it held more than is kept, or the page ends inside it
	Nodes []*Node
}

// Attr gives the value of an attribute, or nothing.
func (n *Node) Attr(name string) string { return find(n.Attrs, name) }

// Class tells whether one of the element's classes has a name.
func (n *Node) Class(name string) bool { return hasClass(n.Attrs, name) }

// Block reads the element that was just opened, to its end, and gives it whole:
// a message, a row. What it holds beyond 4 MiB or 20,000 nodes is read and left
// out, and so it says, as where the page ends inside it. It is good until the
// next block is read. An error is that of the reader below.
func (r *Reader) Block(open Piece) (*Node, error) {
	r.used = 0
	root := r.node(&open)
	path := append(r.path[:0], root)
	defer func() { r.path = path }()
	nodes, bytes := 0, weight(root)
	for {
		if err := r.read(); err != nil {
			root.Cut, root.End = true, r.at
			return root, err
		}
		p := &r.piece
		if p.Kind == Close && p.Depth <= open.Depth {
			root.End = p.End
			root.Cut = root.Cut || r.cut()
			return root, nil
		}
		if p.Kind == Comment {
			continue
		}
		if p.Kind == Close {
			if inner := p.Depth - open.Depth; inner < len(path) {
				path[inner].End = p.End
				path = path[:inner]
			}
			continue
		}
		n := r.node(p)
		nodes, bytes = nodes+1, bytes+weight(n)
		if nodes > maxNodes || bytes > maxBlock {
			root.Cut = true
			continue
		}
		if above := p.Depth - open.Depth; above <= len(path) {
			up := path[above-1]
			up.Nodes = append(up.Nodes, n)
			if p.Kind == Open {
				path = append(path[:above], n)
			}
		}
	}
}

// cut tells whether the page ended before what is being closed did.
func (r *Reader) cut() bool {
	if r.end == nil {
		return false
	}
	var cut *CutError
	return errors.As(r.end, &cut)
}

// node makes one of those that the last block has left behind.
func (r *Reader) node(p *Piece) *Node {
	if r.used == len(r.nodes) {
		room := make([]Node, 32)
		for i := range room {
			r.nodes = append(r.nodes, &room[i])
		}
	}
	n := r.nodes[r.used]
	r.used++
	*n = Node{Tag: p.Tag, Attrs: append(n.Attrs[:0], p.Attrs...), Text: p.Text, Aside: p.Aside, At: p.At, End: p.End, Nodes: n.Nodes[:0]}
	return n
}

func weight(n *Node) int {
	w := len(n.Text)
	for _, a := range n.Attrs {
		w += len(a.Name) + len(a.Value)
	}
	return w
}

// All gives the node and everything inside it, in the order of the page.
func (n *Node) All() iter.Seq[*Node] {
	return func(yield func(*Node) bool) { n.all(yield) }
}

func (n *Node) all(yield func(*Node) bool) bool {
	if !yield(n) {
		return false
	}
	for _, in := range n.Nodes {
		if !in.all(yield) {
			return false
		}
	}
	return true
}

// First gives the first element inside that has a class, or nil.
func (n *Node) First(class string) *Node {
	for in := range n.All() {
		if in != n && in.Class(class) {
			return in
		}
	}
	return nil
}

// FirstTag gives the first element inside that has a tag, or nil.
func (n *Node) FirstTag(tag string) *Node {
	for in := range n.All() {
		if in != n && in.Tag == tag {
			return in
		}
	}
	return nil
}

// Own gives the elements directly inside.
func (n *Node) Own() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for _, in := range n.Nodes {
			if in.Tag != "" && !yield(in) {
				return
			}
		}
	}
}
