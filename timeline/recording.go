package timeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"daybook/evidence"
)

// Recording is what a program found in a film or a sound. It is an aid and no part of
// an event: it is marked as made by a program wherever it is shown, is counted
// nowhere, and can be made again from the original or thrown away.
type Recording struct {
	Original evidence.Hash `json:"original"`
	Items    []int64       `json:"items"`  // that are this recording
	Engine   string        `json:"engine"` // with its version
	Length   time.Duration `json:"length,omitempty"`
	Film     bool          `json:"film,omitempty"`
	Sound    bool          `json:"sound,omitempty"`
	Frames   []Frame       `json:"frames,omitempty"` // of a film, in their order
	Level    []int8        `json:"level,omitempty"`  // how loud a sound is over its time, in decibels below the loudest that a file can hold
	Note     string        `json:"note,omitempty"`   // why it was not looked into, or not wholly
}

// Silent is the least that a level says.
const Silent = -90

// Frame is a frame of a film, upright and made small.
type Frame struct {
	At     time.Duration `json:"at"` // since the film began
	Width  int           `json:"width"`
	Height int           `json:"height"`
	Size   int           `json:"size"` // of the JPEG, which is kept beside this
	JPEG   []byte        `json:"-"`
}

// The key spaces of the case that hold what was found in recordings, sealed, by the
// hash of the original, and their frames.
const (
	recordingStore = "recordings"
	frameStore     = "frames of films"
)

// recordings are what was found in the films and sounds of a case.
type recordings struct {
	found  shelf
	frames space
}

// KeepRecording keeps what was found in a recording, in the place of what was found in
// it before.
func (x *Index) KeepRecording(r Recording) error {
	r.Frames = slices.Clone(r.Frames)
	frames := x.recordings.frames.batch()
	for i := range r.Frames {
		f := &r.Frames[i]
		f.Size = len(f.JPEG)
		if err := putPieces(frames, frameKey(r.Original, i), f.JPEG); err != nil {
			return fmt.Errorf("recording %s: %w", r.Original, err)
		}
	}
	if err := frames.commit(); err != nil {
		return fmt.Errorf("recording %s: %w", r.Original, err)
	}
	value, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("recording %s: %w", r.Original, err)
	}
	b := x.recordings.found.batch()
	if err := b.put(string(r.Original[:]), value); err != nil {
		return fmt.Errorf("recording %s: %w", r.Original, err)
	}
	return b.commit()
}

func frameKey(h evidence.Hash, n int) string { return fmt.Sprintf("%s%04d", h[:], n) }

// Recording gives what was found in an original; known is false where nobody looked
// into it.
func (x *Index) Recording(h evidence.Hash) (r Recording, known bool, err error) {
	value, err := x.recordings.found.get(string(h[:]))
	if errors.Is(err, errLost) {
		return r, false, nil
	}
	if err == nil {
		err = json.Unmarshal(value, &r)
	}
	for i := range r.Frames {
		if err == nil {
			r.Frames[i].JPEG, err = getPieces(x.recordings.frames, frameKey(h, i), r.Frames[i].Size)
		}
	}
	if errors.Is(err, errLost) {
		return Recording{}, false, nil // it can be made again
	}
	if err != nil {
		return Recording{}, false, fmt.Errorf("recording %s: what was found in it: %w", h, err)
	}
	return r, true, nil
}

// ForgetRecordings throws away what was found in the recordings for which which says
// so.
func (x *Index) ForgetRecordings(ctx context.Context, which func(Recording) bool) (n int, err error) {
	var gone []Recording
	for value, err := range x.recordings.found.all() {
		var r Recording
		if err = errors.Join(err, ctx.Err()); err != nil {
			return 0, err
		}
		if json.Unmarshal(value, &r) == nil && which(r) {
			gone = append(gone, r)
		}
	}
	found, frames := x.recordings.found.batch(), x.recordings.frames.batch()
	for _, r := range gone {
		err := found.delete(string(r.Original[:]))
		for i, f := range r.Frames {
			err = errors.Join(err, deletePieces(frames, frameKey(r.Original, i), f.Size))
		}
		if err != nil {
			return 0, err
		}
	}
	return len(gone), errors.Join(found.commit(), frames.commit())
}
