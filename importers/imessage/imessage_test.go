package imessage

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"daybook/importers/importertest"
	"daybook/importers/sqlite/sqlitetest"
)

const joins = `
	CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT NOT NULL, service TEXT);
	CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, style INTEGER, chat_identifier TEXT, display_name TEXT);
	CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, PRIMARY KEY(chat_id, message_id));
	CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE(chat_id, handle_id));
	CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER);
	CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, guid TEXT, created_date INTEGER, filename TEXT, mime_type TEXT, transfer_name TEXT, total_bytes INTEGER);
	CREATE TABLE deleted_messages (ROWID INTEGER PRIMARY KEY, guid TEXT);`

// mac2015 has times in seconds, and every message its plain text.
func mac2015() string {
	return `PRAGMA page_size=512;
	CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER, subject TEXT, service TEXT, account TEXT,
		date INTEGER, date_read INTEGER, date_delivered INTEGER, is_from_me INTEGER, error INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0);` + joins + `
	INSERT INTO handle VALUES (1,'+447700900123','iMessage'), (2,'sam@example.org','iMessage');
	INSERT INTO chat VALUES (1,'iMessage;-;+447700900123',45,'+447700900123',NULL), (2,'iMessage;-;sam@example.org',45,'sam@example.org',NULL);
	INSERT INTO chat_handle_join VALUES (1,1), (2,2);
	INSERT INTO message(ROWID,guid,text,attributedBody,handle_id,subject,service,account,date,date_read,date_delivered,is_from_me,error) VALUES
		(1,'A-1','Where were you last night?',` + blob(formatted("Where were you last night?")) + `,1,NULL,'iMessage','e:anna@example.org',469926072,469926100,0,0,0),
		(2,'A-2','Leave me alone.',NULL,1,NULL,'iMessage','e:anna@example.org',469926200,0,469926201,1,0),
		(3,'A-3',NULL,NULL,1,'Look','iMessage','e:anna@example.org',469926300,0,0,0,0),
		(4,'A-4','no handle',NULL,0,NULL,'SMS','e:anna@example.org',469926400,0,0,0,0),
		(5,'A-5','in no conversation',NULL,2,NULL,'SMS','e:anna@example.org',0,0,0,0,0),
		(6,'A-6','it did not go',NULL,2,NULL,'iMessage','e:anna@example.org',469926500,0,0,1,22),
		(7,'A-7','the plain one',` + blob(formatted("another one")) + `,2,NULL,'iMessage','e:anna@example.org',469926600,0,0,0,0),
		(8,'A-8','11/22/2015, 11:05 PM - Mum: I never said that',NULL,2,NULL,'iMessage','e:anna@example.org',469926700,0,0,0,0);
	INSERT INTO chat_message_join VALUES (1,1),(1,2),(1,3),(1,4),(2,6),(2,7),(2,8);
	INSERT INTO attachment VALUES (1,'F-1',469926300,'~/Library/Messages/Attachments/0a/10/F-1/door.jpg','image/jpeg','door.jpg',4),
		(2,'F-2',469926300,'~/Library/Messages/Attachments/0b/11/F-2/gone.jpg','image/jpeg','gone.jpg',4), (3,'F-3',0,NULL,NULL,'left over',0);
	INSERT INTO message_attachment_join VALUES (3,1),(3,2),(3,9);
	INSERT INTO deleted_messages VALUES (1,'A-0')`
}

// nanos is a time since 2001 as newer systems count it.
func nanos(seconds int64) string { return fmt.Sprint(seconds * 1e9) }

const newer = `
	CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER, other_handle INTEGER DEFAULT 0, service TEXT,
		account TEXT, destination_caller_id TEXT, date INTEGER, date_read INTEGER DEFAULT 0, date_delivered INTEGER DEFAULT 0, date_edited INTEGER DEFAULT 0, is_from_me INTEGER,
		error INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0, group_title TEXT, group_action_type INTEGER DEFAULT 0, associated_message_guid TEXT,
		associated_message_type INTEGER DEFAULT 0, associated_message_emoji TEXT, thread_originator_guid TEXT, message_summary_info BLOB, balloon_bundle_id TEXT, payload_data BLOB);`

