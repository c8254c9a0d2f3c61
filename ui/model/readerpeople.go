package model

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"daybook/timeline"
)

// receivedPeople are the persons of a bundle by their number in its list: who
// made it joined the names and addresses. A served pack and one of an older
// Daybook have no list, and everybody stands there as they are printed.
type receivedPeople map[string]timeline.Party

// readPeople reads the list.
func (r *Received) readPeople(ctx context.Context) (receivedPeople, error) {
	people := receivedPeople{}
	for t, err := range r.table(ctx, receivedPersons) {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			r.fault("Who is who is not shown: %v.", err)
			return nil, nil
		}
		// The number keeps two persons of one name apart.
		people[t["Person"]] = timeline.Party{Name: uncelled(t["Name"]), Address: "person " + t["Person"], Owner: t["Owner"] != ""}
	}
	return people, nil
}

// uncelled takes away the apostrophe by which a table keeps a value from being
// run as a formula.
func uncelled(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && rest != "" && strings.ContainsAny(rest[:1], "=+-@") {
		return rest
	}
	return s
}

// in gives a row with its persons in the place of what they are printed as.
func (p receivedPeople) in(row timeline.Row, c numbered) timeline.Row {
	row.From = p.party(row.From, c.from)
	numbers := strings.Split(c.to, "; ")
	if len(p) == 0 || len(numbers) != len(row.To) {
		return row
	}
	row.To = slices.Clone(row.To)
	for i, n := range numbers {
		row.To[i] = p.party(row.To[i], n)
	}
	return row
}

func (p receivedPeople) party(printed timeline.Party, number string) timeline.Party {
	return cmp.Or(p[number], printed)
}
