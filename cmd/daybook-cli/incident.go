package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
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

// over puts what was given anew over the version that is corrected: the rest of
// it stays as it was.
func (f incidentForm) over(d timeline.IncidentDraft, given func(flag string) bool, zone *time.Location) (timeline.IncidentDraft, error) {
	fresh := f.IncidentDraft
	for _, field := range []struct {
		flag     string
		from, to *string
	}{
		{"text", &fresh.What, &d.What}, {"place", &fresh.Place.Text, &d.Place.Text}, {"who", &fresh.Who, &d.Who},
		{"how-known", &fresh.HowKnown, &d.HowKnown}, {"words", &fresh.ExactWords, &d.ExactWords},
		{"felt", &fresh.FeelingThen, &d.FeelingThen}, {"changed", &fresh.ChangeMade, &d.ChangeMade},
	} {
		if given(field.flag) {
			*field.to = *field.from
		}
	}
	if given("witness") {
		d.Witnesses = fresh.Witnesses
	}
	if given("protect") {
		d.Protect = fresh.Protect
	}
	if given("reported") {
		d.ReportedTo = fresh.ReportedTo
	}
	if !given("occurred") && (given("until") || given("precision")) {
		return d, errors.New("--until and --precision: give --occurred with them, the whole time anew")
	}
	times, err := f.draft(zone)
	if given("occurred") {
		d.Occurred = times.Occurred
	}
	if given("noticed") {
		d.Noticed = times.Noticed
	}
	return d, err
}

const aboutIncident = `Write an incident down, or correct one. It is locked when it is saved: a correction
is a new version, and both are kept. A full pack has both; a served pack has the
last one alone and says how many came before.

  daybook-cli incident mycase.daybook --occurred "2025-10-11 17:40" --text "He filmed me."
  daybook-cli incident mycase.daybook --occurred 2025-10 --precision about --text "…"
  daybook-cli incident mycase.daybook --occurred "not sure" --text "…"
  daybook-cli incident mycase.daybook --correct 1f0c22ab --occurred "2025-10-12 17:40" --reason "it was the Sunday"

A served pack, which the other side may read, is without the place, the witnesses,
the feelings and what you changed in your life, unless bundle --show asks for them.
--protect place,witnesses,feelings,changes,reports keeps them out even then: what one
version protects is kept out in every version.

  daybook-cli incident mycase.daybook --occurred "2025-10-11 17:40" --text "…" --place "9 Oak Lane" --protect place

The time is that of the case's time zone. On the night when the clocks change, give
the offset as well: "2026-10-25 01:30 +01:00" is before the change, "2026-10-25 01:30
+00:00" after it; where you are not sure which, --occurred the first and --until the
second. On a terminal, what is missing is asked for.

A correction keeps everything that you do not give again. Its event is the id that
timeline CASE --ids prints.

A form for --file: {"occurred": "2025-10-11 17:40", "what_happened": "…", "who_did_it": "…",
"exact_words": "…", "place": {"text": "…"}, "witnesses": [{"name": "…"}], "protect": ["place"]}; a field that is
not known is refused by its name.`

