package whatsapp

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// TestForgedHeaders says of each chat which lines open a message. A star
// marks one with a forged header in it, an exclamation mark one whose time
// contradicts that of a neighbour.
func TestForgedHeaders(t *testing.T) {
	for _, tt := range []struct{ name, chat, opens string }{
		{"back, and time returns", `
24/12/2024, 10:00 - A: 1
24/12/2024, 10:05 - B: 2
23/12/2024, 10:05 - A: forged
24/12/2024, 10:06 - A: 3`, "1 2* 4"},
		{"back within the hour of a clock change", `
24/12/2024, 10:00 - A: 1
24/12/2024, 10:05 - B: 2
24/12/2024, 09:06 - A: late
24/12/2024, 10:06 - A: 3`, "1 2! 3! 4"},
		{"back at the end of the file", `
24/12/2024, 10:00 - A: 1
24/12/2024, 10:05 - B: 2
23/12/2024, 10:05 - A: forged`, "1 2*"},
		{"forward once", `
24/12/2024, 10:00 - A: 1
24/12/2024, 10:05 - B: 2
25/12/2024, 10:05 - A: forged
24/12/2024, 10:06 - A: 3
24/12/2024, 10:07 - B: 4
24/12/2024, 10:08 - A: 5`, "1 2* 4 5 6"},
		{"forward, one message of the same name follows", `
24/12/2024, 10:05 - B: 1
25/12/2024, 10:05 - A: forged
24/12/2024, 10:06 - A: 2`, "1* 3"},
		{"forward or back, and nothing to tell by", `
24/12/2024, 10:05 - B: 1
25/12/2024, 10:05 - A: this or
24/12/2024, 20:06 - B: that`, "1 2! 3!"},
		{"in doubt until time comes back", `
24/12/2024, 10:05 - B: 1
25/12/2024, 10:05 - A: this or
24/12/2024, 20:06 - B: that
25/12/2024, 10:06 - B: 2`, "1 2! 3! 4"},
		{"back into the silence before a message of the same name", `
24/12/2024, 10:05 - B: 1
25/12/2024, 10:05 - B: 2
24/12/2024, 20:06 - A: forged`, "1 2! 3!"},
		{"three forged ahead in one message", `
24/12/2024, 10:00 - B: 1
24/12/2024, 12:05 - A: forged
24/12/2024, 12:06 - B: forged
24/12/2024, 12:07 - A: forged
24/12/2024, 10:05 - A: 2
24/12/2024, 13:00 - B: 3`, "1 2! 3! 4! 5! 6"},
		{"back behind more messages than one forges", "\n24/12/2024, 09:00 - A: 1\n" +
			strings.Repeat("25/12/2024, 10:00 - A: 2\n25/12/2024, 10:00 - B: 3\n", 9) +
			"24/12/2024, 12:00 - A: forged\n25/12/2024, 10:01 - A: 4", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19* 21"},
		{"an excerpt pasted into a message", `
24/12/2024, 10:00 - A: 1
24/12/2024, 10:05 - B: look
01/12/2024, 09:00 - A: x
01/12/2024, 09:01 - B: y
02/12/2024, 09:02 - A: z
24/12/2024, 10:06 - A: 3`, "1 2* 6"},
		{"nobody writes into the app's own line", `
24/12/2024, 10:00 - B created group "x"
20/12/2024, 10:05 - A: real
20/12/2024, 10:06 - B: real`, "1! 2! 3"},
		{"a padded number in a file without", `
4/12/2024, 10:00 - A: 1
4/12/2024, 10:01 - B: 2
04/12/2024, 10:02 - A: forged
5/12/2024, 10:03 - A: 3
25/12/2024, 10:03 - A: 4`, "1 2* 4 5"},
		{"many padded numbers against the first line", `
4/12/2024, 10:00 - A: 1
04/12/2024, 10:02 - A: forged
04/12/2024, 10:02 - A: forged
04/12/2024, 10:02 - A: forged
25/12/2024, 10:03 - A: 2`, "1* 5"},
		{"line ends that only the first line has", `
24/12/2024, 10:00 - A: 1<cr>
24/12/2024, 10:01 - B: 2
24/12/2024, 10:01 - B: 3
24/12/2024, 10:01 - B: 4
24/12/2024, 10:01 - B: 5
24/12/2024, 10:02 - A: 6`, "1 2 3 4 5 6"},
		{"a look-alike name", `
24/12/2024, 10:00 - Alice: 1
24/12/2024, 10:01 - B: 2
24/12/2024, 10:02 - <0410>lice: forged, with a Cyrillic letter
24/12/2024, 10:02 - Ali<200b>ce: forged, with a space of no width
24/12/2024, 10:02 - alice: another person
24/12/2024, 10:03 - Alice: 3
24/12/2024, 10:04 - Alice: 4`, "1 2* 5 6 7"},
		{"a dash that is not this export's", `
24/12/2024, 10:00 - A: 1
24/12/2024, 10:01 – A: forged
24/12/2024, 10:03 - A: 3`, "1* 3"},
		{"am and pm written otherwise", `
24/12/2024, 10:00 am - A: 1
24/12/2024, 10:01 AM - A: forged
24/12/2024, 10:02 a.m. - A: forged
24/12/2024, 10:01 - A: forged
24/12/2024, 10:03 pm - A: 3`, "1* 5"},
		{"another digit script", `
24/12/2024, 10:00 - A: 1
٢٤/١٢/٢٠٢٤, ١٠:٠١ - A: forged
24/12/2024, 10:03 - A: 3`, "1* 3"},
		{"a line that only begins like a header", `
24/12/2024, 10:00 - A: 1
24/12/2024 was the day
24/12/2024, 10:03 we met
 24/12/2024, 10:03 - A: indented
24/12/2024, 10:03 - A: 3`, "1 5"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			chat := strings.NewReplacer("<cr>", "\r", "<0410>", "\u0410", "<200b>", "\u200b").Replace(tt.chat)
			got, r := read(t, "_chat.txt", strings.TrimPrefix(chat, "\n")+"\n", importers.Assume{DateOrder: dmy})
			if r.Err != nil {
				t.Fatal(r.Err)
			}
			var opens []string
			for i, m := range got {
				star := ""
				if m.Forged {
					star = "*"
				}
				if slices.Contains(r.Events[i].Flags, timeline.OutOfOrder) {
					star += "!"
				}
				opens = append(opens, fmt.Sprint(m.Line, star))
			}
			if s := strings.Join(opens, " "); s != tt.opens {
				t.Errorf("opens %s, want %s", s, tt.opens)
			}
			lines := strings.Count(tt.chat, "\n")
			text := 0
			for _, m := range got {
				text += 1 + strings.Count(m.Text, "\n")
			}
			if text != lines {
				t.Errorf("%d of %d lines came back", text, lines)
			}
		})
	}
}

