package model

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/importers/pictures"
	"daybook/report"
	"daybook/report/leak"
	"daybook/timeline"
)

// KeptOut is something that every served pack withholds.
type KeptOut struct {
	Words  string
	Reason string
	Said   string // by whom and when
	Wide   bool   // it is words, kept out wherever they stand, and no part of one file

	entry uint64
}

// KeepOutReasons are the reasons for which words are kept out: the other side
// reads them in the words' place.
func KeepOutReasons() []Option {
	var list []Option
	for _, w := range timeline.Withholds() {
		list = append(list, Option{Value: w.Code, Label: capital(w.Title)})
	}
	return list
}

// KeptOut lists what every served pack withholds.
func (d *Desk) KeptOut() ([]KeptOut, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	var list []KeptOut
	for _, w := range x.Withholdings() {
		list = append(list, keptOutOf(w, c.Zone()))
	}
	return list, nil
}

func keptOutOf(w timeline.Withholding, zone *time.Location) KeptOut {
	words := w.Words()
	if w.Everywhere() {
		words = w.Text
	}
	return KeptOut{oneLine(words), capital(timeline.WithholdTitle(w.Code)), oneLine(w.By) + ", " + w.At.In(zone).Format("2 Jan 2006, 15:04"), w.Everywhere(), w.Number}
}

// KeepOut keeps words out of every served pack, wherever they stand.
func (d *Desk) KeepOut(ctx context.Context, words, code string) error {
	_, x, err := d.held()
	if err != nil {
		return err
	}
	if strings.TrimSpace(words) == "" {
		return errors.New("type the words that are to be kept out")
	}
	_, err = x.Withhold(ctx, timeline.WithholdingDraft{Code: code, Text: words})
	return err
}

// ShowAgain takes a withholding back; both stay in the record.
func (d *Desk) ShowAgain(ctx context.Context, k KeptOut, reason string) error {
	_, x, err := d.held()
	if err != nil {
		return err
	}
	return x.ShowAgain(ctx, k.entry, strings.TrimSpace(reason))
}

// Found is what was found in a served pack that it was to withhold. Nothing of
// the pack is left: whoever wants it all the same makes it again, and says so.
type Found struct {
	Leaks  []Leak
	Looked string // "106 files were looked through …"
	Unread []string
	Sum    string // of the list, to be named by Handover.Released
}

// Leak is one thing that was found.
type Leak struct {
	What     string
	Words    string // and the part of them that was found, where they are many
	Places   []string
	Exhibits []ExhibitLine // in which it stands: each can be left out
	Pictures int           // of them: no words keep out what they show
}

func (f *Found) Error() string {
	return "something is in the pack that it was to withhold"
}

// leakWords is how many letters of a leak are shown.
const leakWords = 80

func foundOf(l leak.List, sum string, exhibits []report.Exhibit) *Found {
	f := &Found{Sum: sum, Looked: looked(l)}
	for _, x := range l.Findings {
		f.Leaks = append(f.Leaks, leakOf(x, exhibits))
	}
	for _, u := range l.Unread {
		f.Unread = append(f.Unread, oneLine(u))
	}
	return f
}

// leakOf names what was found, and every place that is known of it: an exhibit by
// its label and name.
func leakOf(x leak.Finding, exhibits []report.Exhibit) Leak {
	line := Leak{What: capital(x.What), Words: shortened(oneLine(x.Text), leakWords)}
	if x.Part != "" {
		line.Words += "” – “… " + shortened(oneLine(x.Part), leakWords) + " …"
	}
	for _, p := range x.Places {
		i := slices.IndexFunc(exhibits, func(e report.Exhibit) bool {
			return lies(p.File, e.File) || lies(p.File, e.Picture) || frameOf(p.File, e) != ""
		})
		if i < 0 {
			line.Places = append(line.Places, oneLine(p.String()))
			continue
		}
		e := exhibits[i]
		line.Places = append(line.Places, oneLine(inExhibit(p, e)))
		if slices.ContainsFunc(line.Exhibits, func(l ExhibitLine) bool { return l.Item == e.Item }) {
			continue
		}
		line.Exhibits = append(line.Exhibits, ExhibitLine{Item: e.Item, Label: e.Label, Title: oneLine(e.Title)})
		if e.Show == report.ShowPicture || frameOf(p.File, e) != "" {
			line.Pictures++
		}
	}
	if x.Times > len(x.Places) {
		line.Places = append(line.Places, fmt.Sprintf("found %s times in all", thousands(x.Times)))
	}
	return line
}

// lies tells that a place is a file of the pack, or in what that file holds.
func lies(place, file string) bool {
	return file != "" && (place == file || strings.HasPrefix(place, file+": "))
}

// frameOf is the time of the frame of a film that a place is.
func frameOf(place string, e report.Exhibit) string {
	for _, f := range e.Frames {
		if lies(place, f.File) {
			return f.At
		}
	}
	return ""
}

