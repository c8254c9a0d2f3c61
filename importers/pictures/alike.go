package pictures

import (
	"cmp"
	"context"
	"slices"

	"daybook/evidence"
	"daybook/importers/photo"
	"daybook/timeline"
)

// A Group is pictures that look nearly alike to a fingerprint: the same picture
// saved anew, made smaller or sent on, or two that only look so. All of them stay
// where they are.
type Group struct{ Members []Member }

// A Member is a picture of a group.
type Member struct {
	Picture Picture
	Differ  int // bits of 64 in which its fingerprint differs from that of the first
}

// Alike is what was found among the pictures of a case.
type Alike struct {
	Pictures int
	Groups   []Group
	Scrolls  []Scroll
	Unread   int // screenshots whose words were not read, which no order can be found for
}

// FindAlike looks for pictures that look nearly alike, and for screenshots of
// one conversation by the words that were read in them.
func FindAlike(ctx context.Context, c *evidence.Case, x *timeline.Index, p photo.Pictures, progress evidence.Progress) (Alike, error) {
	list, err := Held(ctx, x)
	if err != nil {
		return Alike{}, err
	}
	texts, err := textsByHash(ctx, x)
	if err != nil {
		return Alike{}, err
	}
	prints, err := fingerprints(ctx, c, p, list, progress)
	if err != nil {
		return Alike{}, err
	}
	out := Alike{Pictures: len(list), Groups: groups(list, prints, plainWords(list, texts))}
	var screens []screen
	for _, it := range list {
		text, read := texts[it.Hash]
		s := newScreen(it, text)
		switch {
		case it.Shot && !read:
			out.Unread++
		case len(s.plain) >= leastLines && !it.Camera:
			screens = append(screens, s)
		}
	}
	out.Scrolls = scrolls(screens)
	return out, ctx.Err()
}

// Near gives the groups of FindAlike among the pictures that were compared before,
// and how many were not: it looks into none.
func Near(ctx context.Context, c *evidence.Case, x *timeline.Index) (found []Group, left int, err error) {
	list, err := Held(ctx, x)
	if err != nil {
		return nil, 0, err
	}
	prints, err := keptFingerprints(c.Store(fingerprintStore), list, true)
	if err != nil || len(prints) == 0 {
		return nil, len(list), err
	}
	texts, err := textsByHash(ctx, x)
	if err != nil {
		return nil, 0, err
	}
	for _, p := range list {
		if _, ok := prints[p.Hash]; !ok {
			left++
		}
	}
	return groups(list, prints, plainWords(list, texts)), left, nil
}

// plainWords are the lines that were read in each picture.
func plainWords(list []Picture, texts map[evidence.Hash]string) [][]string {
	words := make([][]string, len(list))
	for i, it := range list {
		words[i] = newScreen(it, texts[it.Hash]).plain
	}
	return words
}

// leastLines is how many lines a picture must show to be taken for a screen.
const leastLines = 3

func textsByHash(ctx context.Context, x *timeline.Index) (map[evidence.Hash]string, error) {
	out := map[evidence.Hash]string{}
	for t, err := range x.PictureTexts(ctx) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil { // damaged ones are as good as not read
			out[t.Picture] = t.Text
		}
	}
	return out, nil
}

// groups puts near pictures together, the first of the timeline first. Screens
// look alike whatever is written on them, so two pictures with different words
// are not near.
func groups(list []Picture, prints map[evidence.Hash]fingerprint, words [][]string) []Group {
	all := make([]fingerprint, len(list))
	for i, it := range list {
		f, ok := prints[it.Hash]
		f.plain = f.plain || !ok
		all[i] = f
	}
	leader := make([]int, len(list)) // by place; each leads itself at first
	for i := range leader {
		leader[i] = i
	}
	lead := func(i int) int {
		for leader[i] != i {
			leader[i] = leader[leader[i]]
			i = leader[i]
		}
		return i
	}
	eachNear(all, func(i, j, _ int) {
		if !differentWords(words[i], words[j]) {
			a, b := lead(i), lead(j)
			leader[max(a, b)] = min(a, b)
		}
	})
	members := map[int][]Member{}
	for i, it := range list {
		first := lead(i)
		members[first] = append(members[first], Member{it, all[i].from(all[first])})
	}
	var out []Group
	for i := range list {
		if m := members[i]; len(m) > 1 {
			slices.SortStableFunc(m[1:], func(a, b Member) int { return cmp.Compare(a.Differ, b.Differ) })
			out = append(out, Group{m})
		}
	}
	return out
}

// differentWords tells that two pictures both show lines of words, and that
// fewer than three quarters of the lines of the longer one stand in the other:
// every screen of a conversation has its clock and its heading.
func differentWords(a, b []string) bool {
	if len(a) < leastLines || len(b) < leastLines {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	same := 0
	for _, line := range a {
		if slices.ContainsFunc(b, func(other string) bool { return alike(line, other) }) {
			same++
		}
	}
	return 4*same < 3*len(b)
}
