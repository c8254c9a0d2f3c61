package timeline

import (
	"cmp"
	"fmt"
	"strconv"
	"time"
)

// NamedTerm is the term of an order that a breach names, or a session that it asks for, as it stood when it was named:
// what somebody said of one term is never read as said of another that took its number.
type NamedTerm struct {
	Term
	Number  int
	Now     TermNow
	By      string    // who corrected the order first so that it is another
	Changed time.Time // when; zero where the latest version has it as it was
}

// TermNow is how the order has it now, where it was corrected since.
type TermNow string

// The ways, each with who corrected the order and on which day.
const (
	TermReworded TermNow = "The order was corrected by %s on %s: this number is worded otherwise now."
	TermGone     TermNow = "The order was corrected by %s on %s: it has no term of this number now."
)

// NamedTerm finds it: in the version of the order that was the latest when the term was
// named.
func (x *Index) NamedTerm(v RegisteredVersion) (t NamedTerm, ok bool) {
	n, err := strconv.Atoi(v.Fields["term"])
	id, bad := ParseID(v.Fields["order"])
	if v.Kind != Breach && v.Kind != Attendance || err != nil || bad != nil {
		return t, false
	}
	r, err := x.Registered(id)
	if err != nil {
		return t, false
	}
	at := 0
	for i, version := range r.Versions {
		if v.Named == 0 || version.Entry <= v.Named {
			at = i
		}
	}
	term, ok := r.Versions[at].term(n)
	if !ok {
		return t, false
	}
	t = NamedTerm{Term: term, Number: n}
	if now, there := r.Current().term(n); !there {
		t.Now = TermGone
	} else if now.reworded(term) {
		t.Now = TermReworded
	}
	if t.Now == "" {
		return t, true
	}
	for _, version := range r.Versions[at+1:] {
		if now, there := version.term(n); !there || now.reworded(term) {
			t.By, t.Changed = version.By, version.Recorded
			break
		}
	}
	return t, true
}

// reworded tells that a term says something else than it did: whoever tells its people and
// places apart, of which nothing was said, changes none of its words.
func (t Term) reworded(was Term) bool {
	was.People, was.Places = cmp.Or(was.People, t.People), cmp.Or(was.Places, t.Places)
	return t != was
}

// term is a term by its number, from 1.
func (d RegisterDraft) term(n int) (t Term, ok bool) {
	if n < 1 || n > len(d.Terms) {
		return t, false
	}
	return d.Terms[n-1], true
}

// String is the term with its number.
func (t NamedTerm) String() string { return fmt.Sprintf("%d. %s", t.Number, t.Term) }

// Since says how the order has it now; nothing where that is as it was.
func (t NamedTerm) Since(zone *time.Location) string {
	if t.Now == "" {
		return ""
	}
	return fmt.Sprintf(string(t.Now), t.By, t.Changed.In(zone).Format(time.DateOnly))
}
