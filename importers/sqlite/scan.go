package sqlite

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"strconv"
	"strings"

	sqlite3 "github.com/ncruces/go-sqlite3"
)

// Row is one row of a table. What it gives as bytes holds until the next row.
type Row struct {
	ID      int64 // its rowid; where the table has none, its place from 1
	columns map[string]int
	cells   []any
	odd     *bool
}

func (r Row) cell(column string) any {
	i, ok := r.columns[column]
	if !ok {
		return nil
	}
	return r.cells[i]
}

// Null tells that the row has no such value, or that the table of this version
// has no such column.
func (r Row) Null(column string) bool { return r.cell(column) == nil }

// Int is a value as a whole number; 0 where it is none.
func (r Row) Int(column string) int64 {
	switch v := r.cell(column).(type) {
	case int64:
		return v
	case float64:
		if v > math.MinInt64 && v < math.MaxInt64 {
			return int64(v)
		}
	case []byte:
		n, _ := strconv.ParseInt(strings.TrimSpace(string(v)), 10, 64) // 0 where it is none
		return n
	}
	return 0
}

// Float is a value as a number; 0 where it is none.
func (r Row) Float(column string) float64 {
	switch v := r.cell(column).(type) {
	case int64:
		return float64(v)
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return v
		}
	case []byte:
		n, _ := strconv.ParseFloat(strings.TrimSpace(string(v)), 64) // 0 where it is none
		if !math.IsNaN(n) && !math.IsInf(n, 0) {
			return n
		}
	}
	return 0
}

// Text is a value in words, as UTF-8; empty for none.
func (r Row) Text(column string) string {
	switch v := r.cell(column).(type) {
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []byte:
		s := string(v)
		if valid := strings.ToValidUTF8(s, "\uFFFD"); valid != s {
			*r.odd = true
			return valid
		}
		return s
	}
	return ""
}

// Bytes are a value as it is stored; nil for none and for a number.
func (r Row) Bytes(column string) []byte {
	b, _ := r.cell(column).([]byte)
	return b
}

// Odd tells that a text that was asked for held bytes that are no characters.
func (r Row) Odd() bool { return *r.odd }

// Gap is a stretch of a table that cannot be read.
type Gap struct {
	Table       string
	From, Until int64 // rowids that border it; Until is 0 where nothing was found behind it
	Why         error
}

func (g *Gap) Error() string {
	if g.Until == 0 {
		return fmt.Sprintf("table %s: the rows after row %d cannot be read: %v", g.Table, g.From, g.Why)
	}
	return fmt.Sprintf("table %s: what stands between row %d and row %d cannot be read: %v", g.Table, g.From, g.Until, g.Why)
}

func (g *Gap) Unwrap() error { return g.Why }

const maxGaps = 200 // of one table

// Scan reads the rows of a table in the order of their keys; a column that the
// table does not have is null in each. A *Gap stands for rows that cannot be
// read, and the reading goes on behind it; after any other error it ends.
func (db *DB) Scan(name string, columns ...string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		t, ok := db.tables[strings.ToLower(name)]
		if !ok {
			return
		}
		newScan(db, t, columns).run(yield)
	}
}

// Some is Scan without the rows that have nothing in any of the columns.
func (db *DB) Some(name string, columns ...string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		t := db.tables[strings.ToLower(name)]
		s := newScan(db, t, columns)
		for _, c := range columns {
			if spelt := t.columns[strings.ToLower(c)]; spelt != "" {
				s.only += " OR " + quoted(spelt) + " IS NOT NULL"
			}
		}
		if s.only == "" { // no such table, or nothing that is asked for
			return
		}
		s.only = " AND (" + strings.TrimPrefix(s.only, " OR ") + ")"
		s.run(yield)
	}
}

// scan is the reading of one table.
type scan struct {
	db    *DB
	table table
	list  string // the columns in SQL, each with a comma before it
	only  string // which rows, in SQL
	cells []any
	row   Row
	from  int64 // the rowid from which on it reads
	last  int64 // of the last row
	count int64
	most  int64 // rows that the file can have room for
	gaps  int
	keyed bool // the table has rowids
}

func newScan(db *DB, t table, columns []string) *scan {
	s := &scan{db: db, table: t, from: math.MinInt64, most: db.pages.size, cells: make([]any, 1+len(columns))}
	s.row = Row{columns: make(map[string]int, len(columns)), cells: s.cells[1:], odd: new(bool)}
	for i, c := range columns {
		s.row.columns[c] = i
		if spelt := t.columns[strings.ToLower(c)]; spelt != "" {
			s.list += ", " + quoted(spelt)
		} else {
			s.list += ", NULL"
		}
	}
	return s
}

