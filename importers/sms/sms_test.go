package sms

import (
	"testing"

	"daybook/importers/importertest"
)

func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`^<\?xml`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }
