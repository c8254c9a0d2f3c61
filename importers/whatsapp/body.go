package whatsapp

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"daybook/timeline"
)

// body is the text of a message while it is taken apart.
type body struct {
	e     *timeline.Event
	text  string
	files *folder
	mark  bool // the text begins with U+200E: the app wrote its start
	tight bool // nothing stands between the colon and the text
	app   bool // app texts may stand here: there is a mark, or this export has none at all
	alone bool // no person has written anything before it that it could be a part of
}

// byApp flags a text that is one of the app's: as the app's where a mark or its
// place says so, and else as what a person may have typed as well.
func (b *body) byApp() {
	if b.mark || b.alone || !b.files.unmarked {
		flag(b.e, timeline.AppText)
		return
	}
	flag(b.e, timeline.AppOrTyped)
}

// read finds out what a message is: something the app says, a file, a poll, a
// place, or what a person typed.
func (b *body) read() {
	b.edited()
	switch {
	case b.e.From == timeline.Party{}:
		b.e.Kind = timeline.System
		if s := say(b.text); s.app == missedVoice || s.app == missedVideo {
			b.ring(s.app, "")
		}
		b.plain()
		b.byApp()
		return
	case b.empty():
	case b.poll(), b.attached(), b.place():
		if b.e.Extra.Get("poll question") != "" && !b.mark {
			b.byApp()
		}
		return // the app wrote it down, and a person sent it
	case b.said(), b.call(), b.deletedBy():
		if len(b.e.Files) > 0 {
			return // a person sent a file, which was left out: its note says so
		}
		b.byApp()
	case b.mark && b.app && b.files.bracket:
		b.e.Kind = timeline.System // written by the app in the name of a person or of the group
		b.plain()
	}
	if b.mark {
		flag(b.e, timeline.AppText)
	}
}

// plain takes the marks out of a text that the app wrote.
func (b *body) plain() { b.text = strings.TrimSpace(stripMarks(b.text)) }

func stripMarks(s string) string {
	if !strings.ContainsRune(s, '\u200e') && !strings.ContainsRune(s, '\u200f') {
		return s
	}
	return strings.NewReplacer("\u200e", "", "\u200f", "").Replace(s)
}

func (b *body) set(key, value string) {
	if b.e.Extra == nil {
		b.e.Extra = timeline.Facts{}
	}
	b.e.Extra.Set(key, value)
}

// edited takes off the app's note at the end of a text, where a mark says that
// it is the app's.
func (b *body) edited() {
	t := strings.TrimRight(b.text, " \u200e\n")
	if !strings.HasSuffix(t, ">") {
		return
	}
	i := strings.LastIndexByte(t, '<')
	if i < 0 || phrases[foldNote(t[i:])].app != edited {
		return
	}
	before := t[:i]
	if !b.files.unmarked && !strings.HasSuffix(before, "\u200e") {
		return
	}
	b.e.Flags = append(b.e.Flags, timeline.Edited)
	if !strings.HasSuffix(before, "\u200e") {
		flag(b.e, timeline.AppOrTyped)
		return // the words stay: they may be the person's own
	}
	b.text = strings.TrimRight(strings.TrimRight(before, "\u200e"), " ")
}

// foldNote folds "<… .>" as "<…>".
func foldNote(s string) string {
	return fold(strings.TrimRight(strings.TrimSuffix(s, ">"), ". ") + ">")
}

const nothingShown = "the export shows nothing here: a message to be viewed once, a call, or one this version of WhatsApp could not export"

// empty is a message without content, which some Androids write as "Name: null"
// or "Name:.".
func (b *body) empty() bool {
	switch stripMarks(b.text) {
	case "":
		if slices.Contains(b.e.Flags, timeline.Edited) {
			return false
		}
	case "null":
		if b.files.bracket {
			return false
		}
	case ".":
		if !b.tight {
			return false
		}
	default:
		return false
	}
	b.set("content", nothingShown)
	return true
}

// said recognises a text that is one of the app's phrases, alone or after the
// title of a document, or with a caption below.
func (b *body) said() bool {
	if !b.app && !strings.ContainsRune(b.text, '\u200e') {
		return false
	}
	first, caption, _ := strings.Cut(b.text, "\n")
	if len(first) > longestPhrase {
		return false
	}
	title := ""
	s := say(first)
	if i := strings.LastIndex(first, "\u200e"); i > 0 && (s.app == typed || !b.app) {
		title = strings.TrimSpace(stripMarks(first[:i]))
		if s = say(first[i:]); s.app != leftOut {
			return false
		}
	} else if !b.app {
		return false
	}
	if caption != "" && s.app != leftOut {
		return false
	}
	switch s.app {
	case leftOut:
		b.leftOut(s, first, title, caption)
	case deleted:
		b.e.Flags = append(b.e.Flags, timeline.Deleted)
		b.plain()
	case missedVoice, missedVideo:
		b.ring(s.app, "")
	case liveLocation:
		b.set("live location", "yes")
		b.plain()
	case viewOnce:
		b.set("content", nothingShown)
		b.plain()
	case unreadable:
		b.set("content", "the app could not show this message when the chat was exported")
		b.plain()
	default:
		return false
	}
	return true
}

