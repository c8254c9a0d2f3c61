package timeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	actionAttribute   = "person attribution"
	actionUnattribute = "person attribution undone"
)

// Attribution says that whoever uses a number or account that nobody is known to
// use may be a person, how strong that is, and what speaks for it and against it.
// It is no fact: it joins nothing, and both persons are counted apart.
type Attribution struct {
	Entry        uint64 // of the journal
	Person       int64  // whose handles are to be attributed
	Into         int64  // who may use them
	Strength     Strength
	For, Against []string
	By           string
	At           time.Time
}

type attributionEntry struct {
	Into        int64    `json:"into,omitempty"`
	Strength    Strength `json:"strength,omitempty"`
	For         []string `json:"for,omitempty"`
	Against     []string `json:"against,omitempty"`
	Attribution uint64   `json:"attribution,omitempty"` // of one that is taken back
	Reason      string   `json:"reason,omitempty"`
}

// attribute works in what was said of who may be whom, or that it is taken back.
func (p *people) attribute(e entry) error {
	var s personSubject
	var d attributionEntry
	if err := errors.Join(json.Unmarshal(e.Subject, &s), json.Unmarshal(e.Detail, &d)); err != nil {
		return err
	}
	if e.Action == actionUnattribute {
		p.may = slices.DeleteFunc(slices.Clone(p.may), func(a Attribution) bool { return a.Entry == d.Attribution })
		return nil
	}
	p.may = append(slices.Clip(p.may), Attribution{e.Seq, s.Person, d.Into, d.Strength, d.For, d.Against, e.Actor, e.Time})
	return nil
}

// attributed states beside both persons what was said of who may be whom.
func (p *people) attributed(v *view, people []Person) {
	for _, a := range p.may {
		var both []int
		for i := range people {
			if n := people[i].Number; n == p.now(v, a.Person) || n == p.now(v, a.Into) {
				both = append(both, i)
			}
		}
		state(people, both, Perhaps{Strength: a.Strength, Reason: a.Why(), For: a.For, Against: a.Against, By: a.By, At: a.At, Entry: a.Entry})
	}
}

// joined are the reasons on both sides that were said of a handle, or of whom it may
// be, before the two were joined, whichever of them with the other: a join takes none
// out of sight.
func (p *people) joined(v *view, n uint32) (out string) {
	own, rules, of := v.own[n-1], v.identities().person[n], p.personOf(v, n)
	for _, a := range p.may {
		is := a.Person == own || a.Into == own || rules != 0 && (a.Person == rules || a.Into == rules)
		if is && of == p.now(v, a.Person) && of == p.now(v, a.Into) {
			out += fmt.Sprintf("; it was said to be %s; %s", a.Strength, a.Why())
		}
	}
	return out
}

// Why are the reasons on both sides, and whose word it is.
func (a Attribution) Why() string {
	against := "nothing said"
	if len(a.Against) > 0 {
		against = strings.Join(a.Against, "; ")
	}
	return fmt.Sprintf("reasons for: %s; against: %s; said by %s", strings.Join(a.For, "; "), against, a.By)
}

// Attributions gives what was said of who may be whom and not taken back, with the
// numbers that the persons have now.
func (x *Index) Attributions() []Attribution {
	x.mu.RLock()
	defer x.mu.RUnlock()
	list := slices.Clone(x.people.may)
	for i := range list {
		list[i].Person, list[i].Into = x.people.now(x.view, list[i].Person), x.people.now(x.view, list[i].Into)
	}
	return list
}

// Attribute says that one person may be another, with the reasons for it and
// against it. Who is certainly one is joined instead (Merge).
func (x *Index) Attribute(ctx context.Context, person, into int64, s Strength, reasons, against []string) error {
	if !slices.Contains([]Strength{Likely, Possible, Unknown}, s) {
		return fmt.Errorf("attribution: strength %q is none of likely, possible, unknown; what is certain is joined", s)
	}
	empty := func(s string) bool { return strings.TrimSpace(s) == "" }
	if len(reasons) == 0 || slices.ContainsFunc(slices.Concat(reasons, against), empty) {
		return errors.New("attribution: it needs a reason for it, and no reason is empty")
	}
	x.mu.RLock()
	person, into = x.people.resolve(x.view, person), x.people.resolve(x.view, into)
	x.mu.RUnlock()
	if person == into {
		return errors.New("attribution: a person is not attributed to themself")
	}
	for _, n := range []int64{person, into} {
		if !x.hasPerson(n) {
			return noPerson(n)
		}
	}
	return x.say(ctx, draft{actionAttribute, personSubject{person}, attributionEntry{Into: into, Strength: s, For: reasons, Against: against}})
}

// Unattribute takes an attribution back, by its entry. It stays in the journal.
func (x *Index) Unattribute(ctx context.Context, number uint64, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return errors.New("attribution: say why it is taken back")
	}
	all := x.Attributions()
	i := slices.IndexFunc(all, func(a Attribution) bool { return a.Entry == number })
	if i < 0 {
		return fmt.Errorf("entry %d: it is no attribution that holds", number)
	}
	return x.say(ctx, draft{actionUnattribute, personSubject{all[i].Person}, attributionEntry{Attribution: number, Reason: reason}})
}
