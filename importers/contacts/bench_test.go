package contacts

import (
	"fmt"
	"testing"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of splitting a long
// address book into lines reading it takes.
func BenchmarkLong(b *testing.B) {
	importertest.Long{Path: "contacts.vcf", Record: func(i int) string {
		return fmt.Sprintf("BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 18.1//EN\r\nN:Bell;Jo %d;;;\r\nFN:Jo %[1]d Bell\r\nTEL;type=CELL;type=VOICE;type=pref:+44 7700 9%05[1]d\r\nitem1.TEL:020 7946 0123\r\nitem1.X-ABLabel:_$!<Other>!$_\r\nEMAIL;type=INTERNET;type=HOME:jo%[1]d@example.org\r\nitem2.ADR;type=HOME:;;12 Example Row;London;;WC1B 3DG;United Kingdom\r\nBDAY:1990-05-05\r\nNOTE:Do not answer\\, ever.\\nBlocked in May.\r\nREV:2025-01-05T14:03:22Z\r\nEND:VCARD\r\n", i)
	}}.Ratio(b, New(), importertest.TextLines())
}
