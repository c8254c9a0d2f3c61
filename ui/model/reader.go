package model

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/evidence/verify"
	"daybook/importers/photo"
)

// The files of a bundle that are read.
const (
	receivedEvents     = "data/events.jsonl"
	receivedChronology = "data/chronology.csv"
	receivedPersons    = "data/people.csv"
	receivedExhibits   = "data/exhibits.csv"
	receivedInfo       = "bag-info.txt"
)

// Received is a bundle that was given to somebody, open to be read. It belongs
// to no case. It is checked first and read where it lies; what is not as it was
// sealed is named, and the rest can be read all the same.
type Received struct {
	Path     string
	Check    Checked
	Faults   []string // what of it cannot be shown, one sentence each
	Exhibits []ReceivedExhibit
	Made     string // when, by the clock of who made it

	top   fs.FS
	close func() error
	plain map[string]int64 // files that may be opened, with their sizes
	base  *base
	rows  *receivedRows
	begin *Desk // whose worker makes pictures
}

// Checked is the outcome of the check in plain words: three parts, none of which
// says that the content is true.
type Checked struct {
	Good      bool
	Whole     bool // every entry of the journal is opened
	Intact    string
	Complete  string
	Dated     string
	Key       string   // the fingerprint of the key, in groups; empty where it could not be read
	Problems  []string // each thing that is wrong
	NotProved string
}

// sayNotProved is what a check that finds nothing wrong does not show.
const sayNotProved = "What this does not show: that a message, a picture or a note is true, or who wrote it; that a file was unchanged before it was added; that there is nothing else. And whoever holds the key could have written it all anew: compare the fingerprint, and the twelve words if you noted any, with what came to you by another way."

// Receive checks a bundle, a folder or the zip of one, and opens it. A bundle
// that is not as it should be opens too; only what is none does not.
func (d *Desk) Receive(ctx context.Context, name string, progress evidence.Progress) (r *Received, err error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return nil, errors.New("choose the folder or the zip of a bundle")
	}
	top, done, err := verify.Open(name)
	if err != nil {
		return nil, fmt.Errorf("the bundle cannot be opened: %w", err)
	}
	r = &Received{Path: name, top: top, close: done, begin: d}
	defer func() {
		if err != nil {
			r, err = nil, errors.Join(err, done())
		}
	}()
	if r.plain, err = plainFiles(ctx, top); err != nil {
		return r, err
	}
	if _, ok := r.plain["bagit.txt"]; !ok && r.plain[receivedEvents] == 0 {
		return r, errors.New("this is no Daybook bundle: it has neither bagit.txt nor data/events.jsonl; choose the folder in which these lie, or its zip")
	}
	v, err := verify.Bundle(ctx, top, verify.Options{Progress: checkProgress(progress)})
	if err != nil {
		return r, fmt.Errorf("the check: %w", err)
	}
	r.Check = checked(v)
	r.Made = madeAt(v.Made)
	if err := r.read(ctx, progress); err != nil {
		return r, err
	}
	return r, nil
}

func checkProgress(p evidence.Progress) func(done, total int64, file string) {
	if p == nil {
		return nil
	}
	return func(done, total int64, _ string) { p(done>>10, total>>10, "kilobytes checked") }
}

// Close lets the bundle go.
func (r *Received) Close() error { return r.close() }

// plainFiles lists what may be opened: plain files in plain folders. A link
// could lead anywhere.
func plainFiles(ctx context.Context, top fs.FS) (map[string]int64, error) {
	plain := map[string]int64{}
	err := fs.WalkDir(top, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if !e.Type().IsRegular() {
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		plain[name] = info.Size()
		return nil
	})
	return plain, err
}

// checked puts a verdict into words.
func checked(v *verify.Verdict) Checked {
	c := Checked{Good: v.OK(), Whole: v.OK() && v.Withheld == 0, NotProved: sayNotProved}
	for _, p := range v.Problems {
		c.Problems = append(c.Problems, oneLine(p.String()))
	}
	if v.Fingerprint != "" {
		c.Key = inGroups(v.Fingerprint)
	}
	what := fmt.Sprintf("%s, %s", count(v.Files, "file"), size(v.Bytes))
	c.Intact = "Nothing was changed, taken out or added since it was sealed: " + what + ", all as the key below signed them."
	if !c.Good {
		c.Intact = fmt.Sprintf("This bundle is not as it was sealed: %s wrong. Each is named below. Do not rely on what is named; the rest can be read.", isOrAre(len(c.Problems), "thing"))
	}
	c.Complete = fmt.Sprintf("Of %s of the journal, %s are opened here and %s are withheld. Those can be asked for by number.", countOf(v.Entries, "entry", "entries"), thousands(int(v.Opened)), thousands(int(v.Withheld)))
	if v.Withheld == 0 {
		c.Complete = fmt.Sprintf("All %s of the journal are opened here.", countOf(v.Entries, "entry", "entries"))
	}
	if n := len(v.Closed); n > 0 {
		c.Complete += fmt.Sprintf(" When %s added is in entries that are withheld.", wasOrWere(n, "original"))
	}
	if !c.Good {
		c.Complete = "What was taken out or put in cannot be told from a bundle that is not as it was sealed. It says of itself: " + lowerFirst(c.Complete)
	}
	c.Dated = "It does not say when it was made."
	if at := madeAt(v.Made); at != "" {
		c.Dated = "Made " + at + ", by the clock of the computer on which it was made. Its times are its own word: nobody else confirms them here."
	}
	return c
}

