package protected

// tree is the automaton of Aho and Corasick: it finds all words in one pass,
// whatever their number.
type tree struct {
	nodes []node
	root  [256]int32 // the children of the root, which are asked for most
}

// node is a beginning of a word. Its children are a list: there are few.
type node struct {
	letter         byte
	child, sibling int32
	fail           int32 // the longest other beginning that this one ends with
	out            int32 // the nearest node, itself or along fail, at which a word ends; 0: none
	word           int32 // that ends here, from 1
	depth          int32
	figures        bool  // so far they are digits alone
	parts          int32 // letters before the stroke that a word has which ends here; 0: none
}

func (t *tree) init() { t.nodes = []node{{}} }

func (t *tree) add(letters []byte, word, parts int) {
	if len(letters) == 0 {
		return
	}
	at := int32(0)
	for _, c := range letters {
		next := t.child(at, c)
		if next == 0 {
			next = int32(len(t.nodes))
			t.nodes = append(t.nodes, node{letter: c, sibling: t.nodes[at].child, depth: t.nodes[at].depth + 1,
				figures: (at == 0 || t.nodes[at].figures) && '0' <= c && c <= '9'})
			t.nodes[at].child = next
			if at == 0 {
				t.root[c] = next
			}
		}
		at = next
	}
	if end := &t.nodes[at]; end.word == 0 || parts == 0 && end.parts != 0 { // without a stroke it is found with one too
		end.word, end.parts = int32(word)+1, int32(parts)
	}
}

func (t *tree) child(at int32, c byte) int32 {
	if at == 0 {
		return t.root[c]
	}
	for n := t.nodes[at].child; n != 0; n = t.nodes[n].sibling {
		if t.nodes[n].letter == c {
			return n
		}
	}
	return 0
}

// next is where a letter leads to.
func (t *tree) next(at int32, c byte) int32 {
	for {
		if n := t.child(at, c); n != 0 || at == 0 {
			return n
		}
		at = t.nodes[at].fail
	}
}

// link sets what the nodes know of each other, those nearest to the root first.
func (t *tree) link() {
	queue := []int32{0}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for n := t.nodes[at].child; n != 0; n = t.nodes[n].sibling {
			if at != 0 {
				t.nodes[n].fail = t.next(t.nodes[at].fail, t.nodes[n].letter)
			}
			if t.nodes[n].out = t.nodes[t.nodes[n].fail].out; t.nodes[n].word != 0 {
				t.nodes[n].out = n
			}
			queue = append(queue, n)
		}
	}
}
