package importers

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"daybook/timeline"
)

// OneLetter gives a letter the key by which it is known again in every form in
// which mail is kept: a mailbox, a file of its own, Outlook's. Programs break its
// lines and write its signs and links in their own ways, so that of its words the
// letters and digits count; and what is attached counts by its bytes. The same
// Message-ID over other words or files is another letter, for whoever forges one
// keeps the Message-ID; without one, the sender, the time and the subject are
// taken in its place.
func OneLetter(e *timeline.Event) {
	id := []string{"letter", strings.Trim(e.Extra.Get("message id"), " <>")}
	if id[1] == "" {
		sent := e.When.Raw
		if !e.When.Instant.IsZero() {
			sent = e.When.Instant.UTC().Truncate(time.Second).Format(time.RFC3339)
		}
		id = append(id, bare(cmp.Or(e.From.Address, e.From.Name)), sent, bare(e.Extra.Get("subject")))
	}
	var files []string
	for _, f := range e.Files {
		files = append(files, f.Hash.String())
	}
	slices.Sort(files)
	e.Extra.Set(timeline.SameReader, "mail")
	e.Extra.Set(timeline.SameKey, SameOf(append(append(id, bare(e.Text)), files...)...))
}

// bare leaves the letters and digits of a text, in small letters.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFC.String(s))
}
