package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"daybook/ui/model"
)

// besideBy are what two sides are counted by, by the words that the model takes.
func besideBy() []model.Option {
	return []model.Option{{Value: "code", Label: lang.L("By behaviour")}, {Value: "kind", Label: lang.L("By kind")}, {Value: "channel", Label: lang.L("By app or channel")},
		{Value: "hour", Label: lang.L("By hour")}, {Value: "reach", Label: lang.L("Family, friends, work")}}
}

// whichTwo asks what is set side by side: two periods, or two channels.
func (p *patternView) whichTwo() fyne.CanvasObject {
	if p.now.BesideBy == "" {
		p.now.BesideBy = besideBy()[0].Value
	}
	what := stacked()
	lay := func() {
		what.RemoveAll()
		if p.now.Channels {
			what.Add(beside(labelled(lang.L("One channel"), p.channel(0)), labelled(lang.L("The other channel"), p.channel(1))))
			return
		}
		from, to := p.otherDay(&p.now.Other.From, lang.L("The first day")), p.otherDay(&p.now.Other.To, lang.L("The last day"))
		what.Add(beside(labelled(lang.L("Beside it, from"), from), labelled(lang.L("Beside it, to"), to)))
	}
	lay()
	parts := p.chips([]model.Option{{Value: "", Label: lang.L("Two periods")}, {Value: "channels", Label: lang.L("Two channels")}}, when(p.now.Channels, "channels"), false, func(v string) {
		p.now.Channels = v != ""
		lay()
		p.draw()
	})
	by := p.chips(besideBy(), p.now.BesideBy, false, func(v string) {
		p.now.BesideBy = v
		p.draw()
	})
	return stacked(parts, what, by)
}

// otherDay is a field for a day of the other period; what is typed counts once it is
// a day, or nothing.
func (p *patternView) otherDay(text *string, hint string) *formField {
	return p.line(text, hint).then(func() {
		if _, err := p.w.desk.Date(*text); err == nil || strings.TrimSpace(*text) == "" {
			p.draw()
		}
	})
}

// channel chooses one of two channels.
func (p *patternView) channel(side int) *selection {
	pick := newSelection(channelNames(p.channels), nil)
	pick.PlaceHolder = lang.L("Choose a channel")
	pick.SetSelectedIndex(slices.Index(p.channels, p.now.Two[side]))
	pick.OnChanged = func(string) {
		p.w.touch(nil)
		if i := pick.SelectedIndex(); i >= 0 {
			p.now.Two[side] = p.channels[i]
		}
		p.draw()
	}
	return pick
}

// sideBySide counts two sides and gives what shows them.
func (p *patternView) sideBySide(found *model.Pattern, now model.PatternAsked) func() {
	ctx, channels := context.Background(), p.channels
	if now.Channels && channels == nil {
		var err error
		if channels, err = found.Channels(ctx); err != nil {
			return func() { p.result.Add(plain(told(err))) }
		}
		return func() { p.offerChannels(channels) }
	}
	both := [2]model.Side{{Period: model.Period{From: now.From, To: now.To}}, {Period: now.Other}}
	if now.Channels {
		both = [2]model.Side{{Channel: now.Two[0]}, {Channel: now.Two[1]}}
		if slices.Contains(now.Two[:], "") {
			return func() { p.result.Add(plain(lang.L("There are no two channels here."))) }
		}
	}
	f, err := p.w.desk.SideBySide(ctx, found, both, now.BesideBy)
	if err != nil {
		return func() { p.result.Add(plain(told(err))) }
	}
	return func() { p.figures(f, &besides{}, false) }
}

// offerChannels offers the channels that there are, at first the two with most
// events, and counts those that are chosen.
func (p *patternView) offerChannels(names []string) {
	p.channels = names
	for i, name := range p.now.Two {
		if !slices.Contains(names, name) {
			p.now.Two[i] = ""
			if i < len(names) {
				p.now.Two[i] = names[i]
			}
		}
	}
	p.ask()
	if len(names) > 0 {
		p.draw()
	}
}
