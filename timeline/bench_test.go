package timeline

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
)

// chat makes messages as a long conversation holds them: words by Zipf's law
// from a vocabulary of 60,000, two or three people, one message a minute.
type chat struct {
	rand  *rand.Rand
	zipf  *rand.Zipf
	words []string
	at    time.Time
}

func newChat() *chat {
	r := rand.New(rand.NewPCG(1, 2))
	c := &chat{rand: r, zipf: rand.NewZipf(r, 1.1, 2, 59999), at: time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)}
	for i := range 60000 {
		var b strings.Builder
		for n := i + 26; n > 0; n /= 26 {
			b.WriteByte(byte('a' + n%26))
		}
		c.words = append(c.words, b.String())
	}
	return c
}

func (c *chat) message(i int) Event {
	var b strings.Builder
	for n := range 3 + c.rand.IntN(20) {
		if n > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(c.words[c.zipf.Uint64()])
	}
	if c.rand.IntN(10) == 0 {
		b.WriteString(" it’s 😀")
	}
	c.at = c.at.Add(time.Duration(c.rand.IntN(600)) * time.Second)
	w := FromLocal(c.at, london, Second, c.at.Format("02/01/2006, 15:04:05"))
	return Event{Kind: Message, When: w, From: Party{Name: []string{"Sam", "Ada", "Zoë"}[c.rand.IntN(3)]}, Thread: "Family",
		Text: b.String(), Source: Pinpoint{Record: fmt.Sprint("line ", i+1)}, Flags: []Flag{ZoneAssumed}}
}

func fill(b tester, x *Index, n int) (spent time.Duration, bytes int) {
	ctx := context.Background()
	c := newChat()
	events := make([]Event, 0, 10000)
	w := x.Begin(ctx, 1)
	r := w.read(1, itemHash(1), "chat.txt", "whatsapp", 1, nil)
	for i := 0; i < n; i += len(events) {
		events = events[:0]
		for len(events) < cap(events) && i+len(events) < n {
			e := c.message(i + len(events))
			bytes += len(e.Text) + len(e.When.Raw)
			events = append(events, e)
		}
		from := time.Now()
		for _, e := range events {
			must(b, r.Event(e))
		}
		spent += time.Since(from)
	}
	from := time.Now()
	must(b, r.Close(nil))
	_, err := w.Commit(ctx)
	must(b, err)
	return spent + time.Since(from), bytes
}

const benchEvents = 1_000_000

func BenchmarkAddMillion(b *testing.B) {
	for b.Loop() {
		x, _, _ := newIndex(b)
		spent, bytes := fill(b, x, benchEvents)
		raw := sha(bytes)
		b.ReportMetric(spent.Seconds(), "s/add")
		b.ReportMetric(float64(spent)/float64(raw), "x-sha256")
		b.ReportMetric(float64(bytes)/1e6, "MB-text")
	}
}

// sha is how long it takes to hash as many bytes here and now.
func sha(n int) time.Duration {
	data := make([]byte, n)
	from := time.Now()
	sha256.Sum256(data)
	return time.Since(from)
}

func BenchmarkOpenMillion(b *testing.B) {
	x, store, log := newIndex(b)
	fill(b, x, benchEvents)
	x = nil
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		y, err := open(context.Background(), store, log, london)
		must(b, err)
		x = y
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(x.Len()), "B/event")
	size := 0
	for _, v := range store {
		size += len(v)
	}
	b.ReportMetric(float64(size)/float64(x.Len()), "stored-B/event")
}

