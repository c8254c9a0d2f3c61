package whatsapp

import (
	"bytes"
	"fmt"
	"slices"

	"daybook/timeline"
)

// mostSaid is how much of the app's own lines is kept while a file is surveyed. A
// chat of two has few.
const mostSaid = 64 << 10

// hearApp keeps what a line of the app's own says.
func (v *survey) hearApp(text []byte) {
	v.said = append(append(v.said, text[:min(len(text), max(0, mostSaid-len(v.said)))]...), '\n')
}

// judgeThirds finds the names that do not belong to a chat of two: the chat is
// called as one of its speakers, another speaks as well, and each line that bears
// a further name may be text of the message before it. One that stands behind a
// line of the app, or that the app names, or further names that write more than half of
// either of the two, make it a group that is called as one of its members.
func (v *survey) judgeThirds(name string) {
	if name == "" || v.shape.b[0] == '[' || v.crlf || len(v.said) >= mostSaid {
		return // an iPhone's line ends tell what is inside a message, and its app speaks in the name of a group
	}
	var named *person
	var others []*person
	for _, p := range v.people {
		switch {
		case p.fake || p.double != nil:
		case visible(shown([]byte(p.raw))) == name:
			named = p
		default:
			others = append(others, p)
		}
	}
	if named == nil || len(others) < 2 {
		return
	}
	slices.SortFunc(others, func(a, b *person) int {
		if a.count != b.count {
			return b.count - a.count
		}
		return a.nth - b.nth
	})
	thirds, lines := others[1:], 0
	for _, p := range thirds {
		lines += p.count
		if p.alone || bytes.Contains(v.said, []byte(p.raw)) {
			return
		}
	}
	if 2*lines > min(named.count, others[0].count) {
		return
	}
	for _, p := range thirds {
		p.third = fmt.Sprintf("bears a third name, %s, in a chat of two, %s and %s; nothing in the file tells whether it is a message of its own or text of the one before it",
			spelt(p), spelt(named), spelt(others[0]))
	}
}

func spelt(p *person) string { return timeline.SpeltOut(shown([]byte(p.raw))) }
