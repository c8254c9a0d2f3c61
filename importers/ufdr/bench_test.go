package ufdr

import (
	"fmt"
	"testing"
	"time"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	importertest.Long{Path: "report.xml", Head: head, Tail: tail, Record: func(i int) string {
		at := time.Unix(1_546_398_245+int64(i)*60, 0).UTC()
		return fmt.Sprintf(`<model type="InstantMessage" id="m-%d" deleted_state="Deleted"><modelField name="From" type="Party"><model type="Party"><field name="Identifier" type="String"><value type="String">447700900%03d@s.whatsapp.net</value></field></model></modelField><field name="Body" type="String"><value type="String">I saw you today and yesterday, and I will see you tomorrow</value></field><field name="TimeStamp" type="TimeStamp"><value type="TimeStamp" formattedTimestamp="%s">%s</value></field></model>`+"\n",
			i, i%97, at.Format("2006-01-02T15:04:05+00:00"), at.Format("02/01/2006 15:04:05(UTC+0)"))
	}}.Ratio(b, New(), importertest.Elements())
}
