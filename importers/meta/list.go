package meta

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// A list is read by its shape. Its records are the objects in arrays, wherever
// in the file these are. The time of a record is, in this order:
//
//   - a member of its own whose name ends in timestamp (or timestamp_ms), or of
//     an object in it ("session": {"created_timestamp": …}),
//   - of "label_values", an entry's timestamp_value,
//   - of "string_map_data", an entry's timestamp,
//   - of "string_list_data", each entry's timestamp: every entry is an event,
//   - of objects in an array in it, each of which is then an event that has the
//     record's other members too.
//
// Labels are in the language of the account and mean nothing to the reader: they
// are kept as they are, with their values.

// list reads everything dated in a file, and leaves to others one that holds
// nothing dated.
func (r *reader) list() error {
	if err := r.watch(); err != nil {
		return err
	}
	f, err := jsonfile.Open(r.ctx, r.source)
	if err != nil {
		return err
	}
	l := &lister{reader: r, file: f, about: aboutList(r.source.Path), owner: r.owner()}
	if lone.Match(r.source.Head) {
		err = l.element()
	} else {
		err = l.walk(0)
	}
	if err == nil {
		err = f.End()
	}
	if stop := l.close(err); stop != nil {
		return errors.Join(stop, f.Close())
	}
	if at := (*jsonfile.Broken)(nil); errors.As(err, &at) {
		err = r.wrap(err)
	}
	return errors.Join(err, f.Close())
}

