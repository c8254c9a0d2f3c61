package photo

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// read finds the format and reads all that is known of it.
func read(p *probe) Metadata {
	var m Metadata
	head, err := p.upTo(0, 512)
	if err != nil {
		m.InPart = fmt.Sprintf("cannot be read: %v", err)
		m.note("%s", m.InPart)
		return m
	}
	m.Format = sniff(head)
	var found blocks
	switch m.Format {
	case "jpeg":
		found, err = jpegBlocks(p, &m)
	case "png":
		found, err = pngBlocks(p, &m)
	case "webp", "wav", "avi":
		found, err = riffBlocks(p, &m)
	case "heic", "avif":
		found, err = heifBlocks(p, &m)
	case "tiff":
		found.exif = &section{0, p.size}
	case "mov", "mp4", "m4a", "3gp":
		found, err = movieBlocks(p, &m)
	case "mp3":
		err = id3(p, &m)
	case "ogg", "flac":
		err = comments(p, &m)
	case "gif":
		if len(head) >= 10 {
			m.Width, m.Height = int(head[6])|int(head[7])<<8, int(head[8])|int(head[9])<<8
		}
	}
	if err != nil {
		m.Cut = m.Cut || errors.Is(err, errCut)
		m.note("%s: %v", m.Format, err)
		m.InPart = err.Error()
	} else if m.Cut {
		m.InPart = errCut.Error()
	}
	if found.exif != nil {
		readEXIF(p, *found.exif, &m)
	}
	for _, packet := range found.xmp {
		readXMP(packet, &m)
	}
	if f, ok := imagemetaFormat(m.Format); ok {
		if m.Format == "png" { // it would walk the whole picture for nothing
			p = &probe{at: p.at, size: found.end, left: p.left}
		}
		if p.size > 0 {
			readImagemeta(p, f, &m)
		}
	}
	return m
}

// blocks are the parts of a file that hold metadata of a common kind.
type blocks struct {
	exif *section // a TIFF structure
	xmp  [][]byte // packets that imagemeta does not find by itself
	end  int64    // of a PNG: behind the last chunk that imagemeta would read
}

type section struct{ off, size int64 }

// sniff names the format by the first bytes. Names are those of the importer's
// "format" field.
func sniff(b []byte) string {
	has := func(off int, s string) bool {
		return len(b) >= off+len(s) && string(b[off:off+len(s)]) == s
	}
	switch {
	case has(0, "\xff\xd8\xff"):
		return "jpeg"
	case has(0, pngSignature):
		return "png"
	case has(0, "GIF8"):
		return "gif"
	case has(0, "RIFF") && has(8, "WEBP"):
		return "webp"
	case has(0, "RIFF") && has(8, "WAVE"):
		return "wav"
	case has(0, "RIFF") && has(8, "AVI "):
		return "avi"
	case has(0, "II*\x00"), has(0, "MM\x00*"):
		return "tiff"
	case has(0, "BM") && len(b) > 14 && (b[14] == 40 || b[14] == 108 || b[14] == 124 || b[14] == 12):
		return "bmp"
	case has(4, "ftyp"):
		return brand(b)
	case has(4, "moov"), has(4, "mdat"), has(4, "wide"), has(4, "free"), has(4, "skip"):
		return "mov"
	case has(0, "ID3"):
		return "mp3"
	case has(0, "OggS"):
		return "ogg"
	case has(0, "fLaC"):
		return "flac"
	case has(0, "#!AMR"):
		return "amr"
	case len(b) > 1 && b[0] == 0xff && b[1]&0xf6 == 0xf0:
		return "aac"
	case len(b) > 2 && b[0] == 0xff && b[1]&0xe6 == 0xe2 && b[2]&0xf0 != 0xf0 && b[2]&0x0c != 0x0c:
		return "mp3"
	case has(0, "\x1aE\xdf\xa3"):
		if bytes.Contains(b, []byte("webm")) {
			return "webm"
		}
		return "mkv"
	case has(0, "DHAV"), has(0, "IMKH"):
		return "dvr"
	case has(0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11"):
		return "asf"
	case has(0, "\x00\x00\x01\xba"):
		return "mpeg"
	case has(0, "G") && has(188, "G"), has(4, "G") && has(196, "G"):
		return "ts"
	case has(0, "caff"):
		return "caf"
	}
	return ""
}

// brand tells the kinds of ISO media files apart by the brands they name.
func brand(b []byte) string {
	n := min(int(be32(b)), len(b))
	if n < 12 {
		n = min(12, len(b))
	}
	brands := string(b[8:max(8, n)])
	has := func(list ...string) bool {
		for _, s := range list {
			for i := 0; i+4 <= len(brands); i += 4 {
				if i != 4 && strings.EqualFold(brands[i:i+4], s) { // 4 is the minor version
					return true
				}
			}
		}
		return false
	}
	switch {
	case has("avif", "avis"):
		return "avif"
	case has("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"):
		return "heic"
	case has("M4A ", "M4B ", "M4P "):
		return "m4a"
	case has("qt  "):
		return "mov"
	case strings.HasPrefix(brands, "3g"):
		return "3gp"
	default:
		return "mp4"
	}
}
