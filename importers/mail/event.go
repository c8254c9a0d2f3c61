package mail

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// event makes the event of a message that was read.
func (r *reader) event(w *walker, p *part, separator []byte) timeline.Event {
	e := timeline.Event{
		Kind:   timeline.Email,
		Thread: r.thread,
		Files:  w.files,
		Flags:  w.flags,
		Extra:  make(timeline.Facts, 0, 8),
		Source: timeline.Pinpoint{Record: w.record},
	}
	r.times(&e, p, separator)
	r.parties(&e, p)
	texts(&e, w)
	facts(&e, p)
	if p.odd {
		flag(&e, timeline.Undecoded)
		extra(&e, "header", "some lines of the header are no header lines; they stand in it as they came")
	}
	if r.lookalike {
		flag(&e, timeline.ForgedHeader)
	}
	switch {
	case r.quoted == 1:
		extra(&e, "mailbox quoting", `1 line of this message begins with ">From " in the file; one ">" was taken off it`)
	case r.quoted > 1:
		extra(&e, "mailbox quoting", fmt.Sprintf(`%d lines of this message begin with ">From " in the file; one ">" was taken off each`, r.quoted))
	}
	return e
}

// maxEarly and maxLate are how far the sender's clock may be off the server's:
// mail comes within minutes, and what waited longer on its way is worth a look.
const (
	maxEarly = time.Hour
	maxLate  = 5 * time.Minute
)

// times chooses the time of a message: the sender's Date; the last server's
// Received, when Date is missing or absurd; the mailbox's own line, when there
// is neither.
func (r *reader) times(e *timeline.Event, p *part, separator []byte) {
	add := func(label, note, raw string, zone *time.Location, sane bool) {
		w, ok := parseDate(cutText(raw, 200), zone)
		if !ok {
			w = timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: cutText(raw, 200)}
			note = "cannot be read as a date"
		} else if t, _ := w.Order(); sane && (t.Year() < 1971 || t.Year() >= 2100) {
			note = "absurd, so not used"
			ok = false
		}
		c := timeline.Claim{Label: label, When: w, Note: note, Chosen: ok && e.When.Precision == ""}
		if c.Chosen {
			e.When = w
		}
		e.Claims = append(e.Claims, c)
	}
	if raw := p.get("date"); raw != "" {
		add("Date", "the sender's clock; it can be set to anything", header8(raw), r.assume.Zone, true)
	}
	if raw, by := received(p); raw != "" {
		add("Received (topmost)", "the last server's clock"+by, header8(raw), r.assume.Zone, false)
	}
	if date, ok := separatorDate(separator); ok {
		weak, zone := e.When.Precision == "", r.assume.Zone
		if !weak {
			zone = nil // the answer is about the times that are taken, and a program wrote this one, in UTC or not
		}
		add("mailbox line", "written by the program that kept the mailbox, in UTC or in its own local time", date, zone, false)
		if weak {
			flag(e, timeline.WeakTime)
		}
	}
	if e.When.Precision == "" {
		e.When = timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: "no date"}
		if len(e.Claims) > 0 {
			e.When.Raw = e.Claims[0].When.Raw
		}
	}
	if e.When.Basis == timeline.AssumedZone {
		flag(e, timeline.ZoneAssumed)
		switch timeline.Ambiguous(e.When.Local, r.assume.Zone) {
		case "twice":
			flag(e, timeline.ClockTwice)
		case "never":
			flag(e, timeline.ClockNever)
		}
	}
	compare(e)
	if len(e.Claims) == 1 {
		e.Claims = nil
	}
}

// compare flags a Date that the last server's clock contradicts.
func compare(e *timeline.Event) {
	var date, server time.Time
	for _, c := range e.Claims {
		switch c.Label {
		case "Date":
			date = c.When.Instant
		case "Received (topmost)":
			server = c.When.Instant
		}
	}
	if date.IsZero() || server.IsZero() {
		return
	}
	if d := server.Sub(date); d > maxEarly || d < -maxLate {
		flag(e, timeline.TimesDisagree)
	}
}

// received gives the date of the topmost Received line that has one, and which
// server wrote it.
func received(p *part) (date, by string) {
	for _, value := range p.all("received") {
		at := strings.LastIndexByte(value, ';')
		if at < 0 {
			continue
		}
		if _, ok := parseDate(value[at+1:], nil); !ok {
			continue
		}
		if _, after, ok := strings.Cut(" "+value[:at], " by "); ok {
			if words := strings.Fields(after); len(words) > 0 {
				by = " (" + cutText(header8(words[0]), 200) + ")"
			}
		}
		return strings.TrimSpace(value[at+1:]), by
	}
	return "", ""
}

// header8 gives text of a value that may hold raw bytes above ASCII.
func header8(value string) string { return strings.ToValidUTF8(value, "\ufffd") }

// parties sets who a message is from and to.
func (r *reader) parties(e *timeline.Event, p *part) {
	from := r.people(e, p, "from")
	if len(from) == 0 {
		from = r.people(e, p, "sender")
	}
	if len(from) > 0 {
		e.From = from[0]
	}
	if len(from) > 1 {
		extra(e, "from", value(e, p, strings.Join(p.all("from"), ", ")))
	}
	e.To = r.people(e, p, "to")
	for _, name := range []string{"cc", "bcc"} {
		if more := r.people(e, p, name); len(more) > 0 {
			e.To = append(e.To, more...)
			extra(e, name, value(e, p, strings.Join(p.all(name), ", ")))
		}
	}
	dispute(e, p, from)
}

// dispute takes nobody for the sender of a message whose header says twice who it
// is and not the same, and flags one that says two dates: programs differ in which
// they show.
func dispute(e *timeline.Event, p *part, from []timeline.Party) {
	if lines := p.all("from"); slices.ContainsFunc(lines, func(s string) bool { return s != lines[0] }) {
		importers.FactsOf(e).Dispute("the header has the line From "+strconv.Itoa(len(lines))+" times", append(slices.Clone(from), e.To...)...)
	}
	if lines := p.all("date"); slices.ContainsFunc(lines, func(s string) bool { return s != lines[0] }) {
		flag(e, timeline.TimesDisagree)
	}
}

func (r *reader) people(e *timeline.Event, p *part, name string) (parties []timeline.Party) {
	for _, list := range p.all(name) {
		some, whole := addresses(list, p.hint)
		if !whole {
			flag(e, timeline.Undecoded)
		}
		parties = append(parties, some...)
	}
	if len(parties) >= maxParties {
		parties = parties[:maxParties]
		flag(e, timeline.TextCut)
	}
	if owner := r.assume.Owner; owner != "" {
		for i := range parties {
			parties[i].Owner = strings.EqualFold(parties[i].Address, owner) // whoever writes a mail chooses the names in it
		}
	}
	return parties
}

// texts sets the text of a message, and says which of its forms it is.
func texts(e *timeline.Event, w *walker) {
	var shown, aside, unseen, links []string
	plain, rich := false, false
	for _, b := range w.texts {
		links = append(links, b.links...)
		if b.unseen != "" {
			unseen = append(unseen, b.unseen)
		}
		if b.aside {
			aside = append(aside, b.text)
			continue
		}
		if strings.TrimSpace(b.text) == "" {
			continue
		}
		plain, rich = plain || !b.html, rich || b.html
		shown = append(shown, strings.Trim(b.text, "\n"))
	}
	e.Text = strings.Join(shown, "\n\n")
	if len(e.Text) > maxText {
		extra(e, "text length", strconv.Itoa(len(e.Text)))
		flag(e, timeline.TextCut)
		e.Text = cutText(e.Text, maxText)
	}
	switch {
	case plain && rich:
		extra(e, "text from", "plain text, and HTML reduced to its words")
	case rich:
		extra(e, "text from", "HTML, reduced to its words")
	case len(aside) > 0:
		other := strings.Join(aside, "\n\n")
		if timeline.OtherLines(other, e.Text) == nil {
			extra(e, "text from", "plain text; the message holds the same words as HTML, too")
			break
		}
		extra(e, "text from", "plain text; the message holds other words, too, as HTML")
		extra(e, "text of the HTML", cutText(other, maxText))
	}
	if len(unseen) > 0 {
		extra(e, timeline.NotShown, cutText(strings.Join(unseen, "\n\n"), maxText))
	}
	if len(links) > 0 {
		extra(e, "links", cutText(strings.Join(links, "\n"), maxValue))
	}
	if w.outside.Len() > 0 {
		text, _ := decodeShort(w.outside.Bytes(), "")
		extra(e, "outside the parts", strings.TrimSpace(cutText(text, maxValue)))
		if w.cut || len(text) > maxValue {
			flag(e, timeline.TextCut)
		}
	}
	if text, _ := decodeShort(w.headers.Bytes(), ""); text != "" {
		extra(e, "headers of the parts", strings.ReplaceAll(text, "\r\n", "\n"))
	}
	if len(w.notes) > 0 {
		extra(e, "notes", strings.Join(w.notes, "\n"))
	}
}

