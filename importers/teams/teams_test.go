package teams

import (
	"testing"

	"daybook/importers/importertest"
)

// Members that say nothing may be there or not.
func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`^\s*"\w+": null,?\s*$`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }
