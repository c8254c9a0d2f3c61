package outlook

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"daybook/importers"
	"daybook/importers/page"
	"daybook/timeline"
)

var errObject = errors.New("an object of another program, which is kept in the message alone")

// body is the words of a message in one of the forms that it keeps.
type body struct{ form, words string }

// texts shows the first form that says something, and what the others say
// otherwise.
func (m *message) texts(facts importers.Facts) {
	var shown body
	for _, b := range []body{{"plain text", m.words(0x1000, m.bodyPage())}, {"HTML", m.html()}, {"rich text", m.rich(facts)}} {
		b.words = strings.TrimSpace(strings.ReplaceAll(b.words, "\r\n", "\n"))
		switch {
		case b.words == "":
		case shown.words == "":
			shown = b
		case plain(b.words) != plain(shown.words):
			facts.Add("text of the "+b.form, b.words)
		}
	}
	facts.Say(shown.words)
	if shown.form != "" && shown.form != "plain text" {
		facts.Add("text from", "the "+shown.form)
	}
}

// plain is a text without what forms differ in by themselves: white space and
// the addresses that plain text has in angle brackets.
func plain(s string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(s) {
		if !strings.HasPrefix(word, "<") || !strings.HasSuffix(word, ">") {
			b.WriteString(word)
		}
	}
	return b.String()
}

// bodyPage is the code page of an ANSI body.
func (m *message) bodyPage() int {
	if n, ok := m.number(0x3fde); ok && pageOf(n) != nil {
		return n
	}
	return m.page
}

// html gives the words of the HTML body, which is bytes in the page's own code
// page, or text.
func (m *message) html() string {
	if text := m.words(0x1013, m.bodyPage()); text != "" {
		return wordsOf(text)
	}
	data := m.bytes(name(0x1013, typeBinary))
	if _, said := m.number(0x3fde); !said {
		enc, _, certain := charset.DetermineEncoding(data, "")
		if text, err := enc.NewDecoder().Bytes(data); err == nil && certain {
			return wordsOf(string(text))
		}
		if utf8.Valid(data) {
			return wordsOf(string(data))
		}
	}
	return wordsOf(fromPage(data, m.bodyPage()))
}

func wordsOf(source string) string {
	if source == "" {
		return ""
	}
	r := page.NewReader(strings.NewReader(source))
	var lines page.Lines
	for {
		p, err := r.Next()
		if err != nil { // the end, or a page that is cut off: what was read stands
			return lines.String()
		}
		lines.Add(p)
	}
}

// rich gives the words of the rich text.
func (m *message) rich(facts importers.Facts) string {
	data := m.bytes(name(0x1009, typeBinary))
	if len(data) == 0 {
		return ""
	}
	rtf, err := unpacked(data)
	if err != nil {
		facts.Flag(timeline.Undecoded)
		facts.Add("rich text", fmt.Sprintf("%v; %d bytes of it were read", err, len(rtf)))
	}
	return wordsOfRTF(rtf)
}
