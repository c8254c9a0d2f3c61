package casework

import (
	"cmp"

	"daybook/timeline"
)

// Doer is who did something, as far as anything says so: who sent it, or whom an
// incident names, which is somebody's word; or the person themself. Nothing of it is
// known of a picture, and an entry of a register is nobody's doing.
type Doer struct {
	From string `json:"from,omitempty"`
	Said string `json:"said_to_be_by,omitempty"`
	Own  bool   `json:"own_act,omitempty"`
}

// ByWhom says it in words, as “from Dan R”; empty where nothing is known.
func (d Doer) ByWhom() string {
	switch {
	case d.Own:
		return "own act"
	case d.Said != "":
		return "said to be done by " + d.Said
	case d.From != "":
		return "from " + d.From
	}
	return ""
}

// DoerOf is that of an event.
func DoerOf(r timeline.Row) Doer {
	d := Doer{Own: timeline.Own(r.Marks)}
	switch {
	case r.Incident != nil:
		d.Said = r.Incident.Who
	case r.From.Owner:
		d.From = cmp.Or(r.From.Name, r.From.Address, "the owner of the exports")
	case !r.Kind.Register():
		d.From = cmp.Or(r.From.Name, r.From.Address)
	}
	return d
}
