package timeline

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"iter"
	"sync"
	"time"

	"daybook/evidence"
)

// notebook is a journal in memory: what it was given comes back as the entries
// that a case would hold.
type notebook struct {
	list []entry
	full error // what record answers, when set
}

func (n *notebook) record(ctx context.Context, drafts ...draft) ([]entry, error) {
	if n.full != nil {
		return nil, n.full
	}
	var out []entry
	for _, d := range drafts {
		subject, err := json.Marshal(d.subject)
		if err != nil {
			return nil, err
		}
		detail, err := json.Marshal(d.detail)
		if err != nil {
			return nil, err
		}
		seq := uint64(len(n.list) + 1)
		e := entry{Seq: seq, Time: time.Date(2024, 6, 1, 12, 0, int(seq), 0, time.UTC), Actor: "Ada", Action: d.action,
			Subject: subject, Detail: detail, Hash: sha256.Sum256(fmt.Append(nil, seq, d.action, string(detail)))}
		n.list = append(n.list, e)
		out = append(out, e)
	}
	return out, nil
}

func (n *notebook) entries(ctx context.Context) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for _, e := range n.list {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func (n *notebook) actor() string { return "Ada" }

func (n *notebook) writable() bool { return n.full == nil }

type tester interface {
	Helper()
	Fatalf(string, ...any)
}

func must(t tester, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}

var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	return l
}()

func newIndex(t tester) (*Index, memory, *notebook) {
	m, n := memory{}, &notebook{}
	x, err := open(context.Background(), m, n, london)
	must(t, err)
	return x, m, n
}

func itemHash(item int64) evidence.Hash {
	return sha256.Sum256(fmt.Append(nil, "original ", item))
}

// read writes one reading into an open writer.
func read(t tester, w *Writer, item int64, importer string, events []Event, skips ...Skip) {
	t.Helper()
	r := w.read(item, itemHash(item), fmt.Sprintf("dir/file %d.txt", item), importer, 1, nil)
	for _, e := range events {
		must(t, r.Event(e))
	}
	for _, s := range skips {
		must(t, r.Skip(s))
	}
	must(t, r.Close(nil))
}

func add(t tester, x *Index, item int64, events ...Event) ReadingInfo {
	t.Helper()
	w := x.Begin(context.Background(), 1)
	read(t, w, item, "whatsapp", events)
	infos, err := w.Commit(context.Background())
	must(t, err)
	return infos[0]
}

func message(record, from, text string, at time.Time) Event {
	return Event{Kind: Message, When: FromInstant(at, Second, at.String()), From: Party{Name: from}, Text: text, Source: Pinpoint{Record: record}}
}

func find(t tester, x *Index, f Filter) []Row {
	t.Helper()
	r, err := x.Find(context.Background(), f)
	must(t, err)
	rows, err := r.Rows(0, r.Len())
	must(t, err)
	return rows
}

func texts(rows []Row) []string {
	out := []string{}
	for _, r := range rows {
		out = append(out, r.Text)
	}
	return out
}

func unixUTC(sec, ns int64) time.Time { return time.Unix(sec, ns).UTC() }

// guarded is a store that several goroutines may use at once, as a case's is.
type guarded struct {
	mu sync.Mutex
	memory
}

func (g *guarded) get(key string) ([]byte, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.memory.get(key)
}

func (g *guarded) batch() batch { return guardedBatch{g} }

type guardedBatch struct{ g *guarded }

func (b guardedBatch) put(key string, value []byte) error {
	b.g.mu.Lock()
	defer b.g.mu.Unlock()
	return memoryBatch{b.g.memory}.put(key, value)
}

func (b guardedBatch) delete(key string) error {
	b.g.mu.Lock()
	defer b.g.mu.Unlock()
	return memoryBatch{b.g.memory}.delete(key)
}

func (b guardedBatch) commit() error { return nil }
