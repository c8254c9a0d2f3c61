package meta

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

// latin writes a text as Meta's writer does: every byte as a character.
func latin(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

// TestUndo: what Meta's writer does to any text is undone, once; a text in a file
// of another writer is left alone.
func TestUndo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("éÃ©😡 ñ\u0083\u00a0")))).Draw(t, "text")
		if !utf8.ValidString(s) {
			return
		}
		if got, odd := undo(latin(s)); got != s || odd {
			t.Fatalf("%q came out as %q, %t", s, got, odd)
		}
	})
	for in, want := range map[string]string{"plain": "plain", "café": "café", "Ł": "Ł", latin("Ã©"): "Ã©", latin("é") + "Ł": latin("é") + "Ł",
		latin("né") + "\u00f0\u009f": "né\u00f0\u009f"} {
		if got, odd := undo(in); got != want || odd != strings.Contains(want, "\u009f") {
			t.Errorf("%q came out as %q, %t, want %q", in, got, odd, want)
		}
	}
}

// TestWriter: one byte above 7F, or one character above FF, tells another writer,
// wherever the file is cut into pieces.
func TestWriter(t *testing.T) {
	for text, clean := range map[string]bool{`"caf\u00c3\u00a9 \\u20ac \n \/ \u00e2"`: false, `"\u20ac"`: true, `"é"`: true, `"\\\u0142"`: true, `"\\\\u0142"`: false, "\ufeff{}": false, `"\u0000"`: false} {
		for cut := range len(text) {
			var w writer
			for _, piece := range []string{text[:cut], text[cut:]} {
				if _, err := w.Write([]byte(piece)); err != nil {
					t.Fatal(err)
				}
			}
			if strings.HasPrefix(text, "\ufeff") && cut > 0 && cut < 3 {
				continue // no reader cuts a file there
			}
			if w.clean != clean {
				t.Errorf("%s, cut at %d: %t", text, cut, w.clean)
			}
		}
	}
}

