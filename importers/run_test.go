package importers

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/timeline"
)

// TestWhatIsStored: files and what a named link leads to are stored; what is no
// file, cannot be read, or is the case itself is named with its reason.
func TestWhatIsStored(t *testing.T) {
	t.Parallel()
	b := newBench(t, rest{})
	parent := filepath.Dir(b.Case.Dir())
	other := folder(t, "real.txt", "x")
	for _, err := range []error{
		os.WriteFile(filepath.Join(parent, "beside.txt"), []byte("say beside"), 0o600),
		os.Symlink(other, filepath.Join(parent, "link")),
		os.Symlink("nowhere", filepath.Join(other, "dangling")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	rec := b.add(parent, filepath.Join(parent, "link"), filepath.Join(parent, "absent"), filepath.Join(b.Case.Dir(), "journal"))
	name := filepath.Base(parent)
	b.want("items", b.items(), name+"/beside.txt", "in/real.txt")
	for path, says := range map[string]string{name + "/case.daybook": "is the case itself", name + "/link": "is a link",
		"in/dangling": "is a link", "absent": "cannot be opened: no such file", "journal": "is part of the case itself"} {
		if got := reasons(rec, path); !strings.Contains(got, says) {
			t.Errorf("%s: %q", path, got)
		}
	}
	if len(rec.Failed) != 5 || rec.Files != 2 || rec.Items != 2 {
		t.Errorf("%+v", rec)
	}
}

// TestUnreadable: a file that cannot be read to its end is named and not kept;
// the others are.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Log("the file that fails when it is read is there on Linux alone; here the test has only the others")
	}
	b := newBench(t, rest{})
	rec := b.add("/proc/self/mem", folder(t, "a.txt", "a", "b.txt", "b"))
	b.want("items", b.items(), "in/a.txt", "in/b.txt")
	if len(rec.Failed) != 1 {
		t.Errorf("%+v", rec.Failed)
	}
}

// TestRoots: two folders of the same name stay apart; a path named twice is one.
func TestRoots(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	dir := folder(t, "one/chat/c.txt", "show chat/pic.pic", "one/chat/pic.pic", "1", "two/chat/c.txt", "show two/chat/pic.pic", "two/chat/pic.pic", "2", "d.txt", "")
	b.add(filepath.Join(dir, "one/chat"), filepath.Join(dir, "two/chat"), filepath.Join(dir, "d.txt"), filepath.Join(dir, "two", "..", "one", "chat"))
	b.want("items", b.items(), "one/chat/c.txt", "one/chat/pic.pic", "two/chat/c.txt", "two/chat/pic.pic", "d.txt")
	for _, r := range b.rows(b.Index) {
		for _, f := range r.Files {
			if it, err := b.Case.Item(f.Item); r.Source.Path == "two/chat/c.txt" && (err != nil || it.Path != "two/chat/pic.pic") {
				t.Errorf("%s shows %+v", r.Source.Path, f)
			}
		}
	}
}

// TestChanging: a file that changes, or goes, while others are read.
func TestChanging(t *testing.T) {
	t.Parallel()
	b := newBench(t, rest{})
	dir := folder(t, "a.txt", "a", "b.txt", "b", "c.txt", "c")
	first := true
	b.Progress = func(_, _ int64, what string) {
		if what != "stored" || !first {
			return
		}
		first = false
		if err := errors.Join(os.WriteFile(filepath.Join(dir, "a.txt"), []byte("longer"), 0o600), os.Remove(filepath.Join(dir, "b.txt"))); err != nil {
			t.Error(err)
		}
	}
	rec := b.add(dir)
	b.want("items", b.items(), "in/a.txt", "in/c.txt")
	if b.content(1) != "a" || !strings.Contains(reasons(rec, "in/a.txt"), "changed while it was read") || !strings.Contains(reasons(rec, "in/b.txt"), "no such file") {
		t.Errorf("%q, %+v", b.content(1), rec.Failed)
	}
}

