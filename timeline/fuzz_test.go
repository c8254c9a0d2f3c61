package timeline

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func someEvent() Event {
	e := message("line 1", "Sam", "where are you, call 07700 900123 ❤️", time.Date(2024, 3, 5, 14, 30, 0, 0, time.UTC))
	e.To = []Party{{Name: "Ada", Owner: true}}
	e.Files = []Attachment{{Name: "a.jpg", Hash: itemHash(3), Item: 3}}
	e.Place = Place{Name: "home", Lat: 1, Lon: 2, Fix: true}
	e.Flags, e.Extra = []Flag{Edited}, FactsOf("subject", "s")
	e.Claims = []Claim{{Label: "EXIF", When: e.When, Chosen: true}}
	return e
}

// FuzzDecodeEvent: whatever is read as an event reads the same once it is
// written again.
func FuzzDecodeEvent(f *testing.F) {
	e := someEvent()
	f.Add(string(appendEvent(nil, &e, "p")))
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		e, err := decodeEvent(s, Pinpoint{Path: "p"})
		if err != nil {
			return
		}
		again, err := decodeEvent(string(appendEvent(nil, &e, "p")), Pinpoint{Path: "p"})
		must(t, err)
		if d := cmp.Diff(e, again, cmpopts.EquateEmpty(), cmpopts.EquateNaNs()); d != "" {
			t.Fatal(d)
		}
	})
}

// FuzzStored hands damaged values to every decoder: an error is an answer, a
// panic or a result that points outside is not.
func FuzzStored(f *testing.F) {
	m := memory{}
	w := newSegmentWriter(1, m.batch(), limits{segmentEvents, blockEvents})
	e := someEvent()
	for range 3 {
		must(f, w.event(&e, appendEvent(nil, &e, ""), nil))
	}
	must(f, w.skip(0, []byte("abc")))
	must(f, w.close())
	for _, v := range m {
		f.Add(v)
	}
	c := commit{readings: []*reading{{path: "p"}}, extents: []extent{w.extent()}}
	c.extents[0].parts = []storedPart{{0, 3, 0}}
	f.Add(c.record())
	f.Fuzz(func(t *testing.T, b []byte) {
		if records, err := openBlock(b); err == nil {
			for _, r := range records {
				if _, err := decodeEvent(r, Pinpoint{}); err == nil && len(r) == 0 {
					t.Fatal("an event of no bytes")
				}
			}
		}
		if h, err := decodeHead(b); err == nil {
			half := uint32(h.len() / 2)
			s := segment{head: h, parts: []part{{0, half, &reading{}}, {half, uint32(h.len()), &reading{}}}}
			s.renumber(newInterner())
		}
		if c, err := decodeCommit(b); err == nil && len(c.record()) == 0 {
			t.Fatal("an empty record")
		}
		last := ""
		if err := eachTerm(string(b), func(x term) bool { last = string(x.word); return true }); err == nil && len(last) > len(b) {
			t.Fatal("a word longer than its list")
		}
		c, err := newCursor(b)
		for n := 0; err == nil && c.next(); {
			if n += len(c.here()); c.doc >= segmentEvents || n > len(b) {
				t.Fatalf("event %d, place %d of %d bytes", c.doc, n, len(b))
			}
		}
		if at, err := sideBySide(nil, b, b); err == nil && len(at) > len(b) {
			t.Fatal("more places than bytes")
		}
	})
}

// FuzzQuery: a query never breaks, and what it marks lies in the text, in order
// and on whole characters.
func FuzzQuery(f *testing.F) {
	for _, q := range someWords {
		for _, text := range someTexts[:6] {
			f.Add(q, text)
		}
	}
	f.Add(`"open -`, "open")
	f.Fuzz(func(t *testing.T, words, text string) {
		q, err := parseQuery(words)
		if err != nil {
			return
		}
		for _, c := range q {
			if len(c.any) == 0 || len(c.any[0].words) == 0 {
				t.Fatalf("%q: a clause of nothing", words)
			}
		}
		end, found := 0, false
		for _, h := range q.hits(text) {
			if h[0] < end || h[1] <= h[0] || h[1] > len(text) {
				t.Fatalf("%q in %q: hit %v", words, text, h)
			}
			if utf8.ValidString(text) && !(utf8.ValidString(text[h[0]:h[1]])) {
				t.Fatalf("%q in %q: hit %v is not of whole characters", words, text, h)
			}
			end, found = h[1], true
		}
		holds := false
		for _, c := range q {
			holds = holds || !c.not && c.in(text)
		}
		if holds != found {
			t.Fatalf("%q in %q: holds %v, marked %v", words, text, holds, found)
		}
		if w := strings.TrimSpace(text); utf8.ValidString(w) && len(w) < 200 && !strings.ContainsAny(w, `"“„«`) {
			if q, err := parseQuery(`"` + w + `"`); err == nil && len(q) == 1 && !q[0].in(text) {
				t.Fatalf("%q does not find itself", text)
			}
		}
	})
}

func TestBlockRefusesWhatItCannotHold(t *testing.T) {
	for name, b := range map[string][]byte{
		"empty":   {},
		"version": {9, 0},
		"bomb":    append([]byte{blockVersion}, bytes.Repeat([]byte{0xff}, 8)...),
	} {
		if _, err := openBlock(b); err == nil {
			t.Errorf("%s: was opened", name)
		}
	}
}
