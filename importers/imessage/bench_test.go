package imessage

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/importers/sqlite"
	"daybook/importers/sqlite/sqlitetest"
)

const benchmarkRows = 100_000

// benchmarkDatabase has text of both forms, in conversations of two.
func benchmarkDatabase(b *testing.B) []byte {
	return sqlitetest.Database(b, newer+joins+fmt.Sprintf(`
	WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<100) INSERT INTO handle SELECT i, '+4477009'||(10000+i), 'iMessage' FROM n;
	INSERT INTO chat SELECT ROWID, 'iMessage;-;'||id, 45, id, NULL FROM handle; INSERT INTO chat_handle_join SELECT ROWID, ROWID FROM handle;
	WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<%d)
		INSERT INTO message(ROWID,guid,text,attributedBody,handle_id,service,account,date,is_from_me)
		SELECT i, printf('%%08d-0000-4000-8000-000000000000', i), CASE WHEN i%%2 THEN 'Message number '||i||': see you at the corner, and do not be late' END,
			%s, i%%100+1, 'iMessage', 'P:+447700900999', (600000000+i)*1000000000, i%%2 FROM n;
	INSERT INTO chat_message_join SELECT handle_id, ROWID FROM message`, benchmarkRows, blob(formatted("Message number 12345: see you at the corner, and do not be late"))))
}

// BenchmarkImport compares the import with merely reading the same columns of
// the same tables once: the floor.
func BenchmarkImport(b *testing.B) {
	data := benchmarkDatabase(b)
	s := importers.Source{FS: fstest.MapFS{"chat.db": {Data: data}}, Path: "chat.db", Size: int64(len(data))}
	floor := sqlite.Format{Read: func(v *sqlite.View) error {
		n := 0
		for range v.Rows("message", columns...) {
			n++
		}
		for range v.Rows("chat_message_join", "chat_id", "message_id") {
			n++
		}
		if n != 2*benchmarkRows {
			b.Fatalf("%d rows", n)
		}
		return v.Ctx.Err()
	}}
	read := func() error { return sqlite.Read(context.Background(), s, &importertest.Count{}, floor) }
	if err := read(); err != nil { // the engine is made ready
		b.Fatal(err)
	}
	importertest.Ratio(b, len(data), func() error { return New().Import(context.Background(), s, &importertest.Count{}) }, read)
}
