package timeline

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"daybook/assets/registers"
)

// ErrAnswered means that an entry of the register of breaches says already what was to
// be written down.
var ErrAnswered = errors.New("correct or complete that one")

// Says tells that a field says something, and not only that there is nothing to say.
func (d RegisterDraft) Says(field string) bool {
	value := strings.ToLower(strings.Trim(d.Fields[field], " .-–—"))
	return value != "" && !slices.Contains([]string{"n/a", "na", "none", "nil", "not known", "unknown"}, value)
}

// OtherAnswers are the entries, but for the one of a number in the journal, that say
// whether an event of a draft may break its term. A term that has other words by now is
// another one.
func (x *Index) OtherAnswers(d RegisterDraft, but uint64) (others []Registered) {
	if d.Kind != Breach {
		return nil
	}
	for _, r := range x.Registers(Breach) {
		v := r.Current()
		if v.Entry == but || v.Fields["order"] != d.Fields["order"] || v.Fields["term"] != d.Fields["term"] {
			continue
		}
		t, ok := x.NamedTerm(v)
		if ok && t.Now == "" && slices.ContainsFunc(v.Events, func(id ID) bool { return slices.Contains(d.Events, id) }) {
			others = append(others, r)
		}
	}
	return others
}

// unanswered refuses an answer about an event and a term to which somebody gave one
// already, or another gave the same. What somebody else says otherwise stands beside
// theirs, and turns no answer of theirs round.
func (x *Index) unanswered(d RegisterDraft, by string, but uint64) error {
	for _, r := range x.OtherAnswers(d, but) {
		v := r.Current()
		switch own := strings.EqualFold(strings.TrimSpace(v.Author), strings.TrimSpace(by)); {
		case own:
			return fmt.Errorf("entry %d answers already whether it may break this term (%s): %w", v.Entry, v.Fields["may"], ErrAnswered)
		case v.Fields["may"] == d.Fields["may"]:
			return fmt.Errorf("entry %d, written down by %s, says the same of it already (%s): %w", v.Entry, v.Author, v.Fields["may"], ErrAnswered)
		}
	}
	return nil
}

// answerIsTheirs refuses to turn another's answer round: to change of an entry what its
// author alone says, or to take out what that is about.
func (x *Index) answerIsTheirs(d RegisterDraft, old Registered) error {
	r, err := x.Register(d.Kind)
	if err != nil {
		return err
	}
	was := old.Current()
	of := func(f registers.Field) bool { return f.Theirs }
	turned := func(f registers.Field) bool { return f.Theirs && d.Fields[f.ID] != was.Fields[f.ID] }
	takenOut := func(id ID) bool { return !slices.Contains(d.Events, id) }
	if slices.ContainsFunc(r.Fields, turned) || slices.ContainsFunc(r.Fields, of) && slices.ContainsFunc(was.Events, takenOut) {
		return x.Theirs(old.Versions[0].By)
	}
	return nil
}
