package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/importers"
	"daybook/timeline"
)

func deviceCommand(t *terminal) *cobra.Command {
	var name, out, remove string
	cmd := &cobra.Command{
		Use: "device CASE", Short: "Make a device that can add and cannot read; list or remove those there are", Args: cobra.ExactArgs(1),
		Long: "With --name and --out, make the folder of an add-only device: files are added with it (add --device FOLDER PATH…)\n" +
			"without a passphrase, and nothing can be read back. The folder holds no secret of the case. Where it lies in the\n" +
			"case's own folder inbox, what it added is taken in whenever the case is opened; from elsewhere (a USB stick), copy\n" +
			"it there, or use take.",
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if remove != "" && name != "" {
				return use(errors.New("device: --remove goes alone"))
			}
			if (name == "") != (out == "") {
				return use(errors.New("device: --name and --out go together; without both, the devices are listed"))
			}
			c, _, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			switch {
			case remove != "":
				return c.RemoveDevice(cmd.Context(), remove)
			case name == "":
				return t.devices(cmd.Context(), c)
			}
			if err := c.Enrol(cmd.Context(), name, out); err != nil {
				return err
			}
			if t.json {
				return t.emit(map[string]any{"device": out, "name": name})
			}
			fmt.Fprintf(t.out, "Made %s\nAdd with it: daybook-cli add --device %s PATH…\n"+
				"It opens nothing. Whoever has it can add in the name of %q, and no more.\n", out, out, name)
			return nil
		},
	}
	cmd.Flags().StringVar(&remove, "remove", "", "the 16 digits of a device that is lost or in the wrong hands: take nothing more from it")
	cmd.Flags().StringVar(&name, "name", "", "what the journal calls the device")
	cmd.Flags().StringVar(&out, "out", "", "the device's folder; it must be new or empty")
	return cmd
}

func (t *terminal) devices(ctx context.Context, c *evidence.Case) error {
	list, err := c.Devices(ctx)
	if err != nil {
		return err
	}
	for _, d := range list {
		if t.json {
			err = t.emit(map[string]any{"device": d.ID, "name": d.Name, "enrolled": d.Enrolled.Format(time.RFC3339), "removed": !d.Removed.IsZero(), "taken": d.Taken})
		} else {
			_, err = fmt.Fprintf(t.out, "%s  %s  %6d files taken in  %s%s\n", d.ID, d.Enrolled.Format(time.DateOnly), d.Taken, visible(d.Name), removed(d))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func removed(d evidence.Device) string {
	if d.Removed.IsZero() {
		return ""
	}
	return "  (removed " + d.Removed.Format(time.DateOnly) + ")"
}

// addOn adds on an add-only device: it needs no key and opens no case.
func (t *terminal) addOn(ctx context.Context, dir, note string, paths []string) error {
	added := 0
	type failure struct {
		Path   string `json:"path"`
		Reason string `json:"reason"`
	}
	failed := []failure{}
	err := evidence.AddOn(ctx, dir, note, paths, func(path string, err error) {
		if err != nil {
			failed = append(failed, failure{path, err.Error()})
			return
		}
		added++
	})
	t.endProgress()
	if t.json {
		err = errors.Join(err, t.emit(map[string]any{"added": added, "failed": failed}))
	} else {
		if err == nil || added > 0 {
			t.say("%d files added; whoever opens the case can read them", added)
		}
		for _, f := range failed {
			t.say("  %s: %s", visible(f.Path), visible(f.Reason))
		}
	}
	switch {
	case err != nil:
		return err
	case len(failed) > 0 && added == 0:
		return fmt.Errorf("nothing was added: %d could not be read, each named above with the reason", len(failed))
	case len(failed) > 0:
		return exit{exitPartial, fmt.Errorf("done, but %d could not be read", len(failed))}
	}
	return nil
}

func takeCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use: "take CASE FOLDER…", Short: "Take in what add-only devices have added, from their folders", Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			rec, left, err := t.takeIn(cmd.Context(), c, x, args[1:]...)
			switch {
			case err == nil && t.json:
				err = t.emit(rec)
			case err == nil && rec.Items == 0 && !left:
				t.say("There was nothing to take in.")
			}
			if err == nil {
				err = c.Settle(cmd.Context(), t.progress)
			}
			t.endProgress()
			if err == nil && left {
				err = exit{exitPartial, errors.New("done, but what does not fit or was not taken in is named above")}
			}
			return err
		},
	}
}

// takeIn takes in what add-only devices have added: in the case's own inbox, or
// in the folders named. It tells whether something does not fit or was left.
func (t *terminal) takeIn(ctx context.Context, c *evidence.Case, x *timeline.Index, folders ...string) (rec timeline.Reconciliation, left bool, err error) {
	in, err := c.Inbox(ctx, folders...)
	if err != nil {
		return rec, false, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if len(in.Arrivals) == 0 {
		err = in.Clear(ctx)
	} else {
		rec, err = t.readArrivals(ctx, c, x, in)
	}
	t.endProgress()
	if err != nil {
		return rec, false, err
	}
	for _, s := range in.Said() {
		t.say("%s", visible(s))
	}
	if rec.Batch > 0 {
		t.say("Taken in from add-only devices:")
		t.reconciliation(rec, c)
	}
	return rec, len(in.Said())+len(rec.Failed) > 0, nil
}

func (t *terminal) readArrivals(ctx context.Context, c *evidence.Case, x *timeline.Index, in *evidence.Inbox) (rec timeline.Reconciliation, err error) {
	set, stop, err := readers(ctx)
	if err != nil {
		return rec, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	run := importers.Run{Case: c, Index: x, Set: set, Assume: importers.Assume{Zone: c.Zone()}, Limits: importers.DefaultLimits, Progress: t.progress}
	return run.TakeIn(ctx, in)
}
