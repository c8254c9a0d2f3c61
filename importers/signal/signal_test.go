package signal

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestLateRecipient: whoever a number is said to be a second time, behind the
// messages, was in dispute before them too; and who is named there for the first
// time is known before.
func TestLateRecipient(t *testing.T) {
	const (
		head    = `{"version":"1","backupTimeMs":"1771945200000"}` + "\n" + `{"recipient":{"id":"1","self":{}}}` + "\n"
		dan     = `{"recipient":{"id":"2","contact":{"e164":"447700900111","profileGivenName":"Dan"}}}` + "\n"
		eve     = `{"recipient":{"id":"2","contact":{"e164":"447700900222","profileGivenName":"Eve"}}}` + "\n"
		chat    = `{"chat":{"id":"7","recipientId":"2"}}` + "\n"
		message = `{"chatItem":{"chatId":"7","authorId":"2","dateSent":"1771936200000","incoming":{},"standardMessage":{"text":{"body":"hello"}}}}` + "\n"
	)
	for text, want := range map[string]timeline.Party{
		head + dan + chat + message:             {Name: "Dan", Address: "+447700900111"},
		head + chat + message + dan:             {Name: "Dan", Address: "+447700900111"},
		head + dan + chat + message + dan:       {Name: "Dan", Address: "+447700900111"},
		head + dan + chat + message + eve:       {},
		head + dan + eve + chat + message:       {},
		head + dan + chat + message + eve + eve: {},
	} {
		r, err := importertest.Read(t.Context(), New(), fstest.MapFS{"main.jsonl": {Data: []byte(text)}}, "main.jsonl", importers.Assume{})
		if err != nil || r.Err != nil || len(r.Events) != 1 {
			t.Fatal(err, r.Err, len(r.Events))
		}
		e := r.Events[0]
		if disputed := slices.Contains(e.Flags, timeline.PartiesDiffer); e.From != want || disputed != (want == timeline.Party{}) {
			t.Errorf("%s\nis from %+v, want %+v; %v", text, e.From, want, e.Flags)
		}
		if said := e.Extra.Get(timeline.StatedParties); strings.Count(said, "Eve") > 1 {
			t.Errorf("%s\nsays the same twice: %s", text, said)
		}
	}
}
