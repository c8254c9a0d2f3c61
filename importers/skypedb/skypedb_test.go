package skypedb

import (
	"testing"

	"daybook/importers/importertest"
	"daybook/importers/sqlite/sqlitetest"
)

const tables = `PRAGMA page_size=512;
	CREATE TABLE Accounts (id INTEGER NOT NULL PRIMARY KEY, skypename TEXT, fullname TEXT);
	CREATE TABLE Conversations (id INTEGER NOT NULL PRIMARY KEY, identity TEXT, displayname TEXT);
	CREATE TABLE Participants (id INTEGER NOT NULL PRIMARY KEY, convo_id INTEGER, identity TEXT);
	CREATE TABLE Messages (id INTEGER NOT NULL PRIMARY KEY, convo_id INTEGER, chatname TEXT, author TEXT, from_dispname TEXT, guid BLOB, dialog_partner TEXT, timestamp INTEGER,
		type INTEGER, sending_status INTEGER, edited_by TEXT, edited_timestamp INTEGER, body_xml TEXT, identities TEXT, reason TEXT);
	INSERT INTO Accounts VALUES (1,'anna.e','Anna Example');
	INSERT INTO Conversations VALUES (1,'sam.e','Sam'), (2,'#anna.e/$7;1','Flat');
	INSERT INTO Participants VALUES (1,1,'sam.e'), (2,1,'anna.e'), (3,2,'anna.e'), (4,2,'sam.e'), (5,2,'alex.e');`

const skype6 = tables + `
	CREATE TABLE Calls (id INTEGER NOT NULL PRIMARY KEY, begin_timestamp INTEGER, topic TEXT, is_unseen_missed INTEGER, host_identity TEXT, duration INTEGER, is_incoming INTEGER, name TEXT, conv_dbid INTEGER);
	CREATE TABLE CallMembers (id INTEGER NOT NULL PRIMARY KEY, identity TEXT, dispname TEXT, call_db_id INTEGER);
	CREATE TABLE SMSes (id INTEGER NOT NULL PRIMARY KEY, type INTEGER, status INTEGER, timestamp INTEGER, target_numbers TEXT, body TEXT, chatmsg_id INTEGER);
	CREATE TABLE Transfers (id INTEGER NOT NULL PRIMARY KEY, type INTEGER, partner_handle TEXT, partner_dispname TEXT, status INTEGER, starttime INTEGER, finishtime INTEGER, filepath TEXT, filename TEXT, filesize TEXT, accepttime INTEGER, convo_id INTEGER);
	CREATE TABLE Voicemails (id INTEGER NOT NULL PRIMARY KEY, type INTEGER, partner_handle TEXT, partner_dispname TEXT, status INTEGER, subject TEXT, timestamp INTEGER, duration INTEGER, path TEXT, convo_id INTEGER);
	CREATE TABLE Contacts (id INTEGER NOT NULL PRIMARY KEY, skypename TEXT); INSERT INTO Contacts VALUES (1,'sam.e');
	INSERT INTO Messages(id,convo_id,chatname,author,from_dispname,guid,dialog_partner,timestamp,type,sending_status,edited_by,edited_timestamp,body_xml,identities) VALUES
		(1,1,'#sam.e/$anna.e;1','sam.e','Sam',x'01','sam.e',1375219588,61,NULL,NULL,NULL,'I&apos;m outside &amp; waiting',NULL),
		(2,1,'#sam.e/$anna.e;1','anna.e','Anna Example',x'02','sam.e',1375219600,61,2,NULL,NULL,'Go away',NULL),
		(3,1,'#sam.e/$anna.e;1','sam.e','Sam',x'03','sam.e',1375219700,61,NULL,'sam.e',1375219800,'see <a href="http://example.org/x">http://example.org/x</a> <ss type="smile">:)</ss><e_m a="sam.e" ts_ms="1" ts="1" t="61"></e_m>',NULL),
		(4,1,'#sam.e/$anna.e;1','sam.e','Sam',x'04',NULL,1375219900,50,NULL,NULL,NULL,'Add me',  'anna.e'),
		(5,2,'#anna.e/$7;1','alex.e','Alex',x'05',NULL,1375220000,61,NULL,NULL,NULL,'to all of us',NULL),
		(6,2,'#anna.e/$7;1','alex.e','Alex',x'06',NULL,1375220100,10,NULL,NULL,NULL,NULL,'sam.e'),
		(7,1,'#sam.e/$anna.e;1','anna.e','Anna Example',x'07','+447700900123',13727168620,64,2,NULL,NULL,'<sms alt="stop it"><type>2</type><body><chunk id="0">stop it</chunk></body></sms>',NULL),
		(8,1,'#sam.e/$anna.e;1','sam.e','Sam',x'08','sam.e',1375220300,99,NULL,NULL,NULL,'of a kind that is not known',NULL),
		(9,1,'#sam.e/$anna.e;1','sam.e','Anna Example',x'09','sam.e',1375220400,61,NULL,NULL,NULL,'<quote author="anna.e" timestamp="1">I love it</quote> you said',NULL);
	INSERT INTO Calls VALUES (1,1375220500,NULL,0,'sam.e',65,1,'1-1',1), (2,1375220600,NULL,1,'sam.e',NULL,1,'1-2',1), (3,1375220700,NULL,0,'anna.e',5,0,'1-3',1);
	INSERT INTO CallMembers VALUES (1,'sam.e','Sam',1), (2,'sam.e','Sam',3);
	INSERT INTO SMSes VALUES (1,2,6,1375220200,'+447700900123','stop it',7), (2,2,6,1375220250,'+447700900123','not in the chat',NULL);
	INSERT INTO Transfers VALUES (1,1,'sam.e','Sam',8,1375220800,1375220810,'C:\photo.jpg','photo.jpg','9',1375220805,1), (2,1,'sam.e','Sam',77,0,0,NULL,'gone.jpg',NULL,0,9);
	INSERT INTO Voicemails VALUES (1,1,'sam.e','Sam',7,NULL,1375220900,12,'voice1.dat',1)`

