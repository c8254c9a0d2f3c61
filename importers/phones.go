package importers

import (
	"strings"

	"daybook/timeline"
)

// Phones gives numbers with their country code, as timeline.Phone does, and keeps
// those that it has given: an export prints few, many times, and to tell one costs as
// much as several messages.
type Phones struct{ known map[string]string }

// What is kept: an export may print anything where a number is expected.
const (
	maxPhones = 10_000
	maxPhone  = 64 // bytes of one
)

// Of is a number with its country code; empty for what is none.
func (p *Phones) Of(printed string) string {
	if printed == "" || len(printed) > maxPhone {
		return timeline.Phone(printed)
	}
	n, ok := p.known[printed]
	if ok {
		return n
	}
	if p.known == nil || len(p.known) >= maxPhones {
		p.known = map[string]string{}
	}
	n = timeline.Phone(printed)
	p.known[strings.Clone(printed)] = n
	return n
}