// facts keeps what else the header says.
func facts(e *timeline.Event, p *part) {
	for _, f := range []struct{ header, name string }{
		{"subject", "subject"},
		{"message-id", "message id"},
		{"in-reply-to", "in reply to"},
		{"reply-to", "reply to"},
		{"sender", "sender"},
		{"x-gmail-labels", "labels"},
		{"authentication-results", "authentication results"},
		{"x-originating-ip", "originating ip"},
		{"x-mailer", "program"},
		{"user-agent", "program"},
	} {
		if raw := p.get(f.header); raw != "" {
			extra(e, f.name, value(e, p, raw))
		}
	}
	for _, name := range []string{"from", "date", "subject", "message-id"} {
		if n := len(p.all(name)); n > 1 && (name != "from" || !slices.Contains(e.Flags, timeline.PartiesDiffer)) {
			extra(e, "header repeats "+name, fmt.Sprintf("%d times; the first is used", n))
		}
	}
	text, _ := decodeShort(p.raw, p.hint)
	extra(e, "headers", cutText(strings.ReplaceAll(text, "\r\n", "\n"), maxShown))
	if p.size > maxShown {
		flag(e, timeline.TextCut)
		extra(e, "headers length", strconv.FormatInt(p.size, 10))
	}
	marks(e, p)
}

// marks reads what mail programs write about a message in its header.
func marks(e *timeline.Event, p *part) {
	const expunged = 0x0008
	if n, err := strconv.ParseUint(p.get("x-mozilla-status"), 16, 32); err == nil && n&expunged != 0 || strings.Contains(p.get("x-status"), "D") {
		flag(e, timeline.Deleted)
	}
	if p.get("x-unsent") == "1" || p.get("x-mozilla-draft-info") != "" || labelled(e.Extra.Get("labels"), draftLabels) {
		flag(e, timeline.Draft)
	}
	if labelled(e.Extra.Get("labels"), trashLabels) {
		flag(e, timeline.Deleted)
	}
}

// Gmail's labels are in the language of the account.
var (
	draftLabels = []string{"drafts", "draft", "entwürfe", "brouillons", "borradores", "bozze", "rascunhos", "concepten", "wersje robocze"}
	trashLabels = []string{"trash", "bin", "papierkorb", "corbeille", "papelera", "cestino", "lixeira", "lixo", "prullenbak", "kosz"}
)

func labelled(labels string, names []string) bool {
	for label := range strings.SplitSeq(labels, ",") {
		for _, name := range names {
			if strings.EqualFold(strings.Trim(label, ` "`), name) {
				return true
			}
		}
	}
	return false
}

// value decodes a header's value for showing.
func value(e *timeline.Event, p *part, raw string) string {
	text, whole := decodeWords(raw, p.hint)
	if !whole {
		flag(e, timeline.Undecoded)
	}
	if len(text) > maxValue {
		flag(e, timeline.TextCut)
	}
	return cutText(text, maxValue)
}

func flag(e *timeline.Event, f timeline.Flag) {
	for _, have := range e.Flags {
		if have == f {
			return
		}
	}
	e.Flags = append(e.Flags, f)
}

func extra(e *timeline.Event, name, value string) {
	if value != "" {
		e.Extra.Set(name, value)
	}
}
