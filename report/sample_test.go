package report

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/evidence/journal"
	"daybook/timeline"
)

// sample is a small case as plain values: what Plan would have gathered.
type sample struct {
	rows      []Row
	own       map[int]bool // numbers of those that are not what others did
	originals map[evidence.Hash][]byte
	entries   []Entry
	bundle    *Bundle
	material  material
}

var sampleTime = time.Date(2026, 3, 14, 15, 9, 26, 0, time.FixedZone("", 0))

func newSample(t testing.TB, pack Pack) *sample {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	s := &sample{originals: map[evidence.Hash][]byte{}}
	s.bundle = &Bundle{
		Case: "k7m2-x9qd", Title: "Case of the sample", Zone: london, Pack: pack, Profile: General,
		Moment: Moment{Time: sampleTime}, Version: "0.1.0",
		Signer: Signer{key.Public().(ed25519.PublicKey), func(b []byte) ([]byte, error) { return ed25519.Sign(key, b), nil }},
	}
	s.entry(map[string]any{"action": "create"})
	s.original(t, 1, "WhatsApp Chat with \u202egpj.exe.txt", "text/plain; charset=utf-8", []byte("12/03/2024, 14:03 - Alex: مرحبا، أين أنت؟\n12/03/2024, 14:05 - Sam: leave me alone\n"), ShowTranscript)
	s.original(t, 2, "IMG-20240312-WA0001.png", "image/png", tinyPicture(t), ShowPicture)
	s.original(t, 3, "notes.txt", "text/plain", []byte("first line\nsecond line\n"), ShowText)
	s.entry(map[string]any{"action": "note", "detail": map[string]any{"text": "withheld"}})
	s.row(Row{Kind: "message", From: "Alex (+44 7700 900123)", To: "Sam", Text: "مرحبا، أين أنت؟ 😀", Item: 1, Record: "line 1"}, 14, 3)
	s.row(Row{Kind: "message", From: "Sam", Text: "=HYPERLINK(\"http://x\",\"leave me alone\")", Item: 1, Record: "line 2",
		Files: []File{{Name: "IMG-20240312-WA0001.png", Item: 2, Label: "ABC/2"}, {Name: "VID.mp4", Note: sayMissingFile}},
		Codes: []string{"CONTACT"}, Flags: []string{"a line here looks like a message of its own and may not be one"}}, 14, 5)
	s.row(Row{LeftOut: "about a third person"}, 14, 6)
	s.row(Row{Kind: "photo", Text: "", Item: 2, Record: "file", Place: "51.5, -0.1"}, 14, 7)
	s.row(Row{Kind: "incident", About: "Sam", Author: "Jo", Text: "He stood outside <script>alert(1)</script> again.", Record: "written down in the case, journal entry 4"}, 20, 0)
	s.finish()
	return s
}

