package timeline

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestIDIsOfOriginalImporterAndRecordAlone(t *testing.T) {
	h := itemHash(1)
	id := NewID(h, "whatsapp", "line 1")
	if got := id.String(); got != "6ebf2822e22d88b3da47d96ab23b1818" {
		t.Errorf("id %s", got)
	}
	for _, other := range []ID{NewID(itemHash(2), "whatsapp", "line 1"), NewID(h, "sms", "line 1"), NewID(h, "whatsapp", "line 2")} {
		if other == id {
			t.Error("two events have one ID")
		}
	}
	back, err := ParseID(id.String())
	if err != nil || back != id {
		t.Errorf("%v %v", back, err)
	}
	for _, bad := range []string{"", "abc", strings.ToUpper(id.String()), id.String() + "0", strings.Repeat("g", 32)} {
		if _, err := ParseID(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

// TestEveryWordHasACode reads the source, so that a kind, basis, precision or
// flag that is added without a code cannot be missed.
func TestEveryWordHasACode(t *testing.T) {
	var source string
	for _, f := range []string{"event.go", "when.go"} {
		b, err := os.ReadFile(f)
		must(t, err)
		source += string(b)
	}
	count := map[string]int{}
	for _, m := range regexp.MustCompile(`(?m)^\t\w+\s+(Kind|Flag|Basis|Precision)\s+= "([^"]+)"`).FindAllStringSubmatch(source, -1) {
		var err error
		switch m[1] {
		case "Kind":
			_, err = code("kind", kindCodes[:], Kind(m[2]))
		case "Flag":
			_, err = code("flag", flagCodes[:], Flag(m[2]))
			if Flag(m[2]).Title() == m[2] {
				t.Errorf("flag %s has no title", m[2])
			}
		case "Basis":
			_, err = code("basis", basisCodes[:], Basis(m[2]))
		case "Precision":
			_, err = code("precision", precisionCodes[:], Precision(m[2]))
		}
		if err != nil {
			t.Error(err)
		}
		count[m[1]]++
	}
	want := map[string]int{"Kind": len(kindCodes), "Flag": len(flagCodes), "Basis": len(basisCodes) - 1, "Precision": len(precisionCodes) - 1}
	if d := cmp.Diff(want, count); d != "" {
		t.Error(d)
	}
}

// genAny makes events with every field that there is.
func genAny(t *rapid.T) Event {
	text := rapid.StringN(0, 20, -1)
	when := func(label string) When {
		w := When{
			Basis:     rapid.SampledFrom(basisCodes[:]).Draw(t, label+" basis"),
			Precision: rapid.SampledFrom(precisionCodes[:]).Draw(t, label+" precision"),
			Zone:      text.Draw(t, label+" zone"), Raw: text.Draw(t, label+" raw"),
		}
		for _, f := range []*bool{new(bool), new(bool), new(bool)} {
			*f = rapid.Bool().Draw(t, label+" has")
		}
		gen := func(s string) (out When) {
			at := rapid.Int64Range(-60_000_000_000, 250_000_000_000).Draw(t, label+s)
			ns := rapid.Int64Range(0, 999_999_999).Draw(t, label+s+" ns")
			out.Instant = unixUTC(at, ns)
			return out
		}
		if rapid.Bool().Draw(t, label+" instant") {
			w.Instant = gen(" at").Instant
		}
		if rapid.Bool().Draw(t, label+" local") {
			w.Local = gen(" wall").Instant
		}
		if rapid.Bool().Draw(t, label+" until") {
			w.Until = gen(" end").Instant
		}
		return w
	}
	party := func(label string) Party {
		return Party{text.Draw(t, label), text.Draw(t, label+" address"), rapid.Bool().Draw(t, label+" owner")}
	}
	e := Event{
		Kind: rapid.SampledFrom(kindCodes[:]).Draw(t, "kind"), When: when("when"), From: party("from"),
		Thread: text.Draw(t, "thread"), Text: text.Draw(t, "text"),
		Source: Pinpoint{7, itemHash(7), text.Draw(t, "path"), text.Draw(t, "record"), "whatsapp", 3},
	}
	e.ID = NewID(e.Source.Hash, e.Source.Importer, e.Source.Record)
	for range rapid.IntRange(0, 3).Draw(t, "to") {
		e.To = append(e.To, party("to"))
	}
	for range rapid.IntRange(0, 2).Draw(t, "files") {
		f := Attachment{Name: text.Draw(t, "name"), Path: text.Draw(t, "file path"), Item: rapid.Int64().Draw(t, "item"), Type: text.Draw(t, "type"), Missing: rapid.Bool().Draw(t, "missing"), Note: text.Draw(t, "note")}
		if rapid.Bool().Draw(t, "hashed") {
			f.Hash = itemHash(f.Item)
		}
		e.Files = append(e.Files, f)
	}
	if rapid.Bool().Draw(t, "place") {
		e.Place = Place{Name: text.Draw(t, "place name")}
		if rapid.Bool().Draw(t, "fix") {
			e.Place.Lat, e.Place.Lon, e.Place.Fix = rapid.Float64Range(-90, 90).Draw(t, "lat"), rapid.Float64Range(-180, 180).Draw(t, "lon"), true
		}
	}
	e.Flags = rapid.SliceOfNDistinct(rapid.SampledFrom(flagCodes[:]), 0, 4, rapid.ID).Draw(t, "flags")
	if len(e.Flags) == 0 {
		e.Flags = nil
	}
	if m := rapid.MapOfN(text, text, 0, 3).Draw(t, "extra"); len(m) > 0 {
		e.Extra = factsOf(m)
	}
	for range rapid.IntRange(0, 2).Draw(t, "claims") {
		e.Claims = append(e.Claims, Claim{text.Draw(t, "label"), when("claim"), rapid.Bool().Draw(t, "chosen"), text.Draw(t, "claim note")})
	}
	return e
}

func TestEventsComeBackFromTheirStoredForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := genAny(t)
		path := rapid.SampledFrom([]string{"dir/chat.txt", e.Source.Path}).Draw(t, "reading's path")
		stored := appendEvent(nil, &e, path)
		back, err := decodeEvent(string(stored), Pinpoint{7, itemHash(7), path, "", "whatsapp", 3})
		must(t, err)
		back.ID = e.ID
		if d := cmp.Diff(e, back); d != "" {
			t.Fatal(d)
		}
		for cut := range len(stored) {
			if _, err := decodeEvent(string(stored[:cut]), Pinpoint{}); err == nil {
				t.Fatalf("cut at %d of %d it is still an event", cut, len(stored))
			}
		}
	})
}

func TestEventsComeBackFromJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Row{Event: genAny(t)}
		r.When = r.Said()
		r.Marks = []Mark{{Number: 3, Event: r.ID, Code: "CONTACT", Note: "n", Exhibit: true, By: "Ada", At: unixUTC(1_700_000_000, 0)}}
		line, err := r.AppendJSONL(nil)
		must(t, err)
		if n := strings.Count(string(line), "\n"); n != 1 || line[len(line)-1] != '\n' {
			t.Fatalf("not one line: %q", line)
		}
		back, err := ParseJSONL(line)
		must(t, err)
		if d := cmp.Diff(r, back); d != "" {
			t.Fatal(d)
		}
	})
}

// Nobody sent an incident: its line says whom it is about and who wrote it. One
// that has it under from, as an older Daybook wrote it, is read the same.
func TestAnIncidentHasNoSender(t *testing.T) {
	r := Row{Event: Event{Kind: Incident, From: Party{Name: "Dan Reed"}, Extra: FactsOf("recorded by", "Maya Kowalska")}}
	line, err := r.AppendJSONL(nil)
	must(t, err)
	about := `"about":{"name":"Dan Reed","address":""}`
	if s := string(line); !strings.Contains(s, `"from":null`) || !strings.Contains(s, about) || !strings.Contains(s, `"written_by":"Maya Kowalska"`) {
		t.Errorf("%s", s)
	}
	older := strings.Replace(strings.Replace(string(line), `"from":null`, strings.Replace(about, "about", "from", 1), 1), about+",", "", 1)
	for _, s := range []string{string(line), older} {
		back, err := ParseJSONL([]byte(s))
		must(t, err)
		if back.From != r.From || back.Author() != "Maya Kowalska" {
			t.Errorf("%s: about %+v by %q", s, back.From, back.Author())
		}
	}
}

