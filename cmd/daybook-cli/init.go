package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/evidence/keys"
)

func initCommand(t *terminal) *cobra.Command {
	var title, zone string
	var trusted []string
	cmd := &cobra.Command{
		Use:   "init CASE",
		Short: "Make a case and print its recovery words, once",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			_, missing := zoneNamed(zone)
			if t.actor == "" {
				missing = errors.Join(missing, errors.New("--actor: say who keeps this record, as the journal should name them"))
			}
			if missing != nil {
				return use(missing)
			}
			p, err := t.newPassphrase()
			if err != nil {
				return err
			}
			words, err := keys.NewWords()
			if err != nil {
				return err
			}
			dir := caseName(args[0])
			c, err := evidence.Create(dir, evidence.CreateOptions{Title: title, Zone: zone, Actor: t.actor,
				Passphrase: p, Words: words, Recipients: trusted, Version: version()})
			if err != nil {
				return err
			}
			now, err := stateOf(c)
			if err := errors.Join(err, c.Close()); err != nil {
				return err
			}
			if t.json {
				return t.emit(map[string]any{"case": dir, "id": c.ID(), "title": title, "recovery": string(words), "phrase": now.Phrase, "fingerprint": now.Fingerprint})
			}
			fmt.Fprintf(t.out, "Made %s\n\nThese 24 words open it if the passphrase is lost. They are shown this once:\nwrite them on paper and keep the paper somewhere else.\n\n", dir)
			list := strings.Fields(string(words))
			for i, w := range list {
				fmt.Fprintf(t.out, "%2d %-12s", i+1, w)
				if i%4 == 3 {
					fmt.Fprintln(t.out)
				}
			}
			fmt.Fprintf(t.out, "\n%s\n", now)
			return nil
		},
	}
	cmd.Flags().StringVar(&title, "title", "", "`WHAT` the case is called, inside the case only")
	cmd.Flags().StringVar(&zone, "zone", "", "the time `ZONE` of clocks that show none, like Europe/London")
	cmd.Flags().StringArrayVar(&trusted, "trusted", nil, "the age `RECIPIENT` of a person who may open the case too")
	return cmd
}

// zoneNamed gives the time zone that --zone names. "Local" would be another one
// on another computer.
func zoneNamed(name string) (*time.Location, error) {
	if strings.TrimSpace(name) == "" {
		return nil, errors.New("--zone: name the time zone of the place where it happens, like Europe/London; clocks without a zone of their own are read in it")
	}
	z, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, fmt.Errorf("--zone %q: there is no such time zone; name one like Europe/London", name)
	}
	return z, nil
}

// caseName gives a case folder its ending.
func caseName(p string) string {
	if filepath.Ext(p) == ".daybook" {
		return p
	}
	return p + ".daybook"
}

// newPassphrase takes it from file or environment, or asks twice. One that can
// be guessed is refused before anything is made.
func (t *terminal) newPassphrase() (string, error) {
	offer, err := keys.NewPassphrase()
	if err != nil {
		return "", err
	}
	if !t.interactive() || t.passphraseFile != "" {
		p, err := t.passphrase("Passphrase: ")
		if err != nil {
			return "", err
		}
		return p, strong(p, offer)
	}
	t.say("A passphrase made for you, strong and easy to keep: %s\nPress Enter to take it, or type one of your own.", offer)
	for {
		p, err := t.passphrase("Passphrase: ")
		if err != nil || p == "" {
			return offer, err
		}
		if err := strong(p, offer); err != nil {
			t.say("%v", err)
			continue
		}
		again, err := t.secret("The same again: ")
		if err != nil || again == p {
			return p, err
		}
		t.say("The two passphrases differ; type it anew.")
	}
}

// strong refuses a passphrase that can be guessed, and offers another.
func strong(p, offer string) error {
	if err := (keys.Policy{}).Check(p); err != nil {
		return fmt.Errorf("%w; this one was made for you just now: %s", err, offer)
	}
	return nil
}
