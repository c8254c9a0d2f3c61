package slack

import (
	"fmt"
	"testing"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	type record struct {
		Type    string `json:"type"`
		User    string `json:"user"`
		Text    string `json:"text"`
		TS      string `json:"ts"`
		ID      string `json:"client_msg_id"`
		Profile struct {
			Real string `json:"real_name"`
			Name string `json:"display_name"`
		} `json:"user_profile"`
	}
	importertest.Long{Path: "general/2026-02-24.json", Between: ",", Head: "[", Tail: "\n]",
		Record: func(i int) string {
			return fmt.Sprintf("\n    {\n        \"type\": \"message\",\n        \"user\": \"U200\",\n        \"text\": \"Message %d: see you at the corner, don't be late\",\n        \"ts\": \"%d.%06[1]d\",\n        \"client_msg_id\": \"c%[1]d\",\n        \"user_profile\": {\n            \"real_name\": \"Dan Cole\",\n            \"display_name\": \"dan\"\n        }\n    }", i, 1_771_936_200+i*60)
		},
	}.Ratio(b, New(), importertest.Tokens(), importertest.Decoded[[]record](""))
}
