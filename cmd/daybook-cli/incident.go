package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"daybook/timeline"
)

// incidentForm is an incident as a JSON file gives it: the times as a person
// types them, and the fields of the form.
type incidentForm struct {
	Occurred  string             `json:"occurred"`
	Until     string             `json:"until"`
	Precision timeline.Precision `json:"precision"`
	Noticed   string             `json:"noticed"`
	timeline.IncidentDraft
}

func (f incidentForm) draft(zone *time.Location) (d timeline.IncidentDraft, err error) {
	d = f.IncidentDraft
	if d.Occurred, err = timeline.Typed(f.Occurred, f.Until, f.Precision, zone); err != nil {
		return d, fmt.Errorf("occurred: %w", err)
	}
	if f.Noticed != "" {
		if d.Noticed, err = timeline.Typed(f.Noticed, "", "", zone); err != nil {
			return d, fmt.Errorf("noticed: %w", err)
		}
	}
	return d, nil
}

func incidentCommand(t *terminal) *cobra.Command {
	var f incidentForm
	var file, correct, reason, precision, witness, reported string
	cmd := &cobra.Command{
		Use: "incident CASE", Short: "Write an incident down, or correct one", Args: cobra.ExactArgs(1),
		Long: "Write an incident down, or correct one. It is locked when it is saved; a correction keeps both versions.\n\n" +
			"A form for --file: {\"occurred\": \"2025-10-11 17:40\", \"what_happened\": \"…\", \"who_did_it\": \"…\", \"exact_words\": \"…\",\n" +
			"\"place\": {\"text\": \"…\"}, \"witnesses\": [{\"name\": \"…\"}]}; a field that is not known is refused by its name.",
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			f.Precision = timeline.Precision(precision)
			if witness != "" {
				f.Witnesses = append(f.Witnesses, timeline.Witness{Name: witness})
			}
			if reported != "" {
				f.ReportedTo = append(f.ReportedTo, timeline.Report{To: reported})
			}
			if file != "" {
				if err := readForm(file, &f); err != nil {
					return use(err)
				}
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			d, err := f.draft(c.Zone())
			if err != nil {
				return use(err)
			}
			var w timeline.Written
			if correct == "" {
				w, err = x.WriteIncident(cmd.Context(), d)
			} else {
				id, idErr := timeline.ParseID(correct)
				if idErr != nil {
					return use(idErr)
				}
				w, err = x.Correct(cmd.Context(), id, d, reason)
			}
			if err != nil {
				return err
			}
			if t.json {
				return t.emit(map[string]any{"event": w.ID, "entry": w.Current().Entry, "version": len(w.Versions)})
			}
			fmt.Fprintf(t.out, "%s  saved and locked as entry %d\n", w.ID, w.Current().Entry)
			return nil
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.Occurred, "occurred", "", "when: 2025-10-11 17:40, 2025-10-11, or 2025-10")
	fl.StringVar(&f.Until, "until", "", "the end, or the latest it can have been")
	fl.StringVar(&precision, "precision", "", "exact, about, before, after or range")
	fl.StringVar(&f.Noticed, "noticed", "", "when it was noticed, if later")
	fl.StringVar(&f.What, "text", "", "what happened, in your own words")
	fl.StringVar(&f.Place.Text, "place", "", "where")
	fl.StringVar(&f.Who, "who", "", "who did it")
	fl.StringVar(&f.HowKnown, "how-known", "", "how you know who it was")
	fl.StringVar(&f.ExactWords, "words", "", "what was said")
	fl.StringVar(&witness, "witness", "", "who else saw or heard it")
	fl.StringVar(&f.FeelingThen, "felt", "", "how it felt")
	fl.StringVar(&f.ChangeMade, "changed", "", "what you changed because of it")
	fl.StringVar(&reported, "reported", "", "to whom it was reported, with the reference")
	fl.StringVar(&file, "file", "", "read the whole form from a JSON file")
	fl.StringVar(&correct, "correct", "", "the event that this corrects; both versions are kept")
	fl.StringVar(&reason, "reason", "", "why it is corrected")
	return cmd
}

func readForm(name string, f *incidentForm) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(f); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