// BenchmarkOpenOverlap opens a case of a million events in two exports, of which
// the second holds all that the first does.
func BenchmarkOpenOverlap(b *testing.B) {
	x, store, log := newIndex(b)
	for item := range int64(2) {
		w := x.Begin(context.Background(), 1)
		r := w.read(item+1, itemHash(item), "chat.txt", "whatsapp", 1, nil)
		c := newChat()
		for i := range benchEvents / 2 {
			e := c.message(i)
			e.Extra = FactsOf(SameKey, e.When.Raw+e.Text)
			must(b, r.Event(e))
		}
		must(b, r.Close(nil))
		_, err := w.Commit(context.Background())
		must(b, err)
	}
	for b.Loop() {
		y, err := open(context.Background(), store, log, london)
		must(b, err)
		if y.Len() != benchEvents/2 {
			b.Fatal(y.Len())
		}
	}
}

func BenchmarkFirstScreen(b *testing.B) {
	x, _, _ := newIndex(b)
	fill(b, x, benchEvents)
	c := newChat()
	common, rare := c.words[0], c.words[50000]
	for name, f := range map[string]Filter{
		"all":      {},
		"sender":   {Parties: []string{"Sam"}},
		"period":   {From: time.Date(2016, 5, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2017, 5, 1, 0, 0, 0, 0, time.UTC), Kinds: []Kind{Message}},
		"month":    {From: time.Date(2016, 5, 1, 0, 0, 30, 0, time.UTC), To: time.Date(2016, 6, 1, 0, 0, 0, 0, time.UTC)},
		"common":   {Words: common},
		"rare":     {Words: rare},
		"and":      {Words: c.words[1] + " " + c.words[2] + " -" + c.words[3]},
		"phrase":   {Words: `"` + c.words[0] + " " + c.words[1] + `"`},
		"prefix":   {Words: "ab*"},
		"mistyped": {Words: "qqqqabcd"},
		"name":     {Words: "zoe"},
	} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				r, err := x.Find(context.Background(), f)
				must(b, err)
				_, err = r.Rows(0, 100)
				must(b, err)
				n = r.Len()
			}
			b.ReportMetric(float64(n), "found")
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(sha(10<<20)), "x-sha256-of-10MB")
		})
	}
}

// BenchmarkCaseMillion is the same on a case on disk, sealed.
func BenchmarkCaseMillion(b *testing.B) {
	for b.Loop() {
		c, err := evidence.Create(filepath.Join(b.TempDir(), "x.daybook"), evidence.CreateOptions{
			Title: "bench", Zone: "Europe/London", Actor: "Ada", Passphrase: "correct horse battery staple", KDF: keys.LeastCost(), Weak: true,
		})
		must(b, err)
		x, err := Open(context.Background(), c)
		must(b, err)
		spent, bytes := fill(b, x, benchEvents)
		b.ReportMetric(spent.Seconds(), "s/add")
		b.ReportMetric(float64(spent)/float64(sha(bytes)), "x-sha256")
		x = nil
		from := time.Now()
		x, err = Open(context.Background(), c)
		must(b, err)
		b.ReportMetric(float64(time.Since(from).Milliseconds()), "ms/open")
		from = time.Now()
		r, err := x.Find(context.Background(), Filter{Words: "ab*", Parties: []string{"Sam"}})
		must(b, err)
		_, err = r.Rows(0, 100)
		must(b, err)
		b.ReportMetric(float64(time.Since(from).Milliseconds()), "ms/search-cold")
		must(b, c.Close())
	}
}

// BenchmarkPhotos is 20,000 readings of one event each, on a case on disk.
func BenchmarkPhotos(b *testing.B) {
	for b.Loop() {
		c, err := evidence.Create(filepath.Join(b.TempDir(), "x.daybook"), evidence.CreateOptions{
			Title: "bench", Zone: "Europe/London", Actor: "Ada", Passphrase: "correct horse battery staple", KDF: keys.LeastCost(), Weak: true,
		})
		must(b, err)
		ctx := context.Background()
		x, err := Open(ctx, c)
		must(b, err)
		from := time.Now()
		w := x.Begin(ctx, 1)
		at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
		for i := range int64(20000) {
			e := message("file", "", "", at.Add(time.Duration(i)*time.Minute))
			e.Kind = Photo
			read(b, w, i+1, "photo", []Event{e})
			if i%2000 == 1999 {
				_, err := w.Commit(ctx)
				must(b, err)
			}
		}
		b.ReportMetric(time.Since(from).Seconds(), "s/add")
		b.ReportMetric(float64(len(x.view.segments)), "segments")
		from = time.Now()
		_, err = Open(ctx, c)
		must(b, err)
		b.ReportMetric(float64(time.Since(from).Milliseconds()), "ms/open")
		must(b, c.Close())
	}
}

