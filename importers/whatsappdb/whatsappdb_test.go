package whatsappdb

import (
	"testing"

	"daybook/importers/importertest"
	"daybook/importers/sqlite/sqlitetest"
)

const android2024 = `PRAGMA page_size=512;
	CREATE TABLE jid (_id INTEGER PRIMARY KEY, user TEXT, server TEXT, type INTEGER, raw_string TEXT);
	CREATE TABLE jid_map (lid_row_id INTEGER PRIMARY KEY, jid_row_id INTEGER);
	CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, subject TEXT);
	CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id INTEGER, from_me INTEGER, key_id TEXT, sender_jid_row_id INTEGER, status INTEGER, timestamp INTEGER,
		received_timestamp INTEGER, message_type INTEGER, text_data TEXT, starred INTEGER, origination_flags INTEGER);
	CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, file_path TEXT, mime_type TEXT, media_name TEXT, media_caption TEXT, file_hash TEXT, media_duration INTEGER);
	CREATE TABLE message_location (message_row_id INTEGER PRIMARY KEY, latitude REAL, longitude REAL, place_name TEXT, place_address TEXT);
	CREATE TABLE message_system (message_row_id INTEGER PRIMARY KEY, action_type INTEGER);
	CREATE TABLE message_quoted (message_row_id INTEGER PRIMARY KEY, text_data TEXT, key_id TEXT);
	CREATE TABLE message_edit_info (message_row_id INTEGER PRIMARY KEY, original_key_id TEXT, edited_timestamp INTEGER);
	CREATE TABLE receipt_user (_id INTEGER PRIMARY KEY, message_row_id INTEGER, receipt_user_jid_row_id INTEGER, receipt_timestamp INTEGER, read_timestamp INTEGER);
	CREATE TABLE message_add_on (_id INTEGER PRIMARY KEY, chat_row_id INTEGER, from_me INTEGER, key_id TEXT, sender_jid_row_id INTEGER, parent_message_row_id INTEGER, timestamp INTEGER, message_add_on_type INTEGER);
	CREATE TABLE message_add_on_reaction (message_add_on_row_id INTEGER PRIMARY KEY, reaction TEXT, sender_timestamp INTEGER);
	CREATE TABLE call_log (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, from_me INTEGER, call_id TEXT, timestamp INTEGER, video_call INTEGER, duration INTEGER, call_result INTEGER);
	CREATE TABLE group_participant_user (_id INTEGER PRIMARY KEY, x INTEGER); INSERT INTO group_participant_user VALUES (1,1);
	INSERT INTO jid VALUES (1,'447700900123','s.whatsapp.net',0,'447700900123@s.whatsapp.net'), (2,'1203630','g.us',1,'1203630@g.us'),
		(3,'2056','lid',18,'2056@lid'), (4,'447700900456','s.whatsapp.net',0,'447700900456@s.whatsapp.net'), (5,'999','lid',18,'999@lid');
	INSERT INTO jid_map VALUES (3,4);
	INSERT INTO chat VALUES (1,1,NULL), (2,2,'Choir'), (3,5,NULL);
	INSERT INTO message VALUES
		(1,-1,0,'-1',NULL,-1,0,0,0,NULL,0,0),
		(2,1,0,'K2',0,0,1700000000123,1700000001000,0,'Where are you?',0,0),
		(3,1,1,'K3',0,13,1700000060000,0,0,'At home.',1,0),
		(4,1,0,'K4',0,0,1700000120000,1700000121000,1,NULL,0,1),
		(5,1,0,'K5',0,0,1700000180000,0,5,NULL,0,0),
		(6,1,0,'K6',0,0,1700000240000,0,15,NULL,0,0),
		(7,2,0,'K7',3,0,1700000300000,0,0,'known by a hidden identity, and by number',0,0),
		(8,2,0,'K8',5,0,1700000360000,0,0,'known by a hidden identity alone',0,0),
		(9,2,0,'K9',NULL,6,1700000420000,0,7,'Choir',0,0),
		(10,1,0,'K10',0,0,1700000480000,0,0,'edited text',0,0),
		(11,1,1,'K11',0,5,1700000540000,0,3,NULL,0,0),
		(12,1,0,'K12',0,0,1700000600000,0,77,'of a kind that is not known',0,0),
		(13,2,0,'K13',NULL,0,0,0,0,'[14/11/2023, 22:13] Mum: forged',0,0);
	INSERT INTO message_media VALUES (4,'Media/WhatsApp Images/IMG-1.jpg','image/jpeg',NULL,'your door','c3Vt',0), (11,NULL,'video/mp4',NULL,NULL,NULL,12);
	INSERT INTO message_location VALUES (5,51.5,-0.12,'The Crown','High Street');
	INSERT INTO message_system VALUES (9,1);
	INSERT INTO message_quoted VALUES (3,'Where are you?','K2');
	INSERT INTO message_edit_info VALUES (10,'K10',1700000500000);
	INSERT INTO receipt_user VALUES (1,3,1,1700000061000,1700000062000);
	INSERT INTO message_add_on VALUES (1,1,1,'R1',NULL,2,1700000070000,56), (2,2,0,'R2',3,7,1700000310000,56), (3,2,0,'R3',3,7,1700000320000,79);
	INSERT INTO message_add_on_reaction VALUES (1,'👎',1700000070000), (2,'',1700000310000);
	INSERT INTO call_log VALUES (1,1,0,'C1',1700001000000,0,0,4), (2,1,1,'C2',1700001100000,1,65,5), (3,1,0,'C3',1700001200000,0,0,9)`

const android2018 = `PRAGMA page_size=512;
	CREATE TABLE messages (_id INTEGER PRIMARY KEY, key_remote_jid TEXT, key_from_me INTEGER, key_id TEXT, status INTEGER, data TEXT, timestamp INTEGER, media_mime_type TEXT,
		media_wa_type TEXT, media_size INTEGER, media_name TEXT, media_caption TEXT, media_duration INTEGER, latitude REAL, longitude REAL, remote_resource TEXT,
		received_timestamp INTEGER, quoted_row_id INTEGER, forwarded INTEGER);
	CREATE TABLE messages_quotes (_id INTEGER PRIMARY KEY, data TEXT, key_id TEXT);
	CREATE TABLE chat_list (_id INTEGER PRIMARY KEY, key_remote_jid TEXT, subject TEXT);
	INSERT INTO chat_list VALUES (1,'447700900123@s.whatsapp.net',NULL), (2,'447700900123-1500000000@g.us','Flat');
	INSERT INTO messages_quotes VALUES (1,'Where?','M2');
	INSERT INTO messages(_id,key_remote_jid,key_from_me,key_id,status,data,timestamp,media_mime_type,media_wa_type,media_size,media_name,media_caption,media_duration,latitude,longitude,remote_resource,received_timestamp,quoted_row_id) VALUES
		(1,'-1',0,'-1',-1,NULL,0,NULL,'0',0,NULL,NULL,0,0,0,NULL,0,0),
		(2,'447700900123@s.whatsapp.net',0,'M2',0,'Where?',1500000000000,NULL,'0',0,NULL,NULL,0,0,0,NULL,1500000001000,0),
		(3,'447700900123@s.whatsapp.net',1,'M3',13,'Here',1500000060000,NULL,'0',0,NULL,NULL,0,0,0,NULL,0,1),
		(4,'447700900123-1500000000@g.us',0,'M4',0,NULL,1500000120000,'image/jpeg','1',9,'IMG-1.jpg','look',0,0,0,'447700900456@s.whatsapp.net',0,0),
		(5,'447700900123-1500000000@g.us',0,'M5',6,'Flat',1500000180000,NULL,'0',11,NULL,NULL,0,0,0,'447700900456@s.whatsapp.net',0,0),
		(6,'447700900123@s.whatsapp.net',0,'M6',0,NULL,1500000240000,NULL,'5',0,'Home',NULL,0,51.5,-0.12,NULL,0,0),
		(7,'447700900123@s.whatsapp.net',0,'M7',0,NULL,1500000300000,NULL,'10',0,NULL,NULL,0,0,0,NULL,0,0)`

