package photo

import (
	"fmt"
	"strings"
)

// riffBlocks walks the chunks of a WebP picture, a WAV sound or an AVI film.
func riffBlocks(p *probe, m *Metadata) (found blocks, err error) {
	b, err := p.read(0, 12)
	if err != nil {
		return found, err
	}
	end := 8 + le32(b[4:])
	if end > p.size {
		m.Cut = true
		end = p.size
	}
	return found, riffList(p, m, 12, end, 0, &found)
}

func riffList(p *probe, m *Metadata, off, end int64, depth int, found *blocks) error {
	for n := 0; off+8 <= end; n++ {
		if n == maxChunks {
			return fmt.Errorf("more than %d chunks", maxChunks)
		}
		b, err := p.read(off, 8)
		if err != nil {
			return err
		}
		kind, size := string(b[:4]), le32(b[4:])
		if size > end-off-8 {
			m.Cut = true
			size = end - off - 8
		}
		if err := riffChunk(p, m, kind, section{off + 8, size}, depth, found); err != nil {
			return err
		}
		off += 8 + size + size&1
	}
	return nil
}

func riffChunk(p *probe, m *Metadata, kind string, at section, depth int, found *blocks) error {
	if kind == "LIST" && depth < 2 {
		b, err := p.upTo(at.off, 4)
		if err != nil {
			return err
		}
		if s := string(b); s == "INFO" || s == "hdrl" {
			return riffList(p, m, at.off+4, at.off+at.size, depth+1, found)
		}
		return nil
	}
	if kind == "EXIF" {
		found.exif = &at
		if b, err := p.upTo(at.off, 6); err == nil && string(b) == exifHeader {
			found.exif = &section{at.off + 6, at.size - 6}
		}
		return nil
	}
	name, wanted := riffFields[kind]
	if !wanted {
		return nil
	}
	b, err := p.read(at.off, min(at.size, maxText))
	if err != nil {
		return err
	}
	switch {
	case kind == "bext" && len(b) >= 338:
		m.add(Own, "RIFF", "Originator", string(b[256:288]))
		m.add(Own, "RIFF", "OriginationDate", string(b[320:330])+" "+string(b[330:338]))
	case kind == "VP8X" && len(b) >= 10:
		m.Width = 1 + (int(b[4]) | int(b[5])<<8 | int(b[6])<<16)
		m.Height = 1 + (int(b[7]) | int(b[8])<<8 | int(b[9])<<16)
	case kind == "avih" && len(b) >= 40:
		m.Width, m.Height = int(le32(b[32:])), int(le32(b[36:]))
	case name != "":
		m.add(Own, "RIFF", name, strings.TrimRight(string(b), "\x00\n"))
	}
	return nil
}

// riffFields are the chunks that are looked into; those with a name are texts.
var riffFields = map[string]string{
	"bext": "", "VP8X": "", "avih": "",
	"ICRD": "CreationDate", "IDIT": "DateTimeOriginal", "INAM": "Title", "ICMT": "Comment",
	"ISFT": "Software", "IART": "Artist",
}