// TestImporters: what importers may do, and what comes of it.
func TestImporters(t *testing.T) {
	t.Parallel()
	b := newBench(t, lines{"txt"}, single{}, rest{})
	rec := b.add(folder(t,
		"ask.txt", "ask\nsay never",
		"break.txt", "say before\nbreak here\nsay after",
		"late.txt", "say kept\nnot",
		"not.txt", "not",
		"other", "x",
		"panic.txt", "say shown\npanic told to",
		"claims.txt", "PANIC",
		"skip.txt", "covers all of it\nskip words"))
	got := b.texts()
	slices.Sort(got)
	b.want("events", got, "before", "file in/claims.txt", "file in/not.txt", "file in/other", "kept", "shown")
	for path, says := range map[string]string{"in/break.txt": "here", "in/late.txt": "handed on records and then said: not this format",
		"in/panic.txt": "by a fault of its own: told to", "in/claims.txt": "by a fault of its own: claims"} {
		if got := reasons(rec, path); !strings.Contains(got, says) {
			t.Errorf("%s: %q", path, got)
		}
	}
	if len(rec.Asks) != 1 || rec.Asks[0].Path != "in/ask.txt" || rec.Asks[0].Choices[0].Value != "Maya" || rec.Skips != 1 || len(rec.Failed) != 4 {
		t.Errorf("%+v", rec)
	}
	b.rebuilt()
}

// TestAnsweredLater: a question that was left open is answered by Read, which
// also stores what lies inside the item.
func TestAnsweredLater(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	rec := b.add(folder(t, "a.txt", "ask\nsay one\npart inside"))
	if len(rec.Asks) != 1 || b.Index.Len() != 0 {
		t.Fatalf("%+v", rec)
	}
	b.Ask = func(it evidence.Item, a *Ask) (string, bool) { return "", true }
	if rec, err := b.Read(t.Context(), rec.Asks[0].Item); err != nil || len(rec.Asks) != 1 {
		t.Errorf("an answer that says nothing: %+v, %v", rec, err)
	}
	b.Ask = func(it evidence.Item, a *Ask) (string, bool) {
		return "Maya", it.Path == "in/a.txt" && a.What == "owner"
	}
	rec, err := b.Read(t.Context(), rec.Asks[0].Item)
	if err != nil || rec.Events != 2 || rec.Attachments.Found != 1 {
		t.Errorf("%+v, %v", rec, err)
	}
	b.want("items", b.items(), "in/a.txt", "in/a.txt!part.txt")
	b.rebuilt()
}

// TestAttached: what importers find inside a source is stored, read in its
// turn, opened if it is a container, and listed by its events in their order;
// the same bytes twice are two.
func TestAttached(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var script []string
	for i := range 700 {
		script = append(script, "part say inner", fmt.Sprint("say ", i), "skip this")
	}
	rec := b.add(folder(t, "a.txt", strings.Join(script[:30], "\n")), folder(t, "b.txt", "zip say zipped"))
	if rec.Items != 14 || rec.Attachments.Found != 11 || rec.Attachments.Missing != 0 || rec.Skips != 10 {
		t.Errorf("%+v", rec)
	}
	files := map[int64]bool{}
	last := 0
	for _, r := range b.rows(b.Index) {
		for _, f := range r.Files {
			files[f.Item] = true
		}
		var n int
		if r.Source.Item == 1 {
			if fmt.Sscan(r.Source.Record, &n); n <= last {
				t.Errorf("record %s comes after %d", r.Source.Record, last)
			}
			last = n
		}
	}
	if len(files) != 11 {
		t.Errorf("%d items are shown, want 11", len(files))
	}
	if !slices.Contains(b.texts(), "inner") || !slices.Contains(b.texts(), "zipped") {
		t.Errorf("%q", b.texts())
	}
	b.rebuilt()
}

// TestShownFiles: a file whose time says little has no event of its own exactly
// when a conversation shows it.
func TestShownFiles(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	rec := b.add(folder(t, "c.txt", "show a.pic\nshow in/weak-shown.pic\nshow in/dated-shown.pic\nshow in/gone.pic",
		"weak-shown.pic", "weak", "dated-shown.pic", "dated", "weak-alone.pic", "weak another", "dated-alone.pic", "dated"))
	var pictures []string
	for _, s := range b.texts() {
		if strings.HasPrefix(s, "picture") {
			pictures = append(pictures, s)
		}
	}
	slices.Sort(pictures)
	b.want("pictures", pictures, "picture in/dated-alone.pic", "picture in/dated-shown.pic", "picture in/weak-alone.pic")
	if rec.Attachments != (timeline.AttachmentCount{Named: 4, Found: 2, Missing: 2}) {
		t.Errorf("%+v", rec.Attachments)
	}
	b.rebuilt()
}

