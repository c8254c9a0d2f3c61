package model

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/evidence/device"
	"daybook/importers"
	"daybook/timeline"
)

// DeviceLine is an add-only device of the case.
type DeviceLine struct {
	ID      string
	Name    string
	Text    string // since when, and how much came from it
	Removed bool
}

// Devices lists the add-only devices, in the order in which they were made.
func (d *Desk) Devices(ctx context.Context) ([]DeviceLine, error) {
	c, _, err := d.held()
	if err != nil {
		return nil, err
	}
	list, err := c.Devices(ctx)
	if err != nil {
		return nil, err
	}
	var lines []DeviceLine
	for _, dev := range list {
		l := DeviceLine{ID: dev.ID, Name: oneLine(dev.Name), Removed: !dev.Removed.IsZero()}
		l.Text = fmt.Sprintf("Made on %s, %s taken in, number %s", shortDay(dev.Enrolled, c.Zone()), count(dev.Taken, "file"), dev.ID)
		if l.Removed {
			l.Text += ". Shut out on " + shortDay(dev.Removed, c.Zone())
		}
		lines = append(lines, l)
	}
	return lines, nil
}

func shortDay(t time.Time, zone *time.Location) string { return t.In(zone).Format("2 January 2006") }

// MakeDevice makes the folder of a new add-only device in a folder that somebody
// chose, and gives its path.
func (d *Desk) MakeDevice(ctx context.Context, name, folder string) (string, error) {
	c, _, err := d.held()
	if err != nil {
		return "", err
	}
	name, folder = strings.TrimSpace(name), strings.TrimSpace(folder)
	switch {
	case name == "":
		return "", errors.New("give the device a name, like “old phone” or “work laptop”: the record tells it by that")
	case strings.HasPrefix(name, ".") || strings.ContainsAny(name, `/\:*?"<>|`):
		return "", errors.New("give the device a name of letters and digits: its folder is called so")
	case folder == "":
		return "", errors.New("choose the folder, or the USB stick, in which the device's own folder is made")
	}
	if in, err := os.Stat(folder); err != nil || !in.IsDir() {
		return "", fmt.Errorf("%s is no folder that can be used; choose another one", oneLine(folder))
	}
	path := filepath.Join(folder, name)
	err = c.Enrol(ctx, name, path)
	if errors.Is(err, device.ErrExists) {
		err = fmt.Errorf("there is something in “%s” already; give the device another name, or choose another folder", oneLine(name))
	}
	return path, err
}

// RemoveDevice takes nothing more in that a device adds.
func (d *Desk) RemoveDevice(ctx context.Context, id string) error {
	c, _, err := d.held()
	if err != nil {
		return err
	}
	return c.RemoveDevice(ctx, id)
}

// TakeIn takes in what was added with an add-only device, from its folder.
func (d *Desk) TakeIn(ctx context.Context, folder string, progress evidence.Progress) (Outcome, error) {
	c, _, err := d.held()
	if err != nil {
		return Outcome{}, err
	}
	if folder = strings.TrimSpace(folder); folder == "" {
		return Outcome{}, errors.New("choose the device's folder")
	}
	in, err := c.Inbox(ctx, folder)
	if errors.Is(err, device.ErrNoDevice) || errors.Is(err, os.ErrNotExist) {
		return Outcome{}, fmt.Errorf("%s is not the folder of an add-only device", oneLine(folder))
	}
	if err != nil {
		return Outcome{}, err
	}
	return d.takeIn(ctx, in, progress)
}

// takeIn takes an inbox in and closes it.
func (d *Desk) takeIn(ctx context.Context, in *evidence.Inbox, progress evidence.Progress) (o Outcome, err error) {
	defer func() { err = errors.Join(err, in.Close()) }()
	if len(in.Arrivals) == 0 {
		err = in.Clear(ctx)
		return Outcome{Title: "Nothing new", Lead: "Nothing in this folder waits to be taken in.", Said: inbox(in.Said())}, err
	}
	o, err = d.adding(ctx, progress, func(r importers.Run) (timeline.Reconciliation, error) { return r.TakeIn(ctx, in) })
	o.Said = inbox(in.Said())
	return o, err
}

// inbox makes what is said of devices fit to be shown.
func inbox(said []string) (list []string) {
	for _, s := range said {
		list = append(list, Sentence(errors.New(s)))
	}
	return list
}

// AddedOn says what became of files that were added on an add-only device.
type AddedOn struct {
	Lead   string
	Failed []Problem
}

// AddOn adds files on an add-only device, by its folder. It opens no case and
// needs no passphrase.
func AddOn(ctx context.Context, folder, note string, paths []string, progress evidence.Progress) (AddedOn, error) {
	if folder = strings.TrimSpace(folder); folder == "" {
		return AddedOn{}, errors.New("choose the device's folder")
	}
	if len(paths) == 0 {
		return AddedOn{}, errors.New("choose at least one file or folder")
	}
	var out AddedOn
	added := 0
	err := evidence.AddOn(ctx, folder, strings.TrimSpace(note), paths, func(path string, err error) {
		if err != nil {
			out.Failed = append(out.Failed, Problem{oneLine(path), Sentence(err)})
			return
		}
		added++
		if progress != nil {
			progress(int64(added), 0, "files added")
		}
	})
	if errors.Is(err, device.ErrNoDevice) {
		return AddedOn{}, fmt.Errorf("%s is not the folder of an add-only device; one is made in an open case, under “Devices that can only add”", oneLine(folder))
	}
	out.Lead = count(added, "file") + " added. Whoever opens the case can read them; this device cannot."
	if added == 0 {
		out.Lead = "Nothing was added."
	}
	return out, err
}
