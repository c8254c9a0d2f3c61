package ui

import (
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// exhibits is the third step: the order of the exhibits, and which of them a
// served pack leaves out.
func (b *bundleWalk) exhibits() view {
	l := newOrderList(b)
	text := lang.L("Move an exhibit with Alt and the arrow keys, or drag it by its left edge. Each keeps its label for ever, wherever it stands.")
	buttons := []fyne.CanvasObject{b.w.button(lang.L("Up"), func() { l.move(-1) }), b.w.button(lang.L("Down"), func() { l.move(1) })}
	if b.h.Served {
		buttons = append(buttons, b.w.button(lang.L("Leave it out…"), l.leaveOut), b.w.button(lang.L("Hide a part of it…"), l.hidePart))
	} else {
		text += " " + lang.L("A full pack leaves none out.")
	}
	var page *fyne.Container
	bar := newTopLine(0, func() { layAgain(page) }, buttons...)
	how := plain(text)
	bar.below, bar.folds = true, []fyne.CanvasObject{how}
	page = newHeaded(stacked(how, bar.line), l, b.ways(2, b.next(2)), bar)
	return view{content: container.New(column{66}, page), top: bar, focus: l, save: func() { b.to(3) }}
}

// orderList is the list of exhibits, to be put in order.
type orderList struct {
	lines
	b       *bundleWalk
	current int
	dragged float32 // how far the pointer has gone since the last place
}

func newOrderList(b *bundleWalk) *orderList {
	l := &orderList{b: b}
	l.tall = true
	l.Length = func() int { return len(b.plan.Exhibits) }
	l.CreateItem = func() fyne.CanvasObject {
		title, below := newTextBlock(b.w.set, "", nil), newTextBlock(b.w.set, "", nil)
		title.bold, below.quiet = true, true
		return container.NewBorder(nil, nil, newGrip(l), nil, container.NewPadded(container.New(flow{}, title, below)))
	}
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		row := o.(*fyne.Container)
		words, e := row.Objects[0].(*fyne.Container).Objects[0].(*fyne.Container), b.plan.Exhibits[i]
		row.Objects[1].(*grip).place = i
		words.Objects[0].(*textBlock).say(e.Label + "   " + exhibitTitle(e.Title))
		below := said(e.Rows)
		if why := b.why(e); why != "" {
			below = lang.L("left out: {{.Why}}", map[string]any{"Why": said(why)})
		} else if e.Out != "" {
			below = join(below, lang.L("without its file: {{.Why}}", map[string]any{"Why": said(e.Out)}))
		}
		words.Objects[1].(*textBlock).say(below)
		row.Refresh() // the words are of another height than those of its last exhibit
	}
	l.OnHighlighted = func(i widget.ListItemID) { l.current = i }
	l.OnSelected = func(i widget.ListItemID) { l.current = i }
	l.ExtendBaseWidget(l)
	return l
}

// exhibitTitle says what sort of thing an exhibit is, which stands before its name.
func exhibitTitle(title string) string {
	sort, name, named := strings.Cut(title, ": ")
	if !named {
		return title
	}
	return said(sort) + ": " + name
}

// why is the reason for which an exhibit is left out.
func (b *bundleWalk) why(e model.ExhibitLine) string {
	if !b.h.Served {
		return ""
	}
	for _, r := range model.Reasons() {
		if r.Value == b.h.Without[e.Item] {
			return r.Label
		}
	}
	return ""
}

// move puts the current exhibit some places on.
func (l *orderList) move(by int) {
	list := l.b.plan.Exhibits
	to := l.current + by
	if l.current >= len(list) || to < 0 || to >= len(list) {
		return
	}
	l.b.h.Order = model.Move(list, l.current, by)
	list[l.current], list[to] = list[to], list[l.current]
	l.b.stale = true
	l.measureRow(l.current)
	l.measureRow(to)
	l.current = to
	l.Select(to)
	l.Refresh()
}

// leaveOut asks for a reason, or takes the exhibit in again.
func (l *orderList) leaveOut() {
	list := l.b.plan.Exhibits
	if l.current >= len(list) {
		return
	}
	e := list[l.current]
	l.b.askWhy(e, func(reason string) { l.set(e.Item, reason) })
}

// hidePart leads to the current exhibit's picture or pages, to hide a part of it.
func (l *orderList) hidePart() {
	if list := l.b.plan.Exhibits; l.current < len(list) {
		l.b.hidePart(list[l.current])
	}
}

// askWhy asks for the reason for which an exhibit is left out; none takes it in
// again.
func (b *bundleWalk) askWhy(e model.ExhibitLine, set func(reason string)) {
	answers := []answer{{text: lang.L("Cancel")}}
	if b.why(e) != "" {
		answers = append(answers, answer{text: lang.L("Take it in again"), do: func() { set("") }})
	}
	reasons := model.Reasons()
	pick := newSelection(labelsOf(reasons), nil)
	pick.PlaceHolder = lang.L("Choose a reason")
	pick.SetSelectedIndex(slices.IndexFunc(reasons, func(r model.Option) bool { return r.Value == b.h.Without[e.Item] }))
	answers = append(answers, answer{text: lang.L("Leave it out"), main: true, do: func() {
		if pick.Selected != "" {
			set(valueOf(reasons, pick.Selected))
		}
	}})
	body := stacked(plain(lang.L("The other side reads the reason, and that these rows are missing. Which is it?")), pick)
	b.w.dialog(shorten(e.Label+"  "+e.Title, longestName), body, answers...)
}

// without leaves an exhibit out, or takes it in with no reason.
func (b *bundleWalk) without(item int64, reason string) {
	without := maps.Clone(b.h.Without)
	if without == nil {
		without = map[int64]string{}
	}
	if without[item] = reason; reason == "" {
		delete(without, item)
	}
	b.h.Without = without
	b.stale = true
}

func (l *orderList) set(item int64, reason string) {
	l.b.without(item, reason)
	l.measure()
	l.Refresh()
	l.b.w.win.Canvas().Focus(l)
}

// TypedShortcut moves the current exhibit.
func (l *orderList) TypedShortcut(key fyne.Shortcut) {
	c, ok := key.(*desktop.CustomShortcut)
	if !ok {
		return
	}
	l.b.w.touch(nil)
	switch {
	case c.Modifier == fyne.KeyModifierAlt && c.KeyName == fyne.KeyUp:
		l.move(-1)
	case c.Modifier == fyne.KeyModifierAlt && c.KeyName == fyne.KeyDown:
		l.move(1)
	}
}

// TypedKey leaves an exhibit out, or goes through the list.
func (l *orderList) TypedKey(e *fyne.KeyEvent) {
	l.b.w.touch(e)
	switch {
	case e.Name == fyne.KeyDelete && l.b.h.Served:
		l.leaveOut()
	case modifiers()&fyne.KeyModifierAlt != 0: // a shortcut, which comes by itself
	default:
		l.lines.TypedKey(e)
	}
}

// grip is what an exhibit is dragged by.
type grip struct {
	widget.Icon
	l     *orderList
	place int
	held  bool
}

func newGrip(l *orderList) *grip {
	g := &grip{l: l}
	g.Resource = theme.Icon(theme.IconNameMoreVertical)
	g.ExtendBaseWidget(g)
	return g
}

// Cursor shows that it can be dragged.
func (g *grip) Cursor() desktop.Cursor { return desktop.VResizeCursor }

// Dragged moves the exhibit by whole places.
func (g *grip) Dragged(e *fyne.DragEvent) {
	g.l.b.w.touch(nil)
	if !g.held {
		g.held, g.l.dragged = true, 0
		g.l.current = g.place
	}
	g.l.dragged += e.Dragged.DY
	for height := g.Size().Height + theme.SeparatorThicknessSize(); g.l.dragged >= height; g.l.dragged -= height {
		g.l.move(1)
	}
	for height := g.Size().Height + theme.SeparatorThicknessSize(); g.l.dragged <= -height; g.l.dragged += height {
		g.l.move(-1)
	}
}

// DragEnd lets go.
func (g *grip) DragEnd() { g.held = false }
