package instagram

import (
	"context"
	"testing"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
)

// What says that there is nothing may go.
func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`"(title|href|value)": ""`), importertest.Indifferent(`"(media|media_list_data|dict)": \[\]`), importertest.Indifferent(`"media_map_data": \{\}`), importertest.Indifferent(`"type": "Generic"`), importertest.Indifferent(`"is_[a-z_]+": false`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, zoned{New()}) }

// zoned is the importer with the zone answered that pages ask for.
type zoned struct{ importers.Importer }

func (z zoned) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	s.Assume.Zone = time.UTC
	return z.Importer.Import(ctx, s, out)
}
