package linkedin

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/charmap"

	"daybook/importers"
	"daybook/importers/table"
	"daybook/timeline"
)

// message is a row of messages.csv, and of the two files of its form.
func (x *export) message(r table.Row) (timeline.Event, error) {
	e := timeline.Event{Kind: timeline.Message, When: spoken(r.Get("date")), Extra: make(timeline.Facts, 0, 4)}
	e.From = x.party(r.Get("from"), r.Get("sender profile url"))
	e.To = x.recipients(&e, r)
	if from := e.From.Address; from != "" && len(e.To) == 1 && e.To[0].Address == from && e.To[0].Name != e.From.Name {
		importers.FactsOf(&e).Dispute("the profile "+from+" is that of the sender, "+e.From.Name+", and of the recipient, "+e.To[0].Name, e.From, e.To[0])
	}
	e.Thread = x.thread(&e, r)
	content := r.Get("content")
	e.Text = undouble(plain(content), &e)
	if markup(content) {
		e.Extra.Set("form", "web page: shown as its words alone")
	}
	if strings.EqualFold(r.Get("is message draft"), "yes") {
		e.Flags = append(e.Flags, timeline.Draft)
	}
	for _, address := range addresses(r.Get("attachments")) {
		e.Files = append(e.Files, timeline.Attachment{Name: address, Missing: true, Note: "the export holds its web address alone"})
	}
	e.Extra.Set(timeline.SameKey, x.texts.SameOf("message", r.Get("conversation id"), r.Get("from"), r.Get("sender profile url"), r.Get("date"), content))
	x.shown = append(x.shown[:0], "conversation title", "from", "sender profile url", "to", "recipient profile urls", "date", "content", "attachments", "is message draft")
	if r.Get("folder") == "INBOX" {
		x.shown = append(x.shown, "folder")
	}
	if r.Get("is conversation draft") == "No" {
		x.shown = append(x.shown, "is conversation draft")
	}
	rest(&e, r, x.shown...)
	if r.Get("content") == "" && r.Get("from") == "" {
		return e, errNobody
	}
	return e, nil
}

var errNobody = errors.New("this row names no sender and holds no words")

// recipients names those that a message went to. Their names stand in one cell,
// divided by commas that names have too: each is given to its address only
// where there are as many of both.
func (x *export) recipients(e *timeline.Event, r table.Row) []timeline.Party {
	printed, cell := r.Get("to"), r.Get("recipient profile urls")
	if strings.Contains(cell, ".") && !strings.ContainsFunc(cell, divides) { // one, as nearly always
		return []timeline.Party{x.party(printed, cell)}
	}
	urls := addresses(cell)
	if len(urls) == 1 {
		return []timeline.Party{x.party(printed, urls[0])}
	}
	names := strings.Split(printed, ", ")
	switch {
	case len(urls) == 0 && printed == "":
		return nil
	case len(urls) == 0:
		to := x.party(printed, "")
		to.Owner = x.named != "" && printed == x.named && x.owner != "" && e.From.Address != "" && !e.From.Owner
		return []timeline.Party{to}
	case len(urls) != len(names):
		names = make([]string, len(urls))
		e.Extra.Set("to", printed)
	}
	parties := make([]timeline.Party, len(urls))
	for i := range urls {
		parties[i] = x.party(names[i], urls[i])
	}
	return parties
}

// thread is the conversation's title, or who else is in it.
func (x *export) thread(e *timeline.Event, r table.Row) string {
	if title := r.Get("conversation title"); title != "" {
		return undouble(title, nil)
	}
	if !e.From.Owner && !slices.ContainsFunc(e.To, func(p timeline.Party) bool { return p.Owner }) {
		return r.Get("conversation id")
	}
	var names []string
	for _, p := range append([]timeline.Party{e.From}, e.To...) {
		if !p.Owner && p.Name != "" {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 {
		return r.Get("conversation id")
	}
	return strings.Join(names, ", ")
}

// maxParties is how many are kept as they were read.
const maxParties = 10_000

// party is somebody by their profile's address.
func (x *export) party(name, url string) timeline.Party {
	key := [2]string{name, url}
	if p, ok := x.parties[key]; ok {
		return p
	}
	p := timeline.Party{Name: strings.TrimSpace(undouble(name, nil)), Address: address(url)}
	p.Owner = p.Address != "" && p.Address == x.owner
	if x.parties == nil || len(x.parties) >= maxParties {
		x.parties = map[[2]string]timeline.Party{}
	}
	x.parties[[2]string{strings.Clone(name), strings.Clone(url)}] = p
	return p
}

// self is the person whose export it is: every list says so by what it is.
func (x *export) self() timeline.Party {
	return timeline.Party{Name: x.named, Address: x.owner, Owner: true}
}

const profile = "linkedin.com/in/"

// address is a profile's address in one form: lists print it with and without
// its scheme.
func address(url string) string {
	url = strings.TrimSpace(url)
	_, slug, ok := strings.Cut(url, profile)
	if !ok {
		return url
	}
	slug, _, _ = strings.Cut(slug, "?")
	slug = strings.TrimSuffix(slug, "/")
	if slug == "" {
		return ""
	}
	return "https://www." + profile + strings.ToLower(slug)
}

func divides(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' }

// addresses splits a cell of web addresses, which commas or semicolons divide.
func addresses(cell string) []string {
	if cell == "" {
		return nil
	}
	var list []string
	for part := range strings.FieldsFuncSeq(cell, divides) {
		if strings.Contains(part, ".") {
			list = append(list, part)
		} else if len(list) > 0 {
			list[len(list)-1] += "," + part
		}
	}
	return list
}

// markup tells the messages that are pages: those of advertisers and recruiters.
func markup(content string) bool {
	return strings.Contains(content, "</p>") || strings.Contains(content, "<br>") || strings.Contains(content, "</a>")
}

// plain gives the words of a page; any other text as it is.
func plain(content string) string {
	if !markup(content) {
		return content
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(content))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(b.String())
		case html.TextToken:
			b.Write(z.Text())
			if b.Len() > 0 {
				continue
			}
		case html.EndTagToken, html.StartTagToken, html.SelfClosingTagToken:
			if name, _ := z.TagName(); string(name) == "p" || string(name) == "br" || string(name) == "div" || string(name) == "li" {
				if s := b.String(); s != "" && !strings.HasSuffix(s, "\n") {
					b.WriteString("\n")
				}
			}
		}
	}
}

// undouble undoes, once, letters that were written in UTF-8 twice ("Ã©" for
// "é"), as some exports have them: where every letter of the text is one of such
// a pair, and the text keeps the printed words in its event.
func undouble(s string, e *timeline.Event) string {
	if ascii(s) || !strings.ContainsAny(s, "ÂÃâÐÑØÙðãäåæç") {
		return s
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		c, ok := charmap.Windows1252.EncodeRune(r)
		if !ok && r < 0x100 {
			c, ok = byte(r), true
		}
		if !ok {
			return s
		}
		b = append(b, c)
	}
	if !utf8.Valid(b) {
		return s
	}
	if e != nil {
		e.Extra.Set("as printed", s)
	}
	return string(b)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
