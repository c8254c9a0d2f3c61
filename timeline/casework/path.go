package casework

import (
	"cmp"
	"context"
	"time"

	"daybook/timeline"
)

// Look is an offence to look at, with how many of its elements have material. Those
// of which one is enough are one.
type Look struct {
	Law          string `json:"law"`
	Offence      string `json:"offence"`
	Label        string `json:"label"`
	Relationship string `json:"relationship,omitempty"` // whom it is for; empty: everybody
	Elements     int    `json:"elements"`
	WithMaterial int    `json:"with_material"`
}

// Path lists the offences of a day to look at, as the law lists them: those for
// everybody, and those for partners and family alone where a person said that they
// are, or where it is the breach of an order that was made. Nobody is sent another way because of what they are to each other.
func Path(ctx context.Context, x *timeline.Index, l Law, on time.Time) (list []Look, err error) {
	all, err := things(ctx, x, timeline.Filter{})
	if err != nil || len(l.Packs) == 0 {
		return nil, err
	}
	shown, domestic := &Shown{list: all}, Domestic(x)
	p := l.Packs[0] // the usual law; matrix finds the others by name
	for _, o := range p.At(on).Offences {
		if o.Relationship != "" && !domestic && !ordered(x, p, o) {
			continue
		}
		m, err := shown.Matrix(ctx, x, p, o.ID)
		if err != nil {
			return nil, err
		}
		held := map[string]bool{}
		for _, line := range m.Lines {
			of := cmp.Or(line.Either, line.ID)
			held[of] = held[of] || len(line.Cells) > 0
		}
		look := Look{p.ID, o.ID, o.Label, o.Relationship, len(held), 0}
		for _, has := range held {
			if has {
				look.WithMaterial++
			}
		}
		list = append(list, look)
	}
	return list, nil
}

// Domestic tells that a person said that the two are or were partners or family, or
// that they are not sure. The last entry counts.
func Domestic(x *timeline.Index) bool {
	entries := x.Registers(timeline.Relationship)
	if len(entries) == 0 {
		return false
	}
	said := entries[len(entries)-1].Current().Fields["domestic"]
	return said == "yes" || said == "not sure"
}
