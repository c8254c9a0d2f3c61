package sms

import (
	"encoding/base64"
	"fmt"
	"testing"
	"time"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long backup of texts takes; BenchmarkPicturesLong one of texts and pictures.
func BenchmarkLong(b *testing.B) { benchmark(b, "") }
func BenchmarkPicturesLong(b *testing.B) {
	benchmark(b, base64.StdEncoding.EncodeToString(make([]byte, 40<<10)))
}

func benchmark(b *testing.B, picture string) {
	importertest.Long{Path: "sms.xml", Head: "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses>\n", Tail: "</smses>",
		Record: func(i int) string {
			at := time.UnixMilli(1_700_000_000_000 + int64(i)*61_000).UTC()
			if i%10 < 9 || picture == "" {
				return fmt.Sprintf(`  <sms protocol="0" address="+4477009%05d" date="%d" type="%d" subject="null" body="Message number %d: see you at the corner &amp; don&apos;t be late 😀&#10;x" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="%d" sub_id="1" readable_date="%s" contact_name="Jo Bloggs" />`+"\n",
					i%97, at.UnixMilli(), 1+i%2, i, at.UnixMilli()-2000, at.Format("2 Jan 2006 15:04:05"))
			}
			return fmt.Sprintf(`  <mms date="%d" msg_box="1" address="+447700900123" sub="null" contact_name="Jo Bloggs" m_type="132"><parts><part seq="0" ct="image/jpeg" name="null" cl="p%d.jpg" text="null" data="%s" /></parts><addrs><addr address="+447700900123" type="137" charset="106" /></addrs></mms>`+"\n",
				at.UnixMilli(), i, picture)
		},
	}.Ratio(b, New(), importertest.Elements())
}
