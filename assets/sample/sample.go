// Package sample writes the fictional case that Daybook is shown and tested
// with: six months of exports as phones really make them, and beside them the
// truth, so that what comes out can be compared with what went in. Everybody
// in it is invented; the telephone numbers are those that Ofcom keeps free for
// drama, the addresses end in .example. It knows the formats' looks, and
// nothing of how Daybook reads them.
package sample

import (
	"archive/zip"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// Record is one thing that an export holds, as the generator meant it.
type Record struct {
	File  string    // path of the source, members as "zip!member"
	Kind  string    // "message", "call", "email", "photo", "shot", "video", "system", "document"
	UTC   time.Time // zero where the source cannot tell (a wall clock shown twice)
	Local string    // "2006-01-02 15:04:05" as the source shows it; empty for UTC sources
	From  string    // name or address as the source shows it; empty for the owner of a phone
	Text  string
	Files []File
}

// File is an attachment that a record names.
type File struct {
	Name    string
	Missing bool
}

// Skipped is a record that is no event, and must be named as skipped.
type Skipped struct{ File, Text string }

// Truth is all that the exports hold.
type Truth struct {
	Records   []Record
	Skips     []Skipped
	Files     []string // what lies in the folder, by path
	Members   int      // files inside containers
	Parts     int      // files inside e-mails and multimedia messages
	Incidents []Incident
	Entries   []Entry
	Joinings  []Joining
	MayBe     []Attribution
	Withheld  []Area
	Zone      string
	Owner     string // the owner's name as the chats show it
}

// Case facts.
const (
	Title = "Sample case (fictional)"
	Zone  = "Europe/London"
	Owner = "Maya Kowalska"
)

// writer carries what every part of the generator needs.
type writer struct {
	dir   string
	zone  *time.Location
	rand  *rand.Rand
	truth *Truth
}

// Write makes the exports in dir, which it creates, and gives the truth. The
// same bytes come out each time.
func Write(dir string) (*Truth, error) {
	zone, err := time.LoadLocation(Zone)
	if err != nil {
		return nil, fmt.Errorf("sample case: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("sample case: %w", err)
	}
	w := &writer{dir: dir, zone: zone, rand: rand.New(rand.NewPCG(2025, 6)), truth: &Truth{Zone: Zone, Owner: Owner}}
	w.truth.Incidents = incidents()
	w.truth.Entries, w.truth.Joinings, w.truth.MayBe, w.truth.Withheld = entries(), joinings(), attributions(), areas()
	steps := []func() error{w.whatsappAndroid, w.whatsappIOS, w.texts, w.calls, w.mailbox, w.letter, w.photos, w.screenshots, w.doorbell, w.order, w.receipt}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("sample case: %w", err)
		}
	}
	return w.truth, nil
}

func (w *writer) add(r Record) { w.truth.Records = append(w.truth.Records, r) }

// file writes one file with a fixed file time.
func (w *writer) file(name string, data []byte, modified time.Time) error {
	p := filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(p, data, 0o600); err != nil {
		return err
	}
	w.truth.Files = append(w.truth.Files, name)
	return os.Chtimes(p, modified, modified)
}

// entry is a member of a zip.
type entry struct {
	name string
	data []byte
}

func (w *writer) zip(name string, modified time.Time, members ...entry) error {
	p := filepath.Join(w.dir, name)
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	z := zip.NewWriter(f)
	for _, m := range members {
		mw, err := z.CreateHeader(&zip.FileHeader{Name: m.name, Method: zip.Deflate, Modified: modified})
		if err != nil {
			return err
		}
		if _, err := mw.Write(m.data); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	w.truth.Files = append(w.truth.Files, name)
	w.truth.Members += len(members)
	return os.Chtimes(p, modified, modified)
}

// at is a wall clock of the place, as an instant.
func (w *writer) at(day string, clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", day+" "+clock, w.zone)
	if err != nil {
		panic("sample: a date in the script is wrong: " + err.Error())
	}
	return t
}

// pick chooses one of a list.
func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
