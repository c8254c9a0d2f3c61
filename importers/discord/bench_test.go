package discord

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
		ID        string  `json:"id"`
		Type      string  `json:"type"`
		Timestamp string  `json:"timestamp"`
		Edited    *string `json:"timestampEdited"`
		CallEnded *string `json:"callEndedTimestamp"`
		Pinned    bool    `json:"isPinned"`
		Content   string  `json:"content"`
		Author    struct {
			ID            string `json:"id"`
			Name          string `json:"name"`
			Discriminator string `json:"discriminator"`
			Nickname      string `json:"nickname"`
			Picture       string `json:"avatarUrl"`
		} `json:"author"`
		Attachments []any `json:"attachments"`
		Embeds      []any `json:"embeds"`
		Stickers    []any `json:"stickers"`
		Reactions   []any `json:"reactions"`
		Mentions    []any `json:"mentions"`
	}
	importertest.Long{Path: "chat.json", Between: ",\n", Tail: "\n  ],\n  \"messageCount\": 1\n}",
		Head: "{\n  \"guild\": {\"id\": \"0\", \"name\": \"Direct Messages\"},\n  \"channel\": {\"id\": \"9\", \"type\": \"DirectTextChat\", \"name\": \"dan\"},\n  \"messages\": [\n",
		Record: func(i int) string {
			at := time.UnixMilli(1_771_936_200_000 + int64(i)*61_000).UTC()
			return fmt.Sprintf("    {\n      \"id\": \"%d\",\n      \"type\": \"Default\",\n      \"timestamp\": \"%s\",\n      \"timestampEdited\": null,\n      \"callEndedTimestamp\": null,\n      \"isPinned\": false,\n      \"content\": \"Message number %d: see you at the \\\"corner\\\" 😀\",\n      \"author\": {\n        \"id\": \"900000000000000200\",\n        \"name\": \"dan.cole\",\n        \"discriminator\": \"0000\",\n        \"nickname\": \"Dan\",\n        \"color\": null,\n        \"isBot\": false,\n        \"roles\": [],\n        \"avatarUrl\": \"https://cdn.discordapp.com/embed/avatars/0.png\"\n      },\n      \"attachments\": [],\n      \"embeds\": [],\n      \"stickers\": [],\n      \"reactions\": [],\n      \"mentions\": [],\n      \"inlineEmojis\": []\n    }",
				uint64(at.UnixMilli()-1_420_070_400_000)<<22, at.Format("2006-01-02T15:04:05.000+00:00"), i)
		},
	}.Ratio(b, New(), importertest.Tokens(), importertest.Decoded[record]("/messages"))
}

func BenchmarkTableLong(b *testing.B) {
	importertest.Long{Path: "dan.csv", Head: "\ufeffAuthorID,Author,Date,Content,Attachments,Reactions\n",
		Record: func(i int) string {
			at := time.UnixMilli(1_771_936_200_000 + int64(i)*61_000).UTC()
			return fmt.Sprintf("\"900000000000000200\",\"dan.cole#1234\",\"%s\",\"Message number %d: see you at the \"\"corner\"\", don't be late\",\"\",\"\"\n", at.Format("2006-01-02T15:04:05.0000000+00:00"), i)
		},
	}.Ratio(b, New(), importertest.Rows(), importertest.RowEvents())
}
