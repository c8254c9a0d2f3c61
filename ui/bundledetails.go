package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"daybook/ui/model"
)

// details are what a served pack withholds unless it is ticked.
func (p *bundlePeople) details() fyne.CanvasObject {
	box := labelled(lang.L("Show these too? Usually none: they tell of your life"))
	for _, d := range model.ServedDetails() {
		box.Add(p.detail(d))
	}
	box.Add(quiet(lang.L("What is not ticked is withheld, and the pack says so. What you marked as protected in an incident is never shown.")))
	return box
}

func (p *bundlePeople) detail(d model.Option) *formTick {
	on := slices.Contains(p.b.h.Show, d.Value)
	t := p.tick(&on, said(d.Label))
	t.OnChanged = func(on bool) {
		p.b.h.Show = slices.DeleteFunc(slices.Clone(p.b.h.Show), func(v string) bool { return v == d.Value })
		if on {
			p.b.h.Show = append(p.b.h.Show, d.Value)
		}
		p.b.changed()
	}
	return t
}

// aboutWhom asks whose numbers and addresses a served pack shows, because it is
// about them.
func (p *bundlePeople) aboutWhom() fyne.CanvasObject {
	return p.fold(section{lang.L("Whom is it about?"), len(p.b.h.About) > 0, func() []fyne.CanvasObject {
		p.about = stacked()
		p.layAbout()
		return []fyne.CanvasObject{
			quiet(lang.L("The telephone numbers and e-mail addresses of whom you tick are shown; those of everybody else stay withheld. Often it is the person whom you report: a pack about calls from a number must show the number.")),
			p.line(&p.aboutLetters, lang.L("Letters of a name")).then(func() { p.layAbout(); p.body.Refresh() }),
			p.about,
		}
	}})
}

func (p *bundlePeople) layAbout() {
	if p.about == nil || p.b.scope == nil {
		return
	}
	p.ticks(p.about, p.b.scope.MatchingAbout(p.aboutLetters, p.b.h.About), func(key string) {
		h := &p.b.h
		if was := len(h.About); was == len(p.without(key)) {
			h.About = append(slices.Clone(h.About), key)
		} else {
			h.About = p.without(key)
		}
		p.b.changed()
		p.layAbout()
		p.body.Refresh()
	})
}

func (p *bundlePeople) without(key string) []string {
	return slices.DeleteFunc(slices.Clone(p.b.h.About), func(k string) bool { return k == key })
}

// readable says once more, where the bundle is made, what whoever gets it reads.
func (b *bundleWalk) readable() fyne.CanvasObject {
	if !b.h.Served {
		return onSurface(tight(asked(lang.L("This is the full pack: whoever gets it can read everything in it")),
			plain(lang.L("Addresses and telephone numbers, places, witnesses, what was felt, who is who, and the files as they came. It is not for the other side."))))
	}
	if b.plan == nil || len(b.plan.Shows) == 0 {
		return stacked()
	}
	box := tight(append([]fyne.CanvasObject{asked(lang.L("What the other side can read in it"))}, b.shows()...)...)
	if len(b.plan.LeftOut) > 0 {
		box.Add(quiet(lang.L("Left out:")))
		for _, l := range b.plan.LeftOut {
			box.Add(quiet("– " + said(l)))
		}
	}
	return onSurface(box)
}

// shows is what the other side can read in the planned pack, with each file that it gets
// whole: these are looked through one by one.
func (b *bundleWalk) shows() []fyne.CanvasObject {
	all := []fyne.CanvasObject{plain(together(b.plan.Shows))}
	if len(b.plan.Files) > 0 {
		all = append(all, quiet(lang.L("These go to them as whole files:")), quiet("– "+strings.Join(b.plan.Files, "\n– ")))
	}
	return all
}
