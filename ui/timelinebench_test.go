package ui

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
	"daybook/ui/model"
)

const benchEvents = 1_000_000

// manyEvents writes a case of a million messages, calls and places of ten
// years, between nine people.
func manyEvents(b *testing.B) string {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "notes.daybook")
	c, err := evidence.Create(dir, evidence.CreateOptions{Title: "bench", Zone: "Europe/London", Actor: "Ada", Passphrase: "tin whistle", KDF: keys.LeastCost(), Weak: true})
	if err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	item, err := c.Add(ctx, strings.NewReader("chat"), evidence.Provenance{Name: "chat.txt", Path: "chat.txt", Size: 4, How: "file"})
	if err != nil {
		b.Fatal(err)
	}
	x, err := timeline.Open(ctx, c)
	if err != nil {
		b.Fatal(err)
	}
	w := x.Begin(ctx, item.Batch)
	r := w.Read(item, "whatsapp", 1, nil)
	random := rand.New(rand.NewPCG(1, 2))
	at := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range benchEvents {
		at = at.Add(time.Duration(random.IntN(640)) * time.Second)
		if err := r.Event(someEvent(random, i, at)); err != nil {
			b.Fatal(err)
		}
	}
	if err := r.Close(nil); err != nil {
		b.Fatal(err)
	}
	if _, err := w.Commit(ctx); err != nil {
		b.Fatal(err)
	}
	if err := c.Close(); err != nil {
		b.Fatal(err)
	}
	return dir
}

func someEvent(r *rand.Rand, i int, at time.Time) timeline.Event {
	words := []string{"lantern", "kitchen", "please", "outside", "tomorrow", "never", "again", "شكرا", "ring", "the", "a", "I", "you", "coming"}
	var text []string
	for range 2 + r.IntN(30) {
		text = append(text, words[r.IntN(len(words))])
	}
	kind := timeline.Message
	switch {
	case i%20 == 0:
		kind = timeline.Call
	case i%33 == 0:
		kind = timeline.Photo
	}
	return timeline.Event{Kind: kind, When: timeline.FromInstant(at, timeline.Second, at.String()), From: timeline.Party{Name: fmt.Sprint("Person ", r.IntN(9))},
		Thread: fmt.Sprint("Thread ", i%7), Text: strings.Join(text, " "), Source: timeline.Pinpoint{Record: fmt.Sprint("line ", i+1)}}
}

// BenchmarkTimeline measures what the window's goroutine does: scrolling by a
// step, jumping far, and putting a filter's outcome in place. Each must keep to
// a frame of 16 ms; p99 is what one frame in a hundred takes, in time of the
// goroutine's own thread.
func BenchmarkTimeline(b *testing.B) {
	dir := manyEvents(b)
	app := test.NewTempApp(b)
	var jobs []func()
	env := Env{Go: func(f func()) { jobs = append(jobs, f) }, Do: inline, Now: time.Now, Every: func(time.Duration, func()) func() { return func() {} }}
	aside := func() { // what is done beside the window
		for len(jobs) > 0 {
			f := jobs[0]
			jobs = jobs[1:]
			f()
		}
	}
	w := New(app, &model.Desk{Weak: true, Cost: keys.LeastCost()}, Options{Env: env})
	w.win.Resize(fyne.NewSize(1280, 800))
	from := time.Now()
	if err := w.desk.Unlock(context.Background(), dir, "tin whistle", nil); err != nil {
		b.Fatal(err)
	}
	unlocked := time.Since(from)
	defer func() {
		if err := w.desk.Lock(); err != nil && !errors.Is(err, model.ErrLocked) {
			b.Error(err)
		}
	}()
	p, err := newTimelineView(w)
	if err != nil {
		b.Fatal(err)
	}
	page, _ := find(timelineID)
	content := p.content()
	p.lookUp(lookFor{})
	w.put(page, view{content: content, leave: p.leave})
	from = time.Now()
	aside()
	b.Logf("unlocked in %s, the page is filled after %s", unlocked.Round(time.Millisecond), time.Since(from).Round(time.Millisecond))
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	b.Logf("heap with the page: %d MB", m.HeapAlloc>>20)

	random := rand.New(rand.NewPCG(3, 4))
	steps := map[string]func(){
		"scroll": func() { p.list.scrollBy(60) },
		"jump":   func() { p.list.bar.set(random.Float32() * 600) },
		"strip":  func() { p.strip.jump(random.Float32() * 1000) },
		"key":    func() { p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) },
		"zoom":   func() { p.strip.zoom(random.IntN(2) == 0); p.strip.draw(1280, 42) },
	}
	for name, step := range steps {
		b.Run(name, func(b *testing.B) { frames(b, step) })
	}
	keys := []string{}
	for _, v := range p.look.Facets[0].Values {
		keys = append(keys, v.Key)
	}
	b.Run("filter", func(b *testing.B) {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		var took, beside []time.Duration
		for b.Loop() {
			q := p.query()
			q.Choice = model.Choice{model.PeopleFacet: {keys[random.IntN(len(keys))]}}
			from := time.Now()
			look, err := w.desk.Look(context.Background(), q, p.look)
			if err != nil {
				b.Fatal(err)
			}
			beside = append(beside, time.Since(from))
			look.Rows.Measure(p.list.m.heights())
			start := cpu()
			p.show(look)
			took = append(took, cpu()-start)
		}
		report(b, took)
		b.ReportMetric(float64(middle(beside).Microseconds())/1000, "ms-beside")
	})
}

func frames(b *testing.B, step func()) {
	runtime.LockOSThread() // cpu tells of one thread
	defer runtime.UnlockOSThread()
	var took []time.Duration
	for b.Loop() {
		from := cpu()
		step()
		took = append(took, cpu()-from)
	}
	report(b, took)
}

func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
	b.ReportMetric(float64(middle(took).Microseconds())/1000, "ms-p50")
}

func middle(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}
