package x

import (
	"fmt"
	"io"
	"testing"
	"time"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	const head = "window.YTD.direct_messages.part0 ="
	behind := func(f importertest.Floor) importertest.Floor {
		return importertest.Floor{Name: f.Name, Read: func(r io.Reader) error {
			if _, err := io.CopyN(io.Discard, r, int64(len(head))); err != nil {
				return err
			}
			return f.Read(r)
		}}
	}
	type record struct {
		MessageCreate struct {
			RecipientID    string `json:"recipientId"`
			Text           string `json:"text"`
			SenderID       string `json:"senderId"`
			ID             string `json:"id"`
			CreatedAt      string `json:"createdAt"`
			Reactions      []any  `json:"reactions"`
			URLs           []any  `json:"urls"`
			MediaAddresses []any  `json:"mediaUrls"`
		} `json:"messageCreate"`
	}
	importertest.Long{Path: "data/direct-messages.js", Between: ", ",
		Head: head + " [ {\n  \"dmConversation\" : {\n    \"conversationId\" : \"1-2\",\n    \"messages\" : [ ",
		Tail: " ]\n  }\n} ]",
		Record: func(i int) string {
			at := time.Unix(1_600_000_000+int64(i)*60, 0).UTC()
			id := (at.UnixMilli() - 1288834974657) << 22
			return fmt.Sprintf("{\n      \"messageCreate\" : {\n        \"recipientId\" : \"1\",\n        \"reactions\" : [ ],\n        \"urls\" : [ ],\n        \"text\" : \"message %d: see you at the corner, don't be late\",\n        \"mediaUrls\" : [ ],\n        \"senderId\" : \"2\",\n        \"id\" : \"%d\",\n        \"createdAt\" : \"%s\"\n      }\n    }", i, id, at.Format("2006-01-02T15:04:05.000Z"))
		},
	}.Ratio(b, New(), behind(importertest.Tokens()), behind(importertest.Decoded[record]("/0/dmConversation/messages")))
}

func BenchmarkTableLong(b *testing.B) {
	importertest.Long{Path: "tweets.csv",
		Head: "\"tweet_id\",\"in_reply_to_status_id\",\"in_reply_to_user_id\",\"timestamp\",\"source\",\"text\",\"retweeted_status_id\",\"retweeted_status_user_id\",\"retweeted_status_timestamp\",\"expanded_urls\"\n",
		Record: func(i int) string {
			at := time.Unix(1_400_000_000+int64(i)*60, 0).UTC()
			return fmt.Sprintf("\"%d\",\"\",\"\",\"%s +0000\",\"<a href=\"\"http://twitter.com\"\">Twitter Web Client</a>\",\"tweet %d: &lt;hello&gt; @jo_b, see you at the corner\",\"\",\"\",\"\",\"\"\n", (at.UnixMilli()-1288834974657)<<22, at.Format(time.DateTime), i)
		},
	}.Ratio(b, New(), importertest.Rows(), importertest.RowEvents())
}
