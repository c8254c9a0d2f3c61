package outlook

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"testing"
	"testing/fstest"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

// TestDamaged: a message whose parts run into one another is not believed; of one
// that is cut off what is left is read, and said to be so. Neither is done with.
func TestDamaged(t *testing.T) {
	whole := unicodeMessage()
	le := binary.LittleEndian
	table := 512 * (1 + int(le.Uint32(whole[76:])))
	small := 512 * (1 + int(le.Uint32(whole[60:])))
	crossed := bytes.Clone(whole)
	for i := small + 4; ; i += 4 { // a stream of several small sectors goes on where another one begins
		if le.Uint32(crossed[i:]) != ends {
			le.PutUint32(crossed[i:], 0)
			break
		}
	}
	lacks := bytes.Clone(whole)
	for i := 0; i < 512; i += 4 {
		if le.Uint32(lacks[table+i:]) == free {
			le.PutUint32(lacks[table+i:], ends)
			break
		}
	}
	for name, c := range map[string]struct {
		data   []byte
		fault  error
		events int
	}{
		"whole.msg":   {whole, nil, 2},
		"crossed.msg": {crossed, errCrossed, 0},
		"lacks.msg":   {lacks, errCutOff, 2},
		"cut.msg":     {whole[:len(whole)-2000], errCutOff, 0},
		"head.msg":    {whole[:600], errCutOff, 0},
	} {
		r, err := importertest.Read(context.Background(), New(), fstest.MapFS{name: {Data: c.data}}, name, importers.Assume{})
		if err != nil || !errors.Is(r.Err, c.fault) || c.fault != nil && r.Err == nil || len(r.Events) != c.events {
			t.Errorf("%s: %v, %v, %d events", name, err, r.Err, len(r.Events))
			continue
		}
		for _, e := range r.Events {
			if slices.Contains(e.Flags, timeline.Truncated) != (c.fault != nil) {
				t.Errorf("%s: %v", name, e.Flags)
			}
		}
	}
}
