package main

import (
	"bufio"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

// terminal is where a command speaks, and how it was told to.
type terminal struct {
	in             io.Reader
	out, messages  io.Writer
	json           bool
	passphraseFile string
	actor          string
	eachStep       bool // print every step of progress as a line
	bar            *progressbar.ProgressBar
	barWhat        string
	began          time.Time
	said           int64                  // the step that was printed last
	missing        string                 // the case that was opened and has lost entries of its journal
	lawKey         ed25519.PublicKey      // by which law packs are signed; nil: the project's
	unread         []timeline.ReadingInfo // what the timeline lacks, for its files cannot be read again
}

// betweenLines is the time between two lines of progress in a log.
const betweenLines = 3 * time.Second

// watched tells whether a person sees the messages as they come.
func (t *terminal) watched() bool {
	f, ok := t.messages.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func (t *terminal) say(format string, args ...any) { fmt.Fprintf(t.messages, format+"\n", args...) }

// emit prints one object as a line of JSON.
func (t *terminal) emit(v any) error {
	enc := json.NewEncoder(t.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// each prints a list: a line of JSON for each, or its words.
func each[T any](t *terminal, all []T, words func(T)) error {
	for _, v := range all {
		if !t.json {
			words(v)
		} else if err := t.emit(v); err != nil {
			return err
		}
	}
	return nil
}

// interactive tells whether a person can be asked.
func (t *terminal) interactive() bool {
	f, ok := t.in.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// secret asks for a word that is not shown while it is typed.
func (t *terminal) secret(prompt string) (string, error) {
	f, ok := t.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", errors.New("no passphrase: give --passphrase-file, set DAYBOOK_PASSPHRASE, or run this in a terminal")
	}
	fmt.Fprint(t.messages, prompt)
	defer fmt.Fprintln(t.messages)
	return typed(int(f.Fd()))
}

// typed reads what is typed without showing it. Ctrl-C ends the waiting, with
// the terminal as it was.
func typed(fd int) (string, error) {
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	stopped := make(chan os.Signal, 1)
	signal.Notify(stopped, os.Interrupt)
	defer signal.Stop(stopped)
	type word struct {
		text []byte
		err  error
	}
	read := make(chan word, 1)
	go func() {
		b, err := term.ReadPassword(fd)
		read <- word{b, err}
	}()
	select {
	case w := <-read:
		return string(w.text), w.err
	case <-stopped:
		return "", errors.Join(errStopped, term.Restore(fd, before))
	}
}

// passphrase takes it from the file named, the environment, or the keyboard.
func (t *terminal) passphrase(prompt string) (string, error) {
	if t.passphraseFile != "" {
		b, err := os.ReadFile(t.passphraseFile)
		if err != nil {
			return "", fmt.Errorf("passphrase file: %w", inWay(t.passphraseFile, err))
		}
		line, _, _ := strings.Cut(string(b), "\n")
		return strings.TrimSuffix(line, "\r"), nil
	}
	if p, ok := os.LookupEnv("DAYBOOK_PASSPHRASE"); ok {
		if p == "" {
			return "", errors.New("DAYBOOK_PASSPHRASE: it is set and empty, so no passphrase was given; in a script, look at how it is set")
		}
		return p, nil
	}
	return t.secret(prompt)
}

// line asks a question and reads one line.
func (t *terminal) line(prompt string) (string, error) {
	fmt.Fprint(t.messages, prompt)
	s, err := bufio.NewReader(t.in).ReadString('\n')
	return strings.TrimSpace(s), err
}

// open unlocks a case, loads its timeline, and tells what was healed.
func (t *terminal) open(ctx context.Context, dir string) (*evidence.Case, *timeline.Index, error) {
	c, x, err := t.load(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range c.Recovered() {
		t.say("%s", visible(s))
	}
	return c, x, nil
}

// load unlocks a case and loads its timeline.
func (t *terminal) load(ctx context.Context, dir string) (*evidence.Case, *timeline.Index, error) {
	if st, err := os.Stat(dir); err != nil {
		return nil, nil, fmt.Errorf("case %s: there is no such folder; init makes one", dir)
	} else if !st.IsDir() {
		return nil, nil, fmt.Errorf("case %s: this is a file; a case is a folder, called NAME.daybook", dir)
	}
	p, err := t.passphrase("Passphrase: ")
	if err != nil {
		return nil, nil, err
	}
	c, err := evidence.Open(dir, keys.Passphrase(p), evidence.OpenOptions{Actor: t.actor, Version: version(), Progress: t.progress})
	if errors.Is(err, evidence.ErrWrongKey) {
		return nil, nil, fmt.Errorf("%s: this passphrase does not open the case; mind capital letters and the keyboard's language, "+
			"or set a new one: daybook-cli passphrase %s --recovery-words", dir, dir)
	}
	if err != nil {
		return nil, nil, err
	}
	if c.Missing() {
		t.missing = dir
	}
	x, err := timeline.Open(ctx, c)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("case %s: timeline: %w", dir, err), c.Close())
	}
	if _, err := t.readLost(ctx, c, x); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("case %s: reading again what the store had lost: %w", dir, err), c.Close())
	}
	t.unread = x.NeedsReading()
	if err := t.readRest(ctx, c, x); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("case %s: going on with what was cut short: %w", dir, err), c.Close())
	}
	if _, _, err := t.takeIn(ctx, c, x); ctx.Err() != nil {
		return nil, nil, errors.Join(ctx.Err(), c.Close())
	} else if err != nil {
		t.say("What add-only devices have added could not be taken in now; the next opening tries again: %s", visible(err.Error()))
	}
	t.endProgress()
	return c, x, nil
}

// progress draws a bar for work that takes longer than a second; where nobody
// watches, it prints "k of n" on a line every few seconds, or at each step.
func (t *terminal) progress(done, total int64, what string) {
	now := time.Now()
	if t.barWhat != what {
		t.endProgress()
		t.barWhat, t.began, t.said = what, now, -1
	}
	if !t.watched() || t.eachStep {
		if done != t.said && (t.eachStep || now.Sub(t.began) > betweenLines) {
			t.say("%d of %d %s", done, total, what)
			t.began, t.said = now, done
		}
		return
	}
	if now.Sub(t.began) < time.Second {
		return
	}
	if t.bar == nil {
		t.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(t.messages),
			progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetPredictTime(true))
	}
	if t.bar.GetMax64() != total {
		t.bar.ChangeMax64(total)
	}
	if err := t.bar.Set64(done); err != nil {
		t.bar = nil // a bar that cannot be drawn is no reason to stop the work
	}
}

func (t *terminal) endProgress() {
	if t.bar != nil {
		fmt.Fprintln(t.messages)
	}
	t.bar, t.barWhat = nil, ""
}

// sentence gives an error as one line without control characters, whatever a
// file name in it holds: what has no shape stands as names are shown, where it was quoted
// too.
func sentence(err error) string {
	line := escaped.ReplaceAllStringFunc(strings.ReplaceAll(err.Error(), "\n", "; "), func(of string) string {
		n, err := strconv.ParseUint(of[2:], 16, 32)
		if err != nil {
			return of
		}
		return fmt.Sprintf("[U+%04X]", n)
	})
	return visible(line)
}

// escaped are the characters without a shape that quoting writes as their numbers, and a
// backslash that somebody typed, which stays.
var escaped = regexp.MustCompile(`\\\\|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}`)