// TestSamples: the samples are what their builders make.
func TestSamples(t *testing.T) {
	one := tables + "INSERT INTO Messages(id,convo_id,author,dialog_partner,timestamp,type,body_xml) VALUES (1,1,'sam.e','sam.e',1275219588,61,'hello'),(2,1,NULL,NULL,1275219599,61,'nobody said this')"
	db, log := sqlitetest.Logged(t, one, "DELETE FROM Messages WHERE id=1")
	disputed := skype6 + `;
		DELETE FROM Messages; DELETE FROM Calls; DELETE FROM CallMembers; DELETE FROM SMSes; DELETE FROM Transfers; DELETE FROM Voicemails;
		INSERT INTO Messages(id,convo_id,author,from_dispname,guid,dialog_partner,timestamp,type,sending_status,body_xml) VALUES
			(1,1,'sam.e','Sam',x'01','sam.e',1375219588,61,NULL,'by Sam'), (2,1,'sam.e','Sam',x'02','sam.e',1375219600,61,2,'by Sam, and sent by the owner'),
			(3,1,'alex.e','Alex',x'03','sam.e',1375219700,61,NULL,'by a third, in a conversation of two'), (4,1,'sam.e','Anna Example',x'04','sam.e',1375219800,61,NULL,'by Sam, who calls himself Anna'),
			(5,1,'anna.e','Anna Example',x'05','+447700900123',1375219900,64,2,'an SMS of another day'), (6,1,'sam.e','Sam',x'06','sam.e',1375219900000,61,NULL,'milliseconds where the app has seconds');
		INSERT INTO SMSes VALUES (1,2,6,1375000000,'+447700900123','an SMS of another day',5);
		INSERT INTO Calls VALUES (1,1375220500,NULL,0,'sam.e',65,0,'1-1',1);
		INSERT INTO CallMembers VALUES (1,'sam.e','Sam',1)`
	importertest.Built(t, map[string][]byte{
		"skype-7-disputed/main.db": sqlitetest.Database(t, disputed),
		"skype-6/main.db":          sqlitetest.Database(t, skype6),
		"skype-6/photo.jpg":        []byte("photo"),
		"skype-5-log/main.db":      db,
		"skype-5-log/main.db-wal":  log,
		"skype-4-empty/main.db":    sqlitetest.Database(t, tables),
	})
}

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) {
	sqlitetest.Ready(f)
	importertest.Fuzz(f, New())
}
