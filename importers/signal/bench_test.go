package signal

import (
	"fmt"
	"testing"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	type record struct {
		ChatItem struct {
			ChatID   string `json:"chatId"`
			AuthorID string `json:"authorId"`
			DateSent string `json:"dateSent"`
			Incoming struct {
				Received string `json:"dateReceived"`
				Server   string `json:"dateServerSent"`
				Read     bool   `json:"read"`
				Sealed   bool   `json:"sealedSender"`
			} `json:"incoming"`
			Standard struct {
				Text struct {
					Body string `json:"body"`
				} `json:"text"`
			} `json:"standardMessage"`
		} `json:"chatItem"`
	}
	importertest.Long{Path: "main.jsonl",
		Head: `{"version":"1","backupTimeMs":"1771945200000"}` + "\n" + `{"recipient":{"id":"1","self":{}}}` + "\n" + `{"recipient":{"id":"2","contact":{"e164":"447700900222","systemGivenName":"Dan"}}}` + "\n" + `{"chat":{"id":"1","recipientId":"2"}}` + "\n",
		Record: func(i int) string {
			return fmt.Sprintf(`{"chatItem":{"chatId":"1","authorId":"2","dateSent":"%d","incoming":{"dateReceived":"%d","dateServerSent":"%d","read":true,"sealedSender":true},"standardMessage":{"text":{"body":"Message number %d: see you at the \"corner\", don't be late 😀"}}}}`+"\n",
				1_700_000_000_000+i*61_000, 1_700_000_001_000+i*61_000, 1_700_000_000_500+i*61_000, i)
		},
	}.Ratio(b, New(), importertest.Tokens(), importertest.Decoded[record](""))
}
