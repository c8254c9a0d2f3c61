package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"daybook/assets/sample"
	"daybook/evidence"
	"daybook/evidence/disk"
	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/report"
	"daybook/report/verify"
	"daybook/timeline"
	"daybook/ui/model"
)

// demoPassphrase opens the sample case, here and in the window.
const demoPassphrase = model.SamplePassphrase

const demoNote = "ABOUT THIS FOLDER.txt"

func demoCommand(t *terminal) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "demo", Short: "Make the sample case, fill it, write its bundle and check it", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return use(errors.New("--out: say where to put the sample case"))
			}
			if err := clearDemo(out); err != nil {
				return err
			}
			d := &demo{t: t, dir: out}
			return d.run(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "a `FOLDER` for it; an earlier sample case there is replaced")
	return cmd
}

// clearDemo takes an earlier demo away, and nothing else.
func clearDemo(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, demoNote)); err != nil {
		return fmt.Errorf("%s: is there already and is no sample case; name another folder", dir)
	}
	for _, name := range []string{"exports", "sample.daybook", "bundle", demoNote} {
		if err := disk.OS.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// demo is the whole road on the sample case.
type demo struct {
	t   *terminal
	dir string
	c   *evidence.Case
	x   *timeline.Index
}

func (d *demo) run(ctx context.Context) (err error) {
	exports, folder, bundle := filepath.Join(d.dir, "exports"), filepath.Join(d.dir, "sample.daybook"), filepath.Join(d.dir, "bundle")
	truth, err := sample.Write(exports)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(d.dir, demoNote), []byte(fmt.Sprintf(demoText, demoPassphrase)), 0o600); err != nil {
		return err
	}
	words, err := keys.NewWords()
	if err != nil {
		return err
	}
	d.c, err = evidence.Create(folder, evidence.CreateOptions{Title: sample.Title, Zone: sample.Zone, Actor: sample.Owner,
		Passphrase: demoPassphrase, Weak: true, KDF: keys.LeastCost(), Words: words, Version: version()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.c.Close()) }()
	if d.x, err = timeline.Open(ctx, d.c); err != nil {
		return err
	}
	rec, err := d.add(ctx, exports)
	if err != nil {
		return err
	}
	if err := model.WriteSample(ctx, d.x, truth); err != nil {
		return err
	}
	b, err := d.t.writeBundle(ctx, d.c, d.x, bundle, report.Selection{Producer: "MK"}, report.Full)
	if err != nil {
		return err
	}
	v, err := verify.Path(ctx, bundle, verify.Options{})
	if err != nil {
		return err
	}
	if !v.OK() {
		return exit{exitDamage, errors.Join(v.Write(d.t.messages), errors.New("the bundle does not check out"))}
	}
	if d.t.json {
		return d.t.emit(map[string]any{"case": folder, "bundle": bundle, "added": rec, "rows": b.Rows, "exhibits": len(b.Exhibits), "verified": v.OK()})
	}
	d.t.reconciliation(rec, d.c)
	now, err := stateOf(d.c)
	if err != nil {
		return err
	}
	fmt.Fprintf(d.t.out, "\nThe sample case:  %s  (passphrase: %s)\nIts bundle:       %s, %d rows and %d exhibits, verified\n"+
		"To read:          %s\n                  %s\nTo check it yourself, as a stranger would: %s\n%s\n",
		folder, demoPassphrase, bundle, b.Rows, len(b.Exhibits), filepath.Join(bundle, "data", "bundle.pdf"), filepath.Join(bundle, "data", "timeline.html"), filepath.Join(bundle, "VERIFY.txt"), now)
	return nil
}

const demoText = `This folder holds Daybook's sample case. Everybody in it is invented.

The next demo makes these three anew, and leaves anything else in this folder:

exports/         what six months look like as phones export them
sample.daybook/  the case, encrypted; its passphrase is: %s
bundle/          what would be handed over; VERIFY.txt in it says how to check it
`

func (d *demo) add(ctx context.Context, exports string) (rec timeline.Reconciliation, err error) {
	set, stop, err := readers(ctx)
	if err != nil {
		return rec, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	run := importers.Run{Case: d.c, Index: d.x, Set: set, Limits: importers.DefaultLimits, Progress: d.t.progress,
		Assume: importers.Assume{Zone: d.c.Zone(), Owner: sample.Owner}}
	rec, err = run.Add(ctx, "Exported from Maya's own phone and mail account.", exports)
	d.t.endProgress()
	return rec, err
}
