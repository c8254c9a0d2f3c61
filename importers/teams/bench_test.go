package teams

import (
	"fmt"
	"testing"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	type record struct {
		ID      string `json:"id"`
		Name    string `json:"displayName"`
		At      string `json:"originalarrivaltime"`
		Type    string `json:"messagetype"`
		Content string `json:"content"`
		From    string `json:"from"`
	}
	importertest.Long{Path: "messages.json", Between: ",",
		Head: `{"userId": "8:live:maya", "exportDate": "2024-02-25T12:00", "conversations": [{"id": "8:live:dan", "displayName": "Dan", "MessageList": [`, Tail: "]}]}",
		Record: func(i int) string {
			return fmt.Sprintf("\n {\n  \"id\": \"%d\",\n  \"displayName\": \"Dan\",\n  \"originalarrivaltime\": \"2024-02-24T12:%02d:%02d.123Z\",\n  \"messagetype\": \"RichText\",\n  \"version\": %[1]d,\n  \"content\": \"Message %[1]d: see you at the corner, don't be late\",\n  \"conversationid\": \"8:live:dan\",\n  \"from\": \"8:live:dan\",\n  \"properties\": null,\n  \"amsreferences\": null\n }", 1_708_862_400_000+i, i/60%60, i%60)
		},
	}.Ratio(b, New(), importertest.Tokens(), importertest.Decoded[record]("/conversations/0/MessageList"))
}
