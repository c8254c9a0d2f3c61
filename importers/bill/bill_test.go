package bill

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/importers/table"
	"daybook/timeline"
)

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

func read(t *testing.T, name, data string, a importers.Assume) importertest.Result {
	t.Helper()
	tree := fstest.MapFS{name: {Data: []byte(data)}}
	src := importers.Source{FS: tree, Path: name, Head: []byte(data)}
	if !New().Claims(src) {
		t.Fatalf("%.60q is not claimed", data)
	}
	r, err := importertest.Read(context.Background(), New(), tree, name, a)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestAsks: a mapping is asked for with the first rows as each answer would read
// them, then the zone; and the answer, given, reads the list.
func TestAsks(t *testing.T) {
	const list = "Date,Time,Number called,Duration,Cost\n01/02/2024,10:00:00,07700900123,00:00:30,0.1\n"
	r := read(t, "b.csv", list, importers.Assume{})
	var ask *importers.Ask
	if !errors.As(r.Err, &ask) || ask.What != "columns" || len(ask.Choices) != 6 {
		t.Fatal(r.Err)
	}
	if got := ask.Choices[0].Example; got != "1 February 2024 10:00:00, call of 30 s to 07700900123" {
		t.Error(got)
	}
	if got := ask.Choices[1].Example; got != "2 January 2024 10:00:00, call of 30 s to 07700900123" {
		t.Error(got)
	}
	a := importers.Assume{Columns: ask.Choices[0].Value}
	if r = read(t, "b.csv", list, a); !errors.As(r.Err, &ask) || ask.What != "zone" || ask.Choices[0].Value != "Europe/London" {
		t.Fatal(r.Err)
	}
	var err error
	if a.Zone, err = time.LoadLocation("Europe/London"); err != nil {
		t.Fatal(err)
	}
	if r = read(t, "b.csv", list, a); r.Err != nil || len(r.Events) != 1 || !r.Events[0].From.Owner {
		t.Fatal(r.Err, r.Events)
	}
	a.Columns = `{"date":"Day","number":"Number called"}`
	if r = read(t, "b.csv", list, a); !errors.As(r.Err, &ask) || !strings.Contains(ask.Text, "do not stand in the header") {
		t.Error("columns that are not in the header:", r.Err)
	}
	// A date that only one order can read is asked for in that one alone.
	r = read(t, "b.csv", "Date,Time,Number called,Duration\n13/02/2024,10:00,07700900123,1\n", importers.Assume{})
	if !errors.As(r.Err, &ask) || len(ask.Choices) != 3 {
		t.Error(r.Err)
	}
}

// TestWhoCalled: beside a column of who called, that of the called number is of who
// was called; one of the subscriber's own number says nothing of it.
func TestWhoCalled(t *testing.T) {
	for header, want := range map[string]string{
		"Date/Time,Calling Number,Called Number,Duration,Direction":    "26 October 2025 10:30:00, call of 60 s from 07700900222",
		"Date/Time,Subscriber Number,Called Number,Duration,Direction": "26 October 2025 10:30:00, call of 60 s from 07700900111",
		"Start,From,To,Duration,Direction":                             "26 October 2025 10:30:00, call of 60 s from 07700900222",
	} {
		for _, day := range []string{"2025-10-26", "26/10/2025"} {
			r := read(t, "x.csv", header+"\n"+day+" 10:30:00,07700900222,07700900111,60,Incoming\n", importers.Assume{})
			var ask *importers.Ask
			if !errors.As(r.Err, &ask) || len(ask.Choices) != 1 || ask.Choices[0].Example != want {
				t.Errorf("%s: %+v, want %s alone", header, r.Err, want)
				if ask != nil {
					t.Error(ask.Choices)
				}
			}
		}
	}
	// What the one number does not show is kept.
	r := read(t, "x.csv", "Date,Subscriber Number,Called Number,Duration\n26 Oct 2025 10:30:00,07700900222,07700900111,60\n",
		importers.Assume{Zone: time.UTC, Columns: `{"date":"Date","from":"Subscriber Number","number":"Called Number","direction":"incoming"}`})
	if len(r.Events) != 1 || r.Events[0].Extra.Get("subscriber number") != "07700900222" {
		t.Error(r.Err, r.Events)
	}
	// A list of journeys has a From and a To as well.
	r = read(t, "x.csv", "Date,From,To,Duration\n26/10/2025 10:30:00,Leeds,York,60\n", importers.Assume{})
	if !errors.Is(r.Err, importers.ErrNotMine) {
		t.Error(r.Err)
	}
}

// TestNamed: the columns that a person names make a list of any table that has them.
func TestNamed(t *testing.T) {
	a := importers.Assume{Zone: time.UTC, Columns: `{"date":"Le","from":"Qui","to":"Avec"}`}
	const list = "Le,Qui,Avec,Combien\n2025-10-26 10:30:00,07700900222,07700900111,60\n"
	r, err := importertest.Read(context.Background(), New(), fstest.MapFS{"x.csv": {Data: []byte(list)}}, "x.csv", a)
	if err != nil || r.Err != nil || len(r.Events) != 1 || r.Events[0].From.Address != "07700900222" {
		t.Error(err, r.Err, r.Events)
	}
	for given, want := range map[string]bool{a.Columns: true, "": false, `{"date":"Day","number":"Number"}`: false} {
		if got := New().Claims(importers.Source{Path: "x.csv", Head: []byte(list), Assume: importers.Assume{Columns: given}}); got != want {
			t.Errorf("%q: claimed %v", given, got)
		}
	}
}

// TestOrders: orders that read every date of a whole list alike are one question.
func TestOrders(t *testing.T) {
	for day, want := range map[string]int{"05/05/2025": 1, "05/06/2025": 2, "2025-10-26": 1} {
		r := read(t, "x.csv", "Date,A Number,B Number,Duration\n"+day+" 10:30:00,07700900222,07700900111,60\n", importers.Assume{})
		var ask *importers.Ask
		if !errors.As(r.Err, &ask) || len(ask.Choices) != want {
			t.Errorf("%s: %v, want %d choices", day, r.Err, want)
		}
	}
}

// TestLayouts: the headers of networks are told, and those of other lists are not.
func TestLayouts(t *testing.T) {
	for header, want := range map[string]string{
		"Date,Time,Number,Destination,Duration,Cost":                    "Date Time Number - - Duration -",
		"Date,Time,Called Number,Description,Length,Charge (£)":         "Date Time Called Number - - Length -",
		"Call Date,Call Time,Number dialled,Call duration,Call charge":  "Call Date Call Time Number dialled - - Call duration -",
		"Date/Time,Type,Phone number,Minutes,Net Cost":                  "Date/Time - Phone number - - Minutes -",
		"Start Time,End Time,Calling Number,Called Number,Duration,Way": "Start Time - Called Number Calling Number - Duration -",
		"A Number,B Number,Start Date,Duration (s),Direction":           "Start Date - - A Number B Number Duration (s) Direction",
		"First Name,Last Name,Phone,Birth date":                         "",
		"date,time,timezone,MACB,source,sourcetype,type,user,host,desc": "",
		"Call type,Date,Duration,Number,Contact,Location,Service":       "",
		"Date,Amount,Description":                                       "",
		"Bill Date,Account Number,Amount":                               "",
	} {
		c := table.ColumnsOf(strings.Split(header, ","))
		got := ""
		if looksLike(c) {
			of := roles(c)
			var parts []string
			for _, r := range []role{isDate, isTime, isNumber, isFrom, isTo, isDuration, isWay} {
				name := of[r]
				if name == "" {
					name = "-"
				}
				parts = append(parts, name)
			}
			got = strings.Join(parts, " ")
		}
		if got != want {
			t.Errorf("%s:\n%q, want\n%q", header, got, want)
		}
	}
}

func TestDays(t *testing.T) {
	for text, want := range map[string]string{
		"01/02/2024": "2024-02-01", "1-2-24": "2024-02-01", "2024-02-01": "2024-02-01", "01.02.2024": "2024-02-01",
		"1st Feb 2024": "2024-02-01", "Thu 01 Feb 2024": "2024-02-01", "01-Sept-24": "2024-09-01", "1 February, 2024": "2024-02-01",
		"31/02/2024": "", "13/13/2024": "", "yesterday": "", "1 Foo 2024": "",
	} {
		d, _, ok := (&Columns{Order: "dmy"}).day(text)
		if got := d.Format(time.DateOnly); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %s, %v, want %s", text, got, ok, want)
		}
	}
	for printed, want := range map[string]string{"00:01:20": "80 s", "1m 20s": "80 s", "80": "80 s", "2 hrs 1 min": "7260 s", "05:30": "05:30", "-": "-", "30 secs": "30 s"} {
		if got := new(bill).duration(printed); got != want {
			t.Errorf("%q: %q, want %q", printed, got, want)
		}
	}
}

