package bundle

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"daybook/evidence/verify"
	"daybook/importers"
	"daybook/timeline"
)

// Importer reads bundles.
type Importer struct{}

// New makes the importer. It belongs at the head of the list: the originals in a
// bundle are read under their own names, not under those they have there.
func New() importers.Importer { return Importer{} }

// Info says what is read.
func (Importer) Info() importers.Info {
	return importers.Info{
		Name:    "bundle",
		Version: 2,
		Title:   "Another person's Daybook bundle",
		HowToGet: "Ask the other person to choose Bundle in their Daybook and to give you the whole folder, or the zip of it. " +
			"Ask them also for the fingerprint of their key, by telephone or on paper, and compare it with the one that is shown here.",
		LeavesOut: []string{
			"A bundle holds what its maker chose; the case there may hold more. A pack for the other side has details taken out.",
			"What the other person wrote about a row (codes, notes, exhibit labels) comes as a fact of the event, not as a mark of this case.",
			"Which person is which, orders, and occasions split or joined in the other case are in its journal, and are not taken over.",
			"An original is read anew by this program, with the zone and the answers of this case.",
		},
		Tried: []string{"Daybook 0.1: full and served packs, folder and zip, with originals and without"},
	}
}

// The files of a bundle, by the path in it.
const (
	bagFile      = "bagit.txt"
	infoFile     = "bag-info.txt"
	listFile     = "manifest-sha256.txt"
	rowsFile     = "data/events.jsonl"
	originalsDir = "data/originals/"
	entriesDir   = "log/entries/"
	chainFile    = "log/chain.txt"
)

// parts are all the files and folders that a bundle has.
var parts = [...]string{
	bagFile, infoFile, listFile, "tagmanifest-sha256.txt", "VERIFY.txt", "VERIFY.html", "RECEIPT.pdf", "log/", rowsFile, originalsDir,
	"data/timeline.html", "data/timeline/", "data/chronology.csv", "data/course.csv", "data/pattern.csv", "data/matrix.csv", "data/people.csv", "data/exhibits.csv", "data/continuity.csv", "data/schedule.csv", "data/timesketch.csv", "data/case.jsonld", "data/files/", "data/bundle",
}

// place tells the root of the bundle that a path may lie in, and where in it.
func place(p string) (root, rest string, ok bool) {
	for _, part := range parts {
		at := strings.LastIndex("/"+p, "/"+part)
		if at < 0 || !strings.HasSuffix(part, "/") && part != "data/bundle" && p[at:] != part {
			continue
		}
		return path.Clean("./" + p[:at]), p[at:], true
	}
	return "", "", false
}

// Claims tells by the path: which bundle it is in, if any, only the other files
// beside it tell.
func (Importer) Claims(s importers.Source) bool {
	_, _, ok := place(s.Path)
	return ok
}

// Import reads the whole bundle at its list of rows; of its other files it says
// that they are parts of it.
func (Importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	root, rest, ok := place(s.Path)
	if !ok {
		return importers.ErrNotMine
	}
	top, err := fs.Sub(s.FS, root)
	if err != nil {
		return fmt.Errorf("%s: %w", root, err)
	}
	about, ok := read(top)
	if !ok {
		return importers.ErrNotMine
	}
	if rest != about.main() {
		return out.Covers(timeline.When{}, timeline.When{}, "part of the bundle of case "+about.caseID+", which is read at "+path.Join(root, about.main()))
	}
	b := &bundle{about: about, root: root, top: top, out: out}
	return b.read(ctx)
}

// about is what a bundle says of itself.
type about struct {
	caseID, made, pack, program string
	rows                        bool // it has a list of rows
}

// main is the file at which the bundle is read.
func (a about) main() string {
	if a.rows {
		return rowsFile
	}
	return bagFile
}

// mostInfo bounds the bag's description of itself.
const mostInfo = 1 << 20

