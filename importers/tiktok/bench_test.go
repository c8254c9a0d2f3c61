package tiktok

import (
	"fmt"
	"testing"
	"time"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	importertest.Long{Path: "user_data.json", Between: ",",
		Head: `{"Direct Message": {"Direct Messages": {"ChatHistory": {"Chat History with jo_b:": [`,
		Tail: `]}}}}`,
		Record: func(i int) string {
			at := time.Unix(1_600_000_000+int64(i)*60, 0).UTC()
			return fmt.Sprintf("\n{\n\"Date\": \"%s\",\n\"From\": \"jo_b\",\n\"Content\": \"message %d: see you at the corner, don't be late\"\n}", at.Format(time.DateTime), i)
		},
	}.Ratio(b, New(), importertest.Tokens(), importertest.Decoded[struct{ Date, From, Content string }]("/Direct Message/Direct Messages/ChatHistory/Chat History with jo_b:"))
}
