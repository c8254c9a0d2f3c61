package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"daybook/assets/sample"
	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/evidence/verify"
	"daybook/importers"
	"daybook/report"
	"daybook/timeline"
	"daybook/ui/model"
)

// demoPassphrase opens the sample case, here and in the window.
const demoPassphrase = model.SamplePassphrase

func demoCommand(t *terminal) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "demo", Short: "Make the sample case, fill it, write its bundle and check it", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return use(errors.New("--out: say where to put the sample case, like daybook-cli demo --out sample"))
			}
			kept, err := clearDemo(out)
			if err != nil {
				return err
			}
			for _, name := range kept {
				t.say("What was here is not as demo left it, and is kept as %s.", name)
			}
			d := &demo{t: t, dir: out}
			return d.run(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "a `FOLDER` for it; an earlier sample case there is replaced, and kept under another name where anything was added to it")
	return cmd
}

// demo is the whole road on the sample case.
type demo struct {
	t   *terminal
	dir string
	c   *evidence.Case
	x   *timeline.Index
}

func (d *demo) run(ctx context.Context) (err error) {
	exports, folder, bundle := filepath.Join(d.dir, demoExport), filepath.Join(d.dir, demoCase), filepath.Join(d.dir, demoBundle)
	truth, err := sample.Write(exports)
	if err != nil {
		return err
	}
	if err := noteDemo(d.dir, false); err != nil {
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
	defer func() {
		if err = errors.Join(err, d.c.Close()); err == nil {
			err = noteDemo(d.dir, true)
		}
	}()
	if d.x, err = timeline.Open(ctx, d.c); err != nil {
		return err
	}
	rec, err := d.add(ctx, exports)
	if err != nil {
		return err
	}
	if err := model.WriteSample(ctx, d.c, d.x, truth); err != nil {
		return err
	}
	b, err := d.t.writeBundle(ctx, d.c, d.x, bundle, report.Selection{Producer: "MK", Freeze: true}, report.General, report.Full, nil)
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
	print, err := keys.Fingerprint(d.c.SignerPublic())
	if err != nil {
		return err
	}
	fmt.Fprintf(d.t.out, "\nThe sample case:  %s  (passphrase: %s)\nIts bundle:       %s, %s and %s, verified\n"+
		"To read:          %s\n                  %s\nTo check it yourself, as a stranger would: %s\n%s\n",
		folder, demoPassphrase, bundle, count(b.Rows, "row"), count(len(b.Exhibits), "exhibit"), filepath.Join(bundle, "data", "bundle.pdf"), filepath.Join(bundle, "data", "timeline.html"), filepath.Join(bundle, "VERIFY.txt"), state{b.Log.Phrase, print})
	return nil
}

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
