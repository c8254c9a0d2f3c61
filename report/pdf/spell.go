package pdf

// spell notes what the glyphs of a cluster stand for, and tells whether they
// give its text back by themselves. What the glyphs leave over gets glyphs that
// do not show. Not ActualText: what readers turn round they turn round inside
// it too.
func (p *piece) spell(runes []rune) bool {
	switch {
	case len(p.glyphs) == 0 || len(p.glyphs) > len(runes):
		return p.spellNone()
	case p.rtl:
		return p.spellReversed(runes)
	case len(p.glyphs) > 1:
		return p.spellNone()
	case len(p.marks) == 0:
		return p.claim(&p.glyphs[0], string(runes))
	}
	base, ok := p.face.font.NominalGlyph(runes[0])
	if !ok || base != p.glyphs[0].id || !p.claim(&p.glyphs[0], string(runes[0])) {
		return p.spellNone()
	}
	for _, r := range runes[1:] {
		p.glyphs = append(p.glyphs, glyph{id: p.face.silence(r)})
	}
	return true
}

// spellReversed is spell from right to left. Readers turn such text round glyph
// by glyph, so each must stand for one character.
func (p *piece) spellReversed(runes []rune) bool {
	last := len(p.glyphs) - 1
	for i := range p.glyphs {
		if !p.claim(&p.glyphs[last-i], string(runes[i])) {
			return p.spellNone()
		}
	}
	rest := runes[len(p.glyphs):]
	silent := make([]glyph, 0, len(runes))
	for i := len(rest) - 1; i >= 0; i-- {
		silent = append(silent, glyph{id: p.face.silence(rest[i])})
	}
	p.glyphs = append(silent, p.glyphs...)
	return true
}

func (p *piece) spellNone() bool {
	for _, g := range p.glyphs {
		p.face.use(g.id, "")
	}
	return false
}

// claim uses a glyph for a text. The space that a shaper puts for an invisible
// character is exchanged for one that stands for it.
func (p *piece) claim(g *glyph, text string) bool {
	if p.face.use(g.id, text) {
		return true
	}
	r := []rune(text)
	if g.advance == 0 && len(r) == 1 && ignorable(r[0]) {
		g.id = p.face.silence(r[0])
		return true
	}
	return false
}
