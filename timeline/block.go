package timeline

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/klauspost/compress/s2"
)

// Limits of one event and one block. What is longer is shortened and flagged:
// the whole is in the original.
const (
	maxText      = 1 << 20   // an event's text
	maxField     = 64 << 10  // any other string of an event
	maxEvent     = 4 << 20   // an event's stored form
	blockEvents  = 256       // events in a block
	blockSize    = 256 << 10 // bytes of a block before it is closed
	maxBlock     = blockSize + maxEvent + binary.MaxVarintLen64
	blockVersion = 1
)

// Bits that say which parts of an event are stored.
const (
	hasPath = 1 << iota
	hasThread
	hasTo
	hasFiles
	hasPlace
	hasFix
	hasExtra
	hasClaims
	fromOwner
	hasText
	hasFlags
	hasFrom
)

// appendEvent writes the canonical form of an event. The ID, item, hash,
// importer and version are those of its reading and are not in it; the path is,
// where it differs from the reading's.
func appendEvent(b []byte, e *Event, path string) []byte {
	parts := eventParts(e, path)
	b = binary.AppendUvarint(b, parts)
	k, _ := code("", kindCodes[:], e.Kind) // known was asked before
	b = append(b, k)
	b = appendWhen(b, e.When)
	b = appendString(b, e.Source.Record)
	if parts&hasPath != 0 {
		b = appendString(b, e.Source.Path)
	}
	if parts&hasFrom != 0 {
		b = appendString(appendString(b, e.From.Name), e.From.Address)
	}
	if parts&hasThread != 0 {
		b = appendString(b, e.Thread)
	}
	if parts&hasText != 0 {
		b = appendString(b, e.Text)
	}
	if parts&hasTo != 0 {
		b = binary.AppendUvarint(b, uint64(len(e.To)))
		for _, p := range e.To {
			b = appendParty(b, p)
		}
	}
	if parts&hasFiles != 0 {
		b = binary.AppendUvarint(b, uint64(len(e.Files)))
		for i := range e.Files {
			b = appendAttachment(b, &e.Files[i])
		}
	}
	if parts&hasPlace != 0 {
		b = appendString(b, e.Place.Name)
	}
	if parts&hasFix != 0 {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.Place.Lat))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.Place.Lon))
	}
	if parts&hasFlags != 0 {
		b = appendFlags(b, e.Flags)
	}
	if parts&hasExtra != 0 {
		b = appendExtra(b, e.Extra)
	}
	if parts&hasClaims != 0 {
		b = appendClaims(b, e.Claims)
	}
	return b
}

func eventParts(e *Event, path string) uint64 {
	var parts uint64
	for _, p := range []struct {
		has bool
		bit uint64
	}{
		{e.Source.Path != path, hasPath}, {e.Thread != "", hasThread}, {len(e.To) > 0, hasTo},
		{len(e.Files) > 0, hasFiles}, {e.Place.Name != "", hasPlace}, {e.Place.Fix, hasFix},
		{len(e.Extra) > 0, hasExtra}, {len(e.Claims) > 0, hasClaims}, {e.From.Owner, fromOwner},
		{e.Text != "", hasText}, {len(e.Flags) > 0, hasFlags}, {e.From.Name != "" || e.From.Address != "", hasFrom},
	} {
		if p.has {
			parts |= p.bit
		}
	}
	return parts
}

func appendWhen(b []byte, w When) []byte {
	basis, _ := code("", basisCodes[:], w.Basis)
	precision, _ := code("", precisionCodes[:], w.Precision)
	var has byte
	for i, t := range []time.Time{w.Instant, w.Local, w.Until} {
		if !t.IsZero() {
			has |= 1 << i
		}
	}
	b = append(b, has, basis, precision)
	base := time.Time{}
	for _, t := range []time.Time{w.Instant, w.Local, w.Until} {
		if !t.IsZero() {
			b = appendInstant(b, t, base)
			base = t
		}
	}
	return appendString(appendString(b, w.Zone), w.Raw)
}

func appendParty(b []byte, p Party) []byte {
	b = appendString(appendString(b, p.Name), p.Address)
	return append(b, flag(p.Owner))
}

func flag(v bool) byte {
	if v {
		return 1
	}
	return 0
}

func appendAttachment(b []byte, a *Attachment) []byte {
	b = append(b, flag(a.Missing)|flag(!a.Hash.IsZero())<<1)
	b = appendString(appendString(b, a.Name), a.Path)
	b = binary.AppendVarint(b, a.Item)
	if !a.Hash.IsZero() {
		b = append(b, a.Hash[:]...)
	}
	return appendString(appendString(b, a.Type), a.Note)
}

// once gives each flag one time, in their order: a reader may find one thing at
// several places of a record.
func once(flags []Flag) []Flag {
	kept := flags[:0]
	for _, f := range flags {
		if !slices.Contains(kept, f) {
			kept = append(kept, f)
		}
	}
	return kept
}

func appendFlags(b []byte, flags []Flag) []byte {
	b = binary.AppendUvarint(b, uint64(len(flags)))
	for _, f := range flags {
		c, _ := code("", flagCodes[:], f)
		b = append(b, c)
	}
	return b
}

func appendExtra(b []byte, extra Facts) []byte {
	b = binary.AppendUvarint(b, uint64(len(extra)))
	var room [16]Fact // enough for nearly every event: nothing is allocated
	sorted := append(Facts(room[:0]), extra...)
	sorted.sort()
	for _, f := range sorted {
		b = appendString(appendString(b, f.Name), f.Value)
	}
	return b
}

