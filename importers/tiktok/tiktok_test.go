package tiktok

import (
	"testing"
	"testing/fstest"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

func TestImporter(t *testing.T) {
	importertest.Run(t, New())
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestUsernamesAreNoTelephones: a username of digits is not taken for a number.
func TestUsernamesAreNoTelephones(t *testing.T) {
	h := timeline.NewHandle((&export{}).party("07700900123"), "tiktok", 1)
	if h.Kind != timeline.AccountHandle {
		t.Error(h)
	}
}

// TestListIsNobody: a list in the place of a username is no person, and nobody is
// taken for the sender in its place; what it holds stays.
func TestListIsNobody(t *testing.T) {
	for from, want := range map[string]timeline.Party{`"jo_b"`: {Name: "jo_b", Address: "@jo_b"}, `["jo_b"]`: {}, `{"name":"jo_b"}`: {}, `""`: {}} {
		text := `{"Direct Message":{"Direct Messages":{"ChatHistory":{"Chat History with jo_b:":[{"Date":"2024-01-01 10:00:00","From":` + from + `,"Content":"hello"}]}}},
			"Activity":{"Following List":{"Following":[{"Date":"2024-01-01 10:00:00","UserName":` + from + `}]}}}`
		r, err := importertest.Read(t.Context(), New(), fstest.MapFS{"user_data.json": {Data: []byte(text)}}, "user_data.json", importers.Assume{})
		if err != nil || r.Err != nil || len(r.Events) != 2 {
			t.Fatal(err, r.Err, r.Events)
		}
		e, follows := r.Events[0], r.Events[1]
		if e.From != want || e.Directed() != (want.Name != "") || follows.To[0] != want {
			t.Errorf("%s: from %+v to %+v; follows %+v", from, e.From, e.To, follows.To)
		}
		if list := from[0] != '"'; list && (e.Extra.Get("from") != from || follows.Extra.Get("username") != from) {
			t.Errorf("%s: %v, %v", from, e.Extra, follows.Extra)
		}
	}
}
