package timeline

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/assets/registers"
)

// Check tells what must be put right before an entry can be saved, as one
// sentence. now is what the computer's clock shows.
func (x *Index) Check(d RegisterDraft, now time.Time) error {
	return x.CheckOver(d, RegisterDraft{}, now)
}

// CheckOver is Check of a correction of another version: a term that was named then
// and is kept needs not be there any more.
func (x *Index) CheckOver(d, old RegisterDraft, now time.Time) error {
	r, err := x.Register(d.Kind)
	if err != nil {
		return err
	}
	if strings.TrimSpace(d.Words) == "" {
		return fmt.Errorf("%s: say it in your own words", strings.ToLower(r.Words))
	}
	if err := checkDates(r.Dates, d, now); err != nil {
		return err
	}
	for id := range d.Fields {
		if _, ok := r.Field(id); !ok {
			return fmt.Errorf("field %q: %s has none of this name", id, d.Kind)
		}
	}
	for _, f := range r.Fields {
		if f.Type == registers.Term && d.Fields[f.ID] != "" && d.Fields[f.ID] == old.Fields[f.ID] && d.Fields[f.Of] == old.Fields[f.Of] {
			continue
		}
		if err := x.checkField(f, d); err != nil {
			return fmt.Errorf("%s: %w", f.ID, err)
		}
	}
	if err := x.checkServed(d); err != nil {
		return err
	}
	if err := checkTerms(r, d); err != nil {
		return err
	}
	if r.Events == "" && len(d.Events) > 0 {
		return fmt.Errorf("events: %s links to none", d.Kind)
	}
	if len(d.Events) > 0 {
		return x.exist(d.Events)
	}
	return nil
}

func checkDates(means registers.Dates, d RegisterDraft, now time.Time) error {
	if err := errors.Join(knownWhen(d.When), knownWhen(d.Ends), knownWhen(d.Due)); err != nil {
		return err
	}
	if err := d.When.Happened(now); err != nil {
		return fmt.Errorf("%s: %w", strings.ToLower(means.Occurred), err)
	}
	for _, t := range []struct {
		what, means string
		when        When
	}{{"ends", means.Ends, d.Ends}, {"due", means.Due, d.Due}} {
		if t.when.unsaid() {
			continue
		}
		if t.means == "" {
			return fmt.Errorf("%s: %s has no such date", t.what, d.Kind)
		}
		if err := t.when.NotBefore(d.When); err != nil {
			return fmt.Errorf("%s: %w", t.what, err)
		}
	}
	return nil
}

// unsaid tells a date that nobody gave.
func (w When) unsaid() bool { return w.Precision == "" || w.Precision == Undated }

var money = regexp.MustCompile(`^(£(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.\d{1,2})?|(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.\d{1,2})?( [A-Z]{3})?)$`)

// Amount says what is wrong with an amount of money as a person wrote it down.
func Amount(text string) error {
	if !money.MatchString(text) {
		return errors.New("write an amount as 12.50 or £1,200.50, and in other money with its three letters: 20 USD, 12.50 EUR")
	}
	return nil
}

func (x *Index) checkField(f registers.Field, d RegisterDraft) error {
	value := d.Fields[f.ID]
	if value == "" {
		on, wanted, conditional := f.If()
		if f.Required || conditional && d.Fields[on] == wanted {
			return fmt.Errorf("say this: %s", f.Label)
		}
		return nil
	}
	switch f.Type {
	case registers.Choice:
		if !slices.Contains(f.Choices, value) {
			return fmt.Errorf("%q is none of %s", value, strings.Join(f.Choices, ", "))
		}
	case registers.Day:
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			return fmt.Errorf("%q: write the day as 2025-10-11", value)
		}
	case registers.Money:
		if err := Amount(value); err != nil {
			return fmt.Errorf("%q: %w", value, err)
		}
	case registers.Entry:
		_, err := x.referred(f, value)
		return err
	case registers.Term:
		return x.checkTerm(f, d)
	}
	return nil
}

// referred is the entry that a field names.
func (x *Index) referred(f registers.Field, value string) (Registered, error) {
	id, err := ParseID(value)
	if err != nil {
		return Registered{}, err
	}
	r, err := x.Registered(id)
	if err == nil && string(r.Current().Kind) != f.Of {
		err = fmt.Errorf("entry %s: it is no %s", value, f.Of)
	}
	return r, err
}

// checkTerm looks for a term by its number, from 1, in the entry that another
// field names.
func (x *Index) checkTerm(f registers.Field, d RegisterDraft) error {
	r, err := x.referred(f, d.Fields[f.Of])
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(d.Fields[f.ID])
	if all := len(r.Current().Terms); err != nil || n < 1 || n > all {
		return fmt.Errorf("%q: the %s has terms 1 to %d", d.Fields[f.ID], f.Of, all)
	}
	return nil
}

// checkServed refuses an order that was served before it was made.
func (x *Index) checkServed(d RegisterDraft) error {
	day, err := time.ParseInLocation(time.DateOnly, d.Fields["served"], x.zone)
	if d.Kind == CourtOrder && err == nil && (RegisteredVersion{RegisterDraft: d}).surelyAfter(day) {
		return errors.New("served: an order is served on the day on which it was made or after it; put one of the two days right")
	}
	return nil
}

func checkTerms(r registers.Register, d RegisterDraft) error {
	if !r.Terms && len(d.Terms) > 0 {
		return fmt.Errorf("terms: %s has none", d.Kind)
	}
	for i, t := range d.Terms {
		if strings.TrimSpace(t.Text) == "" {
			return fmt.Errorf("term %d: say what it is", i+1)
		}
		if !slices.Contains([]string{"", "prohibition", "requirement", "programme"}, t.Sort) {
			return fmt.Errorf("term %d: %q is none of prohibition, requirement, programme", i+1, t.Sort)
		}
		if _, err := time.Parse(time.DateOnly, t.Ends); t.Ends != "" && err != nil {
			return fmt.Errorf("term %d, ends %q: write the day as 2025-10-11", i+1, t.Ends)
		}
	}
	return nil
}
