package model

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"daybook/assets/sample"
	"daybook/evidence"
	"daybook/evidence/disk"
	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/timeline"
)

// SamplePassphrase opens the sample case. Everybody may know it.
const SamplePassphrase = "sample case only"

// Practise makes the sample case in a folder, whole as a person would have made
// it, and opens it. An earlier one is not touched.
func (d *Desk) Practise(ctx context.Context, folder string, progress evidence.Progress) (dir string, err error) {
	if dir, err = free(folder); err != nil {
		return "", err
	}
	exports, err := os.MkdirTemp("", "sample")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, disk.OS.RemoveAll(exports)) }()
	truth, err := sample.Write(exports)
	if err != nil {
		return "", err
	}
	words, err := keys.NewWords()
	if err != nil {
		return "", err
	}
	c, err := evidence.Create(dir, evidence.CreateOptions{Title: sample.Title, Zone: sample.Zone, Actor: sample.Owner,
		Passphrase: SamplePassphrase, Words: words, Weak: true, KDF: keys.LeastCost(), Version: d.Version})
	if err != nil {
		return "", err
	}
	x, err := timeline.Open(ctx, c)
	if err == nil {
		err = d.fill(ctx, c, x, exports, truth, progress)
	}
	if err == nil {
		err = d.Lock()
	}
	if err == nil {
		err = d.hold(ctx, c, x)
	}
	if err != nil {
		return "", errors.Join(err, c.Close())
	}
	return dir, nil
}

// Sample is a sample case that was made, and the folder it lies in.
type Sample struct{ Folder, Case string }

// PractiseApart makes the sample case in a folder of its own, which goes with all
// that is put into it when the case is locked.
func (d *Desk) PractiseApart(ctx context.Context, progress evidence.Progress) (made Sample, err error) {
	if made.Folder, err = os.MkdirTemp("", "sample"); err != nil {
		return Sample{}, err
	}
	if made.Case, err = d.Practise(ctx, made.Folder, progress); err != nil {
		return Sample{}, errors.Join(err, disk.OS.RemoveAll(made.Folder))
	}
	if !d.goesWithCase(made.Folder) { // it was locked meanwhile
		return Sample{}, errors.Join(ErrLocked, disk.OS.RemoveAll(made.Folder))
	}
	return made, nil
}

// goesWithCase notes a folder to be deleted when the case that is open is locked.
func (d *Desk) goesWithCase(folder string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.c == nil {
		return false
	}
	d.apart = folder
	return true
}

// free is a folder that is not there yet.
func free(folder string) (string, error) {
	for n := 1; n < 1000; n++ {
		dir := filepath.Join(folder, "sample.daybook")
		if n > 1 {
			dir = filepath.Join(folder, fmt.Sprintf("sample-%d.daybook", n))
		}
		if _, err := os.Lstat(dir); errors.Is(err, os.ErrNotExist) {
			return dir, nil
		} else if err != nil {
			return "", err
		}
	}
	return "", fmt.Errorf("%s: holds too many sample cases; delete the old ones", folder)
}

// fill adds the exports and what the owner wrote down.
func (d *Desk) fill(ctx context.Context, c *evidence.Case, x *timeline.Index, exports string, truth *sample.Truth, progress evidence.Progress) (err error) {
	set, stop, err := d.Readers(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	run := importers.Run{Case: c, Index: x, Set: set, Limits: importers.DefaultLimits, Progress: progress,
		Assume: importers.Assume{Zone: c.Zone(), Owner: sample.Owner}}
	if _, err := run.Add(ctx, "Exported from Maya's own phone and mail account.", exports); err != nil {
		return err
	}
	return WriteSample(ctx, c, x, truth)
}

// WriteSample writes down the entries of registers and the incidents of the sample
// case, who is who in it, and what is withheld.
func WriteSample(ctx context.Context, c *evidence.Case, x *timeline.Index, truth *sample.Truth) error {
	items, err := itemsByName(ctx, c)
	if err != nil {
		return err
	}
	for i, e := range truth.Entries {
		draft, err := sampleEntry(ctx, x, items, e)
		if err == nil {
			_, err = x.Enter(ctx, draft)
		}
		if err != nil {
			return fmt.Errorf("entry %d: %w", i+1, err)
		}
	}
	for i, in := range truth.Incidents {
		draft, err := sampleIncident(in, x.Zone())
		if err == nil {
			_, err = x.WriteIncident(ctx, draft)
		}
		if err != nil {
			return fmt.Errorf("incident %d: %w", i+1, err)
		}
	}
	for _, j := range truth.Joinings {
		if err := sampleJoining(ctx, x, j); err != nil {
			return fmt.Errorf("people: %w", err)
		}
	}
	for _, a := range truth.MayBe {
		if err := sampleAttribution(ctx, x, a); err != nil {
			return fmt.Errorf("people: %w", err)
		}
	}
	for _, a := range truth.Withheld {
		if _, err := x.Withhold(ctx, timeline.WithholdingDraft{Code: a.Code, Item: items[a.File],
			Areas: []timeline.Area{{X: a.X, Y: a.Y, Width: a.Width, Height: a.Height, Wide: a.Wide, High: a.High}}}); err != nil {
			return fmt.Errorf("%s: %w", a.File, err)
		}
	}
	return nil
}

func itemsByName(ctx context.Context, c *evidence.Case) (map[string]int64, error) {
	items := map[string]int64{}
	for item, err := range c.Items(ctx) {
		if err != nil {
			return nil, err
		}
		items[item.Name] = item.Number
	}
	return items, nil
}

// sampleAttribution says who may use a number.
func sampleAttribution(ctx context.Context, x *timeline.Index, a sample.Attribution) error {
	people := x.People()
	from, err := timeline.CalledPerson(people, a.Handle)
	if err != nil {
		return err
	}
	to, err := timeline.CalledPerson(people, a.To)
	if err != nil {
		return err
	}
	return x.Attribute(ctx, from.Number, to.Number, timeline.Strength(a.Strength), a.For, a.Against)
}

// sampleJoining says that a handle is somebody's.
func sampleJoining(ctx context.Context, x *timeline.Index, j sample.Joining) error {
	people := x.People()
	l, err := timeline.Called(people, j.Handle)
	if err != nil {
		return err
	}
	to := timeline.Person{Number: timeline.OwnerNumber()}
	if j.To != "" {
		if to, err = timeline.CalledPerson(people, j.To); err != nil {
			return err
		}
	}
	return x.Link(ctx, l.Key, to.Number, timeline.Strength(j.Strength), j.Reason)
}

func sampleEntry(ctx context.Context, x *timeline.Index, items map[string]int64, e sample.Entry) (d timeline.RegisterDraft, err error) {
	d = timeline.RegisterDraft{Kind: timeline.Kind(e.Register), Words: e.Text, Fields: e.Fields}
	if d.When, err = timeline.Typed(e.Made, "", "", x.Zone()); err != nil {
		return d, err
	}
	if e.Ends != "" {
		if d.Ends, err = timeline.Typed(e.Ends, "", "", x.Zone()); err != nil {
			return d, err
		}
	}
	for _, t := range e.Terms {
		d.Terms = append(d.Terms, timeline.Term{Text: t})
	}
	if e.File != "" {
		d.Items = []int64{items[e.File]}
	}
	if e.Follows != "" {
		d.Events, err = lastBefore(ctx, x, e.Follows, d.When)
	}
	return d, err
}

// lastBefore is the last event with somebody before a moment.
func lastBefore(ctx context.Context, x *timeline.Index, who string, at timeline.When) ([]timeline.ID, error) {
	found, err := x.Find(ctx, timeline.Filter{Parties: []string{who}, To: at.Instant})
	if err != nil {
		return nil, err
	}
	rows, err := found.Rows(found.Dated()-1, 1)
	if err != nil || len(rows) == 0 {
		return nil, errors.Join(err, fmt.Errorf("%s: nothing before %s", who, at.Raw))
	}
	return []timeline.ID{rows[0].ID}, nil
}

func sampleIncident(in sample.Incident, zone *time.Location) (d timeline.IncidentDraft, err error) {
	precision := timeline.Precision(in.Precision)
	if in.Precision == "day" {
		precision = ""
	}
	if d.Occurred, err = timeline.Typed(in.Occurred, in.Until, precision, zone); err != nil {
		return d, err
	}
	d.What, d.Who, d.HowKnown, d.ExactWords = in.Text, in.Who, in.HowKnown, in.Words
	d.FeelingThen, d.ChangeMade = in.Felt, in.Changed
	d.Place = timeline.IncidentPlace{Text: in.Place, Protected: in.Place == "home"}
	if d.Codes = []string{in.Code}; in.Code == "" {
		d.Codes, d.Tags = nil, []string{timeline.OwnAct}
	}
	if in.Feared {
		d.FearedViolence = "yes"
	}
	if in.Breach {
		d.Tags = []string{"breach_of_order"}
	}
	if in.Witness != "" {
		d.Witnesses = []timeline.Witness{{Name: in.Witness}}
	}
	if in.Reported != "" {
		d.ReportedTo = []timeline.Report{{To: in.Reported}}
	}
	return d, nil
}