// inExhibit names a place by the exhibit.
func inExhibit(p leak.Place, e report.Exhibit) string {
	name := e.Label + ", " + e.Name
	if at := frameOf(p.File, e); at != "" {
		p.File = name + ", its frame at " + at
	} else if lies(p.File, e.Picture) {
		p.File = name + ", its picture beside the timeline" + strings.TrimPrefix(p.File, e.Picture)
	} else {
		p.File = name + strings.TrimPrefix(p.File, e.File)
	}
	return p.String()
}

// released says of each thing that was found where it is handed over all the same.
func released(l leak.List, exhibits []report.Exhibit) (list []string) {
	for _, x := range l.Findings {
		found := leakOf(x, exhibits)
		where := count(x.Times, "place")
		if found.Pictures > 0 {
			where = count(found.Pictures, "picture") + ", found " + count(x.Times, "time")
		}
		list = append(list, fmt.Sprintf("“%s”, %s: in %s, released by you", found.Words, x.What, where))
	}
	return list
}

// Reread is how a served pack was read again before it got its place.
type Reread struct {
	Looked   string   // how far it was looked through for what it withholds
	Released []string // what was found in it and is in it, because the person wants it so
}

// looked says how far a pack was looked through.
func looked(l leak.List) string {
	s := fmt.Sprintf("%s looked through for %s that the pack withholds.", wasOrWere(l.Files, "file"), count(l.Looked, "thing"))
	if l.Pictures > 0 {
		s += fmt.Sprintf(" The words of %s were read by %s, which may miss some.", count(l.Pictures, "picture"), l.Reader)
	}
	if len(l.Longer) > 0 {
		s += " " + longerWords(l.Longer)
	}
	if l.Unsought > 0 {
		s += fmt.Sprintf(" There are %d more, which were not looked for: look through the pack yourself.", l.Unsought)
	}
	return s
}

// notLookedInto names what could not be looked into; empty where all could.
func notLookedInto(unread []string) string {
	if len(unread) == 0 {
		return ""
	}
	named := unread[:min(len(unread), leakLonger)]
	s := " Not looked into: " + oneLine(strings.Join(named, "; "))
	if more := len(unread) - len(named); more > 0 {
		s += fmt.Sprintf("; and %s more", thousands(more))
	}
	return s + "."
}

// leakLonger is how many longer words are named.
const leakLonger = 12

// longerWords names words that begin like one that is kept out.
func longerWords(list []leak.Longer) string {
	var words []string
	for i, x := range list {
		if i == leakLonger {
			words = append(words, fmt.Sprintf("and %s more", thousands(len(list)-i)))
			break
		}
		words = append(words, fmt.Sprintf("“%s” (%s)", oneLine(x.Word), oneLine(x.Places[0].String())))
	}
	return "Look at these, which begin like a word that is kept out, name the street of an address that is, or are the first name of a child who is, and were left as they are: " + strings.Join(words, ", ") + ". Keep out what should not be read."
}

// reread looks through a served pack before it gets its place. What is found is
// journaled as released when the person has seen this very list and wants the
// pack all the same; otherwise it is an error, and the pack is not made.
func (d *Desk) reread(ctx context.Context, c *evidence.Case, bundle fs.FS, b *report.Bundle, wanted string, progress evidence.Progress) (said Reread, err error) {
	o, stop, err := d.eyes(ctx)
	if err != nil {
		return said, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if progress != nil {
		o.Progress = func(done, total int64, what string) { progress(done, total, what) }
	}
	o.Unsought = b.Unsought
	if o.Own, err = report.Own(); err != nil {
		return said, err
	}
	still, stopStills, err := d.stills(ctx)
	if err != nil {
		return said, err
	}
	sought, err := b.Sought(ctx, still, d.Page)
	if err = errors.Join(err, stopStills()); err != nil {
		return said, err
	}
	list, err := leak.Look(ctx, bundle, sought, o)
	said.Looked = looked(list) + notLookedInto(list.Unread)
	if err != nil || len(list.Findings) == 0 {
		return said, err
	}
	sum, err := list.Hash()
	if err != nil {
		return said, err
	}
	if err := report.Release(ctx, c, bundle, list, sum == wanted); err != nil {
		return said, err
	}
	if sum != wanted {
		return said, foundOf(list, sum, b.Exhibits)
	}
	said.Released = released(list, b.Exhibits)
	return said, nil
}

// eyes is how the words of pictures are read, where something is installed that
// does.
func (d *Desk) eyes(ctx context.Context) (leak.Options, func() error, error) {
	none := func() error { return nil }
	if d.Engine == nil || d.Pictures == nil {
		return leak.Options{NoReader: pictures.ErrNoEngine.Error()}, none, nil
	}
	engine, err := d.Engine(ctx)
	if err != nil {
		return leak.Options{NoReader: err.Error()}, none, ctx.Err()
	}
	p, stop, err := d.Pictures(ctx)
	if err != nil {
		return leak.Options{}, nil, err
	}
	return leak.Options{Reader: engine.Name, Page: d.Page, Read: func(ctx context.Context, name string, picture []byte) (string, error) {
		return engine.Words(ctx, p, name, picture)
	}}, stop, nil
}
