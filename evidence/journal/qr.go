package journal

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// QR is a head as a QR code, to be printed or photographed: the whole hash, so
// that also two people who could be in league are held to it.
type QR struct{ code *qr.Code }

// quiet is how many light modules a reader wants around a code.
const quiet = 4

// HeadText is what the code of a head says: the first two lines and the head
// line of its checkpoint.
func HeadText(origin string, h Head) string {
	return fmt.Sprintf("%s\n%d\nhead %x\n", origin, h.Count, h.Hash)
}

// HeadQR gives the code of a head.
func HeadQR(origin string, h Head) (QR, error) {
	code, err := qr.Encode(HeadText(origin, h), qr.M)
	if err != nil {
		return QR{}, fmt.Errorf("QR code: %w", err)
	}
	return QR{code}, nil
}

// Size is how many modules stand in a row, without the light ones around.
func (q QR) Size() int { return q.code.Size }

// Dark tells whether a module is dark; those outside are light.
func (q QR) Dark(x, y int) bool { return q.code.Black(x, y) }

// PNG is the code as a picture, eight pixels a module, the light ones around it
// included. The same head gives the same bytes.
func (q QR) PNG() []byte { return q.code.PNG() }

// String draws the code with half blocks, two modules one above the other in
// each, dark on light.
func (q QR) String() string {
	var b strings.Builder
	for y := -quiet; y < q.Size()+quiet; y += 2 {
		for x := -quiet; x < q.Size()+quiet; x++ {
			b.WriteString(halfBlock(q.Dark(x, y), q.Dark(x, y+1)))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func halfBlock(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	}
	return " "
}
