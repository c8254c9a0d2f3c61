package viber

import (
	"testing"

	"daybook/importers/importertest"
	"daybook/importers/sqlite/sqlitetest"
)

const data = `PRAGMA page_size=512;
	CREATE TABLE calls (_id INTEGER PRIMARY KEY AUTOINCREMENT, call_id LONG, number TEXT, canonized_number TEXT, viber_call BOOLEAN, viber_call_type INTEGER, date LONG, duration LONG, type INT, end_reason INT);
	CREATE TABLE vibernumbers (_id INTEGER PRIMARY KEY, canonized_number TEXT, viber_name TEXT);
	CREATE TABLE blockednumbers (_id INTEGER PRIMARY KEY, canonized_number TEXT, blocked_date LONG); INSERT INTO blockednumbers VALUES (1,'+447700900123',1669400000000);
	INSERT INTO vibernumbers VALUES (1,'+447700900123','Sam');
	INSERT INTO calls VALUES (1,-1,'07700 900123','+447700900123',1,1,1669408465582,98,1,3), (2,-1,'+447700900123','+447700900123',1,4,1669408627737,100,2,3),
		(3,-1,'+447700900456','',1,1,1669408824137,0,3,0), (4,-1,'+447700900123','+447700900123',1,9,0,0,9,0)`

const chats = `PRAGMA page_size=512;
	CREATE TABLE conversations (_id INTEGER PRIMARY KEY, name TEXT, conversation_type INTEGER);
	CREATE TABLE participants (_id INTEGER PRIMARY KEY, conversation_id INTEGER, participant_info_id INTEGER);
	CREATE TABLE participants_info (_id INTEGER PRIMARY KEY, number TEXT, display_name TEXT, contact_name TEXT, viber_name TEXT, member_id TEXT);
	CREATE TABLE messages (_id INTEGER PRIMARY KEY, conversation_id INTEGER, participant_id INTEGER, msg_date INTEGER, send_type INTEGER, body TEXT, extra_mime TEXT, extra_uri TEXT,
		deleted INTEGER, token INTEGER, location_lat INTEGER, location_lng INTEGER);
	INSERT INTO conversations VALUES (1,NULL,0), (2,'Flat',1);
	INSERT INTO participants_info VALUES (1,'+447700900999',NULL,NULL,'Anna','m1'), (2,'+447700900123','Sam E',NULL,'Sam','m2'), (3,NULL,NULL,NULL,'Alex','m3');
	INSERT INTO participants VALUES (1,1,1), (2,1,2), (3,2,1), (4,2,2), (5,2,3);
	INSERT INTO messages VALUES (1,1,2,1669408465582,0,'Where are you?',NULL,NULL,0,11,0,0), (2,1,1,1669408466582,1,'Leave me alone.',NULL,NULL,0,12,0,0),
		(3,2,5,1669408467582,0,NULL,'image','content://media/door.jpg',0,13,0,0), (4,2,9,1669408468582,0,'nobody that is known',NULL,NULL,1,14,515000000,-1200000), (5,1,2,0,NULL,'no time',NULL,NULL,0,15,0,0)`

// older are the tables of version 5.
const older = `PRAGMA page_size=512;
	CREATE TABLE conversations (_id INTEGER PRIMARY KEY, recipient_number TEXT, date INTEGER, name TEXT);
	CREATE TABLE participants_info (_id INTEGER PRIMARY KEY, number TEXT, display_name TEXT, contact_name TEXT);
	CREATE TABLE messages (_id INTEGER PRIMARY KEY, conversation_id INTEGER, address TEXT, date INTEGER, type INTEGER, body TEXT, extra_mime TEXT, extra_uri TEXT, location_lat INTEGER, location_lng INTEGER);
	INSERT INTO conversations VALUES (1,'+447700900123',1426411465582,NULL), (2,NULL,1426411465582,'Flat');
	INSERT INTO participants_info VALUES (1,'+447700900123','Sam E',NULL), (2,'+447700900456','Al','Alex');
	INSERT INTO messages VALUES (1,1,'+447700900123',1426411465582,0,'Where are you?',NULL,NULL,515000000,-1200000), (2,1,'+447700900123',1426411466582,1,'Leave me alone.',NULL,NULL,0,0),
		(3,2,'+447700900456',1426411467582,0,NULL,'image','content://media/door.jpg',0,0), (4,1,'+447700900123',1426411468582,3,'a type of another version',NULL,NULL,0,0), (5,1,NULL,0,NULL,'nobody and no time',NULL,NULL,0,0)`

// disputed has somebody who wrote to the owner and as the owner, somebody of
// another conversation, and times that are none of the unit that is stored.
const disputed = `PRAGMA page_size=512;
	CREATE TABLE conversations (_id INTEGER PRIMARY KEY, name TEXT, conversation_type INTEGER);
	CREATE TABLE participants (_id INTEGER PRIMARY KEY, conversation_id INTEGER, participant_info_id INTEGER);
	CREATE TABLE participants_info (_id INTEGER PRIMARY KEY, number TEXT, display_name TEXT, contact_name TEXT, viber_name TEXT, member_id TEXT);
	CREATE TABLE messages (_id INTEGER PRIMARY KEY, conversation_id INTEGER, participant_id INTEGER, msg_date INTEGER, send_type INTEGER, body TEXT, extra_mime TEXT, extra_uri TEXT,
		deleted INTEGER, token INTEGER, location_lat INTEGER, location_lng INTEGER);
	INSERT INTO conversations VALUES (1,NULL,0), (2,NULL,0);
	INSERT INTO participants_info VALUES (1,'+447700900999',NULL,NULL,'Anna','m1'), (2,'+447700900123',NULL,NULL,'Sam','m2'), (3,'+447700900456',NULL,NULL,'Anna','m3');
	INSERT INTO participants VALUES (1,1,1), (2,1,2), (3,2,1), (4,2,3);
	INSERT INTO messages VALUES (1,1,1,1669408465582,1,'by the owner',NULL,NULL,0,11,0,0), (2,1,2,1669408466582,0,'by Sam',NULL,NULL,0,12,0,0),
		(3,1,2,1669408467582,1,'by the owner, and by Sam',NULL,NULL,0,13,0,0), (4,1,4,1669408468582,0,'by one of another conversation',NULL,NULL,0,14,0,0),
		(5,2,4,1669408469582,0,'by one who calls himself Anna',NULL,NULL,0,15,0,0), (6,2,4,1669408470,0,'seconds where the app has milliseconds',NULL,NULL,0,16,0,0),
		(7,2,4,-1669408471582,0,'before there were telephones',NULL,NULL,0,17,0,0)`

// TestSamples: the samples are what their builders make.
func TestSamples(t *testing.T) {
	db, log := sqlitetest.Logged(t, chats, "DELETE FROM messages WHERE _id=1")
	importertest.Built(t, map[string][]byte{
		"android-calls/viber_data":             sqlitetest.Database(t, data),
		"android-chats-log/viber_messages":     db,
		"android-chats-log/viber_messages-wal": log,
		"android-chats-log/media/door.jpg":     []byte("door"),
		"android-chats/viber_messages":         sqlitetest.Database(t, chats),
		"android-disputed/viber_messages":      sqlitetest.Database(t, disputed),
		"android-2015/viber_messages":          sqlitetest.Database(t, older),
	})
}

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) {
	sqlitetest.Ready(f)
	importertest.Fuzz(f, New())
}