func incidentCommand(t *terminal) *cobra.Command {
	var f incidentForm
	var file, correct, reason, precision, witness, reported string
	cmd := &cobra.Command{
		Use: "incident CASE", Short: "Write an incident down, or correct one", Args: cobra.ExactArgs(1), Long: aboutIncident,
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
			switch {
			case correct != "" && reason == "":
				return use(errors.New("--reason: say why it is corrected; the reason is kept with both versions"))
			case correct != "" && !anID.MatchString(correct):
				return use(fmt.Errorf("--correct %q: %s", correct, wantID))
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			var w timeline.Written
			if correct == "" {
				w, err = t.writeDown(cmd.Context(), x, f)
			} else {
				renewed := func(old timeline.IncidentDraft) (timeline.IncidentDraft, error) {
					if file != "" {
						return f.draft(x.Zone())
					}
					return f.over(old, cmd.Flags().Changed, x.Zone())
				}
				w, err = correction(cmd.Context(), x, correct, renewed, reason)
			}
			if err != nil {
				return err
			}
			if err := t.sayTerms(cmd.Context(), c, x, args[0], w); err != nil {
				return err
			}
			if x.SecondLinked(w.ID) {
				if err := t.sayReporting(); err != nil {
					return err
				}
			}
			if t.json {
				return t.emit(map[string]any{"event": w.ID, "entry": w.Current().Entry, "version": len(w.Versions)})
			}
			fmt.Fprintf(t.out, "%s  saved and locked as entry %d", w.ID, w.Current().Entry)
			if n := len(w.Versions); n > 1 {
				fmt.Fprintf(t.out, ", version %d; the earlier ones are kept", n)
			}
			fmt.Fprintln(t.out)
			return nil
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.Occurred, "occurred", "", "`TIME`: 2025-10-11 17:40, a day, a month (2025-10), or \"not sure\"")
	fl.StringVar(&f.Until, "until", "", "`TIME` of the end, or the latest it can have been")
	fl.StringVar(&precision, "precision", "", "`WORD` for how sure it is: exact, about, before, after or range")
	fl.StringVar(&f.Noticed, "noticed", "", "`TIME` at which it was noticed, if later")
	fl.StringVar(&f.What, "text", "", "`WORDS`: what happened, in your own")
	fl.StringVar(&f.Place.Text, "place", "", "`PLACE`: where it happened")
	fl.StringVar(&f.Who, "who", "", "`NAME` of who did it")
	fl.StringVar(&f.HowKnown, "how-known", "", "`WORDS`: how you know who it was")
	fl.StringVar(&f.ExactWords, "words", "", "`WORDS` that were said")
	fl.StringVar(&witness, "witness", "", "`NAME` of who else saw or heard it")
	fl.StringVar(&f.FeelingThen, "felt", "", "`WORDS`: how it felt")
	fl.StringVar(&f.ChangeMade, "changed", "", "`WORDS`: what you changed because of it")
	fl.StringSliceVar(&f.Protect, "protect", nil, "`DETAILS` that the other side never reads: "+strings.Join(timeline.Protectable(), ", "))
	fl.StringVar(&reported, "reported", "", "`WORDS`: to whom it was reported, with the reference")
	fl.StringVar(&file, "file", "", "read the whole form from a JSON `FILE`")
	fl.StringVar(&correct, "correct", "", "the `EVENT` that this corrects; both versions are kept")
	fl.StringVar(&reason, "reason", "", "`WORDS`: why it is corrected")
	return cmd
}

// writeDown saves an incident, and asks a person at a terminal for what is
// missing or cannot be.
func (t *terminal) writeDown(ctx context.Context, x *timeline.Index, f incidentForm) (timeline.Written, error) {
	if err := t.askTime(&f, x.Zone()); err != nil {
		return timeline.Written{}, use(err)
	}
	if f.What == "" && t.interactive() {
		said, err := t.line("What happened, in your own words: ")
		if err != nil {
			return timeline.Written{}, err
		}
		f.What = said
	}
	d, err := f.draft(x.Zone())
	if err == nil {
		err = d.Check(time.Now())
	}
	if err != nil {
		return timeline.Written{}, use(fmt.Errorf("not saved: %w", err))
	}
	return x.WriteIncident(ctx, d)
}

// askTime asks for the time of an incident until it is one that can have been.
func (t *terminal) askTime(f *incidentForm, zone *time.Location) error {
	for t.interactive() {
		w, err := timeline.Typed(f.Occurred, f.Until, f.Precision, zone)
		if err == nil {
			err = w.Happened(time.Now())
		}
		if err == nil {
			return nil
		}
		t.say("%s", sentence(err))
		said, asked := t.line("When did it happen (Enter to leave): ")
		if asked != nil || said == "" {
			return errors.New("nothing was saved")
		}
		f.Occurred, f.Until = said, ""
		if f.Precision == timeline.Range {
			f.Precision = ""
		}
	}
	return nil
}

// correction saves a new version of an incident, made from the one before.
func correction(ctx context.Context, x *timeline.Index, event string, renewed func(timeline.IncidentDraft) (timeline.IncidentDraft, error), reason string) (w timeline.Written, err error) {
	ids, err := named(ctx, x, []string{event})
	if err != nil {
		return w, use(err)
	}
	if w, err = x.Incident(ids[0]); err != nil {
		return w, use(fmt.Errorf("--correct: %w; only what you wrote down yourself can be corrected", err))
	}
	d, err := renewed(w.Current().IncidentDraft)
	if err == nil {
		err = d.Check(time.Now())
	}
	if err != nil {
		return w, use(fmt.Errorf("not corrected: %w", err))
	}
	if reflect.DeepEqual(d, w.Current().IncidentDraft) {
		return w, use(errors.New("not corrected: nothing would be different; give what it should say, like --text or --occurred"))
	}
	if w, err = x.Correct(ctx, w.ID, d, reason); errors.Is(err, timeline.ErrTheirs) {
		err = use(err)
	}
	return w, err
}

func readForm(name string, f *incidentForm) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("--file: %w", inWay(name, err))
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(f); err != nil {
		return fmt.Errorf("--file %s: is not a form in JSON as incident --help shows it: %w", name, err)
	}
	return nil
}
