package timeline

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Kept is what somebody changed in an entry that another wrote down.
type Kept struct {
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Fields  []string  `json:"fields"`
	Changes []Change  `json:"changes"` // of each field, in the same order
}

// Change is what a field said before and after; empty where nothing was said.
type Change struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Was is what a field said before.
func (k Kept) Was(field string) string {
	for _, c := range k.Changes {
		if c.Field == field {
			return c.From
		}
	}
	return ""
}

// Full says it with its day, and of each field what it said before and after.
func (k Kept) Full(zone *time.Location) string {
	var all []string
	for _, c := range k.Changes {
		all = append(all, fmt.Sprintf("%s: from %s to %s", c.Field, cmp.Or(c.From, "nothing"), cmp.Or(c.To, "nothing")))
	}
	return fmt.Sprintf("%s on %s (%s)", k.By, k.At.In(zone).Format(time.DateOnly), strings.Join(all, "; "))
}

// Text says it with its day.
func (k Kept) Text(zone *time.Location) string {
	return fmt.Sprintf("%s on %s (%s)", k.By, k.At.In(zone).Format(time.DateOnly), strings.Join(k.Fields, ", "))
}

// after is a version as the one that follows another, of which it keeps the words
// or writes them anew.
func (v RegisteredVersion) after(old RegisteredVersion) RegisteredVersion {
	if v.Fields["order"] == old.Fields["order"] && v.Fields["term"] == old.Fields["term"] {
		v.Named = old.Named
	}
	if v.Words != old.Words || strings.EqualFold(strings.TrimSpace(v.By), strings.TrimSpace(old.Author)) {
		v.Kept = old.Kept
		return v
	}
	kept := Kept{By: v.By, At: v.Recorded, Fields: v.changed(old.RegisterDraft)}
	for _, name := range kept.Fields {
		kept.Changes = append(kept.Changes, Change{name, old.said(name), v.said(name)})
	}
	v.Author, v.Kept = old.Author, append(slices.Clip(old.Kept), kept)
	return v
}

// said is what a field, or another part that changed names, says in a line.
func (d RegisterDraft) said(name string) string {
	var parts []string
	switch name {
	case "when":
		return d.When.Raw
	case "ends":
		return d.Ends.Raw
	case "due":
		return d.Due.Raw
	case "terms":
		for _, t := range d.Terms {
			parts = append(parts, t.String())
		}
	case "events":
		for _, id := range d.Events {
			parts = append(parts, id.String())
		}
	case "items":
		for _, n := range d.Items {
			parts = append(parts, fmt.Sprint(n))
		}
	default:
		return d.Fields[name]
	}
	return strings.Join(parts, ", ")
}

// changed names the fields that differ from those of another version, its times,
// terms, events and items among them.
func (d RegisterDraft) changed(old RegisterDraft) (names []string) {
	for _, fields := range []map[string]string{d.Fields, old.Fields} {
		for id := range fields {
			if d.Fields[id] != old.Fields[id] && !slices.Contains(names, id) {
				names = append(names, id)
			}
		}
	}
	slices.Sort(names)
	for _, part := range []struct {
		name   string
		differ bool
	}{
		{"when", !reflect.DeepEqual(d.When, old.When)}, {"ends", !reflect.DeepEqual(d.Ends, old.Ends)}, {"due", !reflect.DeepEqual(d.Due, old.Due)},
		{"terms", !slices.Equal(d.Terms, old.Terms)}, {"events", !slices.Equal(d.Events, old.Events)}, {"items", !slices.Equal(d.Items, old.Items)},
	} {
		if part.differ {
			names = append(names, part.name)
		}
	}
	return names
}
