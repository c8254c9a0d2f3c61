package sample

import (
	"fmt"
	"strings"
	"time"
)

// line is one message of a chat while it is being made.
type line struct {
	at      time.Time
	from    string // empty: the app itself
	text    string
	kind    string
	files   []File
	twice   bool   // its wall clock is shown twice, so that nobody can tell the instant
	printed string // what stands in the file, where it differs from text
}

const stamp = "2006-01-02 15:04:05"

// danChat is the conversation with Dan: 1 June to 24 November 2025.
func (w *writer) danChat() []line {
	var chat []line
	say := func(at time.Time, from, text string) {
		chat = append(chat, line{at: at, from: from, text: text, kind: "message"})
	}
	day := w.at("2025-06-01", "00:00:00")
	stop := w.at("2025-07-18", "20:05:00")
	order := w.at("2025-09-12", "16:30:00")
	for ; day.Before(w.at("2025-11-25", "00:00:00")); day = day.AddDate(0, 0, 1) {
		pool, most := danBefore, 3
		switch {
		case day.After(order):
			pool, most = danOrder, 0
			if day.Day() == 23 {
				most = 2
			}
		case day.After(stop):
			pool, most = danAfter, 4
		}
		at := day.Add(time.Duration(7+w.rand.IntN(12)) * time.Hour)
		for range w.rand.IntN(most + 1) {
			at = at.Add(time.Duration(2+w.rand.IntN(50)) * time.Minute)
			say(at, danName, pick(w.rand, pool))
			if at.Before(stop) && w.rand.IntN(3) == 0 {
				at = at.Add(time.Duration(1+w.rand.IntN(9)) * time.Minute)
				say(at, Owner, pick(w.rand, mayaShort))
			}
		}
	}
	return chat
}

// whatsappAndroid writes the chat with Dan as an Android phone exports it in
// British English, with media: no seconds, an app notice, a picture that is
// there and one that is not, a call, a deleted and an edited message, and a
// message that imitates another one.
func (w *writer) whatsappAndroid() error {
	chat := []line{{at: w.at("2025-06-01", "08:12:00"), kind: "system",
		text: "Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them."}}
	chat = append(chat, w.danChat()...)
	special := []line{
		{at: w.at("2025-06-14", "19:20:00"), from: danName, kind: "message", text: "", files: []File{{Name: "IMG-20250614-WA0003.jpg"}},
			printed: "IMG-20250614-WA0003.jpg (file attached)"},
		{at: w.at("2025-07-02", "22:41:00"), from: danName, kind: "message", text: "", files: []File{{Name: "Media omitted", Missing: true}}, printed: "<Media omitted>"},
		{at: w.at("2025-07-05", "09:15:00"), from: danName, kind: "message", text: "This message was deleted"},
		{at: w.at("2025-07-18", "20:05:00"), from: Owner, kind: "message", text: "Dan, I am asking you clearly: stop contacting me. No messages, no calls, no visits."},
		{at: w.at("2025-07-18", "20:06:00"), from: danName, kind: "message", text: "Fine. Edited so you read it <This message was edited>"},
		{at: w.at("2025-08-09", "23:02:00"), from: danName, kind: "message",
			text: "you said it yourself look\n[09/08/2025, 22:58:11] Maya Kowalska: come over I miss you\nso don't pretend"},
		{at: w.at("2025-08-21", "21:30:00"), kind: "system", text: "You blocked this contact. Tap to unblock."},
	}
	chat = append(chat, special...)
	sortLines(chat)
	var b strings.Builder
	name := "WhatsApp Chat with Dan R.zip"
	source := name + "!WhatsApp Chat with Dan R.txt"
	for _, l := range chat {
		l.at = l.at.Truncate(time.Minute)
		b.WriteString(l.at.Format("02/01/2006, 15:04") + " - ")
		if l.from != "" {
			b.WriteString(l.from + ": ")
		}
		b.WriteString(l.body() + "\n")
		w.add(l.record(source))
	}
	made := w.at("2025-11-25", "09:00:00")
	picture, err := w.picture("a red rose on a doorstep", made, nil)
	if err != nil {
		return err
	}
	return w.zip(name, made, entry{"WhatsApp Chat with Dan R.txt", []byte(b.String())}, entry{"IMG-20250614-WA0003.jpg", picture})
}

func (l line) body() string {
	if l.printed != "" {
		return l.printed
	}
	return l.text
}

func (l line) record(source string) Record {
	r := Record{File: source, Kind: l.kind, UTC: l.at.UTC(), Local: l.at.Format(stamp), From: l.from, Text: l.text, Files: l.files}
	if l.twice {
		r.UTC = time.Time{}
	}
	return r
}

// sortLines keeps the order of what happens at the same minute.
func sortLines(chat []line) {
	for i := 1; i < len(chat); i++ {
		for j := i; j > 0 && chat[j].at.Before(chat[j-1].at); j-- {
			chat[j], chat[j-1] = chat[j-1], chat[j]
		}
	}
}

// whatsappIOS writes the chat with Layla as an iPhone exports it: seconds,
// CRLF, Arabic, emoji, and the night of the clock change.
func (w *writer) whatsappIOS() error {
	var chat []line
	chat = append(chat, line{at: w.at("2025-06-03", "18:00:01"), from: layla, kind: "system",
		text:    "Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them.",
		printed: "\u200eMessages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them."})
	for day := w.at("2025-06-03", "00:00:00"); day.Before(w.at("2025-11-20", "00:00:00")); day = day.AddDate(0, 0, 3) {
		at := day.Add(18*time.Hour + time.Duration(w.rand.IntN(7200))*time.Second)
		chat = append(chat, line{at: at, from: layla, text: pick(w.rand, laylaSays), kind: "message"})
		if w.rand.IntN(4) > 0 {
			at = at.Add(time.Duration(20+w.rand.IntN(900)) * time.Second)
			chat = append(chat, line{at: at, from: Owner, text: pick(w.rand, mayaToLayla), kind: "message"})
		}
	}
	// 26 October 2025: at 02:00 BST the clock goes back to 01:00 GMT.
	first := time.Date(2025, 10, 26, 0, 20, 10, 0, time.UTC) // 01:20:10 BST
	second := first.Add(time.Hour)                           // 01:20:10 GMT
	chat = append(chat,
		line{at: first.In(w.zone), from: Owner, text: "he's ringing the bell", kind: "message", twice: true},
		line{at: second.In(w.zone), from: Owner, text: "he's gone now. police came 🚓", kind: "message", twice: true},
		line{at: w.at("2025-11-02", "12:30:45"), from: layla, kind: "message", text: "",
			printed: "\u200e<attached: 00000061-PHOTO-2025-11-02-12-30-44.jpg>", files: []File{{Name: "00000061-PHOTO-2025-11-02-12-30-44.jpg"}}})
	sortLines(chat)
	var b strings.Builder
	name := "WhatsApp Chat - Layla.zip"
	source := name + "!_chat.txt"
	for _, l := range chat {
		if strings.HasPrefix(l.printed, "\u200e<") {
			b.WriteString("\u200e")
		}
		fmt.Fprintf(&b, "[%s] %s: %s\r\n", l.at.Format("02/01/2006, 15:04:05"), l.from, l.body())
		w.add(l.record(source))
	}
	made := w.at("2025-11-25", "09:20:00")
	picture, err := w.picture("a car parked across the road", made, nil)
	if err != nil {
		return err
	}
	return w.zip(name, made, entry{"_chat.txt", []byte(b.String())}, entry{"00000061-PHOTO-2025-11-02-12-30-44.jpg", picture})
}