func TestJSONLFieldNamesAreStable(t *testing.T) {
	lat := Place{Name: "home", Lat: 51.5, Lon: -0.1, Fix: true}
	r := Row{Event: Event{
		Kind: Message, When: FromLocal(unixUTC(1_720_189_810, 0), london, Second, "05/07/2024, 14:30:10"),
		From: Party{Name: "Sam <3", Address: "+447700900123"}, To: []Party{{Name: "Ada", Owner: true}}, Text: "hé & you",
		Files: []Attachment{{Name: "a.jpg", Item: 4, Hash: itemHash(4)}, {Name: "b.jpg", Missing: true}}, Place: lat, Thread: "Family",
		Source: Pinpoint{2, itemHash(2), "x/chat.txt", "line 12", "whatsapp", 1}, Flags: []Flag{ZoneAssumed}, Extra: FactsOf("subject", "s"),
	}}
	r.ID = NewID(r.Source.Hash, "whatsapp", "line 12")
	r.Marks = []Mark{{Number: 9, Code: "CONTACT", By: "Ada", At: unixUTC(1_720_189_810, 0)}}
	line, err := r.AppendJSONL(nil)
	must(t, err)
	want := fmt.Sprintf(`{"id":"%s","kind":"message","when":{"instant":"2024-07-05T13:30:10Z","local":"2024-07-05T14:30:10","zone":"Europe/London","basis":"assumed","precision":"second","raw":"05/07/2024, 14:30:10"},"from":{"name":"Sam <3","address":"+447700900123"},"to":[{"name":"Ada","address":"","owner":true}],"text":"hé & you","files":[{"name":"a.jpg","item":4,"sha256":"%s","missing":false},{"name":"b.jpg","item":0,"sha256":"","missing":true}],"place":{"name":"home","lat":51.5,"lon":-0.1},"source":{"item":2,"sha256":"%s","path":"x/chat.txt","record":"line 12","importer":"whatsapp","version":1},"marks":[{"entry":9,"code":"CONTACT","by":"Ada","at":"2024-07-05T14:30:10Z"}],"flags":["zone-assumed"],"thread":"Family","extra":{"subject":"s"}}`+"\n",
		r.ID, itemHash(4), itemHash(2))
	if d := cmp.Diff(want, string(line)); d != "" {
		t.Error(d)
	}
	empty, err := Row{Event: Event{Kind: Message}}.AppendJSONL(nil)
	must(t, err)
	var fields map[string]any
	must(t, json.Unmarshal(empty, &fields))
	for _, f := range []string{"id", "kind", "when", "from", "to", "text", "files", "place", "source", "marks", "flags"} {
		if _, ok := fields[f]; !ok {
			t.Errorf("an empty event has no %q", f)
		}
	}
}

// The name that a person gave of the owner of an export stands where the source
// has none, and comes back.
func TestJSONLHasTheNameThatWasGivenOfAnOwner(t *testing.T) {
	r := Row{Event: Event{Kind: Message, From: Party{Owner: true}, To: []Party{{Name: "Maya", Owner: true}, {Name: "Dan"}}}, Owner: "Maya K"}
	line, err := r.AppendJSONL(nil)
	must(t, err)
	for _, want := range []string{`"from":{"name":"","address":"","owner":true,"called":"Maya K"}`, `"to":[{"name":"Maya","address":"","owner":true},{"name":"Dan","address":""}]`} {
		if !strings.Contains(string(line), want) {
			t.Errorf("no %s in %s", want, line)
		}
	}
	back, err := ParseJSONL(line)
	must(t, err)
	if back.Owner != "Maya K" || back.From != r.From {
		t.Errorf("%+v", back)
	}
}