func tinyPicture(t testing.TB) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 48, 32))
	for y := range 32 {
		for x := range 48 {
			m.Set(x, y, color.RGBA{uint8(x * 5), uint8(y * 7), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (s *sample) original(t testing.TB, item int64, name, kind string, data []byte, show Show) {
	t.Helper()
	h := evidence.Hash(sha256.Sum256(data))
	s.originals[h] = data
	s.entry(map[string]any{"action": "add", "subject": map[string]any{"item": item}, "detail": map[string]any{"sha256": h.String(), "name": name}})
	e := Exhibit{
		Label: fmt.Sprintf("ABC/%d", item), Title: visible(name), Item: item, Hash: h, Size: int64(len(data)), Name: name, Path: "phone/" + name,
		Type: kind, How: sayHowFile, By: "Sam", Added: sampleTime.Add(-time.Hour), Entry: uint64(len(s.entries) - 1),
		File: fileName("data/originals", item, h.String(), extension(name, kind)), Show: show,
	}
	if show == ShowPicture {
		e.Picture = fileName("data/timeline/pictures", item, h.String(), ".png")
	}
	s.bundle.Exhibits = append(s.bundle.Exhibits, e)
}

// jsonOf is a value as JSON: those of the sample all can be.
func jsonOf(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}

func (s *sample) entry(body map[string]any) {
	seq := len(s.entries)
	body["seq"], body["salt"] = seq, strings.Repeat("ab", 16)
	raw := append(jsonOf(body), '\n')
	prev := [32]byte{}
	if seq > 0 {
		prev = sha256.Sum256(s.entries[seq-1].Line)
	}
	line := fmt.Sprintf("v1 %d %x %x\n", seq, prev, sha256.Sum256(raw))
	e := Entry{Seq: uint64(seq), Line: []byte(line), Body: raw}
	if body["action"] == "note" {
		e.Body = nil
	}
	s.entries = append(s.entries, e)
}

func (s *sample) row(r Row, hour, minute int) {
	r.Number = len(s.rows) + 1
	if r.LeftOut == "" {
		r.ID = timeline.NewID(evidence.Hash{}, "sample", fmt.Sprint(r.Number))
		r.Time = Time{Day: "2024-03-12", Local: fmt.Sprintf("2024-03-12 %02d:%02d", hour, minute), UTC: fmt.Sprintf("2024-03-12 %02d:%02dZ", hour, minute), Zone: "Europe/London", Basis: sayBasisAssumed, Raw: "12/03/2024, 14:03"}
		r.Month = "2024-03"
		r.Data = &timeline.Row{Event: timeline.Event{ID: r.ID, Text: r.Text}}
	}
	if i := r.Item - 1; i >= 0 {
		r.Label = s.bundle.Exhibits[i].Label
		s.bundle.Exhibits[i].Rows.Add(r.Number)
	}
	for _, f := range r.Files {
		if f.Item > 0 {
			s.bundle.Exhibits[f.Item-1].Rows.Add(r.Number)
		}
	}
	s.rows = append(s.rows, r)
}

// again makes the plan of the rows that there are now.
func (s *sample) again() {
	s.material, s.bundle.LeftOut, s.bundle.Log = material{}, 0, Log{}
	s.finish()
}

func (s *sample) finish() {
	b := s.bundle
	b.Rows, b.Days, b.ByOthers = len(s.rows), Days{}, 0
	b.Pages = []Page{{homePage, titleChronology, 1, b.Rows}}
	for i, r := range s.rows {
		switch {
		case r.LeftOut != "":
			b.LeftOut++
			s.material.Out = append(s.material.Out, leftOut{r.Number, r.LeftOut})
			continue
		case r.Item == 0:
			s.material.Diary = append(s.material.Diary, r.Number)
		}
		if s.rows[i].Theirs = !s.own[r.Number]; !s.rows[i].Theirs {
			continue
		}
		b.Days.add(r.Time, r.Number)
		b.ByOthers++
		s.material.Summary.add(r.Kind, "sample", ofMonth{key: s.rows[i].Month, month: monthTitle(s.rows[i].Month), year: s.rows[i].Time.Local[:4]}, r.Time.Local)
	}
	for _, e := range s.entries {
		if e.Body != nil {
			b.Log.Disclosed++
		}
		b.Log.Head = sha256.Sum256(e.Line)
	}
	b.Log.Entries, b.Log.Phrase = uint64(len(s.entries)), "amber river stone"
	code, err := journal.HeadQR(b.origin(), journal.Head{Count: b.Log.Entries, Hash: b.Log.Head})
	if err != nil {
		panic(err)
	}
	b.Log.Code = code.PNG()
	b.Walk = func(ctx context.Context, first, last int) iter.Seq2[Row, error] {
		return func(yield func(Row, error) bool) {
			for _, r := range s.rows[first-1 : last] {
				if err := ctx.Err(); err != nil {
					yield(Row{}, err)
					return
				}
				if !yield(r, nil) {
					return
				}
			}
		}
	}
	b.Open = func(_ context.Context, h evidence.Hash) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(s.originals[h])), nil
	}
	b.Entries = func(context.Context) iter.Seq2[Entry, error] {
		return func(yield func(Entry, error) bool) {
			for _, e := range s.entries {
				if !yield(e, nil) {
					return
				}
			}
		}
	}
	m := &s.material
	m.By, m.Readers = "Sam", []reader{{Name: "sample", Version: 1, Files: 3, Events: 5}}
	m.Batches = []batch{{Number: 1, By: "Sam", Started: sampleTime, Items: 3, Events: 5, Skips: 1, Named: 2, Found: 1, Absent: 1, First: "2024-03-12 14:03", Last: "2024-03-12 20:00"}}
	m.Skips, m.Missing = 1, 1
	m.EachSkip = func(context.Context) iter.Seq2[skip, error] {
		return func(yield func(skip, error) bool) {
			yield(skip{1, "chat.txt", "line 9", "???", "The date could not be read."}, nil)
		}
	}
	b.compose(*m)
}

// write lays the sample out in a new folder.
func (s *sample) write(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "bundle")
	if err := s.bundle.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// asItIs takes a picture for its still.
func asItIs(_ context.Context, r io.Reader, _ Fit) (Still, error) {
	b, err := io.ReadAll(r)
	return Still{b, 48, 32}, err
}
