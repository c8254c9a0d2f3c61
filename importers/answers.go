package importers

import (
	"context"
	"encoding/json"
	"fmt"

	"daybook/evidence"
)

// actionAnswers is the journal's action for the answers that an act of adding
// was begun with: an act that is cut short goes on with the same ones.
const actionAnswers evidence.Action = "answers"

type answersSubject struct {
	Batch int64 `json:"batch"`
}

// sayAnswers journals the answers of an act.
func (a *act) sayAnswers(ctx context.Context) error {
	facts := a.Assume.facts()
	if len(facts) == 0 {
		return nil
	}
	_, err := a.Case.Record(ctx, actionAnswers, answersSubject{a.batch.Number()}, facts)
	return err
}

// answersOf gives the answers of every act that was given some, by its batch.
func answersOf(ctx context.Context, c *evidence.Case) (map[int64]Assume, error) {
	answers := map[int64]Assume{}
	for e, err := range c.Journal(ctx) {
		if err != nil {
			return nil, err
		}
		if evidence.Action(e.Action) != actionAnswers {
			continue
		}
		var subject answersSubject
		var facts map[string]string
		if err := json.Unmarshal(e.Subject, &subject); err != nil {
			return nil, fmt.Errorf("entry %d: %w", e.Seq, err)
		}
		if err := json.Unmarshal(e.Detail, &facts); err != nil {
			return nil, fmt.Errorf("entry %d: %w", e.Seq, err)
		}
		var given Assume
		for what, value := range facts {
			if err := given.set(what, value); err != nil {
				return nil, fmt.Errorf("entry %d: %w", e.Seq, err)
			}
		}
		answers[subject.Batch] = given
	}
	return answers, nil
}
