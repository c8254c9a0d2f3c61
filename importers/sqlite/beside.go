package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"daybook/importers"
)

// Beside tells a file that SQLite keeps beside a database, and names the
// database: "chat.db" for chat.db-wal.
func Beside(path string) (database string, ok bool) {
	for _, end := range []string{logName, indexName, journalName} {
		if name, ok := strings.CutSuffix(path, end); ok && name != "" {
			return name, true
		}
	}
	return "", false
}

// SkipBeside says why such a file is no record of its own.
func SkipBeside(s importers.Source, out importers.Output) error {
	database, _ := Beside(s.Path)
	_, err := fs.Stat(s.FS, database)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return out.Skip("the whole file", "", fmt.Errorf("it belongs to the database %s, which did not come with it: add both together, in one folder", database))
	case err != nil:
		return fmt.Errorf("%s: %w", database, err)
	case strings.HasSuffix(s.Path, indexName):
		return out.Skip("the whole file", "", fmt.Errorf("it is an index into the write-ahead log of %s and holds no records", database))
	case strings.HasSuffix(s.Path, journalName):
		return out.Skip("the whole file", "", fmt.Errorf("it is the rollback journal of %s: what is needed to undo a change; it is kept and not read", database))
	}
	return out.Skip("the whole file", "", fmt.Errorf("it is the write-ahead log of %s and was read with it", database))
}