const ios15 = `PRAGMA page_size=512;
	CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZSESSIONTYPE INTEGER, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
	CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZCONTACTNAME VARCHAR, ZFIRSTNAME VARCHAR, ZMEMBERJID VARCHAR);
	CREATE TABLE ZWAPROFILEPUSHNAME (Z_PK INTEGER PRIMARY KEY, ZJID VARCHAR, ZPUSHNAME VARCHAR);
	CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZMOVIEDURATION INTEGER, ZLATITUDE FLOAT, ZLONGITUDE FLOAT, ZMEDIALOCALPATH VARCHAR, ZTITLE VARCHAR, ZVCARDNAME VARCHAR, ZVCARDSTRING VARCHAR);
	CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZFLAGS INTEGER, ZGROUPEVENTTYPE INTEGER, ZISFROMME INTEGER, ZMESSAGETYPE INTEGER, ZSTARRED INTEGER, ZCHATSESSION INTEGER,
		ZGROUPMEMBER INTEGER, ZMESSAGEDATE TIMESTAMP, ZSENTDATE TIMESTAMP, ZFROMJID VARCHAR, ZSTANZAID VARCHAR, ZTEXT VARCHAR, ZTOJID VARCHAR);
	CREATE TABLE ZWABLACKLISTITEM (Z_PK INTEGER PRIMARY KEY, ZJID VARCHAR); INSERT INTO ZWABLACKLISTITEM VALUES (1,'447700900123@s.whatsapp.net');
	INSERT INTO ZWACHATSESSION VALUES (1,0,'447700900123@s.whatsapp.net','Sam'), (2,1,'1203630@g.us','Choir');
	INSERT INTO ZWAGROUPMEMBER VALUES (1,2,'Alex Example','Alex','447700900456@s.whatsapp.net'), (2,2,NULL,NULL,'2056@lid');
	INSERT INTO ZWAPROFILEPUSHNAME VALUES (1,'2056@lid','lex');
	INSERT INTO ZWAMEDIAITEM VALUES (1,3,0,0,0,'Media/447700900123@s.whatsapp.net/d/0/door.jpg','your door','c3Vt=','image/jpeg'), (2,4,0,35.6385,-78.876,NULL,NULL,NULL,NULL), (3,9,0,0,0,NULL,NULL,NULL,'BEGIN:VCARD');
	INSERT INTO ZWAMESSAGE(Z_PK,ZFLAGS,ZGROUPEVENTTYPE,ZISFROMME,ZMESSAGETYPE,ZSTARRED,ZCHATSESSION,ZGROUPMEMBER,ZMESSAGEDATE,ZSENTDATE,ZFROMJID,ZSTANZAID,ZTEXT,ZTOJID) VALUES
		(1,0,2,0,0,0,1,NULL,704735850,704735850.987255,'447700900123@s.whatsapp.net','S1','Hello again',NULL),
		(2,0,0,1,0,1,1,NULL,704735904.61436,704735904.649795,NULL,'S2','Leave me alone.','447700900123@s.whatsapp.net'),
		(3,0,0,0,1,0,1,NULL,704736554,NULL,'447700900123@s.whatsapp.net','S3',NULL,NULL),
		(4,0,2,0,5,0,1,NULL,706026514,NULL,'447700900123@s.whatsapp.net','S4',NULL,NULL),
		(5,0,2,0,0,0,2,1,706026600,NULL,'1203630@g.us','S5','from a member',NULL),
		(6,0,2,0,0,0,2,2,706026700,NULL,'1203630@g.us','S6','from a hidden identity',NULL),
		(7,0,12,0,6,0,2,NULL,706026800,NULL,'1203630@g.us','S7',NULL,'447700900999@s.whatsapp.net'),
		(8,0,1,0,10,0,1,NULL,706026900,NULL,'447700900123@s.whatsapp.net','S8',NULL,'447700900999@s.whatsapp.net'),
		(9,0,0,0,4,0,2,NULL,706027000,NULL,'1203630@g.us','S9',NULL,NULL),
		(10,0,0,0,14,0,1,NULL,0,NULL,'447700900123@s.whatsapp.net','S10',NULL,NULL)`

const contactsDB = `PRAGMA page_size=512; CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY, jid TEXT, display_name TEXT, wa_name TEXT);
	INSERT INTO wa_contacts VALUES (1,'447700900123@s.whatsapp.net','Sam Example','sammy'), (2,'447700900456@s.whatsapp.net',NULL,'lex')`

