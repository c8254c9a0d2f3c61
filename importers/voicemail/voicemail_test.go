package voicemail

import (
	"testing"

	"daybook/importers/importertest"
	"daybook/importers/sqlite/sqlitetest"
)

const ios9 = `PRAGMA page_size=512;
	CREATE TABLE voicemail (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, remote_uid INTEGER, date INTEGER, token TEXT, sender TEXT, callback_num TEXT, duration INTEGER,
		expiration INTEGER, trashed_date INTEGER, flags INTEGER);
	INSERT INTO voicemail VALUES (1,7,1450000000,'Complete','+447700900123','+447700900123',12,1452592000,0,2), (2,8,1450000100,'',NULL,NULL,3,0,0,2)`

const ios15 = `PRAGMA page_size=512;
	CREATE TABLE voicemail (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, remote_uid INTEGER, date INTEGER, token TEXT, sender TEXT, callback_num TEXT, duration INTEGER,
		expiration INTEGER, trashed_date INTEGER, flags INTEGER, receiver TEXT, label TEXT);
	CREATE TABLE deleted (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, remote_uid INTEGER, date INTEGER, token TEXT, sender TEXT, callback_num TEXT, duration INTEGER,
		expiration INTEGER, trashed_date INTEGER, flags INTEGER, receiver TEXT, label TEXT);
	CREATE TABLE map (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT, label TEXT);`

const rows = `INSERT INTO voicemail VALUES (1,7,1700000000,'','+447700900123','+447700900456',31,0,0,2,'+447700900999','x'),
		(2,8,1700000100,'',NULL,'+447700900456',3,0,721692900,75,'+447700900999','x'), (3,9,0,'','+447700900123',NULL,0,0,0,0,NULL,NULL);
	INSERT INTO deleted VALUES (1,5,1690000000,'','+447700900123',NULL,9,0,711692800,75,NULL,NULL)`

// TestSamples: the samples are what their builders make.
func TestSamples(t *testing.T) {
	db, log := sqlitetest.Logged(t, ios15+rows, "DELETE FROM voicemail WHERE ROWID=1")
	importertest.Built(t, map[string][]byte{
		"ios-9/Voicemail/voicemail.db":          sqlitetest.Database(t, ios9),
		"ios-9/Voicemail/1.amr":                 []byte("#!AMR\nsound"),
		"ios-15-log/Voicemail/voicemail.db":     db,
		"ios-15-log/Voicemail/voicemail.db-wal": log,
		"ios-15-log/Voicemail/1.amr":            []byte("#!AMR\nsound"),
		"ios-15-log/Voicemail/1.transcript":     []byte("words"),
		"ios-16-disputed/voicemail.db": sqlitetest.Database(t, ios15+`INSERT INTO voicemail VALUES (1,7,1700000000,'','+447700900123','+447700900123',31,0,0,2,NULL,NULL),
			(2,8,1700000100,'',NULL,'+447700900456',3,0,0,2,NULL,NULL), (3,9,1700000200000,'','+447700900123',NULL,3,0,0,2,NULL,NULL), (4,10,721692800,'','+447700900123',NULL,3,0,0,2,NULL,NULL)`),
		"ios-15-empty/voicemail.db": sqlitetest.Database(t, ios15),
	})
}

func TestImporter(t *testing.T) { importertest.Run(t, New(), importertest.Sources(`voicemail\.db`)) }

func FuzzImporter(f *testing.F) {
	sqlitetest.Ready(f)
	importertest.Fuzz(f, New())
}
