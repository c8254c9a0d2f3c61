package pdf

import (
	"slices"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"daybook/assets/fonts"
)

// A glyph is one shaped glyph; measures are in em.
type glyph struct {
	id      font.GID
	advance float64
	dx, dy  float64 // where it is drawn, from the pen
}

// A piece is part of a word that one font prints.
type piece struct {
	face    *face   // nil when it is a sign
	glyphs  []glyph // from left to right
	sign    int     // number in signs, when face is nil
	text    string
	advance float64
	imitate variant // what must be drawn to imitate it: bold, italic
	ascent  float64 // how far its ink reaches above the base line, in em
	descent float64 // and below it
	rtl     bool    // its glyphs stand in the reverse order of the text
	marks   []glyph // signs above and below letters, printed apart; dx counts from the start of the piece
	// spelled: the glyphs themselves give the text back to a reader, in order.
	// Otherwise the text must be written beside them.
	spelled bool
}

// A word is a stretch of text without a place to break it, shaped. Words are
// shared: they do not change.
type word struct {
	text            string
	pieces          []piece // in the order of the text
	advance         float64
	ascent, descent float64
}

// mainAscent and mainDescent are those of the main font: words in letters that
// reach no further all stand alike.
const (
	mainAscent  = 1.069
	mainDescent = 0.293
	// No word makes its line higher than this: marks can be piled without end.
	highest = 2.5
	lowest  = 1.5
)

// wordLimit is how many words a shaper remembers, and rememberedLength the
// longest text among them.
const (
	wordLimit        = 40_000
	rememberedLength = 64
)

type wordKey struct {
	text string
	look variant
	rtl  bool
}

// shaper turns words into glyphs and remembers them.
type shaper struct {
	faces    faces
	signs    signs
	harfbuzz shaping.HarfbuzzShaper
	clusters segmenter.Segmenter
	language language.Language
	words    map[wordKey]*word
}

func newShaper(lang string) *shaper {
	return &shaper{
		faces:    faces{open: map[string]*face{}},
		signs:    signs{number: map[signKey]int{}},
		language: language.NewLanguage(lang),
		words:    map[wordKey]*word{},
	}
}

// word shapes a text of one look and one direction.
func (s *shaper) word(text string, look variant, rtl bool) *word {
	key := wordKey{text, look, rtl}
	if w, ok := s.words[key]; ok {
		return w
	}
	w := s.shape([]rune(text), look, rtl)
	w.text = text
	if len(text) <= rememberedLength {
		if len(s.words) >= wordLimit {
			clear(s.words)
		}
		s.words[key] = w
	}
	return w
}

// A stretch is a part of a word before shaping: one font, one script.
type stretch struct {
	start, end int
	face       *face
	emoji      bool
	imitate    variant
	script     language.Script
}

func (s *shaper) shape(runes []rune, look variant, rtl bool) *word {
	w := &word{ascent: mainAscent, descent: mainDescent}
	for _, part := range s.divide(runes, look) {
		switch {
		case part.emoji:
			w.pieces = append(w.pieces, s.shapeEmoji(runes, part))
		case part.face == nil:
			for _, r := range runes[part.start:part.end] {
				w.pieces = append(w.pieces, s.box(r))
			}
		default:
			w.pieces = append(w.pieces, s.shapeStretch(runes, part, rtl)...)
		}
	}
	for _, p := range w.pieces {
		w.advance += p.advance
		w.ascent, w.descent = max(w.ascent, min(p.ascent, highest)), max(w.descent, min(p.descent, lowest))
	}
	return w
}

