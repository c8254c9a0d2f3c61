package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	sqlite3 "github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"

	"daybook/importers"
)

// Copy makes a new database of the same tables, with every value as change
// gives it: an int64, a float64, a string, a []byte or nil. It is made anew, so
// that nothing lies in it that was deleted; what the write-ahead log holds is in
// it. notes say what the copy does not have. The views and triggers of the file
// are copied, and none is run.
func Copy(ctx context.Context, s importers.Source, change func(table, column string, value any) any) (data []byte, notes []string, err error) {
	o, err := open(ctx, s)
	if err != nil {
		return nil, nil, failed(s, err)
	}
	defer func() { err = errors.Join(err, o.close()) }()
	c := &copying{from: o.now, change: change, notes: o.notes}
	err = o.now.guard(func() error { return c.run(ctx) })
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", s.Path, err)
	}
	return c.file, c.notes, nil
}

type copying struct {
	from   *DB
	to     *sqlite3.Conn
	change func(table, column string, value any) any
	file   vfsutil.SliceFile
	notes  []string
}

// made is one thing that a schema lists.
type made struct{ kind, name, sql string }

func (c *copying) run(ctx context.Context) (err error) {
	name := fmt.Sprintf("daybook-%p", c)
	vfs.Register(name, writable{&c.file})
	defer vfs.Unregister(name)
	if c.to, err = sqlite3.OpenFlags("file:copy?vfs="+name, sqlite3.OPEN_READWRITE|sqlite3.OPEN_CREATE|sqlite3.OPEN_URI); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.to.Close()) }()
	c.to.SetInterrupt(ctx)
	if err := c.to.AnyCollationNeeded(); err != nil { // an app may order words in its own way
		return err
	}
	if err := c.to.Exec("PRAGMA journal_mode=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=OFF"); err != nil {
		return err
	}
	for _, setting := range []string{"page_size", "encoding", "auto_vacuum", "user_version", "application_id"} {
		value, err := pragma(c.from.conn, setting)
		if err != nil {
			return err
		}
		if err := c.to.Exec("PRAGMA " + setting + "='" + value + "'"); err != nil {
			return fmt.Errorf("%s: %w", setting, err)
		}
	}
	if err := c.to.Exec("PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON; PRAGMA temp_store=2; BEGIN"); err != nil {
		return err
	}
	if err := c.all(); err != nil {
		return err
	}
	return c.to.Exec("COMMIT")
}

func pragma(conn *sqlite3.Conn, setting string) (value string, err error) {
	stmt, _, err := conn.Prepare("PRAGMA " + setting)
	if err != nil {
		return "", err
	}
	if stmt.Step() {
		value = stmt.ColumnText(0)
	}
	return value, errors.Join(stmt.Err(), stmt.Close())
}

// all makes the tables with their rows, and then what hangs on them.
func (c *copying) all() error {
	list, err := c.schema()
	if err != nil {
		return err
	}
	var byCode []string // tables that code makes: an index for searching words
	for _, m := range list {
		if m.kind == "table" && strings.HasPrefix(strings.ToUpper(m.sql), "CREATE VIRTUAL") {
			byCode = append(byCode, m.name)
			c.notes = append(c.notes, fmt.Sprintf("the table %s is made by code of the app and was left out", m.name))
		}
	}
	for _, m := range list {
		if m.kind != "table" || ofCode(m.name, byCode) {
			continue
		}
		if m.name != "sqlite_sequence" { // SQLite makes that one itself
			if strings.HasPrefix(m.name, "sqlite_") {
				continue
			}
			if err := c.exec(m); err != nil {
				return err
			}
		}
		if err := c.rows(m.name); err != nil {
			return fmt.Errorf("table %s: %w", m.name, err)
		}
	}
	for _, m := range list {
		if m.kind == "table" || m.sql == "" {
			continue
		}
		if err := c.exec(m); err != nil {
			c.notes = append(c.notes, fmt.Sprintf("the %s %s was left out: %v", m.kind, m.name, err))
		}
	}
	return nil
}

func ofCode(name string, byCode []string) bool {
	for _, v := range byCode {
		if name == v || strings.HasPrefix(name, v+"_") {
			return true
		}
	}
	return false
}

func (c *copying) schema() (list []made, err error) {
	stmt, _, err := c.from.conn.Prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY rowid")
	if err != nil {
		return nil, err
	}
	for stmt.Step() {
		list = append(list, made{stmt.ColumnText(0), stmt.ColumnText(1), stmt.ColumnText(2)})
	}
	return list, errors.Join(stmt.Err(), stmt.Close())
}

// exec runs the one statement that made a thing, and no other.
func (c *copying) exec(m made) error {
	stmt, tail, err := c.to.Prepare(m.sql)
	if err != nil {
		return err
	}
	if stmt == nil || strings.TrimSpace(tail) != "" || !strings.HasPrefix(strings.ToUpper(strings.TrimSpace(m.sql)), "CREATE ") {
		return errors.Join(fmt.Errorf("the %s %s is not made by one statement", m.kind, m.name), stmt.Close())
	}
	return errors.Join(stmt.Exec(), stmt.Close())
}

