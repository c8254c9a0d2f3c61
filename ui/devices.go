package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/model"
)

// devicesPage is about machines that can add to the case and cannot read it.
func devicesPage(w *Window) view {
	list, err := w.desk.Devices(context.Background())
	if err != nil {
		return failed(err)
	}
	s := w.sheet()
	s.body.Add(plain(lang.L("An add-only device is a folder: on a USB stick, on an old phone, on somebody else's computer. Whoever has it can put files in, without a passphrase, and can read nothing: not the case, and not what was put in. What they put in is taken in here.")))
	focus := w.takingIn(s)
	for _, text := range w.desk.Inbox() {
		s.body.Add(plain(said(text)))
	}
	w.makingDevice(s)
	if len(list) > 0 {
		s.body.Add(heading(lang.L("Those there are")))
	}
	listed(s, s.body, list, func(d model.DeviceLine) fyne.CanvasObject { return w.deviceRow(s, d) })
	return view{content: s.scroll, focus: focus, dropped: func(paths []string) { w.takeIn(paths[0]) }}
}

// takingIn asks for the folder of a device and takes in what was added there.
func (w *Window) takingIn(s *sheet) fyne.Focusable {
	var folder string
	field := s.line(&folder, lang.L("The device's folder, or a copy of it"))
	field.OnSubmitted = func(string) { w.takeIn(folder) }
	take := s.button(lang.L("Take in"), func() { w.takeIn(folder) })
	take.Importance = widget.HighImportance
	choose := s.button(lang.L("Choose…"), func() { w.chooseFolder(field.SetText) })
	s.body.Add(onSurface(stacked(heading(lang.L("Take in what was added")), container.NewBorder(nil, nil, nil, choose, field), container.NewHBox(take),
		quiet(lang.L("Each file that has come into the case is then removed from the device's folder. What lies in the case's own folder “inbox” is taken in whenever the case is opened.")))))
	return field
}

func (w *Window) takeIn(folder string) {
	w.addThen(func(ctx context.Context, p evidence.Progress) (model.Outcome, error) {
		return w.desk.TakeIn(ctx, folder, p)
	})
}

// makingDevice asks for what a new device needs.
func (w *Window) makingDevice(s *sheet) {
	var name, folder string
	s.body.Add(s.fold(section{lang.L("Make one"), false, func() []fyne.CanvasObject {
		in := s.line(&folder, lang.L("A folder, or a USB stick"))
		choose := s.button(lang.L("Choose…"), func() { w.chooseFolder(in.SetText) })
		return []fyne.CanvasObject{
			labelled(lang.L("What is it called? The record says so of each file"), s.line(&name, lang.L("Old phone"))),
			labelled(lang.L("In which folder is the device's own folder made?"), container.NewBorder(nil, nil, nil, choose, in)),
			container.NewHBox(s.button(lang.L("Make the device"), func() { w.makeDevice(name, folder) })),
		}
	}}))
}

func (w *Window) makeDevice(name, folder string) {
	var path string
	w.runJob(lang.L("Making the device"), func(ctx context.Context, _ evidence.Progress) (err error) {
		path, err = w.desk.MakeDevice(ctx, name, folder)
		return err
	}, func(err error) {
		if err != nil {
			w.tell(err)
			return
		}
		w.show(devicesID)
		w.notice(lang.L("The device is made"), lang.L("Its folder is {{.Path}}. To add with it, choose “Add without opening the case” on the page that opens a case. It opens nothing; whoever has the folder can add in its name, and no more.", map[string]any{"Path": path}))
	})
}

// deviceRow is one device, and the way to shut it out.
func (w *Window) deviceRow(s *sheet, d model.DeviceLine) fyne.CanvasObject {
	about := tight(asked(d.Name), quiet(said(d.Text)))
	if d.Removed {
		return about
	}
	out := s.button(lang.L("Shut it out…"), func() {
		w.ask(lang.L("Shut this device out?"), lang.L("For a device that is lost, or in the wrong hands. Nothing more is taken in from “{{.Name}}”, also nothing that was added and not taken in yet. What was taken in stays. This cannot be undone; another device can be made.", map[string]any{"Name": d.Name}),
			lang.L("Shut it out"), lang.L("Leave it"), func() { w.removeDevice(d.ID) })
	})
	return container.NewBorder(nil, nil, nil, container.NewVBox(out), about)
}

func (w *Window) removeDevice(id string) {
	err := w.desk.RemoveDevice(context.Background(), id)
	w.show(devicesID)
	w.tell(err)
}

// addOnForm is the page on which files are added with an add-only device.
type addOnForm struct {
	*sheet
	folder, note string
	waiting      []string
	list         *fyne.Container
}

// addOnPage adds on an add-only device: it needs no case and no passphrase.
func addOnPage(w *Window) view {
	f := &addOnForm{sheet: w.sheet(), list: stacked()}
	field := f.line(&f.folder, lang.L("The device's folder"))
	choose := f.button(lang.L("Choose…"), func() { w.chooseFolder(field.SetText) })
	add := f.button(lang.L("Add them"), f.add)
	add.Importance = widget.HighImportance
	f.body.Add(plain(lang.L("Here files are put into the folder of an add-only device. They are encrypted at once: nobody can read them here, and you cannot take them back. Whoever keeps the case takes them in.")))
	f.body.Add(labelled(lang.L("The device"), container.NewBorder(nil, nil, nil, choose, field)))
	f.body.Add(labelled(lang.L("Files: drop them on this window, or choose them"), container.NewHBox(f.button(lang.L("Choose files or folders"), func() { w.pick(f.dropped) }))))
	f.body.Add(f.list)
	f.body.Add(labelled(lang.L("How did you get them? (You need not say.)"), f.line(&f.note, "")))
	f.body.Add(container.NewHBox(add))
	f.body.Add(quiet(lang.L("The files that you add stay where they are, readable, until you delete them.")))
	return view{content: f.scroll, focus: field, dropped: f.dropped}
}

func (f *addOnForm) dropped(paths []string) {
	for _, p := range paths {
		if !slices.Contains(f.waiting, p) {
			f.waiting = append(f.waiting, p)
		}
	}
	f.list.RemoveAll()
	listed(f.sheet, f.list, f.waiting, func(p string) fyne.CanvasObject { return broken(p) })
	f.body.Refresh()
}

func (f *addOnForm) add() {
	var out model.AddedOn
	f.w.runJob(lang.L("Adding"), func(ctx context.Context, p evidence.Progress) (err error) {
		out, err = model.AddOn(ctx, f.folder, f.note, f.waiting, p)
		return err
	}, func(err error) {
		if out.Lead != "" {
			f.done(out)
		}
		f.w.tell(err)
	})
}

// done says what became of the files.
func (f *addOnForm) done(out model.AddedOn) {
	s := f.w.sheet()
	more := s.button(lang.L("Add more"), func() { f.w.show(addOnID) })
	s.body.Add(plain(said(out.Lead)))
	problems(s, lang.L("What could not be read"), out.Failed)
	s.body.Add(container.NewHBox(more))
	f.w.put(f.w.page, view{content: s.scroll, focus: more})
}
