package pictures

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
)

// screen is a screenshot with the lines that were read in it.
type screen struct {
	Picture
	lines []string  // as read
	plain []string  // as compared, in the same places
	again []Picture // other screenshots with the same lines
}

func newScreen(p Picture, text string) screen {
	s := screen{Picture: p}
	for line := range strings.Lines(text) {
		if plain := plainLine(line); plain != "" {
			s.lines, s.plain = append(s.lines, strings.TrimSpace(line)), append(s.plain, plain)
		}
	}
	return s
}

// A Step is a screenshot in its proposed place among those of one conversation.
type Step struct {
	Picture Picture
	Again   []Picture // that show the same lines
	Shared  []string  // lines that the one before shows too; none at the first
	Gap     bool      // it shares none with the one before: something may have been left out between them
}

// A Scroll is screenshots of what seems to be one conversation, in the order in
// which it was scrolled. It is a proposal, made from the words that were read.
type Scroll struct {
	Heading string // what stands above the words in them; empty where they have no line in common there
	Steps   []Step
}

// scrolls orders screenshots: those that share lines follow one another, and
// those under one heading are taken for one conversation.
func scrolls(screens []screen) []Scroll {
	screens = withoutAgain(screens)
	chains := chained(screens, links(screens))
	counts := headings(screens)
	under := map[string][][]linked{}
	for _, c := range chains {
		h := headingOf(screens, c, counts)
		if h == "" {
			h = "\x00" + screens[c[0].at].Hash.String() // alone
		}
		under[h] = append(under[h], c)
	}
	var out []Scroll
	for _, h := range slices.Sorted(maps.Keys(under)) {
		list := under[h]
		slices.SortStableFunc(list, func(a, b []linked) int { return earlier(screens[a[0].at], screens[b[0].at]) })
		if s := scrollOf(screens, list, h); len(s.Steps) > 1 {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b Scroll) int { return whenOrder(a.Steps[0].Picture, b.Steps[0].Picture) })
	return out
}

// withoutAgain puts screenshots with the same lines together.
func withoutAgain(screens []screen) []screen {
	var out []screen
	at := map[string]int{}
	for _, s := range screens {
		key := ""
		for n, line := range s.plain {
			if !isClock(s.lines[n]) {
				key += line + "\n"
			}
		}
		if i, ok := at[key]; ok {
			out[i].again = append(out[i].again, s.Picture)
			continue
		}
		at[key] = len(out)
		out = append(out, s)
	}
	return out
}

// isClock tells a line that is a clock or other numbers alone.
func isClock(line string) bool {
	line = strings.ToLower(line)
	for _, half := range []string{"am", "pm", "a.m.", "p.m."} {
		line = strings.TrimSuffix(line, half)
	}
	return !strings.ContainsFunc(line, unicode.IsLetter)
}

// link is two screenshots of which the second goes on where the first ends.
type link struct {
	from, to int
	overlap
}

// Lines that more screenshots than this show belong to the screen and not to the
// conversation, and lead from none to another; so do lines of few letters.
const (
	mostScreens = 64
	leastAnchor = 6
)

