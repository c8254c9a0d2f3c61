// Package dated holds what every entry of the program's dated data says of
// itself: from when to when it is in force, where it was read, on which day, and
// whether it must be looked up again. It knows nothing of what the entries say.
package dated

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Span is a time in which something is in force: days as 2006-01-02, both
// counted in. An empty one is open at that end.
type Span struct {
	From string `json:"in_force_from"`
	To   string `json:"in_force_to"`
}

// At tells that it is in force on a day.
func (s Span) At(day time.Time) bool {
	d := day.Format(time.DateOnly)
	return s.From <= d && (s.To == "" || d <= s.To)
}

// Check tells that both ends are days, in order.
func (s Span) Check() error {
	for _, day := range []string{s.From, s.To} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return fmt.Errorf("in force: %w", err)
		}
	}
	if s.From != "" && s.To != "" && s.To < s.From {
		return errors.New("in force: it ends before it begins")
	}
	return nil
}

// Source is where something was read.
type Source struct {
	Document  string `json:"document"`
	Paragraph string `json:"paragraph"`
	URL       string `json:"url"`
}

// Own is the document of what is the program's own.
const Own = "Daybook"

// String is the source in a line.
func (s Source) String() string {
	parts := []string{s.Document}
	for _, p := range []string{s.Paragraph, s.URL} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// Check tells that the source can be looked up.
func (s Source) Check() error {
	switch {
	case s.Document == "":
		return errors.New("it has no source")
	case (s.Document == Own) != (s.URL == ""):
		return errors.New("a source has an address, and what is the program's own has none")
	case s.Document != Own && !strings.HasPrefix(s.URL, "https://"):
		return fmt.Errorf("source %q: this is no address", s.URL)
	}
	return nil
}

// Entry is what an entry says of itself.
type Entry struct {
	Span
	Source    Source `json:"source"`
	CheckedOn string `json:"checked_on"` // the day on which the source was read, 2006-01-02
	Verify    bool   `json:"verify"`     // it was read in the words of another, or remembered; look it up before relying on it
}

// Check tells what is wrong with it.
func (e Entry) Check() error {
	if err := e.Source.Check(); err != nil {
		return err
	}
	if _, err := time.Parse(time.DateOnly, e.CheckedOn); err != nil {
		return fmt.Errorf("checked_on: %w", err)
	}
	return e.Span.Check()
}

// Issue is what a file of data says of itself as a whole.
type Issue struct {
	Version  string `json:"version"` // the day on which it was made, 2006-01-02
	Author   string `json:"author"`
	ReviewBy string `json:"review_by"` // the day by which it must be looked through
}

// String is the issue in a line.
func (i Issue) String() string {
	return fmt.Sprintf("version %s, by %s, to be reviewed by %s", i.Version, i.Author, i.ReviewBy)
}

// stale is after how many months something must be looked up again.
const stale = 6

// Old tells that what was read on a day was read more than six months ago.
func Old(checkedOn string, now time.Time) bool {
	on, err := time.Parse(time.DateOnly, checkedOn)
	return err != nil || on.AddDate(0, stale, 0).Before(now)
}

// Read reads a file of data and refuses what the program does not know in it: what is
// not understood would seem to be kept.
func Read(data []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return err
	}
	if d.More() {
		return errors.New("something stands behind its end")
	}
	return nil
}

// All gives what is named, in the order of the names.
func All[T any](names []string, named func(string) (T, error)) ([]T, error) {
	var all []T
	for _, name := range names {
		one, err := named(name)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}