// columns lists the columns of a table that hold values, and whether its rows
// have a number beside them.
func (c *copying) columns(table string) (names []string, numbered bool, err error) {
	stmt, _, err := c.from.conn.Prepare("SELECT name, upper(type), pk FROM pragma_table_info(" + "'" + strings.ReplaceAll(table, "'", "''") + "')")
	if err != nil {
		return nil, false, err
	}
	numbered = true
	for stmt.Step() {
		name := stmt.ColumnText(0)
		names = append(names, name)
		if stmt.ColumnText(1) == "INTEGER" && stmt.ColumnInt(2) > 0 || strings.EqualFold(name, "rowid") {
			numbered = false // it is that number, or hides it
		}
	}
	numbered = numbered && table != "sqlite_sequence"
	if err := errors.Join(stmt.Err(), stmt.Close()); err != nil {
		return nil, false, err
	}
	if numbered {
		probe, _, err := c.from.conn.Prepare("SELECT rowid FROM " + quoted(table))
		if numbered = err == nil; numbered {
			return names, true, probe.Close()
		}
	}
	return names, numbered, nil
}

func (c *copying) rows(table string) (err error) {
	names, numbered, err := c.columns(table)
	if err != nil || len(names) == 0 {
		return err
	}
	list := make([]string, 0, len(names)+1)
	if numbered {
		list = append(list, "rowid")
	}
	for _, n := range names {
		list = append(list, quoted(n))
	}
	read, _, err := c.from.conn.Prepare("SELECT " + strings.Join(list, ",") + " FROM " + quoted(table) + " NOT INDEXED")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, read.Close()) }()
	write, _, err := c.to.Prepare("INSERT INTO " + quoted(table) + "(" + strings.Join(list, ",") + ") VALUES (?" + strings.Repeat(",?", len(list)-1) + ")")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, write.Close()) }()
	for n := int64(0); read.Step(); n++ {
		if n > c.from.pages.size {
			return errRoom
		}
		if err := c.row(table, list, names, read, write); err != nil {
			return err
		}
	}
	return read.Err()
}

func (c *copying) row(table string, list, names []string, read, write *sqlite3.Stmt) error {
	beside := len(list) - len(names)
	for i := range list {
		value := valueOf(read, i)
		if i >= beside && table != "sqlite_sequence" {
			value = c.change(table, names[i-beside], value)
		}
		if err := bind(write, i+1, value); err != nil {
			return err
		}
	}
	return errors.Join(write.Exec(), write.Reset())
}

func valueOf(stmt *sqlite3.Stmt, i int) any {
	switch stmt.ColumnType(i) {
	case sqlite3.INTEGER:
		return stmt.ColumnInt64(i)
	case sqlite3.FLOAT:
		return stmt.ColumnFloat(i)
	case sqlite3.TEXT:
		return stmt.ColumnText(i)
	case sqlite3.BLOB:
		return stmt.ColumnBlob(i, nil)
	}
	return nil
}

func bind(stmt *sqlite3.Stmt, i int, value any) error {
	switch v := value.(type) {
	case int64:
		return stmt.BindInt64(i, v)
	case float64:
		return stmt.BindFloat(i, v)
	case string:
		return stmt.BindText(i, v)
	case []byte:
		return stmt.BindBlob(i, v)
	}
	return stmt.BindNull(i)
}

// writable is the whole disk of the engine that makes a copy: one file in
// memory, and memory for what it sorts.
type writable struct{ file *vfsutil.SliceFile }

// Open gives the copy.
func (v writable) Open(_ string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	switch {
	case flags&vfs.OPEN_MAIN_DB != 0:
		return alone{v.file}, flags | vfs.OPEN_MEMORY, nil
	case flags&(vfs.OPEN_TEMP_DB|vfs.OPEN_TEMP_JOURNAL|vfs.OPEN_TRANSIENT_DB) != 0:
		return &vfsutil.SliceFile{}, flags | vfs.OPEN_MEMORY, nil
	}
	return nil, flags, sqlite3.CANTOPEN
}

func (writable) Delete(string, bool) error                   { return nil }
func (writable) Access(string, vfs.AccessFlag) (bool, error) { return false, nil }
func (writable) FullPathname(name string) (string, error)    { return name, nil }

// alone is a file that nobody else has open.
type alone struct{ *vfsutil.SliceFile }

func (alone) Lock(vfs.LockLevel) error         { return nil }
func (alone) Unlock(vfs.LockLevel) error       { return nil }
func (alone) CheckReservedLock() (bool, error) { return false, nil }
func (alone) Sync(vfs.SyncFlag) error          { return nil }
