package sample

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

var textsFromNew = []string{
	"Since you blocked me. We still need to talk",
	"Nice garden. You forgot to shut the side gate",
	"I can wait. I have all night 🌃",
	"You took the 17.20 today",
	"Pick up",
	"Why is there a camera on your door now? 📷",
	"tell me where you slept last night",
	"I put your post back through the door, you're welcome",
}

// sms is one text message while it is being made.
type sms struct {
	at      time.Time
	number  string
	name    string
	text    string
	inbound bool
}

// texts writes a backup of SMS Backup & Restore: grandmother in Polish, the
// new number after the block, and one multimedia message with a picture.
func (w *writer) texts() error {
	var list []sms
	for day := w.at("2025-06-05", "00:00:00"); day.Before(w.at("2025-11-22", "00:00:00")); day = day.AddDate(0, 0, 5) {
		at := day.Add(12*time.Hour + time.Duration(w.rand.IntN(20000))*time.Second)
		list = append(list, sms{at, babciaNo, babcia, pick(w.rand, babciaSays), true})
		if w.rand.IntN(2) == 0 {
			list = append(list, sms{at.Add(time.Hour), babciaNo, babcia, pick(w.rand, mayaToBabcia), false})
		}
	}
	for day := w.at("2025-08-22", "00:00:00"); day.Before(w.at("2025-11-22", "00:00:00")); day = day.AddDate(0, 0, 2) {
		for range w.rand.IntN(3) {
			at := day.Add(17*time.Hour + time.Duration(w.rand.IntN(6*3600))*time.Second)
			list = append(list, sms{at, newNumber, "(Unknown)", pick(w.rand, textsFromNew), true})
		}
	}
	sortSMS(list)
	source := "sms-20251125090000.xml"
	picture, err := w.picture("a street lamp at night", w.at("2025-10-03", "23:10:00"), nil)
	if err != nil {
		return err
	}
	mms := w.at("2025-10-03", "23:12:30")
	var b strings.Builder
	b.WriteString("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n")
	fmt.Fprintf(&b, "<smses count=\"%d\" backup_set=\"5f0a\" backup_date=\"%d\" type=\"full\">\n", len(list)+1, w.at("2025-11-25", "09:00:00").UnixMilli())
	written := false
	for _, m := range list {
		if !written && m.at.After(mms) {
			w.mms(&b, source, mms, picture)
			written = true
		}
		kind, from := 2, ""
		if m.inbound {
			kind, from = 1, m.number
		}
		fmt.Fprintf(&b, "  <sms protocol=\"0\" address=\"%s\" date=\"%d\" type=\"%d\" subject=\"null\" body=\"%s\" toa=\"null\" sc_toa=\"null\" service_center=\"null\" read=\"1\" status=\"-1\" locked=\"0\" date_sent=\"0\" sub_id=\"1\" readable_date=\"%s\" contact_name=\"%s\" />\n",
			m.number, m.at.UnixMilli(), kind, xmlText(m.text), m.at.Format("2 Jan 2006 15:04:05"), xmlText(m.name))
		w.add(Record{File: source, Kind: "message", UTC: m.at.UTC(), From: from, Text: m.text})
	}
	b.WriteString("</smses>\n")
	return w.file(source, []byte(b.String()), w.at("2025-11-25", "09:00:00"))
}

func (w *writer) mms(b *strings.Builder, source string, at time.Time, picture []byte) {
	text := "see what I see"
	fmt.Fprintf(b, "  <mms date=\"%d\" rr=\"129\" sub=\"null\" ct_t=\"application/vnd.wap.multipart.related\" read=\"1\" msg_box=\"1\" address=\"%s\" m_type=\"132\" date_sent=\"%d\" readable_date=\"%s\" contact_name=\"(Unknown)\">\n    <parts>\n",
		at.UnixMilli(), newNumber, at.Unix(), at.Format("2 Jan 2006 15:04:05"))
	b.WriteString("      <part seq=\"-1\" ct=\"application/smil\" name=\"null\" chset=\"null\" cl=\"smil.xml\" text=\"&lt;smil&gt;&lt;/smil&gt;\" />\n")
	fmt.Fprintf(b, "      <part seq=\"0\" ct=\"image/jpeg\" name=\"lamp.jpg\" chset=\"null\" cl=\"lamp.jpg\" text=\"null\" data=\"%s\" />\n", base64.StdEncoding.EncodeToString(picture))
	fmt.Fprintf(b, "      <part seq=\"0\" ct=\"text/plain\" name=\"null\" chset=\"106\" cl=\"text0.txt\" text=\"%s\" />\n", text)
	fmt.Fprintf(b, "    </parts>\n    <addrs>\n      <addr address=\"%s\" type=\"137\" charset=\"106\" />\n      <addr address=\"insert-address-token\" type=\"151\" charset=\"106\" />\n    </addrs>\n  </mms>\n", newNumber)
	w.add(Record{File: source, Kind: "message", UTC: at.UTC(), From: newNumber, Text: text, Files: []File{{Name: "lamp.jpg"}}})
	w.truth.Parts++
}

