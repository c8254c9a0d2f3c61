package importers

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

// lines is an importer of text whose every line is an order to it:
//
//	say WORDS    an event
//	show PATH    an event that lists the file at a path of the tree
//	part WORDS   an event with an attachment that holds the words
//	zip WORDS    an event with an attached zip whose z.txt holds the words
//	many N       an event to so many people
//	skip WORDS   a skip
//	covers WORDS what the source covers
//	ask          a question, unless the owner is known
//	not          ErrNotMine
//	break, panic an error, a panic
type lines struct{ name string }

func (l lines) Info() Info { return Info{Name: l.name, Version: 1, Title: l.name} }

func (l lines) Claims(s Source) bool {
	if bytes.HasPrefix(s.Head, []byte("PANIC")) {
		panic("claims")
	}
	return strings.HasSuffix(s.Path, "."+l.name)
}

func (l lines) Import(ctx context.Context, s Source, out Output) (err error) {
	f, err := s.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	scan := bufio.NewScanner(f)
	for n := 1; scan.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := l.line(s, fmt.Sprint(n), scan.Text(), out); err != nil {
			return err
		}
	}
	return scan.Err()
}

func (l lines) line(s Source, record, text string, out Output) error {
	verb, words, _ := strings.Cut(text, " ")
	switch verb {
	case "say":
		return out.Event(event(record, words))
	case "show":
		return out.Event(event(record, words, timeline.Attachment{Name: words, Path: words}))
	case "part":
		a, err := out.Attach(record, "part.txt", "text/plain", strings.NewReader(words))
		if err != nil {
			return err
		}
		return out.Event(event(record, words, a))
	case "zip":
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create("z.txt")
		if err != nil {
			return err
		}
		_, err = io.WriteString(w, words)
		if err := errors.Join(err, z.Close()); err != nil {
			return err
		}
		a, err := out.Attach(record, "part.zip", "application/zip", &b)
		if err != nil {
			return err
		}
		return out.Event(event(record, words, a))
	case "many":
		e := event(record, text)
		var n int
		if _, err := fmt.Sscan(words, &n); err != nil {
			return err
		}
		for i := range n {
			e.To = append(e.To, timeline.Party{Address: fmt.Sprintf("somebody.%d@mail.example", i)})
		}
		return out.Event(e)
	case "skip":
		return out.Skip(record, words, errors.New("told to"))
	case "covers":
		return out.Covers(timeline.When{}, timeline.When{}, words)
	case "not":
		return ErrNotMine
	case "ask":
		if s.Assume.Owner == "" {
			return &Ask{What: "owner", Text: "Whose is it?", Choices: []Choice{{Value: "Maya"}}}
		}
		return nil
	case "break":
		return errors.New(words)
	case "panic":
		panic(words)
	}
	return nil
}

// event is one at a minute that its record gives.
func event(record, text string, files ...timeline.Attachment) timeline.Event {
	var n int
	fmt.Sscan(record, &n)
	at := time.Date(2024, 5, 1, 12, n, 0, 0, time.UTC)
	return timeline.Event{Kind: timeline.Message, Text: text, Files: files, Source: timeline.Pinpoint{Record: record},
		When: timeline.FromInstant(at, timeline.Second, at.Format(time.DateTime))}
}

// single is an importer of files that are one thing; what begins with "weak"
// has no time of its own.
type single struct{}

func (single) Info() Info           { return Info{Name: "pic", Version: 1, Single: true} }
func (single) Claims(s Source) bool { return strings.HasSuffix(s.Path, ".pic") }
func (single) Import(ctx context.Context, s Source, out Output) error {
	if err := out.Covers(timeline.When{}, timeline.When{}, "one picture"); err != nil {
		return err
	}
	e := event("1", "picture "+s.Path)
	if bytes.HasPrefix(s.Head, []byte("weak")) {
		e.When, e.Flags = timeline.When{Precision: timeline.Undated}, []timeline.Flag{timeline.WeakTime}
	}
	return out.Event(e)
}

// rest takes everything.
type rest struct{}

func (rest) Info() Info         { return Info{Name: "rest", Version: 1} }
func (rest) Claims(Source) bool { return true }
func (rest) Import(ctx context.Context, s Source, out Output) error {
	return out.Event(event("1", "file "+s.Path))
}

// bench is a case with a run over it.
type bench struct {
	t *testing.T
	Run
}

func newBench(t *testing.T, set ...Importer) *bench {
	t.Helper()
	words, err := keys.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	c, err := evidence.Create(filepath.Join(t.TempDir(), "case.daybook"), evidence.CreateOptions{Title: "t", Zone: "Europe/London", Actor: "t",
		Passphrase: "t", Weak: true, KDF: keys.LeastCost(), Words: words})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	if set == nil {
		set = []Importer{lines{"txt"}, single{}}
	}
	b := &bench{t, Run{Case: c, Set: set, Limits: DefaultLimits}}
	b.Index = b.open()
	return b
}

