package outlook

import (
	"encoding/binary"
	"errors"
)

// dictionary is what every packed rich text begins from.
const dictionary = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"

var (
	errPacked = errors.New("the rich text is packed in a way that is not known")
	errCut    = errors.New("the rich text ends before it is whole")
)

// unpacked undoes the packing of rich text ([MS-OXRTFCP]). What was unpacked
// before an error stands.
func unpacked(data []byte) ([]byte, error) {
	if len(data) < 16 {
		return nil, errCut
	}
	size := binary.LittleEndian.Uint32(data[4:])
	in := data[16:]
	switch string(data[8:12]) {
	case "MELA":
		if int64(size) > int64(len(in)) {
			return in, errCut
		}
		return in[:size], nil
	case "LZFu":
	default:
		return nil, errPacked
	}
	var window [4096]byte
	at := copy(window[:], dictionary)
	var out []byte
	put := func(c byte) {
		out = append(out, c)
		window[at] = c
		at = (at + 1) & 4095
	}
	for len(in) > 0 && len(out) < maxValue {
		control := in[0]
		in = in[1:]
		for bit := range 8 {
			if control>>bit&1 == 0 {
				if len(in) < 1 {
					return out, errCut
				}
				put(in[0])
				in = in[1:]
				continue
			}
			if len(in) < 2 {
				return out, errCut
			}
			ref := int(in[0])<<8 | int(in[1])
			in = in[2:]
			from, n := ref>>4, ref&15+2
			if from == at {
				return out, nil
			}
			for i := range n {
				put(window[(from+i)&4095])
			}
		}
	}
	return out, nil
}
