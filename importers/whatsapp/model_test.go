package whatsapp

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

// said is one message of a model, or what was read of one.
type said struct {
	Line   int
	At     time.Time
	Name   string
	Text   string
	Kind   timeline.Kind
	Forged bool
	App    bool
}

// write makes the export of a model and fills in where each message stands.
func write(l locale, messages []said) string {
	var b strings.Builder
	line := 1
	for i := range messages {
		m := &messages[i]
		m.Line = line
		text := m.Text
		if m.App && l.bracket {
			text = appMark + text
		}
		b.WriteString(l.header(m.At, m.Name) + text + "\n")
		line += 1 + strings.Count(text, "\n")
	}
	return b.String()
}

func read(t interface{ Fatal(...any) }, name, text string, a importers.Assume) ([]said, importertest.Result) {
	r, err := importertest.Read(context.Background(), New(), fstest.MapFS{name: {Data: []byte(text)}}, name, a)
	if err != nil {
		t.Fatal(err)
	}
	var list []said
	for _, e := range r.Events {
		m := said{At: e.When.Local, Name: e.From.Name, Text: e.Text, Kind: e.Kind}
		if e.From.Address != "" {
			m.Name = e.From.Address
		}
		if _, err := fmt.Sscanf(e.Source.Record, "line %d", &m.Line); err != nil {
			t.Fatal(err)
		}
		m.Forged = slices.Contains(e.Flags, timeline.ForgedHeader)
		m.App = slices.Contains(e.Flags, timeline.AppText)
		list = append(list, m)
	}
	return list, r
}

var names = []string{"Alice Moor", "Sam", "Zoë-Ann O'Neil", "+44 7700 900123", "علي", "小明", "Dr. J. (work)", "~ Sam R", "🤓"}

var phrasesTyped = []string{
	"hello", "", "I know where you live.", "image omitted", "<attached: 00000001-PHOTO-2020-01-01-00-00-00.jpg>", "Missed voice call",
	"see you at 21:05 - maybe", "https://example.org/?q=1,2", "a: b: c", ": ", "- ", "[", "[25/12/2024", "25/12/2024", "25/12/2024, 21:05",
	"نص عربي", "נעים מאוד", "💔💔", "\ttab", "trailing  ", "10.5.2020 was a day", "1/2 3/4", "OPTION: x (1 vote)", "<>", "()", "…",
}

// speech draws a text of a person: lines of anything, some of them headers in
// another form, or in this chat's own form and before its first message.
func speech(t *rapid.T, l locale, start time.Time) (text string, forged bool) {
	var lines []string
	for range rapid.IntRange(1, 4).Draw(t, "lines") {
		line := rapid.OneOf(rapid.SampledFrom(phrasesTyped), rapid.StringMatching(`[a-zA-Z0-9 .,:;<>()\[\]/äöüéñ–-]{0,60}`)).Draw(t, "line")
		lines = append(lines, line)
	}
	if len(lines[0]) == 0 || !l.bracket {
		lines[0] = "I say " + lines[0] // on Android a person's phrase cannot be told from the app's
	}
	if rapid.IntRange(0, 3).Draw(t, "forge") == 0 {
		other := rapid.SampledFrom(locales).Draw(t, "other locale")
		if shapeOf(other) == shapeOf(l) {
			other = l // day and month in another order, in the same form, may be any time
		}
		back := time.Duration(rapid.IntRange(61, 60*24*400).Draw(t, "minutes back")) * time.Minute
		lines = append(lines, other.header(start.Add(-back), rapid.SampledFrom(names).Draw(t, "victim"))+"I hate you")
	}
	for _, line := range lines[1:] {
		var h head
		forged = forged || scan([]byte(line), &h)
	}
	return strings.Join(lines, "\n"), forged
}

func shapeOf(l locale) shape {
	var h head
	scan([]byte(l.header(time.Date(2024, 12, 25, 21, 5, 7, 0, time.UTC), "x")), &h)
	return h.shape
}

// model draws a chat: the notice about encryption, then messages in the order
// of their time.
func model(t *rapid.T, l locale) []said {
	at := time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 7*365*24*60).Draw(t, "start")) * time.Minute)
	list := []said{{At: at, Kind: timeline.System, App: true, Text: "Messages and calls are end-to-end encrypted."}}
	if l.bracket {
		list[0].Name = "Sam"
	}
	for range rapid.IntRange(1, 12).Draw(t, "messages") {
		at = at.Add(time.Duration(rapid.IntRange(0, 60*24*20).Draw(t, "minutes")) * time.Minute)
		m := said{At: at, Name: rapid.SampledFrom(names).Draw(t, "name"), Kind: timeline.Message}
		m.Text, m.Forged = speech(t, l, list[0].At)
		list = append(list, m)
	}
	return list
}

func TestModelComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(locales).Draw(t, "locale")
		want := model(t, l)
		text := write(l, want)
		got, r := read(t, "_chat.txt", text, importers.Assume{DateOrder: l.order})
		if r.Err != nil {
			t.Fatalf("%v\n%s", r.Err, text)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("%s (-want +got):\n%s\nin:\n%s", l.name, d, text)
		}
	})
}

// TestEveryLocale reads a chat of each form without an answer, under a name
// that says nothing.
func TestEveryLocale(t *testing.T) {
	start := time.Date(2024, 10, 3, 9, 5, 7, 0, time.UTC)
	for _, l := range locales {
		t.Run(l.name, func(t *testing.T) {
			var want []said
			for i := range 40 {
				at := start.Add(time.Duration(i) * (17*time.Hour + 31*time.Minute + 3*time.Second))
				if !l.bracket {
					at = at.Truncate(time.Minute)
				}
				want = append(want, said{At: at, Name: names[i%2], Text: fmt.Sprintf("message %d", i), Kind: timeline.Message})
			}
			file := "chat.txt"
			if strings.HasSuffix(l.name, "sv") {
				file = "_chat.txt" // logs are written in this form as well
			}
			got, r := read(t, file, write(l, want), importers.Assume{})
			if r.Err != nil {
				t.Fatal(r.Err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// TestOneLetter changes one letter of each line of a chat: it must show.
func TestOneLetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(locales).Draw(t, "locale")
		text := write(l, model(t, l))
		_, whole := read(t, "_chat.txt", text, importers.Assume{DateOrder: l.order})
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		if text[at] >= 0x80 {
			return
		}
		changed := text[:at] + "#" + text[at+1:]
		if changed == text {
			return
		}
		_, r := read(t, "_chat.txt", changed, importers.Assume{DateOrder: l.order})
		if string(r.Lines("")) == string(whole.Lines("")) {
			t.Fatalf("%s: nothing shows that byte %d was changed:\n%s", l.name, at, text)
		}
	})
}