func appendClaims(b []byte, claims []Claim) []byte {
	b = binary.AppendUvarint(b, uint64(len(claims)))
	for _, c := range claims {
		b = appendWhen(appendString(b, c.Label), c.When)
		b = append(appendString(b, c.Note), flag(c.Chosen))
	}
	return b
}

// decodeEvent is the inverse of appendEvent; src is what the reading knows.
func decodeEvent(s string, src Pinpoint) (Event, error) {
	r := &reader{s: s}
	e := Event{Source: src}
	parts := r.uvarint()
	e.Kind = word(r, "kind", kindCodes[:], r.byte())
	e.When = r.when()
	e.Source.Record = r.string()
	if parts&hasPath != 0 {
		e.Source.Path = r.string()
	}
	if parts&hasFrom != 0 {
		e.From.Name, e.From.Address = r.string(), r.string()
	}
	e.From.Owner = parts&fromOwner != 0
	if parts&hasThread != 0 {
		e.Thread = r.string()
	}
	if parts&hasText != 0 {
		e.Text = r.string()
	}
	if parts&hasTo != 0 {
		e.To = many(r, 3, (*reader).party)
	}
	if parts&hasFiles != 0 {
		e.Files = many(r, 6, (*reader).attachment)
	}
	if parts&hasPlace != 0 {
		e.Place.Name = r.string()
	}
	if parts&hasFix != 0 {
		e.Place.Lat, e.Place.Lon, e.Place.Fix = r.float(), r.float(), true
	}
	if parts&hasFlags != 0 {
		e.Flags = once(many(r, 1, func(r *reader) Flag { return word(r, "flag", flagCodes[:], r.byte()) }))
	}
	if parts&hasExtra != 0 {
		e.Extra = many(r, 2, (*reader).fact)
	}
	if parts&hasClaims != 0 {
		e.Claims = many(r, 8, (*reader).claim)
	}
	if err := r.end(); err != nil {
		return Event{}, err
	}
	return e, nil
}

func many[T any](r *reader, size int, one func(*reader) T) []T {
	n := r.count(size)
	out := make([]T, 0, n)
	for range n {
		if r.err != nil {
			return nil
		}
		out = append(out, one(r))
	}
	return out
}

func (r *reader) when() When {
	has, basis, precision := r.byte(), r.byte(), r.byte()
	w := When{Basis: word(r, "basis", basisCodes[:], basis), Precision: word(r, "precision", precisionCodes[:], precision)}
	base := time.Time{}
	for i, t := range []*time.Time{&w.Instant, &w.Local, &w.Until} {
		if has&(1<<i) != 0 {
			*t = r.instant(base)
			base = *t
		}
	}
	w.Zone, w.Raw = r.string(), r.string()
	return w
}

func (r *reader) party() Party {
	return Party{Name: r.string(), Address: r.string(), Owner: r.byte() == 1}
}

func (r *reader) attachment() Attachment {
	has := r.byte()
	a := Attachment{Missing: has&1 != 0, Name: r.string(), Path: r.string(), Item: r.varint()}
	if has&2 != 0 {
		copy(a.Hash[:], r.bytes(len(a.Hash)))
	}
	a.Type, a.Note = r.string(), r.string()
	return a
}

func (r *reader) fact() Fact { return Fact{Name: r.string(), Value: r.string()} }

func (r *reader) claim() Claim {
	return Claim{Label: r.string(), When: r.when(), Note: r.string(), Chosen: r.byte() == 1}
}

// sealBlock closes a block: compressed, with its version in front.
func sealBlock(raw []byte) []byte {
	out := make([]byte, 1, 1+s2.MaxEncodedLen(len(raw)))
	out[0] = blockVersion
	return append(out, s2.Encode(nil, raw)...)
}

// openBlock gives a block's records, each still in its stored form.
func openBlock(value []byte) ([]string, error) {
	if len(value) == 0 || value[0] != blockVersion {
		return nil, fmt.Errorf("block: not of a version that this program knows")
	}
	n, err := s2.DecodedLen(value[1:])
	if err != nil || n > maxBlock {
		return nil, fmt.Errorf("block: damaged length")
	}
	raw, err := s2.Decode(nil, value[1:])
	if err != nil {
		return nil, fmt.Errorf("block: %w", err)
	}
	r := &reader{s: string(raw)}
	records := make([]string, 0, min(blockEvents, len(raw)))
	for len(r.s) > 0 && len(records) < blockEvents {
		records = append(records, r.string())
	}
	if err := r.end(); err != nil {
		return nil, fmt.Errorf("block: %w", err)
	}
	return records, nil
}

// shorten cuts what is longer than an index can hold and says so by a flag.
func shorten(e *Event) {
	cut := clip(&e.Text, maxText)
	for _, s := range []*string{&e.Thread, &e.From.Name, &e.From.Address, &e.Place.Name, &e.When.Raw, &e.When.Zone} {
		cut = clip(s, maxField) || cut
	}
	for i := range e.Extra {
		if len(e.Extra[i].Value) > maxField {
			e.Extra = slices.Clone(e.Extra)
			cut = clip(&e.Extra[i].Value, maxField)
		}
	}
	if cut && !slices.Contains(e.Flags, TextCut) {
		e.Flags = append(slices.Clip(e.Flags), TextCut)
	}
}

func clip(s *string, limit int) bool {
	if len(*s) <= limit {
		return false
	}
	end := limit
	for end > limit-utf8.UTFMax && !utf8.RuneStart((*s)[end]) {
		end--
	}
	*s = strings.Clone((*s)[:end])
	return true
}
