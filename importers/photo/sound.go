package photo

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
)

// id3Fields are the text frames of an MP3 file that are kept.
var id3Fields = map[string]string{
	"TDRC": "recording time", "TDOR": "original release time", "TDTG": "tagging time", "TDEN": "encoding time",
	"TYER": "year", "TDAT": "date", "TIME": "time", "TIT2": "title", "TPE1": "artist", "TALB": "album",
}

// id3 reads an ID3v2.3 or v2.4 tag at the start of a file.
func id3(p *probe, m *Metadata) error {
	h, err := p.upTo(0, 10)
	if err != nil || len(h) < 10 || string(h[:3]) != "ID3" {
		return err
	}
	if h[3] != 3 && h[3] != 4 {
		return fmt.Errorf("ID3 version 2.%d: not read", h[3])
	}
	b, err := p.upTo(10, min(syncSafe(h[6:]), 256<<10))
	if err != nil {
		return err
	}
	for len(b) >= 10 && b[0] != 0 {
		size := be32(b[4:])
		if h[3] == 4 {
			size = syncSafe(b[4:])
		}
		if size > int64(len(b)-10) {
			return errCut
		}
		if name := id3Fields[string(b[:4])]; name != "" && size > 1 {
			m.add(Own, "ID3", name, id3Text(b[10:10+size]))
		}
		b = b[10+size:]
	}
	return nil
}

func syncSafe(b []byte) int64 {
	return int64(b[0]&127)<<21 | int64(b[1]&127)<<14 | int64(b[2]&127)<<7 | int64(b[3]&127)
}

func id3Text(b []byte) string {
	code, b := b[0], b[1:]
	switch code {
	case 0:
		return latin1(bytes.TrimRight(b, "\x00"))
	case 3:
		return string(b)
	}
	order := binary.ByteOrder(binary.BigEndian)
	if code == 1 && len(b) >= 2 {
		if b[0] == 0xff {
			order = binary.LittleEndian
		}
		b = b[2:]
	}
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = order.Uint16(b[2*i:])
	}
	return string(utf16.Decode(u))
}

// comments reads the NAME=text comments near the start of an Ogg (Opus,
// Vorbis) or FLAC file. They are looked for rather than walked to: a comment
// may be laid over several pages.
func comments(p *probe, m *Metadata) error {
	b, err := p.upTo(0, 64<<10)
	if err != nil {
		return err
	}
	for _, name := range []string{"DATE", "CREATION_TIME", "TITLE", "ARTIST", "ENCODER"} {
		for _, spelled := range []string{name, strings.ToLower(name)} {
			i := bytes.Index(b, []byte(spelled+"="))
			if i < 4 {
				continue
			}
			n := int64(binary.LittleEndian.Uint32(b[i-4:]))
			if n < int64(len(name))+1 || n > maxText || int64(i)+n > int64(len(b)) {
				continue
			}
			m.add(Own, "comment", name, string(b[i+len(name)+1:int64(i)+n]))
			break
		}
	}
	return nil
}
