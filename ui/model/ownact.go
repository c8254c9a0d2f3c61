package model

import (
	"context"
	"slices"

	"daybook/timeline"
)

// Own tells that the form is of something that whoever writes it did themself.
func (f *IncidentForm) Own() bool { return slices.Contains(f.Tags, timeline.OwnAct) }

// SetOwn says whether it is. The list is made anew: the form as a correction opened
// it keeps its own.
func (f *IncidentForm) SetOwn(on bool) {
	tags := slices.DeleteFunc(slices.Clone(f.Tags), func(t string) bool { return t == timeline.OwnAct })
	if on {
		tags = append(tags, timeline.OwnAct)
	}
	f.Tags = slices.Clip(tags)
	if len(tags) == 0 {
		f.Tags = nil
	}
}

// ownMarks are the marks by which something is an act of the person themself.
func ownMarks(x *timeline.Index, id timeline.ID) []timeline.Mark {
	return slices.DeleteFunc(x.MarksOf(id), func(m timeline.Mark) bool { return m.Tag != timeline.OwnAct })
}

// sayOwn brings the marks of a corrected incident to what its form says of it: a
// first version marks by itself, a correction changes no mark.
func (w *Writing) sayOwn(ctx context.Context, in timeline.Written) error {
	marks := ownMarks(w.x, in.ID)
	if w.Form.Own() && len(marks) == 0 {
		_, err := w.x.Mark(ctx, timeline.MarkDraft{Events: []timeline.ID{in.ID}, Tag: timeline.OwnAct})
		return err
	}
	if w.Form.Own() {
		return nil
	}
	for _, m := range marks {
		if err := w.x.Unmark(ctx, m.Number, w.Form.Reason, in.ID); err != nil {
			return err
		}
	}
	return nil
}
