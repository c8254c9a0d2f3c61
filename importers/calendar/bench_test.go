package calendar

import (
	"fmt"
	"testing"
	"time"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of splitting a long
// calendar into lines reading it takes.
func BenchmarkLong(b *testing.B) {
	importertest.Long{Path: "Anna.ics", Tail: "END:VCALENDAR\r\n",
		Head: "BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\nX-WR-CALNAME:Anna\r\nX-WR-TIMEZONE:Europe/London\r\n",
		Record: func(i int) string {
			at := time.Unix(1_700_000_000+int64(i)*3600, 0).UTC()
			const layout = "20060102T150405Z"
			return fmt.Sprintf("BEGIN:VEVENT\r\nDTSTART:%s\r\nDTEND:%s\r\nDTSTAMP:20240106T121653Z\r\nUID:%d@google.com\r\nCREATED:20240101T121642Z\r\nDESCRIPTION:Talk about the house\\, and the\\ncar. Bring pa\r\n pers.\r\nLAST-MODIFIED:20240102T121642Z\r\nLOCATION:Caf\u00e9 Zo\u00eb\\, 12 Example Row\r\nSEQUENCE:1\r\nSTATUS:CONFIRMED\r\nSUMMARY:Solicitor\r\nTRANSP:OPAQUE\r\nORGANIZER;CN=Anna:mailto:anna@example.com\r\nATTENDEE;PARTSTAT=DECLINED;CN=\"Bell, Jo\":mailto:jo@example.org\r\nEND:VEVENT\r\n",
				at.Format(layout), at.Add(time.Hour).Format(layout), i)
		}}.Ratio(b, New(), importertest.TextLines())
}
