package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/timeline"
)

func checkCommand(t *terminal) *cobra.Command {
	var rebuild bool
	var phrase string
	cmd := &cobra.Command{
		Use: "check CASE", Short: "Verify everything in a case; heal what has a second copy", Args: cobra.ExactArgs(1),
		Long: "Verify everything in a case, and heal what has a second copy. What was damaged and healed is named, and the\n" +
			"exit code is 0; it is 4 when there is damage that could not be healed, or when --phrase is not in the record.",
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			ctx := cmd.Context()
			if phrase, err = noted(phrase); err != nil {
				return use(err)
			}
			c, _, err := t.load(ctx, args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			r := checked{Healed: c.Recovered()}
			if err := r.compare(ctx, c, phrase); err != nil {
				return err
			}
			if r.Findings, err = c.Check(ctx, evidence.CheckOptions{Rebuild: rebuild}, t.progress); err != nil {
				t.endProgress()
				return errors.Join(err, t.tell(r))
			}
			x, err := timeline.Open(ctx, c)
			if err != nil {
				return err
			}
			if r.index, err = x.Verify(ctx); err != nil {
				return err
			}
			rec, err := t.readLost(ctx, c, x)
			t.endProgress()
			if err != nil {
				return err
			}
			r.ReadAgain, r.lost = rec.Items, x.NeedsReading()
			if r.Differ, err = differing(ctx, x); err != nil {
				return err
			}
			return t.verdict(r)
		},
	}
	cmd.Flags().BoolVar(&rebuild, "rebuild", false, "make the working store again from originals and journal")
	cmd.Flags().StringVar(&phrase, "phrase", "", "the words noted earlier, or the 64 digits of the head: tell whether the record contains that state")
	return cmd
}

// checked is what a check has found.
type checked struct {
	Healed    []string          `json:"healed"` // by opening the case, in sentences
	Findings  evidence.Findings `json:"findings"`
	ReadAgain int               `json:"read_again"`
	Damaged   int               `json:"damaged"`
	Differ    int               `json:"differ"`          // messages that another export of the same chat contradicts
	Noted     *notedState       `json:"noted,omitempty"` // the state of the phrase

	index map[int64]error        // of the timeline, by item: made again
	lost  []timeline.ReadingInfo // cannot be made again
}

// differing counts the messages in whose place another export of the same chat
// has something else.
func differing(ctx context.Context, x *timeline.Index) (int, error) {
	found, err := x.Find(ctx, timeline.Filter{FlagsAny: []timeline.Flag{timeline.ExportsDiffer}})
	if err != nil {
		return 0, err
	}
	return found.Len(), nil
}

// differ says at how many messages exports of one chat differ.
func differ(n int) string {
	return fmt.Sprintf("Exports of one chat differ at %s: timeline --differ lists them, each with its place in both.", count(n, "message"))
}

// notedState is where in the journal a phrase was found.
type notedState struct {
	Found bool   `json:"found"`
	Entry uint64 `json:"entry"`
	Last  uint64 `json:"last"` // entry of the journal
}

// compare looks for the state that a phrase is of.
func (r *checked) compare(ctx context.Context, c *evidence.Case, phrase string) (err error) {
	if phrase == "" {
		return nil
	}
	n := notedState{Last: c.Head().Count - 1}
	n.Entry, n.Found, err = entryOf(ctx, c, phrase)
	r.Noted = &n
	return err
}

// damaged counts what could not be healed.
func (r checked) damaged() int {
	n := len(r.lost)
	for _, f := range r.Findings {
		if !f.Healed {
			n++
		}
	}
	return n
}

// tell prints what a check found.
func (t *terminal) tell(r checked) error {
	if t.json {
		r.Healed, r.Findings = append([]string{}, r.Healed...), append(evidence.Findings{}, r.Findings...)
		r.Damaged = r.damaged()
		return t.emit(r)
	}
	if n := r.Noted; n != nil && n.Found {
		fmt.Fprintf(t.out, "This record contains the state you noted (entry %d of %d).\n", n.Entry, n.Last)
	}
	for _, s := range r.Healed {
		fmt.Fprintln(t.out, visible(s))
	}
	for _, f := range r.Findings {
		fmt.Fprintln(t.out, visible(f.Sentence))
	}
	for _, item := range slices.Sorted(maps.Keys(r.index)) {
		fmt.Fprintf(t.out, "Item %d was read again: what the working store held of it was damaged.\n", item)
	}
	for _, l := range r.lost {
		fmt.Fprintf(t.out, "Item %d cannot be read again, so its events are missing from the timeline.\n", l.Item)
	}
	if r.Differ > 0 {
		fmt.Fprintln(t.out, differ(r.Differ))
	}
	return nil
}

// verdict prints what a check found and turns damage into exit code 4. What
// was healed or made again is told, and is no damage.
func (t *terminal) verdict(r checked) error {
	if err := t.tell(r); err != nil {
		return err
	}
	if n := r.damaged(); n > 0 {
		return exit{exitDamage, fmt.Errorf("%s; nothing was deleted: keep this folder as it is, and open your backup", places(n))}
	}
	if r.Noted != nil && !r.Noted.Found {
		return exit{exitDamage, errors.New("this record does not contain the state you noted: it is an older copy, or another case; check the words, keep this folder as it is, and open your backup")}
	}
	if !t.json {
		fmt.Fprintln(t.out, "Everything is there and unchanged since it was added.")
	}
	return nil
}

func places(n int) string {
	if n == 1 {
		return "one place is damaged and could not be healed"
	}
	return fmt.Sprintf("%d places are damaged and could not be healed", n)
}