// lowerFirst lets a sentence go on another.
func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func countOf(n uint64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(int(n)) + " " + many
}

func madeAt(s string) string {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.Format("Monday 2 January 2006, 15:04 -07:00")
	}
	return oneLine(s)
}

// Compare looks up what somebody noted on paper, the fingerprint of the key or
// the twelve words of the record, and says in a sentence what came of it.
func (r *Received) Compare(ctx context.Context, noted string, progress evidence.Progress) (string, error) {
	strip := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
	switch {
	case strip(noted) == "":
		return "", errors.New("type the fingerprint or the twelve words first")
	case strip(noted) == strip(r.Check.Key):
		return "It is the same: this bundle was signed by the key of your paper.", nil
	}
	v, err := verify.Bundle(ctx, r.top, verify.Options{Phrase: noted, Progress: checkProgress(progress)})
	switch {
	case err != nil:
		return "", err
	case v.Noted.Found:
		return fmt.Sprintf("The record in this bundle had the state that you noted, after entry %s of %s. Nothing before it can have been written later than that day.", thousands(int(v.Noted.Entry)), thousands(int(v.Noted.Last))), nil
	}
	return "It is neither the fingerprint of the key that signed nor a state of this record. Look at your paper again. If it is right, this is another record, it was written anew, or you noted it later than the bundle was made.", nil
}

// fault notes what cannot be shown.
func (r *Received) fault(format string, a ...any) {
	r.Faults = append(r.Faults, fmt.Sprintf(format, a...))
}

// openFile opens a plain file of the bundle.
func (r *Received) openFile(name string) (fs.File, error) {
	if _, ok := r.plain[name]; !ok {
		return nil, fmt.Errorf("%s: %w", oneLine(name), fs.ErrNotExist)
	}
	return r.top.Open(name)
}

// original is a file of the bundle whose picture is made.
type original struct {
	*bytes.Reader
}

func (original) Close() error { return nil }

// mostPicture is how large a file may be whose picture is made: it is held in
// memory for that time.
const mostPicture = 64 << 20

// picture opens what is shown of an exhibit: the copy to look at, or else the
// file itself.
func (r *Received) picture(f File) (_ Original, err error) {
	name := r.still(f)
	if name == "" {
		return nil, errors.New("pictures: the bundle does not hold it")
	}
	if n := r.plain[name]; n > mostPicture {
		return nil, fmt.Errorf("pictures: %s is larger than %s", path.Base(name), size(mostPicture))
	}
	in, err := r.openFile(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	data, err := io.ReadAll(io.LimitReader(in, mostPicture))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path.Base(name), err)
	}
	return original{bytes.NewReader(data)}, nil
}

func (r *Received) still(f File) string {
	dir := "data/timeline/pictures/"
	begins := fmt.Sprintf("%06d-%s", f.Item, f.Hash.String()[:8])
	for _, end := range []string{".jpg", ".png", "-1.jpg"} { // the last is the first frame of a film
		if _, ok := r.plain[dir+begins+end]; ok {
			return dir + begins + end
		}
	}
	for _, e := range r.Exhibits {
		if e.Item == f.Item {
			return e.file
		}
	}
	return ""
}

// Thumbs gives what makes small pictures of the bundle, in the worker. They are
// kept nowhere.
func (r *Received) Thumbs() *Thumbs { return &Thumbs{open: r.picture, start: r.begin.Pictures} }

// Picture makes the picture of an exhibit, in the worker, as JPEG or PNG bytes
// without anything beside the pixels.
func (r *Received) Picture(ctx context.Context, e ReceivedExhibit, maxPixels int) (data []byte, err error) {
	if r.begin.Pictures == nil {
		return nil, ErrNoPictures
	}
	o, err := r.picture(File{Name: e.Name, Item: e.Item, Hash: e.hash})
	if err != nil {
		return nil, err
	}
	pictures, stop, err := r.begin.Pictures(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	data, _, _, err = pictures.Picture(ctx, "original", o, o.Size(), photo.Within(maxPixels))
	return data, err
}

// mostLine is how long a line of a bundle's lists may be.
const mostLine = 8 << 20

// eachLine reads a file line by line. A line that is too long is passed over,
// and told of.
func eachLine(ctx context.Context, in io.Reader, line func(n int, text []byte) error, long func(n int)) error {
	r := bufio.NewReaderSize(in, 64<<10)
	var text []byte
	for n := 1; ; n++ {
		text = text[:0]
		over := false
		for {
			piece, err := r.ReadSlice('\n')
			if err := ctx.Err(); err != nil {
				return err
			}
			if over = over || len(text)+len(piece) > mostLine; !over {
				text = append(text, piece...)
			}
			if err == bufio.ErrBufferFull {
				continue
			}
			if err != nil && err != io.EOF {
				return err
			}
			ended := err == io.EOF
			switch {
			case over:
				long(n)
			case len(bytes.TrimSpace(text)) > 0:
				if err := line(n, bytes.TrimRight(text, "\r\n")); err != nil {
					return err
				}
			}
			if ended {
				return nil
			}
			break
		}
	}
}
