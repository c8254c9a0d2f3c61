package sms

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

// entry is a record as a person knows it: what a backup must give back.
type entry struct {
	Kind   timeline.Kind
	Millis int64
	Sent   bool
	Number string
	Name   string
	Text   string
	Files  []file
}

type file struct {
	Name, Type string
	Data       []byte
}

// writer writes backups as the app does; old is how it wrote emoji before
// version 10.05.602.
type writer struct {
	strings.Builder
	old bool
}

func (w *writer) attr(name, value string) {
	w.WriteString(" " + name + `="`)
	for _, r := range value {
		switch {
		case r == '"':
			w.WriteString("&quot;")
		case r == '&':
			w.WriteString("&amp;")
		case r == '<':
			w.WriteString("&lt;")
		case r == '\n' || r == '\r' || r == '\t':
			fmt.Fprintf(w, "&#%d;", r)
		case r > 0xFFFF && w.old:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(w, "&#%d;&#%d;", high, low)
		default:
			w.WriteRune(r)
		}
	}
	w.WriteString(`"`)
}

func (w *writer) common(e entry) {
	name := e.Name
	if name == "" {
		name = unknownName
	}
	w.attr("date", strconv.FormatInt(e.Millis, 10))
	w.attr("readable_date", time.UnixMilli(e.Millis).UTC().Format("2 Jan 2006 15:04:05"))
	w.attr("contact_name", name)
}

func (w *writer) entry(e entry) {
	kind := map[bool]string{false: "1", true: "2"}[e.Sent]
	switch {
	case e.Kind == timeline.Call:
		w.WriteString("  <call")
		w.attr("number", e.Number)
		w.attr("type", kind)
		w.common(e)
		w.WriteString(" />\n")
	case e.Files == nil:
		w.WriteString("  <sms")
		w.attr("address", e.Number)
		w.attr("type", kind)
		w.attr("body", e.Text)
		w.common(e)
		w.WriteString(" />\n")
	default:
		w.WriteString("  <mms")
		w.attr("address", e.Number)
		w.attr("msg_box", kind)
		w.common(e)
		w.WriteString(">\n    <parts>\n      <part")
		w.attr("ct", "text/plain")
		w.attr("text", e.Text)
		w.WriteString(" />\n")
		for _, f := range e.Files {
			w.WriteString("      <part")
			w.attr("ct", f.Type)
			w.attr("cl", f.Name)
			w.attr("text", null)
			w.attr("data", base64.StdEncoding.EncodeToString(f.Data))
			w.WriteString(" />\n")
		}
		w.WriteString("    </parts>\n  </mms>\n")
	}
}

func backupOf(entries []entry, old bool) []byte {
	w := &writer{old: old}
	w.WriteString("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n")
	fmt.Fprintf(w, "<smses count=\"%d\">\n", len(entries))
	for _, e := range entries {
		w.entry(e)
	}
	w.WriteString("</smses>")
	return []byte(w.String())
}

func entries(t *rapid.T) []entry {
	number := rapid.StringMatching(`\+[1-9][0-9]{7,12}|[A-Z][a-z]{2,9}`)
	words := rapid.OneOf(
		rapid.SampledFrom([]string{"", "see you", "مرحبا يا ليلى", "😀👩‍👩‍👧 ok", "a < b && \"c\"\nnext\tline", "</smses>", "<sms body=\"x\"/>", "&#55357;"}),
		rapid.StringOf(rapid.RuneFrom([]rune("ab&<>\"';\n\r\té日😀🇬🇧ليلى"))),
	).Filter(func(s string) bool { return s != null })
	picture := rapid.Custom(func(t *rapid.T) file {
		return file{
			Name: rapid.StringMatching(`[A-Za-z0-9_ é😀]{1,12}\.(jpg|png)`).Draw(t, "file"),
			Type: rapid.SampledFrom([]string{"image/jpeg", "video/mp4", "audio/amr"}).Draw(t, "type"),
			Data: rapid.SliceOfN(rapid.Byte(), 1, 200).Draw(t, "data"),
		}
	})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) entry {
		e := entry{
			Kind:   rapid.SampledFrom([]timeline.Kind{timeline.Message, timeline.Call}).Draw(t, "kind"),
			Millis: rapid.Int64Range(100_000_000_000, 4_000_000_000_000).Draw(t, "date"),
			Sent:   rapid.Bool().Draw(t, "sent"),
			Number: number.Draw(t, "number"),
			Name:   rapid.SampledFrom([]string{"", "Jo \"JJ\" Bloggs", "ليلى", "😀"}).Draw(t, "name"),
		}
		if e.Kind == timeline.Message {
			e.Text = words.Draw(t, "text")
			e.Files = rapid.SliceOfN(picture, 0, 3).Draw(t, "files")
			if len(e.Files) == 0 {
				e.Files = nil
			}
		}
		return e
	}), 1, 8).Draw(t, "entries")
}

// back reads an entry out of an event.
func back(e timeline.Event, files []importertest.Attached) entry {
	other := e.From
	if e.From.Owner {
		other = e.To[0]
	}
	got := entry{Kind: e.Kind, Millis: e.When.Instant.UnixMilli(), Sent: e.From.Owner, Number: other.Address, Name: other.Name, Text: e.Text}
	for _, f := range files {
		if f.Record == e.Source.Record {
			got.Files = append(got.Files, file{Name: f.Name, Type: f.Type, Data: []byte(f.SHA256)})
		}
	}
	return got
}

