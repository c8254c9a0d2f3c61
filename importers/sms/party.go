package sms

import (
	"slices"
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

// The kinds of address of an MMS, by the numbers of its standard.
const (
	addrFrom = "137"
	addrTo   = "151"
	addrCc   = "130"
	addrBcc  = "129"
)

// ownerToken stands in place of the owner's own number.
const ownerToken = "insert-address-token"

// people sets who the message is from and to. The box it lies in decides the
// direction. Its own addresses say who, unless they are all the same, which is
// a known fault of some phones: then the conversation's numbers do.
func (m *mms) people(direction int) {
	from, to := m.split()
	if m.allEqual() {
		extra(&m.Event, "parties", "the addresses of the message are all the same, a known fault of some phones: taken from the conversation instead")
		from, to = nil, nil
	}
	if direction == unstated && len(from) == 1 && from[0] == ownerToken {
		direction = sent
	}
	switch {
	case len(from)+len(to) == 0 || direction == unstated:
		towards(&m.Event, direction, m.others)
	case direction == sent && m.byOther(from):
		importers.FactsOf(&m.Event).Dispute("msg_box says that the owner sent it; the message says from "+from[0], m.others...)
	case direction == sent:
		m.From = timeline.Party{Owner: true, Address: m.own(from)}
		if m.To = m.named(to); len(m.To) == 0 {
			m.To = m.others
		}
	default:
		m.From = m.sender(from)
		m.To = m.recipients(to)
		if len(m.others) > 0 && len(from) > 0 && from[0] != ownerToken && from[0] != "" && !m.byOther(from) {
			importers.FactsOf(&m.Event).Dispute("the message says from "+from[0]+"; the conversation is with "+m.a.value("address"), append([]timeline.Party{m.From}, m.others...)...)
		}
	}
}

// byOther tells whether the sender is one of the conversation's others.
func (m *mms) byOther(from []string) bool {
	if len(from) == 0 || from[0] == ownerToken {
		return false
	}
	_, other := m.other(from[0])
	return other
}

// split gives the senders and the recipients, and keeps the addresses as the
// message has them.
func (m *mms) split() (from, to []string) {
	var all []string
	for _, a := range m.addrs {
		kind := "of kind " + a.kind
		switch a.kind {
		case addrFrom:
			kind = "from"
			from = append(from, a.address)
		case addrTo:
			kind = "to"
		case addrCc:
			kind = "copy to"
		case addrBcc:
			kind = "blind copy to"
		}
		if a.kind == addrTo || a.kind == addrCc || a.kind == addrBcc {
			to = append(to, a.address)
		}
		all = append(all, kind+" "+a.address)
	}
	if len(all) > 0 {
		extra(&m.Event, "addresses", cutText(strings.Join(all, ", "), maxValue))
	}
	return from, to
}

func (m *mms) allEqual() bool {
	for _, a := range m.addrs {
		if a.address != m.addrs[0].address {
			return false
		}
	}
	return len(m.addrs) > 1
}

// own is the owner's number, when the sender of a sent message is one.
func (m *mms) own(from []string) string {
	if len(from) != 1 || from[0] == ownerToken {
		return ""
	}
	if _, other := m.other(from[0]); other {
		return ""
	}
	return from[0]
}

// sender is who a received message is from.
func (m *mms) sender(from []string) timeline.Party {
	if len(from) == 0 || from[0] == ownerToken || from[0] == "" {
		if len(m.others) == 1 {
			return m.others[0]
		}
		return timeline.Party{}
	}
	p, _ := m.other(from[0])
	return p
}

// recipients are those of a received message: the owner among them, with the
// one number that is not of the conversation's others.
func (m *mms) recipients(to []string) []timeline.Party {
	parties := m.named(to)
	own := -1
	for i, p := range parties {
		if _, other := m.other(p.Address); other && !p.Owner {
			continue
		}
		if own >= 0 {
			own = len(parties) // more than one: it is not known which
			break
		}
		own = i
	}
	if own >= 0 && own < len(parties) {
		parties[own].Owner = true
		return parties
	}
	return append([]timeline.Party{{Owner: true}}, parties...)
}

func (m *mms) named(addresses []string) []timeline.Party {
	var parties []timeline.Party
	for _, address := range addresses {
		if address == ownerToken {
			parties = append(parties, timeline.Party{Owner: true})
		} else {
			p, _ := m.other(address)
			parties = append(parties, p)
		}
	}
	return parties
}

// other finds an address among the conversation's others, who may have names.
func (m *mms) other(address string) (timeline.Party, bool) {
	if importers.Withheld(address) != "" {
		return timeline.Party{}, slices.ContainsFunc(m.others, func(p timeline.Party) bool { return p.Address == "" })
	}
	for _, p := range m.others {
		if sameAddress(p.Address, address) {
			return timeline.Party{Name: p.Name, Address: address}, true
		}
	}
	return timeline.Party{Address: address}, false
}

// sameAddress compares two numbers as phones do, by their last nine digits, so
// that +447700900123 is 07700900123.
func sameAddress(a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	const significant = 9
	x, y := digits(a), digits(b)
	if len(x) < significant || len(y) < significant {
		return x != "" && x == y && !strings.Contains(a+b, "@")
	}
	return x[len(x)-significant:] == y[len(y)-significant:] && !strings.Contains(a+b, "@")
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
