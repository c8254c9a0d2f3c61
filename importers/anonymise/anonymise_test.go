package anonymise

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"daybook/importers"
	"daybook/importers/all"
	"daybook/importers/importertest"
	"daybook/timeline"
)

// memoryTarget keeps a copy in memory.
type memoryTarget struct{ files fstest.MapFS }

func (m memoryTarget) Create(name string) (io.WriteCloser, error) {
	if !fs.ValidPath(name) || m.files[name] != nil {
		return nil, fmt.Errorf("%s: is there already, or is no name", name)
	}
	f := &fstest.MapFile{}
	m.files[name] = f
	return &memoryWriter{f}, nil
}

type memoryWriter struct{ f *fstest.MapFile }

func (w *memoryWriter) Write(p []byte) (int, error) {
	w.f.Data = append(w.f.Data, p...)
	return len(p), nil
}
func (w *memoryWriter) Close() error { return nil }

// copied copies a tree with a secret that tests know.
func copied(t testing.TB, tree fs.FS, root string) (*scribe, fstest.MapFS, Summary) {
	t.Helper()
	return copiedWithin(t, tree, root, Limits{File: 32 << 20, Container: importers.DefaultLimits})
}

func copiedWithin(t testing.TB, tree fs.FS, root string, limits Limits) (*scribe, fstest.MapFS, Summary) {
	t.Helper()
	s, err := newScribe([]byte("sixteen letters!"))
	if err != nil {
		t.Fatal(err)
	}
	out := memoryTarget{fstest.MapFS{}}
	sum, err := s.copy(context.Background(), tree, root, out, limits)
	if err != nil {
		t.Fatal(err)
	}
	return s, out.files, sum
}

// An account is what importers make of a tree.
type account struct {
	counts map[string]int // of events by importer and kind, of skips, of errors
	shape  map[string]int // of events by kind and flags, of conversations by their size, of people by what they wrote
	times  []time.Time    // in their order
}

