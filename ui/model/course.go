package model

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// CoursePage is the course of conduct as a page reads it.
type CoursePage struct {
	Said  []string // how much, a sentence or a few each
	Codes []Fact   // each behaviour, and how often
	Doers []Fact   // how much each is said to have done, where several are named
	Steps []CourseStep
}

// CourseStep is one event of the course.
type CourseStep struct {
	ID    timeline.ID
	Title string // "3. Saturday 11 October 2025"
	casework.Doer
	Text     string
	Codes    []string
	Effect   []string
	Occasion int    // from 1; 0: it has no time
	Hand     string // what a person said of where its occasion begins
}

// Course gives the course of conduct.
func (d *Desk) Course(ctx context.Context) (CoursePage, error) {
	held, x, err := d.held()
	if err != nil {
		return CoursePage{}, err
	}
	codes, err := codeTitles(ctx, held)
	if err != nil {
		return CoursePage{}, err
	}
	c, err := casework.CourseOf(ctx, x, timeline.Filter{})
	if err != nil {
		return CoursePage{}, err
	}
	p := CoursePage{Doers: doers(c.DoneBy), Said: []string{fmt.Sprintf("%s with %s; %s without a code, %s whose day is not known.", count(c.Events, "event"), count(c.Marks, "code"),
		count(c.Uncoded, "event"), count(c.Undated, "event")), Capital(occasions(c.Counted)) + "."}}
	if c.First != "" {
		p.Said = append(p.Said, fmt.Sprintf("From %s to %s.", readableDay(c.First), readableDay(c.Last)))
	}
	if beside := strings.TrimSpace(oneName(c.DoneBy) + " " + unmarked(c.Unmarked, c.Loose)); beside != "" {
		p.Said = append(p.Said, beside)
	}
	for _, k := range c.Codes {
		p.Codes = append(p.Codes, Fact{titledCode(k.Code, codes), fmt.Sprintf("%s, %s", count(k.Events, "event"), occasions(k.Counted))})
	}
	for _, s := range c.Rows {
		var named []string
		for _, code := range s.Codes {
			named = append(named, titledCode(code, codes))
		}
		p.Steps = append(p.Steps, CourseStep{s.Event, fmt.Sprintf("%d. %s", s.Number, Capital(happened(s.When, x.Zone()))), s.Doer, s.Text, named, s.Effect, s.Occasion, s.Hand})
	}
	return p, nil
}

// occasions are both counts, always together, and what they hang on.
func occasions(c casework.Counted) string {
	s := fmt.Sprintf("%s, %d by the rule alone", count(c.Occasions, "occasion"), c.ByRule)
	if beside := c.Beside(); len(beside) > 0 {
		s += " (" + strings.Join(beside, "; ") + ")"
	}
	return s
}

// Before is the occasion to which an event would be joined.
type Before struct {
	Ends    string // when the last of it was
	Channel string
	N       int // how many events it has
}

// OccasionBefore gives the occasion before an event on its channel.
func (d *Desk) OccasionBefore(ctx context.Context, event timeline.ID) (Before, error) {
	_, x, err := d.held()
	if err != nil {
		return Before{}, err
	}
	o, ok, err := x.OccasionBefore(ctx, event)
	switch {
	case err != nil:
		return Before{}, err
	case !ok:
		return Before{}, timeline.ErrFirst
	}
	last, err := x.Event(o.Events[o.N-1])
	return Before{Capital(happened(last.When, x.Zone())), o.Channel.String(), o.N}, err
}

// Cut says that a new occasion begins with an event, or that the event belongs to
// the one before it. The journal keeps why.
func (d *Desk) Cut(ctx context.Context, event timeline.ID, split bool, reason string) error {
	_, x, err := d.writable()
	if err == nil && strings.TrimSpace(reason) == "" {
		err = errors.New("say why; the record keeps it")
	}
	switch {
	case err != nil:
		return err
	case split:
		return x.SplitOccasion(ctx, event, strings.TrimSpace(reason))
	}
	_, err = x.JoinOccasion(ctx, event, strings.TrimSpace(reason))
	return err
}
