package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"daybook/timeline"
	"daybook/ui/model"
)

// inWords says figures in the language shown. Rows and columns that are channels have
// the names that somebody gave them.
func (p *patternView) inWords(f *model.Figures) {
	f.Name, f.Rule, f.Note = said(f.Name), said(f.Rule), said(f.Note)
	rows, columns := said, said
	if p.now.Part == twoSides {
		switch p.now.BesideBy {
		case "channel":
			rows = channelSaid
		case "reach":
			rows = made
		}
		if p.now.Channels {
			columns = channelSaid
		}
	}
	headings(f.Rows, rows)
	headings(f.Columns, columns)
}

func headings(list []model.Heading, say func(string) string) {
	for i, h := range list {
		list[i] = model.Heading{Short: calendar(say(h.Short)), Group: say(h.Group), Long: say(h.Long)}
	}
}

// calendar says the short name of a month or of a day, which alone could be a name.
func calendar(s string) string {
	if month, ok := strings.CutPrefix(said("1 "+s), "1 "); ok {
		s = month
	}
	if day, ok := strings.CutSuffix(said(s+" 1 Jan"), " "+said("1 Jan")); ok {
		s = day
	}
	return s
}

// channelSaid is a channel with what kind of source it is in the language shown; the
// name behind it is its own.
func channelSaid(s string) string {
	source, name, named := strings.Cut(s, ": ")
	if !named {
		return said(source)
	}
	return said(source) + ": " + name
}

// channelNames are those of channels, as they are offered.
func channelNames(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = channelSaid(s)
	}
	return out
}

// groupSaid is what figures of a list stand under.
func groupSaid(by, group string) string {
	switch by {
	case "impact", "cost", "silence", "reach":
		return said(group)
	case "burst":
		return channelSaid(group)
	}
	return made(group)
}

// listing are the lists whose figures are named by what is ours alone.
var listing = []string{"moment", "code", "cost", "silence"}

// figureSaid is a figure of a list in the language shown, with what must be known beside
// it. What a person wrote stays as it is.
func figureSaid(by, group string, f model.ListedFigure) (name, note string) {
	name, note = made(f.Name), made(f.Note)
	if by == "channel" {
		name = channelSaid(f.Name)
	}
	if slices.Contains(listing, by) || f.Name == timeline.UnknownKey {
		name = said(f.Name)
	}
	switch {
	case by == "burst":
		note = said(f.Note)
		if who, named := strings.CutPrefix(f.Note, "from "); named {
			note = lang.L("From {{.Who}}", map[string]any{"Who": made(who)})
		}
	case by == "moment":
		note = said(f.Note)
	case group == "in their own words", by == "cost", by == "private":
		note = f.Note
	}
	return name, note
}
