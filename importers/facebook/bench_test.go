package facebook

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
	type record struct {
		Sender  string `json:"sender_name"`
		At      int64  `json:"timestamp_ms"`
		Content string `json:"content"`
		Geo     bool   `json:"is_geoblocked_for_viewer"`
	}
	importertest.Long{Path: "your_facebook_activity/messages/inbox/dan_1/message_1.json", Between: ",",
		Head: "{\n  \"participants\": [\n    {\n      \"name\": \"Dan\"\n    },\n    {\n      \"name\": \"Maya\"\n    }\n  ],\n  \"messages\": [",
		Tail: "\n  ],\n  \"title\": \"Dan\",\n  \"is_still_participant\": true,\n  \"thread_path\": \"inbox/dan_1\"\n}",
		Record: func(i int) string {
			return fmt.Sprintf("\n    {\n      \"sender_name\": \"%s\",\n      \"timestamp_ms\": %d,\n      \"content\": \"Message number %d: caf\\u00c3\\u00a9 at the corner, don't be late \\u00f0\\u009f\\u0098\\u00a1\",\n      \"is_geoblocked_for_viewer\": false\n    }",
				[]string{"Dan", "Maya"}[i%2], 1_700_000_000_000-int64(i)*61_000, i)
		},
	}.Ratio(b, New(), importertest.Tokens(), importertest.Decoded[record]("/messages"))
}

func BenchmarkPageLong(b *testing.B) {
	importertest.Long{Path: "your_facebook_activity/messages/inbox/dan_1/message_1.html", Tail: "</div></body></html>",
		Head: "<html><head><title>Dan</title></head><body class=\"_5vb_ _2yq _a7o5\"><div class=\"_a705\"><div class=\"_a706\" role=\"main\">",
		Record: func(i int) string {
			at := time.Unix(1_700_000_000-int64(i)*61, 0).UTC()
			return fmt.Sprintf("<div class=\"_3-95 _a6-g\"><h2 class=\"_2ph_ _a6-h _a6-i\">%s</h2><div class=\"_2ph_ _a6-p\"><div><div></div><div>Message number %d: caf\u00e9 at the corner, don&#039;t be late</div><div></div><div></div></div></div><div class=\"_3-94 _a6-o\"><div class=\"_a72d\">%s</div></div></div>",
				[]string{"Dan", "Maya"}[i%2], i, at.Format("Jan 2, 2006 3:04:05 pm"))
		},
		Assume: importers.Assume{Zone: time.UTC},
	}.Ratio(b, New(), importertest.Pages())
}
