package timeline

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
	"testing"
)

// The stored form of an event written a second time, from docs/FORMAT.md alone.

func docS(s string) []byte { return append(binary.AppendUvarint(nil, uint64(len(s))), s...) }

func docWhen(w When, basis, precision byte) []byte {
	b := []byte{0, basis, precision}
	var base int64
	for i, t := range []interface {
		IsZero() bool
		Unix() int64
		Nanosecond() int
	}{w.Instant, w.Local, w.Until} {
		if t.IsZero() {
			continue
		}
		b[0] |= 1 << i
		b = binary.AppendVarint(b, t.Unix()-base)
		b = binary.AppendUvarint(b, uint64(t.Nanosecond()))
		base = t.Unix()
	}
	return slices.Concat(b, docS(w.Zone), docS(w.Raw))
}

func TestDigestIsWhatFORMATSays(t *testing.T) {
	e := someEvent()
	e.Source.Path = "elsewhere/chat.txt"
	e.Place.Lat, e.Place.Lon = 51.5, -0.125
	e.From.Owner = true
	w := docWhen(e.When, 1, 2) // utc, second
	hash := itemHash(3)
	doc := slices.Concat(
		binary.AppendUvarint(nil, 1+4+8+16+32+64+128+256+512+1024+2048),
		[]byte{0}, w, docS("line 1"), docS("elsewhere/chat.txt"), docS("Sam"), docS(""), docS(e.Text),
		[]byte{1}, docS("Ada"), docS(""), []byte{1},
		[]byte{1, 2}, docS("a.jpg"), docS(""), binary.AppendVarint(nil, 3), hash[:], docS(""), docS(""),
		docS("home"), binary.LittleEndian.AppendUint64(nil, math.Float64bits(51.5)), binary.LittleEndian.AppendUint64(nil, math.Float64bits(-0.125)),
		[]byte{1, 5}, // edited
		[]byte{1}, docS("subject"), docS("s"),
		[]byte{1}, docS("EXIF"), w, docS(""), []byte{1},
	)
	skip := slices.Concat(docS("line 2"), docS("odd"), docS("cannot be read"))
	sum := func(record []byte) []byte {
		h := sha256.Sum256(append(binary.BigEndian.AppendUint32(nil, uint32(len(record))), record...))
		return h[:]
	}
	want := sha256.Sum256(append(sum(doc), sum(skip)...))

	x, _, _ := newIndex(t)
	out := x.Begin(context.Background(), 1)
	read(t, out, 1, "whatsapp", []Event{e}, Skip{Record: "line 2", Text: "odd", Reason: "cannot be read"})
	infos, err := out.Commit(context.Background())
	must(t, err)
	if infos[0].Digest != want {
		t.Errorf("digest %s, and by the document %x", infos[0].Digest, want)
	}
}