func sortSMS(list []sms) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j].at.Before(list[j-1].at); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// xmlText escapes as older versions of the app do: a character beyond U+FFFF
// becomes two references, one for each half of a surrogate pair.
func xmlText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r > 0xFFFF:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&b, "&#%d;&#%d;", hi, lo)
		case r == '\n':
			b.WriteString("&#10;")
		case strings.ContainsRune(`<>&"'`, r):
			b.WriteString("&#" + strconv.Itoa(int(r)) + ";")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// calls writes the call log: two nights of silent calls from a withheld
// number, calls from both of Dan's numbers, and ordinary ones.
func (w *writer) calls() error {
	source := "calls-20251125090000.xml"
	type call struct {
		at           time.Time
		number       string
		kind         int // 1 in, 2 out, 3 missed, 5 rejected
		seconds      int
		presentation int
		name         string
	}
	var list []call
	burst := func(day, clock string, n int) {
		at := w.at(day, clock)
		for range n {
			list = append(list, call{at, "", 3, 0, 2, "(Unknown)"})
			at = at.Add(time.Duration(60+w.rand.IntN(200)) * time.Second)
		}
	}
	burst("2025-08-23", "22:10:00", 17)
	burst("2025-10-25", "23:30:00", 12)
	for day := w.at("2025-06-08", "00:00:00"); day.Before(w.at("2025-11-20", "00:00:00")); day = day.AddDate(0, 0, 6) {
		at := day.Add(19*time.Hour + time.Duration(w.rand.IntN(3600))*time.Second)
		number, kind, secs := danNumber, 3, 0
		if day.Before(w.at("2025-07-18", "00:00:00")) {
			kind, secs = 1, 30+w.rand.IntN(400)
		}
		if day.After(w.at("2025-08-21", "00:00:00")) {
			number = newNumber
		}
		list = append(list, call{at, number, kind, secs, 1, "(Unknown)"})
	}
	list = append(list,
		call{w.at("2025-08-24", "09:02:10"), "101", 2, 1260, 1, "(Unknown)"},
		call{w.at("2025-09-15", "10:20:00"), "+441632960123", 1, 600, 1, "Solicitor"},
		call{w.at("2025-11-16", "18:45:00"), babciaNo, 1, 903, 1, babcia})
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j].at.Before(list[j-1].at); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	var b strings.Builder
	b.WriteString("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n")
	fmt.Fprintf(&b, "<calls count=\"%d\" backup_set=\"5f0b\" backup_date=\"%d\" type=\"full\">\n", len(list), w.at("2025-11-25", "09:00:00").UnixMilli())
	for _, c := range list {
		fmt.Fprintf(&b, "  <call number=\"%s\" duration=\"%d\" date=\"%d\" type=\"%d\" presentation=\"%d\" subscription_id=\"1\" post_dial_digits=\"\" subscription_component_name=\"null\" readable_date=\"%s\" contact_name=\"%s\" />\n",
			c.number, c.seconds, c.at.UnixMilli(), c.kind, c.presentation, c.at.Format("2 Jan 2006 15:04:05"), c.name)
		from := c.number
		if c.kind == 2 {
			from = ""
		}
		w.add(Record{File: source, Kind: "call", UTC: c.at.UTC(), From: from})
	}
	b.WriteString("</calls>\n")
	return w.file(source, []byte(b.String()), w.at("2025-11-25", "09:00:00"))
}
