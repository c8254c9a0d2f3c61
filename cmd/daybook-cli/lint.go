package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daybook/assets/profiles"
	"daybook/report/lint"
)

const aboutLint = `Hold a finished PDF, made by Daybook or by anybody, against the rules of a court.

Each rule is told in plain words with what was found, on which pages, what to do next and
where the rule was read. Advice is what no court asks and what helps a reader; it leaves
the exit code 0. Profiles are listed by the command profiles. The file is only read.

Exit codes: 0 no fault; 1 the file could not be read; 2 wrong use; 3 faults were found.

  daybook-cli lint bundle.pdf --profile EW-general-2021`

func lintCommand(t *terminal) *cobra.Command {
	var name, first string
	var volume bool
	cmd := &cobra.Command{
		Use: "lint FILE.pdf", Short: "Hold a finished PDF against the rules of a court", Args: cobra.ExactArgs(1), Long: aboutLint,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			p, err := profiles.Named(name)
			if err != nil {
				return use(fmt.Errorf("--%w", err))
			}
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, f.Close()) }()
			st, err := f.Stat()
			if err != nil {
				return err
			}
			if !st.Mode().IsRegular() {
				return use(fmt.Errorf("%s: this is no file", args[0]))
			}
			held := lint.File{Name: filepath.Base(args[0]), Data: f, Size: st.Size(), First: strings.ToUpper(first), Volume: volume}
			v, err := lint.Hold(cmd.Context(), held, p, time.Now())
			if err != nil {
				return err
			}
			return t.verdictOf(args[0], held, v)
		},
	}
	cmd.Flags().BoolVar(&volume, "volume", false, "it is one of several volumes beside each other: links may lead into those, and the first has the index")
	cmd.Flags().StringVar(&first, "first", "", "the `NUMBER` of the first page of a supplement or a volume: 345, 344A, L1")
	cmd.Flags().StringVar(&name, "profile", "EW-general-2021", "the court's rules, by `NAME`, as profiles lists them")
	return cmd
}

// verdictOf prints what was found in a PDF and turns faults into exit code 3.
func (t *terminal) verdictOf(file string, held lint.File, v lint.Verdict) error {
	if t.json {
		if err := t.emit(v); err != nil {
			return err
		}
	} else {
		t.printVerdict(file, held, v)
	}
	switch n := v.Faults(); n {
	case 0:
		return nil
	case 1:
		return exit{exitPartial, fmt.Errorf("%s: one fault against %s", file, v.Profile)}
	default:
		return exit{exitPartial, fmt.Errorf("%s: %d faults against %s", file, n, v.Profile)}
	}
}

// printVerdict prints what was found. That the file may be a part of something comes
// first: most of what was found is then no fault.
func (t *terminal) printVerdict(file string, held lint.File, v lint.Verdict) {
	fmt.Fprintf(t.out, "%s: %s, held against %d rules of %s (%s).\n", visible(file), pageWords(v.Pages), len(v.Held), v.Profile, v.Title)
	for _, w := range v.Warnings {
		fmt.Fprintln(t.out, "  "+w)
	}
	if as := asPart(held, v); as != "" && v.Faults() > 0 {
		fmt.Fprintf(t.out, "\nIf it is a supplement or a volume, hold it as one: lint %s --profile %s%s\n", visible(file), v.Profile, as)
	}
	for _, f := range v.Findings {
		kind := "Fault"
		if f.Advice {
			kind = "Advice"
		}
		fmt.Fprintf(t.out, "\n%s (%s): %s\n", kind, f.Rule, f.Words)
		where := ""
		if len(f.Pages) > 0 {
			where = lint.Spans(f.Pages) + ": "
		}
		fmt.Fprintf(t.out, "  Found: %s%s\n  Next: %s\n  Source: %s\n", where, visible(f.Found), f.Next, f.Source)
	}
	if v.Faults() == 0 {
		fmt.Fprintln(t.out, "No fault was found.")
	}
}

// asPart are the flags with which a PDF is held as a supplement or a volume, those that
// were given among them, where it looks like one and was not held so.
func asPart(held lint.File, v lint.Verdict) (flags string) {
	if !v.Beside && v.Begins == "" {
		return ""
	}
	if v.Beside || held.Volume {
		flags += " --volume"
	}
	if first := cmp.Or(v.Begins, held.First); first != "" {
		flags += " --first " + first
	}
	return flags
}

func pageWords(n int) string {
	if n == 1 {
		return "1 page"
	}
	return fmt.Sprintf("%d pages", n)
}

func profilesCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use: "profiles", Short: "List the rules of courts that bundles are made after", Args: cobra.NoArgs,
		Long: "List the rules of courts that bundles are made after, with the day on which they were looked up. With --json\n" +
			"each profile is one line with all its rules and their sources.",
		RunE: func(*cobra.Command, []string) error {
			all, err := profiles.All()
			if err != nil {
				return err
			}
			return each(t, all, func(p profiles.Profile) {
				fmt.Fprintf(t.out, "%s\n  %s. %s\n  %d rules, looked up on %s%s.\n", p.ID, p.Title, p.About, len(p.Rules), p.CheckedOn(), since(p))
				if w := p.Warnings(time.Now()); len(w) > 0 {
					fmt.Fprintln(t.out, "  "+strings.Join(w, "\n  "))
				}
			})
		},
	}
}

// since says from when the rules of a profile are in force.
func since(p profiles.Profile) string {
	if p.From == "" {
		return ""
	}
	return ", in force from " + p.From
}
