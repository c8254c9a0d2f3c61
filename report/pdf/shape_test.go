package pdf

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"

	"daybook/report/direction"
)

// spot is a glyph on the page.
type spot struct {
	resource string
	glyph    font.GID
	x, y     float64
}

// spots plays content back: where each glyph of the fonts stands.
func spots(content []byte, faces []*face) (all []spot) {
	var stack []string
	var resource string
	var size, x, y, rise float64
	number := func(i int) float64 {
		n, err := strconv.ParseFloat(stack[len(stack)-i], 64)
		if err != nil {
			panic(err)
		}
		return n
	}
	for _, token := range contentTokens(content) {
		switch token {
		case "Tf":
			resource, size = stack[len(stack)-2][1:], number(1)
		case "Tm":
			x, y = number(2), number(1)
		case "Ts":
			rise = number(1)
		case "TJ":
			at := slices.IndexFunc(faces, func(f *face) bool { return f.resource == resource })
			for _, part := range stack {
				if part[0] != '<' {
					n, err := strconv.ParseFloat(part, 64)
					if err != nil {
						panic(err)
					}
					x -= n / 1000 * size
					continue
				}
				for codes := strings.Trim(part, "<>"); at >= 0 && len(codes) >= 4; codes = codes[4:] {
					id, err := strconv.ParseUint(codes[:4], 16, 16)
					if err != nil {
						panic(err)
					}
					f, drawn := faces[at], font.GID(id)
					if of, ok := f.copies[drawn]; ok {
						drawn = of
					}
					if int(drawn) < f.glyphs {
						all = append(all, spot{resource, drawn, x, y + rise})
					}
					x += f.width(drawn) * size
				}
			}
		case "BT", "ET", "rg", "RG", "Tr", "w", "BDC", "BMC", "EMC":
		default:
			stack = append(stack, token)
			continue
		}
		stack = stack[:0]
	}
	return all
}

