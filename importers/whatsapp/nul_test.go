package whatsapp

import (
	"slices"
	"strings"
	"testing"

	"daybook/importers"
	"daybook/timeline"
)

// TestControlCharacters reads a chat with bytes in it that are no text.
func TestControlCharacters(t *testing.T) {
	const before = "24/12/2024, 10:00 - A: 1\n24/12/2024, 10:01 - B: 2"
	for _, tt := range []struct {
		name, chat string
		texts      string // parted by |
		flag       timeline.Flag
		row        int
		end        string
	}{
		{"NULs after the last line", before + "\n" + strings.Repeat("\x00", 512), "1|2", timeline.Truncated, 1, "512 NUL bytes, left out of the text"},
		{"NULs in place of the rest of a line", before + strings.Repeat("\x00", 3<<20), "1|2", timeline.Truncated, 1, "3145728 NUL bytes, left out of the text"},
		{"a NUL in a text", before + "\n24/12/2024, 10:02 - A: hel\x00lo\n", "1|2|hel\u2400lo", timeline.Undecoded, 2, ""},
		{"NULs at the end of a text that others follow", before + "\x00\x00\n24/12/2024, 10:02 - A: 3\n", "1|2\u2400\u2400|3", timeline.Undecoded, 1, ""},
		{"NULs within a line of its own", before + "\n\x00\n24/12/2024, 10:02 - A: 3\n", "1|2\n\u2400|3", timeline.Undecoded, 1, ""},
		{"an escape and a delete", before + "\x1b[2J\x7f\n", "1|2\u241b[2J\u2421", timeline.Undecoded, 1, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, r := read(t, "_chat.txt", tt.chat, importers.Assume{DateOrder: dmy})
			if r.Err != nil {
				t.Fatal(r.Err)
			}
			var texts []string
			for i, m := range got {
				texts = append(texts, m.Text)
				if flagged := slices.Contains(r.Events[i].Flags, tt.flag); flagged != (i == tt.row) {
					t.Errorf("row %d is flagged %v", i, r.Events[i].Flags)
				}
			}
			if s := strings.Join(texts, "|"); s != tt.texts {
				t.Errorf("%q, want %q", s, tt.texts)
			}
			if end := r.Events[tt.row].Extra.Get("file end"); end != tt.end {
				t.Errorf("file end: %q, want %q", end, tt.end)
			}
		})
	}
}

// TestControlCharacterInName is a name that is another's with a NUL in it.
func TestControlCharacterInName(t *testing.T) {
	chat := "24/12/2024, 10:00 - A: 1\n24/12/2024, 10:01 - B: 2\n24/12/2024, 10:02 - A\x00: forged\n24/12/2024, 10:03 - A: 3\n"
	got, r := read(t, "_chat.txt", chat, importers.Assume{DateOrder: dmy})
	if r.Err != nil || len(got) != 3 || !got[1].Forged {
		t.Errorf("%+v, %v", got, r.Err)
	}
}
