package bundle

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// mostRow bounds a line of the list.
const mostRow = 16 << 20

// readRows reads the list of rows.
func (b *bundle) readRows(ctx context.Context) (err error) {
	if !b.rows {
		return b.out.Skip(rowsFile, "", errors.New("the list of rows is not in this bundle; what it carries of originals is read"))
	}
	f, err := b.top.Open(rowsFile)
	if err != nil {
		return fmt.Errorf("%s: %w", rowsFile, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in := bufio.NewReaderSize(f, 64<<10)
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, whole, err := nextLine(in)
		if err == io.EOF && len(line) == 0 {
			return nil
		}
		if err != nil && err != io.EOF {
			return fmt.Errorf("%s: line %d: %w", rowsFile, n, err)
		}
		if err := b.row(fmt.Sprintf("line %d", n), line, whole); err != nil {
			return err
		}
	}
}

// nextLine gives a line without its end; whole is false where it is longer than
// a row can be, and is given cut off.
func nextLine(in *bufio.Reader) (line []byte, whole bool, err error) {
	whole = true
	for {
		part, err := in.ReadSlice('\n')
		if room := mostRow - len(line); len(part) > room {
			part, whole = part[:room], false
		}
		line = append(line, part...)
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == nil && whole:
			return line[:len(line)-1], true, nil
		}
		return line, whole, err
	}
}

// row hands on what becomes of one row.
func (b *bundle) row(record string, line []byte, whole bool) error {
	b.listed++
	if !whole {
		b.second++
		return b.out.Skip(record, string(line[:4<<10]), fmt.Errorf("is longer than %d bytes", mostRow))
	}
	r, err := timeline.ParseJSONL(line)
	if err != nil {
		b.second++
		return b.out.Skip(record, string(line), fmt.Errorf("is not a row that can be read: %w", err))
	}
	written := r.Kind == timeline.Incident
	if !written && (b.carried[r.Source.Hash.String()] != "" || b.hasOriginal(r.Source.Item, 0)) {
		return b.marked(record, r) // the row itself is read from the original
	}
	if written {
		b.incidents++
	} else {
		b.second++
	}
	return b.out.Event(b.event(record, r, written))
}

// marked keeps what was said in the other case about an event that is read from
// its original: no event here can say it.
func (b *bundle) marked(record string, r timeline.Row) error {
	var e timeline.Event
	f := importers.FactsOf(&e)
	for _, m := range r.Marks {
		b.said(f, m)
	}
	if len(e.Extra) == 0 {
		return nil
	}
	var said []string
	for _, fact := range e.Extra.Sorted() {
		said = append(said, fact.Name+": "+fact.Value)
	}
	about := fmt.Sprintf("%s. About the %s of %s: %s", strings.Join(said, "; "), r.Kind.Title(), r.When.Raw, r.Text)
	return b.out.Skip(record, about, errors.New("was said in the other case about an event that is read here from its original; it is no mark of this case"))
}

// event is a row as this case holds it.
func (b *bundle) event(record string, r timeline.Row, written bool) timeline.Event {
	e := timeline.Event{Kind: r.Kind, When: r.When, Claims: r.Claims, Thread: r.Thread, Place: r.Place, From: r.From, To: slices.Clone(r.To)}
	e.Source.Record = record
	e.Flags = slices.DeleteFunc(slices.Clone(r.Flags), func(f timeline.Flag) bool {
		return f == timeline.NameLookalike || f == timeline.ExportsDiffer || f == timeline.SecondHand
	})
	f := importers.FactsOf(&e)
	f.Flag(timeline.SecondHand)
	f.Say(r.Text)
	b.owners(f, r.Owner)
	f.Add("came in", b.from())
	if !b.verdict.OK() {
		f.Add(timeline.NotAsSealed, b.faults())
	}
	if written {
		b.words(f, r)
	} else {
		f.Add("read there by", fmt.Sprintf("%s, version %d, from %s, %s", r.Source.Importer, r.Source.Version, r.Source.Path, r.Source.Record))
		f.Add("original (SHA-256)", r.Source.Hash.String()+", not in the bundle")
	}
	for _, m := range r.Marks {
		b.said(f, m)
	}
	for _, fact := range r.Extra.Sorted() {
		if !timeline.Identifies(fact.Name) {
			f.Add(fact.Name, fact.Value)
		}
	}
	for _, a := range r.Files {
		e.Files = append(e.Files, b.file(a))
	}
	e.Extra.Set(timeline.SameEvent, r.ID.String())
	if key := r.Extra.Get(timeline.SameKey); key != "" {
		e.Extra.Set(timeline.SameKey, key)
		e.Extra.Set(timeline.SameReader, cmp.Or(r.Extra.Get(timeline.SameReader), r.Source.Importer))
	}
	return e
}

// owners says who was "me" there, by the name that was given of them there:
// nobody of it is the person of this case.
func (b *bundle) owners(f importers.Facts, given string) {
	if f.From.Owner {
		f.From.Owner, f.From.Name = false, cmp.Or(f.From.Name, given)
		f.Add("the owner of the source", "the sender")
	}
	for i := range f.To {
		if f.To[i].Owner {
			f.To[i].Owner, f.To[i].Name = false, cmp.Or(f.To[i].Name, given)
			f.Add("the owner of the source", "a recipient")
		}
	}
}

// words states whose words an incident is, in every version that is opened.
func (b *bundle) words(f importers.Facts, r timeline.Row) {
	f.Add("written down by", r.Extra.Get("recorded by")+", in their own case")
	for i, v := range b.log.versionsOf(r) {
		text := v.by() + ": " + v.what
		if v.reason != "" {
			text = v.by() + ", because: " + v.reason + ": " + v.what
		}
		f.Add(fmt.Sprintf("version %d", i+1), text)
	}
}

// said keeps a mark of the other case as what somebody said there.
func (b *bundle) said(f importers.Facts, m timeline.Mark) {
	who := fmt.Sprintf(" (%s, %s, entry %d there)", m.By, m.At.Format(time.RFC3339), m.Number)
	for _, s := range []struct{ name, value string }{{"code there", m.Code}, {"tag there", m.Tag}, {"note there", m.Note}, {"left out there", m.LeftOut}} {
		if s.value != "" {
			f.Add(s.name, s.value+who)
		}
	}
	if m.Exhibit {
		f.Add("exhibit there", "yes"+who)
	}
}

// file is a file that a row names: the original in the bundle, where it is.
func (b *bundle) file(a timeline.Attachment) timeline.Attachment {
	out := timeline.Attachment{Name: a.Name, Type: a.Type, Note: a.Note}
	if name := b.carried[a.Hash.String()]; name != "" && !a.Hash.IsZero() {
		out.Path = path.Join(b.root, name)
		return out
	}
	out.Missing = true
	if out.Note == "" {
		out.Note = "not in the bundle"
		if !a.Hash.IsZero() {
			out.Note = "not in the bundle; its SHA-256 is " + a.Hash.String()
		}
	}
	return out
}