// TestClock: a printed time is read when all of it is one, and only then.
func TestClock(t *testing.T) {
	const day = "2019-10-19 14:37:00"
	for text, want := range map[string]string{
		"Oct 19, 2019, 2:37 PM": day, "Oct 19, 2019 2:37 pm": day, "19 Oct 2019, 14:37": day, "Oct 19, 2019, 2:37\u202fPM": day, "Oct 19, 2019 2:37:00 p.m.": day,
		"19. Oktober 2019 um 14:37": day, "19. Okt. 2019, 14:37": day, "19 oct. 2019 à 14:37": day, "19 octobre 2019 à 14h37": day, "19 oct 2019, 14:37": day,
		"19 ott 2019, 14:37": day, "19 okt. 2019 kl. 14:37": day, "19. okt. 2019 kl. 14.37": day, "19 de out. de 2019, 14:37": day, "19 paź 2019, 14:37": day,
		"19 окт. 2019 г., 14:37": day, "2019年10月19日 14:37": day, "2019年10月19日下午2:37": day, "2019년 10월 19일 오후 2:37": day, "19.10.2019 klo 14.37": day, "19 Eki 2019 14:37": day,
		"2019-10-19 14:37": day, "19/10/2019, 14:37": day, "10/19/2019, 2:37 PM": day, "Saturday, October 19, 2019 at 2:37pm PDT": day, "Saturday, 19 October 2019 at 14:37 UTC+01": day,
		"Oct 19, 2019 12:05 am": "2019-10-19 00:05:00", "Oct 19, 2019 12:05 pm": "2019-10-19 12:05:00", "04/10/2019 14:37": "2019-10-04 14:37:00",
		"Oct 19, 2019": "", "2:37 PM": "", "Oct 32, 2019, 2:37 PM": "", "Feb 29, 2019, 2:37 PM": "", "Oct 19, 2019, 14:37 PM": "", "Oct 19, 2019, 2:77 PM": "",
		"see you Oct 19, 2019, 2:37 PM": "", "Oct 19, 2019, 2:37 PM maybe": "", "Oct 19, 19, 2:37 PM": "", "lis 19, 2019, 14:37": "", "19 listopada 2019, 14:37": "",
		"Oct 19, 2019, 2 37 PM": "", "Oct Nov 19, 2019, 2:37": "", "19/10/2019/14/37": "", "<Oct 19, 2019, 2:37 PM>": "", "13/13/2019 14:37": "", "Oct 19, 1066, 2:37 PM": "",
	} {
		c, ok := readClock(text, importers.DayFirst)
		got := ""
		if ok {
			got = c.local.Format("2006-01-02 15:04:05")
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	if c, ok := readClock("04/10/2019 14:37", importers.MonthFirst); !ok || c.local.Month() != time.April || c.order != importers.MonthFirst {
		t.Errorf("%+v", c)
	}
	if c, _ := readClock("Oct 4, 2013 at 10:05pm UTC+05:30", importers.DayFirst); c.zone == nil || c.local.In(c.zone).Format("-07:00") != "+05:30" {
		t.Errorf("%+v", c)
	}
}

// TestClocks: a time that is printed as the last was is read as it would be alone,
// whatever its numbers are.
func TestClocks(t *testing.T) {
	var k clocks
	read := 0
	for _, text := range []string{"Oct 19, 2019, 2:37:05 PM", "19/10/2019, 14:37", "10/19/2019, 2:37 PM", "04/10/2019 14:37", "19 octobre 2019 à 14h37", "2019年10月19日下午2:37",
		"Oct 19, 2019 2:37 p.m.", "Oct 4, 2013 at 10:05pm UTC+05:30", "Saturday, October 19, 2019 at 2:37pm PDT", "2019-10-19T14:37:00Z", "see you Oct 19, 2019, 2:37 PM", " 19.10.2019 14.37 "} {
		for add := range byte(10) {
			for _, from := range []int{0, len(text) / 2} {
				like := []byte(text)
				for i := from; i < len(like); i++ {
					if isDigit(like[i]) {
						like[i] = '0' + (like[i]-'0'+add)%10
					}
				}
				for _, order := range []importers.DateOrder{importers.DayFirst, importers.MonthFirst} {
					got, is := k.read(string(like), order)
					want, ok := readClock(string(like), order)
					if ok {
						read++
					}
					if is != ok || ok && !reflect.DeepEqual(got, want) {
						t.Errorf("%q behind its likes: %+v, %t, want %+v, %t", like, got, is, want, ok)
					}
				}
			}
		}
	}
	if read < 40 {
		t.Errorf("%d of them are times", read)
	}
}

// TestNothingIsLost: every word and every number of every sample of JSON stands in
// an event, a skip or a note.
func TestNothingIsLost(t *testing.T) {
	for name, p := range map[string]Product{"facebook": Facebook, "instagram": Instagram} {
		for _, s := range importertest.Samples(t, filepath.Join("..", name, "testdata")) {
			for _, file := range s.Files(t) {
				data, err := fs.ReadFile(s.Tree, file)
				if err != nil {
					t.Fatal(err)
				}
				src := importers.Source{FS: s.Tree, Path: file, Head: data[:min(len(data), importers.HeadSize)], Size: int64(len(data))}
				if Of(src) != p || !strings.HasSuffix(file, ".json") {
					continue
				}
				r, err := importertest.Read(context.Background(), only{p}, s.Tree, file, s.Assume)
				if err != nil {
					t.Fatal(err)
				}
				told := flat(r)
				for _, leaf := range leavesOf(t, data) {
					if !strings.Contains(told, leaf) {
						t.Errorf("%s/%s: %q is nowhere", s.Name, file, leaf)
					}
				}
			}
		}
	}
}

// only is the engine as an importer.
type only struct{ p Product }

func (o only) Info() importers.Info           { return importers.Info{Name: string(o.p), Version: 1} }
func (o only) Claims(s importers.Source) bool { return Of(s) == o.p }
func (o only) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	return Read(ctx, s, out, o.p)
}

// shownTimes are the times that facts show in words.
var shownTimes = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d`)

func flat(r importertest.Result) string {
	var b strings.Builder
	for _, e := range r.Events {
		fmt.Fprintln(&b, e.When.Raw, e.When.Instant.Unix(), e.From, e.To, e.Thread, e.Text, e.Files, e.Extra, e.Flags, e.Kind, e.Place)
		for _, c := range e.Claims {
			fmt.Fprintln(&b, c.Label, c.When.Raw)
		}
		for _, f := range e.Extra {
			for _, shown := range shownTimes.FindAllString(f.Value, -1) {
				if at, err := time.Parse("2006-01-02 15:04:05", strings.Replace(shown, "T", " ", 1)); err == nil {
					fmt.Fprintln(&b, at.Unix())
				}
			}
		}
	}
	for _, k := range r.Skips {
		fmt.Fprintln(&b, k.Text, k.Reason)
	}
	for _, c := range r.Covers {
		fmt.Fprintln(&b, c.Note)
	}
	return b.String()
}

// leavesOf are the words and numbers of a file, as they were meant and as they
// stand, without those that say nothing.
func leavesOf(t *testing.T, data []byte) (list []string) {
	t.Helper()
	var doc any
	d := json.NewDecoder(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff")))
	d.UseNumber()
	if err := d.Decode(&doc); err != nil {
		return nil // a broken sample
	}
	var w writer
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, in := range v {
				walk(in)
			}
		case []any:
			for _, in := range v {
				walk(in)
			}
		case string:
			text := v
			if !w.clean {
				text, _ = undo(v)
			}
			if !saysNothing[text] && !strings.Contains(text, "/") { // paths are cleaned
				list = append(list, strings.TrimSpace(text))
			}
		case json.Number:
			if v != "0" {
				list = append(list, v.String())
			}
		}
	}
	walk(doc)
	return list
}

// saysNothing are the texts of the samples that are not shown: the type of an
// ordinary message, and labels without a value.
var saysNothing = map[string]bool{"Generic": true, "text": true, "Hashtags": true, "Titel": true}

// TestNothingDated: a file of an export that holds nothing dated is left to be
// kept as a plain file.
func TestNothingDated(t *testing.T) {
	const name = "preferences/your_facebook_activity/language.json"
	tree := fstest.MapFS{name: {Data: []byte(`{"language_v2":[{"name":"Language","value":"English (UK)"}]}`)}}
	r, err := importertest.Read(context.Background(), only{Facebook}, tree, name, importers.Assume{})
	if err != nil || !errors.Is(r.Err, importers.ErrNotMine) || len(r.Events)+len(r.Skips) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestSourceCannotSaySame: a member that has the name of Daybook's own key for
// copies does not stand in its place.
func TestSourceCannotSaySame(t *testing.T) {
	for name, data := range map[string]string{
		"messages/inbox/dan_1/message_1.json": `{"participants":[],"messages":[{"sender_name":"Dan","timestamp_ms":1740000000000,"same":"mine"}]}`,
		"your_facebook_activity/x.json":       `{"x_v2":[{"timestamp":1740000000,"same":"mine"}]}`,
	} {
		r, err := importertest.Read(context.Background(), only{Facebook}, fstest.MapFS{name: {Data: []byte(data)}}, name, importers.Assume{})
		if err != nil || r.Err != nil || len(r.Events) != 1 {
			t.Fatalf("%s: %+v, %v", name, r, err)
		}
		if e := r.Events[0]; e.Extra.Get(timeline.SameKey) == "mine" || e.Extra.Get("same (2)") != "mine" {
			t.Errorf("%s: %v", name, e.Extra)
		}
	}
}

// TestSaidAround: what a record says around its entries stands in each of them
// once, also where something in it only looks like the time of a further entry.
func TestSaidAround(t *testing.T) {
	const name, data = "your_instagram_activity/x.json", `[{"title":"Around","entries":[
		{"title":"First","list":[{"timestamp":"1 o'clock"}],"media":{"creation_timestamp":1714600000}},
		{"title":"Second","timestamp":1714600060}]}]`
	r, err := importertest.Read(context.Background(), only{Instagram}, fstest.MapFS{name: {Data: []byte(data)}}, name, importers.Assume{})
	if err != nil || r.Err != nil || len(r.Events) != 2 || r.Events[0].Text != "Around\nFirst" || r.Events[1].Text != "Around\nSecond" {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestAsks: a page without zones asks, before it hands anything on, and dates
// that may be read in two orders are asked for.
func TestAsks(t *testing.T) {
	page := func(clock string) fstest.MapFS {
		return fstest.MapFS{"messages/inbox/dan_1/message_1.html": {Data: []byte(`<html><body><div>Participants: Dan, Maya</div><div><div>Dan</div><div>hi</div><div>` + clock + `</div></div></body></html>`)}}
	}
	for _, step := range []struct {
		clock, what string
		assume      importers.Assume
	}{
		{"Oct 19, 2019, 2:37 PM", "zone", importers.Assume{}},
		{"Oct 19, 2019, 2:37 PM", "", importers.Assume{Zone: time.UTC}},
		{"04/10/2019, 14:37", "date-order", importers.Assume{Zone: time.UTC}},
		{"04/10/2019, 14:37", "", importers.Assume{Zone: time.UTC, DateOrder: importers.MonthFirst}},
		{"14/10/2019, 14:37", "", importers.Assume{Zone: time.UTC}},
	} {
		r, err := importertest.Read(context.Background(), only{Facebook}, page(step.clock), "messages/inbox/dan_1/message_1.html", step.assume)
		if err != nil {
			t.Fatal(err)
		}
		what := ""
		if ask, ok := r.Err.(*importers.Ask); ok {
			what = ask.What
		}
		if what != step.what || what == "" && len(r.Events) != 1 {
			t.Errorf("%s, %+v: asks %q, %d events, %v", step.clock, step.assume, what, len(r.Events), r.Err)
		}
		if step.assume.DateOrder == importers.MonthFirst && r.Events[0].When.Local.Month() != time.April {
			t.Errorf("%v", r.Events[0].When)
		}
	}
}

// TestTypedTimes: whatever a person types as the words of a message, in a page,
// it stays their message.
func TestTypedTimes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom([]string{"Maya", "Oct 19, 2019, 2:37 PM", "hi", "", "Participants: X, Y", "Dan"})
		body := rapid.SliceOfN(line, 0, 6).Draw(t, "lines")
		between := rapid.SampledFrom([]string{"<br>", "</div><div>"}).Draw(t, "between") // the app may put a line into an element
		inner := "<div>" + strings.Join(body, between) + "</div><div></div>"
		data := `<html><head><title>Dan</title></head><body><div class="_a706">`
		for range 2 {
			data += `<div class="pam _a6-g"><h2 class="_a6-h">Dan</h2><div class="_a6-p"><div><div></div>` + inner + `</div></div><div class="_3-94 _a6-o">Oct 20, 2019, 1:00 PM</div></div>`
		}
		name := "messages/inbox/dan_1/message_1.html"
		r, err := importertest.Read(context.Background(), only{Facebook}, fstest.MapFS{name: {Data: []byte(data + `</div></body></html>`)}}, name, importers.Assume{Zone: time.UTC})
		if err != nil || r.Err != nil || len(r.Events) != 2 {
			t.Fatalf("%v, %v, %d events, %v", err, r.Err, len(r.Events), r.Skips)
		}
		for _, e := range r.Events {
			if e.From != (timeline.Party{Name: "Dan"}) || e.When.Local.Day() != 20 {
				t.Fatalf("%+v", e)
			}
		}
	})
}

// TestOf: whose a file is.
func TestOf(t *testing.T) {
	for path, step := range map[string]struct {
		head string
		want Product
	}{
		"messages/inbox/x_1/message_1.json":                         {`{"participants":[`, Facebook},
		"your_instagram_activity/messages/inbox/x_1/message_1.json": {`{"participants":[`, Instagram},
		"instagram-maya-2024-05-05-XyZ/likes/liked_posts.json":      {`{"likes_media_likes":[{"string_list_data":[{"timestamp":1714600000}]}]}`, Instagram},
		"followers_1.json":                               {`[{"title":"","string_list_data":[]}]`, Instagram},
		"x/account_activity.json":                        {`{"account_activity_v2":[{`, Facebook},
		"personal_information/personal_information.json": {`{"profile_user":[{"string_map_data":{}}]}`, None},
		"result.json":                                    {`{"name":"x","type":"personal_chat","messages":[{"date":"2020"}]}`, None},
		"messages/c123/messages.json":                    {`[{"ID":"1","Timestamp":"2024-01-01 12:34:56"}]`, None},
		"Takeout/My Activity/Search/MyActivity.html":     {`<div class="outer-cell">`, None},
		"a/b.json":                        {`{"messages":[{"sender_name":"A","timestamp_ms":1}]}`, Facebook},
		"html/messages.htm":               {`<div class="message"><div class="message_header">`, Facebook},
		"Google Photos/events/a.jpg.json": {`{"title":"a.jpg","photoTakenTime":{"timestamp":"1714600000"}}`, None},
		"posts/your_posts_1.json":         {`[{"timestamp":1714600000,"title":"x"}]`, Facebook},
		"saved.html":                      {`<p>Oct 19, 2019, 2:37 PM</p>`, None},
	} {
		if got := Of(importers.Source{Path: path, Head: []byte(step.head)}); got != step.want {
			t.Errorf("%s is %q, want %q", path, got, step.want)
		}
	}
}