// ios12 is the database of a backup: reactions, a group, announcements.
func ios12() string {
	row := func(id int, guid, text string, handle int, date int64, me int, rest string) string {
		return fmt.Sprintf("INSERT INTO message(ROWID,guid,text,handle_id,date,is_from_me,service,destination_caller_id%s) VALUES(%d,'%s',%s,%d,%s,%d,'iMessage','+447700900999'%s);",
			strings.Split(rest, "|")[0], id, guid, text, handle, nanos(date), me, strings.Split(rest+"|", "|")[1])
	}
	return `PRAGMA page_size=512;` + newer + joins + `
	INSERT INTO handle VALUES (1,'+447700900123','iMessage'), (2,'+447700900456','iMessage');
	INSERT INTO chat VALUES (1,'iMessage;+;chat77',43,'chat77','Choir'), (2,'SMS;-;+447700900123',45,'+447700900123',NULL);
	INSERT INTO chat_handle_join VALUES (1,1), (1,2), (2,1);` +
		row(1, "B-1", "'Practice on Friday'", 1, 600000000, 0, "") +
		row(2, "B-2", "'Loved “Practice on Friday”'", 2, 600000060, 0, ",associated_message_guid,associated_message_type|,'p:0/B-1',2000") +
		row(3, "B-3", "NULL", 0, 600000120, 1, ",associated_message_guid,associated_message_type|,'bp:B-1',3000") +
		row(4, "B-4", "NULL", 1, 600000180, 0, ",item_type,group_action_type,other_handle|,1,1,2") +
		row(5, "B-5", "NULL", 0, 600000240, 1, ",item_type,group_title|,2,'Choir'") +
		row(6, "B-6", "'see picture'", 1, 600000300, 0, ",thread_originator_guid|,'B-1'") +
		row(7, "B-7", "NULL", 0, 600000360, 0, ",item_type|,77") +
		row(8, "B-8", "'said in the group, by nobody that is known'", 0, 600000420, 0, "") + `
	INSERT INTO chat_message_join VALUES (1,1),(1,2),(1,3),(1,4),(1,5),(2,6),(1,6),(1,7),(1,8);
	INSERT INTO attachment VALUES (1,'F-1',600000300,'/var/mobile/Library/SMS/Attachments/0a/10/F-1/window.heic','image/heic','window.heic',4);
	INSERT INTO message_attachment_join VALUES (6,1)`
}

// mac14 has formatted text alone, edited and taken back messages, and a log.
func mac14() (before, change string) {
	edits := list([]pair{
		{"ust", 1},
		{"ec", []pair{{"0", []any{
			[]pair{{"d", 700000000.5}, {"t", formatted("I will come round tonight")}},
			[]pair{{"d", 700000090.0}, {"t", formatted("Have a nice evening")}},
		}}}},
	})
	unsent := list([]pair{{"rp", []any{0}}})
	insert := func(id int, guid string, body []byte, date int64, rest string) string {
		columns, values, _ := strings.Cut(rest, "|")
		words := "NULL"
		if body != nil {
			words = blob(body)
		}
		return fmt.Sprintf("INSERT INTO message(ROWID,guid,attributedBody,handle_id,date,is_from_me,service,account%s) VALUES(%d,'%s',%s,1,%s,0,'iMessage','P:+447700900999'%s);",
			columns, id, guid, words, nanos(date), values)
	}
	before = `PRAGMA page_size=512;` + newer + joins + `
	CREATE TABLE chat_recoverable_message_join (chat_id INTEGER, message_id INTEGER, delete_date INTEGER);
	CREATE TABLE recoverable_message_part (chat_id INTEGER, message_id INTEGER, part_index INTEGER, delete_date INTEGER, part_text BLOB);
	CREATE TABLE other_app (x); INSERT INTO other_app VALUES(1);
	INSERT INTO handle VALUES (1,'+447700900123','iMessage');
	INSERT INTO chat VALUES (1,'any;-;+447700900123',45,'+447700900123',NULL);
	INSERT INTO chat_handle_join VALUES (1,1);` +
		insert(1, "C-1", formatted("Have a nice evening"), 700000000, ",date_edited,message_summary_info|,"+nanos(700000090)+","+blob(edits)) +
		insert(2, "C-2", nil, 700000200, ",message_summary_info|,"+blob(unsent)) +
		insert(3, "C-3", formatted("deleted, and still to be had"), 700000300, "") +
		insert(4, "C-4", formatted("two parts, of which one is deleted"), 700000400, "") +
		insert(5, "C-5", []byte("streamtyped nothing that is known"), 700000500, "") +
		insert(6, "C-6", formatted(strings.Repeat("a long one, ", 30)+"\uFFFC"), 700000600, ",balloon_bundle_id,payload_data|,'com.apple.messages.URLBalloonProvider',x'0102'") +
		insert(7, "C-7", nil, 700000700, ",message_summary_info|,x'62706c697374303000'") +
		insert(8, "C-8", nil, 700000800, ",associated_message_guid,associated_message_type,associated_message_emoji|,'p:0/C-9',2006,'🔪'") +
		insert(9, "C-9", formatted("wait for me"), 700000900, "") + `
	INSERT INTO chat_message_join SELECT 1, ROWID FROM message WHERE ROWID <> 3;
	INSERT INTO chat_recoverable_message_join VALUES (1,3,` + nanos(700001000) + `);
	INSERT INTO recoverable_message_part VALUES (1,4,1,` + nanos(700001100) + `,` + blob(formatted("the other part")) + `), (1,99,0,0,` + blob(formatted("of no message")) + `)`
	change = `DELETE FROM message WHERE ROWID=9; UPDATE message SET attributedBody=` + blob(formatted("two parts")) + ` WHERE ROWID=4;` +
		insert(10, "C-10", formatted("only in the log"), 700001200, "") + `INSERT INTO chat_message_join VALUES(1,10)`
	return before, change
}