func (s *scan) run(yield func(Row, error) bool) {
	s.keyed = true
	stmt, err := s.prepare()
	if err != nil && s.db.ctx.Err() == nil && strings.Contains(err.Error(), "no such column: rowid") {
		s.keyed = false
		stmt, err = s.prepare()
	}
	for {
		var stopped bool
		if err == nil {
			stopped, err = s.through(stmt, yield)
		}
		if stopped || err == nil {
			return
		}
		gap := &Gap{Table: s.table.name, From: s.last, Why: err}
		if s.db.ctx.Err() != nil || errors.Is(err, errRoom) {
			yield(Row{}, err)
			return
		}
		next, ok := s.behind()
		if ok {
			gap.Until = next
		}
		if !yield(Row{}, gap) || !ok {
			return
		}
		s.from = next
		stmt, err = s.prepare()
	}
}

var errRoom = errors.New("there are more rows than the file has room for")

// through reads on until the rows end.
func (s *scan) through(stmt *sqlite3.Stmt, yield func(Row, error) bool) (stopped bool, err error) {
	defer func() {
		if closed := s.db.guard(stmt.Close); err == nil {
			err = closed
		}
	}()
	for {
		more, err := s.step(stmt)
		if err != nil || !more {
			return false, err
		}
		*s.row.odd = false
		if !yield(s.row, nil) {
			return true, nil
		}
	}
}

// step reads the next row. Keys must rise and rows fit into the file: a file
// that was made to lead in circles ends here.
func (s *scan) step(stmt *sqlite3.Stmt) (more bool, err error) {
	err = s.db.guard(func() error {
		if err := s.db.ctx.Err(); err != nil {
			return err
		}
		if more = stmt.Step(); !more {
			return stmt.Err()
		}
		return stmt.ColumnsRaw(s.cells...)
	})
	if err != nil || !more {
		return false, err
	}
	if s.count++; s.count > s.most {
		return false, errRoom
	}
	s.row.ID = s.count
	if s.keyed {
		id, ok := s.cells[0].(int64)
		if !ok || s.count > 1 && id <= s.last {
			return false, errors.New("the rows are not in the order of their keys")
		}
		s.row.ID, s.last = id, id
	}
	return true, nil
}

func (s *scan) prepare() (stmt *sqlite3.Stmt, err error) {
	sql := "SELECT 0" + s.list + " FROM " + quoted(s.table.name) + " NOT INDEXED"
	if s.only != "" {
		sql += " WHERE 1" + s.only
	}
	if s.keyed {
		sql = s.sql()
	}
	err = s.db.guard(func() error {
		if stmt, _, err = s.db.conn.Prepare(sql); err != nil || !s.keyed {
			return err
		}
		return stmt.BindInt64(1, s.from)
	})
	return stmt, err
}

// sql reads the rows from a key on.
func (s *scan) sql() string {
	return "SELECT rowid" + s.list + " FROM " + quoted(s.table.name) + " NOT INDEXED WHERE rowid>=?" + s.only + " ORDER BY rowid"
}

// behind looks for the first row behind a damaged place: in steps that double,
// and then back to where it begins.
func (s *scan) behind() (next int64, ok bool) {
	if s.gaps++; !s.keyed || s.gaps > maxGaps {
		return 0, false
	}
	from := s.last
	for gap := int64(1); gap > 0 && from <= math.MaxInt64-gap; gap *= 2 {
		if next, ok = s.first(from + gap); !ok {
			continue
		}
		low, high := from+gap/2, from+gap
		for low+1 < high {
			mid := low + (high-low)/2
			if at, ok := s.first(mid); ok {
				high, next = mid, at
			} else {
				low = mid
			}
		}
		return next, next > s.last
	}
	return 0, false
}

// first finds the first row from a key on.
func (s *scan) first(from int64) (id int64, ok bool) {
	err := s.db.guard(func() error {
		stmt, _, err := s.db.conn.Prepare(s.sql())
		if err != nil {
			return err
		}
		if err = stmt.BindInt64(1, from); err == nil {
			if ok = stmt.Step(); ok {
				id = stmt.ColumnInt64(0)
				err = stmt.ColumnsRaw(make([]any, len(s.cells))...)
			}
			if err == nil {
				err = stmt.Err()
			}
		}
		if closed := stmt.Close(); err == nil {
			err = closed
		}
		return err
	})
	return id, ok && err == nil
}