// TestWithheld: a number that is not shown is nobody.
func TestWithheld(t *testing.T) {
	for _, printed := range []string{"Withheld", "PRIVATE NUMBER", "unknown", "Anonymous", "-", "0", "07700 9*****", "4.477E+11"} {
		e := timeline.Event{Extra: timeline.Facts{}}
		if p := (&bill{}).party(&e, printed); p != (timeline.Party{}) || e.Extra.Get("presentation") == "" {
			t.Errorf("%q: %+v", printed, p)
		}
	}
	e := timeline.Event{Extra: timeline.Facts{}}
	if p := (&bill{own: "07700 900999"}).party(&e, "+44 7700 900999"); !p.Owner || p.Address != "+44 7700 900999" {
		t.Errorf("%+v", p)
	}
}

// TestWorkbook: a sheet of calls is read, and the others are named.
func TestWorkbook(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Summary" r:id="a"/><sheet name="Calls" r:id="b"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="a" Target="worksheets/s1.xml"/><Relationship Id="b" Target="worksheets/s2.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
		"xl/worksheets/s1.xml":       `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>Total</t></is></c></row></sheetData></worksheet>`,
		"xl/worksheets/s2.xml": `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>Date and time</t></is></c><c t="inlineStr"><is><t>Number called</t></is></c><c t="inlineStr"><is><t>Duration</t></is></c></row>
<row r="2"><c s="1"><v>45444.5</v></c><c><v>7700900123</v></c><c><v>80</v></c></row></sheetData></worksheet>`,
	} {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := read(t, "b.xlsx", b.String(), importers.Assume{Zone: time.UTC, Columns: `{"date":"Date and time","number":"Number called","duration":"Duration","direction":"outgoing"}`})
	if r.Err != nil || len(r.Events) != 1 || len(r.Skips) != 1 || r.Skips[0].Record != "sheet Summary" {
		t.Fatal(r.Err, r.Events, r.Skips)
	}
	e := r.Events[0]
	if e.When.Raw != "2024-06-01 12:00:00" || timeline.NewHandle(e.To[0], "bill", 1).Address != "+447700900123" || e.Extra.Get("duration") != "80 s" || e.Source.Record != "sheet Calls, row 2" {
		t.Errorf("%+v", e)
	}
	cut := b.Bytes()[:b.Len()/2]
	if r := read(t, "b.xlsx", string(cut), importers.Assume{}); !errors.Is(r.Err, importers.ErrNotMine) {
		t.Error("a workbook that is cut off is left to others:", r.Err)
	}
}
