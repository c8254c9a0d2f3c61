package evidence

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"daybook/evidence/device"
)

// inboxFolder is where the folders of add-only devices, or copies of them, lie
// in the case, to be taken in when it is opened.
const inboxFolder = "inbox"

// mostFolders is how many folders of the inbox are looked at in one go.
const mostFolders = 100

// An Inbox is what add-only devices have added and the case has not taken in
// yet. To take it in, add each arrival to a batch with its Provenance, wait
// until all are acknowledged, and Clear: what a journal entry names is then
// removed from the devices' folders, and nothing else. Whatever ends this half
// way, the next inbox goes on, and nothing is added twice.
type Inbox struct {
	Arrivals []Arrival

	c     *Case
	boxes []box
	from  uint64 // where the journal ended when the inbox was looked through
	known enrolled
	said  []string
}

// box is a folder and how it is called.
type box struct {
	*device.Box
	label string
}

// An Arrival is a file that was added on an add-only device.
type Arrival struct {
	Provenance Provenance
	file       *device.Arrival
	label      string
}

// Open opens its bytes. Reading them ends in an error unless they are those that
// the device has signed.
func (a Arrival) Open() (io.ReadCloser, error) { return a.file.Open() }

// Label names the arrival by its folder and its note.
func (a Arrival) Label() string { return a.label + "/" + a.file.Name() }

// Inbox looks through the folders of add-only devices: those in the case itself,
// or those that are named. It is closed when it was taken in.
func (c *Case) Inbox(ctx context.Context, folders ...string) (*Inbox, error) {
	in := &Inbox{c: c, from: c.Head().Count}
	if ok, _ := c.writable(); !ok {
		return in, nil
	}
	var err error
	named := len(folders) > 0
	if !named {
		if folders = in.own(); len(folders) == 0 {
			return in, nil
		}
	}
	if in.known, err = c.enrolled(ctx, 0); err != nil {
		return nil, err
	}
	for _, dir := range folders {
		if err := in.look(ctx, dir, named); err != nil {
			return nil, errors.Join(err, in.Close())
		}
	}
	if err := in.gather(ctx); err != nil {
		return nil, errors.Join(err, in.Close())
	}
	return in, nil
}

// own gives the folders in the case's own inbox that hold something.
func (in *Inbox) own() []string {
	root := filepath.Join(in.c.dir, inboxFolder)
	list, err := in.c.fs.ReadDir(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		in.say(inboxFolder, "cannot be read: "+err.Error())
		return nil
	}
	var folders []string
	for _, e := range list {
		dir := filepath.Join(root, e.Name())
		if e.IsDir() {
			if empty, err := device.Empty(in.c.fs, dir); empty && err == nil {
				continue
			}
		}
		switch {
		case !e.IsDir():
			in.say(inboxFolder+"/"+e.Name(), "is no folder of a device and stays where it is")
		case len(folders) == mostFolders:
			in.say(inboxFolder, fmt.Sprintf("has more than %d folders; the others are looked at when these are empty", mostFolders))
			return folders
		default:
			folders = append(folders, dir)
		}
	}
	return folders
}

// look reads one folder. One of the case's own that cannot be read is told of,
// and waits.
func (in *Inbox) look(ctx context.Context, dir string, named bool) error {
	label := dir
	if rel, err := filepath.Rel(in.c.dir, dir); err == nil && !strings.HasPrefix(rel, "..") {
		label = filepath.ToSlash(rel)
	}
	identity, err := in.c.ring.Identity()
	if err != nil {
		return err
	}
	b, err := device.Read(ctx, in.c.fs, dir, device.Reader{Case: in.c.ID(), Identity: identity, Known: in.known.keys()})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil && named {
		return fmt.Errorf("%s: %w", dir, err)
	}
	if err != nil {
		in.say(label, "could not be taken in and stays where it is: "+err.Error())
		return nil
	}
	in.boxes = append(in.boxes, box{b, label})
	in.sayLeft(label, b.Left)
	if b.More > 0 {
		in.say(label, fmt.Sprintf("has %d notes more; they are taken in at the next opening", b.More))
	}
	return nil
}

