package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// refusal says beside a field why what stands in it cannot be saved.
type refusal struct {
	say   *widget.RichText
	where func(model.TimePart) fyne.Focusable
	told  func() // something else that says the same goes; may be nil
}

// refusal makes the place beside a field. Typing there takes the sentence away.
func (f *typing) refusal(field model.Field, where func(model.TimePart) fyne.Focusable) *refusal {
	r := &refusal{say: rich(widget.RichTextStyle{SizeName: theme.SizeNameText, TextStyle: fyne.TextStyle{Bold: true}}, ""), where: where}
	r.say.Hide()
	f.lacking[field] = r
	return r
}

// refusalAt is for a field that has one part.
func (f *typing) refusalAt(field model.Field, at *formField) *refusal {
	r := f.refusal(field, func(model.TimePart) fyne.Focusable { return at })
	at.then(func() { r.clear(f.sheet) })
	return r
}

func (r *refusal) clear(s *sheet) {
	if r.say.Hidden {
		return
	}
	r.say.Hide()
	s.body.Refresh()
}

// refuse says beside the field that lacks something what that is, and gives it
// the keys.
func (f *typing) refuse(lack *model.Lack) {
	for _, r := range f.lacking {
		r.clear(f.sheet)
	}
	sentence := told(lack)
	setText(f.status, lang.L("Not saved yet")+": "+sentence)
	r := f.lacking[lack.Field]
	if r.told != nil {
		r.told()
	}
	setText(r.say, sentence)
	r.say.Show()
	f.body.Refresh()
	f.w.win.Canvas().Focus(r.where(lack.At))
}
