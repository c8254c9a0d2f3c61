// Package leak reads a finished bundle again, as whoever gets it could, and lists
// what of what was to be withheld is in it all the same, and where: names of files,
// text of every page whether it is seen or not, bookmarks, metadata, tables and
// data, texts in archives and documents, and words in pictures where something is
// at hand that reads them. It goes by the files alone: it does not know how the
// bundle was made, and trusts nothing that was said of it.
//
// It knows formats of files. It knows no case, and it decides nothing: what a
// finding means is for a person.
package leak

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"daybook/report/protected"
)

// Secret is something that a bundle was to withhold.
type Secret struct {
	What string // what it is, in a few words: "protected word (address)"
	Text string
	As   protected.Form
	Code string // why it is withheld, of a word that is: longer words which begin with it are listed

	First string // of somebody's name the first, of which it is told where it stands alone

	// Sum is the SHA-256 of a file that must not be there as it is, in hexadecimal, and
	// Size its size; Text is then its name, which may stand anywhere.
	Sum  string
	Size int64

	Said []string // of its Stretches those that the bundle says rightly elsewhere: they are no finding

	Looks []*Looks // how it looks, where it is a picture or pages of which parts are to be painted over
}

// Place is where something was found.
type Place struct {
	File string `json:"file"`           // with what it holds: "photos.zip: a.txt"
	Page int    `json:"page,omitempty"` // of a PDF, from 1
	Line int    `json:"line,omitempty"` // of a text, from 1
	In   string `json:"in,omitempty"`   // what it stands in, where that is not the text: "the name", "a bookmark"
}

func (p Place) String() string {
	s := p.File
	if p.Page > 0 {
		s += fmt.Sprintf(", page %d", p.Page)
	}
	if p.Line > 0 {
		s += fmt.Sprintf(", line %d", p.Line)
	}
	if p.In != "" {
		s += ", in " + p.In
	}
	return s
}

// Finding is a secret that is in the bundle.
type Finding struct {
	What   string  `json:"what"`
	Text   string  `json:"text"`
	Part   string  `json:"part,omitempty"` // of a long text the stretch that was found first
	Times  int     `json:"times"`
	Places []Place `json:"places"` // the first of them
}

// Longer is a word that begins as one that was to be withheld may be written, Tomaszek
// or Yew Tree Clos, or that figures are written into, T0masz, or the street of an address
// without its number, or the first name of somebody: to be looked at, for it may be a form
// of the same.
type Longer struct {
	Word   string  `json:"word"`
	Begins string  `json:"begins_with"`
	Code   string  `json:"code"` // why that one is withheld
	Times  int     `json:"times"`
	Places []Place `json:"places"`               // the first of them
	Street bool    `json:"street,omitempty"`     // it names the street of what it is said to begin with
	First  bool    `json:"first_name,omitempty"` // it is the first name of it
}

// List is what was found in a bundle.
type List struct {
	Findings []Finding `json:"findings"`
	Longer   []Longer  `json:"longer"`                   // no findings: words to be looked at
	Looked   int       `json:"looked_for"`               // secrets
	Unsought int       `json:"not_looked_for,omitempty"` // how many more there are
	Files    int       `json:"files"`
	Pictures int       `json:"pictures"`         // whose words were read
	Reader   string    `json:"reader,omitempty"` // what read them
	Unread   []string  `json:"unread"`           // what could not be looked into, and why
}

