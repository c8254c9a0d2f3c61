package whatsapp

import (
	"strings"
	"testing"

	"daybook/importers"
	"daybook/timeline"
)

// TestPhrasesDoNotMeet finds a phrase that two lists hold, and one that the
// quick way and the slow way fold differently.
func TestPhrasesDoNotMeet(t *testing.T) {
	seen := map[string]string{}
	for _, list := range []string{imageLeftOut, videoLeftOut, audioLeftOut, stickerLeftOut, gifLeftOut, documentLeftOut, contactLeftOut, fileLeftOut,
		deletedTexts, editedTexts, missedVoiceTexts, missedVideoTexts, voiceTexts, videoTexts, liveTexts, viewOnceTexts, unreadableTexts} {
		for w := range strings.SplitSeq(list, "|") {
			if other, ok := seen[fold(w)]; ok && other != list {
				t.Errorf("%q stands in two lists", w)
			}
			seen[fold(w)] = list
			if say(w) != phrases[fold(w)] || say(w).app == typed || say(appMark+w+".") != say(w) {
				t.Errorf("%q says %v", w, say(w))
			}
		}
	}
}

// TestLeftOutEverywhere reads each phrase for a file that was left out on both
// platforms, and on an iPhone typed by a person.
func TestLeftOutEverywhere(t *testing.T) {
	const android, iphone = "13/12/2024, 21:05 - Sam: ", "[13/12/2024, 21:05:33] Sam: "
	for w := range strings.SplitSeq(imageLeftOut+"|"+fileLeftOut, "|") {
		for _, tt := range []struct {
			chat    string
			missing bool
			app     bool
		}{
			{android + w + "\n", true, false},
			{iphone + appMark + w + "\n", true, false}, // somebody sent the file
			{iphone + w + "\n" + iphone + appMark + "This message was deleted.\n", false, false},
		} {
			got, r := read(t, "_chat.txt", tt.chat, importers.Assume{})
			if r.Err != nil {
				t.Fatal(r.Err)
			}
			missing := len(r.Events[0].Files) == 1 && r.Events[0].Files[0].Missing
			if missing != tt.missing || got[0].App != tt.app || got[0].Kind != timeline.Message {
				t.Errorf("%q: missing %v, app %v, kind %s", tt.chat, missing, got[0].App, got[0].Kind)
			}
		}
	}
}

// TestNothingShown tells a message without content from a full stop.
func TestNothingShown(t *testing.T) {
	const android, iphone = "13/12/2024, 21:05 - Sam: ", "[13/12/2024, 21:05:33] Sam: "
	for chat, want := range map[string]bool{
		android + ".\n": false, android + "null\n": true, android + "\n": true, android[:len(android)-1] + ".\n": true,
		iphone + "null\n": false, iphone + "\n": true, iphone + ".\n": false,
	} {
		_, r := read(t, "_chat.txt", chat, importers.Assume{})
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		if got := r.Events[0].Extra.Get("content") != ""; got != want {
			t.Errorf("%q: nothing shown is %v", chat, got)
		}
	}
}

// TestPhraseAndMore is a text of which only the first line is one of the app's.
func TestPhraseAndMore(t *testing.T) {
	got, r := read(t, "_chat.txt", "13/12/2024, 21:05 - Sam: This message was deleted\nor was it?\n", importers.Assume{})
	if r.Err != nil || len(r.Events[0].Flags) > 0 || got[0].Text != "This message was deleted\nor was it?" {
		t.Errorf("%+v, %v", r.Events, r.Err)
	}
}

// TestAttachedEverywhere reads the note of a file in each language.
func TestAttachedEverywhere(t *testing.T) {
	for w := range attachedWords {
		for _, chat := range []string{
			"13/12/2024, 21:05 - Sam: Letter (2).pdf (" + w + ")\n",
			"[13/12/2024, 21:05:33] Sam: " + appMark + "<" + w + ": Letter (2).pdf>\n",
			"[13/12/2024, 21:05:33] Sam: " + appMark + "<" + w + " : Letter (2).pdf>\n",
		} {
			_, r := read(t, "_chat.txt", chat, importers.Assume{})
			if r.Err != nil || len(r.Events[0].Files) != 1 || r.Events[0].Files[0].Name != "Letter (2).pdf" || r.Events[0].Text != "" {
				t.Errorf("%q: %+v, %v", chat, r.Events, r.Err)
			}
		}
	}
}

func TestFileNames(t *testing.T) {
	for _, tt := range []struct{ file, thread string }{
		{"WhatsApp Chat with Sam Reed.txt", "Sam Reed"},
		{"a/b/WhatsApp Chat with Sam Reed (1).txt", "Sam Reed"},
		{"WhatsApp_Chat_with_Sam_Reed.txt", "Sam Reed"},
		{"WhatsApp-Chat mit Jörg.txt", "Jörg"},
		{"Chat de WhatsApp con Ana.txt", "Ana"},
		{"WhatsApp Chat - Family/_chat.txt", "Family"},
		{"WhatsApp Chat - Family.zip/_chat.txt", "Family"},
		{"_chat.txt", ""},
		{"sam.txt", "sam"},
	} {
		if got := threadName(tt.file); got != tt.thread {
			t.Errorf("%s is a chat with %q, want %q", tt.file, got, tt.thread)
		}
	}
}

func TestOwner(t *testing.T) {
	const chat = "13/12/2024, 21:05 - \u202a+44 7700 900123\u202c: a\n13/12/2024, 21:05 - Alice: b\n13/12/2024, 21:05 - You: c\n"
	for owner, want := range map[string]string{"+447700900123": "+44 7700 900123", "Alice": "Alice", "alice": "", "": ""} {
		_, r := read(t, "_chat.txt", chat, importers.Assume{Owner: owner})
		got := ""
		for _, e := range r.Events[:2] {
			if e.From.Owner {
				got += e.From.Name + e.From.Address
			}
		}
		if got != want || !r.Events[2].From.Owner {
			t.Errorf("with the owner %q it is %q, want %q, and You", owner, got, want)
		}
	}
}
