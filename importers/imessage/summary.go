package imessage

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"daybook/importers/sqlite"
	"daybook/timeline"
)

// version is how a part of a message stood at a time.
type version struct {
	part string
	when float64 // seconds since 2001
	text string
	read bool
}

// summary reads what the app notes of a message beside it: under "ec" the
// versions of each edited part, the first and the last included, and under "rp"
// the parts that were taken back.
func (m message) summary(e *timeline.Event) {
	b := m.row.Bytes("message_summary_info")
	if len(b) == 0 {
		return
	}
	p, top, err := openPlist(b)
	if err != nil {
		sqlite.Fact(e, "edits", fmt.Sprintf("%d bytes, not decoded: %v", len(b), err))
		sqlite.Flag(e, timeline.Undecoded)
		return
	}
	versions := p.versions(p.get(top, "ec"))
	back := len(p.array(p.get(top, "rp")))
	if p.problem {
		sqlite.Fact(e, "edits", fmt.Sprintf("%d bytes, of which a part could not be decoded", len(b)))
		sqlite.Flag(e, timeline.Undecoded)
	}
	if len(versions) > 0 {
		sqlite.Flag(e, timeline.Edited)
		sqlite.Fact(e, "versions", inWords(versions))
	}
	if back == 0 {
		return
	}
	sqlite.Flag(e, timeline.Deleted)
	words := "taken back by the sender"
	if back > 1 {
		words = fmt.Sprintf("%d parts taken back by the sender", back)
	}
	sqlite.Fact(e, "unsent", words)
	if e.Text == "" && len(e.Files) == 0 {
		e.Text = words
		sqlite.Flag(e, timeline.AppText)
	}
}

// versions lists the edits, part by part, in the order of the app.
func (p *plist) versions(edits object) (list []version) {
	parts, histories := p.dict(edits)
	for i, part := range parts {
		for _, o := range p.array(histories[i]) {
			v := version{part: part}
			v.when, _ = p.number(p.get(o, "d"))
			v.text, v.read = plainText(p.data(p.get(o, "t")))
			list = append(list, v)
		}
	}
	slices.SortStableFunc(list, func(a, b version) int { return strings.Compare(a.part, b.part) })
	return list
}

func inWords(list []version) string {
	var lines []string
	for _, v := range list {
		line := "part " + v.part
		if v.when > 0 && v.when < 1e10 {
			whole, part := math.Modf(v.when)
			at := sqlite.AppleSeconds.Zero.Add(time.Duration(whole)*time.Second + time.Duration(part*float64(time.Second)))
			line += ", " + at.Format(time.DateTime) + " UTC"
		}
		if !v.read {
			lines = append(lines, line+": (could not be decoded)")
			continue
		}
		lines = append(lines, line+": "+bare(v.text))
	}
	return strings.Join(lines, "\n")
}