func (b *body) leftOut(s saying, words, title, caption string) {
	name, note := title, "left out by the app when the chat was exported"
	if name == "" {
		name = strings.Trim(strings.TrimSpace(stripMarks(words)), "<>")
	}
	if !b.mark && title == "" {
		note = "left out by the app when the chat was exported, or typed so: this export does not tell the two apart"
	}
	b.e.Files = append(b.e.Files, timeline.Attachment{Name: name, Missing: true, Note: note})
	b.set("media", s.media)
	b.text = strings.TrimSpace(caption)
}

// call reads "Missed voice call, Tap to call back" and "Video call, 5 min".
func (b *body) call() bool {
	if !b.app || !b.files.bracket || len(b.text) > longestPhrase || strings.Contains(b.text, "\n") {
		return false
	}
	t := strings.TrimSpace(stripMarks(b.text))
	i := strings.IndexAny(t, ",.;،、，")
	if i < 0 {
		i = len(t)
	}
	s := say(t[:i])
	if s.app < missedVoice || s.app > videoCall {
		return false
	}
	rest := strings.TrimRight(strings.TrimLeft(t[i:], ",.;،、， "), ".。 ")
	b.ring(s.app, rest)
	return true
}

func (b *body) ring(a app, rest string) {
	b.e.Kind = timeline.Call
	b.plain()
	video := "no"
	if a == missedVideo || a == videoCall {
		video = "yes"
	}
	b.set("video", video)
	missed := "no"
	if a == missedVoice || a == missedVideo {
		missed = "yes"
	}
	b.set("missed", missed)
	if rest == "" || missed == "yes" {
		return
	}
	if startsDigit([]byte(rest)) {
		b.set("duration", rest)
	} else {
		b.set("outcome", rest)
	}
}

// A poll is written as a word in capitals in the phone's language, the
// question, and a line an option with its votes.
var (
	pollHead   = regexp.MustCompile(`^[\x{200e}\x{200f}]*(\p{L}[\p{Lu}\p{Lo}\p{M} ]{1,30}):\s*(.*)$`)
	pollOption = regexp.MustCompile(`^[\x{200e}\x{200f}]*\p{L}[\p{Lu}\p{Lo}\p{M} ]{1,30}:\s*(.*?)\s*\([\x{200e}\x{200f}]*(\p{Nd}+)\s+[^()]+\)$`)
)

func (b *body) poll() bool {
	if !b.app || !strings.Contains(b.text, "\n") || !strings.HasSuffix(strings.TrimRight(b.text, "\n"), ")") {
		return false
	}
	lines := strings.Split(strings.TrimRight(b.text, "\n"), "\n")
	head := pollHead.FindStringSubmatch(lines[0])
	if head == nil || head[1] != strings.ToUpper(head[1]) {
		return false
	}
	n := len(lines)
	var options [][]string
	for n > 1 {
		o := pollOption.FindStringSubmatch(lines[n-1])
		if o == nil {
			break
		}
		options = append(options, o[1:])
		n--
	}
	question := strings.TrimSpace(strings.Join(append([]string{head[2]}, lines[1:n]...), "\n"))
	if len(options) == 0 || question == "" {
		return false
	}
	b.set("poll question", question)
	for i := range options {
		o := options[len(options)-1-i]
		b.set("poll option "+strconv.Itoa(i+1), o[0])
		b.set("poll votes "+strconv.Itoa(i+1), asciiDigits(o[1]))
	}
	b.plain()
	return true
}

func asciiDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if v, _ := digit(r); v >= 0 {
			return rune('0' + v)
		}
		return r
	}, s)
}

// deletedBy is "This message was deleted by admin Bob."
func (b *body) deletedBy() bool {
	if !b.app || !strings.HasPrefix(stripMarks(b.text), "This message was deleted by admin ") || len(b.text) > longestPhrase {
		return false
	}
	b.e.Flags = append(b.e.Flags, timeline.Deleted)
	b.plain()
	return true
}

var (
	mapLink   = regexp.MustCompile(`https://maps\.google\.com/\?q=(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)$`)
	venueLink = regexp.MustCompile(`(?s)^(.{1,300}?):?\s+https://foursquare\.com/v/\S+$`)
	placeWord = regexp.MustCompile(`^[\p{L}\p{M} ]{1,40}:\s*$`)
)

// place reads a shared position: "Location: https://maps.google.com/?q=…", or
// a venue and its link.
func (b *body) place() bool {
	if !strings.Contains(b.text, "https://") || len(b.text) > 2000 {
		return false
	}
	t := strings.TrimSpace(stripMarks(b.text))
	if m := mapLink.FindStringSubmatchIndex(t); m != nil {
		lat, err1 := strconv.ParseFloat(t[m[2]:m[3]], 64)
		lon, err2 := strconv.ParseFloat(t[m[4]:m[5]], 64)
		if err1 != nil || err2 != nil || lat < -90 || lat > 90 || lon < -180 || lon > 180 {
			return false
		}
		b.e.Place = timeline.Place{Lat: lat, Lon: lon, Fix: true}
		if before := strings.TrimSpace(t[:m[0]]); !placeWord.MatchString(before) {
			b.e.Place.Name = strings.TrimSuffix(before, ":")
		}
		b.unmark(t)
		return true
	}
	if m := venueLink.FindStringSubmatch(t); m != nil {
		b.e.Place.Name = m[1]
		b.unmark(t)
		return true
	}
	return false
}

func (b *body) unmark(t string) {
	if b.mark {
		b.text = t
	}
}
