package slack

import (
	"testing"

	"daybook/importers/importertest"
)

func TestLongExports(t *testing.T) {
	importertest.Flat(t, New(), "long.json", `[`, `{"type": "message", "user": "U1", "ts": "1771936200.000100", "text": "again and again", "user_profile": {"real_name": "Dan"}},`,
		`{"type": "message", "ts": "1771936200.000200", "text": "the last"}]`)
}
