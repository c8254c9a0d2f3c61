package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/assets/law"
	"daybook/timeline"
)

// Day is a day that comes, or that has gone by with something still to be done:
// information, and never a reason to give up.
type Day struct {
	On    string      `json:"on"` // 2006-01-02; empty where what it counts from has no certain day
	What  string      `json:"what"`
	Words string      `json:"words"`
	Event timeline.ID `json:"event,omitzero"` // the entry that it is about
	Past  bool        `json:"past,omitempty"`
	Later
	Clock    *Clock   `json:"clock,omitempty"`    // whose day it is, where it is that of a rule of time
	Offences []string `json:"offences,omitempty"` // which have it
}

// Days gives the days that a case has to keep in mind, the first of them first:
// rules of time of offences, orders that end, what must be told after service,
// enquiries of which something may be gone, reviews and whatever else is due.
// Private registers are in it when it is asked for them; a rule counts from what
// is about the persons of a filter, as MatrixWith does, and from none of what is not to be
// told of.
func Days(ctx context.Context, x *timeline.Index, f timeline.Filter, packs []law.Pack, now time.Time, private bool, without map[timeline.ID]bool) ([]Day, error) {
	list, err := ruleDays(ctx, x, f, packs, without)
	if err != nil {
		return nil, err
	}
	for _, r := range x.Registers() {
		v := r.Current()
		kind, err := x.Register(v.Kind)
		if err != nil {
			return nil, err
		}
		if kind.Private && !private {
			continue
		}
		if v.Open() {
			for _, d := range [...]Day{{On: v.DueDay(x.Zone()), What: kind.Dates.Due}, {On: v.Fields["expires"], What: "It may be gone"}} {
				if d.On != "" {
					d.Words, d.Event = excerpt(v.Words), r.ID
					list = append(list, d)
				}
			}
		}
		if v.Kind == timeline.CourtOrder {
			list = append(list, orderDays(r, packs, x.Zone())...)
		}
	}
	today := now.In(x.Zone()).Format(time.DateOnly)
	for i := range list {
		list[i].Past = list[i].gone(list[i].On, today) && (list[i].Clock == nil || list[i].Clock.Others.gone(list[i].On, today))
	}
	slices.SortStableFunc(list, func(a, b Day) int { return strings.Compare(a.On, b.On) })
	return list, nil
}

// ruleDays are the days of the rules of time of offences to which something is linked:
// one for each who is said to have done it, and for all offences of which it is the same.
func ruleDays(ctx context.Context, x *timeline.Index, f timeline.Filter, packs []law.Pack, without map[timeline.ID]bool) (list []Day, err error) {
	all, _, err := thingsAbout(ctx, x, f)
	if err != nil {
		return nil, err
	}
	shown := &Shown{list: slices.DeleteFunc(all, func(t thing) bool { return without[t.ID] })}
	for _, p := range packs {
		for _, o := range p.Offences {
			m, err := shown.Matrix(ctx, x, p, o.ID)
			if err != nil {
				return nil, err
			}
			if m.Clock == nil || !m.Clock.Starts() {
				continue
			}
			if err := m.Clock.beside(ctx, x, f, without); err != nil {
				return nil, err
			}
			for _, c := range m.Clock.Lines() {
				same := func(d Day) bool { return d.Clock.sameAs(c) }
				if at := slices.IndexFunc(list, same); at >= 0 {
					list[at].Offences = append(list[at].Offences, o.Label)
					continue
				}
				list = append(list, Day{On: c.Until, What: c.Rule, Words: c.Words, Later: c.Later, Clock: &c, Offences: []string{o.Label}})
			}
		}
	}
	return list, nil
}

// orderDays are the days of an order: until when they must have told their names
// and address, and when it ends.
func orderDays(r timeline.Registered, packs []law.Pack, zone *time.Location) (list []Day) {
	v := r.Current()
	called := v.Fields["sort"]
	if o, ok := OrderOf(packs, v, zone); ok {
		if on := NotifyBy(v.Fields["served"], o.NotifyDays); on != "" {
			list = append(list, Day{On: on, What: fmt.Sprintf("Last of %d days from service, that day counted, to tell the police names and address", o.NotifyDays), Words: called, Event: r.ID})
		}
	}
	if at, ok := v.Ends.Order(); ok && v.Ends.Known(timeline.Day) {
		list = append(list, Day{On: at.In(zone).Format(time.DateOnly), What: "It ends", Words: called, Event: r.ID})
	}
	for i, t := range v.Terms {
		if t.Ends != "" {
			list = append(list, Day{On: t.Ends, What: fmt.Sprintf("Term %d ends", i+1), Words: excerpt(t.Text), Event: r.ID})
		}
	}
	return list
}

// NotifyBy is the last of so many days that begin with a day of service, which is
// the first of them; empty where either is not known.
func NotifyBy(served string, days int) string {
	at, err := time.Parse(time.DateOnly, served)
	if err != nil || days < 1 {
		return ""
	}
	return at.AddDate(0, 0, days-1).Format(time.DateOnly)
}

// CriteriaWith sets what a court asks before it makes an order against what the persons of
// a filter did or got, as MatrixWith does an offence.
func CriteriaWith(ctx context.Context, x *timeline.Index, f timeline.Filter, pack law.Pack, order string) (Matrix, error) {
	i := slices.IndexFunc(pack.Orders, func(o law.Order) bool { return strings.EqualFold(o.ID, order) })
	if i < 0 {
		return Matrix{}, fmt.Errorf("order %q: %s has none of this name in force on that day", order, pack.ID)
	}
	o := pack.Orders[i]
	as := law.Offence{ID: o.ID, Label: o.Label, Entry: o.Entry}
	for _, c := range o.Criteria {
		as.Elements = append(as.Elements, law.Element{ID: c.ID, Text: c.Text, ShownBy: c.ShownBy})
	}
	all, _, err := thingsAbout(ctx, x, f) // what came before the order's law counts too
	if err != nil {
		return Matrix{}, err
	}
	tellApart(x, all)
	m := Matrix{Law: pack.ID, Offence: as, Lines: []Line{}, Outside: []timeline.ID{}, Considered: considered(x, as), Differences: []law.Difference{}}
	occasions, err := numbersOf(ctx, x, idsOf(all))
	if err != nil {
		return Matrix{}, err
	}
	for _, e := range as.Elements {
		m.Lines = append(m.Lines, line(x.Zone(), as, e, all, occasions))
	}
	m.DoneBy = doneBy(x.Zone(), thingsOf(actsOf(as, m.Lines, all)))
	return m, nil
}
