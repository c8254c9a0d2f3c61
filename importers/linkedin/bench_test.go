package linkedin

import (
	"fmt"
	"testing"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	importertest.Long{Path: "messages.csv", Head: "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n",
		Record: func(i int) string {
			return fmt.Sprintf("2-%d,,Jo Bloggs,https://www.linkedin.com/in/jo,Anna Example,https://www.linkedin.com/in/anna,2024-06-01 12:%02d:%02d UTC,,\"Message %d: see you at the corner, and \"\"don't\"\" be late; I shall wait there as I did the day before, and the day before that.\",INBOX\n", i%97, i/60%60, i%60, i)
		},
	}.Ratio(b, New(), importertest.Rows(), importertest.RowEvents())
}
