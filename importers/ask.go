package importers

import (
	"encoding/json"
	"fmt"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

func question(it evidence.Item, a *Ask) timeline.Question {
	q := timeline.Question{Item: it.Number, Path: it.Path, What: a.What, Question: a.Text}
	for _, c := range a.Choices {
		q.Choices = append(q.Choices, timeline.Choice{Value: c.Value, Example: c.Example})
	}
	return q
}

// answer asks a person and puts what they say where the importer looks. It
// tells whether that says anything new: an importer that asks the same again
// after an answer would ask for ever.
func (a *act) answer(it evidence.Item, q *Ask, assume *Assume) bool {
	if a.Ask == nil {
		return false
	}
	value, ok := a.Ask(it, q)
	if !ok {
		return false
	}
	before := assume.facts()[q.What]
	return assume.set(q.What, value) == nil && assume.facts()[q.What] != before
}

func (a *Assume) set(what, value string) error {
	switch what {
	case "date-order":
		if o := DateOrder(value); o == DayFirst || o == MonthFirst || o == YearFirst {
			a.DateOrder = o
			return nil
		}
	case "zone":
		z, err := time.LoadLocation(value)
		if err == nil {
			a.Zone = z
		}
		return err
	case "owner":
		a.Owner = value
		return nil
	case "clock":
		return a.Clock.UnmarshalText([]byte(value))
	case "columns":
		if json.Valid([]byte(value)) {
			a.Columns = value
			return nil
		}
	}
	return fmt.Errorf("%q is no answer to the question of the %s", value, what)
}

// facts are the answers as the journal keeps them.
func (a Assume) facts() map[string]string {
	m := map[string]string{}
	if a.Zone != nil {
		m["zone"] = a.Zone.String()
	}
	if a.DateOrder != "" {
		m["date-order"] = string(a.DateOrder)
	}
	if a.Owner != "" {
		m["owner"] = a.Owner
	}
	if !a.Clock.IsZero() {
		m["clock"] = a.Clock.String()
	}
	if a.Columns != "" {
		m["columns"] = a.Columns
	}
	return m
}
