package telegram

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
		ID       int64  `json:"id"`
		Type     string `json:"type"`
		Date     string `json:"date"`
		Unix     string `json:"date_unixtime"`
		From     string `json:"from"`
		FromID   string `json:"from_id"`
		ReplyTo  int64  `json:"reply_to_message_id"`
		Text     any    `json:"text"`
		Entities []struct {
			Type string `json:"type"`
			Text string `json:"text"`
		} `json:"text_entities"`
	}
	importertest.Long{Path: "result.json", Between: ",\n", Head: "{\n \"name\": \"Dan Cole\",\n \"type\": \"personal_chat\",\n \"id\": 700200,\n \"messages\": [\n", Tail: "\n ]\n}",
		Record: func(i int) string {
			at := time.Unix(1_700_000_000+int64(i)*61, 0).UTC()
			text := fmt.Sprintf("Message number %d: see you at the \\\"corner\\\", don't be late 😀", i)
			return fmt.Sprintf("  {\n   \"id\": %d,\n   \"type\": \"message\",\n   \"date\": \"%s\",\n   \"date_unixtime\": \"%d\",\n   \"from\": \"Dan Cole\",\n   \"from_id\": \"user7002%02d\",\n   \"reply_to_message_id\": %d,\n   \"text\": \"%s\",\n   \"text_entities\": [\n    {\n     \"type\": \"plain\",\n     \"text\": \"%s\"\n    }\n   ]\n  }",
				i+1, at.Format(isoDate), at.Unix(), i%2, i, text, text)
		},
	}.Ratio(b, New(), importertest.Tokens(), importertest.Decoded[record]("/messages"))
}

func BenchmarkPageLong(b *testing.B) {
	importertest.Long{Path: "messages.html", Tail: "</div></div></body></html>",
		Head: "<html><head><title>Exported Data</title></head><body><div class=\"page_wrap\"><div class=\"history\">\n<div class=\"message service\" id=\"message-1\"><div class=\"body details\">\n19 January 2024\n</div></div>",
		Record: func(i int) string {
			return fmt.Sprintf("\n     <div class=\"message default clearfix\" id=\"message%d\">\n\n      <div class=\"pull_left userpic_wrap\">\n\n       <div class=\"userpic userpic2\" style=\"width: 42px; height: 42px\">\n\n        <div class=\"initials\" style=\"line-height: 42px\">\nD\n        </div>\n\n       </div>\n\n      </div>\n\n      <div class=\"body\">\n\n       <div class=\"pull_right date details\" title=\"19.01.2024 06:52:31 UTC+12:00\">\n06:52\n       </div>\n\n       <div class=\"from_name\">\nDan Cole \n       </div>\n\n       <div class=\"text\">\nMessage number %d: see you at the &quot;corner&quot;,<br>don&apos;t be late\n       </div>\n\n      </div>\n\n     </div>\n", i, i)
		},
	}.Ratio(b, New(), importertest.Pages())
}
