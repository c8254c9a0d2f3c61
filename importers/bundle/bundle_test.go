package bundle

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

// chat stands for an export: no importer but the last claims it, for the samples
// of one importer are nobody else's.
const chat = "Sam Hill: Where are you?\nAda Roe: Leave me alone.\n"

const note = "The gate was open again.\n"

// The rows as Daybook 0.1.0 lists them.
func message(line int, original, from, text, extra string) string {
	return fmt.Sprintf(`{"id":"%s","kind":"message","when":{"instant":"2024-03-13T14:3%d:00Z","local":"2024-03-13T14:3%d:00","zone":"Europe/London","basis":"assumed","precision":"minute","raw":"13/03/2024, 14:3%d"},"from":%s,"to":[],"text":"%s","files":[],"place":null,"source":{"item":1,"sha256":"%s","path":"WhatsApp Chat with Sam Hill.txt","record":"line %d","importer":"whatsapp","version":3},%s`+"\n",
		sum([]byte(text))[:32], line, line, line, from, text, original, line, extra)
}

const (
	incident = `{"id":"c82ff4fee5c8804aaf4e514a93aebc75","kind":"incident","when":{"instant":"2024-03-15T08:10:00Z","local":"2024-03-15T08:10:00","zone":"Europe/London","basis":"assumed","precision":"minute","raw":"2024-03-15 08:10"},"from":{"name":"Sam Hill","address":""},"to":[],"text":"He stood at the bus stop from ten past eight.","files":[],"place":{"name":"bus stop"},"source":{"item":0,"sha256":"36450a71f4aa63f9876b0d858231b59a566f60c10d782e7798508479b4e85841","path":"","record":"entry 3","importer":"incident","version":2},"marks":[{"entry":5,"code":"LOITER","by":"Ada Roe","at":"2024-03-16T10:00:00Z"}],"flags":[],"extra":{"recorded":"2024-03-16T09:00:00Z","recorded by":"Ada Roe","version":"2","reason of the correction":"I looked at my ticket"}}` + "\n"

	created   = `{"v":1,"seq":0,"time":"2024-03-14T09:00:00Z","actor":"Ada Roe","action":"create","detail":{"case":"2ceb47fee42bd905c1f9701442139b2f","title":"Roe","zone":"Europe/London","signer":"SIGNER"}}`
	firstly   = `{"v":1,"seq":3,"time":"2024-03-15T09:00:00Z","actor":"Ada Roe","action":"incident","subject":{},"detail":{"what_happened":"He stood at the bus stop."}}`
	corrected = `{"v":1,"seq":4,"time":"2024-03-16T09:00:00Z","actor":"Ada Roe","action":"incident correction","subject":{"incident":"c82ff4fee5c8804aaf4e514a93aebc75"},"detail":{"what_happened":"He stood at the bus stop from ten past eight.","reason":"I looked at my ticket"}}`
	marks     = `"marks":[{"entry":6,"code":"CONTACT","note":"the first since the warning","by":"Ada Roe","at":"2024-03-16T10:01:00Z"}],"flags":["zone-assumed"],"thread":"Sam Hill","extra":{"same":"055045dee0a04b860dca4aad498a955c"}}`
	plain     = `"marks":[],"flags":["zone-assumed"],"thread":"Sam Hill","extra":{"same":"d8f030f9c7c7238e9abfa0f757b004d5"}}`
)

func added(seq, item int, name, text string) string {
	return fmt.Sprintf(`{"v":1,"seq":%d,"time":"2024-03-14T09:0%d:00Z","actor":"Ada Roe","action":"add","subject":{"item":%d},"detail":{"sha256":"%s","size":%d,"name":"%s","path":"phone/%s","type":"text/plain","modified":"2024-03-13T18:00:00Z","batch":1,"how":"file"}}`,
		seq, seq, item, sum([]byte(text)), len(text), name, name)
}

func made(t *testing.T) map[string][]byte {
	t.Helper()
	chatHash := sum([]byte(chat))
	rows := message(1, chatHash, `{"name":"Sam Hill","address":""}`, "Where are you?", marks) +
		message(2, chatHash, `{"name":"Ada Roe","address":"","owner":true}`, "Leave me alone.", plain) + incident
	full := sealed(t, map[string]string{
		"events.jsonl": rows, "originals/000001-" + chatHash[:8] + ".txt": chat, "originals/000002-" + sum([]byte(note))[:8] + ".txt": note,
	}, "full", created, added(1, 1, "WhatsApp Chat with Sam Hill.txt", chat), added(2, 2, "gate.txt", note), firstly, corrected)
	served := sealed(t, map[string]string{"events.jsonl": rows}, "served", created, "withheld 1", "withheld 2", "withheld 3", "withheld 4")
	changed := maps.Clone(full)
	changed["data/events.jsonl"] = []byte(strings.Replace(rows, "Leave me alone.", "Come and see me.", 1))
	changed["data/originals/000001-"+chatHash[:8]+".txt"] = []byte(strings.Replace(chat, "Leave me alone.", "Come and see me.", 1))
	out := map[string][]byte{}
	for sample, files := range map[string]map[string][]byte{"0.1-full": full, "0.1-served": served, "0.1-changed-after-sealing": changed} {
		for name, b := range files {
			out[sample+"/Roe bundle/"+name] = b
		}
	}
	return out
}

var rowsOnly = importertest.Sources(`data/events\.jsonl$`)

func TestImporter(t *testing.T) {
	importertest.Built(t, made(t))
	importertest.Run(t, New(), rowsOnly)
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// read reads one file of a sample.
func readSample(t *testing.T, sample, path string) importertest.Result {
	t.Helper()
	tree := fstest.MapFS{}
	for name, b := range made(t) {
		if rest, ok := strings.CutPrefix(name, sample+"/"); ok {
			tree[rest] = &fstest.MapFile{Data: b}
		}
	}
	r, err := importertest.Read(t.Context(), New(), tree, path, importers.Assume{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What a bundle carries is read from there; what it only lists is second-hand,
// and nobody in it is "me".
func TestCarriedAndListed(t *testing.T) {
	full, served := readSample(t, "0.1-full", "Roe bundle/data/events.jsonl"), readSample(t, "0.1-served", "Roe bundle/data/events.jsonl")
	if len(full.Events) != 1 || len(full.Attached) != 2 || len(full.Skips) != 1 || full.Err != nil {
		t.Errorf("full: %d events, %d originals, %d skips, %v", len(full.Events), len(full.Attached), len(full.Skips), full.Err)
	}
	for i, want := range []string{"phone/WhatsApp Chat with Sam Hill.txt", "phone/gate.txt"} {
		if a := full.Attached[i]; a.Name != want || !strings.Contains(a.Record, "entry") || !strings.Contains(a.Record, "by Ada Roe") {
			t.Errorf("original %d: %+v", i, a)
		}
	}
	if len(served.Events) != 3 || len(served.Attached) != 0 || served.Err != nil {
		t.Fatalf("served: %d events, %d originals, %v", len(served.Events), len(served.Attached), served.Err)
	}
	for _, e := range served.Events {
		if e.From.Owner || len(e.Flags) == 0 || e.Flags[len(e.Flags)-1] != timeline.SecondHand {
			t.Errorf("%s: owner %t, flags %v", e.Source.Record, e.From.Owner, e.Flags)
		}
	}
	if e := served.Events[1]; e.Extra.Get("the owner of the source") != "the sender" || e.Extra.Get(timeline.SameReader) != "whatsapp" || e.Extra.Get(timeline.SameKey) != "d8f030f9c7c7238e9abfa0f757b004d5" {
		t.Errorf("%v", e.Extra)
	}
	if e := full.Events[0]; !strings.HasPrefix(e.Extra.Get("written down by"), "Ada Roe") || !strings.HasSuffix(e.Extra.Get("version 1"), ": He stood at the bus stop.") || !strings.Contains(e.Extra.Get("version 2"), "I looked at my ticket") {
		t.Errorf("%v", e.Extra)
	}
}

// A bundle that was changed is said to be, at its end, with the files; an
// original that is not the one that was sealed is not taken for it.
func TestChangedIsNamed(t *testing.T) {
	r := readSample(t, "0.1-changed-after-sealing", "Roe bundle/data/events.jsonl")
	if r.Err == nil || !strings.Contains(r.Err.Error(), "data/events.jsonl") || !strings.Contains(r.Err.Error(), "data/originals/000001-") {
		t.Errorf("%v", r.Err)
	}
	if len(r.Events) != 3 || len(r.Attached) != 1 {
		t.Errorf("%d events, %d originals", len(r.Events), len(r.Attached))
	}
}

// The other files of a bundle say that they are parts of it; those of another
// bag are nobody's here.
func TestParts(t *testing.T) {
	for _, path := range []string{"bagit.txt", "log/chain.txt", "log/entries/00000000.json", "data/originals/000002-" + sum([]byte(note))[:8] + ".txt"} {
		if r := readSample(t, "0.1-full", "Roe bundle/"+path); len(r.Covers) != 1 || len(r.Events)+len(r.Skips) > 0 {
			t.Errorf("%s: %+v", path, r)
		}
	}
	bag := fstest.MapFS{"bagit.txt": {Data: made(t)["0.1-full/Roe bundle/bagit.txt"]}, "bag-info.txt": {Data: []byte("Bag-Software-Agent: other\n")}}
	if _, err := importertest.Read(t.Context(), New(), bag, "bagit.txt", importers.Assume{}); err != nil {
		t.Fatal(err)
	}
	r, err := importertest.Read(t.Context(), New(), bag, "bagit.txt", importers.Assume{})
	if err != nil || r.Err != importers.ErrNotMine {
		t.Errorf("another bag: %v, %v", r.Err, err)
	}
}

// The file time of a carried original keeps that it is only a clock's.
func TestCarriedClockStaysAClock(t *testing.T) {
	for _, wall := range []bool{false, true} {
		said := added(1, 1, "gate.txt", note)
		if wall {
			said = strings.Replace(said, `"batch":1`, `"wall":true,"batch":1`, 1)
		}
		var e entry
		if err := json.Unmarshal([]byte(said), &e); err != nil {
			t.Fatal(err)
		}
		l := log{items: map[int64]item{}}
		if !l.added(e) {
			t.Fatal("the entry is not read")
		}
		if at, is := (file{of: l.items[1]}).Modified(); is != wall || at.Hour() != 18 {
			t.Errorf("wall %t: %v, %t", wall, at, is)
		}
	}
}
