package instagram

import (
	"testing"

	"daybook/importers/importertest"
)

// What says that there is nothing may go.
func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`"(title|href|value)": ""`), importertest.Indifferent(`"(media|media_list_data|dict)": \[\]`), importertest.Indifferent(`"media_map_data": \{\}`), importertest.Indifferent(`"type": "Generic"`), importertest.Indifferent(`"is_[a-z_]+": false`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }
