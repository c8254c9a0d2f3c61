// Package sqlitetest makes small databases for the tests of the formats that
// are databases: the same bytes from the same words.
package sqlitetest

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	sqlite3 "github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/embed" // the engine itself
)

// Ready makes the engine ready, which takes longer than a fuzzing process waits
// for one input.
func Ready(t testing.TB) {
	t.Helper()
	if err := sqlite3.Initialize(); err != nil {
		t.Fatal(err)
	}
}

// Database makes a database by running SQL.
func Database(t testing.TB, sql string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.db")
	conn, err := sqlite3.Open("file:" + filepath.ToSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.Exec(sql); err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Logged makes a database and the write-ahead log that lies beside it: the log
// holds what the second SQL changes.
func Logged(t testing.TB, before, change string) (database, log []byte) {
	t.Helper()
	database = Database(t, before)
	log = Log(database, Database(t, before+";"+change))
	database[18], database[19] = 2, 2
	return database, log
}

// Log writes a write-ahead log that turns one database into another, in one
// commit. Its salts are always the same.
func Log(before, after []byte) []byte {
	size := int(binary.BigEndian.Uint16(before[16:]))
	if size == 1 {
		size = 64 << 10
	}
	after = append([]byte(nil), after...)
	after[18], after[19] = 2, 2
	word := binary.BigEndian.AppendUint32
	log := word(word(word(word(nil, 0x377f0682), 3007000), uint32(size)), 0)
	salts := word(word(nil, 0x5eed0001), 0x5eed0002)
	log = append(log, salts...)
	var s0, s1 uint32
	sum := func(b []byte) {
		for ; len(b) > 0; b = b[8:] {
			s0 += binary.LittleEndian.Uint32(b) + s1
			s1 += binary.LittleEndian.Uint32(b[4:]) + s0
		}
	}
	sum(log)
	log = word(word(log, s0), s1)
	var pages [][]byte
	var numbers []uint32
	for at := 0; at+size <= len(after); at += size {
		page := after[at : at+size]
		if at+size > len(before) || string(before[at:at+size]) != string(page) {
			pages, numbers = append(pages, page), append(numbers, uint32(at/size+1))
		}
	}
	for i, page := range pages {
		commit := uint32(0)
		if i == len(pages)-1 {
			commit = uint32(len(after) / size)
		}
		head := word(word(nil, numbers[i]), commit)
		sum(head)
		sum(page)
		log = append(append(log, head...), salts...)
		log = append(word(word(log, s0), s1), page...)
	}
	return log
}
