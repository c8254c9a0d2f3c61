package outlook

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding/charmap"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

func TestImporter(t *testing.T) { importertest.Run(t, New()) }

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// properties makes the stream of fixed properties.
func properties(header int, values map[uint32]uint64) entry {
	b := make([]byte, header)
	for _, tag := range sorted(values) {
		b = binary.LittleEndian.AppendUint32(b, tag)
		b = binary.LittleEndian.AppendUint32(b, 6)
		b = binary.LittleEndian.AppendUint64(b, values[tag])
	}
	return entry{name: "__properties_version1.0", data: b}
}

func sorted(m map[uint32]uint64) (list []uint32) {
	for k := range m {
		list = append(list, k)
	}
	for i := range list {
		for j := i; j > 0 && list[j] < list[j-1]; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	return list
}

func wide(id uint16, s string) entry     { return entry{name: name(id, typeText), data: utf16Of(s)} }
func binaryOf(id uint16, b []byte) entry { return entry{name: name(id, typeBinary), data: b} }

func in1251(t *testing.T, id uint16, s string) entry {
	t.Helper()
	b, err := charmap.Windows1251.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return entry{name: name(id, typeANSI), data: []byte(b)}
}

func folderOf(name string, entries ...entry) entry {
	return entry{name: name, folder: entries, isDir: true}
}

func ticks(t time.Time) uint64 {
	return uint64(t.Unix()+11644473600)*1e7 + uint64(t.Nanosecond()/100)
}

func at(hour, minute int) time.Time { return time.Date(2024, 3, 2, hour, minute, 0, 0, time.UTC) }

const transport = "Received: from mail.example by inbox.example; Sat, 2 Mar 2024 10:00:05 +0000\r\nDate: Sat, 2 Mar 2024 11:00:00\r\n +0100\r\nFrom: Jo <jo@mail.example>\r\nSubject: =?utf-8?Q?You?=\r\n"

// plainRTF is rich text that is not packed.
func plainRTF(text string) []byte {
	b := make([]byte, 16)
	binary.LittleEndian.PutUint32(b, uint32(len(text)+12))
	binary.LittleEndian.PutUint32(b[4:], uint32(len(text)))
	copy(b[8:], "MELA")
	return append(b, text...)
}

func recipient(n int, kind uint64, who, address string) entry {
	return folderOf(fmt.Sprintf("__recip_version1.0_#%08X", n), properties(partHeader, map[uint32]uint64{0x0c150003: kind}), wide(0x3001, who), wide(0x39fe, address))
}

func unicodeMessage() []byte {
	inside := folderOf("__substg1.0_3701000D",
		properties(insideHeader, map[uint32]uint64{0x00390040: ticks(at(8, 0))}),
		wide(0x001a, "IPM.Note"), wide(0x0037, "The letter inside"), wide(0x0c1a, "Sam"), wide(0x5d01, "sam@mail.example"), wide(0x1000, "Forwarded words\r\n"))
	return compoundOf([]entry{
		properties(topHeader, map[uint32]uint64{0x00390040: ticks(at(10, 0)), 0x0e060040: ticks(at(10, 1)), 0x0e070003: 1}),
		wide(0x001a, "IPM.Note"), wide(0x0037, "You"), wide(0x0c1a, "Jo"), wide(0x0c1e, "EX"), wide(0x0c1f, "/O=ORG/CN=JO"), wide(0x5d01, "jo@mail.example"),
		wide(0x1000, "I saw you – today\r\n"), binaryOf(0x1013, []byte("<html><style>p{}</style><p>I saw you – today</p></html>")), wide(0x007d, transport), wide(0x1035, "<1@mail.example>"),
		wide(0x0e04, "Anna; Bea"), wide(0x8001, "unknown"),
		recipient(0, 1, "Anna", "anna@mail.example"), recipient(1, 2, "Bea", "bea@mail.example"),
		folderOf("__attach_version1.0_#00000000", properties(partHeader, map[uint32]uint64{0x37050003: byValue}), wide(0x3707, "picture é.png"), wide(0x370e, "image/png"),
			binaryOf(0x3701, bytes.Repeat([]byte("no picture "), 500))),
		folderOf("__attach_version1.0_#00000001", properties(partHeader, map[uint32]uint64{0x37050003: embedded}), wide(0x3001, "The letter inside"), inside),
		folderOf("__attach_version1.0_#00000002", properties(partHeader, map[uint32]uint64{0x37050003: 2}), wide(0x3707, "far.doc"), wide(0x370d, `\\server\far.doc`)),
		folderOf("__attach_version1.0_#00000003", properties(partHeader, map[uint32]uint64{0x37050003: object}), wide(0x3001, "Drawing"), folderOf("__substg1.0_3701000D", entry{name: "CONTENTS", data: []byte("x")})),
	})
}

func ansiMessage(t *testing.T) []byte {
	return compoundOf([]entry{
		properties(topHeader, map[uint32]uint64{0x3ff10003: 0x0419, 0x0e070003: 8, 0x30070040: ticks(at(9, 0))}),
		in1251(t, 0x001a, "IPM.Note"), in1251(t, 0x0037, "Привет"), in1251(t, 0x0c1a, "Иван"), in1251(t, 0x0c1e, "SMTP"), in1251(t, 0x0c1f, "ivan@mail.example"),
		binaryOf(0x1009, plainRTF(`{\rtf1\ansi\ansicpg1251\fromhtml1{\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf\par\htmlrtf0 \'cf\'f0\'e8\'e2\'e5\'f2, \u1084?\u1080?\u1088?\par second line}`)),
		in1251(t, 0x0e04, "Анна"),
	})
}

func appointmentMessage() []byte {
	entries := binary.LittleEndian.AppendUint32(nil, 0x820d)
	entries = append(entries, 3<<1, 0, 0, 0)
	entries = binary.LittleEndian.AppendUint32(entries, 0x820e)
	entries = append(entries, 3<<1, 0, 1, 0)
	entries = binary.LittleEndian.AppendUint32(entries, 0x8208)
	entries = append(entries, 3<<1, 0, 2, 0)
	return compoundOf([]entry{
		folderOf("__nameid_version1.0", binaryOf(2, []byte(appointment)), binaryOf(3, entries)),
		properties(topHeader, map[uint32]uint64{0x80000040: ticks(at(18, 0)), 0x80010040: ticks(at(19, 0)), 0x00390040: ticks(at(9, 0))}),
		wide(0x001a, "IPM.Appointment"), wide(0x0037, "Outside her house"), wide(0x8002, "Mill Lane"), wide(0x1000, "Bring the camera"),
	})
}

func absurdMessage() []byte {
	return compoundOf([]entry{
		properties(topHeader, map[uint32]uint64{0x00390040: ticks(at(10, 0)), 0x0e060040: ticks(at(10, 0).AddDate(0, 0, -40))}),
		wide(0x001a, "IPM.Note"), wide(0x0037, "Clock set wrong"), wide(0x0c1a, "Jo"), wide(0x007d, strings.ReplaceAll(transport, "2024", "1979")), wide(0x1000, "x"),
	})
}

func TestSamples(t *testing.T) {
	importertest.Built(t, map[string][]byte{
		"unicode-attached.msg": unicodeMessage(),
		"ansi-russian.msg":     ansiMessage(t),
		"appointment.msg":      appointmentMessage(),
		"clock-set-wrong.msg":  absurdMessage(),
		"data-file.pst":        append([]byte("!BDN"), make([]byte, 60)...),
	})
}

// TestPublicSamples: subject, sender, time and files of the public messages.
func TestPublicSamples(t *testing.T) {
	for file, want := range map[string]string{
		"ASCII_UTF-8_CP1252_LCID1031_HTML.msg": `0001-01-01 00:00:00|Subject öäü Subject| <>|0 to|0 files|"Body öäü Body";0 skips`,
		"HTMLBodyBinary_UTF-8.msg":             `0001-01-01 00:00:00|Subject öäü Subject| <>|0 to|0 files|"HTML öäü";0 skips`,
		"attachment_msg_pdf.msg":               `2010-06-17 23:54:19|test email|Nick Booth </O=PHILLIPS ORMONDE AND FITZPATRICK/OU=EXCHANGE ADMINISTRATIVE GROUP (FYDIBOHF23SPDLT)/CN=RECIPIENTS/CN=NICK.BOOTH>|1 to|1 files|"Test email with 1 ms";2010-06-17 23:52:19|Test Attachment|Nick Booth </O=PHILLIPS ORMONDE AND FITZPATRICK/OU=EXCHANGE ADMINISTRATIVE GROUP (FYDIBOHF23SPDLT)/CN=RECIPIENTS/CN=NICK.BOOTH>|1 to|0 files|"Blah blah blah";0 skips`,
		"cyrillic_message.msg":                 `2010-05-18 07:38:39|Автоматический ответ подсистемы обмена данными ФГУП "Почта России".|no-reply@niips.ru <no-reply@niips.ru>|2 to|0 files|"Ваше сообщение с тем";0 skips`,
		"example_received_regular.msg":         `2010-01-11 16:25:07|This is a test message please ignore|Mike Farman <mike.farman@alfresco.com>|6 to|1 files|"..less you are Nick.";0 skips`,
		"example_received_unicode.msg":         `2010-01-11 16:25:07|This is a test message please ignore|Mike Farman <mike.farman@alfresco.com>|6 to|1 files|"..less you are Nick.";0 skips`,
		"example_sent_unicode.msg":             `2010-01-11 16:25:07|This is a test message please ignore|Mike Farman <mike.farman@alfresco.com>|8 to|1 files|"..less you are Nick.";0 skips`,
		"msgClassAppointment.msg":              `2017-02-28 18:30:00|Quick brown fox|Allison, Timothy B. </o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=c30306cdae2248028de286352cc599f0-Allison, Ti>|1 to|0 files|"This is a meeting to";0 skips`,
		"no_recipient_address.msg":             `2010-03-28 22:27:38|Welcome to Microsoft Office Outlook 2003|Microsoft Outlook 2003 Team <olteam@microsoft.com>|1 to|11 files|"Thank you for using ";0 skips`,
		"quick.msg":                            `2007-06-14 09:42:53|Test the content transformer|Kevin Roast </O=HOSTEDSERVICE2/OU=FIRST ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=KEVIN.ROAST@BEN>|1 to|0 files|"The quick brown fox ";0 skips`,
		"simple_test_msg.msg":                  `2007-07-06 05:27:17|test message|Travis Ferguson <travis@overwrittenstack.com>|1 to|0 files|"This is a test messa";0 skips`,
	} {
		for _, path := range importertest.PublicFiles(t, "email_msg/"+file) {
			r, err := importertest.Read(context.Background(), New(), os.DirFS(filepath.Dir(path)), filepath.Base(path), importers.Assume{})
			if err != nil {
				t.Fatal(err)
			}
			if got := summary(r); got != want {
				t.Errorf("%s:\n got %s\nwant %s", file, got, want)
			}
		}
	}
}

func summary(r importertest.Result) string {
	var b strings.Builder
	for _, e := range r.Events {
		fmt.Fprintf(&b, "%s|%s|%s <%s>|%d to|%d files|%.20q;", e.When.Instant.Format("2006-01-02 15:04:05"), e.Extra.Get("subject"), e.From.Name, e.From.Address, len(e.To), len(e.Files), e.Text)
	}
	fmt.Fprintf(&b, "%d skips", len(r.Skips))
	return b.String()
}

// TestPacked: rich text that refers back to what came before it.
func TestPacked(t *testing.T) {
	in := []byte("\x2d\x00\x00\x00\x2b\x00\x00\x00LZFu\xf1\xc5\xc7\xa7\x03\x00\x0a\x00rcpg125\x42\x32\x0a\xf3\x20hel\x09\x00\x20bw\x05\xb0ld\x7d\x0a\x80\x0f\xa0")
	out, err := unpacked(in)
	if want := "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"; err != nil || string(out) != want {
		t.Errorf("%q, %v", out, err)
	}
	if _, err := unpacked(in[:30]); err == nil {
		t.Error("a text that is cut off is no error")
	}
}

// TestTimes: counts that are no time.
func TestTimes(t *testing.T) {
	for _, v := range []uint64{0, 1, 1 << 63, 0x7fffffffffffffff, ticks(time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC))} {
		if w, ok := fileTime(v); ok {
			t.Errorf("%d is %v", v, w)
		}
	}
	w, ok := fileTime(ticks(at(10, 0)) + 5_000_000)
	if !ok || !w.Instant.Equal(at(10, 0).Add(500*time.Millisecond)) || w.Precision != timeline.Millisecond {
		t.Errorf("%v, %v", w, ok)
	}
}

func BenchmarkMessage(b *testing.B) {
	data := unicodeMessage()
	src := importers.Source{FS: fstest.MapFS{"a.msg": {Data: data}}, Path: "a.msg", Head: data}
	importertest.Ratio(b, len(data), func() error {
		return New().Import(context.Background(), src, &importertest.Count{})
	}, func() error { // every stream read
		doc, err := mscfb.New(bytes.NewReader(data))
		if err != nil {
			return err
		}
		for f, err := doc.Next(); err == nil; f, err = doc.Next() {
			if _, err := io.Copy(io.Discard, f); err != nil {
				return err
			}
		}
		return nil
	})
}
