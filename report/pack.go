package report

import (
	"encoding/json"
	"slices"
	"strings"

	"daybook/evidence"
	"daybook/timeline"
)

// This file is all that tells the two packs apart. The full pack leaves nothing
// out. The served pack goes by what is allowed, not by what is forbidden: what
// this program does not know to be harmless stays out of it. What of a person's
// own life may be shown when it is asked for stands in detail.go.

// servedFacts are the further facts of an event that a served pack shows.
// Everything else in Extra (camera, network address, device …) may tell where
// somebody is.
var servedFacts = []string{"subject", "duration", "status", "outcome", "missed", "type", "presentation", "direction", "forged headers", "text of the HTML", "text of the rich text", "exact words", "how known", "aimed at", "recorded", timeline.FirstRecorded, "recorded by", "version"}

// row gives a row as this pack shows it when it is asked for some details, or why
// it is left out.
func (p Pack) row(r timeline.Row, show []Detail) (timeline.Row, string) {
	if p != Served {
		return r, ""
	}
	for _, m := range r.Marks {
		if m.LeftOut != "" {
			return timeline.Row{}, servedReason(m.LeftOut)
		}
	}
	if r.Kind == timeline.Location {
		return timeline.Row{}, sayPrivate // as the other private rows: the reason does not tell that it is a place
	}
	r.Place, r.Also, r.Elsewhere, r.Differs, r.Incident = timeline.Place{}, sameFile(r), nil, nil, nil
	if r.Kind.Register() {
		var why string
		if r, why = servedRegister(r, show); why != "" {
			return r, why
		}
	} else {
		r.Extra = slices.DeleteFunc(slices.Clone(r.Extra), func(f timeline.Fact) bool {
			hides := r.Kind == timeline.Email && f.Name == timeline.NotShown // sent with it; what a page hides may name whoever saved it
			return !hides && !slices.Contains(servedFacts, f.Name)
		})
	}
	r.Marks = servedMarks(r.Marks)
	r.Claims = slices.Clone(r.Claims)
	_, _, corrected := r.Corrected()
	for i := range r.Claims {
		if i > 0 || !corrected { // whose word moved the time, and in which entry, is no secret of a file
			r.Claims[i].Note = ""
		}
	}
	return r, ""
}

// sameFile are the further names of a file that is a row itself: the same bytes.
func sameFile(r timeline.Row) []timeline.Pinpoint {
	if !r.Kind.File() {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.Also), func(p timeline.Pinpoint) bool { return p.Hash != r.Source.Hash })
}

// Reasons are the reasons to leave a row out that can be chosen from.
func Reasons() []Reason { return slices.Clone(reasons) }

// ReasonText is the text of a reason by its word; other words stay as they are.
func ReasonText(s string) string {
	for _, r := range reasons {
		if strings.EqualFold(strings.TrimSpace(s), r.Word) {
			return r.Text
		}
	}
	return s
}

// servedReason is a reason as the other side reads it: one of those that can be
// chosen. Somebody's own words may tell what they protect.
func servedReason(s string) string {
	s = ReasonText(s)
	if slices.ContainsFunc(reasons, func(r Reason) bool { return r.Text == s }) {
		return s
	}
	return sayOtherReason
}

// servedMarks are the behaviour codes and exhibits among marks, and that it was the
// person's own act, without the words that somebody chose for themself.
func servedMarks(marks []timeline.Mark) []timeline.Mark {
	var kept []timeline.Mark
	for _, m := range marks {
		m.Note, m.Element = "", ""
		if m.Tag != timeline.OwnAct {
			m.Tag = ""
		}
		if m.Code != "" || m.Exhibit || m.Tag != "" {
			kept = append(kept, m)
		}
	}
	return kept
}

// note is what somebody wrote about an item.
func (p Pack) note(s string) string {
	if p == Served {
		return ""
	}
	return s
}

// servedEntry tells whether a served pack opens an entry of the journal without
// being asked for it: that an exhibit was added and got its label. What somebody
// noted with it keeps the entry closed.
func servedEntry(e evidence.Entry, included map[int64]bool) bool {
	if e.Action != string(evidence.ActionAdd) && e.Action != string(ActionExhibit) {
		return false
	}
	var s struct {
		Item int64 `json:"item"`
	}
	var d struct {
		Note string `json:"note"`
	}
	if json.Unmarshal(e.Subject, &s) != nil || json.Unmarshal(e.Detail, &d) != nil {
		return false
	}
	return included[s.Item] && d.Note == ""
}

// gathered takes out of the sections what this pack does not show: words of
// records that were not read, names of files that are not in it, notes, and
// who is who: that is addresses, and a person's reasons.
func (p Pack) gathered(m material, included func(int64) bool) material {
	if p != Served {
		return m
	}
	m.EachSkip = nil
	m.People = nil
	m.Skips, m.SkipsElsewhere = m.Skips+m.SkipsElsewhere, 0
	m.UnclaimedCount = len(m.Unclaimed)
	m.Unclaimed = nil
	m.DeletedCount = len(m.Deleted)
	m.Deleted = nil
	all := len(m.Broken)
	m.Broken = slices.DeleteFunc(slices.Clone(m.Broken), func(x broken) bool { return !included(x.Item) })
	m.BrokenCount = all - len(m.Broken)
	m.System.People = nil
	m.Orders = slices.Clone(m.Orders)
	for i := range m.Orders {
		if m.Orders[i].Terms != nil {
			m.Orders[i].Terms = []string{sayTermsWithheld}
		}
	}
	m.Batches = slices.Clone(m.Batches)
	for i := range m.Batches {
		m.Batches[i].Note = ""
	}
	return m
}