// Every glyph, and every sign above and below it, stands where the shaper put
// it.
func TestGlyphsStandWhereTheShaperPutsThem(t *testing.T) {
	for _, s := range scripts {
		shaper := newShaper("en")
		set := &setter{shaper: shaper, pageOf: unknownPage}
		const size, left, base = 100, 50, 60
		ln := set.lines([]Run{{Text: s.text}}, 1000)[0]
		var want []spot
		for _, a := range ln.atoms {
			x := left + a.x*size
			pieces := slices.Clone(a.word.pieces)
			if a.level%2 == 1 {
				slices.Reverse(pieces)
			}
			for _, p := range pieces {
				pen := x
				for _, g := range p.glyphs {
					if int(g.id) < p.face.glyphs {
						want = append(want, spot{p.face.resource, g.id, pen + g.dx*size, base + g.dy*size})
					}
					pen += g.advance * size
				}
				for _, g := range p.marks {
					want = append(want, spot{p.face.resource, g.id, x + g.dx*size, base + g.dy*size})
				}
				x += p.advance * size
			}
		}
		var p pen
		p.line(&ln, size, left, base, black)
		got := spots(p.out, shaper.faces.order)
		for _, w := range want {
			near := func(g spot) bool {
				return g.resource == w.resource && g.glyph == w.glyph && math.Abs(g.x-w.x) < 0.6 && math.Abs(g.y-w.y) < 0.1
			}
			if !slices.ContainsFunc(got, near) {
				t.Errorf("%s: glyph %d of %s is not at %.2f, %.2f", s.name, w.glyph, w.resource, w.x, w.y)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d glyphs, want %d", s.name, len(got), len(want))
		}
	}
}

// Taken apart into letters and signs, a word still has its glyphs where
// HarfBuzz put them.
func TestPiecesKeepTheirPlaces(t *testing.T) {
	shaper := newShaper("en")
	for _, text := range []string{"مُحَمَّدٌ", "رَسُولٌ", "שָׁלוֹם", "عَلَيْكُمُ", "e\u0301a\u0308\u0323", "คนที่รู้", "ပါနဲ့"} {
		runes := []rune(text)
		_, rtl := direction.Levels(runes)
		var got, want []spot
		x := 0.0
		pieces := slices.Clone(shaper.word(text, 0, rtl).pieces)
		if rtl {
			slices.Reverse(pieces)
		}
		for _, p := range pieces {
			pen := x
			for _, g := range p.glyphs {
				if int(g.id) < p.face.glyphs {
					got = append(got, spot{glyph: g.id, x: pen + g.dx, y: g.dy})
				}
				pen += g.advance
			}
			for _, g := range p.marks {
				got = append(got, spot{glyph: g.id, x: x + g.dx, y: g.dy})
			}
			x += p.advance
		}
		part := shaper.divide(runes, 0)[0]
		x = 0
		for _, g := range shaper.run(runes, part, rtl).Glyphs {
			em := part.face.upem * 64
			want = append(want, spot{glyph: g.GlyphID, x: x + float64(g.XOffset)/em, y: float64(g.YOffset) / em})
			x += float64(g.Advance) / em
		}
		inOrder := func(a, b spot) int { return cmp.Or(cmp.Compare(a.glyph, b.glyph), cmp.Compare(a.x, b.x)) }
		slices.SortFunc(got, inOrder)
		slices.SortFunc(want, inOrder)
		same := func(a, b spot) bool {
			return a.glyph == b.glyph && math.Abs(a.x-b.x) < 1e-9 && math.Abs(a.y-b.y) < 1e-9
		}
		if !slices.EqualFunc(got, want, same) {
			t.Errorf("%s:\ngot  %v\nwant %v", text, got, want)
		}
	}
}

// A subset holds every glyph that was used, drawn and as wide as in the font, and
// those that are copies to stand for no text.
func TestSubsetsDrawTheSame(t *testing.T) {
	shaper := newShaper("en")
	for _, s := range scripts {
		shaper.word(s.text, 0, false)
		shaper.word(s.text, 0, true)
		shaper.word(s.text, bold, false)
	}
	compared := 0
	for _, f := range shaper.faces.order {
		if len(f.used) == 0 || f.name == emojiFont {
			continue
		}
		for _, id := range slices.Sorted(maps.Keys(f.used)) {
			if id%3 == 0 && int(id) < f.glyphs {
				f.muted(id)
			}
		}
		file, glyphs, err := f.subset()
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		tables, err := opentype.NewLoader(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		small, full := outlinesOf(t, tables), outlinesOf(t, f.tables)
		widths := advances(t, tables)
		for _, id := range glyphs {
			of, copied := f.copies[id]
			if !copied {
				of = id
			}
			if int(of) >= f.glyphs {
				if data, err := small.glyph(int(id)); err != nil || len(data) != 0 {
					t.Errorf("%s: silent glyph %d: %d bytes, %v", f.name, id, len(data), err)
				}
				continue
			}
			if !sameOutline(full, small, int(of), int(id)) {
				t.Errorf("%s: glyph %d is drawn otherwise", f.name, id)
			}
			if got := float64(widths[id]) / f.upem; math.Abs(got-f.width(id)) > 0.001 {
				t.Errorf("%s: glyph %d is %f wide, not %f", f.name, id, got, f.width(id))
			}
			compared++
		}
	}
	if compared < 500 {
		t.Errorf("only %d glyphs compared", compared)
	}
}

func outlinesOf(t *testing.T, tables *opentype.Loader) *outlines {
	t.Helper()
	var o outlines
	for tag, to := range map[string]*[]byte{"glyf": &o.glyf, "loca": &o.loca} {
		data, err := tables.RawTable(opentype.MustNewTag(tag))
		if err != nil {
			t.Fatal(err)
		}
		*to = data
	}
	head, err := tables.RawTable(opentype.MustNewTag("head"))
	if err != nil {
		t.Fatal(err)
	}
	o.long = head[51] != 0
	return &o
}

// advances reads the widths of a subset, which has one for each glyph.
func advances(t *testing.T, tables *opentype.Loader) (all []uint16) {
	t.Helper()
	hmtx, err := tables.RawTable(opentype.MustNewTag("hmtx"))
	if err != nil {
		t.Fatal(err)
	}
	maxp, err := tables.RawTable(opentype.MustNewTag("maxp"))
	if err != nil {
		t.Fatal(err)
	}
	for range binary.BigEndian.Uint16(maxp[4:]) {
		all, hmtx = append(all, binary.BigEndian.Uint16(hmtx)), hmtx[4:]
	}
	return all
}

// sameOutline compares a glyph and all that it is composed of.
func sameOutline(full, small *outlines, of, id int) bool {
	a, errA := full.glyph(of)
	b, errB := small.glyph(id)
	if errA != nil || errB != nil || !bytes.HasPrefix(b, a) {
		return false
	}
	for _, part := range components(a) {
		if !sameOutline(full, small, part, part) {
			return false
		}
	}
	return true
}