func (b *bench) open() *timeline.Index {
	b.t.Helper()
	x, err := timeline.Open(context.Background(), b.Case)
	if err != nil {
		b.t.Fatal(err)
	}
	return x
}

func (b *bench) add(paths ...string) timeline.Reconciliation {
	b.t.Helper()
	rec, err := b.Add(context.Background(), "", paths...)
	if err != nil {
		b.t.Fatal(err)
	}
	return rec
}

// items gives the paths of all items, those in others as PARENT!PATH.
func (b *bench) items() (paths []string) {
	b.t.Helper()
	for it, err := range b.Case.Items(context.Background()) {
		if err != nil {
			b.t.Fatal(err)
		}
		paths = append(paths, b.path(it))
	}
	return paths
}

func (b *bench) path(it evidence.Item) string {
	if it.Parent == 0 {
		return it.Path
	}
	parent, err := b.Case.Item(it.Parent)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.path(parent) + "!" + it.Path
}

func (b *bench) content(n int64) string {
	b.t.Helper()
	var s strings.Builder
	if err := b.Case.Export(context.Background(), n, &s); err != nil {
		b.t.Fatal(err)
	}
	return s.String()
}

// texts gives the events in order.
func (b *bench) texts() (list []string) {
	for _, r := range b.rows(b.Index) {
		list = append(list, r.Text)
	}
	return list
}

func (b *bench) rows(x *timeline.Index) []timeline.Row {
	b.t.Helper()
	found, err := x.Find(context.Background(), timeline.Filter{})
	if err != nil {
		b.t.Fatal(err)
	}
	rows, err := found.Rows(0, found.Len())
	if err != nil {
		b.t.Fatal(err)
	}
	return rows
}

func (b *bench) lines(x *timeline.Index) string {
	b.t.Helper()
	var out []byte
	for _, r := range b.rows(x) {
		var err error
		if out, err = r.AppendJSONL(out); err != nil {
			b.t.Fatal(err)
		}
	}
	return string(out)
}

// rebuilt: the case is whole, and its timeline made again from nothing is the
// same.
func (b *bench) rebuilt() {
	b.t.Helper()
	ctx := context.Background()
	want := b.lines(b.Index)
	if found, err := b.Case.Check(ctx, evidence.CheckOptions{Rebuild: true}, nil); err != nil || len(found) > 0 {
		b.t.Fatalf("check: %v, %v", found, err)
	}
	run := b.Run
	run.Index, run.Assume, run.Ask = b.open(), Assume{}, nil
	rec, err := run.Again(ctx, run.Index.NeedsReading())
	if err != nil || len(run.Index.NeedsReading()) > 0 {
		b.t.Fatalf("again: %v, still to read %v, %+v", err, run.Index.NeedsReading(), rec)
	}
	for _, r := range run.Index.Readings() {
		if before, _ := b.Index.Reading(r.Item); r.Differ != before.Differ {
			b.t.Errorf("item %d came out otherwise", r.Item)
		}
	}
	if got := b.lines(run.Index); got != want {
		b.t.Errorf("made again:\n%s\nwant\n%s", got, want)
	}
}

func (b *bench) want(what string, got []string, want ...string) {
	b.t.Helper()
	if !slices.Equal(got, want) {
		b.t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// reasons gives what is said of a path, "" when nothing is.
func reasons(rec timeline.Reconciliation, path string) string {
	for _, f := range rec.Failed {
		if f.Path == path {
			return f.Reason
		}
	}
	return ""
}

// folder writes files: name, content, name, content …
func folder(t *testing.T, pairs ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "in")
	for i := 0; i < len(pairs); i += 2 {
		name := filepath.Join(dir, filepath.FromSlash(pairs[i]))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, []byte(pairs[i+1]), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// zipped makes a zip: name, content, name, content …
func zipped(t testing.TB, pairs ...string) string {
	t.Helper()
	return string(zipOf(t, func(z *zip.Writer) error {
		for i := 0; i < len(pairs); i += 2 {
			w, err := z.CreateHeader(&zip.FileHeader{Name: pairs[i], Method: zip.Deflate, Modified: time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)})
			if err != nil {
				return err
			}
			if _, err := io.WriteString(w, pairs[i+1]); err != nil {
				return err
			}
		}
		return nil
	}))
}

func zipOf(t testing.TB, fill func(*zip.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if err := errors.Join(fill(z), z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
