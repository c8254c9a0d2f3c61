package timeline

import "time"

// Outside is how what may break an order lies outside the time in which the order
// held, as it is said of that: what happened before service, or after the end, may
// be evidence of something else, and whoever reads of a breach must see it.
type Outside string

// The ways, each said of what happened.
const (
	BeforeMade   Outside = "before the order was made"
	BeforeServed Outside = "before the day of service"
	OnService    Outside = "on the day of service: whether before or after is not known"
	AfterEnd     Outside = "after the order expired"
	AfterTerm    Outside = "after the term ended"
)

// Surely tells that it is outside: of the day of service the hour is known to nobody.
func (o Outside) Surely() bool { return o != OnService }

// Outside tells how a breach lies outside the time of its order and term. It is
// silent where either time leaves it open, but for the day of service, on which whoever
// reads of it must ask; and of any other entry.
func (x *Index) Outside(v RegisteredVersion) (all []Outside) {
	id, err := ParseID(v.Fields["order"])
	if v.Kind != Breach || err != nil {
		return nil
	}
	r, err := x.Registered(id)
	if err != nil {
		return nil
	}
	order := r.Current()
	if of := order.When.possible(nil); len(of) > 0 && !of[0].from.IsZero() && v.surelyBefore(dayOf(of[0].from, x.zone)) {
		all = append(all, BeforeMade)
	}
	if day, err := time.ParseInLocation(time.DateOnly, order.Fields["served"], x.zone); err == nil {
		if v.surelyBefore(day) {
			all = append(all, BeforeServed)
		} else if v.surelyOn(day) {
			all = append(all, OnService)
		}
	}
	if of := order.Ends.possible(nil); !order.Ends.unsaid() && len(of) > 0 {
		if last := of[len(of)-1].to; !last.IsZero() && v.surelyAfter(dayOf(last.Add(-1), x.zone)) {
			all = append(all, AfterEnd)
		}
	}
	if t, ok := x.NamedTerm(v); ok {
		if day, err := time.ParseInLocation(time.DateOnly, t.Ends, x.zone); err == nil && v.surelyAfter(day) {
			all = append(all, AfterTerm)
		}
	}
	return all
}

// Unserved tells of a breach that no day of service of its order is noted.
func (x *Index) Unserved(v RegisteredVersion) bool {
	id, err := ParseID(v.Fields["order"])
	if v.Kind != Breach || err != nil {
		return false
	}
	r, err := x.Registered(id)
	return err == nil && r.Current().Fields["served"] == ""
}

func dayOf(at time.Time, zone *time.Location) time.Time { return midnight(at.In(zone), Day, zone) }

// surelyBefore tells that it happened before a day began, whenever it may have been.
func (v RegisteredVersion) surelyBefore(day time.Time) bool {
	_, surely := v.When.In(time.Time{}, day)
	return surely
}

// surelyOn tells that it happened on a day, at whatever hour.
func (v RegisteredVersion) surelyOn(day time.Time) bool {
	_, surely := v.When.In(day, next(day, Day, 1))
	return surely
}

// surelyAfter tells that it happened when a day was over.
func (v RegisteredVersion) surelyAfter(day time.Time) bool {
	_, surely := v.When.In(next(day, Day, 1), time.Time{})
	return surely
}