// errStop is what a case says that takes no more.
var errStop = errors.New("stop")

// swallow is an importer that returns nil whatever Output says.
type swallow struct{ stop context.CancelFunc }

func (swallow) Info() Info         { return Info{Name: "swallow", Version: 1} }
func (swallow) Claims(Source) bool { return true }
func (s swallow) Import(_ context.Context, _ Source, out Output) error {
	_ = out.Event(event("1", "one"))
	s.stop()
	for range 3 {
		if out.Event(event("2", "two")) == nil {
			return errStop
		}
	}
	return nil
}

// TestOutputErrorsCount: an importer cannot hide that the run must stop.
func TestOutputErrorsCount(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	b := newBench(t, swallow{cancel})
	if _, err := b.Add(ctx, "", folder(t, "a", "x")); !errors.Is(err, context.Canceled) || errors.Is(err, errStop) {
		t.Errorf("%v", err)
	}
	if b.Index.Len() != 0 {
		t.Errorf("%q", b.texts())
	}
}

// stops is an importer that cancels before the k-th line of all.
type stops struct {
	lines
	left *int
	stop context.CancelFunc
}

func (s stops) Import(ctx context.Context, src Source, out Output) error {
	return s.lines.Import(ctx, src, counting{out, s})
}

type counting struct {
	Output
	s stops
}

func (c counting) Event(e timeline.Event) error {
	if *c.s.left--; *c.s.left == 0 {
		c.s.stop()
	}
	return c.Output.Event(e)
}

// TestCancelAndResume: cancelled at any event, or while storing, an act leaves
// what was acknowledged whole, and Resume brings the timeline to what it would
// have been; a second Resume has nothing to do.
func TestCancelAndResume(t *testing.T) {
	t.Parallel()
	dir := folder(t, "a.txt", "say a\nshow in/p.pic\npart say inner", "b.txt", "say b\nsay b2", "p.pic", "weak",
		"z.zip", zipped(t, "1.txt", "say z1", "2.txt", "show 3.pic\nsay z2", "3.pic", "weak"))
	whole := newBench(t)
	whole.add(dir)
	want := whole.texts()
	if len(want) != 9 {
		t.Fatalf("%q", want)
	}
	for k := 1; k <= 9; k++ {
		t.Run(fmt.Sprint(k), func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			left := k
			b := newBench(t, stops{lines{"txt"}, &left, cancel}, single{})
			if _, err := b.Add(ctx, "", dir); !errors.Is(err, context.Canceled) && k < 9 {
				t.Fatalf("%v", err)
			}
			b.resumed(want)
			b.rebuilt()
		})
	}
	t.Run("storing", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		b := newBench(t)
		n := 0
		b.Progress = func(_, _ int64, what string) {
			if n++; n == 6 { // of the zip
				cancel()
			}
		}
		if _, err := b.Add(ctx, "", dir); !errors.Is(err, context.Canceled) {
			t.Fatalf("%v", err)
		}
		b.Progress = nil
		b.resumed(want)
		b.rebuilt()
	})
}

// TestSameFolderTwice: a picture that a conversation shows gets no event of its
// own, however often it is added, and where it lies.
func TestSameFolderTwice(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	dir := folder(t, "chat.txt", "say hello\nshow in/p.pic", "p.pic", "weak picture", "kept/copy.pic", "weak picture")
	b.add(dir)
	b.want("once", b.texts(), "hello", "in/p.pic")
	for range 2 {
		b.Index = b.open()
		if rec := b.add(dir); rec.Events != 0 || len(rec.Same) != 3 {
			t.Errorf("%+v", rec)
		}
		b.want("again", b.texts(), "hello", "in/p.pic")
	}
	if rec := b.add(folder(t, "alone.pic", "weak picture", "other.pic", "weak other")); rec.Events != 1 || len(rec.Same) != 1 {
		t.Errorf("%+v", rec)
	}
	b.rebuilt()
}

