package report

import (
	"fmt"
	"strings"

	"daybook/timeline"
)

// incident makes the row of something that a person wrote down: its own words
// whole, and for the diary every field and every earlier version.
func (p *planner) incident(out *Row, r timeline.Row) error {
	if r.Kind != timeline.Incident || r.Source.Item != 0 {
		return nil
	}
	w, err := p.x.Incident(r.ID)
	if err != nil {
		return err
	}
	v := p.b.Pack.incident(w.Current())
	out.Text = v.What
	out.Place = v.Place.Text
	out.Record = fmt.Sprintf(sayOwnWords, v.Entry)
	out.Facts = v.short()
	out.Detail = append(v.short(), v.long()...)
	for i := len(w.Versions) - 2; i >= 0; i-- {
		old := p.b.Pack.incident(w.Versions[i])
		name := fmt.Sprintf(sayVersion, i+1, stamp(old.Recorded.In(p.b.Zone)))
		out.Detail = append(out.Detail, fact(name, quote(old.What)))
		out.Detail = append(out.Detail, old.long()...)
	}
	return nil
}
