package report

import (
	"fmt"
	"slices"

	"daybook/assets/papers"
	"daybook/timeline"
)

// entries are the entries of a register. What an incident says of whom it was
// reported to stands among the reports: a paper must not say that nothing was
// reported because it was written down in another place.
func (f *filler) entries(part papers.Part) ([]timeline.Registered, error) {
	list := f.x.Registers(timeline.Kind(part.Register))
	if timeline.Kind(part.Register) != timeline.ReportMade {
		return list, nil
	}
	rows, err := f.incidentRows()
	if err != nil {
		return nil, err
	}
	list = slices.Clone(list)
	for _, r := range rows {
		w, ok := f.written(r.ID)
		if !ok {
			continue
		}
		v, _ := f.p.readable(w)
		for _, t := range v.ReportedTo {
			list = append(list, reportWith(v, t, r, fmt.Sprintf(f.in(sayPaperWithIncident), f.at(r.When))))
		}
	}
	return list, nil
}

// reportWith is a report of an incident as an entry of the register. Its time is
// that of the incident, and says so, where nobody said when it was reported.
func reportWith(v timeline.Version, t timeline.Report, r timeline.Row, at string) timeline.Registered {
	fields := map[string]string{"name": t.To, "channel": t.How, "officer": t.Officer, "number": t.Number, "reference": t.Crime, "advice": t.Advice, "result": t.Outcome}
	if fields["when"] = t.When; t.When == "" {
		fields["when"] = at
	}
	draft := timeline.RegisterDraft{Kind: timeline.ReportMade, When: r.When, Fields: fields}
	return timeline.Registered{ID: r.ID, Versions: []timeline.RegisteredVersion{{RegisterDraft: draft, Recorded: v.Recorded, By: v.By}}}
}