// divide finds the font of each cluster and joins neighbours of the same font
// and script.
func (s *shaper) divide(runes []rune, look variant) []stretch {
	main, missing := s.faces.main(look)
	if main == nil {
		return nil
	}
	if simple(runes) && main.coversAll(runes) {
		return []stretch{{start: 0, end: len(runes), face: main, imitate: missing, script: scriptOf(runes)}}
	}
	var parts []stretch
	s.clusters.Init(runes)
	for clusters := s.clusters.GraphemeIterator(); clusters.Next(); {
		cluster := clusters.Grapheme()
		part := stretch{start: cluster.Offset, end: cluster.Offset + len(cluster.Text), script: scriptOf(cluster.Text)}
		var before *stretch
		if len(parts) > 0 {
			before = &parts[len(parts)-1]
		}
		s.chooseFace(&part, cluster.Text, before, main, look, missing)
		switch {
		case part.face == nil && len(cluster.Text) > 1:
			parts = append(parts, s.chooseForEach(runes, part, main, missing)...)
		case before != nil && before.joins(part):
			before.end = part.end
		default:
			parts = append(parts, part)
		}
	}
	return parts
}

// joins tells whether two neighbours can be shaped together.
func (p *stretch) joins(next stretch) bool {
	return !p.emoji && !next.emoji && p.face == next.face && p.script == next.script && p.imitate == next.imitate
}

func (s *shaper) chooseFace(part *stretch, cluster []rune, before *stretch, main *face, look, missing variant) {
	common := part.script == language.Common || part.script == language.Inherited || part.script == language.Unknown
	if common && before != nil {
		part.script = before.script
	}
	if emojiCluster(cluster) {
		if pictures := s.faces.get("NotoColorEmoji"); pictures != nil && pictures.coversAll(cluster[:1]) {
			part.face, part.emoji = pictures, true
			return
		}
	}
	own := fonts.For(part.script)
	switch {
	case common && before != nil && !before.emoji && before.face != nil && before.face != main && before.face.coversAll(cluster):
		part.face = before.face
	case own != "" && !common && s.covers(own, cluster):
		part.face = s.faces.get(own)
	case main.coversAll(cluster):
		part.face, part.imitate = main, missing
		return
	default:
		part.face = s.faces.fallback(cluster, part.script)
	}
	part.imitate = look &^ mono
}

func (s *shaper) covers(name string, cluster []rune) bool {
	f := s.faces.get(name)
	return f != nil && f.coversAll(cluster)
}

// chooseForEach gives each character of a cluster that no font covers whole
// the font that covers it, so that only what has no glyph at all is boxed.
func (s *shaper) chooseForEach(runes []rune, part stretch, main *face, missing variant) []stretch {
	var parts []stretch
	for i := part.start; i < part.end; i++ {
		one := stretch{start: i, end: i + 1, script: part.script, imitate: missing}
		if one.face = main; !main.coversAll(runes[i:i+1]) || ignorable(runes[i]) {
			one.face = s.faces.fallback(runes[i:i+1], language.LookupScript(runes[i]))
		}
		parts = append(parts, one)
	}
	return parts
}

// scriptOf returns the script of the first character that has one.
func scriptOf(runes []rune) language.Script {
	for _, r := range runes {
		if script := language.LookupScript(r); script != language.Common && script != language.Inherited {
			return script
		}
	}
	return language.Common
}

// simple tells whether a text is of letters that stand alone: then the main
// font is enough if it has them.
func simple(runes []rune) bool {
	for _, r := range runes {
		switch {
		case r < 0x0300, r >= 0x0370 && r < 0x0483, r >= 0x048A && r < 0x0530:
		case r >= 0x1E00 && r < 0x2000, r >= 0x2010 && r <= 0x2027, r >= 0x2030 && r < 0x205F, r >= 0x20A0 && r < 0x20D0:
		default:
			return false
		}
	}
	return true
}

func (s *shaper) run(runes []rune, part stretch, rtl bool) shaping.Output {
	direction := di.DirectionLTR
	if rtl {
		direction = di.DirectionRTL
	}
	return s.harfbuzz.ShapeNoExtents(shaping.Input{
		Text:      runes,
		RunStart:  part.start,
		RunEnd:    part.end,
		Direction: direction,
		Face:      part.face.font,
		Size:      fixed.I(int(part.face.upem)),
		Script:    part.script,
		Language:  s.language,
	})
}

