package facebook

import (
	"testing"

	"daybook/importers/importertest"
)

// What says that there is nothing may go.
func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`"title": ""`), importertest.Indifferent(`"(media|reactions)": \[\]`), importertest.Indifferent(`"type": "(Generic|text)"`), importertest.Indifferent(`"isUnsent": false`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }
