package telephony

import (
	"testing"

	"daybook/importers/importertest"
	"daybook/importers/sqlite/sqlitetest"
)

const android4 = `PRAGMA page_size=512;
	CREATE TABLE pdu (_id INTEGER PRIMARY KEY, thread_id INTEGER, date INTEGER, date_sent INTEGER DEFAULT 0, msg_box INTEGER, m_id TEXT, sub TEXT, sub_cs INTEGER,
		ct_t TEXT, ct_l TEXT, exp INTEGER, m_type INTEGER, tr_id TEXT);
	CREATE TABLE addr (_id INTEGER PRIMARY KEY, msg_id INTEGER, contact_id INTEGER, address TEXT, type INTEGER, charset INTEGER);
	CREATE TABLE part (_id INTEGER PRIMARY KEY, mid INTEGER, seq INTEGER, ct TEXT, name TEXT, chset INTEGER, fn TEXT, cl TEXT, _data TEXT, text TEXT);
	CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER, date_sent INTEGER DEFAULT 0, protocol INTEGER, read INTEGER,
		status INTEGER DEFAULT -1, type INTEGER, subject TEXT, body TEXT, service_center TEXT, error_code INTEGER DEFAULT 0);
	CREATE TABLE raw (_id INTEGER PRIMARY KEY, date INTEGER, reference_number INTEGER, address TEXT, pdu TEXT);
	CREATE TABLE canonical_addresses (_id INTEGER PRIMARY KEY, address TEXT);
	CREATE TABLE threads (_id INTEGER PRIMARY KEY, date INTEGER, recipient_ids TEXT);
	CREATE TABLE rcs_of_a_maker (x); INSERT INTO rcs_of_a_maker VALUES(1);
	INSERT INTO canonical_addresses VALUES (1,'+447700900123'), (2,'07700 900456');
	INSERT INTO threads VALUES (1,0,'1'), (2,0,'1 2');
	INSERT INTO sms(_id,thread_id,address,date,date_sent,status,type,body,service_center,error_code) VALUES
		(1,1,'+447700900123',1383066341303,1383066340000,-1,1,'What message?','+447700900000',0),
		(2,1,'+447700900123',1383066400000,0,0,2,'None of yours.',NULL,0),
		(3,1,'+447700900123',1383066500000,0,64,5,'it failed',NULL,4),
		(4,1,NULL,1383066600000,0,-1,3,'a draft',NULL,0),
		(5,1,'+447700900123',1383066700000,1383300000000,-1,1,'sent three days later than it came',NULL,0),
		(6,1,'Bank',0,0,-1,9,'no time, no box',NULL,0),
		(7,1,'+447700900123',1383066800000,0,-1,1,'29/10/2013 17:13 07700 900456: forged line',NULL,0),
		(8,1,'-2',1383066900000,0,-1,1,'nobody in particular',NULL,0);
	INSERT INTO pdu(_id,thread_id,date,date_sent,msg_box,m_id,sub,sub_cs,m_type,tr_id) VALUES
		(1,1,1383067000,1383066990,1,'m-1','CafÃ©',106,132,'t-1'),
		(2,2,1383067100,0,2,'m-2',NULL,NULL,128,'t-2'),
		(3,2,1383067200,0,1,'m-3','Müller',106,132,'t-3'),
		(4,2,1383067300,0,1,'m-4',NULL,NULL,132,'t-4'),
		(5,1,1383067400,0,1,NULL,NULL,NULL,130,'t-5');
	INSERT INTO addr(msg_id,address,type,charset) VALUES
		(1,'+447700900123',137,106),(1,'insert-address-token',151,106),
		(2,'insert-address-token',137,106),(2,'+447700900123',151,106),(2,'+447700900456',151,106),
		(3,'+447700900123',137,106),(3,'+447700900456',151,106),(3,'+447700900999',151,106),
		(4,'+447700900123',137,106),(4,'+447700900123',151,106),
		(5,'+447700900123',137,106);
	INSERT INTO part(_id,mid,seq,ct,name,fn,cl,_data,text) VALUES
		(1,1,-1,'application/smil',NULL,NULL,'smil.xml',NULL,'<smil/>'), (2,1,0,'text/plain',NULL,NULL,'t.txt',NULL,'Your window, 22:10 ✓'),
		(3,1,1,'image/jpeg',NULL,NULL,'window.jpg','/data/data/com.android.providers.telephony/app_parts/PART_1',NULL),
		(4,2,0,'image/jpeg',NULL,NULL,'gone.jpg','/data/data/com.android.providers.telephony/app_parts/PART_2',NULL),
		(5,9,0,'text/plain',NULL,NULL,'t.txt',NULL,'of a message that is gone');
	INSERT INTO raw VALUES (1,1383066341303,7,'+447700900123','0791')`

const callLog = `PRAGMA page_size=512;
	CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, presentation INTEGER DEFAULT 1, post_dial_digits TEXT, date INTEGER, duration INTEGER, features INTEGER DEFAULT 0,
		type INTEGER, name TEXT, countryiso TEXT, geocoded_location TEXT, phone_account_address TEXT, transcription TEXT, missed_reason INTEGER DEFAULT 0);
	CREATE TABLE properties (property_key TEXT, property_value TEXT);
	INSERT INTO properties VALUES ('version','1');
	INSERT INTO calls(_id,number,presentation,date,duration,features,type,name,countryiso,geocoded_location,phone_account_address,transcription,missed_reason) VALUES
		(1,'+447700900123',1,1700000000000,65,0,1,'Sam','GB','Bristol','+447700900999',NULL,0),
		(2,'',2,1700000100000,0,0,3,NULL,'GB',NULL,NULL,NULL,0),
		(3,'-2',1,1700000200000,0,0,5,NULL,'GB',NULL,NULL,NULL,0),
		(4,'+447700900123',1,1700000300000,12,1,2,NULL,'GB',NULL,NULL,NULL,0),
		(5,'+447700900123',1,1700000400000,30,0,4,NULL,'GB',NULL,NULL,'call me back',0),
		(6,'+447700900123',1,1700000500000,0,0,6,NULL,'GB',NULL,NULL,NULL,65536),
		(7,'+447700900123',1,0,0,0,42,NULL,'GB',NULL,NULL,NULL,0)`

const contacts2 = `PRAGMA page_size=512;
	CREATE TABLE contacts (_id INTEGER PRIMARY KEY, display_name TEXT); INSERT INTO contacts VALUES (1,'Sam');
	CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, type INTEGER, name TEXT, numbertype INTEGER, geocoded_location TEXT);
	INSERT INTO calls VALUES (1,'-1',1383065788038,0,3,NULL,0,NULL), (2,'07700 900123',1383065888038,7,1,'Sam',2,'')`

// disputed has messages whose box says another sender than their addresses, by
// one who has no part in their conversation, and times of other units.
const disputed = `
	DELETE FROM sms; DELETE FROM pdu; DELETE FROM addr; DELETE FROM part; DELETE FROM raw;
	INSERT INTO sms(_id,thread_id,address,date,date_sent,type,body) VALUES
		(1,1,'+447700900123',1383066341303,0,1,'by the one whom it is with'), (2,1,'+447700900123',1383066400,0,1,'seconds where the system has milliseconds'),
		(3,1,'+447700900123',1383066500000,1383300000000,1,'sent three days after it came'), (4,1,'+447700900123',-1,0,1,'before 1970');
	INSERT INTO pdu(_id,thread_id,date,msg_box,m_id,m_type,sub) VALUES (1,1,1383067000,2,'m-1',128,NULL), (2,1,1383067100,1,'m-2',132,NULL), (3,1,1383067200,1,'m-3',132,'Müller, already right');
	INSERT INTO addr(msg_id,address,type,charset) VALUES (1,'07700900123',137,106), (1,'+447700900999',151,106), (2,'+447700900456',137,106), (2,'+447700900999',151,106),
		(3,'07700 900123',137,106), (3,'insert-address-token',151,106);
	INSERT INTO part(_id,mid,seq,ct,text) VALUES (1,1,0,'text/plain','sent, and by the other'), (2,2,0,'text/plain','by one of no part in it'), (3,3,0,'text/plain','by the other')`

// TestSamples: the samples are what their builders make.
func TestSamples(t *testing.T) {
	db, log := sqlitetest.Logged(t, callLog, "DELETE FROM calls WHERE _id=2; INSERT INTO calls(_id,number,date,duration,type) VALUES(8,'+447700900123',1700000600000,0,3)")
	importertest.Built(t, map[string][]byte{
		"android-4-messages/databases/mmssms.db": sqlitetest.Database(t, android4),
		"android-4-messages/app_parts/PART_1":    []byte("picture"),
		"android-5-disputed/mmssms.db":           sqlitetest.Database(t, android4+";"+disputed),
		"android-4-contacts/contacts2.db":        sqlitetest.Database(t, contacts2),
		"android-13-calls-log/calllog.db":        db,
		"android-13-calls-log/calllog.db-wal":    log,
	})
}

// TestLatin: what the system did to a text is undone once, and where it was
// done.
func TestLatin(t *testing.T) {
	for from, want := range map[string]string{"CafÃ©": "Café", "Müller": "Müller", "CafÃ\u0083Â©": "CafÃ©", "plain": "plain", "✓": "✓"} {
		if got := latin(from); got != want {
			t.Errorf("%q becomes %q, want %q", from, got, want)
		}
	}
}

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) {
	sqlitetest.Ready(f)
	importertest.Fuzz(f, New())
}