// disputed has a message in the conversation of another, and times of other
// units and epochs.
func disputed() string {
	return strings.Split(mac2015(), "INSERT INTO message(")[0] + `
	INSERT INTO message(ROWID,guid,text,handle_id,service,account,date,is_from_me) VALUES
		(1,'D-1','by the one whom it is with',1,'iMessage','e:anna@example.org',469926072,0),
		(2,'D-2','by another, in a conversation of two',2,'iMessage','e:anna@example.org',469926200,0),
		(3,'D-3','nanoseconds, as newer systems count',1,'iMessage','e:anna@example.org',469926300000000000,0),
		(4,'D-4','counted in milliseconds, as no system does',1,'iMessage','e:anna@example.org',469926400000,0),
		(5,'D-5','from before 2001',1,'iMessage','e:anna@example.org',-469926500,0),
		(6,'D-6','Anna: typed by the other',1,'iMessage','e:anna@example.org',469926600,0);
	INSERT INTO chat_message_join VALUES (1,1),(1,2),(1,3),(1,4),(1,5),(1,6)`
}

// TestSamples: the samples are what their builders make.
func TestSamples(t *testing.T) {
	before, change := mac14()
	db, log := sqlitetest.Logged(t, before, change)
	sum := sha1.Sum([]byte("MediaDomain-Library/SMS/Attachments/0a/10/F-1/window.heic"))
	picture := hex.EncodeToString(sum[:])
	importertest.Built(t, map[string][]byte{
		"macos-2015/Messages/chat.db":                        sqlitetest.Database(t, mac2015()),
		"macos-2015/Messages/Attachments/0a/10/F-1/door.jpg": []byte("door"),
		"macos-2016-disputed/chat.db":                        sqlitetest.Database(t, disputed()),
		"ios-12-backup/3d/" + hashed:                         sqlitetest.Database(t, ios12()),
		filepath.Join("ios-12-backup", picture[:2], picture): []byte("glass"),
		"macos-14-log/chat.db":                               db,
		"macos-14-log/chat.db-wal":                           log,
		"macos-14-log/chat.db-shm":                           make([]byte, 64),
	})
}

// TestPlist: a list that names itself again and again ends.
func TestPlist(t *testing.T) {
	b := list([]any{[]any{"x", "x", "x"}, "y"})
	p, top, err := openPlist(b)
	if err != nil || len(p.array(top)) != 2 {
		t.Fatalf("%v", err)
	}
	for cut := range b {
		if p, top, err := openPlist(b[cut:]); err == nil && cut > 0 {
			p.versions(p.get(top, "ec"))
		}
	}
	if n, ok := p.number(object(0)); ok {
		t.Errorf("the magic is the number %v", n)
	}
}

func FuzzSummary(f *testing.F) {
	f.Add(list([]pair{{"ec", []pair{{"0", []any{[]pair{{"d", 1.5}, {"t", formatted("words")}}}}}}, {"rp", []any{0}}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, top, err := openPlist(b)
		if err != nil {
			return
		}
		if n := len(p.versions(p.get(top, "ec"))); n > maxObjects {
			t.Errorf("%d versions", n)
		}
	})
}

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) {
	sqlitetest.Ready(f)
	importertest.Fuzz(f, New())
}
