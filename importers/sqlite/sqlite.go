// Package sqlite reads the databases of other programs: the messages of a
// telephone, the chats of an app. It knows no app: an importer says which
// tables it reads (Format) and gets their rows through a View.
//
// SQLite itself runs in a sandbox of its own (WebAssembly), so that a hostile
// file reaches none of the program's memory, and reads the stored original in
// place, page by page: no copy lies on the disk, and the original cannot be
// written. Nothing of the file is executed: no view, no trigger, no extension,
// and no SQL but the plain reading of one table after another, in the order of
// its keys, without the file's own indexes.
//
// A database that was in use has a write-ahead log beside it (NAME-wal), with
// the newest records. It is read as SQLite would, up to the last whole commit,
// and laid over the pages of the file. The file is read without it too: a
// record that only one of the two shows was written, changed or deleted since,
// and its event says so.
package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	sqlite3 "github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/embed" // the engine itself
	"github.com/ncruces/go-sqlite3/vfs"
)

// The limits of a database, whatever its file says.
const (
	maxHeap    = 96 << 20 // bytes that the engine may take
	maxValue   = 32 << 20 // bytes of one row, or one value
	maxSQL     = 1 << 20  // bytes of one table's definition
	maxColumns = 50_000   // of all tables
)

// DB is one state of a database, open for reading. One goroutine uses it.
type DB struct {
	ctx    context.Context
	conn   *sqlite3.Conn
	pages  *pages
	name   string // of the engine's view of the pages
	tables map[string]table

	finders []*Finder // whose statements are open
}

// table is what the schema says of a table.
type table struct {
	name    string
	columns map[string]string // as they are spelt, by their small letters
}

// openDB opens one state of a database. The first in a process waits about a
// second for the engine to be made ready.
func openDB(ctx context.Context, p *pages) (*DB, error) {
	db := &DB{ctx: ctx, pages: p, tables: map[string]table{}}
	db.name = fmt.Sprintf("daybook-%p", db)
	vfs.Register(db.name, readOnly{p})
	err := db.guard(func() error {
		conn, err := sqlite3.OpenFlags("file:database?immutable=1&vfs="+db.name, sqlite3.OPEN_READONLY|sqlite3.OPEN_URI)
		if err != nil {
			return err
		}
		db.conn = conn
		if err := db.confine(); err != nil {
			return err
		}
		return db.schema()
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// confine takes everything from the engine that reading tables does not need.
func (db *DB) confine() error {
	c := db.conn
	for op, on := range map[sqlite3.DBConfig]bool{
		sqlite3.DBCONFIG_DEFENSIVE:             true,
		sqlite3.DBCONFIG_TRUSTED_SCHEMA:        false,
		sqlite3.DBCONFIG_ENABLE_TRIGGER:        false,
		sqlite3.DBCONFIG_ENABLE_VIEW:           false,
		sqlite3.DBCONFIG_ENABLE_FTS3_TOKENIZER: false,
	} {
		if _, err := c.Config(op, on); err != nil {
			return fmt.Errorf("setting %d: %w", op, err)
		}
	}
	for category, most := range map[sqlite3.LimitCategory]int{
		sqlite3.LIMIT_LENGTH:        maxValue,
		sqlite3.LIMIT_SQL_LENGTH:    maxSQL,
		sqlite3.LIMIT_ATTACHED:      0,
		sqlite3.LIMIT_TRIGGER_DEPTH: 1,
		sqlite3.LIMIT_EXPR_DEPTH:    100,
		sqlite3.LIMIT_VDBE_OP:       250_000,
	} {
		c.Limit(category, most)
	}
	c.HardHeapLimit(maxHeap)
	c.SetInterrupt(db.ctx)
	return c.Exec("PRAGMA query_only=1; PRAGMA cell_size_check=1; PRAGMA temp_store=2; PRAGMA mmap_size=0")
}

// schema lists the real tables: not the views, and not what is made by code.
func (db *DB) schema() (err error) {
	const sql = `SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
		WHERE t.type='table' AND t.rootpage>0 AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'`
	stmt, _, err := db.conn.Prepare(sql)
	if err != nil {
		return err
	}
	defer func() {
		if closed := stmt.Close(); err == nil {
			err = closed
		}
	}()
	for n := 0; stmt.Step(); n++ {
		if n == maxColumns {
			return fmt.Errorf("more than %d columns", maxColumns)
		}
		name, column := stmt.ColumnText(0), stmt.ColumnText(1)
		t, ok := db.tables[strings.ToLower(name)]
		if !ok {
			t = table{name, map[string]string{}}
			db.tables[strings.ToLower(name)] = t
		}
		t.columns[strings.ToLower(column)] = column
	}
	return stmt.Err()
}

// Has tells that a table is there and has the columns.
func (db *DB) Has(name string, columns ...string) bool {
	t, ok := db.tables[strings.ToLower(name)]
	for _, c := range columns {
		ok = ok && t.columns[strings.ToLower(c)] != ""
	}
	return ok
}

// Close ends the reading.
func (db *DB) Close() error {
	defer vfs.Unregister(db.name)
	if db.conn == nil {
		return nil
	}
	var err error
	for _, f := range db.finders {
		err = errors.Join(err, db.guard(f.stmt.Close))
	}
	return errors.Join(err, db.guard(db.conn.Close))
}

// guard turns a failure of the sandbox, such as running out of its memory, into
// an error, and says why a page could not be read.
func (db *DB) guard(work func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the database engine gave up: %v", r)
		}
		switch {
		case db.ctx.Err() != nil && err != nil:
			err = db.ctx.Err()
		case db.pages.failed != nil && err != nil:
			err = fmt.Errorf("%w: %w", err, db.pages.failed)
		}
	}()
	return work()
}

// quoted is a name as SQL takes it.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
