package ui

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"daybook/assets/notice"
)

// noticePage says who may come to see what is kept.
func noticePage(w *Window) view {
	n, err := notice.Disclosure()
	if err != nil {
		return failed(err)
	}
	text := stacked()
	for _, p := range strings.Split(n.Text, "\n\n") {
		text.Add(plain(said(p)))
	}
	done := primary(lang.L("I have read this"), func() { w.noticed(n.Version, func() { w.show(homeID) }) })
	if !w.desk.Open() {
		done = newButton(lang.L("Back"), func() { w.show(helpID) })
	}
	return read(text, done)
}

// noticed keeps in the case which version of the notice was read.
func (w *Window) noticed(version int, then func()) {
	s := w.chosen
	s.Notice = version
	if err := w.desk.Keep(w.chosen, s); err != nil {
		w.tell(err)
		return
	}
	w.chosen = s
	then()
}

// afterNotice does something once the notice was read in this case: at once if
// it was. A bundle is made only so.
func (w *Window) afterNotice(do func()) { w.noticeFirst(do, nil) }

// noticeFirst does so, or what is done by whoever will not read it now.
func (w *Window) noticeFirst(do, notNow func()) {
	n, err := notice.Disclosure()
	if err != nil {
		w.tell(err)
		return
	}
	if w.chosen.Notice >= n.Version {
		do()
		return
	}
	w.dialog(lang.L("Who may see what you keep here"), plain(said(n.Text)),
		answer{text: lang.L("Not now"), do: notNow},
		answer{text: lang.L("I have read this"), main: true, do: func() { w.noticed(n.Version, do) }})
}
