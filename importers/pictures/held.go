package pictures

import (
	"context"
	"slices"
	"strings"

	"daybook/evidence"
	"daybook/timeline"
)

// Picture is a picture that a case holds, and what shows it.
type Picture struct {
	Hash   evidence.Hash
	Items  []int64 // that are these bytes and that events name
	Name   string
	Shot   bool // a screenshot, as far as its name or its file says
	Camera bool // a photograph: its file names the camera
	When   timeline.When
	Events []timeline.ID
}

// Held gives the pictures that events of a case show, each once, in the order of
// the timeline.
func Held(ctx context.Context, x *timeline.Index) ([]Picture, error) {
	found, err := x.Find(ctx, timeline.Filter{})
	if err != nil {
		return nil, err
	}
	var list []*Picture
	at := map[evidence.Hash]*Picture{}
	see := func(r timeline.Row, hash evidence.Hash, item int64, name string) {
		p := at[hash]
		if p == nil {
			p = &Picture{Hash: hash, Name: name, When: r.When}
			at[hash], list = p, append(list, p)
		}
		if !slices.Contains(p.Items, item) {
			p.Items = append(p.Items, item)
		}
		if !slices.Contains(p.Events, r.ID) {
			p.Events = append(p.Events, r.ID)
		}
		if itself := r.Source.Hash == hash; itself {
			p.Shot = p.Shot || r.Kind == timeline.Shot
			p.Camera = p.Camera || r.Kind == timeline.Photo && r.Extra.Get("make") != ""
		}
	}
	for r, err := range found.All(ctx) {
		if err != nil {
			return nil, err
		}
		for _, f := range r.Files {
			switch {
			case f.Missing || !strings.HasPrefix(f.Type, "image/"):
			case f.Item != 0:
				see(r, f.Hash, f.Item, f.Name)
			case r.Source.Item != 0 && (r.Kind == timeline.Photo || r.Kind == timeline.Shot):
				see(r, r.Source.Hash, r.Source.Item, f.Name) // the event is the file itself
			}
		}
	}
	out := make([]Picture, len(list))
	for i, p := range list {
		out[i] = *p
	}
	return out, nil
}
