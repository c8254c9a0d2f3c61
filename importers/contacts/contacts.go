// Package contacts reads address books (vCard 2.1 to 4.0: .vcf). A card is
// nothing that happened: it is a notice without a time, which gives names to the
// numbers and addresses that it lists, wherever else in the case they stand. The
// timeline takes names together with addresses from such notices.
//
// Whoever keeps an address book chooses the names in it, so that a card says
// under which name a number was kept, not whose it is. When a card was last
// changed (REV) is a fact of it and not its time.
package contacts

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"daybook/importers"
	"daybook/importers/contentline"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "contacts",
		Version: 4,
		Title:   "Address book (.vcf)",
		HowToGet: "On an Android phone, open Contacts, Fix & manage (or the menu), Export to file. On an iPhone, open Contacts, tap Lists, hold the list All and tap Export. " +
			"In Google Contacts on a computer, choose Export and vCard; or take Contacts in Google Takeout. Add the .vcf file as it is.",
		LeavesOut: []string{
			"When a contact was added, and what it said before it was changed.",
			"Contacts that are kept in an app of their own, such as WhatsApp's or Signal's.",
			"Whose number it truly is: only under which name it was kept.",
		},
		Tried: []string{
			"vCard 2.1 of Android and of older telephones", "vCard 3.0 of Google, Apple and Outlook", "vCard 4.0",
		},
	}
}

// Claims looks for the first line.
func (importer) Claims(s importers.Source) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(s.Head, []byte("\ufeff")), " \t\r\n")
	const first = "BEGIN:VCARD"
	return len(head) >= len(first) && strings.EqualFold(string(head[:len(first)]), first)
}

var (
	errCut     = importers.CutError("the file is cut off here, before END:VCARD")
	errNothing = errors.New("this card has no name, no number and no address")
	errOutside = errors.New("this line belongs to no card")
)

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	lines, err := contentline.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lines.Close()) }()
	b := book{lines: lines, out: out}
	empty := true
	for n := 1; ; empty = false {
		if err := ctx.Err(); err != nil {
			return err
		}
		l, err := lines.Next()
		switch {
		case errors.Is(err, io.EOF) && empty:
			return importers.ErrNotMine
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case l.Name != "BEGIN":
			err = out.Skip(fmt.Sprintf("line at byte %d", l.At), importers.Shorten(l.Raw, 4<<10), errOutside)
		default:
			err = b.card(fmt.Sprintf("card %d at byte %d", n, l.At))
			n++
		}
		if errors.Is(err, errCut) {
			return fmt.Errorf("%s: byte %d: %w", s.Path, lines.Offset(), err)
		}
		if err != nil {
			return err
		}
	}
}

const mostLines = 10_000 // of one card

// book is a file while it is read.
type book struct {
	lines *contentline.Reader
	out   importers.Output
	list  []contentline.Line // room for those of a card
	raws  []string           // room for what its sum is made of
}

// card reads one to its end, and hands it on.
func (b *book) card(record string) error {
	list := b.list[:0]
	depth, cut := 1, error(nil)
	for depth > 0 {
		l, err := b.lines.Next()
		if errors.Is(err, io.EOF) {
			cut = errCut
			break
		}
		if err != nil {
			return err
		}
		switch l.Name {
		case "BEGIN": // a card within a card
			depth++
		case "END":
			depth--
		}
		if depth > 0 && len(list) < mostLines {
			list = append(list, l)
		}
	}
	b.list = list
	e, ok := b.notice()
	e.Source.Record = record
	if cut != nil {
		importers.FactsOf(&e).Flag(timeline.Truncated)
	}
	var told error
	if ok {
		told = b.out.Event(e)
	} else {
		told = b.out.Skip(record, words(list), errNothing)
	}
	if told != nil {
		return told
	}
	return cut
}

func words(list []contentline.Line) string {
	var b strings.Builder
	for _, l := range list {
		b.WriteString(l.Raw + "\n")
		if b.Len() > 4<<10 {
			break
		}
	}
	return importers.Shorten(b.String(), 4<<10)
}

// notice makes the event of a card. ok is false for one that names nobody.
func (b *book) notice() (e timeline.Event, ok bool) {
	e = timeline.Event{Kind: timeline.Contact, When: importers.Undated(""), Thread: "address book", Extra: make(timeline.Facts, 0, min(len(b.list)+1, 100))}
	facts := importers.FactsOf(&e)
	name := named(b.list)
	for i := range b.list {
		l := &b.list[i]
		if l.Odd {
			facts.Flag(timeline.Undecoded)
		}
		if l.Cut {
			facts.Flag(timeline.TextCut)
		}
		address := ""
		switch l.Name {
		case "TEL":
			address = strings.TrimPrefix(l.Value, "tel:")
		case "EMAIL":
			address = strings.TrimPrefix(l.Value, "mailto:")
		case "PHOTO", "LOGO", "SOUND", "KEY":
			if len(l.Value) > 500 {
				facts.Add(strings.ToLower(l.Name), fmt.Sprintf("%d bytes in the card", len(l.Value)))
				continue
			}
		}
		if address != "" && len(e.To) < 1000 {
			e.To = append(e.To, timeline.Party{Name: name, Address: importers.Shorten(address, 500)})
		}
		facts.Add(called(b.list, i), shown(l))
	}
	if len(e.To) == 0 && name != "" {
		e.To = []timeline.Party{{Name: name}}
	}
	said := "contact:"
	if name != "" {
		said += " " + name
	}
	for i, p := range e.To {
		if p.Address != "" && i < 20 {
			said += " " + p.Address
		}
	}
	facts.Say(said)
	if names := twice(b.list); names != "" {
		facts.Differ("the card has two names: " + names)
	}
	b.raws = b.raws[:0]
	for i := range b.list {
		if l := &b.list[i]; l.Name != "REV" && l.Name != "PRODID" {
			b.raws = append(b.raws, l.Raw)
		}
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf(b.raws...))
	return e, len(e.To) > 0
}

// twice gives the names as they are shown of a card that has several, which are
// not the same.
func twice(list []contentline.Line) string {
	var names []string
	for i := range list {
		if list[i].Name == "FN" && !slices.Contains(names, list[i].Value) {
			names = append(names, list[i].Value)
		}
	}
	if len(names) < 2 {
		return ""
	}
	return importers.Shorten(strings.Join(names, "; "), 500)
}

// named is the name of a card: as it is shown, else of its parts, else that of
// the organisation.
func named(list []contentline.Line) string {
	var parts, org string
	for i := range list {
		if list[i].Name == "FN" {
			if value := strings.TrimSpace(contentline.Text(list[i].Value)); value != "" {
				return importers.Shorten(value, 500)
			}
		}
	}
	for i := range list {
		switch l := &list[i]; {
		case l.Name == "N" && parts == "":
			p := append(contentline.Split(l.Value, ';'), "", "", "", "", "")
			parts = strings.Join(strings.Fields(strings.Join([]string{p[3], p[1], p[2], p[0], p[4]}, " ")), " ")
		case l.Name == "ORG" && org == "":
			org = strings.Trim(strings.Join(contentline.Split(l.Value, ';'), ", "), ", ")
		}
	}
	if parts == "" {
		parts = org
	}
	return importers.Shorten(parts, 500)
}

// names are what properties are called that need a plainer name than their own.
var names = map[string]string{
	"FN": "name", "N": "parts of the name", "TEL": "telephone", "EMAIL": "e-mail", "ADR": "address", "ORG": "organisation", "NOTE": "note", "BDAY": "birthday",
	"REV": "last changed", "URL": "address on the web", "NICKNAME": "nickname", "TITLE": "title", "IMPP": "messenger", "UID": "id", "CATEGORIES": "categories",
}

// called is a property's name in plain words, with the label that a person gave
// it, which stands in a line of its own.
func called(list []contentline.Line, i int) string {
	l := &list[i]
	name := names[l.Name]
	switch {
	case l.Name == "":
		return "line"
	case name == "":
		name = l.Name
	}
	if l.Group == "" || l.Name == "X-ABLABEL" {
		return name
	}
	for j := range list {
		if other := &list[j]; j != i && other.Group == l.Group && other.Name == "X-ABLABEL" {
			label := strings.TrimSuffix(strings.TrimPrefix(other.Value, "_$!<"), ">!$_")
			return name + " (" + importers.Shorten(label, 50) + ")"
		}
	}
	return name
}

// shown is a value with the parameters that say what it is for.
func shown(l *contentline.Line) string {
	if l.Name == "" {
		return l.Raw
	}
	value := contentline.Text(l.Value)
	if l.Name == "N" || l.Name == "ADR" || l.Name == "ORG" {
		parts := slices.DeleteFunc(contentline.Split(l.Value, ';'), func(part string) bool { return part == "" })
		value = strings.Join(parts, ", ")
	}
	if value == "" {
		return ""
	}
	var room [256]byte
	with := room[:0]
	for _, p := range l.Params {
		if p.Name == "ENCODING" || p.Name == "CHARSET" || strings.EqualFold(p.Value, "QUOTED-PRINTABLE") {
			continue
		}
		before := ", "
		if len(with) == 0 {
			before = " ("
		}
		with = append(with, before...)
		if p.Name != "" {
			with = append(append(with, strings.TrimPrefix(p.Name, " ")...), ' ')
		}
		with = append(with, p.Value...)
	}
	if len(with) > 0 {
		value += strings.ToLower(string(append(with, ')')))
	}
	return value
}
