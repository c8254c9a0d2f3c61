package model

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
)

// CreateForm is what a person fills in to start a case.
type CreateForm struct {
	Folder     string // in which the case folder is made
	Name       string // of the case folder, without its ending: neutral by choice
	Title      string // inside the case only
	Actor      string // who keeps the record
	Zone       string
	Passphrase string
	Again      string
}

// NewCase is the form before anything was typed: with the person's own folder,
// which services that copy files mostly leave out, as they do not leave out
// Documents or the desktop; and with a name that tells nothing and is free there.
func NewCase() CreateForm {
	f := CreateForm{Name: "notes", Zone: "Europe/London"}
	home, err := os.UserHomeDir()
	if at, bad := os.Stat(home); err != nil || bad != nil || !at.IsDir() || Cloud(home) != "" {
		return f
	}
	f.Folder = home
	for n := 2; f.taken() && n < 100; n++ {
		f.Name = fmt.Sprintf("notes-%d", n)
	}
	return f
}

// taken tells that something of the case folder's name is there.
func (f CreateForm) taken() bool {
	_, err := os.Lstat(f.Path())
	return err == nil
}

// Suggest gives a strong passphrase that can be kept in mind.
func Suggest() (string, error) { return keys.NewPassphrase() }

// Strengths are all that Strength says, from nothing over weak to strong.
func Strengths() [5]string {
	const accepted = keys.Accepted + ". “Suggest one” makes some."
	return [5]string{
		capital(accepted),
		"Far too easy to guess: " + accepted,
		"Too easy to guess still: " + accepted,
		"Good.",
		"Very good.",
	}
}

// Strength says in plain words how well a passphrase stands against somebody
// who copies the folder and tries many, and as long as it is not accepted, what
// is.
func Strength(p string) string {
	said := Strengths()
	switch bits := keys.Strength(p); {
	case p == "":
		return said[0]
	case bits < 40:
		return said[1]
	case !strong(p):
		return said[2]
	case bits < 75:
		return said[3]
	}
	return said[4]
}

// strong tells whether a case takes a passphrase.
func strong(p string) bool { return keys.Policy{}.Check(p) == nil }

// Recovery are the words that open a case when the passphrase is lost. They
// are shown once.
type Recovery struct {
	Words []string
	ask   []int
}

// Ask are the places, counted from 1, of the words to give back before the
// case is made: proof that they are on paper.
func (r Recovery) Ask() []int { return r.ask }

// Confirmed compares the words given back.
func (r Recovery) Confirmed(given []string) error {
	for i, n := range r.ask {
		if i >= len(given) || !strings.EqualFold(strings.TrimSpace(given[i]), r.Words[n-1]) {
			return fmt.Errorf("word %d is another one; look at your paper", n)
		}
	}
	return nil
}

// NewRecovery makes the words for a case that is about to be made.
func NewRecovery() (Recovery, error) {
	w, err := keys.NewWords()
	if err != nil {
		return Recovery{}, err
	}
	return Recovery{Words: strings.Fields(string(w)), ask: []int{3, 11, 20}}, nil
}

// Check says what is missing in the form, as one sentence; an error is a *Lack.
func (f CreateForm) Check(weak bool) error {
	_, err := time.LoadLocation(f.Zone)
	lacks := func(at Field, err error) error { return &Lack{Field: at, err: err} }
	switch {
	case strings.TrimSpace(f.Folder) == "":
		return lacks(FolderField, errors.New("choose the folder in which the case is kept"))
	case strings.TrimSpace(f.Name) == "" || strings.ContainsAny(f.Name, `/\:*?"<>|`):
		return lacks(NameField, errors.New("give the case folder a short name of letters and digits"))
	case f.taken():
		return lacks(NameField, fmt.Errorf("in this folder there is something called %s; give the case another name", filepath.Base(f.Path())))
	case strings.TrimSpace(f.Actor) == "":
		return lacks(ActorField, errors.New("say who keeps this record, as the record should name you"))
	case f.Zone == "" || err != nil:
		return lacks(ZoneField, fmt.Errorf("the time zone %q is not known; it is written like Europe/London", f.Zone))
	}
	return checkPassphrase(f.Passphrase, f.Again, weak)
}

// Path is where the case folder will be.
func (f CreateForm) Path() string {
	return filepath.Join(f.Folder, strings.TrimSuffix(f.Name, ".daybook")+".daybook")
}

// Create makes the case; the words must have been written down before. It is
// unlocked afterwards with Unlock.
func (d *Desk) Create(f CreateForm, r Recovery) error {
	if err := f.Check(d.Weak); err != nil {
		return err
	}
	c, err := evidence.Create(f.Path(), evidence.CreateOptions{Title: strings.TrimSpace(f.Title), Zone: f.Zone, Actor: strings.TrimSpace(f.Actor),
		Passphrase: f.Passphrase, Words: keys.Words(strings.Join(r.Words, " ")), Weak: d.Weak, KDF: d.Cost, Version: d.Version})
	if err != nil {
		return err
	}
	return c.Close()
}
