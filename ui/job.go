package ui

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"daybook/evidence"
)

// tick bounds how often a job may redraw its bar.
const tick = 100 * time.Millisecond

// runJob does work that may take a while away from the window, with a bar and
// Cancel, and gives its outcome to done in the window's own goroutine. A panic
// becomes an error. away is the only go statement of the package.
func (w *Window) runJob(title string, job func(context.Context, evidence.Progress) error, done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	bar := widget.NewProgressBar()
	what := widget.NewLabel("")
	box := dialog.NewCustom(title, "Cancel", container.NewVBox(what, bar), w.win)
	box.SetOnClosed(cancel)
	box.Resize(fyne.NewSize(420, 180))
	box.Show()
	var last time.Time
	progress := func(n, total int64, name string) {
		if now := time.Now(); now.Sub(last) < tick {
			return
		} else {
			last = now
		}
		w.do(func() {
			what.SetText(fmt.Sprintf("%s: %d of %d", name, n, total))
			bar.Max = float64(max(total, 1))
			bar.SetValue(float64(n))
		})
	}
	w.away(func() {
		err := guarded(ctx, job, progress)
		w.do(func() {
			cancelled := ctx.Err() != nil
			box.Hide()
			if cancelled && errors.Is(err, context.Canceled) {
				done(context.Canceled)
				return
			}
			done(err)
		})
	})
}

// away runs f beside the window's goroutine.
func away(f func()) { go f() }

func guarded(ctx context.Context, job func(context.Context, evidence.Progress) error, progress evidence.Progress) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("this stopped by a fault of the program: %v\n%s", p, debug.Stack())
		}
	}()
	return job(ctx, progress)
}
