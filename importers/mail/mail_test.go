package mail

import (
	"testing"

	"daybook/importers/importertest"
)

func TestImporter(t *testing.T) { importertest.Run(t, New(), importertest.Indifferent(`^<script>`)) }

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }
