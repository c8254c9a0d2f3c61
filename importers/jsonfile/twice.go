package jsonfile

import (
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

// DisputeWho takes nobody for whom an event is from or to whose record names two
// under one of the names. party makes somebody of what stands there.
func (v Value) DisputeWho(f importers.Facts, party func(said string) timeline.Party, names ...string) {
	if v.once {
		return
	}
	var said []string
	var named []timeline.Party
	for _, name := range names {
		for _, who := range v.Twice(name) {
			said = append(said, name+" says "+who)
			named = append(named, party(who))
		}
	}
	if said != nil {
		f.Dispute(strings.Join(said, "; "), named...)
	}
}

// DisputeWhen flags an event whose record says two times under one of the names.
func (v Value) DisputeWhen(f importers.Facts, names ...string) {
	if v.once {
		return
	}
	var said []string
	for _, name := range names {
		for _, at := range v.Twice(name) {
			said = append(said, name+" says "+at)
		}
	}
	if said != nil {
		f.Flag(timeline.TimesDisagree)
		f.Add("times, as stated", strings.Join(said, "; "))
	}
}
