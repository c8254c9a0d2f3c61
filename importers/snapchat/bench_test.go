package snapchat

import (
	"fmt"
	"testing"
	"time"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	type record struct {
		From      string
		MediaType string `json:"Media Type"`
		Created   string
		Content   string
		Title     *string `json:"Conversation Title"`
		IsSender  bool
		Micro     int64 `json:"Created(microseconds)"`
		IsSaved   bool
		MediaIDs  string `json:"Media IDs"`
	}
	importertest.Long{Path: "json/chat_history.json", Between: ",", Head: `{"jo_b": [`, Tail: "]}",
		Record: func(i int) string {
			at := time.Unix(1_700_000_000+int64(i)*60, 0).UTC()
			return fmt.Sprintf("\n {\n  \"From\": \"jo_b\",\n  \"Media Type\": \"TEXT\",\n  \"Created\": \"%s UTC\",\n  \"Content\": \"message %d: see you at the corner, don't be late\",\n  \"Conversation Title\": null,\n  \"IsSender\": false,\n  \"Created(microseconds)\": %d,\n  \"IsSaved\": true,\n  \"Media IDs\": \"\"\n }", at.Format(time.DateTime), i, at.UnixMilli())
		},
	}.Ratio(b, New(), importertest.Tokens(), importertest.Decoded[record]("/jo_b"))
}

func BenchmarkPageLong(b *testing.B) {
	importertest.Long{Path: "html/chat_history.html", Tail: "</tbody></table>\n</body></html>",
		Head: "<!DOCTYPE html><html><head><title>My Data</title></head><body>\n<h1>Chat History</h1><p>Snapchat keeps saved chats.</p>\n<h3>Received Saved Chat History</h3>\n<table><tbody>\n<tr><th>From</th><th>Media Type</th><th>Created</th></tr>\n",
		Record: func(i int) string {
			at := time.Unix(1_700_000_000+int64(i)*60, 0).UTC()
			return fmt.Sprintf("<tr><td>jo_b</td><td>TEXT</td><td>%s UTC</td></tr>\n<tr><td colspan=\"3\">message %d: I&#39;m here &amp; waiting at the corner, don&#39;t be late</td></tr>\n", at.Format(time.DateTime), i)
		},
	}.Ratio(b, New(), importertest.Pages())
}
