package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"
)

const (
	pngSignature = "\x89PNG\r\n\x1a\n"
	maxChunks    = 4000
	maxInflated  = 256 << 10
	xmpKeyword   = "XML:com.adobe.xmp"
)

// pngBlocks walks the chunks: texts and times may stand behind the picture.
// Checksums are not looked at, the picture is not read.
func pngBlocks(p *probe, m *Metadata) (found blocks, err error) {
	off := int64(len(pngSignature))
	for range maxChunks {
		b, err := p.read(off, 8)
		if err != nil {
			return found, err
		}
		size, kind := be32(b), string(b[4:])
		if kind == "IEND" {
			return found, nil
		}
		if size > p.size-off-8 {
			return found, errCut
		}
		if err := pngChunk(p, m, kind, section{off + 8, size}, &found); err != nil {
			m.note("png: chunk %q: %v", kind, err)
		}
		if kind == "eXIf" || kind == "zTXt" {
			found.end = min(off+12+size, p.size)
		}
		off += 12 + size
	}
	return found, fmt.Errorf("more than %d chunks", maxChunks)
}

func pngChunk(p *probe, m *Metadata, kind string, at section, found *blocks) error {
	switch kind {
	case "eXIf":
		found.exif = &at
		return nil
	case "IHDR", "tIME", "pHYs", "tEXt", "zTXt", "iTXt":
	default:
		return nil
	}
	if at.size > maxInflated {
		return fmt.Errorf("%d bytes, at most %d are read", at.size, maxInflated)
	}
	b, err := p.read(at.off, at.size)
	if err != nil {
		return err
	}
	switch {
	case kind == "IHDR" && len(b) >= 8:
		m.Width, m.Height = int(be32(b)), int(be32(b[4:]))
	case kind == "tIME" && len(b) == 7:
		m.add(Own, "PNG", "tIME", fmt.Sprintf("%04d-%02d-%02d %02d:%02d:%02d", be16(b), b[2], b[3], b[4], b[5], b[6]))
	case kind == "pHYs" && len(b) == 9 && b[8] == 1:
		m.add(Own, "PNG", "pHYs", strconv.Itoa(int(float64(be32(b))*0.0254+0.5))+" dpi")
	case kind == "tEXt", kind == "zTXt", kind == "iTXt":
		return pngText(p, m, kind, b, found)
	}
	return nil
}

// pngText reads the three sorts of text chunk.
func pngText(p *probe, m *Metadata, kind string, b []byte, found *blocks) error {
	key, rest, ok := bytes.Cut(b, []byte{0})
	if !ok || len(key) == 0 || len(key) > 79 {
		return fmt.Errorf("no keyword")
	}
	text, packed := rest, kind == "zTXt"
	switch {
	case kind == "zTXt":
		if len(rest) == 0 || rest[0] != 0 {
			return fmt.Errorf("%s: packed in a way that is not known", key)
		}
		text = rest[1:]
	case kind == "iTXt":
		if len(rest) < 2 {
			return fmt.Errorf("%s: too short", key)
		}
		packed = rest[0] == 1
		parts := bytes.SplitN(rest[2:], []byte{0}, 3)
		if len(parts) < 3 {
			return fmt.Errorf("%s: too short", key)
		}
		text = parts[2]
	}
	if packed {
		var err error
		if text, err = inflate(text); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	switch k := latin1(key); {
	case k == xmpKeyword:
		found.xmp = append(found.xmp, text)
	case strings.HasPrefix(k, "Raw profile type "):
		return rawProfile(m, k, text)
	case strings.HasPrefix(k, "exif:"), strings.HasPrefix(k, "icc:"):
		// ImageMagick repeats what the picture's own blocks say
	default:
		m.add(Own, "PNG", k, string(text))
	}
	return nil
}

func inflate(b []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, maxInflated+1))
	if len(out) > maxInflated {
		return nil, fmt.Errorf("unpacks to more than %d bytes", maxInflated)
	}
	return out, err
}

// rawProfile reads the EXIF that ImageMagick writes as hexadecimal text: a
// name, a length and the digits.
func rawProfile(m *Metadata, key string, text []byte) error {
	if k := strings.TrimPrefix(key, "Raw profile type "); k != "exif" && k != "APP1" {
		return nil
	}
	words := strings.Fields(string(text))
	if len(words) < 3 {
		return fmt.Errorf("%s: too short", key)
	}
	b, err := hex.DecodeString(strings.Join(words[2:], ""))
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	b = bytes.TrimPrefix(b, []byte(exifHeader))
	if !bytes.HasPrefix(b, []byte("II*")) && !bytes.HasPrefix(b, []byte("MM")) {
		return nil
	}
	inner := &probe{at: headed{b, nil}, size: int64(len(b)), left: maxProbe}
	readEXIF(inner, section{0, int64(len(b))}, m)
	return nil
}