// watch looks through the file for how its texts are written.
func (r *reader) watch() (err error) {
	file, err := r.source.Open()
	if err != nil {
		return r.wrap(err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	var w writer
	buf := make([]byte, 128<<10)
	in := importers.UntilDone(r.ctx, file)
	for !w.clean {
		n, err := in.Read(buf)
		if _, bad := w.Write(buf[:n]); bad != nil {
			return bad
		}
		if errors.Is(err, errEnd) {
			break
		}
		if err != nil {
			return err
		}
	}
	r.latin = !w.clean
	return nil
}

// lister reads one list.
type lister struct {
	*reader
	file   *jsonfile.File
	whole  jsonfile.Tree // the last record
	begun  []*entry      // of the record and of those that it stands in
	open   int           // how many of these are being read
	made   []entry       // of the last record
	text   []byte        // of the last event
	texts  importers.Strings
	about  about
	owner  owner
	dated  bool // something was handed on
	held   []heldSkip
	extent extent
}

// heldSkip is a record without a time, which waits for the first that has one:
// a file without any is no list.
type heldSkip struct {
	record, text string
	reason       error
}

const maxHeld = 10_000

const maxListDepth = 6

// walk goes through the brackets around the records.
func (l *lister) walk(depth int) error {
	switch l.file.Kind() {
	case '[':
		for _, err := range l.file.Elements() {
			if err != nil {
				return err
			}
			if err := l.element(); err != nil {
				return err
			}
		}
	case '{':
		for _, err := range l.file.Members() {
			if err != nil {
				return err
			}
			if k := l.file.Kind(); depth >= maxListDepth || k != '{' && k != '[' {
				continue // named as unread
			}
			if err := l.walk(depth + 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// element is one element of an array of the file: a record, when it is an object
// or, in the exports of 2018 to 2020, an array.
func (l *lister) element() error {
	if k := l.file.Kind(); k != '{' && k != '[' {
		return nil // named as unread
	}
	v, err := l.file.Decode(&l.whole)
	if err != nil {
		return err
	}
	return l.record(v)
}

// lone is the beginning of a file that is one record.
var lone = regexp.MustCompile(`^(?:\xef\xbb\xbf)?\s*\{\s*"(?:timestamp|media|label_values|fbid|string_map_data|string_list_data|title)"`)

var errNoTime = errors.New("this entry has no time, so it has no place in the timeline")

func (l *lister) record(v jsonfile.Value) error {
	if v.Bad != nil {
		return l.skip(v.Record, v.Text(), v.Bad)
	}
	l.made = l.entries(l.made[:0], l.whole, nil)
	if len(l.made) == 0 {
		return l.skip(v.Record, l.saysText(v), errNoTime)
	}
	for i := range l.made {
		record := v.Record
		if i > 0 {
			record = fmt.Sprintf("%s, entry %d", record, i+1)
		}
		if err := l.event(record, &l.made[i]); err != nil {
			return err
		}
	}
	return nil
}

func (l *lister) saysText(v jsonfile.Value) string {
	text, _ := l.saysOf(nil, v.Text())
	return text
}

// event hands on one entry, behind what waited for it.
func (l *lister) event(record string, en *entry) error {
	if err := l.release(); err != nil {
		return err
	}
	e := timeline.Event{Kind: l.about.kind, When: en.when, Thread: l.about.name, Source: timeline.Pinpoint{Record: record}}
	l.fillEntry(&e, en)
	l.extent.add(e.When)
	return l.out.Event(e)
}

func (l *lister) release() error {
	l.dated = true
	for _, h := range l.held {
		if err := l.out.Skip(h.record, h.text, h.reason); err != nil {
			return err
		}
	}
	l.held = nil
	return nil
}

func (l *lister) skip(record, text string, reason error) error {
	if l.dated {
		return l.out.Skip(record, text, reason)
	}
	l.held = append(l.held, heldSkip{record, text, reason})
	if len(l.held) < maxHeld {
		return nil
	}
	return l.release()
}

// close says what was left, where there was anything dated. A file without is
// not for the timeline; one that is broken is said to be.
func (l *lister) close(err error) error {
	var at *jsonfile.Broken
	switch {
	case err != nil && !errors.As(err, &at):
		return err
	case !l.dated && err == nil:
		return importers.ErrNotMine
	case !l.dated:
		return l.release()
	}
	if err := l.file.SkipUnread(l.out); err != nil {
		return err
	}
	first, last := l.extent.period()
	return l.out.Covers(first, last, "list: "+l.about.name)
}

// entry is what one event of a list is made of.
type entry struct {
	when   timeline.When
	claims []timeline.Claim
	facts  []named
	lines  []named // what a person is to read: labels with their values
	place  timeline.Place
	uris   []string
}

type named struct{ name, value string }

// sameEntry is the sum by which copies of one entry in overlapping exports are
// known.
func (l *lister) sameEntry(en *entry) string {
	var room [512]byte // enough for nearly every entry
	b := append(append(append(room[:0], l.about.name...), 0), en.when.Raw...)
	for _, list := range [][]named{en.lines, en.facts} {
		for _, f := range list {
			b = strconv.AppendInt(append(b, 0), int64(len(f.name)), 10)
			b = append(append(b, 0), f.name...)
			b = append(append(b, 0), f.value...)
		}
	}
	return l.texts.SumOf(b)
}

// about is what a list's file name tells of its entries.
type about struct {
	name string
	kind timeline.Kind
	from role
}

// role is who an entry is from.
type role int

const (
	nobody role = iota
	theOwner
	theOther // the one whom the entry names
)

// aboutList tells what a list is about by its path: folders and files have
// English names in every language.
func aboutList(p string) about {
	a := about{name: listName(p), kind: timeline.System}
	low := strings.ToLower(strings.ReplaceAll(p, "_", " "))
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(low, w) {
				return true
			}
		}
		return false
	}
	file := strings.ToLower(a.name)
	switch {
	case has("security and login", "login and profile", "login and account", "last known location"):
		a.kind = timeline.Login
	case strings.Contains(file, "other people") || strings.Contains(file, "posts from others") || strings.Contains(file, "mentions"):
		a.kind = timeline.Post
	case strings.HasPrefix(file, "followers") || strings.Contains(file, "received") || strings.Contains(file, "rejected"):
		a.from = theOther
	case strings.Contains(file, "comment") && !strings.Contains(file, "like"), strings.Contains(file, "posts") && !strings.Contains(file, "like") && !strings.Contains(file, "saved"),
		file == "stories", file == "reels", strings.Contains(file, "profile photos"), strings.Contains(file, "photos and videos"):
		a.kind, a.from = timeline.Post, theOwner
	case has("messages/", "message"):
		a.kind = timeline.Message
	case has("your facebook activity", "your activity across", "your instagram activity", "following", "blocked", "likes", "search", "sent", "pokes", "restricted", "comments and reactions", "story sticker"):
		a.from = theOwner
	}
	return a
}
