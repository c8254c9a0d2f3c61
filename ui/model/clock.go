package model

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/importers"
	"daybook/timeline"
)

// ClockForm is what a person says of the clock of a camera or a telephone.
type ClockForm struct {
	Item   int64  // what was read from its files
	Thread string // the camera or conversation of that; may be empty
	All    bool   // everything of it is meant, not the one file
	Fast   bool   // the clock was ahead; else it was behind
	By     string // how far, as typed: 7 min, 1 h 30 min
	From   string // since when, as typed and as the wrong clock showed it; empty: always
	To     string // … and until when, that day or minute included
	Reason string // how the person knows it
}

// ClockLine is a statement that holds.
type ClockLine struct {
	Says, About, Reason string

	entry uint64
}

var (
	errByHow = errors.New("write how far the clock was wrong, like 7 min, 1 h 30 min or 2 days")
	span     = regexp.MustCompile(`^(\d{1,5}) ?(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)\b[ ,]*`)
)

// readSpan reads how long something is: 7 min, 1 h 30 min.
func readSpan(text string) (time.Duration, error) {
	rest := strings.ToLower(strings.Join(strings.Fields(text), " "))
	var sum time.Duration
	for rest != "" {
		m := span.FindStringSubmatch(rest)
		if m == nil {
			return 0, errByHow
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			return 0, errByHow
		}
		unit := map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour}[m[2][0]]
		sum += time.Duration(n) * unit
		rest = rest[len(m[0]):]
	}
	if sum == 0 {
		return 0, errByHow
	}
	return sum, nil
}

// clock reads what was typed of how far the clock was wrong and when.
func (f ClockForm) clock(zone *time.Location) (c timeline.Clock, err error) {
	if c.Slow, err = readSpan(f.By); err != nil {
		return c, err
	}
	if f.Fast {
		c.Slow = -c.Slow
	}
	if strings.TrimSpace(f.From) != "" {
		from, err := ParseDate(f.From, zone)
		if err != nil {
			return c, err
		}
		c.From = from.First
	}
	if strings.TrimSpace(f.To) != "" {
		to, err := ParseDate(f.To, zone)
		if err != nil {
			return c, err
		}
		c.To = to.Next
	}
	if !c.To.IsZero() && !c.From.Before(c.To) {
		return c, errors.New("the clock was wrong until before it began to be; look at the two days")
	}
	return c, nil
}

// Clocks gives what was said of clocks and holds.
func (d *Desk) Clocks(ctx context.Context) ([]ClockLine, error) {
	c, _, err := d.held()
	if err != nil {
		return nil, err
	}
	said, err := importers.Clocks(ctx, c)
	if err != nil {
		return nil, err
	}
	var out []ClockLine
	for _, s := range said {
		l := ClockLine{Says: capital(s.Words()) + ".", Reason: oneLine(s.Reason), entry: s.Entry}
		if it, err := c.Item(s.Items[0]); err == nil {
			l.About = oneLine(it.Name)
		}
		if n := len(s.Items) - 1; n > 0 {
			l.About += " and " + count(n, "more file")
		}
		for _, later := range s.Instead {
			l.About += fmt.Sprintf(" (where entry %d says otherwise of the same file, that holds)", later)
		}
		l.About += fmt.Sprintf(", said by %s on %s", oneLine(timeline.Shown(s.By)), s.At.In(c.Zone()).Format("2 January 2006"))
		out = append(out, l)
	}
	return out, nil
}

// SayClock writes down what a person says of a clock; what comes from the device
// is read again, placed by the corrected time, and says so.
func (d *Desk) SayClock(ctx context.Context, f ClockForm, progress evidence.Progress) error {
	c, _, err := d.held()
	if err != nil {
		return err
	}
	says, err := f.clock(c.Zone())
	if err != nil {
		return err
	}
	if strings.TrimSpace(f.Reason) == "" {
		return errors.New("say how you know it first: the reason stands in the record, and others may ask for it")
	}
	return d.clocking(ctx, progress, func(r importers.Run) (timeline.Reconciliation, error) {
		items := []int64{f.Item}
		if f.All && f.Thread != "" {
			if items, err = itemsOf(ctx, r.Index, f.Thread); err != nil {
				return timeline.Reconciliation{}, err
			}
		}
		_, rec, err := r.SayClock(ctx, says, strings.TrimSpace(f.Reason), items...)
		return rec, err
	})
}

// TakeClockBack takes a statement back; both stay in the record.
func (d *Desk) TakeClockBack(ctx context.Context, l ClockLine, reason string, progress evidence.Progress) error {
	return d.clocking(ctx, progress, func(r importers.Run) (timeline.Reconciliation, error) {
		return r.TakeClockBack(ctx, l.entry, strings.TrimSpace(reason))
	})
}

// itemsOf gives the items of a camera or a conversation.
func itemsOf(ctx context.Context, x *timeline.Index, thread string) ([]int64, error) {
	found, err := x.Find(ctx, timeline.Filter{Threads: []string{thread}})
	if err != nil {
		return nil, err
	}
	var items []int64
	for r, err := range found.All(ctx) {
		if err != nil {
			return nil, err
		}
		if n := r.Source.Item; n != 0 && !slices.Contains(items, n) {
			items = append(items, n)
		}
	}
	return items, nil
}

// clocking reads again what a statement is about.
func (d *Desk) clocking(ctx context.Context, progress evidence.Progress, do func(importers.Run) (timeline.Reconciliation, error)) (err error) {
	c, x, err := d.held()
	if err != nil {
		return err
	}
	set, stop, err := d.Readers(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	rec, err := do(importers.Run{Case: c, Index: x, Set: set, Limits: importers.DefaultLimits, Progress: progress})
	if err == nil && len(rec.Failed) > 0 {
		err = fmt.Errorf("%s: it could not be read again: %s", oneLine(rec.Failed[0].Path), oneLine(rec.Failed[0].Reason))
	}
	return err
}