// shapeStretch shapes one stretch. From left to right it is one piece. From
// right to left, clusters that do not spell their text are pieces of their
// own: readers turn such text round glyph by glyph.
func (s *shaper) shapeStretch(runes []rune, part stretch, rtl bool) []piece {
	out := s.run(runes, part, rtl)
	pieces := make([]piece, 0, 1)
	for i := 0; i < len(out.Glyphs); {
		end := i + 1
		for end < len(out.Glyphs) && out.Glyphs[end].TextIndex() == out.Glyphs[i].TextIndex() {
			end++
		}
		cluster, ok := s.shapeCluster(runes, part, out.Glyphs[i:end], rtl)
		if !ok {
			return s.boxes(runes[part.start:part.end])
		}
		if last := len(pieces) - 1; last >= 0 && (!rtl || pieces[last].spelled && cluster.spelled) {
			pieces[last].add(cluster)
		} else {
			cluster.glyphs = slices.Grow(cluster.glyphs, len(out.Glyphs)-end)
			pieces = append(pieces, cluster)
		}
		i = end
	}
	if rtl {
		slices.Reverse(pieces)
	}
	return pieces
}

// shapeCluster makes a piece of the glyphs of one cluster; not ok: the font
// lacks one.
func (s *shaper) shapeCluster(runes []rune, part stretch, shaped []shaping.Glyph, rtl bool) (p piece, ok bool) {
	start := shaped[0].TextIndex()
	own := runes[start : start+shaped[0].RunesCount()]
	em := part.face.upem * 64
	p = piece{face: part.face, text: string(own), imitate: part.imitate, rtl: rtl}
	for _, g := range shaped {
		if g.GlyphID == 0 {
			return p, false
		}
		made := glyph{id: g.GlyphID, advance: float64(g.Advance) / em, dx: float64(g.XOffset) / em, dy: float64(g.YOffset) / em}
		p.measure(made)
		if made.advance == 0 && len(shaped) > 1 {
			made.dx += p.advance
			p.marks = append(p.marks, made)
			part.face.use(made.id, "")
			continue
		}
		p.glyphs = append(p.glyphs, made)
		p.advance += made.advance
	}
	p.spelled = p.spell(own)
	return p, true
}

// add joins the piece that follows to the right.
func (p *piece) add(next piece) {
	for _, mark := range next.marks {
		mark.dx += p.advance
		p.marks = append(p.marks, mark)
	}
	p.glyphs = append(p.glyphs, next.glyphs...)
	p.advance += next.advance
	p.spelled = p.spelled && next.spelled
	p.ascent, p.descent = max(p.ascent, next.ascent), max(p.descent, next.descent)
	if p.rtl {
		p.text = next.text + p.text
	} else {
		p.text += next.text
	}
}

// measure notes how far a glyph reaches above and below the base line.
func (p *piece) measure(g glyph) {
	if extents, ok := p.face.font.GlyphExtents(g.id); ok {
		top := float64(extents.YBearing)/p.face.upem + g.dy
		p.ascent = max(p.ascent, top)
		p.descent = max(p.descent, -(top + float64(extents.Height)/p.face.upem))
	}
}

// boxes prints characters whose glyphs cannot be had.
func (s *shaper) boxes(runes []rune) []piece {
	var pieces []piece
	for _, r := range runes {
		pieces = append(pieces, s.box(r))
	}
	return pieces
}

func (s *shaper) box(r rune) piece {
	number := s.signs.box(r)
	s.faces.get(boxFont)
	return piece{sign: number, text: string(r), advance: s.signs.list[number].advance, spelled: true}
}

func (s *shaper) shapeEmoji(runes []rune, part stretch) piece {
	out := s.run(runes, part, false)
	em := part.face.upem * 64
	var glyphs []glyph
	for _, g := range out.Glyphs {
		if g.Advance > 0 {
			glyphs = append(glyphs, glyph{id: g.GlyphID, advance: float64(g.Advance) / em})
		}
	}
	text := string(runes[part.start:part.end])
	number := s.signs.emoji(text, glyphs)
	return piece{sign: number, text: text, advance: s.signs.list[number].advance, spelled: true}
}
