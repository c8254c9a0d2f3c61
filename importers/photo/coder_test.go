package photo

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"testing"
)

// coderMakes is the sum of what this coder makes of the pictures below. Who changes
// it raises coder: bundles take what an earlier coder of the same number has made.
const coderMakes = "21d31257068d24ebd20e299fd46269fc6057e1d109e07c69bdae51e0054d5ac2"

func TestCoderMakesTheseBytes(t *testing.T) {
	sum := sha256.New()
	turned := tiffBytes(binary.LittleEndian, []entry{{0x0112, uint16(6)}}, nil, nil)
	for _, b := range [][]byte{
		jpegBytes(t, opaque(97, 61), nil), jpegBytes(t, opaque(97, 61), turned), pngBytes(t, opaque(97, 61), nil, nil),
	} {
		for _, fit := range []Fit{atMost(97, 97), atMost(96, 96), atMost(31, 31)} {
			got, _, _, err := Local{}.Picture(t.Context(), "picture", bytes.NewReader(b), int64(len(b)), fit)
			if err != nil {
				t.Fatal(err)
			}
			sum.Write(got)
		}
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != coderMakes {
		t.Errorf("%s are the bytes that are made now: raise coder, and put this sum into coderMakes", got)
	}
}
