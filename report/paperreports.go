package report

import (
	"fmt"

	"daybook/assets/papers"
	"daybook/timeline"
)

// entries are the entries of a register, and what was noted of its matter in another
// place: reports with incidents, breaches as marks of events.
func (f *filler) entries(part papers.Part) (list []timeline.Registered, err error) {
	kind := timeline.Kind(part.Register)
	switch kind {
	case timeline.ReportMade:
		list, err = f.incidentReports()
	case timeline.Breach:
		list, err = f.markedBreaches()
	}
	return append(f.x.Registers(kind), list...), err
}

// incidentReports are what incidents say of whom they were reported to: a paper must
// not say that nothing was reported because it was written down in another place.
func (f *filler) incidentReports() (list []timeline.Registered, err error) {
	rows, err := f.incidentRows()
	if err != nil {
		return nil, err
	}
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
	return timeline.Registered{ID: r.ID, Versions: []timeline.RegisteredVersion{{RegisterDraft: draft, Recorded: v.Recorded, By: v.By, Author: v.By}}}
}
