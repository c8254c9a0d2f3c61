package ui

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
	"daybook/ui/clipboard"
	"daybook/ui/model"
	"daybook/ui/sleep"
)

// tick bounds how often a job may redraw its bar. Each time the whole window is
// drawn anew: where that is done without a graphics card it takes from the work,
// and the answer to Cancel waits for it.
const tick = 250 * time.Millisecond

// filled puts the real world where nothing was given. This is the only go
// statement of the package.
func (e Env) filled() Env {
	if e.Go == nil {
		e.Go = func(f func()) { go f() }
	}
	if e.Do == nil {
		e.Do = fyne.Do
	}
	if e.Now == nil {
		e.Now = time.Now
	}
	if e.Every == nil {
		e.Every = e.every
	}
	if e.Clip == nil {
		e.Clip = clipboard.Read
	}
	if e.Sleep == nil {
		e.Sleep = sleep.Watch
	}
	return e
}

// every does something in the window, pauses, and does it again. It waits for
// the window each time, so that nothing piles up while that is busy.
func (e Env) every(pause time.Duration, do func()) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	e.Go(func() {
		t := time.NewTicker(pause)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
			}
			done := make(chan struct{})
			e.Do(func() { do(); close(done) })
			select {
			case <-ctx.Done():
				return
			case <-done:
			}
		}
	})
	return cancel
}

// beforeSleep does something in the window each time before the computer
// sleeps; the sleep waits for it.
func (e Env) beforeSleep(do func()) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	e.Go(func() {
		// Where nobody says it, the clocks show afterwards that there was a sleep.
		_ = e.Sleep(ctx, func() {
			done := make(chan struct{})
			e.Do(func() { do(); close(done) })
			select {
			case <-ctx.Done():
			case <-done:
			}
		})
	})
	return cancel
}

// job is work under way, with its bar and Cancel.
type job struct {
	w      *Window
	cancel context.CancelFunc
	box    *over
	what   *widget.Label
	left   *widget.Label
	bar    *widget.ProgressBar
	stop   *button
	pace   model.Pace
	halt   string // what Cancel means for this work
	gone   bool   // the window was locked meanwhile: nobody waits for the outcome
}

// runJob does work that may take a while away from the window, with a bar, the
// time left and Cancel, and gives its outcome to done in the window's own
// goroutine. A panic becomes an error. The dialog stays until the work has
// ended, so that two jobs never meet; Cancel is answered on it at once. When the
// window is locked meanwhile, done is not called.
func (w *Window) runJob(title string, work func(context.Context, evidence.Progress) error, done func(error)) {
	w.touch(nil)
	w.rest()
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{w: w, cancel: cancel, what: widget.NewLabel(lang.L("Beginning")), left: widget.NewLabel(""), bar: widget.NewProgressBar(), pace: model.NewPace(w.env.Now()), halt: lang.L("Stopping. What was done so far is kept.")}
	j.what.Truncation = fyne.TextTruncateEllipsis
	j.bar.TextFormatter = func() string { return "" }
	j.stop = newButton(lang.L("Cancel"), j.stopping)
	body := stacked(j.what, j.bar, j.left)
	j.box = w.over(title, body, j.stop)
	w.job = j
	j.box.fit(body)
	w.win.Canvas().Focus(j.stop)
	w.ledOn = true
	progress := j.progress()
	w.env.Go(func() {
		err := guarded(ctx, work, progress)
		w.env.Do(func() { j.end(ctx, err, done) })
	})
}

// progress passes at most four reports a second on to the window.
func (j *job) progress() evidence.Progress {
	var last time.Time
	return func(n, total int64, name string) {
		now := j.w.env.Now()
		if now.Sub(last) < tick {
			return
		}
		last = now
		j.w.env.Do(func() { j.show(n, total, name) })
	}
}

func (j *job) show(n, total int64, name string) {
	p := j.pace.At(j.w.env.Now(), n, total, name)
	j.what.SetText(said(p.What))
	j.bar.SetValue(p.Share)
	if !j.stop.Disabled() {
		j.left.SetText(said(p.Left))
	}
}

// stopping answers Cancel.
func (j *job) stopping() {
	j.cancel()
	j.stop.Disable()
	j.left.SetText(j.halt)
}

// ifStopped says what Cancel means for the work under way, where it keeps
// nothing.
func (w *Window) ifStopped(text string) {
	if w.job != nil {
		w.job.halt = text
	}
}

// abandon stops the work and lets nobody wait for it.
func (j *job) abandon() {
	j.gone = true
	j.cancel()
	j.box.Hide()
	j.w.job = nil
}

func (j *job) end(ctx context.Context, err error, done func(error)) {
	cancelled := ctx.Err() != nil
	j.cancel()
	if j.gone {
		return
	}
	j.w.job = nil
	j.w.touch(nil)
	j.box.Hide()
	if cancelled && errors.Is(err, context.Canceled) {
		err = context.Canceled
	}
	done(err)
	j.w.ledOn = true
	j.w.ahead()
}

// ahead makes what a bundle will want beside the window, from the end of one job to
// the beginning of the next or to the lock. It keeps no case open.
func (w *Window) ahead() {
	if w.job != nil || !w.desk.Open() {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.rest = cancel
	w.env.Go(func() {
		defer cancel()
		// Whatever came of it, the bundle makes what is missing.
		_ = guarded(ctx, func(ctx context.Context, _ evidence.Progress) error { return w.desk.PrepareAhead(ctx) }, nil)
	})
}

func guarded(ctx context.Context, work func(context.Context, evidence.Progress) error, progress evidence.Progress) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("this stopped by a fault of the program: %v\n%s", p, debug.Stack())
		}
	}()
	return work(ctx, progress)
}
