package reddit

import (
	"fmt"
	"testing"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	importertest.Long{Path: "messages.csv", Head: "id,permalink,thread_id,date,ip,from,to,subject,body\n",
		Record: func(i int) string {
			return fmt.Sprintf("t4_%d,https://www.reddit.com/message/messages/%d,,2024-06-01 12:%02d:%02d UTC,,jo_b,anna,re: hi,\"Message %d: see you at the corner, and \"\"don't\"\" be late; I shall wait there as I did the day before.\"\n", i, i, i/60%60, i%60, i)
		},
	}.Ratio(b, New(), importertest.Rows(), importertest.RowEvents())
}