// accountOf reads a tree; times are moved by some weeks.
func accountOf(t *testing.T, tree fs.FS, assume importers.Assume, weeks int) account {
	t.Helper()
	a := account{counts: map[string]int{}, shape: map[string]int{}}
	set := all.Importers(nil)
	threads, people := map[string]int{}, map[timeline.Party]int{}
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		for _, imp := range set {
			info := imp.Info()
			if info.Single || info.Name == "photo" || info.Name == "file" {
				continue
			}
			src, err := sourceOf(tree, name, assume)
			if err != nil {
				return err
			}
			if !imp.Claims(src) {
				continue
			}
			r, err := importertest.Read(context.Background(), imp, tree, name, assume)
			if err != nil {
				return err
			}
			for _, e := range r.Events {
				a.counts[info.Name+" "+string(e.Kind)]++
				threads[info.Name+e.Thread]++
				people[e.From]++
				flags := slices.DeleteFunc(slices.Clone(e.Flags), func(f timeline.Flag) bool { return ofTheClock[f] })
				slices.Sort(flags)
				a.shape[fmt.Sprint(e.Kind, flags)]++
				if at, ok := e.When.Order(); ok && !e.When.Local.IsZero() {
					a.times = append(a.times, e.When.Local.AddDate(0, 0, 7*weeks).Truncate(time.Second))
				} else if ok {
					a.times = append(a.times, at.AddDate(0, 0, 7*weeks).Truncate(time.Second))
				}
			}
			a.counts[info.Name+" skips"] += len(r.Skips)
			if r.Err != nil {
				a.counts[info.Name+" error"]++
			}
			break
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range threads {
		a.shape[fmt.Sprintf("a conversation of %d", n)]++
	}
	for _, n := range people {
		a.shape[fmt.Sprintf("somebody who wrote %d", n)]++
	}
	slices.SortFunc(a.times, time.Time.Compare)
	return a
}

// ofTheClock are the flags that hang on a date itself: of hours that a change of
// the clock makes, and of numbers of messages that hold a time (X, Discord,
// Teams), which are written anew as all numbers are.
var ofTheClock = map[timeline.Flag]bool{timeline.ClockTwice: true, timeline.ClockNever: true, timeline.OutOfOrder: true, timeline.TimesDisagree: true}

func sourceOf(tree fs.FS, name string, assume importers.Assume) (importers.Source, error) {
	data, err := fs.ReadFile(tree, name)
	if err != nil {
		return importers.Source{}, err
	}
	return importers.Source{FS: tree, Path: name, Head: data[:min(len(data), importers.HeadSize)], Size: int64(len(data)), Assume: assume}, nil
}

type reasons struct{ samples, why string }

// readOtherwise are the samples whose copies are not read as they are, and why:
// what makes them so is what a copy must not hold, or cannot.
var readOtherwise = []reasons{
	{"bundle/*", "a bundle holds signed sums of every file, which no copy has"},
	{"capture/arc-*", "an archive of web pages holds lengths and sums of what it holds, so it is left out"},
	{"capture/warc-damaged*", "what cannot be unpacked is left out"},
	{"capture/wacz", "the list of digests that it holds does not agree with what is written anew"},
	{"*/*-log", "what stands in a log of a database alone, or was overwritten there, is in no copy: it would be what was deleted"},
	{"outlook/data-file.pst", "a data file of Outlook is not read, and left out"},
	{"whatsappdb/android-locked", "what is encrypted cannot be written anew, so it is left out"},
}

// shownOtherwise are those of which every record is read, and something of one
// is not as it was: a flag, who is who, or a time.
var shownOtherwise = []reasons{
	{"whatsapp/order-answered.txt", "a person said in which order its dates stand, which a copy is not told"},
	{"ufdr/v4-*", "a person said in which order its dates stand, which a copy is not told"},
	{"whatsapp/android-fa-calendar.txt", "dates of the Persian calendar are moved by whole years"},
	{"sms/v10-dates.xml", "a time of January 1970 stays, as it is none"},
	{"plaso/plaso-2025.json", "a time of January 1970 stays, as it is none"},
	{"teams/skype-2023", "a number that is no time is written anew, and may then be one"},
	{"plaso/plaso-2023-l2t.csv", "an hour that a clock showed twice is shown once on another day"},
	{"takeout/activity-html-2018", "the name of a zone in French is written anew"},
	{"mail/dates*", "the name of a zone that is none is written anew"},
	{"mail/charsets.mbox", "a damaged coding is damaged otherwise"},
	{"mail/broken.mbox", "a damaged coding is damaged otherwise"},
	{"bill/uk-itemised", "a number of which stars hide a part is not the same number"},
	{"telegram/html-2024-chat", "the words for the bot that a message came through are written anew"},
}

func among(t *testing.T, list []reasons, name string) bool {
	for _, known := range list {
		is, err := path.Match(known.samples, name)
		if err != nil {
			t.Fatal(err)
		}
		if is {
			return true
		}
	}
	return false
}

// ownNumber is whose bill it is, which a person said.
var ownNumber = regexp.MustCompile(`"own": *"([0-9]+)"`)

// Every sample of every format is read the same way without its words: as many
// events of each kind with the same flags, as many skips, conversations and
// people of the same size, and all times moved by the same weeks.
func TestCopiesAreReadAsTheirOriginals(t *testing.T) {
	for name, sample := range samplesOfAll(t) {
		if strings.HasPrefix(name, "photo/") || strings.HasPrefix(name, "file/") {
			continue // what is a single thing is read by what it is made of
		}
		tree := rooted(t, sample)
		s, out, _ := copied(t, tree, ".")
		assume := sample.Assume
		if assume.Owner != "" {
			assume.Owner = s.text(assume.Owner)
		}
		if own := ownNumber.FindStringSubmatch(assume.Columns); own != nil {
			assume.Columns = strings.Replace(assume.Columns, own[1], s.text(own[1]), 1)
		}
		want, got := accountOf(t, tree, sample.Assume, s.calendar.weeks), accountOf(t, out, assume, 0)
		same := fmt.Sprint(want) == fmt.Sprint(got)
		switch {
		case among(t, readOtherwise, name):
			if fmt.Sprint(want.counts) == fmt.Sprint(got.counts) {
				t.Errorf("%s is read as it was, though it is said that it is not", name)
			}
		case !same && fmt.Sprint(want.counts) != fmt.Sprint(got.counts):
			t.Errorf("%s:\n want %v\n got  %v", name, want.counts, got.counts)
		case among(t, shownOtherwise, name):
		case fmt.Sprint(want.shape) != fmt.Sprint(got.shape):
			t.Errorf("%s:\n want %v\n got  %v", name, want.shape, got.shape)
		case !same:
			t.Errorf("%s:\n want %v\n got  %v", name, want.times, got.times)
		case len(want.counts) == 0:
			t.Errorf("%s: nothing is read of it", name)
		}
	}
}

// samplesOfAll gives the samples of every importer, by their names.
func samplesOfAll(t *testing.T) map[string]importertest.Sample {
	t.Helper()
	folders, err := filepath.Glob("../*/testdata")
	if err != nil || len(folders) < 20 {
		t.Fatalf("%d folders, %v", len(folders), err)
	}
	list := map[string]importertest.Sample{}
	for _, folder := range folders {
		importer := filepath.Base(filepath.Dir(folder))
		golden, err := filepath.Glob(filepath.Join(folder, "*.golden.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		if len(golden) == 0 { // what formats share has no samples
			continue
		}
		for _, sample := range importertest.Samples(t, folder) {
			list[importer+"/"+sample.Name] = sample
		}
	}
	return list
}

// rooted is a sample without what lies beside it.
func rooted(t *testing.T, sample importertest.Sample) fs.FS {
	out := fstest.MapFS{}
	for _, name := range sample.Files(t) {
		data, err := fs.ReadFile(sample.Tree, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: data}
	}
	return out
}
