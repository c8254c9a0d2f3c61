package pictures

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"daybook/evidence"
	"daybook/importers/photo"
	"daybook/importers/worker"
	"daybook/timeline"
)

// maxPixels is how many pixels of a picture the engine is given: a screenshot
// of ten screens' length is within it.
const maxPixels = 24_000_000

// Reading is one run over the pictures of a case. It may be cancelled at any
// moment: what was read is kept, and the next run goes on.
type Reading struct {
	Case     *evidence.Case
	Index    *timeline.Index
	Pictures photo.Pictures
	Engine   *Engine
	All      bool // photographs of a camera too
	Progress evidence.Progress
}

// Outcome is what a run did.
type Outcome struct {
	Engine, Language string
	Pictures         int // that the case holds
	Read             int // now
	Words            int // of those, with words in them
	Already          int // were read before by the same engine
	Photographs      int // left out: a camera made them
	Failed           []worker.Failure
}

// Read reads the words in the pictures of a case that were not read yet.
func (r Reading) Read(ctx context.Context) (Outcome, error) {
	if readOnly, why := r.Case.ReadOnly(); readOnly {
		return Outcome{}, fmt.Errorf("this case can be read and not changed: %s", why)
	}
	out := Outcome{Engine: r.Engine.Name, Language: r.Engine.Language}
	list, err := Held(ctx, r.Index)
	if err != nil {
		return out, err
	}
	out.Pictures = len(list)
	todo, err := r.unread(ctx, list, &out)
	if err != nil {
		return out, err
	}
	told := func(done, all int64) {
		if r.Progress != nil {
			r.Progress(done, all, "pictures read")
		}
	}
	err = worker.Each(ctx, todo, told, r.one, func(p Picture, text timeline.PictureText, err error) error {
		if err != nil {
			text.Note = err.Error()
			out.Failed = append(out.Failed, worker.Failure{Item: p.Items[0], Name: p.Name, Reason: text.Note})
		} else {
			out.Read++
		}
		if text.Text != "" {
			out.Words++
		}
		if err != nil && !final(err) {
			return nil // tried again the next time
		}
		return r.Index.KeepPictureTexts(text)
	})
	slices.SortFunc(out.Failed, func(a, b worker.Failure) int { return cmp.Compare(a.Item, b.Item) })
	return out, err
}

// unread gives the pictures that are to be read. Of those that were read before,
// it notes what shows them now.
func (r Reading) unread(ctx context.Context, list []Picture, out *Outcome) ([]Picture, error) {
	known := map[evidence.Hash]timeline.PictureText{}
	for t, err := range r.Index.PictureTexts(ctx) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil { // damaged ones are read again
			known[t.Picture] = t
		}
	}
	var todo []Picture
	for _, p := range list {
		t, ok := known[p.Hash]
		switch {
		case ok && t.Engine == r.Engine.Name && t.Language == r.Engine.Language:
			out.Already++
			if slices.Equal(t.Items, p.Items) && slices.Equal(t.Events, p.Events) {
				continue
			}
			t.Items, t.Events = p.Items, p.Events
			if err := r.Index.KeepPictureTexts(t); err != nil {
				return nil, err
			}
		case p.Camera && !r.All:
			out.Photographs++
		default:
			todo = append(todo, p)
		}
	}
	return todo, nil
}

// final tells that looking at a picture again will end the same way.
func final(err error) bool {
	return errors.As(err, new(*photo.NotShown)) || errors.As(err, new(*worker.GaveUp))
}

// one reads one picture.
func (r Reading) one(ctx context.Context, p Picture) (t timeline.PictureText, err error) {
	t = timeline.PictureText{Picture: p.Hash, Items: p.Items, Events: p.Events, Engine: r.Engine.Name, Language: r.Engine.Language}
	o, err := r.Case.Original(p.Hash)
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	t.Text, err = r.Engine.words(ctx, r.Pictures, p.Name, o, o.Size())
	return t, err
}

// Words reads the words that a picture shows, of no case: a line for each line.
func (e *Engine) Words(ctx context.Context, p photo.Pictures, name string, picture []byte) (string, error) {
	return e.words(ctx, p, name, bytes.NewReader(picture), int64(len(picture)))
}

func (e *Engine) words(ctx context.Context, p photo.Pictures, name string, r io.ReaderAt, size int64) (string, error) {
	b, err := p.Grey(ctx, name, r, size, maxPixels)
	if err != nil {
		return "", err
	}
	g, err := parsePGM(b)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	lines, err := e.read(ctx, name, g)
	return strings.Join(lines, "\n"), err
}