// gather puts what arrived in the order in which each device added it, reads it
// through, and tells of what is missing between.
func (in *Inbox) gather(ctx context.Context) error {
	for _, b := range in.boxes {
		for _, a := range b.Arrivals {
			in.Arrivals = append(in.Arrivals, Arrival{file: a, label: b.label})
		}
	}
	slices.SortStableFunc(in.Arrivals, func(a, b Arrival) int {
		return cmp.Or(cmp.Compare(a.file.Device, b.file.Device), cmp.Compare(a.file.Seq, b.file.Seq))
	})
	waiting := in.Arrivals[:0]
	queued := map[Hash]bool{}
	for _, a := range in.Arrivals {
		d := in.known.by[a.file.Device]
		sum := Hash(a.file.Sum)
		if d.taken[sum] || queued[sum] {
			continue // it is in the case already, or another copy of it comes now
		}
		findings := d.follow(a.file)
		if err := a.file.Verify(ctx); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			in.say(a.Label(), err.Error()+"; it was not taken in and stays where it is")
			continue
		}
		queued[sum] = true
		a.Provenance = provenance(d.Name, a.file.Note, arrived{Device: d.ID, Seq: a.file.Seq, Sum: sum, Time: a.file.Time, Findings: findings})
		for _, f := range findings {
			in.say(a.Label(), f)
		}
		waiting = append(waiting, a)
	}
	in.Arrivals = waiting
	return nil
}

// follow tells how a note does not follow those that are known.
func (d *enrolledDevice) follow(a *device.Arrival) (findings []string) {
	if before, ok := d.seen[a.Seq]; ok && before != Hash(a.Sum) {
		findings = append(findings, "has a number that was used before: the device's folder was put back to an earlier state")
	}
	before, ok := d.seen[a.Seq-1]
	switch {
	case a.Seq > 1 && !ok:
		last := uint64(0)
		for n := range d.seen {
			if n < a.Seq {
				last = max(last, n)
			}
		}
		findings = append(findings, fmt.Sprintf("follows on notes that are missing: %d to %d of the device", last+1, a.Seq-1))
	case before.String() != a.Prev:
		findings = append(findings, "does not follow the note before it")
	}
	d.seen[a.Seq] = Hash(a.Sum)
	return findings
}

// provenance is what the case says of an arrival.
func provenance(name string, n device.Note, a arrived) Provenance {
	note := fmt.Sprintf("added on the add-only device %q, at %s by its clock", name, n.Time)
	if n.Note != "" {
		note += ": " + n.Note
	}
	for _, f := range a.Findings {
		note += " (the device's note " + f + ")"
	}
	return Provenance{Name: n.Name, Path: n.Path, Size: n.Size, Modified: n.Modified, How: "add-only device", Note: note, arrived: &a}
}

// mostSaid is how many sentences are said of one inbox.
const mostSaid = 50

// Said tells, in sentences, what was not taken in and what does not fit.
func (in *Inbox) Said() []string {
	if n := len(in.said) - mostSaid; n > 0 {
		return append(slices.Clone(in.said[:mostSaid]), fmt.Sprintf("There are %d more of the kind.", n))
	}
	return in.said
}

func (in *Inbox) say(what, how string) { in.said = append(in.said, what+" "+how+".") }

// sayLeft tells what stays in a folder, a sentence for each reason.
func (in *Inbox) sayLeft(label string, left map[string]string) {
	by := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		by[left[name]] = append(by[left[name]], name)
	}
	for _, why := range slices.Sorted(maps.Keys(by)) {
		names := by[why]
		more := ""
		if len(names) > 1 {
			more = fmt.Sprintf(" (and %d more like it)", len(names)-1)
		}
		in.say(label+"/"+names[0]+more, why+"; it was not taken in and stays where it is")
	}
}

// Clear removes from the devices' folders what the journal names. A folder that
// cannot be written is told of: what stays there is known and not added again.
func (in *Inbox) Clear(ctx context.Context) error {
	if len(in.boxes) == 0 {
		return nil
	}
	now, err := in.c.enrolled(ctx, in.from)
	if err != nil {
		return err
	}
	for _, b := range in.boxes {
		for _, a := range b.Arrivals {
			if !in.known.by[a.Device].taken[Hash(a.Sum)] && !now.device(a.Device).taken[Hash(a.Sum)] {
				continue
			}
			if err := b.Forget(a); err != nil {
				in.say(b.label+"/"+a.Name(), "is in the case and could not be removed here: "+err.Error())
				break
			}
		}
	}
	return nil
}

// Close lets the folders go.
func (in *Inbox) Close() error {
	var all error
	for _, b := range in.boxes {
		all = errors.Join(all, b.Close())
	}
	in.boxes = nil
	return all
}
