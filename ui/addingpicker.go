package ui

import (
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"daybook/ui/model"
)

// picker chooses files and folders, several at a time. It is our own: Fyne's
// takes one file only, and the system's keeps a list of what was chosen last,
// which somebody else could read.
type picker struct {
	w      *Window
	box    *over
	folder model.Folder
	chosen map[string]bool // by path, whether it is a folder
	list   *pickList
	where  *widget.Label
	note   *widget.RichText
	add    *answerButton
	take   func([]string)
	whole  bool // a folder is wanted, not files
	cases  bool // … which is a case
}

// chooseCase lets a person choose a case folder.
func (w *Window) chooseCase(take func(string)) {
	w.picking(&picker{whole: true, cases: true, take: func(paths []string) { take(paths[0]) }})
}

// chooseFolder lets a person choose one folder, and gives it to take.
func (w *Window) chooseFolder(take func(string)) {
	w.picking(&picker{whole: true, take: func(paths []string) { take(paths[0]) }})
}

// pick lets a person choose, and gives what they chose to take.
func (w *Window) pick(take func([]string)) { w.picking(&picker{take: take}) }

func (w *Window) picking(p *picker) {
	p.w, p.chosen, p.where, p.note = w, map[string]bool{}, widget.NewLabel(""), quiet(" ")
	p.where.Truncation = fyne.TextTruncateEllipsis
	p.list = newPickList(p)
	p.add = p.button(lang.L("Add"), p.done)
	p.add.Importance = widget.HighImportance
	places := container.NewVBox()
	for _, place := range model.Places() {
		places.Add(p.button(place.Name, func() { p.open(place.Path) }))
	}
	up := p.button(lang.L("Up"), func() {
		if p.folder.Above != "" {
			p.open(p.folder.Above)
		}
	})
	whole := p.button(lang.L("This whole folder"), func() { p.chosen = map[string]bool{p.folder.Path: true}; p.done() })
	head := container.NewBorder(nil, nil, up, whole, p.where)
	body := container.NewBorder(head, p.note, container.NewVScroll(places), nil, p.list)
	title, buttons := lang.L("Choose files and folders"), []fyne.CanvasObject{p.button(lang.L("Cancel"), p.close), p.add}
	if p.whole {
		title, buttons = lang.L("Choose a folder"), buttons[:1]
		whole.Importance = widget.HighImportance
	}
	p.box = w.over(title, body, buttons...)
	p.box.fill()
	first := ""
	if list := model.Places(); len(list) > 0 {
		first = list[0].Path
	}
	p.open(first)
}

func (p *picker) button(text string, tapped func()) *answerButton {
	b := &answerButton{escape: p.close}
	b.Text, b.OnTapped = text, tapped
	b.ExtendBaseWidget(b)
	return b
}

func (p *picker) close() { p.box.Hide() }

func (p *picker) open(dir string) {
	f, err := model.OpenFolder(dir)
	if err != nil {
		setText(p.note, told(err))
		return
	}
	from := p.folder.Path
	p.folder = f
	p.where.SetText(f.Path)
	p.list.UnselectAll()
	p.list.Refresh()
	p.list.ScrollToTop()
	p.list.current = max(0, slices.IndexFunc(f.Entries, func(e model.FolderEntry) bool { return e.Path == from }))
	p.list.Highlight(p.list.current)
	p.w.win.Canvas().Focus(p.list) // whichever button led here
	p.tell()
}

// press opens a folder, and chooses a file or lets it go.
func (p *picker) press(i int) {
	if i < 0 || i >= len(p.folder.Entries) {
		return
	}
	e := p.folder.Entries[i]
	if e.Folder {
		if p.cases && strings.HasSuffix(e.Name, ".daybook") {
			p.choose(i)
			return
		}
		p.open(e.Path)
		return
	}
	p.choose(i)
}

// choose chooses a file or a folder, or lets it go. Where one folder is wanted,
// that is all; a case has its ending.
func (p *picker) choose(i int) {
	if i < 0 || i >= len(p.folder.Entries) {
		return
	}
	e := p.folder.Entries[i]
	if p.whole {
		if e.Folder && (!p.cases || strings.HasSuffix(e.Name, ".daybook")) {
			p.chosen = map[string]bool{e.Path: true}
			p.done()
		}
		return
	}
	if _, ok := p.chosen[e.Path]; ok {
		delete(p.chosen, e.Path)
	} else {
		p.chosen[e.Path] = e.Folder
	}
	p.list.RefreshItem(i)
	p.tell()
}

func (p *picker) tell() {
	text := said(p.folder.Note)
	if len(p.chosen) > 0 {
		text = model.Chosen(p.chosen)
	} else if text == "" {
		text = model.Holds(p.folder)
		if !p.whole {
			text += " " + lang.L("Space chooses, Enter opens a folder.")
		}
	}
	setText(p.note, text)
	if len(p.chosen) == 0 {
		p.add.Disable()
		return
	}
	p.add.Enable()
}

func (p *picker) done() {
	if len(p.chosen) == 0 {
		return
	}
	p.close()
	p.take(slices.Sorted(maps.Keys(p.chosen)))
}

// pickList shows the entries of a folder; space chooses.
type pickList struct {
	widget.List
	hears
	p       *picker
	current int
	keys    bool // they are here
}

// FocusGained and FocusLost show where the keys are, in an empty folder too.
func (l *pickList) FocusGained() { l.keys = true; l.List.FocusGained(); l.Refresh() }
func (l *pickList) FocusLost()   { l.keys = false; l.List.FocusLost(); l.Refresh() }

// CreateRenderer draws the list and its rings.
func (l *pickList) CreateRenderer() fyne.WidgetRenderer {
	return withRings(l.List.CreateRenderer(), l, &l.keys, false)
}

// TypedRune chooses with the space bar, or lets go.
func (l *pickList) TypedRune(r rune) {
	l.p.w.touch(nil)
	if r == space {
		l.p.choose(l.current)
	}
}

func newPickList(p *picker) *pickList {
	l := &pickList{p: p}
	l.Length = func() int { return len(p.folder.Entries) }
	l.CreateItem = func() fyne.CanvasObject {
		name := widget.NewLabel("")
		name.Truncation = fyne.TextTruncateEllipsis
		row := container.NewBorder(nil, nil, widget.NewIcon(nil), widget.NewLabel(""), name)
		return container.New(layout.NewCustomPaddedLayout(0, 0, 3*ringWidth(), 3*ringWidth()), row) // clear of the ring
	}
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		row := o.(*fyne.Container).Objects[0].(*fyne.Container)
		e := p.folder.Entries[i]
		row.Objects[0].(*widget.Label).SetText(e.Name)
		icon := theme.IconNameFolder
		_, chosen := p.chosen[e.Path]
		switch {
		case chosen:
			icon = theme.IconNameCheckButtonChecked
		case !e.Folder && p.whole: // a file is there to be seen, and cannot be chosen
			icon = theme.IconNameFile
		case !e.Folder:
			icon = theme.IconNameCheckButton
		}
		row.Objects[1].(*widget.Icon).SetResource(theme.Icon(icon))
		row.Objects[2].(*widget.Label).SetText(said(e.When))
		row.Refresh() // the words are of another width than those of its last entry
	}
	l.OnHighlighted = func(i widget.ListItemID) { l.current = i }
	l.OnSelected = func(i widget.ListItemID) {
		l.current = i
		l.UnselectAll()
		p.press(i)
	}
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey closes on Esc, opens a folder on Enter, and adds what is chosen on
// Enter where a file has the keys.
func (l *pickList) TypedKey(e *fyne.KeyEvent) {
	l.p.w.touch(e)
	switch e.Name {
	case fyne.KeyEscape:
		l.p.close()
	case fyne.KeyBackspace:
		if l.p.folder.Above != "" {
			l.p.open(l.p.folder.Above)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if len(l.p.chosen) > 0 && l.current < len(l.p.folder.Entries) && !l.p.folder.Entries[l.current].Folder {
			l.p.done()
			return
		}
		l.p.press(l.current)
	case fyne.KeySpace: // TypedRune has it
	default:
		l.List.TypedKey(e)
	}
}
