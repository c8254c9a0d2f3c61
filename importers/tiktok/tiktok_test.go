package tiktok

import (
	"testing"

	"daybook/importers/importertest"
	"daybook/timeline"
)

func TestImporter(t *testing.T) {
	importertest.Run(t, New())
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestUsernamesAreNoTelephones: a username of digits is not taken for a number.
func TestUsernamesAreNoTelephones(t *testing.T) {
	h := timeline.NewHandle((&export{}).party("07700900123"), "tiktok", 1)
	if h.Kind != timeline.AccountHandle {
		t.Error(h)
	}
}
