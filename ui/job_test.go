package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/importers/photo"
	"daybook/ui/model"
)

// TestCancelIsAnsweredAtOnce: the dialog says that it stops before the work has
// noticed, and stays until it has: two jobs never meet.
func TestCancelIsAnsweredAtOnce(t *testing.T) {
	w := window(t, Options{})
	var started func()
	w.env.Go = func(f func()) { started = f }
	var ended error
	w.runJob("Adding", func(ctx context.Context, p evidence.Progress) error {
		p(1, 10, "storing")
		if err := ctx.Err(); err != nil {
			return errors.Join(errors.New("stopped after 1 of 10"), err)
		}
		return nil
	}, func(err error) { ended = err })
	w.tap(t, "Cancel")
	if s := w.words(); !strings.Contains(s, "Stopping") || !w.busy() || ended != nil {
		t.Errorf("after Cancel: dialog %v, ended %v: %s", w.busy(), ended, s)
	}
	started()
	if w.busy() || !errors.Is(ended, context.Canceled) {
		t.Errorf("at the end: dialog %v, %v", w.busy(), ended)
	}
}

// TestJobReportsFourTimesASecond: a thousand reports within a second reach the
// window four times.
func TestJobReportsFourTimesASecond(t *testing.T) {
	w := window(t, Options{})
	c := &clock{w.env.Now()}
	drawn := 0
	w.env.Now = func() time.Time { return c.now }
	w.env.Do = func(f func()) { drawn++; f() }
	w.runJob("Adding", func(_ context.Context, p evidence.Progress) error {
		for i := range int64(1000) {
			p(i, 1000, "storing")
			c.now = c.now.Add(time.Millisecond)
		}
		return nil
	}, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	if drawn != 4+1 {
		t.Errorf("the window was told %d times", drawn)
	}
}

// TestPicturesAreMadeBetweenJobs: what a bundle will want is made beside the window
// from the end of a job on, gives way to the next and to the lock, and keeps no case
// open.
func TestPicturesAreMadeBetweenJobs(t *testing.T) {
	w := opened(t, "Kitchen", "Maya")
	if _, err := w.desk.Paste(t.Context(), "", model.Pasted{Type: "image/png", Data: []byte("\x89PNG\r\n\x1a\n")}, w.env.Now(), nil); err != nil {
		t.Fatal(err)
	}
	var beside []func()
	w.env.Go = func(f func()) { beside = append(beside, f) }
	next := func() {
		t.Helper()
		if len(beside) == 0 {
			t.Fatal("nothing goes on beside the window")
		}
		f := beside[0]
		beside = beside[1:]
		f()
	}
	job := func() {
		w.runJob("Adding", func(context.Context, evidence.Progress) error { return nil }, func(error) {})
	}
	pictures, meanwhile := w.desk.Pictures, job
	asked := 0
	w.desk.Pictures = func(ctx context.Context) (photo.Pictures, func() error, error) {
		asked++
		if meanwhile(); ctx.Err() == nil {
			t.Errorf("the %d. time it goes on", asked)
		}
		return pictures(ctx)
	}
	job()
	next() // to its end
	next() // pictures, and the next job begins
	meanwhile = w.lock
	next() // to its end
	next() // pictures, and the lock
	if asked != 2 || w.desk.Open() {
		t.Errorf("pictures were asked for %d times; open: %v", asked, w.desk.Open())
	}
}
