package imazing

import (
	"fmt"
	"testing"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	importertest.Long{Path: "Messages - Dan.csv", Head: "Chat Session,Message Date,Delivered Date,Read Date,Edited Date,Service,Type,Sender ID,Sender Name,Status,Replying to,Subject,Text,Reactions,Attachment,Attachment type\n",
		Record: func(i int) string {
			return fmt.Sprintf("\"Dan & Sam\",2024-10-%02d 11:%02d:%02d,,,,iMessage,Incoming,+447700900456,Dan,Read,,,\"Message %d: see you at the corner, don't be late\",,,\n", 1+i/3600%20, i/60%60, i%60, i)
		},
		Assume: importers.Assume{Zone: time.UTC},
	}.Ratio(b, New(), importertest.Rows(), importertest.RowEvents())
}
