// Package registers holds what a case keeps registers of, as data: what each is
// about, which dates and fields it asks for and why, and who may read it. It
// knows nothing of what is put into them.
package registers

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"daybook/assets/dated"
)

//go:embed registers.json
var data []byte

// Register is a kind of entry.
type Register struct {
	Kind   string  `json:"kind"`
	Title  string  `json:"title"` // of all its entries together
	About  string  `json:"about"`
	Why    string  `json:"why"`   // why it is asked for
	Words  string  `json:"words"` // what the free words are about
	Dates  Dates   `json:"dates"`
	Events string  `json:"events"` // what its links to events mean; empty: it has none
	Terms  bool    `json:"terms"`  // it has terms
	Fields []Field `json:"fields"`

	Private bool `json:"private"` // in no bundle unless a full pack is asked for it
	Served  bool `json:"served"`  // a served pack shows its words, and those fields that say so
	Final   bool `json:"final"`   // never corrected

	Detail string `json:"detail,omitempty"` // a served pack shows it only when it is asked for this detail
}

// Dates are what the dates of an entry mean; an empty one is not asked for.
type Dates struct {
	Occurred string `json:"occurred"`
	Ends     string `json:"ends"`
	Due      string `json:"due"`
}

// Field is one thing that an entry says.
type Field struct {
	ID         string   `json:"id"`
	Label      string   `json:"label"`
	Type       Type     `json:"type"`
	Choices    []string `json:"choices,omitempty"`
	Of         string   `json:"of,omitempty"`          // of an entry or a term: the kind of the other entry
	Required   bool     `json:"required,omitempty"`    // it cannot be left empty
	RequiredIf string   `json:"required_if,omitempty"` // FIELD=VALUE: it cannot be empty while that holds
	Served     bool     `json:"served,omitempty"`      // it stands in a served pack
	Detail     string   `json:"detail,omitempty"`      // as that of a register
	Why        string   `json:"why,omitempty"`         // why it is asked for
	Given      bool     `json:"given,omitempty"`       // the program knows it: no form asks for it
	Theirs     bool     `json:"theirs,omitempty"`      // whoever wrote the entry down says it, and nobody else corrects it
}

// Type is what a field holds.
type Type string

// The types.
const (
	Line   Type = "line"
	Words  Type = "words" // several lines
	Day    Type = "day"   // 2006-01-02
	Money  Type = "money" // 12.50
	Choice Type = "choice"
	Entry  Type = "entry" // another entry, by its ID
	Term   Type = "term"  // a term of the entry that the entry field names, by its number
)

// Field finds a field by its ID.
func (r Register) Field(id string) (Field, bool) {
	i := slices.IndexFunc(r.Fields, func(f Field) bool { return f.ID == id })
	if i < 0 {
		return Field{}, false
	}
	return r.Fields[i], true
}

// If is what RequiredIf asks: a field and its value.
func (f Field) If() (field, value string, ok bool) { return strings.Cut(f.RequiredIf, "=") }

// All gives the registers, in the order in which they are shown.
func All() ([]Register, error) {
	list, err := parse(data)
	if err != nil {
		return nil, fmt.Errorf("registers: %w", err)
	}
	return list, nil
}

func parse(data []byte) ([]Register, error) {
	var file struct {
		dated.Issue
		Registers []Register `json:"registers"`
	}
	if err := dated.Read(data, &file); err != nil {
		return nil, err
	}
	for i, r := range file.Registers {
		if err := r.check(); err != nil {
			return nil, fmt.Errorf("%s: %w", r.Kind, err)
		}
		if slices.ContainsFunc(file.Registers[:i], func(b Register) bool { return b.Kind == r.Kind }) {
			return nil, fmt.Errorf("%s: it stands there twice", r.Kind)
		}
	}
	return file.Registers, nil
}

func (r Register) check() error {
	if r.Kind == "" || r.Title == "" || r.About == "" || r.Why == "" || r.Words == "" || r.Dates.Occurred == "" {
		return errors.New("it has no kind, title, words about it, or no reason, or nothing that its words or its date mean")
	}
	if r.Private && r.Served {
		return errors.New("it is private and stands in a served pack")
	}
	if r.Detail != "" && !r.Served {
		return errors.New("it is a detail, and stands in no served pack")
	}
	for i, f := range r.Fields {
		if slices.ContainsFunc(r.Fields[:i], func(b Field) bool { return b.ID == f.ID }) {
			return fmt.Errorf("field %s: it stands there twice", f.ID)
		}
		if err := r.checkField(f); err != nil {
			return fmt.Errorf("field %q: %w", f.ID, err)
		}
	}
	return nil
}

func (r Register) checkField(f Field) error {
	switch {
	case f.ID == "" || f.Label == "":
		return errors.New("it has no ID or no label")
	case !slices.Contains([]Type{Line, Words, Day, Money, Choice, Entry, Term}, f.Type):
		return fmt.Errorf("type %q: there is none", f.Type)
	case (f.Type == Choice) != (len(f.Choices) > 0):
		return errors.New("a choice has choices, and nothing else has")
	case (f.Type == Entry || f.Type == Term) != (f.Of != ""):
		return errors.New("an entry or a term says of which kind, and nothing else does")
	case f.Detail != "" && !f.Served:
		return errors.New("it is a detail, and stands in no served pack")
	case f.Served && !r.Served:
		return errors.New("it stands in a served pack, and its register does not")
	}
	if f.RequiredIf == "" {
		return nil
	}
	on, value, _ := f.If()
	if other, ok := r.Field(on); !ok || !slices.Contains(other.Choices, value) {
		return fmt.Errorf("required if %s: there is no such choice", f.RequiredIf)
	}
	return nil
}
