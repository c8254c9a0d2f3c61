package file

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
)

// wholeJSON tells by a walk over a file of JSON, of one value or of one a line,
// whether its end is missing: one that was cut off while it was copied is no
// export that any format knows.
func wholeJSON(ctx context.Context, s importers.Source) (err error) {
	switch strings.ToLower(path.Ext(s.Path)) {
	case ".json", ".jsonl", ".ndjson":
	default:
		return nil
	}
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return errors.Join(errOfFile, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for f.Kind() == '{' || f.Kind() == '[' {
		if _, err := f.Skip(); err != nil {
			if broken := (*jsonfile.Broken)(nil); errors.As(err, &broken) && !errors.Is(err, io.ErrUnexpectedEOF) {
				return nil // it is no JSON
			}
			return fmt.Errorf("JSON: %w", err)
		}
	}
	return nil
}
