package ui

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"daybook/assets/help"
	"daybook/ui/model"
)

// option is one choice of a setting.
type option struct {
	name string // as it is shown
	take func(*model.Settings)
	now  func(model.Settings) bool
}

// setting is a line of the settings page.
type setting struct {
	name    string
	note    string
	kept    bool // in a case: it can only be chosen while one is open
	options []option
}

// settings lists what can be chosen.
func settings() []setting {
	return []setting{
		{name: "Colours", options: []option{
			look(lang.L("As the system has it"), "system"), look(lang.L("Light"), "light"), look(lang.L("Dark"), "dark"), look(lang.L("High contrast"), "contrast"),
		}},
		{name: "Size of text", options: textSizes()},
		{name: "Lock when nobody has touched anything for", kept: true, options: idleTimes(),
			note: "Work under way is finished first. When the computer goes to sleep, Daybook locks at once. Locking empties the clipboard."},
		{name: "Hide when this key is pressed three times within one and a half seconds", kept: true, options: []option{
			hideBy(lang.L("Shift"), "shift"), hideBy(lang.L("Ctrl"), "ctrl"), hideBy(lang.L("Alt"), "alt"), hideBy(lang.L("No key: only Ctrl+W hides"), "off"),
		}, note: "A plain sheet of notes takes the place of everything, the case is locked and the clipboard is emptied. Ctrl+W does the same. To come back, press Ctrl+O. This hides the screen; it does not remove traces."},
		{name: "Pictures in lists and details", kept: true, options: []option{
			unblurred(lang.L("Blurred, each until I press it"), false), unblurred(lang.L("As they are"), true),
		}, note: "Who looks over your shoulder sees no picture that you did not ask for."},
		{name: "Whose help numbers come first", kept: true, options: countries()},
		{name: "What the window is called and how it looks in the system's lists", kept: true, options: titles(), note: "Before a case is open it is called Notes."},
	}
}

func look(name, value string) option {
	return option{name, func(s *model.Settings) { s.Look = value }, func(s model.Settings) bool { return s.Look == value }}
}

func hideBy(name, value string) option {
	return option{name, func(s *model.Settings) { s.Hide = value }, func(s model.Settings) bool { return s.Hide == value }}
}

func unblurred(name string, value bool) option {
	return option{name, func(s *model.Settings) { s.Clear = value }, func(s model.Settings) bool { return s.Clear == value }}
}

// countries are those whose numbers of help there are; none where they cannot be
// read, which the page of help says.
func countries() (list []option) {
	all, err := help.Countries()
	if err != nil {
		return nil
	}
	for _, c := range all {
		list = append(list, option{lang.L(c.Name), func(s *model.Settings) { s.Country = c.ID }, func(s model.Settings) bool { return s.Country == c.ID }})
	}
	return list
}

func textSizes() (list []option) {
	for _, n := range model.TextSizes() {
		list = append(list, option{fmt.Sprintf("%d %%", n), func(s *model.Settings) { s.Text = n }, func(s model.Settings) bool { return s.Text == n }})
	}
	return list
}

func idleTimes() (list []option) {
	for _, d := range model.IdleTimes() {
		name := lang.L("{{.N}} seconds", map[string]any{"N": int(d.Seconds())})
		switch {
		case d == time.Minute:
			name = lang.L("1 minute")
		case d > time.Minute:
			name = lang.L("{{.N}} minutes", map[string]any{"N": int(d.Minutes())})
		}
		list = append(list, option{name, func(s *model.Settings) { s.Idle = d }, func(s model.Settings) bool { return s.Idle == d }})
	}
	return list
}

func titles() (list []option) {
	for _, t := range model.Titles() {
		list = append(list, option{lang.L(t), func(s *model.Settings) { s.Title = t }, func(s model.Settings) bool { return s.Title == t }})
	}
	return list
}

// settingsPage shows what can be chosen. Each choice holds at once.
func settingsPage(w *Window) view { return settingsView(w, 0) }

// settingsView is the page with the keys on one of its lines.
func settingsView(w *Window, line int) view {
	body := stacked()
	if w.desk.Open() {
		body.Add(quiet(lang.L("What you choose is kept inside the case, so that nobody can read it without the passphrase.")))
	} else {
		body.Add(quiet(lang.L("What you choose now holds until you close the window. Open a case to choose more and to keep it.")))
	}
	var focus fyne.Focusable
	for i, s := range settings() {
		if s.kept && !w.desk.Open() {
			continue
		}
		pick := w.picker(i, s)
		if i == line || focus == nil {
			focus = pick
		}
		line := under(lang.L(s.name), container.New(column{20}, pick))
		if s.note != "" {
			line.Add(quiet(lang.L(s.note)))
		}
		body.Add(line)
	}
	if w.desk.Open() {
		body.Add(under(lang.L("Ways into this case"), container.New(&wrapLayout{least: 18}, w.leads(passphraseID), w.leads(devicesID))))
	}
	return view{content: container.NewVScroll(narrow(body)), focus: focus}
}

// picker is the field that chooses.
func (w *Window) picker(line int, s setting) *selection {
	var names []string
	var now string
	for _, o := range s.options {
		names = append(names, o.name)
		if o.now(w.chosen) {
			now = o.name
		}
	}
	pick := newSelection(names, nil)
	pick.PlaceHolder = w.chosen.Title // a window called otherwise
	pick.SetSelected(now)
	pick.OnChanged = func(string) { w.choose(line, s.options[pick.SelectedIndex()]) }
	return pick
}

// choose takes a choice, keeps it in the case if one is open, and draws the
// page anew, for the choice may have changed every size on it.
func (w *Window) choose(line int, o option) {
	s := w.chosen
	o.take(&s)
	var err error
	if w.desk.Open() {
		err = w.desk.Keep(w.chosen, s)
	}
	w.apply(s)
	w.put(w.page, settingsView(w, line))
	w.follow()
	w.tell(err)
}