// disputed has messages that are the owner's and another's, and times of other
// units and epochs.
const disputed = `
	DELETE FROM message; DELETE FROM message_media; DELETE FROM message_location; DELETE FROM message_system; DELETE FROM message_quoted; DELETE FROM message_edit_info;
	DELETE FROM receipt_user; DELETE FROM message_add_on; DELETE FROM message_add_on_reaction; DELETE FROM call_log;
	INSERT INTO message(_id,chat_row_id,from_me,key_id,sender_jid_row_id,status,timestamp,message_type,text_data) VALUES
		(1,1,0,'K1',1,0,1700000000123,0,'by the one whom the chat is with'), (2,1,1,'K2',1,0,1700000060000,0,'by the owner, and by that one'),
		(3,1,0,'K3',4,0,1700000120000,0,'by a third'), (4,1,0,'K4',5,0,1700000180000,0,'by a hidden identity, which may be anybody'),
		(5,1,0,'K5',0,0,1700000240,0,'seconds where the app has milliseconds'), (6,1,0,'K6',0,0,1700000300000000,0,'microseconds'),
		(7,1,0,'K7',0,0,-1,0,'before 1970'), (8,1,0,'K1',0,0,1700000360000,0,'the key of another'), (9,1,0,'K9',0,0,1700000420000,0,'already right: café, and typed so: cafÃ©')`

const disputediOS = `
	DELETE FROM ZWAMESSAGE; DELETE FROM ZWAMEDIAITEM;
	INSERT INTO ZWAMESSAGE(Z_PK,ZFLAGS,ZISFROMME,ZMESSAGETYPE,ZSTARRED,ZCHATSESSION,ZMESSAGEDATE,ZFROMJID,ZSTANZAID,ZTEXT,ZTOJID) VALUES
		(1,0,1,0,0,1,704735904,'447700900123@s.whatsapp.net','S1','by the owner, and by Sam','447700900123@s.whatsapp.net'),
		(2,0,0,0,0,1,704735964,'447700900456@s.whatsapp.net','S2','by a third',NULL),
		(3,0,0,0,0,1,1683043200,'447700900123@s.whatsapp.net','S3','counted from 1970 and not from 2001',NULL)`

// TestSamples: the samples are what their builders make.
func TestSamples(t *testing.T) {
	db, log := sqlitetest.Logged(t, ios15, "DELETE FROM ZWAMESSAGE WHERE Z_PK=5; UPDATE ZWAMESSAGE SET ZMESSAGETYPE=14, ZTEXT=NULL WHERE Z_PK=1")
	importertest.Built(t, map[string][]byte{
		"android-2024/Databases/msgstore.db":                                sqlitetest.Database(t, android2024),
		"android-2024/Media/WhatsApp Images/IMG-1.jpg":                      []byte("door"),
		"android-2024/Databases/wa.db":                                      sqlitetest.Database(t, contactsDB),
		"android-2018/msgstore.db":                                          sqlitetest.Database(t, android2018),
		"android-2025-disputed/msgstore.db":                                 sqlitetest.Database(t, android2024+";"+disputed),
		"ios-16-disputed/ChatStorage.sqlite":                                sqlitetest.Database(t, ios15+";"+disputediOS),
		"android-locked/msgstore.db.crypt15":                                []byte("\x86\x01locked"),
		"ios-15-log/ChatStorage.sqlite":                                     db,
		"ios-15-log/ChatStorage.sqlite-wal":                                 log,
		"ios-15-log/Message/Media/447700900123@s.whatsapp.net/d/0/door.jpg": []byte("door"),
	})
}

// TestAddress: a JID gives the number, and never an e-mail address.
func TestAddress(t *testing.T) {
	for jid, want := range map[string]string{
		"447700900123@s.whatsapp.net": "+447700900123", "447700900123:12@s.whatsapp.net": "+447700900123", "2056@lid": "lid:2056",
		"1203630@g.us": "g.us:1203630", "": "", "Sam": "Sam", "sam@example.org": "example.org:sam", "x@s.whatsapp.net": "s.whatsapp.net:x",
	} {
		if got := address(jid); got != want {
			t.Errorf("%s becomes %s, want %s", jid, got, want)
		}
	}
}

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) {
	sqlitetest.Ready(f)
	importertest.Fuzz(f, New())
}
