package telephony

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"daybook/importers"
	"daybook/importers/sqlite"
	"daybook/timeline"
)

// book is what the messages refer to.
type book struct {
	*sqlite.View
	numbers map[int64]string // canonical_addresses
	threads map[int64]string // their numbers, by conversation
	addrs   map[int64][]addr // of an MMS
}

type addr struct {
	kind    int64
	address string
}

// The kinds of address of an MMS, by the numbers of its standard.
const (
	addrFrom = 137
	addrTo   = 151
	addrCc   = 130
	addrBcc  = 129
)

// ownerToken stands in place of the owner's own number.
const ownerToken = "insert-address-token"

func newBook(v *sqlite.View) *book {
	b := &book{View: v, numbers: map[int64]string{}, threads: map[int64]string{}, addrs: map[int64][]addr{}}
	for row := range v.Rows("canonical_addresses", "address") {
		b.numbers[row.ID] = row.Text("address")
	}
	for row := range v.Rows("threads", "recipient_ids") {
		b.threads[row.ID] = row.Text("recipient_ids")
	}
	for row := range v.Rows("addr", "msg_id", "address", "type") {
		id := row.Int("msg_id")
		b.addrs[id] = append(b.addrs[id], addr{row.Int("type"), latin(row.Text("address"))})
	}
	return b
}

// recipients are the others of a conversation.
func (b *book) recipients(thread int64) (list []timeline.Party) {
	for _, id := range strings.Fields(b.threads[thread]) {
		n, err := strconv.ParseInt(id, 10, 64)
		if number := b.numbers[n]; err == nil && number != "" && importers.Withheld(number) == "" {
			list = append(list, timeline.Party{Address: number})
		}
	}
	return list
}

// latin undoes, once, what the system does to a text of an MMS: its bytes of
// UTF-8 stand as one character each. What cannot have come so stays.
func latin(text string) string {
	b := make([]byte, 0, len(text))
	for _, r := range text {
		if r > 0xff {
			return text
		}
		b = append(b, byte(r))
	}
	if !utf8.Valid(b) {
		return text
	}
	return string(b)
}

// parts are the pieces of one MMS.
type parts struct {
	text  []string
	files []timeline.Attachment
	kinds []string
}

// mms hands on the messages with parts.
func (b *book) mms() error {
	of := b.Keys("part", "mid")
	find := b.Finder("part", "seq", "ct", "name", "fn", "cl", "_data", "text")
	whole := map[int64]bool{}
	for row := range b.Rows("pdu", "thread_id", "date", "date_sent", "msg_box", "m_type", "m_id", "sub", "ct_t", "ct_l", "exp", "tr_id", "retr_txt", "sub_id") {
		whole[row.ID] = true
		if err := b.Event("pdu", row, b.event(row, b.parts(find, of.Of(row.ID)))); err != nil {
			return err
		}
	}
	if b.Before() {
		return nil
	}
	return b.orphans(find, of, whole)
}

var errOrphan = errors.New("the message that this part belongs to is no longer there")

// orphans are parts without a message.
func (b *book) orphans(find *sqlite.Finder, of sqlite.Links, whole map[int64]bool) error {
	for mms, list := range of.All() {
		if whole[mms] {
			continue
		}
		p := b.parts(find, list)
		for _, f := range p.files {
			p.text = append(p.text, f.Name)
		}
		if err := b.Skip(fmt.Sprintf("parts of mms %d", mms), strings.Join(append(p.kinds, p.text...), "\n"), errOrphan); err != nil {
			return err
		}
	}
	return nil
}

// parts reads the parts of a message.
func (b *book) parts(find *sqlite.Finder, list []int64) *parts {
	p := &parts{}
	for _, id := range list {
		if row, ok := find.Row(id); ok {
			b.part(p, row)
		}
	}
	return p
}

