package ui

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/importers/all"
	"daybook/importers/photo"
	"daybook/importers/worker"
	"daybook/ui/internal/shelftest"
	"daybook/ui/model"
)

// shelf holds the cases that tests begin with.
var shelf shelftest.Shelf

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == worker.ArgOutside { // it becomes what makes pictures of pages
		fmt.Fprintln(os.Stderr, worker.Become(os.Args[2:]))
		os.Exit(1)
	}
	debug.SetGCPercent(400) // a test makes much and keeps little
	os.Exit(shelf.Run(m))
}

// desk reads everything in this process.
func desk() *model.Desk {
	return &model.Desk{Weak: true, Cost: keys.LeastCost(), Readers: func(context.Context) (importers.Set, func() error, error) {
		return all.Importers(nil), func() error { return nil }, nil
	}, Pictures: func(context.Context) (photo.Pictures, func() error, error) {
		return photo.Local{}, func() error { return nil }, nil
	}}
}

// inCopy is a window with a copy of a case, which is built if no test has had it
// yet.
func inCopy(t *testing.T, name, passphrase string, build func(*model.Desk, string) error) *Window {
	t.Helper()
	dir := shelf.Copy(t, name, func(dir string) error {
		d := desk()
		return errors.Join(build(d, dir), d.Lock())
	})
	w := window(t, Options{})
	if err := w.desk.Unlock(t.Context(), filepath.Join(dir, name), passphrase, nil); err != nil {
		t.Fatal(err)
	}
	w.chosen.Notice = 99
	return w
}

// practised is a window with the sample case.
func practised(t *testing.T) *Window {
	t.Helper()
	return inCopy(t, "sample.daybook", model.SamplePassphrase, func(d *model.Desk, folder string) error {
		_, err := d.Practise(context.Background(), folder, nil)
		return err
	})
}

// opened is a window with a new case.
func opened(t *testing.T, title, actor string) *Window {
	t.Helper()
	f := model.CreateForm{Name: fmt.Sprintf("%x", sha256.Sum256([]byte(title+"\n"+actor)))[:16], Title: title, Actor: actor, Zone: "Europe/London", Passphrase: "tin whistle", Again: "tin whistle"}
	return inCopy(t, f.Name+".daybook", f.Passphrase, func(d *model.Desk, folder string) error {
		f.Folder = folder
		r, err := model.NewRecovery()
		if err != nil {
			return err
		}
		return d.Create(f, r)
	})
}

// Names as they come: with no blank to break at, from right to left, in pictures.
const (
	longWord   = "Maximiliana-Featherstonehaugh-Cholmondeley-of-the-Upper-Fifth-And-More"
	arabicName = "عبد الرحمن محمد ابن عبد العزيز الطويل جدا 2 (العمل)"
	emojiName  = "🌙🌻🦊🐢 Layla 🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡🧡"
)

// longNamed is a window with a case in which everything has a long name.
func longNamed(t *testing.T) *Window {
	t.Helper()
	w := opened(t, "Everything since the letters began to come to the flat in Lower Marsh and to my mother's in Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", longWord)
	dir := t.TempDir()
	var chat strings.Builder
	for i, name := range []string{longWord, arabicName, emojiName, longWord + "-2"} {
		fmt.Fprintf(&chat, "%d/12/2024, 21:05 - %s: %s %s\n", 20+i, name, strings.Repeat("word", 40), name)
		fmt.Fprintf(&chat, "%d/12/2024, 21:06 - %s: IMG-%s.jpg (file attached)\n", 20+i, name, longWord)
	}
	for name, text := range map[string]string{"WhatsApp Chat with " + longWord + ".txt": chat.String(), longWord + "-" + arabicName + ".xyz": "nobody reads this"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.desk.Add(t.Context(), longWord+" "+arabicName, []string{dir}, nil); err != nil {
		t.Fatal(err)
	}
	return w
}
