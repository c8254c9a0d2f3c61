package pictures

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"math/bits"
	"slices"

	"golang.org/x/image/draw"

	"daybook/evidence"
	"daybook/importers/photo"
)

// fingerprint says where a picture grows lighter from left to right, at eight
// times eight places: 64 bits that stay nearly the same when a picture is made
// smaller, saved anew or sent through a messenger.
type fingerprint struct {
	bits  uint64
	plain bool // too even a picture to be told from others
}

// Two pictures are near when at most nearBits of their fingerprints differ. A
// picture with fewer than leastEdges steps in it is plain: every empty page has
// the same fingerprint.
const (
	nearBits   = 8
	leastEdges = 12
	step       = 3 // shades
)

func (f fingerprint) from(o fingerprint) int { return bits.OnesCount64(f.bits ^ o.bits) }

func fingerprintOf(img image.Image) fingerprint {
	small := image.NewGray(image.Rect(0, 0, 9, 8))
	draw.CatmullRom.Scale(small, small.Rect, img, img.Bounds(), draw.Src, nil)
	var f fingerprint
	edges := 0
	for y := range 8 {
		row := small.Pix[y*small.Stride:]
		for x := range 8 {
			d := int(row[x+1]) - int(row[x])
			f.bits <<= 1
			if d > 0 {
				f.bits |= 1
			}
			if d >= step || d <= -step {
				edges++
			}
		}
	}
	f.plain = edges < leastEdges
	return f
}

func (f fingerprint) value() []byte {
	b := binary.BigEndian.AppendUint64(nil, f.bits)
	if f.plain {
		return append(b, 1)
	}
	return append(b, 0)
}

func parseFingerprint(b []byte) (fingerprint, bool) {
	if len(b) != 9 {
		return fingerprint{}, false
	}
	return fingerprint{binary.BigEndian.Uint64(b), b[8] == 1}, true
}

// fingerprintStore is the key space of the case that fingerprints are kept in,
// by the hash of the original. They can be made again at any time.
const fingerprintStore = "picture fingerprints"

// fingerprints gives those of pictures; a picture that cannot be shown has none.
// What is made now is kept, and what belongs to no picture any more is thrown
// away.
func fingerprints(ctx context.Context, c *evidence.Case, p photo.Pictures, list []Picture, progress evidence.Progress) (map[evidence.Hash]fingerprint, error) {
	store := c.Store(fingerprintStore)
	readOnly, _ := c.ReadOnly()
	kept, err := keptFingerprints(store, list, readOnly)
	if err != nil {
		return nil, err
	}
	for i, it := range list {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if progress != nil {
			progress(int64(i), int64(len(list)), "pictures compared")
		}
		if _, ok := kept[it.Hash]; ok {
			continue
		}
		f, err := fingerprintOfOne(ctx, c, p, it)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil && !final(err):
			continue // its bytes are damaged, as check says; the others are compared
		case err != nil:
			f = fingerprint{plain: true}
		}
		kept[it.Hash] = f
		if readOnly {
			continue
		}
		if err := store.Put(it.Hash[:], f.value()); err != nil {
			return nil, fmt.Errorf("picture %s: %w", it.Hash, err)
		}
	}
	return kept, nil
}

func keptFingerprints(store *evidence.Store, list []Picture, readOnly bool) (map[evidence.Hash]fingerprint, error) {
	held := map[evidence.Hash]bool{}
	for _, p := range list {
		held[p.Hash] = true
	}
	kept := map[evidence.Hash]fingerprint{}
	var gone [][]byte
	for kv, err := range store.Scan(nil) {
		if errors.Is(err, evidence.ErrDamaged) {
			continue // made again
		}
		if err != nil {
			return nil, err
		}
		f, ok := parseFingerprint(kv.Value)
		switch {
		case len(kv.Key) != len(evidence.Hash{}):
		case !held[evidence.Hash(kv.Key)]:
			gone = append(gone, slices.Clone(kv.Key))
		case ok:
			kept[evidence.Hash(kv.Key)] = f
		}
	}
	if readOnly {
		return kept, nil
	}
	for _, key := range gone {
		if err := store.Delete(key); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

// fingerprintOfOne makes the fingerprint of one picture.
func fingerprintOfOne(ctx context.Context, c *evidence.Case, p photo.Pictures, it Picture) (f fingerprint, err error) {
	o, err := c.Original(it.Hash)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	b, _, _, err := p.Thumbnail(ctx, it.Name, o, o.Size())
	if err != nil {
		return f, err
	}
	img, err := jpeg.Decode(bytes.NewReader(b)) // of our own making
	if err != nil {
		return f, fmt.Errorf("%s: its small picture: %w", it.Name, err)
	}
	return fingerprintOf(img), nil
}

// eachNear hands on every two fingerprints that are near, by their places in the
// list, each pair once. Two that differ in at most eight bits differ in at most
// two bits of one of their four quarters: so for each quarter only those are
// looked at whose quarter is that near, and not all against all.
func eachNear(list []fingerprint, yield func(i, j, differ int)) {
	masks := nearMasks()
	for quarter := range 4 {
		part := func(f fingerprint) uint16 { return uint16(f.bits >> (16 * quarter)) }
		at := make([][]int, 1<<16)
		for i, f := range list {
			if f.plain {
				continue
			}
			for _, m := range masks {
				for _, j := range at[part(f)^m] {
					if d := f.from(list[j]); d <= nearBits && firstQuarter(f, list[j]) == quarter {
						yield(j, i, d)
					}
				}
			}
			at[part(f)] = append(at[part(f)], i)
		}
	}
}

// firstQuarter is the first quarter in which two fingerprints differ in at most
// two bits: there a pair is found once.
func firstQuarter(a, b fingerprint) int {
	for q := range 4 {
		if bits.OnesCount16(uint16((a.bits^b.bits)>>(16*q))) <= nearBits/4 {
			return q
		}
	}
	return -1
}

// nearMasks are all numbers of sixteen bits with at most two of them set.
func nearMasks() []uint16 {
	out := []uint16{0}
	for i := range 16 {
		out = append(out, 1<<i)
		for j := range i {
			out = append(out, 1<<i|1<<j)
		}
	}
	return out
}
