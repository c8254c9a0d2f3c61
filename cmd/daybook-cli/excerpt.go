package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"daybook/evidence/disk"
	"daybook/evidence/verify"
	"daybook/report"
)

func excerptCommand(t *terminal) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "excerpt BUNDLE EXHIBIT", Short: "Take one file out of a bundle, with what vouches for it",
		Long: `Writes a folder with one file of a bundle (by the exhibit's label, or its item's
number), the journal's entry of its adding, and the way from there to the signed
head of the journal, so that this file can be shown without the rest. It needs no
passphrase. EXCERPT.txt in the folder holds the commands that check it; daybook-verify
does too.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return use(errors.New("--out: say where to put it: a new or empty folder"))
			}
			return t.excerpt(cmd.Context(), args[0], args[1], out)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "a new or empty `FOLDER` for it")
	return cmd
}

func (t *terminal) excerpt(ctx context.Context, bundle, exhibit, out string) (err error) {
	top, close, err := verify.Open(bundle)
	if err != nil {
		return fmt.Errorf("%s: cannot be opened; name the folder of a bundle, or its zip: %w", bundle, errors.Unwrap(err))
	}
	defer func() { err = errors.Join(err, close()) }()
	p, err := report.WriteExcerpt(ctx, top, exhibit, disk.OS, out)
	if err != nil {
		return fmt.Errorf("%s: %w", bundle, err)
	}
	if t.json {
		return t.emit(map[string]any{"out": out, "exhibit": p.Label, "file": p.File, "entry": p.Entry})
	}
	fmt.Fprintf(t.out, "%s: %s as exhibit %s, with entry %d of the journal, which says that it was added.\n", out, visible(p.File), visible(p.Label), p.Entry)
	return nil
}
