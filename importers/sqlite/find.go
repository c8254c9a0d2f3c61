package sqlite

import (
	"fmt"
	"strings"

	sqlite3 "github.com/ncruces/go-sqlite3"
)

// Finder finds single rows of a table by their keys.
type Finder struct {
	view *View
	scan *scan
	stmt *sqlite3.Stmt
}

// Finder prepares to find rows of a table; a column that the table does not
// have is null in each.
func (v *View) Finder(table string, columns ...string) *Finder {
	f := &Finder{view: v}
	t, ok := v.tables[strings.ToLower(table)]
	if !ok {
		return f
	}
	f.scan = newScan(v.DB, t, columns)
	err := v.guard(func() (err error) {
		f.stmt, _, err = v.conn.Prepare("SELECT rowid" + f.scan.list + " FROM " + quoted(t.name) + " NOT INDEXED WHERE rowid=?")
		return err
	})
	if err != nil {
		f.failed(fmt.Errorf("table %s: %w", t.name, err))
		return f
	}
	v.finders = append(v.finders, f)
	return f
}

// Row finds a row. A row that cannot be read is skipped with words, and is as
// though it were not there. What it gives as bytes holds until the next.
func (f *Finder) Row(id int64) (row Row, found bool) {
	if f.stmt == nil || f.view.stopped != nil {
		return Row{}, false
	}
	err := f.view.guard(func() error {
		if err := f.stmt.Reset(); err != nil {
			return err
		}
		if err := f.stmt.BindInt64(1, id); err != nil {
			return err
		}
		if found = f.stmt.Step(); !found {
			return f.stmt.Err()
		}
		return f.stmt.ColumnsRaw(f.scan.cells...)
	})
	if err != nil {
		_ = f.view.guard(f.stmt.Reset) // it gives the same error once more
		f.failed(fmt.Errorf("table %s: row %d cannot be read: %w", f.scan.table.name, id, err))
		return Row{}, false
	}
	*f.scan.row.odd = false
	f.scan.row.ID = id
	return f.scan.row, found
}

func (f *Finder) failed(err error) { f.view.stopped = f.view.damaged(f.scan.table.name, err) }
