package sms

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
)

// benchmarkBackup is a backup of about size bytes: nine texts, then a picture.
func benchmarkBackup(size, picture int) []byte {
	var b bytes.Buffer
	data := base64.StdEncoding.EncodeToString(make([]byte, picture))
	b.WriteString("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses>\n")
	for i := 0; b.Len() < size; i++ {
		at := time.UnixMilli(1_700_000_000_000 + int64(i)*61_000).UTC()
		if i%10 < 9 || picture == 0 {
			fmt.Fprintf(&b, `  <sms protocol="0" address="+4477009%05d" date="%d" type="%d" subject="null" body="Message number %d: see you at the corner &amp; don&apos;t be late 😀&#10;x" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="%d" sub_id="1" readable_date="%s" contact_name="Jo Bloggs" />`+"\n",
				i%97, at.UnixMilli(), 1+i%2, i, at.UnixMilli()-2000, at.Format("2 Jan 2006 15:04:05"))
			continue
		}
		fmt.Fprintf(&b, `  <mms date="%d" msg_box="1" address="+447700900123" sub="null" contact_name="Jo Bloggs" m_type="132"><parts><part seq="0" ct="image/jpeg" name="null" cl="p%d.jpg" text="null" data="%s" /></parts><addrs><addr address="+447700900123" type="137" charset="106" /></addrs></mms>`+"\n",
			at.UnixMilli(), i, data)
	}
	b.WriteString("</smses>")
	return b.Bytes()
}

func benchmark(b *testing.B, data []byte) {
	tree := fstest.MapFS{"sms.xml": {Data: data}}
	b.Run("import", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			if err := New().Import(context.Background(), importers.Source{FS: tree, Path: "sms.xml"}, &importertest.Count{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("sha256", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			sha256.Sum256(data)
		}
	})
}

func BenchmarkTexts(b *testing.B)    { benchmark(b, benchmarkBackup(32<<20, 0)) }
func BenchmarkPictures(b *testing.B) { benchmark(b, benchmarkBackup(64<<20, 40<<10)) }
