package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/importers"
	"daybook/timeline"
)

const aboutClock = `Say that the clock of a camera or a telephone was wrong, and by how much, when you know it: because
you compared it, or because something else shows it. What comes from it is placed by the corrected time; what the
clock showed stays beside it, and every event says that it was corrected, by whom, and in which entry.

  clock CASE --camera "Ring FrontDoor" --slow 7m --reason "compared with the telephone on 3 May"
  clock CASE --item 12,13 --fast 1h --from 2025-03-30 --to 2025-04-20 --reason "summer time was not set"
  clock CASE --undo 312 --reason "it was another camera"

--from and --to are times as the wrong clock showed them. Of several statements about one item the last holds, and you
are told which it stands in place of; --undo takes one back by its entry, and what was said before holds again. A file
that was added under two names is one: what is said of the one item holds for both. Without --slow, --fast and --undo the statements
that were not taken back are listed. What is added later from the same camera needs a statement of its own.`

// clockFlags are what a person says of a device's clock.
type clockFlags struct {
	items                    []int64
	camera, from, to, reason string
	slow, fast               time.Duration
	undo                     uint64
}

func (f clockFlags) says() bool { return f.slow != 0 || f.fast != 0 }

func (f clockFlags) check() error {
	switch {
	case f.slow < 0 || f.fast < 0 || f.slow != 0 && f.fast != 0:
		return errors.New("clock: give one of --slow and --fast, as 7m or 1h30m")
	case f.undo != 0 && (f.says() || len(f.items) > 0 || f.camera != ""):
		return errors.New("--undo: takes a statement back and makes none; say the new one in a command of its own")
	case (f.says() || f.undo != 0) && f.reason == "":
		return errors.New("clock: say how you know it with --reason")
	case f.says() && len(f.items) == 0 && f.camera == "":
		return errors.New("clock: say whose clock it is, with --camera or --item")
	case !f.says() && f.undo == 0 && (f.from+f.to+f.reason+f.camera != "" || len(f.items) > 0):
		return errors.New("clock: say how far it was wrong, with --slow or --fast")
	}
	return nil
}

func clockCommand(t *terminal) *cobra.Command {
	var f clockFlags
	cmd := &cobra.Command{
		Use: "clock CASE", Short: "Say that the clock of a camera or telephone was wrong; take it back", Long: aboutClock, Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if err := f.check(); err != nil {
				return use(err)
			}
			ctx := cmd.Context()
			c, x, err := t.open(ctx, args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			if !f.says() && f.undo == 0 {
				return t.clocks(ctx, c)
			}
			return t.setClock(ctx, c, x, f, args[0])
		},
	}
	fl := cmd.Flags()
	fl.Int64SliceVar(&f.items, "item", nil, "the `ITEMS` that come from the device, by number")
	fl.StringVar(&f.camera, "camera", "", "the `NAME` of the camera, or of the conversation, as timeline prints it")
	fl.DurationVar(&f.slow, "slow", 0, "how far its clock was behind: `7m`, 1h30m")
	fl.DurationVar(&f.fast, "fast", 0, "how far its clock was ahead: `7m`, 1h30m")
	fl.StringVar(&f.from, "from", "", "from this `TIME` on, as the wrong clock showed it")
	fl.StringVar(&f.to, "to", "", "before this `TIME`, as the wrong clock showed it; a day is meant with its end")
	fl.StringVar(&f.reason, "reason", "", "`HOW` you know it; it may have to be disclosed")
	fl.Uint64Var(&f.undo, "undo", 0, "take back the statement of this `ENTRY`")
	return cmd
}

// clock reads the flags.
func (f clockFlags) clock(zone *time.Location) (c timeline.Clock, err error) {
	c.Slow = f.slow - f.fast
	from, err := typedMoment(f.from, zone)
	if err != nil {
		return c, fmt.Errorf("--from: %w", err)
	}
	to, err := typedMoment(f.to, zone)
	if err != nil {
		return c, fmt.Errorf("--to: %w", err)
	}
	c.From, c.To = from.first, to.last
	if to.day {
		c.To = c.To.AddDate(0, 0, 1)
	}
	return c, nil
}