// hashed is an entry with its files as their sums, as the suite keeps them.
func hashed(e entry) entry {
	files := e.Files
	e.Files = nil
	for _, f := range files {
		sum := sha256.Sum256(f.Data)
		f.Data = []byte(hex.EncodeToString(sum[:]))
		e.Files = append(e.Files, f)
	}
	return e
}

func TestWhatIsWrittenComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := entries(t)
		data := backupOf(want, rapid.Bool().Draw(t, "old"))
		r, err := importertest.Read(context.Background(), New(), fstest.MapFS{"sms.xml": {Data: data}}, "sms.xml", importers.Assume{})
		if err != nil || r.Err != nil || len(r.Skips) > 0 {
			t.Fatal(err, r.Err, r.Skips)
		}
		var got []entry
		for i, e := range r.Events {
			got = append(got, back(e, r.Attached))
			want[i] = hashed(want[i])
			if len(e.Flags) > 0 {
				t.Fatalf("%s has flags %v", e.Source.Record, e.Flags)
			}
			if e.Extra.Get("phone zone") != "+00:00" {
				t.Fatalf("%s: %q is in zone %q", e.Source.Record, e.Extra.Get("readable_date"), e.Extra.Get("phone zone"))
			}
			if at := e.Source.Record[strings.LastIndex(e.Source.Record, " ")+1:]; !startsRecord(data, at) {
				t.Fatalf("%s: no record begins there", e.Source.Record)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
	})
}

func startsRecord(data []byte, at string) bool {
	n, err := strconv.Atoi(at)
	return err == nil && n < len(data) && strings.Contains("<sms <mms <call", string(data[n:n+4]))
}

// Copies of a record in overlapping backups have one sum; two records do not.
func TestSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := entries(t)
		twice := append(append([]entry{}, list...), list...)
		r, err := importertest.Read(context.Background(), New(), fstest.MapFS{"sms.xml": {Data: backupOf(twice, false)}}, "sms.xml", importers.Assume{})
		if err != nil || r.Err != nil {
			t.Fatal(err, r.Err)
		}
		for i, a := range r.Events {
			for j, b := range r.Events {
				x, y := hashed(twice[i]), hashed(twice[j])
				x.Name, y.Name = "", "" // the contacts may change between two backups
				for k := range x.Files {
					x.Files[k].Name, x.Files[k].Type = "", ""
				}
				for k := range y.Files {
					y.Files[k].Name, y.Files[k].Type = "", ""
				}
				if equal := cmp.Equal(x, y); equal != (a.Extra.Get("same") == b.Extra.Get("same")) {
					t.Fatalf("records equal: %v, sums %s and %s\n%v\n%v", equal, a.Extra.Get("same"), b.Extra.Get("same"), x, y)
				}
			}
		}
	})
}

// TestKept: an offset by a part of an hour is one that a place had on that day.
func TestKept(t *testing.T) {
	for day, offsets := range map[string]map[string]bool{
		"2024-01-10": {"-09:30": true, "-06:30": false, "-04:30": false, "-03:30": true, "-02:30": false, "+00:30": false, "+03:30": true, "+05:45": true, "+08:30": false, "+10:30": true, "+13:45": true, "-07:00": true},
		"2024-07-10": {"-03:30": false, "-02:30": true, "+13:45": false, "+12:45": true, "+10:30": true, "+11:30": false},
		"2012-07-10": {"-04:30": true, "+11:30": true, "+04:30": true},
	} {
		for offset, want := range offsets {
			at, err := time.Parse("2006-01-02 -07:00", day+" "+offset)
			if err != nil {
				t.Fatal(err)
			}
			if _, seconds := at.Zone(); kept(at, seconds) != want {
				t.Errorf("%s at %s: %t", day, offset, !want)
			}
		}
	}
}

// Every zone and every moment, printed in the ways of several languages, gives
// that zone.
func TestPhoneZone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		moment := time.Unix(rapid.Int64Range(1_000_000_000, 2_000_000_000).Draw(t, "moment"), 0)
		offset := rapid.IntRange(-12*4, 14*4).Draw(t, "quarters") * 900
		layout := rapid.SampledFrom([]string{
			"2 Jan 2006 15:04:05", "Jan 2, 2006 3:04:05 PM", "2006/01/02 15:04:05", "02.01.2006 15:04:05", "2 janv. 2006 à 15:04:05",
			"2006年1月2日 15:04:05", "02/01/2006 03:04:05 pm", "1/2/06 3:04 PM", "Jan 2, 2006 3:04:05 p.m.",
		}).Draw(t, "layout")
		local := moment.In(time.FixedZone("", offset))
		text := local.Format(layout)
		if strings.HasSuffix(layout, "p.m.") {
			text = strings.TrimSuffix(text, "p.m.") + map[bool]string{true: "p.m.", false: "a.m."}[local.Hour() >= 12]
		}
		got, fit := phoneZone(moment, text)
		switch {
		case fit == fits && !kept(moment, got):
			t.Fatalf("%s printed as %q: no place is at %d s", moment.UTC(), text, got)
		case fit == contradicts && kept(moment, offset):
			t.Fatalf("%s printed as %q in %s: contradicts", moment.UTC(), text, local.Format("-07:00"))
		case fit == fits && got != offset && kept(moment, offset):
			t.Fatalf("%s printed as %q in %s: read as %d s", moment.UTC(), text, local.Format("-07:00"), got)
		}
	})
}
