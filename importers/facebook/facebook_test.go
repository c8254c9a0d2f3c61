package facebook

import (
	"context"
	"testing"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
)

// What says that there is nothing may go.
func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`"title": ""`), importertest.Indifferent(`"(media|reactions)": \[\]`), importertest.Indifferent(`"type": "(Generic|text)"`), importertest.Indifferent(`"isUnsent": false`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, zoned{New()}) }

// zoned is the importer with the zone answered that pages ask for.
type zoned struct{ importers.Importer }

func (z zoned) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	s.Assume.Zone = time.UTC
	return z.Importer.Import(ctx, s, out)
}
