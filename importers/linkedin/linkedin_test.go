package linkedin

import (
	"context"
	"testing"
	"testing/fstest"

	"daybook/importers"
	"daybook/importers/importertest"
)

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

func TestUndouble(t *testing.T) {
	for printed, want := range map[string]string{
		"ZoÃ«":           "Zoë",
		"Ã¢â‚¬â„¢":       "â€™", // once, and no more
		"it’s a cafÃ©":   "it’s a cafÃ©",
		"Ã and É":        "Ã and É",
		"Привет":         "Привет",
		"Ð\u009fÑ\u0080": "Пр",
		"ðŸ˜€ ok":        "😀 ok",
		"CAFÉ®":          "CAFÉ®",
	} {
		if got := undouble(printed, nil); got != want {
			t.Errorf("%q: %q, want %q", printed, got, want)
		}
	}
}

// TestOwner: who the owner is comes from the export, never from a name alone.
func TestOwner(t *testing.T) {
	const header = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT\n"
	const a, b, c = "https://www.linkedin.com/in/a", "https://www.linkedin.com/in/b", "https://www.linkedin.com/in/c"
	for name, test := range map[string]struct{ messages, invitations, want string }{
		"one other is not enough":   {messages: "1,A," + a + ",B," + b + ",2024-01-01 00:00:00 UTC,x\n"},
		"the one that is in all":    {messages: "1,A," + a + ",B," + b + ",2024-01-01 00:00:00 UTC,x\n2,C," + c + ",A," + a + ",2024-01-01 00:00:00 UTC,x\n", want: a},
		"a group of three":          {messages: "1,A," + a + ",\"B, C\",\"" + b + "," + c + "\",2024-01-01 00:00:00 UTC,x\n"},
		"invitations say it":        {invitations: "A,B,x,,OUTGOING," + a + "," + b + "\nC,A,x,,INCOMING," + c + "," + a + "\n", want: a},
		"invitations contradict it": {invitations: "A,B,x,,OUTGOING," + a + "," + b + "\nC,D,x,,OUTGOING," + c + "," + b + "\n"},
	} {
		tree := fstest.MapFS{
			"e/Invitations.csv": {Data: []byte("From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n" + test.invitations)},
			"e/Messages.csv":    {Data: []byte(header + test.messages)},
		}
		got, _, err := owner(context.Background(), importers.Source{FS: tree, Path: "e/messages.csv"})
		if err != nil || got != test.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, test.want)
		}
	}
}
