package whatsapp

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daybook/importers"
)

func TestAsk(t *testing.T) {
	const chat = "04/05/2024, 21:05 - Alice: one\n04/05/2024, 21:06 - Sam: two\n06/07/2024, 21:07 - Sam: three\n"
	_, r := read(t, "_chat.txt", chat, importers.Assume{})
	var ask *importers.Ask
	if !errors.As(r.Err, &ask) {
		t.Fatalf("want a question, got %v", r.Err)
	}
	want := &importers.Ask{What: "date-order", Text: ask.Text, Choices: []importers.Choice{
		{Value: "dmy", Example: "4 May 2024, 6 July 2024"},
		{Value: "mdy", Example: "5 April 2024, 7 June 2024"},
	}}
	if d := cmp.Diff(want, ask); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if len(r.Events)+len(r.Skips)+len(r.Covers) > 0 {
		t.Errorf("a question, after something was handed on: %+v", r)
	}
}

// TestOrder says in which order the first date of a chat is read; empty where
// a person must be asked.
func TestOrder(t *testing.T) {
	for _, tt := range []struct{ name, chat, answer, first string }{
		{"over twelve", "04/05/2024\n13/05/2024", "", "2024-05-04"},
		{"over twelve in the second", "04/05/2024\n04/13/2024", "", "2024-04-05"},
		{"what the file shows stands above the answer", "04/05/2024\n13/05/2024", "mdy", "2024-05-04"},
		{"a step back", "03/04/2024\n05/04/2024\n01/05/2024", "", "2024-04-03"},
		{"a step back the other way", "04/03/2024\n04/05/2024\n05/01/2024", "", "2024-04-03"},
		{"two digits, the year shows at the end", "05/12/24\n13/12/24", "", "2024-12-05"},
		{"two digits, the year shows at the beginning", "24/12/05\n24/12/31", "", "2024-12-05"},
		{"two digits, the year may be first or last", "13/12/24\n13/12/24", "", ""},
		{"two digits, the year answered", "13/12/24\n13/12/24", "ymd", "2013-12-24"},
		{"year first", "2024/03/04\n2024/03/05", "", "2024-03-04"},
		{"year first and day next", "2024/13/04\n2024/14/04", "", "2024-04-13"},
		{"year in the middle", "06/2018/13\n06/2018/14", "", "2018-06-13"},
		{"one impossible line among many", "04/05/2024\n05/05/2024\n06/05/2024\n07/05/2024\n08/05/2024\n14/05/2024\n15/05/2024\n16/05/2024\n17/05/2024\n05/18/2024", "", "2024-05-04"},
		{"the first line cannot be forged", "13/05/2024\n05/14/2024\n05/15/2024\n05/16/2024", "", "2024-05-13"},
		{"nothing to go by", "04/05/2024\n04/05/2024", "", ""},
		{"answered", "04/05/2024\n04/05/2024", "mdy", "2024-04-05"},
		{"the day changes and nothing else", "04/05/2024\n05/05/2024\n06/05/2024\n07/05/2024\n08/05/2024", "", "2024-05-04"},
		{"the day changes, too rarely", "04/05/2024\n05/05/2024", "", ""},
		{"a Buddhist year", "04/05/2567\n13/05/2567", "", "2024-05-04"},
		{"a leap day", "29/02/2024\n29/02/2024", "", "2024-02-29"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			chat := ""
			for _, d := range strings.Split(tt.chat, "\n") {
				chat += d + ", 21:05 - Alice: text\n"
			}
			got, r := read(t, "_chat.txt", chat, importers.Assume{DateOrder: importers.DateOrder(tt.answer)})
			first := ""
			if len(got) > 0 {
				first = got[0].At.Format(time.DateOnly)
			}
			if first != tt.first {
				t.Errorf("read %q, want %q (%v)", first, tt.first, r.Err)
			}
			if first == "" && !errors.As(r.Err, new(*importers.Ask)) {
				t.Errorf("no question: %v", r.Err)
			}
		})
	}
}

func TestNoDateAtAll(t *testing.T) {
	got, r := read(t, "_chat.txt", "99/99/2024, 21:05 - A: 1\n99/99/2024, 21:05 - A: 2\n", importers.Assume{DateOrder: dmy})
	if !errors.Is(r.Err, errNoDate) || len(got) > 0 {
		t.Errorf("%d messages and %v", len(got), r.Err)
	}
}

// TestPersian compares with dates of the Iranian civil calendar.
func TestPersian(t *testing.T) {
	for _, tt := range []struct {
		y, m, d int
		want    string
	}{
		{1400, 1, 1, "2021-03-21"}, {1399, 12, 30, "2021-03-20"}, {1403, 1, 1, "2024-03-20"}, {1403, 12, 30, "2025-03-20"},
		{1404, 1, 1, "2025-03-21"}, {1403, 10, 5, "2024-12-25"}, {1388, 1, 1, "2009-03-21"}, {1402, 6, 31, "2023-09-22"},
	} {
		day, ok := persian.day(tt.y, tt.m, tt.d)
		if got := at(day * 86400).Format(time.DateOnly); !ok || got != tt.want {
			t.Errorf("%d/%d/%d is %s, want %s", tt.y, tt.m, tt.d, got, tt.want)
		}
	}
	if _, ok := persian.day(1404, 12, 30); ok {
		t.Error("1404 has no 30 Esfand")
	}
}

func TestCivilDay(t *testing.T) {
	for day := civilDay(1999, 1, 1); day < civilDay(2101, 1, 1); day++ {
		d := at(day * 86400)
		if got, ok := gregorian.day(d.Year(), int(d.Month()), d.Day()); !ok || got != day {
			t.Fatalf("%s is day %d, want %d", d.Format(time.DateOnly), got, day)
		}
	}
}