// of finds the items that a statement is about.
func (f clockFlags) of(ctx context.Context, x *timeline.Index) ([]int64, error) {
	items := slices.Clone(f.items)
	if f.camera == "" {
		return items, nil
	}
	found, err := x.Find(ctx, timeline.Filter{Threads: []string{f.camera}})
	if err != nil {
		return nil, err
	}
	const page = 1000
	for at := 0; at < found.Len(); at += page {
		rows, err := found.Rows(at, min(page, found.Len()-at))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r.Source.Item != 0 && !slices.Contains(items, r.Source.Item) {
				items = append(items, r.Source.Item)
			}
		}
	}
	if len(items) == 0 {
		return nil, fmt.Errorf("--camera %q: nothing in this case comes from a camera or a conversation of this name; timeline prints the names", f.camera)
	}
	return items, nil
}

func (t *terminal) setClock(ctx context.Context, c *evidence.Case, x *timeline.Index, f clockFlags, dir string) (err error) {
	set, stop, err := readers(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	run := importers.Run{Case: c, Index: x, Set: set, Limits: importers.DefaultLimits, Progress: t.progress}
	entry, rec := f.undo, timeline.Reconciliation{}
	if f.undo != 0 {
		rec, err = run.TakeClockBack(ctx, f.undo, f.reason)
	} else {
		says, bad := f.clock(c.Zone())
		if bad != nil {
			return use(bad)
		}
		items, bad := f.of(ctx, x)
		if bad != nil {
			return use(bad)
		}
		entry, rec, err = run.SayClock(ctx, says, f.reason, items...)
	}
	t.endProgress()
	if err != nil {
		return err
	}
	before, twins, err := instead(ctx, c, entry, f.items)
	if err != nil {
		return err
	}
	if t.json {
		return t.emit(map[string]any{"entry": entry, "items": rec.Items, "failed": len(rec.Failed), "instead_of": entryNumbers(before)})
	}
	for _, bad := range rec.Failed {
		t.say("  %s: %s", visible(bad.Path), visible(bad.Reason))
	}
	if f.undo != 0 {
		fmt.Fprintf(t.out, "Taken back: the statement of entry %d; %s read again. The record keeps both.\n", entry, count(rec.Items, "item"))
		return nil
	}
	for _, n := range twins {
		fmt.Fprintf(t.out, "Item %d is the same file under another name: it is meant too.\n", n)
	}
	for _, s := range before {
		fmt.Fprintf(t.out, "It holds in place of what %s said in entry %d: %s. The record keeps both.\n", visible(s.By), s.Entry, s.Words())
	}
	fmt.Fprintf(t.out, "Said in entry %d; %s read again.\nTo take it back: daybook-cli clock %s --undo %d --reason WHY\n", entry, count(rec.Items, "item"), forShell(dir), entry)
	return nil
}

// instead gives the statements in whose place that of an entry holds, and the
// items that it is about beside those that were named.
func instead(ctx context.Context, c *evidence.Case, entry uint64, named []int64) (before []importers.ClockSaid, twins []int64, err error) {
	said, err := importers.Clocks(ctx, c)
	for _, s := range said {
		if slices.Contains(s.Instead, entry) {
			before = append(before, s)
		}
		if s.Entry == entry && len(named) > 0 {
			twins = slices.DeleteFunc(slices.Clone(s.Items), func(n int64) bool { return slices.Contains(named, n) })
		}
	}
	return before, twins, err
}

func entryNumbers(said []importers.ClockSaid) []uint64 {
	list := make([]uint64, len(said))
	for i, s := range said {
		list[i] = s.Entry
	}
	return list
}

// clocks lists the statements that were not taken back.
func (t *terminal) clocks(ctx context.Context, c *evidence.Case) error {
	said, err := importers.Clocks(ctx, c)
	if err != nil {
		return err
	}
	for _, s := range said {
		if t.json {
			if err := t.emit(map[string]any{"entry": s.Entry, "by": s.By, "at": s.At.Format(time.RFC3339), "slow_seconds": s.Slow.Seconds(), "items": s.Items, "reason": s.Reason, "says": s.Words(), "instead": s.Instead}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(t.out, "entry %d, %s: %s (%s): %s\n", s.Entry, s.By, s.Words(), count(len(s.Items), "item"), visible(s.Reason))
		for _, later := range s.Instead {
			fmt.Fprintf(t.out, "  entry %d holds in its place where both are about one item\n", later)
		}
	}
	return nil
}
