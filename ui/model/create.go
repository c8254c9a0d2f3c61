package model

import (
	"errors"
	"fmt"
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

// Suggest gives a strong passphrase that can be kept in mind.
func Suggest() (string, error) { return keys.NewPassphrase() }

// Strengths are all that Strength says, from weak to strong.
func Strengths() [4]string {
	return [4]string{
		"Far too easy to guess. Six words that have nothing to do with you are better.",
		"Too easy to guess. Add words that have nothing to do with each other.",
		"Good.",
		"Very good.",
	}
}

// Strength says in plain words how well a passphrase stands against somebody
// who copies the folder and tries many.
func Strength(p string) string {
	said := Strengths()
	switch bits := keys.Strength(p); {
	case p == "":
		return ""
	case bits < 40:
		return said[0]
	case bits < leastStrength:
		return said[1]
	case bits < 75:
		return said[2]
	}
	return said[3]
}

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

// Check says what is missing in the form, as one sentence.
func (f CreateForm) Check(weak bool) error {
	_, err := time.LoadLocation(f.Zone)
	switch {
	case strings.TrimSpace(f.Folder) == "":
		return errors.New("choose the folder in which the case is kept")
	case strings.TrimSpace(f.Name) == "" || strings.ContainsAny(f.Name, `/\:*?"<>|`):
		return errors.New("give the case folder a short name of letters and digits")
	case strings.TrimSpace(f.Actor) == "":
		return errors.New("say who keeps this record, as the record should name you")
	case f.Zone == "" || err != nil:
		return fmt.Errorf("the time zone %q is not known; it is written like Europe/London", f.Zone)
	}
	return checkPassphrase(f.Passphrase, f.Again, weak)
}

// leastStrength is how many bits a passphrase must have: some five words that
// were drawn by chance.
const leastStrength = 60

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
