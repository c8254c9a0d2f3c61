package jsonfile

import (
	"bytes"
	"iter"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
)

// Tree is a value taken apart, for records that are read by their shape: first the
// value itself, and behind it what stands inside, to any depth. It holds until the
// next step of the walk.
type Tree []Node

// Node is a value in a tree, and its name where it is a member.
type Node struct {
	Name string
	Raw  Raw  // as it stands in the file
	Kind byte // what it is, as File.Kind tells it
	easy bool // a string that is what stands between its quotes
	size int  // in nodes, its own included; 1 where nothing stands in it, or too much to be taken apart at once
}

// Plain is the value as the function of that name gives it.
func (n *Node) Plain(s *importers.Strings) string {
	if n.easy {
		return s.Of(n.Raw[1 : len(n.Raw)-1])
	}
	return Plain(n.Raw)
}

func nodeOf(name string, raw Raw) Node {
	return Node{Name: name, Raw: raw[:len(raw):len(raw)], Kind: kindOf(raw[0]), size: 1}
}

const maxNodes = 10_000 // of a tree

// UnmarshalJSONFrom reads it. What stood in it before is overwritten.
func (t *Tree) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	raw, err := d.ReadValue()
	if err != nil {
		return err
	}
	*t = append((*t)[:0], nodeOf("", bytes.Clone(trim(raw))))
	return nil
}

// Inside goes through the members or elements of the value. Of what is no bracket
// there are none.
func (t Tree) Inside() iter.Seq[Tree] {
	return func(yield func(Tree) bool) {
		if len(t) == 1 {
			t[0].takeApart(yield)
			return
		}
		for i := 1; i < len(t); i += t[i].size {
			if !yield(t[i : i+t[i].size : i+t[i].size]) {
				return
			}
		}
	}
}

// takeApart goes through what was not taken apart.
func (n *Node) takeApart(yield func(Tree) bool) {
	i := inside{rest: n.Raw[1:]}
	next := i.element
	switch n.Kind {
	case '{':
		next = i.member
	case '[':
	default:
		return
	}
	for next() {
		if !yield(Tree{nodeOf(Plain(i.name), i.value)}) {
			return
		}
	}
}

// tree takes a value apart, around which so many brackets are open.
func (r *record) tree(i, open int, t Tree) (Tree, int) {
	n := len(t) - 1
	if i >= len(r.b) {
		return t, refused
	}
	kind, end, easy := kindOf(r.b[i]), refused, false
	switch {
	case kind == '"':
		end, easy = overQuoted(r.b, i)
		easy = !easy
	case kind == '{' || kind == '[':
		if t, end = r.branches(i, open, t); end == refused && len(t) > maxNodes {
			t, end = t[:n+1], overAny(r.b, i, open)
		}
	default:
		end = overAny(r.b, i, open)
	}
	if end != refused {
		node := &t[n]
		node.Raw, node.Kind, node.easy, node.size = r.b[i:end:end], kind, easy, len(t)-n
	}
	return t, end
}

// branches takes apart what stands in a bracket.
func (r *record) branches(i, open int, t Tree) (Tree, int) {
	if open == MaxDepth {
		return t, refused
	}
	b, bracket := r.b, r.b[i]
	if i = overBlanks(b, i+1); i < len(b) && b[i] == bracket+2 {
		return t, i + 1
	}
	for {
		name := ""
		if bracket == '{' {
			from := i
			if i = overName(b, i); i == refused {
				return t, refused
			}
			name = r.memberName(b[from:], t)
		}
		if t, i = r.tree(i, open+1, append(t, Node{Name: name})); i == refused || len(t) > maxNodes {
			return t, refused
		}
		if i = overBlanks(b, i); i >= len(b) || b[i] != ',' {
			break
		}
		i = overBlanks(b, i+1)
	}
	if i >= len(b) || b[i] != bracket+2 {
		return t, refused
	}
	return t, i + 1
}

// memberName is the name that stands here. Most often it is that of the node in
// the same place of the record before.
func (r *record) memberName(b []byte, t Tree) string {
	if n := len(t); n < cap(t) {
		before := t[:n+1][n].Name
		if end := len(before) + 1; end < len(b) && b[end] == '"' && string(b[1:end]) == before && strings.IndexByte(before, '\\') < 0 {
			return before
		}
	}
	quoted := b[:quoted(b)]
	name, met := r.called[string(quoted)]
	if !met {
		if name = Plain(quoted); len(r.called) < maxMet {
			r.called[string(quoted)] = name
		}
	}
	return name
}