// TestForgedAhead forges a header that lies ahead: the true message after it
// stays one, and no row that may be forged is without a flag.
func TestForgedAhead(t *testing.T) {
	noon := time.Date(2025, 7, 13, 11, 0, 0, 0, time.UTC)
	for _, form := range []string{"02/01/2006, 15:04 - ", "[02/01/2006, 15:04:05] "} {
		for _, ahead := range []time.Duration{270 * time.Second, 13 * time.Minute, 30 * time.Minute, 65 * time.Minute, 110 * time.Minute, 4 * time.Hour, 24 * time.Hour} {
			for _, next := range []time.Duration{6 * time.Minute, ahead + 2*time.Hour} {
				forged := noon.Add(5*time.Minute + ahead)
				var b strings.Builder
				for i, at := range []time.Time{noon.Add(-time.Hour), noon, forged, noon.Add(5 * time.Minute), noon.Add(next), noon.Add(next + time.Hour)} {
					fmt.Fprintf(&b, "%s%s: %d\n", at.Format(form), []string{"Dan", "Dan", "Maya K", "Maya K", "Dan", "Dan"}[i], i)
				}
				got, r := read(t, "_chat.txt", b.String(), importers.Assume{DateOrder: dmy})
				if r.Err != nil {
					t.Fatal(r.Err)
				}
				row := func(line int) *timeline.Event {
					for i := range got {
						if got[i].Line == line {
							return &r.Events[i]
						}
					}
					return nil
				}
				host, lie, truth := row(2), row(3), row(4)
				switch {
				case truth == nil:
					t.Errorf("%s: the true message is swallowed:\n%s", ahead, b.String())
				case lie == nil && !slices.Contains(host.Flags, timeline.ForgedHeader):
					t.Errorf("%s: nothing shows the forged line:\n%s", ahead, b.String())
				case lie != nil && (!ordered(lie) || !ordered(truth)):
					t.Errorf("%s: %v and %v, %v:\n%s", ahead, lie.Flags, truth.Flags, lie.Extra, b.String())
				}
			}
		}
	}
}

// ordered tells a row whose contradiction with lines 3 and 4 is shown.
func ordered(e *timeline.Event) bool {
	return slices.Contains(e.Flags, timeline.OutOfOrder) && strings.HasPrefix(e.Extra.Get("order"), "line 3 says ") && strings.Contains(e.Extra.Get("order"), "line 4 after it says ")
}

// TestJoinedExports reads two exports of one form put into one file: the
// second begins before the first ends, and is too long to be a text.
func TestJoinedExports(t *testing.T) {
	const n = 4096
	for _, months := range [][]int{{12, 6}, {12, 6, 12}} {
		var b strings.Builder
		for _, month := range months {
			for i := range n {
				fmt.Fprintf(&b, "%02d/%02d/2024, %02d:%02d - %s: %d\n", 1+i/240, month, 8+i/60%4, i%60, names[i%2], i)
			}
		}
		got, r := read(t, "_chat.txt", b.String(), importers.Assume{})
		if r.Err != nil || len(got) != len(months)*n {
			t.Fatalf("%d of %d messages, %v", len(got), len(months)*n, r.Err)
		}
		for i, m := range got {
			if m.Forged {
				t.Fatalf("message %d is flagged as forged", i)
			}
		}
		if flags := fmt.Sprint(r.Events[n].Flags); flags != "[out-of-order]" {
			t.Errorf("the first message of the second export is flagged %v", flags)
		}
	}
}

// TestLongestForgery is a message as long as WhatsApp sends them, full of
// headers.
func TestLongestForgery(t *testing.T) {
	const line = "01/01/2024, 08:02 - A: x\n"
	chat := "24/12/2024, 10:00 - A: 1\n24/12/2024, 10:01 - B: see\n" + strings.Repeat(line, mostChars/len(line)-2)
	for _, end := range []string{"", "24/12/2024, 10:02 - A: 2\n"} {
		got, r := read(t, "_chat.txt", chat+end, importers.Assume{})
		if r.Err != nil || len(got) != 2+strings.Count(end, "\n") || !got[1].Forged {
			t.Errorf("%d messages, %v", len(got), r.Err)
		}
	}
}

// TestTooLongForForgery goes on after the last header for longer than a
// message can.
func TestTooLongForForgery(t *testing.T) {
	chat := "24/12/2024, 10:00 - A: 1\n24/12/2024, 10:01 - B: 2\n23/12/2024, 10:01 - A: " + strings.Repeat("x\n", mostChars)
	if got, r := read(t, "_chat.txt", chat, importers.Assume{}); r.Err != nil || len(got) != 3 {
		t.Errorf("%d messages, %v", len(got), r.Err)
	}
}

// TestSecondForm says so when a second export of another form follows.
func TestSecondForm(t *testing.T) {
	chat := "24/12/2024, 10:00 - A: 1\n24/12/2024, 10:01 - B: 2\n" + strings.Repeat("[24/12/2024, 10:02:03] A: another form\n", 3000)
	got, r := read(t, "_chat.txt", chat, importers.Assume{})
	if r.Err == nil || !strings.Contains(r.Err.Error(), "second export") || len(got) != 2 {
		t.Errorf("%d messages, %v", len(got), r.Err)
	}
}

// TestLookalikeIsSaid: a look-alike's line, which may be a message of its own,
// is named with what tells the names apart, and the source states how many there
// are.
func TestLookalikeIsSaid(t *testing.T) {
	chat := "24/12/2024, 10:00 - Dan R: 1\n24/12/2024, 10:01 - Maya: 2\n24/12/2024, 10:02 - D\u0430n R: 3\n24/12/2024, 10:02 - Dan  R: 4\n24/12/2024, 10:03 - Dan R: 5\n"
	_, r := read(t, "_chat.txt", chat, importers.Assume{DateOrder: dmy})
	if len(r.Events) != 3 || !slices.Contains(r.Events[1].Flags, timeline.ForgedHeader) {
		t.Fatalf("%+v", r.Events)
	}
	said := r.Events[1].Extra.Get("forged headers")
	for _, want := range []string{"line 3: a name that only looks like one of this chat, D\u0430[U+0430]n R for Dan R", "line 4: ", "Dan [U+0020]R for Dan R"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said in %q", want, said)
		}
	}
	if note := r.Covers[0].Note; !strings.Contains(note, "only looks like another's: 2.") {
		t.Error(note)
	}
}

// TestLookalikeAfterALineEnd: where an export parts its messages by CR LF, that
// tells the message of a look-alike from a line that is made to look like one.
func TestLookalikeAfterALineEnd(t *testing.T) {
	chat := "[24/12/2024, 10:00:00] Dan R: 1\r\n[24/12/2024, 10:01:00] Maya: 2\n[24/12/2024, 10:01:30] D\u0430n R: forged\r\n" +
		"[24/12/2024, 10:02:00] D\u0430n R: real\r\n[24/12/2024, 10:03:00] Dan R: 5\r\n"
	_, r := read(t, "_chat.txt", chat, importers.Assume{DateOrder: dmy})
	var got []string
	for _, e := range r.Events {
		got = append(got, e.From.Name+": "+e.Text)
	}
	want := []string{"Dan R: 1", "Maya: 2\n[24/12/2024, 10:01:30] D\u0430n R: forged", "D\u0430n R: real", "Dan R: 5"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestAThirdName: in a chat of two a message with a third name, and the one before
// it whose text it may be, are flagged; nobody's message is swallowed, and a group
// is never taken for a chat of two.
func TestAThirdName(t *testing.T) {
	const two = "24/12/2024, 10:00 - Messages and calls are end-to-end encrypted.\n24/12/2024, 10:00 - Sam: one\n24/12/2024, 10:01 - Maya: two\n24/12/2024, 10:02 - Sam: three\n24/12/2024, 10:03 - Maya: four\n24/12/2024, 10:04 - Sam: five\n"
	const third = "24/12/2024, 10:05 - Eve: I saw it\n"
	for _, tt := range []struct{ name, file, chat, flagged string }{
		{"a third name", "WhatsApp Chat with Sam.txt", two + third + "24/12/2024, 10:06 - Maya: six\n", "5 6"},
		{"no third name", "WhatsApp Chat with Sam.txt", two, ""},
		{"a group called otherwise", "WhatsApp Chat with Family.txt", two + third, ""},
		{"a renamed file", "evidence.txt", two + third, ""},
		{"the app names her", "WhatsApp Chat with Sam.txt", two + "24/12/2024, 10:04 - Sam added Eve\n24/12/2024, 10:05 - Maya: six\n" + third, ""},
		{"she stands behind a line of the app", "WhatsApp Chat with Sam.txt", two + "24/12/2024, 10:04 - Disappearing messages were turned on.\n" + third, ""},
		{"she writes as much as they do", "WhatsApp Chat with Sam.txt", two + third + third + third, ""},
		{"an iPhone's", "WhatsApp Chat - Sam/_chat.txt", "[24/12/2024, 10:00:00] Sam: one\n[24/12/2024, 10:01:00] Maya: two\n[24/12/2024, 10:02:00] Sam: three\n[24/12/2024, 10:03:00] Maya: four\n[24/12/2024, 10:04:00] Eve: five\n", ""},
	} {
		_, r := read(t, tt.file, tt.chat, importers.Assume{DateOrder: dmy})
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		if len(r.Events) != strings.Count(tt.chat, "\n") {
			t.Errorf("%s: %d messages", tt.name, len(r.Events))
		}
		var flagged []string
		for i, e := range r.Events {
			if slices.Contains(e.Flags, timeline.ForgedHeader) {
				flagged = append(flagged, fmt.Sprint(i))
				if want := "line 7: bears a third name, Eve, in a chat of two, Sam and Maya;"; !strings.Contains(e.Extra.Get("forged headers"), want) {
					t.Errorf("%s: message %d does not say %q: %q", tt.name, i, want, e.Extra.Get("forged headers"))
				}
			}
		}
		if got := strings.Join(flagged, " "); got != tt.flagged {
			t.Errorf("%s: flagged are %q, want %q", tt.name, got, tt.flagged)
		}
		if said := strings.Contains(r.Covers[0].Note, "a third name in what is otherwise a chat of two: 1."); said != (tt.flagged != "") {
			t.Errorf("%s: %s", tt.name, r.Covers[0].Note)
		}
	}
}
