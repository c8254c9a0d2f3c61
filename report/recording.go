package report

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/report/pdf"
	"daybook/timeline"
)

// filmParts is how many parts a film is cut into, each with a frame.
const filmParts = 6

// FrameShown is a frame of a film that a bundle shows.
type FrameShown struct {
	At            string // since the film began
	File          string // where it is in the bundle
	Width, Height int
}

// isRecording tells that a file is a film or a sound.
func isRecording(mt string) bool { return major(mt) == "video" || major(mt) == "audio" }

// lookInto has somebody look into the films and sounds of this bundle that nobody
// looked into, or that could not be read then, where there is somebody who can.
func (p *planner) lookInto(ctx context.Context) error {
	if p.sel.LookInto == nil {
		return nil
	}
	var items []evidence.Item
	for _, n := range slices.Sorted(maps.Keys(p.items)) {
		item, err := p.c.Item(n)
		if err != nil {
			return fmt.Errorf("item %d: %w", n, err)
		}
		if !isRecording(item.Type) || item.Deleted || len(p.items[n].rows) == 0 {
			continue
		}
		if rec, known, err := p.x.Recording(item.Hash); err != nil || !known || rec.Note != "" { // a damaged one is made again
			items = append(items, item)
		}
	}
	if len(items) == 0 {
		return nil
	}
	return p.sel.LookInto(ctx, items)
}

// recorded is what is shown of a film or a sound. A served pack shows something of
// those alone whose file would be in it but for what may stand beside its streams: of a
// film nobody can paint parts over, and frames and loudness carry no such thing.
func (p *planner) recorded(e *Exhibit, item evidence.Item, said string) error {
	if e.Duration = said; said != "" {
		e.Counted = sayAsFileSays
	}
	switch {
	case item.Deleted:
		return nil
	case e.File == "" && e.Withheld != sayWithheldStreams:
		e.NoPicture = sayNoFrames
		return nil
	}
	r, known, err := p.x.Recording(item.Hash)
	if err != nil {
		return err
	}
	if !known {
		e.NoPicture = sayNotLookedInto
		return nil
	}
	e.Engine = r.Engine
	if r.Length > 0 {
		e.Duration, e.Counted = lasting(r.Length), fmt.Sprintf(sayCounted, r.Engine)
		if says, err := time.ParseDuration(strings.ReplaceAll(said, " ", "")); err == nil && (says-r.Length).Abs() > time.Second {
			e.Counted += fmt.Sprintf(sayFileSays, said)
		}
	}
	if r.Note != "" {
		e.NoPicture = fmt.Sprintf(sayNotShown, r.Engine, r.Note)
	}
	for i, f := range r.Frames {
		file := fileName("data/timeline/pictures", item.Number, item.Hash.String(), fmt.Sprintf("-%d.jpg", i+1))
		e.Frames = append(e.Frames, FrameShown{timeCode(f.At), file, f.Width, f.Height})
	}
	if e.Level = r.Level; len(r.Level) > 0 {
		e.Ticks = ticks(r.Length)
	}
	switch {
	case len(e.Frames) > 0:
		e.Show = ShowFrames
	case len(e.Level) > 0:
		e.Show = ShowLevel
	}
	return nil
}

// lasting is a length in words.
func lasting(d time.Duration) string {
	d = max(0, d).Round(100 * time.Millisecond)
	if d < time.Minute {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	all := int(d.Round(time.Second).Seconds())
	if all < 3600 {
		return fmt.Sprintf("%d min %02d s", all/60, all%60)
	}
	return fmt.Sprintf("%d h %02d min %02d s", all/3600, all/60%60, all%60)
}

// timeCode is a place in a film as players show it, to a tenth of a second.
func timeCode(d time.Duration) string {
	tenths := max(0, d).Milliseconds() / 100
	return fmt.Sprintf("%d:%02d:%02d.%d", tenths/36000, tenths/600%60, tenths/10%60, tenths%10)
}

// frames reads the frames of a film that is shown.
func (b *Bundle) frames(e Exhibit) ([]timeline.Frame, error) {
	r, known, err := b.recording(e.Hash)
	if err == nil && (!known || len(r.Frames) != len(e.Frames)) {
		err = fmt.Errorf("frames of exhibit %s: they were thrown away while the bundle was made; make it again", e.Label)
	}
	return r.Frames, err
}

// writeFrames writes the frames of films, which the pages for a browser show.
func (b *Bundle) writeFrames(to *bag) error {
	for _, e := range b.Exhibits {
		if e.Show != ShowFrames {
			continue
		}
		frames, err := b.frames(e)
		if err != nil {
			return err
		}
		for i, f := range e.Frames {
			if err := to.text(f.File, string(frames[i].JPEG)); err != nil {
				return err
			}
		}
	}
	return nil
}

// strip prints the frames of a film.
func (p *paper) strip(b Frames) error {
	e, _ := p.b.exhibit(b.Item)
	frames, err := p.b.frames(e)
	if err != nil {
		return err
	}
	pictures := make([]pdf.Picture, len(frames))
	for i, f := range frames {
		at := e.Frames[i].At
		pictures[i] = pdf.Picture{Data: f.JPEG, Alt: fmt.Sprintf(sayFrameAlt, e.Label, at), Caption: []pdf.Run{{Text: fmt.Sprintf(sayFrameOf, e.Label, at)}}}
	}
	p.doc.Strip(pictures)
	return p.doc.Err()
}

// levelFloor is the least loudness that is drawn, in decibels.
const levelFloor = -60

// heights are the values of a level as they are drawn: 1 is the loudest.
func (e Exhibit) heights() []float64 {
	all := make([]float64, len(e.Level))
	for i, v := range e.Level {
		all[i] = math.Max(0, 1-float64(v)/levelFloor)
	}
	return all
}

// level prints how loud a sound is over its time.
func (p *paper) level(b Level) error {
	e, _ := p.b.exhibit(b.Item)
	p.doc.Curve(pdf.Curve{Values: e.heights(), Alt: e.levelAlt(), Beside: []string{"0 dB", fmt.Sprintf("−%d", -levelFloor/2), fmt.Sprintf("−%d", -levelFloor)}, Below: e.Ticks})
	return p.doc.Err()
}

func (e Exhibit) levelAlt() string { return fmt.Sprintf(sayLevelAlt, e.Label, e.Duration) }

// ticks are time codes below a level, from its beginning to its end: fewer where two
// would be the same.
func ticks(length time.Duration) (all []string) {
	parts := min(4, max(1, length/(100*time.Millisecond)))
	for i := range parts + 1 {
		all = append(all, timeCode(length*i/parts))
	}
	return slices.Compact(all)
}

// lookedInto says in the system record what looked into films and sounds; empty where
// the bundle has none.
func (b *Bundle) lookedInto() string {
	by := map[string]int{}
	away, not, lost := 0, 0, 0
	for _, e := range b.Exhibits {
		switch {
		case !isRecording(e.Type):
		case e.NoPicture == sayNotLookedInto:
			not++
		case e.Engine == "":
			away++
		case e.NoPicture != "":
			lost++
		default:
			by[e.Engine]++
		}
	}
	var said []string
	for _, engine := range slices.Sorted(maps.Keys(by)) {
		said = append(said, fmt.Sprintf(sayLookedBy, by[engine], engine))
	}
	if lost > 0 {
		said = append(said, fmt.Sprintf(sayLookedLost, lost))
	}
	if not > 0 {
		said = append(said, fmt.Sprintf(sayLookedNot, not))
	}
	if away > 0 {
		said = append(said, agree(sayLookedAway, away))
	}
	return strings.Join(said, "; ")
}
