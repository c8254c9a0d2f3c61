package pdf

import "fmt"

// A bookmark is an entry of the outline.
type bookmark struct {
	level int // 1 is the highest
	title string
	at    place
}

// A branch is a bookmark with its neighbours; indexes count from 0, -1 is none.
type branch struct {
	bookmark
	parent, previous, next, first, last int
	below                               int // bookmarks below it, of every level
}

// outline writes the bookmarks and returns the number of their root, 0 when
// there are none.
func (b *binder) outline(marks []bookmark, pages []page) int {
	if len(marks) == 0 {
		return 0
	}
	branches := grow(marks)
	root := b.reserve()
	numbers := make([]int, len(branches))
	for i := range branches {
		numbers[i] = b.reserve()
	}
	reference := func(out []byte, key string, index int) []byte {
		if index < 0 {
			return out
		}
		return fmt.Appendf(out, "/%s %d 0 R", key, numbers[index])
	}
	top := branch{parent: -1, first: -1, last: -1}
	for i := range branches {
		br := &branches[i]
		out := appendText([]byte("<</Title"), fmt.Sprintf("%s (p. %s)", br.title, pages[br.at.page].label))
		if br.parent < 0 {
			out = fmt.Appendf(out, "/Parent %d 0 R", root)
			top.below++
			if top.first < 0 {
				top.first = i
			}
			top.last = i
		}
		out = reference(out, "Parent", br.parent)
		out = reference(out, "Prev", br.previous)
		out = reference(out, "Next", br.next)
		out = reference(out, "First", br.first)
		out = reference(out, "Last", br.last)
		if br.below > 0 {
			out = fmt.Appendf(out, "/Count %d", -br.below)
		}
		out = appendDestination(append(out, "/Dest"...), br.at, pages)
		b.object(numbers[i], append(out, ">>"...))
	}
	out := reference([]byte("<</Type/Outlines"), "First", top.first)
	out = reference(out, "Last", top.last)
	b.object(root, fmt.Appendf(out, "/Count %d>>", top.below))
	return root
}

// grow makes a tree of the list: a bookmark belongs to the last one of a
// higher level. Levels that are left out do not matter.
func grow(marks []bookmark) []branch {
	branches := make([]branch, len(marks))
	var path []int // the branches that may get children
	for i, mark := range marks {
		branches[i] = branch{bookmark: mark, parent: -1, previous: -1, next: -1, first: -1, last: -1}
		previous := -1
		for len(path) > 0 && branches[path[len(path)-1]].level >= mark.level {
			previous = path[len(path)-1]
			path = path[:len(path)-1]
		}
		if len(path) > 0 {
			parent := path[len(path)-1]
			branches[i].parent = parent
			previous = branches[parent].last
			if branches[parent].first < 0 {
				branches[parent].first = i
			}
			branches[parent].last = i
		}
		if previous >= 0 {
			branches[i].previous, branches[previous].next = previous, i
		}
		path = append(path, i)
	}
	for i := range branches {
		if parent := branches[i].parent; parent >= 0 {
			branches[parent].below++
		}
	}
	return branches
}
