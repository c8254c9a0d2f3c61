package model

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"daybook/evidence"
	"daybook/importers/photo"
	"daybook/importers/pictures"
	"daybook/timeline"
)

// AboutReading is said before the words in pictures are read.
const AboutReading = "The words in screenshots and other pictures are read on this computer, so that a search finds them. " +
	"What is read may be wrong: it is marked as machine-read, is no part of what happened, and a time that a picture shows is never taken for the time of an event. " +
	"Photographs that name their camera are left out. It takes about a second for a picture, and goes on where it was stopped."

// ReadPictures reads the words in the pictures of the case that were not read
// yet, and says what came of it.
func (d *Desk) ReadPictures(ctx context.Context, progress evidence.Progress) (said []string, err error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	if d.Engine == nil {
		return nil, pictures.ErrNoEngine
	}
	engine, err := d.Engine(ctx)
	if err != nil {
		return nil, err
	}
	p, stop, err := d.showing(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	got, err := pictures.Reading{Case: c, Index: x, Pictures: p, Engine: engine, Progress: progress}.Read(ctx)
	if err != nil {
		return nil, err
	}
	said = []string{fmt.Sprintf("%s in the case: %d read now, %d of them with words; %d read before.",
		Capital(count(got.Pictures, "picture")), got.Read, got.Words, got.Already)}
	if got.Photographs > 0 {
		said = append(said, Capital(count(got.Photographs, "photograph"))+" of a camera left out.")
	}
	if n := len(got.Failed); n > 0 {
		first := got.Failed[0]
		said = append(said, fmt.Sprintf("%s could not be read, the first of them %s: %s", Capital(count(n, "picture")), oneLine(first.Name), oneLine(first.Reason)))
	}
	return said, nil
}

func (d *Desk) showing(ctx context.Context) (photo.Pictures, func() error, error) {
	if d.Pictures == nil {
		return nil, nil, ErrNoPictures
	}
	return d.Pictures(ctx)
}

// Alike lists pictures that look nearly alike and screenshots that continue one
// another: each fact a group, with its pictures in order.
func (d *Desk) Alike(ctx context.Context, progress evidence.Progress) (list []Fact, err error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	p, stop, err := d.showing(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	found, err := pictures.FindAlike(ctx, c, x, p, progress)
	if err != nil {
		return nil, err
	}
	for _, g := range found.Groups {
		list = append(list, Fact{"These look nearly alike", alikeText(g)})
	}
	for _, s := range found.Scrolls {
		head := "Screenshots of one conversation, in the order proposed"
		if s.Heading != "" {
			head = fmt.Sprintf("Screenshots under “%s” (machine-read), in the order proposed", oneLine(s.Heading))
		}
		list = append(list, Fact{head, scrollText(s)})
	}
	if found.Unread > 0 {
		list = append(list, Fact{"Not put in order", "The words of " + count(found.Unread, "screenshot") + " were not read yet."})
	}
	return list, nil
}

func alikeText(g pictures.Group) string {
	var lines []string
	for i, m := range g.Members {
		line := pictureName(m.Picture)
		if i > 0 {
			line += fmt.Sprintf(" (%d of 64 parts differ from the first)", m.Differ)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func scrollText(s pictures.Scroll) string {
	var lines []string
	for _, step := range s.Steps {
		switch {
		case step.Gap:
			lines = append(lines, "– no line is on both: something may have been left out here –")
		case len(step.Shared) > 0:
			lines = append(lines, fmt.Sprintf("– %s on both: “%s” –", count(len(step.Shared), "line"), oneLine(strings.Join(step.Shared, " / "))))
		}
		lines = append(lines, pictureName(step.Picture))
		for _, p := range step.Again {
			lines = append(lines, "the same lines: "+pictureName(p))
		}
	}
	return strings.Join(lines, "\n")
}

func pictureName(p pictures.Picture) string {
	var items []string
	for _, n := range p.Items {
		items = append(items, fmt.Sprint(n))
	}
	return fmt.Sprintf("%s (item %s)", oneLine(p.Name), strings.Join(items, ", "))
}

// read adds what was read in the pictures of an event: the words, and the times
// among them as proposals that were not taken.
func (d *Detail) read(x *timeline.Index, r *timeline.Row) error {
	texts, err := x.PictureTextsOf(d.ID)
	if err != nil {
		return err
	}
	for _, t := range texts {
		text, _ := Visible(t.Text, nil)
		d.Read = append(d.Read, Fact{fmt.Sprintf("Read by %s (%s); it may be wrong", t.Engine, t.Language), text})
		for _, s := range pictures.ShownTimes(t.Text) {
			d.Times = append(d.Times, TimeLine{Label: "Shown in the picture, machine-read", When: oneLine(s), Note: "not used"})
		}
	}
	seen, err := x.Seen(r)
	for _, s := range seen {
		d.Read = append(d.Read, Fact{"The same words", oneLine(s.Text())})
	}
	return err
}