// links finds every two screenshots that share lines. Only those are compared
// that have one whole line in common.
func links(screens []screen) []link {
	show := map[string][]int{}
	for i, s := range screens {
		for _, line := range slices.Compact(slices.Sorted(slices.Values(s.plain))) {
			if len(line) >= leastAnchor {
				show[line] = append(show[line], i)
			}
		}
	}
	seen := map[[2]int]bool{}
	var out []link
	for _, line := range slices.Sorted(maps.Keys(show)) {
		list := show[line]
		if len(list) > mostScreens {
			continue
		}
		for _, a := range list {
			for _, b := range list {
				if a == b || seen[[2]int{a, b}] {
					continue
				}
				seen[[2]int{a, b}] = true
				if o, ok := overlapOf(screens[a].plain, screens[b].plain); ok {
					out = append(out, link{a, b, o})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b link) int {
		return cmp.Or(cmp.Compare(b.letters, a.letters), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	return out
}

// linked is a screenshot in a chain, and what it shares with the one before.
type linked struct {
	at int
	overlap
}

// chained puts screenshots behind one another, those that share most first. None
// gets two before it or two behind it, and no chain becomes a ring.
func chained(screens []screen, links []link) [][]linked {
	next, before := map[int]link{}, map[int]bool{}
	end := make([]int, len(screens)) // of the chain that begins with it
	begin := make([]int, len(screens))
	for i := range screens {
		end[i], begin[i] = i, i
	}
	for _, l := range links {
		if _, taken := next[l.from]; taken || before[l.to] || begin[l.from] == l.to {
			continue
		}
		next[l.from], before[l.to] = l, true
		first, last := begin[l.from], end[l.to]
		end[first], begin[last] = last, first
	}
	var out [][]linked
	for i := range screens {
		if before[i] {
			continue
		}
		chain := []linked{{at: i}}
		for l, ok := next[i]; ok; l, ok = next[l.to] {
			chain = append(chain, linked{l.to, l.overlap})
		}
		out = append(out, chain)
	}
	return out
}

// topLines is how many lines from the top a heading can stand.
const topLines = 4

// buttons are lines at the top of a screen that head every conversation.
var buttons = []string{"messages", "back", "oniine", "chats", "edit", "info", "today", "yesterday", "activenow", "whatsapp", "typing", "detaiis", "unread"}

// tops are the lines of a screenshot that may be its heading.
func (s screen) tops() []int {
	var out []int
	for i, line := range s.plain[:min(len(s.plain), topLines)] {
		if len(line) >= 3 && !isClock(s.lines[i]) && !slices.Contains(buttons, line) && !strings.HasPrefix(line, "iastseen") {
			out = append(out, i)
		}
	}
	return out
}

// headings counts in how many screenshots a line stands at the top.
func headings(screens []screen) map[string]int {
	n := map[string]int{}
	for _, s := range screens {
		for _, i := range s.tops() {
			n[s.plain[i]]++
		}
	}
	return n
}

// headingOf is the line at the top that most screenshots of a chain have, then
// most of all, then the uppermost; none where only one screenshot has it.
func headingOf(screens []screen, chain []linked, counts map[string]int) string {
	own := map[string]int{}
	var order []string
	for _, l := range chain {
		for _, i := range screens[l.at].tops() {
			line := screens[l.at].plain[i]
			if own[line]++; own[line] == 1 {
				order = append(order, line)
			}
		}
	}
	best := ""
	for _, line := range order {
		if counts[line] < 2 {
			continue
		}
		if best == "" || own[line] > own[best] || own[line] == own[best] && counts[line] > counts[best] {
			best = line
		}
	}
	return best
}

func scrollOf(screens []screen, chains [][]linked, heading string) Scroll {
	var out Scroll
	for _, c := range chains {
		for n, l := range c {
			s := screens[l.at]
			step := Step{Picture: s.Picture, Again: s.again, Gap: n == 0 && len(out.Steps) > 0}
			if n > 0 {
				step.Shared = slices.Clone(s.lines[l.overlap.at : l.overlap.at+l.lines])
			}
			out.Steps = append(out.Steps, step)
			if i := slices.Index(s.plain, heading); i >= 0 && out.Heading == "" {
				out.Heading = s.lines[i]
			}
		}
	}
	return out
}

func earlier(a, b screen) int { return whenOrder(a.Picture, b.Picture) }

// whenOrder puts pictures by the time of the event that shows them first, then
// by name.
func whenOrder(a, b Picture) int {
	at := func(p Picture) time.Time { t, _ := p.When.Order(); return t }
	return cmp.Or(at(a).Compare(at(b)), cmp.Compare(a.Name, b.Name), bytes.Compare(a.Hash[:], b.Hash[:]))
}