// BenchmarkWriteBesideMillion is an incident saved, and a file added, where
// there are a million events already.
func BenchmarkWriteBesideMillion(b *testing.B) {
	ctx := context.Background()
	x, _, _ := newIndex(b)
	fill(b, x, benchEvents)
	b.Run("incident", func(b *testing.B) {
		for b.Loop() {
			_, err := x.WriteIncident(ctx, IncidentDraft{Occurred: FromInstant(noon, Minute, ""), What: "w"})
			must(b, err)
		}
	})
	b.Run("file", func(b *testing.B) {
		for b.Loop() {
			add(b, x, 2, at(1)...)
		}
	})
	b.Run("mark", func(b *testing.B) {
		id := x.view.segments[1].ids[0]
		for b.Loop() {
			_, err := x.Mark(ctx, MarkDraft{Events: []ID{id}, Exhibit: true})
			must(b, err)
		}
	})
	b.Run("people", func(b *testing.B) {
		for b.Loop() {
			x.People()
		}
	})
	b.Run("rows", func(b *testing.B) {
		for b.Loop() {
			r, err := x.Find(ctx, Filter{})
			must(b, err)
			for _, err := range r.All(ctx) {
				must(b, err)
			}
		}
	})
	b.Run("hours", func(b *testing.B) {
		for b.Loop() {
			_, err := x.Pattern(ctx, Filter{}, "hour")
			must(b, err)
		}
	})
	b.Run("occasions", func(b *testing.B) {
		for b.Loop() {
			_, err := x.Occasions(ctx, Filter{}, 0)
			must(b, err)
		}
	})
}

// BenchmarkDiffer looks for what only one of two exports holds, of half a
// million messages each: every thousandth was changed in the second; and where
// every sender but one is called otherwise there.
func BenchmarkDiffer(b *testing.B) {
	for name, edit := range map[string]func(i int, e *Event){
		"changed": func(i int, e *Event) {
			if i%1000 == 0 {
				e.Text += " changed"
			}
		},
		"renamed": func(i int, e *Event) {
			if e.From.Name != "Sam" {
				e.From.Name += " Renamed"
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			x, store, log := newIndex(b)
			for item := range int64(2) {
				w := x.Begin(context.Background(), 1)
				r := w.read(item+1, itemHash(item), "chat.txt", "whatsapp", 1, nil)
				c := newChat()
				for i := range benchEvents / 2 {
					e := c.message(i)
					if item == 1 {
						edit(i, &e)
					}
					e.Extra = FactsOf(SameKey, e.When.Raw+e.From.Name+e.Text)
					must(b, r.Event(e))
				}
				must(b, r.Close(nil))
				_, err := w.Commit(context.Background())
				must(b, err)
			}
			var before, after runtime.MemStats
			for b.Loop() {
				b.StopTimer()
				y, err := open(context.Background(), store, log, london)
				must(b, err)
				runtime.GC()
				runtime.ReadMemStats(&before)
				b.StartTimer()
				from := time.Now()
				y.view.gaps()
				b.ReportMetric(float64(time.Since(from).Milliseconds()), "ms/gaps")
				r, err := y.Find(context.Background(), Filter{FlagsAny: []Flag{ExportsDiffer}})
				must(b, err)
				runtime.GC()
				runtime.ReadMemStats(&after)
				b.ReportMetric(float64(r.Len()), "found")
				b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/benchEvents, "B/event")
			}
		})
	}
}
