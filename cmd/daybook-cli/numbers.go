package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daybook/assets/help"
	"daybook/assets/papers"
)

const aboutNumbers = `Print the telephone numbers of help, the most urgent first, each with the day on which
it was looked up. No case and no passphrase is needed.

  daybook-cli numbers
  daybook-cli numbers --language cy   in Welsh

A card of them to cut out, without this program's name: paper CASE help-card --out card.pdf.`

func numbersCommand(t *terminal) *cobra.Command {
	var language string
	cmd := &cobra.Command{
		Use: "numbers", Short: "Print the telephone numbers of help", Args: cobra.NoArgs, Long: aboutNumbers,
		RunE: func(*cobra.Command, []string) error {
			words, err := papers.In(strings.ToLower(language))
			if err != nil {
				return use(fmt.Errorf("--language: %w", err))
			}
			return t.numbers(time.Now(), words)
		},
	}
	cmd.Flags().StringVar(&language, "language", papers.English, "`LANGUAGE`, en or cy")
	return cmd
}

// numbers prints the numbers of help as they stand in the data, and says so where
// one was looked up more than six months ago.
func (t *terminal) numbers(now time.Time, in papers.Translation) error {
	countries, err := help.Countries()
	if err != nil {
		return err
	}
	old := 0
	for _, c := range countries {
		if !t.json {
			fmt.Fprintf(t.out, "%s\n", in.Say(c.Name))
		}
		for _, l := range c.Lines {
			if l.Old(now) {
				old++
			}
			if t.json {
				if err := t.emit(map[string]any{"country": c.ID, "name": l.Name, "number": l.Number, "about": l.About, "source": l.Source, "verified_on": l.VerifiedOn, "old": l.Old(now)}); err != nil {
					return err
				}
				continue
			}
			fmt.Fprintf(t.out, "  %-16s %s. %s (%s)\n", in.Say(l.Number), in.Say(l.Name), in.Say(l.About), in.Say("looked up on "+l.VerifiedOn))
		}
	}
	if old > 0 {
		t.say("%s", in.Say(fmt.Sprintf("Numbers looked up more than six months ago: %d. Ask whether they still hold.", old)))
	}
	return nil
}

// sayReporting says, once in a case, that two incidents may be a pattern.
func (t *terminal) sayReporting() error {
	text, err := help.Reporting()
	if err != nil {
		return err
	}
	countries, err := help.Countries()
	if err != nil {
		return err
	}
	t.say("%s", text.Title)
	for _, l := range text.Lines {
		t.say("  %s", l)
	}
	for _, l := range countries[0].Lines[:urgent] {
		t.say("  %s: %s", l.Name, l.Number)
	}
	return nil
}

// urgent is how many numbers are named beside a text: 999, without speaking, 101 and
// the helpline for people who are stalked.
const urgent = 4
