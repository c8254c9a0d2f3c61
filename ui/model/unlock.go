package model

import (
	"context"
	"errors"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

// Misfit is the error of a passphrase, or of recovery words, that do not open a
// case which is whole. It says what to try; damage is another error.
type Misfit struct{ advice, cause error }

func (m *Misfit) Error() string { return m.advice.Error() }

// Unwrap gives the error beneath.
func (m *Misfit) Unwrap() error { return m.cause }

// misfit says what to try where a key does not fit.
func misfit(err, advice error) error {
	if errors.Is(err, evidence.ErrWrongKey) {
		return &Misfit{advice, err}
	}
	return err
}

// Unlock opens the case in a folder with its passphrase.
func (d *Desk) Unlock(ctx context.Context, dir, passphrase string, progress evidence.Progress) error {
	return misfit(d.unlock(ctx, dir, keys.Passphrase(passphrase), progress),
		errors.New("this passphrase does not fit this case; nothing is lost or damaged. Look whether Caps Lock is on and which language the keyboard types, and whether it is the right case; then try again, or use the recovery words"))
}

// UnlockWords opens it with the recovery words, for who has lost the passphrase.
func (d *Desk) UnlockWords(ctx context.Context, dir, words string, progress evidence.Progress) error {
	return misfit(d.unlock(ctx, dir, keys.Words(strings.Join(strings.Fields(strings.ToLower(words)), " ")), progress),
		errors.New("these words do not fit this case; nothing is lost or damaged. Compare each word and their order with your paper, and look whether it is the right case"))
}

func (d *Desk) unlock(ctx context.Context, dir string, with keys.Unlock, progress evidence.Progress) error {
	if strings.TrimSpace(dir) == "" {
		return errors.New("say which case: choose the folder whose name ends in .daybook")
	}
	if err := d.Lock(); err != nil {
		return err
	}
	if err := d.guess.rest(ctx, progress); err != nil {
		return err
	}
	c, err := evidence.Open(dir, with, evidence.OpenOptions{Version: d.Version, Progress: progress})
	d.guess.note(err)
	if err != nil {
		return err
	}
	x, err := timeline.Open(ctx, c)
	if err == nil {
		err = d.readLost(ctx, c, x, progress)
	}
	if err == nil {
		err = d.hold(ctx, c, x)
	}
	if err != nil {
		return errors.Join(err, c.Close())
	}
	return nil
}

// guesses counts wrong passphrases in a row. Each further one has to wait longer,
// for a person at this keyboard; who has copied the folder is held up by what
// one guess costs to compute.
type guesses struct {
	wrong int
	wait  func(context.Context, time.Duration) error // nil: as long as it says
}

const longestRest = time.Minute

// pause is how long the next guess has to wait.
func (g *guesses) pause() time.Duration {
	if g.wrong < 3 {
		return 0
	}
	return min(longestRest, time.Second<<min(g.wrong-2, 10))
}

func (g *guesses) note(err error) {
	switch {
	case errors.Is(err, evidence.ErrWrongKey):
		g.wrong++
	case err == nil:
		g.wrong = 0
	}
}

// rest waits until the next guess may be made.
func (g *guesses) rest(ctx context.Context, progress evidence.Progress) error {
	pause := g.pause()
	if pause == 0 {
		return nil
	}
	if progress != nil {
		progress(0, 0, "Waiting, because the passphrase was wrong several times")
	}
	if g.wait != nil {
		return g.wait(ctx, pause)
	}
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
