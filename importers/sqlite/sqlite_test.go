package sqlite

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	sqlite3 "github.com/ncruces/go-sqlite3"

	"daybook/importers"
	"daybook/importers/sqlite/sqlitetest"
	"daybook/timeline"
)

// notes is the format of the tests: one table of records and one beside it.
func notes() Format {
	table := Table{"note", []string{"words"}}
	return Format{
		Needs: []Table{table}, Records: []Table{table},
		Read: func(v *View) error {
			for row := range v.Rows("note", "words", "not in this version") {
				e := timeline.Event{Text: row.Text("words"), Source: timeline.Pinpoint{Record: v.Record("note", row)}}
				if err := v.Event("note", row, e); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// output keeps what is handed on, in words.
type output struct {
	events, skips []string
	covers        string
}

func (o *output) Event(e timeline.Event) error {
	line := e.Source.Record + ": " + e.Text
	if f := e.Extra.Get(LogFact); f != "" {
		line += " (" + f + ")"
	}
	o.events = append(o.events, fmt.Sprint(line, e.Flags))
	return nil
}

func (o *output) Skip(record, _ string, reason error) error {
	o.skips = append(o.skips, record+": "+reason.Error())
	return nil
}

func (o *output) Covers(_, _ timeline.When, note string) error { o.covers = note; return nil }

func (o *output) Attach(string, string, string, io.Reader) (timeline.Attachment, error) {
	return timeline.Attachment{}, errors.New("nothing is attached")
}

func read(t testing.TB, tree fs.FS) (*output, error) {
	t.Helper()
	info, err := fs.Stat(tree, "a.db")
	if err != nil {
		t.Fatal(err)
	}
	o := &output{}
	return o, Read(t.Context(), importers.Source{FS: tree, Path: "a.db", Size: info.Size()}, o, notes())
}

func tree(files ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		m[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return m
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const three = `CREATE TABLE note(id INTEGER PRIMARY KEY, words TEXT); CREATE TABLE other(x); CREATE TABLE bare(x);
	INSERT INTO note VALUES(1,'one'),(2,'two'),(3,'three'); INSERT INTO other VALUES(1)`

func TestPlain(t *testing.T) {
	o, err := read(t, tree("a.db", string(sqlitetest.Database(t, three))))
	if err != nil {
		t.Fatal(err)
	}
	same(t, o.events, []string{"note 1: one[]", "note 2: two[]", "note 3: three[]"})
	if want := "tables that hold something and are not read: other"; o.covers != want {
		t.Errorf("covers %q, want %q", o.covers, want)
	}
}

func TestAnothersDatabase(t *testing.T) {
	o, err := read(t, tree("a.db", string(sqlitetest.Database(t, "CREATE TABLE note(id INTEGER PRIMARY KEY); CREATE VIEW words AS SELECT 1"))))
	if !errors.Is(err, importers.ErrNotMine) || len(o.events)+len(o.skips) > 0 {
		t.Errorf("%v after %v %v", err, o.events, o.skips)
	}
}

// TestLog: what the log changed is read in both states.
func TestLog(t *testing.T) {
	db, log := sqlitetest.Logged(t, three, "DELETE FROM note WHERE id=1; UPDATE note SET words='zwei' WHERE id=2; INSERT INTO note VALUES(4,'four')")
	o, err := read(t, tree("a.db", string(db), "a.db-wal", string(log)))
	if err != nil {
		t.Fatal(err)
	}
	same(t, o.events, []string{
		"note 2: zwei (" + newInLog + ")[edited]",
		"note 3: three[]",
		"note 4: four (" + onlyInLog + ")[]",
		"note 1, before the log: one (" + gone + ")[deleted]",
		"note 2, before the log: two (" + overridden + ")[edited]",
	})
	if want := "(note: 1 only in the log, 1 changed by it, 1 only in the database without it)"; !strings.Contains(o.covers, want) {
		t.Errorf("covers %q lacks %q", o.covers, want)
	}
}

// TestLogOfTheEngine reads a log that SQLite itself wrote, cut at every length,
// and compares with what SQLite itself makes of it.
func TestLogOfTheEngine(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	conn, err := sqlite3.Open("file:" + filepath.ToSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, conn.Close()) })
	must := func(sql string) {
		t.Helper()
		if err := conn.Exec(sql); err != nil {
			t.Fatal(err)
		}
	}
	must("PRAGMA page_size=512; PRAGMA journal_mode=wal; PRAGMA wal_autocheckpoint=0; " + three + "; PRAGMA wal_checkpoint")
	for i := 10; i < 40; i++ {
		must(fmt.Sprintf("BEGIN; INSERT INTO note VALUES(%d, hex(zeroblob(300))); UPDATE note SET words='turn %d' WHERE id=2; COMMIT", i, i))
	}
	db, log := content(t, path), content(t, path+"-wal")
	for _, n := range []int{0, 20, 32, 500, 567, 568, 5000, 20000, len(log) - 1, len(log)} {
		o, err := read(t, tree("a.db", string(db), "a.db-wal", string(log[:n])))
		if n > 0 && n < 32 {
			if !errors.Is(err, errLog) {
				t.Errorf("%d bytes of the log: %v", n, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%d bytes of the log: %v", n, err)
		}
		want := asked(t, db, log[:n])
		var got []string
		for _, e := range o.events {
			if !strings.Contains(e, "before the log") {
				got = append(got, strings.TrimPrefix(strings.Split(strings.Split(e, " (")[0], "[")[0], "note "))
			}
		}
		same(t, got, want)
	}
}

// asked is what SQLite itself reads of a database and its log.
func asked(t *testing.T, db, log []byte) (rows []string) {
	path := filepath.Join(t.TempDir(), "b.db")
	for name, data := range map[string][]byte{path: db, path + "-wal": log} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	conn, err := sqlite3.Open("file:" + filepath.ToSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, conn.Close()) })
	stmt, _, err := conn.Prepare("SELECT id, words FROM note ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { closed(t, stmt.Close()) }()
	for stmt.Step() {
		rows = append(rows, stmt.ColumnText(0)+": "+stmt.ColumnText(1))
	}
	if err := stmt.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

func closed(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func content(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// long is a database of many pages.
func long(t testing.TB) []byte {
	return sqlitetest.Database(t, `PRAGMA page_size=512; CREATE TABLE note(id INTEGER PRIMARY KEY, words TEXT);
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<300) INSERT INTO note SELECT i, 'the words of note '||i FROM n`)
}

// TestDamage: one damaged page costs the rows on it, and is named.
func TestDamage(t *testing.T) {
	db := long(t)
	copy(db[10*512:], make([]byte, 512))
	o, err := read(t, tree("a.db", string(db)))
	if err == nil || len(o.skips) != 1 {
		t.Fatalf("%v, skips %v", err, o.skips)
	}
	if n := len(o.events); n < 270 || n >= 300 || !strings.HasPrefix(o.events[n-1], "note 300:") {
		t.Errorf("%d events", n)
	}
}

func TestCutOff(t *testing.T) {
	db := long(t)
	o, err := read(t, tree("a.db", string(db[:len(db)/2])))
	if err == nil || !strings.Contains(err.Error(), "cut off") || len(o.events) < 100 {
		t.Errorf("%v after %d events", err, len(o.events))
	}
}

// TestAnyBytesWrong: whatever byte is changed, the reading ends, and where
// records are missing it says so.
func TestAnyBytesWrong(t *testing.T) {
	db := long(t)
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		bad := bytes.Clone(db)
		for range 1 + r.IntN(8) {
			bad[r.IntN(len(bad))] ^= byte(1 + r.IntN(255))
		}
		o, err := read(t, tree("a.db", string(bad)))
		if err == nil && len(o.events) < 290 && len(o.skips) == 0 && !bytes.Equal(bad, db) {
			t.Errorf("%d events and no error", len(o.events))
		}
	}
}

// TestLeadsInCircles: a table that leads to one page again and again ends, and
// gives its rows once.
func TestLeadsInCircles(t *testing.T) {
	db := long(t)
	root := db[512:1024] // of the table: its children are the last bytes of its cells
	if root[0] != 5 {
		t.Fatalf("the root is a page of kind %d", root[0])
	}
	cells, first := int(root[3])<<8|int(root[4]), int(root[12])<<8|int(root[13])
	for i := range cells {
		at := int(root[12+2*i])<<8 | int(root[13+2*i])
		copy(root[at:], root[first:first+4])
	}
	o, err := read(t, tree("a.db", string(db)))
	seen := map[string]bool{}
	for _, e := range o.events {
		if seen[e] {
			t.Fatalf("%s comes twice", e)
		}
		seen[e] = true
	}
	if err == nil || len(seen) == 0 {
		t.Errorf("%d rows, %v", len(seen), err)
	}
}

// TestHostileSchema: a view and a computed column in place of a table give
// nothing and run nothing.
func TestHostileSchema(t *testing.T) {
	db := sqlitetest.Database(t, `CREATE VIEW note(id, words) AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i, i FROM n`)
	if _, err := read(t, tree("a.db", string(db))); !errors.Is(err, importers.ErrNotMine) {
		t.Errorf("a view: %v", err)
	}
	db = sqlitetest.Database(t, `CREATE TABLE note(id INTEGER PRIMARY KEY, words AS (hex(zeroblob(40000000)))); INSERT INTO note(id) VALUES(1)`)
	if o, err := read(t, tree("a.db", string(db))); err == nil {
		t.Errorf("a computed column: no error, %d events", len(o.events))
	}
}

func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	db := long(t)
	f := notes()
	f.Read = func(v *View) error {
		n := 0
		for range v.Rows("note", "words") {
			if n++; n == 5 {
				cancel()
			}
			if n > 6 {
				t.Fatal("it goes on after its context ended")
			}
		}
		return nil
	}
	err := Read(ctx, importers.Source{FS: tree("a.db", string(db)), Path: "a.db", Size: int64(len(db))}, &output{}, f)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestLongValues: what an event shows is bounded, and says that it is.
func TestLongValues(t *testing.T) {
	db := sqlitetest.Database(t, three+"; UPDATE note SET words=hex(zeroblob(1000000)) WHERE id=2")
	o, err := read(t, tree("a.db", string(db)))
	if err != nil || len(o.events) != 3 {
		t.Fatalf("%v, %d events", err, len(o.events))
	}
	if e := o.events[1]; !strings.HasSuffix(e, "[text-cut]") || len(e) > importers.MostText+100 {
		t.Errorf("%d bytes: %.40s … %s", len(e), e, e[len(e)-40:])
	}
}

func TestBeside(t *testing.T) {
	files := tree("a.db", "x", "a.db-wal", "x", "a.db-shm", "x", "b.db-wal", "x")
	for path, want := range map[string]string{"a.db-wal": "was read with it", "a.db-shm": "index", "b.db-wal": "did not come with it"} {
		o := &output{}
		if _, ok := Beside(path); !ok {
			t.Errorf("%s is not known", path)
		}
		if err := SkipBeside(importers.Source{FS: files, Path: path}, o); err != nil || len(o.skips) != 1 || !strings.Contains(o.skips[0], want) {
			t.Errorf("%s: %v %v", path, o.skips, err)
		}
	}
}

func TestTimes(t *testing.T) {
	for _, c := range []struct {
		epoch Epoch
		cell  any
		want  string
	}{
		{AppleSeconds, int64(469926072), "2015-11-22T23:01:12Z second"},
		{AppleNanos, int64(469926072123456789), "2015-11-22T23:01:12.123Z millisecond"},
		{AppleSeconds, 704735807.221498, "2023-05-02T15:56:47.221Z millisecond"},
		{UnixSeconds, int64(1375219588), "2013-07-30T21:26:28Z second"},
		{UnixMillis, int64(1383065788038), "2013-10-29T16:56:28.038Z millisecond"},
		{UnixSeconds, int64(13727168620), "0001-01-01T00:00:00Z undated"},
		{UnixSeconds, int64(0), "0001-01-01T00:00:00Z undated"},
		{UnixSeconds, nil, "0001-01-01T00:00:00Z undated"},
		{UnixSeconds, []byte("soon"), "0001-01-01T00:00:00Z undated"},
		{AppleNanos, int64(-1 << 63), "0001-01-01T00:00:00Z undated"},
	} {
		w := c.epoch.When(Row{columns: map[string]int{"t": 0}, cells: []any{c.cell}, odd: new(bool)}, "t")
		if got := w.Instant.Format(time.RFC3339Nano) + " " + string(w.Precision); got != c.want {
			t.Errorf("%v: %s, want %s", c.cell, got, c.want)
		}
	}
}

func FuzzDatabase(f *testing.F) {
	f.Add(sqlitetest.Database(f, three), []byte(nil))
	db, log := sqlitetest.Logged(f, three, "DELETE FROM note WHERE id=1")
	f.Add(db, log)
	f.Fuzz(func(t *testing.T, db, log []byte) {
		o, err := read(t, tree("a.db", string(db), "a.db-wal", string(log)))
		if err == nil && len(o.events)+len(o.skips) == 0 {
			t.Error("nothing, and no error")
		}
		if errors.Is(err, importers.ErrNotMine) && len(o.events)+len(o.skips) > 0 {
			t.Errorf("%v after events", err)
		}
	})
}
