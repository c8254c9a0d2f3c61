package table

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"daybook/importers/importertest"
)

// TestFlat: memory does not grow with the file.
func TestFlat(t *testing.T) {
	const size = 32 << 20
	const row = "2024-06-01 12:00:00 UTC,Jo Bloggs,\"see you, \"\"there\"\"\nat the corner\"\n"
	x := newText(io.MultiReader(strings.NewReader("a,b,c\n"), importertest.Repeat(row, size/int64(len(row))*int64(len(row)))), ',')
	var least, most uint64
	for rows := 0; ; rows++ {
		_, err := x.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if rows%100_000 == 1 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			if least == 0 || m.HeapAlloc < least {
				least = m.HeapAlloc
			}
			most = max(most, m.HeapAlloc)
		}
	}
	if most-least > 4<<20 {
		t.Errorf("memory goes from %d to %d bytes while %d are read", least, most, size)
	}
}