// read tells whether a folder is a Daybook bundle, and what it says of itself.
func read(top fs.FS) (a about, ok bool) {
	for _, name := range []string{bagFile, infoFile, chainFile} {
		if st, err := fs.Stat(top, name); err != nil || st.IsDir() || name == infoFile && st.Size() > mostInfo {
			return a, false
		}
	}
	text, err := fs.ReadFile(top, infoFile)
	if err != nil {
		return a, false
	}
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(strings.TrimRight(line, "\r\n"), ": ")
		switch key {
		case "External-Identifier":
			a.caseID = value
		case "Daybook-Made":
			a.made = value
		case "Daybook-Pack":
			a.pack = value
		case "Bag-Software-Agent":
			a.program = value
		}
	}
	_, err = fs.Stat(top, rowsFile)
	a.rows = err == nil
	return a, a.made != "" && strings.HasPrefix(a.program, "Daybook")
}

// bundle is one bundle while it is read.
type bundle struct {
	about
	root    string
	top     fs.FS
	out     importers.Output
	verdict *verify.Verdict
	log     *log
	carried map[string]string // originals by SHA-256: the file in the bundle

	listed, second, incidents, taken, archives int
}

func (b *bundle) read(ctx context.Context) (err error) {
	if b.verdict, err = verify.Bundle(ctx, b.top, verify.Options{}); err != nil {
		return fmt.Errorf("the bundle could not be verified: %w", err)
	}
	for _, step := range []func(context.Context) error{b.readLog, b.originals, b.carry, b.readRows} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := b.covers(); err != nil {
		return err
	}
	if b.verdict.OK() {
		return nil
	}
	return errors.New(b.failed())
}

// from names the bundle, for what came in it.
func (b *bundle) from() string {
	signed := "signed by the key " + b.verdict.Fingerprint
	if !b.verdict.OK() {
		signed = "which is not as it was sealed"
	}
	return fmt.Sprintf("the bundle of case %s made %s, %s", b.caseID, b.made, signed)
}

// mostNamed is how many faults are named; the rest are counted.
const mostNamed = 20

// failed says what is wrong with the bundle.
func (b *bundle) failed() string {
	var s strings.Builder
	fmt.Fprintf(&s, "this bundle is not as it was sealed, or is not whole: %d faults", len(b.verdict.Problems))
	for i, p := range b.verdict.Problems {
		if i == mostNamed {
			fmt.Fprintf(&s, "; and %d more", len(b.verdict.Problems)-i)
			break
		}
		fmt.Fprintf(&s, "; %s", p)
	}
	return s.String()
}

// faults says on each event what its bundle is worth, with the first of the files
// that have faults.
func (b *bundle) faults() string {
	const named = 3
	var files []string
	for _, p := range b.verdict.Problems {
		if !slices.Contains(files, p.File) {
			files = append(files, p.File)
		}
	}
	words := strings.Join(files[:min(named, len(files))], ", ")
	if more := len(files) - named; more > 0 {
		words = fmt.Sprintf("%s and %d more", words, more)
	}
	return "the bundle that this came in is not as it was sealed, or is not whole (" + words + "), and this may have been changed since"
}

// covers says what the bundle was found to be, and what became of its parts.
func (b *bundle) covers() error {
	v := b.verdict
	checked := "Verified when it was added: " + fmt.Sprintf("all %d files are as the key with the fingerprint %s sealed them. Compare that fingerprint with one that came by another way.", v.Files, v.Fingerprint)
	if !v.OK() {
		checked = "Verified when it was added, and " + b.failed() + "."
	}
	notes := []string{
		fmt.Sprintf("A %s pack of case %s, made %s by %s. %s", b.pack, b.caseID, b.made, b.program, checked),
		fmt.Sprintf("Its journal: %d entries, %d of them opened here and %d withheld; head %s, in words: %s. %s", v.Entries, v.Opened, v.Withheld, v.Head, phrase(v.Head), b.log.summary()),
		fmt.Sprintf("Of %d rows %d are read from their originals, which the bundle carries; %d are second-hand events, for their originals are not in it, and %d are incidents in the words of those who wrote them down there. "+
			"%d originals became items under their own names; %d archives are opened where they lie in the bundle. The documents and tables in it say the same again and are kept.",
			b.listed, b.listed-b.second-b.incidents, b.second, b.incidents, b.taken, b.archives),
	}
	for _, n := range notes {
		if err := b.out.Covers(timeline.When{}, timeline.When{}, n); err != nil {
			return err
		}
	}
	return nil
}