// Hash names a list for ever: the decision on it stands in the journal beside it.
func (l List) Hash() (string, error) {
	b, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// Own is what a program puts into every bundle alike: it tells nothing of a case.
type Own struct {
	Files     map[string]string // by name, what is in each
	Scripts   []string          // of pages, and styles
	Sentences []string          // in which a word alone is no secret
}

// Options say how a bundle is looked through.
type Options struct {
	Own      Own
	Unsought int                                                                                  // how many more secrets there are than are looked for
	Read     func(ctx context.Context, name string, picture []byte) (words string, err error)     // reads the words of a picture; nil: none is read
	Page     func(ctx context.Context, pdf io.Reader, page int, dpi float64) (image.Image, error) // draws a page whose letters are no text; nil: none is drawn
	Reader   string                                                                               // what does
	NoReader string                                                                               // why nothing does
	Progress func(done, total int64, what string)                                                 // may be nil
}

// placesShown is how many places of a finding are named.
const placesShown = 20

// Look looks for secrets in every file of a bundle.
func Look(ctx context.Context, bundle fs.FS, secrets []Secret, o Options) (List, error) {
	l := newLook(ctx, secrets, o)
	var files []string
	err := fs.WalkDir(bundle, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		return List{}, err
	}
	for i, name := range files {
		if err := ctx.Err(); err != nil {
			return List{}, err
		}
		if o.Progress != nil {
			o.Progress(int64(i), int64(len(files)), "files looked through")
		}
		if err := l.file(bundle, name); err != nil {
			return List{}, fmt.Errorf("%s: %w", name, err)
		}
	}
	if o.Progress != nil {
		o.Progress(int64(len(files)), int64(len(files)), "files looked through")
	}
	l.list.Files, l.list.Unsought = len(files), o.Unsought
	return l.done(), nil
}

// Held is where a file holds one of the words: in what it shows or what cannot be told
// from that, and beside the pages of a PDF (its name for itself, bookmarks, notes, facts
// about its pictures, files within it), which stays behind where its pages are copied.
type Held struct {
	Shown, Beside bool
	Where         Place  // the first of those that are shown
	Word          string // that stands there
}

// In tells whether a file holds one of the words, as itself or in what it holds, and whether
// it could be looked through to its last letter: of a film, a packed file that is locked
// or a document of a kind that is not taken apart nobody knows. What stands on those pages
// of a PDF that are left away does not count.
func In(ctx context.Context, name string, r io.Reader, words *protected.Words, away ...int) (held Held, all bool, err error) {
	if words.Len() == 0 {
		return Held{}, true, nil
	}
	l := &look{held: &held, ctx: ctx, words: words, long: longWords(words), of: ofItself(words.Len()), found: map[int]*Finding{}, budget: mostUnpacked, away: away}
	for i := range words.Len() {
		w := words.Word(i)
		l.secrets = append(l.secrets, Secret{What: w.Mark, Text: w.Text})
	}
	if err := l.content(Place{File: name}, r, 0); err != nil {
		return Held{}, false, err
	}
	return held, !l.partly, nil
}

// look is one going through a bundle.
type look struct {
	ctx     context.Context
	o       Options
	secrets []Secret
	words   *protected.Words
	long    *protected.Words // those that no chance puts into bytes that are no text
	printed *protected.Words // stretches of the program's own sentences
	of      []int            // the secret of each of the words
	begins  *protected.Words // those of which longer words are listed
	alone   *protected.Words // parts of them that may mean the same: streets of addresses, first names
	aloneOf []int            // the secret of each of these
	longer  map[string]*Longer
	found   map[int]*Finding
	beside  map[string]int // what files tell beside what one sees or reads in them, with its place among what was found
	list    List
	budget  int64 // bytes that may still be unpacked
	unread  map[string]bool
	shown   map[[sha256.Size]byte]string // the words of each picture that was read
	painted []painted                    // what it is known of how it looks
	looked  map[[sha256.Size]byte][]int  // which of them each picture shows that was held beside them
	away    []int                        // pages on which nothing counts
	sought  map[string]bool              // sums and IDs that are looked for; the digits of others count for nothing; nil: all count
	partly  bool                         // something was not looked through to its last letter
	held    *Held                        // where in the one file that is looked through; nil: in a bundle
}

// A secret of many words is looked for by stretches of it, so that a part that was
// copied is found; a word of it alone tells nothing.
const (
	stretch   = 6 // words
	stretchBy = 3 // words from the beginning of one to that of the next
)

func newLook(ctx context.Context, secrets []Secret, o Options) *look {
	l := &look{ctx: ctx, o: o, secrets: secrets, found: map[int]*Finding{}, longer: map[string]*Longer{}, beside: map[string]int{}, unread: map[string]bool{}, shown: map[[sha256.Size]byte]string{}, looked: map[[sha256.Size]byte][]int{}, budget: mostUnpacked}
	var words []protected.Word
	for i, s := range secrets {
		for _, looks := range s.Looks {
			l.painted = append(l.painted, painted{i, looks})
		}
		if s.Sum != "" {
			continue
		}
		for _, part := range Stretches(s.Text) {
			if slices.Contains(s.Said, part) {
				continue
			}
			words = append(words, protected.Word{Text: part, Mark: s.What, As: s.As})
			l.of = append(l.of, i)
		}
	}
	l.sought = sumsIn(secrets)
	l.words = protected.New(words)
	l.long = longWords(l.words)
	l.begins = beginnings(secrets)
	l.alone, l.aloneOf = partsAlone(secrets)
	var own []protected.Word
	for _, s := range o.Own.Sentences {
		for _, part := range Stretches(s) {
			own = append(own, protected.Word{Text: part})
		}
	}
	l.printed = protected.New(own)
	l.list.Looked, l.list.Reader = len(secrets), o.Reader
	if o.Read == nil && o.NoReader != "" {
		l.note("words in pictures: " + o.NoReader)
	}
	return l
}

// Stretches are the parts by which a text is looked for.
func Stretches(text string) []string {
	words := strings.Fields(text)
	if len(words) <= stretch+stretchBy {
		return []string{text}
	}
	var all []string
	for at := 0; at+stretch <= len(words); at += stretchBy {
		all = append(all, strings.Join(words[at:at+stretch], " "))
	}
	return append(all, strings.Join(words[len(words)-stretch:], " "))
}

// leastInBytes is how many letters a word has that is looked for in bytes that are
// no text, a film or a picture: a shorter one stands in them by chance.
const leastInBytes = 7

// longWords are those among words that are looked for in bytes; the others keep
// their place, so that a hit names the same.
func longWords(words *protected.Words) *protected.Words {
	all := make([]protected.Word, words.Len())
	for i := range all {
		if w := words.Word(i); protected.Letters(w.Text) >= leastInBytes {
			all[i] = w
		}
	}
	return protected.New(all)
}

func ofItself(n int) []int {
	of := make([]int, n)
	for i := range of {
		of[i] = i
	}
	return of
}

// text looks through a text at a place.
func (l *look) text(at Place, text string) {
	text = l.withoutSums(text)
	line, done := 0, 0
	for _, h := range l.told(text, l.words.Find(text)) {
		place := at
		if at.Line > 0 {
			line += strings.Count(text[done:h.From], "\n")
			done = int(h.From)
			place.Line = at.Line + line
		}
		l.hit(h.Word, place)
	}
	l.grown(at, text)
}

// told gives those hits in a text that tell something: a word alone in one of the
// program's own sentences does not.
func (l *look) told(text string, hits []protected.Hit) []protected.Hit {
	alone := func(h protected.Hit) bool { return len(strings.Fields(l.secrets[l.of[h.Word]].Text)) == 1 }
	if !slices.ContainsFunc(hits, alone) {
		return hits
	}
	own := l.printed.Find(text)
	return slices.DeleteFunc(hits, func(h protected.Hit) bool {
		return alone(h) && slices.ContainsFunc(own, func(s protected.Hit) bool { return s.From <= h.From && h.To <= s.To })
	})
}

// hits notes what of some words stands in bytes.
func (l *look) hits(words *protected.Words, at Place, b string) {
	for _, h := range words.Find(b) {
		l.hit(h.Word, at)
	}
}

// hit notes that a word was found.
func (l *look) hit(word int, at Place) {
	if slices.Contains(l.away, at.Page) {
		return
	}
	if l.held != nil {
		beside := at.besidePages()
		if !beside && !l.held.Shown {
			l.held.Where, l.held.Word = at, l.words.Word(word).Text
		}
		l.held.Beside, l.held.Shown = l.held.Beside || beside, l.held.Shown || !beside
	}
	n := l.of[word]
	f := l.add(n, l.secrets[n].What, l.secrets[n].Text, at)
	if part := l.words.Word(word).Text; f.Times == 1 && part != f.Text {
		f.Part = part
	}
}

func (l *look) add(n int, what, text string, at Place) *Finding {
	f := l.found[n]
	if f == nil {
		f = &Finding{What: what, Text: text}
		l.found[n] = f
	}
	if f.Times++; (len(f.Places) < placesShown || n == onePlace) && !slices.Contains(f.Places, at) {
		f.Places = append(f.Places, at)
	}
	return f
}

// note says once what could not be looked into.
func (l *look) note(what string) {
	l.partly = true
	if l.unread == nil || l.unread[what] {
		return
	}
	l.unread[what] = true
	l.list.Unread = append(l.list.Unread, what)
}

// done gives the list in an order that does not depend on chance.
func (l *look) done() List {
	l.list.Findings = []Finding{}
	for _, f := range l.found {
		slices.SortFunc(f.Places, func(a, b Place) int {
			return cmp.Or(strings.Compare(a.File, b.File), a.Page-b.Page, a.Line-b.Line, strings.Compare(a.In, b.In))
		})
		l.list.Findings = append(l.list.Findings, *f)
	}
	slices.SortFunc(l.list.Findings, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.What, b.What), strings.Compare(a.Text, b.Text))
	})
	l.list.Longer = []Longer{}
	for _, key := range slices.Sorted(maps.Keys(l.longer)) {
		l.list.Longer = append(l.list.Longer, *l.longer[key])
	}
	slices.Sort(l.list.Unread)
	if l.list.Unread == nil {
		l.list.Unread = []string{}
	}
	return l.list
}

// file looks through a file of the bundle, its name first.
func (l *look) file(bundle fs.FS, name string) (err error) {
	l.text(Place{File: name, In: "the name"}, name)
	if own, ok := l.o.Own.Files[name]; ok {
		if b, err := fs.ReadFile(bundle, name); err != nil || string(b) == own {
			return err
		}
	}
	if err := l.asItIs(bundle, name); err != nil {
		return err
	}
	f, err := bundle.Open(name)
	if err != nil {
		return err
	}
	err = l.content(Place{File: name}, f, 0)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// extension is the ending of a name.
func extension(name string) string { return strings.ToLower(path.Ext(name)) }