// resumed opens the index anew, as a later program would, and goes on.
func (b *bench) resumed(want []string) {
	b.t.Helper()
	b.Index = b.open()
	rec, err := b.Resume(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	if rec.Batch != 0 && (rec.Events != b.Index.Len() || rec.Files == 0) {
		b.t.Errorf("of %d events the act that goes on accounts for %d: %+v", b.Index.Len(), rec.Events, rec)
	}
	for _, s := range rec.Sources {
		if s.Path == "" {
			b.t.Errorf("a source without a path: %+v", s)
		}
	}
	b.want("resumed", b.texts(), want...)
	if left, err := Unread(b.t.Context(), b.Case, b.Index); err != nil || len(left) > 0 {
		b.t.Errorf("still unread: %+v, %v", left, err)
	}
	n := b.Case.Len()
	if rec, err := b.Resume(b.t.Context()); err != nil || rec.Batch != 0 || b.Case.Len() != n {
		b.t.Errorf("a second time: %+v, %v", rec, err)
	}
	if found, err := b.Case.Check(b.t.Context(), evidence.CheckOptions{}, nil); err != nil || len(found) > 0 {
		b.t.Errorf("check: %v, %v", found, err)
	}
}

// TestStoppedAfterTheLastFile: an act that read everything and was stopped before
// it could say so is finished by the next opening, once.
func TestStoppedAfterTheLastFile(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	batch, err := b.Case.Begin(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	a := b.Run.begin(t.Context(), batch.Number(), batch)
	items, err := a.store(t.Context(), []string{folder(t, "a.txt", "say one", "b.txt", "say two")})
	if err == nil {
		err = a.read(t.Context(), items)
	}
	if err = errors.Join(err, a.commit(t.Context()), batch.Flush(t.Context())); err != nil { // and then the power goes
		t.Fatal(err)
	}
	if left, err := Unread(t.Context(), b.Case, b.Index); err != nil || len(left) > 0 {
		t.Fatalf("%+v, %v", left, err)
	}
	if short, err := CutShort(t.Context(), b.Case); err != nil || len(short) != 1 {
		t.Fatalf("%+v, %v", short, err)
	}
	b.Index = b.open()
	rec, err := b.Resume(t.Context())
	if err != nil || rec.Events != 2 || rec.Files != 2 || !slices.Equal(rec.Resumes, []int64{1}) {
		t.Errorf("%+v, %v", rec, err)
	}
	if short, err := CutShort(t.Context(), b.Case); err != nil || len(short) > 0 {
		t.Errorf("still unfinished: %+v, %v", short, err)
	}
	b.resumed([]string{"one", "two"})
}

// TestAgainWithoutItsImporter: what cannot be read again is stated, and the
// rest is read.
func TestAgainWithoutItsImporter(t *testing.T) {
	t.Parallel()
	b := newBench(t, lines{"txt"}, lines{"old"})
	b.add(folder(t, "a.old", "say old", "b.txt", "say new"))
	if _, err := b.Case.Check(t.Context(), evidence.CheckOptions{Rebuild: true}, nil); err != nil {
		t.Fatal(err)
	}
	b.Index, b.Set = b.open(), []Importer{lines{"txt"}}
	rec, err := b.Again(t.Context(), b.Index.NeedsReading())
	if err != nil || !strings.Contains(reasons(rec, "in/a.old"), `"old"`) {
		t.Errorf("%+v, %v", rec, err)
	}
	b.want("events", b.texts(), "new")
}

// TestTooLargeAnEventIsASkip: a record that is too large to be kept costs
// itself alone, and says so.
func TestTooLargeAnEventIsASkip(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	rec := b.add(folder(t, "a.txt", "say before\nmany 400000\nsay after"))
	if rec.Events != 2 || rec.Skips != 1 || len(rec.Failed) != 0 {
		t.Errorf("%+v", rec)
	}
	for s, err := range b.Index.Skips(t.Context()) {
		if err != nil || s.Record != "2" || !strings.Contains(s.Reason, "larger than the limit") {
			t.Errorf("%+v, %v", s, err)
		}
	}
}

// TestCutShortKeepsItsAnswers: an act that is cut short goes on with the answers
// it was begun with, whoever goes on.
func TestCutShortKeepsItsAnswers(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	first := b.Run
	first.Assume.Owner = "Maya"
	first.Progress = func(_, _ int64, what string) {
		if what == "read" {
			cancel()
		}
	}
	if _, err := first.Add(ctx, "", folder(t, "a.txt", "say one")); !errors.Is(err, context.Canceled) {
		t.Fatalf("cut short: %v", err)
	}
	if _, err := b.Run.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	r, ok := b.Index.Reading(1)
	if !ok || r.Events != 1 || r.Assume["owner"] != "Maya" {
		t.Errorf("%+v", r)
	}
}