func (b *book) part(p *parts, row sqlite.Row) {
	kind, text := row.Text("ct"), row.Text("text")
	p.kinds = append(p.kinds, kind)
	stored := row.Text("_data")
	switch {
	case kind == "application/smil":
	case kind == "text/plain" && stored == "":
		p.text = append(p.text, text)
	case stored == "" && text != "":
		p.text = append(p.text, kind+": "+text)
	default:
		base := path.Base(strings.ReplaceAll(stored, `\`, "/"))
		name := base
		for _, column := range []string{"fn", "name", "cl"} {
			if n := latin(row.Text(column)); n != "" && !strings.HasPrefix(n, "<") {
				name = n
				break
			}
		}
		if name == "." {
			name = fmt.Sprintf("part %d", row.ID)
		}
		p.files = append(p.files, b.File(name, kind, base, "app_parts/"+base, "../app_parts/"+base, "parts/"+base))
	}
}

// event makes the event of an MMS.
func (b *book) event(row sqlite.Row, p *parts) timeline.Event {
	e := timeline.Event{
		Kind: timeline.Message, When: sqlite.UnixSeconds.When(row, "date"), Text: strings.Join(p.text, "\n"), Files: p.files,
		Source: timeline.Pinpoint{Record: b.Record("mms", row)},
	}
	if sent := sqlite.UnixSeconds.When(row, "date_sent"); sent.Precision != timeline.Undated {
		claims(&e, sent)
	}
	b.parties(&e, row)
	sqlite.Fact(&e, "subject", latin(row.Text("sub")))
	sqlite.Fact(&e, "parts", strings.Join(p.kinds, ", "))
	switch n := row.Int("m_type"); n {
	case 128, 132:
	case 130:
		sqlite.Fact(&e, "kind of message", "a notice that a message waits; it was not fetched")
		sqlite.Fact(&e, "expires", sqlite.Moment(sqlite.UnixSeconds.When(row, "exp")))
	default:
		sqlite.Fact(&e, "kind of message", fmt.Sprintf("%d (meaning not known)", n))
	}
	for _, c := range []string{"m_id", "tr_id", "ct_l", "retr_txt"} {
		sqlite.Fact(&e, c, row.Text(c))
	}
	key := row.Text("m_id")
	if key == "" {
		key = row.Text("tr_id")
	}
	sqlite.Fact(&e, timeline.SameKey, importers.SameOf("mms", key, row.Text("date"), row.Text("msg_box"), e.Text))
	return e
}

// parties sets who an MMS is from and to. Addresses that are all the same are a
// known fault of some telephones: then the conversation's are taken.
func (b *book) parties(e *timeline.Event, row sqlite.Row) {
	others := b.recipients(row.Int("thread_id"))
	d := box(e, row.Int("msg_box"), mmsBoxes)
	list := b.addrs[row.ID]
	var from, to, all []string
	for _, a := range list {
		kind := map[int64]string{addrFrom: "from", addrTo: "to", addrCc: "copy to", addrBcc: "blind copy to"}[a.kind]
		switch kind {
		case "":
			kind = fmt.Sprintf("of kind %d", a.kind)
		case "from":
			from = append(from, a.address)
		default:
			to = append(to, a.address)
		}
		all = append(all, kind+" "+a.address)
	}
	sqlite.Fact(e, "addresses", strings.Join(all, ", "))
	e.Thread = thread(others, list)
	if len(list) > 1 && !slices.ContainsFunc(list, func(a addr) bool { return a.address != list[0].address }) {
		sqlite.Fact(e, "parties", "the addresses of the message are all the same, a known fault of some phones: taken from the conversation instead")
		from, to = nil, nil
	}
	if len(from)+len(to) == 0 || d == unstated {
		towards(e, d, others)
		return
	}
	f := importers.FactsOf(e)
	switch known := len(from) > 0 && from[0] != ownerToken && len(others) > 0; {
	case known && d == sent && among(from[0], others):
		f.Dispute("msg_box says that the owner sent it; the message says from "+from[0], others...)
		return
	case known && d == received && importers.Withheld(from[0]) == "" && !among(from[0], others):
		f.Dispute("the message says from "+from[0]+"; the conversation is with "+e.Thread, append(plain(from[:1]), others...)...)
		return
	}
	if d == sent {
		e.From = timeline.Party{Owner: true, Address: own(from, others)}
		if e.To = plain(to); len(e.To) == 0 {
			e.To = others
		}
		return
	}
	switch {
	case len(from) > 0 && from[0] != ownerToken:
		e.From = plain(from[:1])[0]
	case len(others) == 1:
		e.From = others[0]
	}
	e.To = withOwner(to, others)
}

// thread names a conversation by its numbers.
func thread(others []timeline.Party, list []addr) string {
	var names []string
	for _, p := range others {
		names = append(names, p.Address)
	}
	if len(names) == 0 {
		for _, a := range list {
			if a.kind == addrFrom && a.address != ownerToken {
				names = append(names, a.address)
			}
		}
	}
	return strings.Join(names, ", ")
}

// own is the owner's number, when the sender of a sent message is one.
func own(from []string, others []timeline.Party) string {
	if len(from) != 1 || from[0] == ownerToken || among(from[0], others) {
		return ""
	}
	return from[0]
}

func plain(addresses []string) (list []timeline.Party) {
	for _, a := range addresses {
		list = append(list, timeline.Party{Address: a, Owner: a == ownerToken})
		if a == ownerToken || importers.Withheld(a) != "" {
			list[len(list)-1].Address = ""
		}
	}
	return list
}

// withOwner are the recipients of a received message: the owner is the one
// number that is not of the conversation's others.
func withOwner(to []string, others []timeline.Party) []timeline.Party {
	list := plain(to)
	mine := -1
	for i, p := range list {
		if p.Owner {
			return list
		}
		if !among(p.Address, others) {
			if mine >= 0 {
				mine = len(list) // more than one: it is not known which
				break
			}
			mine = i
		}
	}
	if len(others) > 0 && mine >= 0 && mine < len(list) {
		list[mine].Owner = true
		return list
	}
	return append([]timeline.Party{{Owner: true}}, list...)
}

func among(address string, list []timeline.Party) bool {
	number := timeline.Phone(address)
	return slices.ContainsFunc(list, func(p timeline.Party) bool {
		return strings.EqualFold(p.Address, address) || number != "" && timeline.Phone(p.Address) == number
	})
}
