package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"daybook/report"
)

func statementCommand(t *terminal) *cobra.Command {
	var f filterFlags
	var out, initials string
	cmd := &cobra.Command{
		Use: "statement CASE", Short: "Write a draft from which an officer or a solicitor takes a statement", Args: cobra.ExactArgs(1),
		Long: `Writes a PDF with the incidents of those who wrote them down, one draft a person: in
their own words, in the order of their days, in numbered paragraphs with the labels of
the exhibits that they named, and with empty fields for all else. No sentence about what
happened is the program's. It names who did it, who saw it and to whom it was reported,
as the person wrote that down. What incident --protect names, private notes and other
people's addresses are not in it; words and passages that withhold keeps out of served
packs are not either. A mark stands in the place of what was protected: put that on a
separate sheet, which the other side does not get. Every page says that it is a draft.
Exhibits that have no label yet get theirs now, for ever.

  daybook-cli statement mycase.daybook --out statement.pdf --from 2025-06-01`,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if out == "" {
				return use(errors.New("--out: say where to write the draft: a new file"))
			}
			if initials != "" && !initialsForm.MatchString(initials) {
				return use(fmt.Errorf("--initials %q: want one to six letters, like MK", initials))
			}
			if err := outside(args[0], out); err != nil {
				return err
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			sel := report.Selection{Producer: initials, Version: version()}
			if sel.Filter, err = t.filter(&f, x); err != nil {
				return err
			}
			b, err := report.Plan(cmd.Context(), c, x, sel, report.General, report.Full)
			if err != nil {
				return err
			}
			if b.Statements() == 0 {
				return report.ErrNoStatement
			}
			pages := 0
			err = writeNew(out, func(w io.Writer) (err error) {
				pages, err = b.WriteStatements(cmd.Context(), w)
				return err
			})
			if err != nil {
				return blocked(out, err)
			}
			if t.json {
				return t.emit(map[string]any{"out": out, "statements": b.Statements(), "pages": pages})
			}
			fmt.Fprintf(t.out, "%s: %s on %s. Read it before you hand it over: an officer or a solicitor makes the statement from it.\n", out, count(b.Statements(), "draft"), count(pages, "page"))
			return nil
		},
	}
	f.on(cmd)
	cmd.Flags().StringVar(&out, "out", "", "the `FILE` to write, a PDF; it must be new")
	cmd.Flags().StringVar(&initials, "initials", "", "`LETTERS` of the person who produces the exhibits; else those of the case's actor")
	return cmd
}
