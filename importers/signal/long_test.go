package signal

import (
	"testing"

	"daybook/importers/importertest"
)

func TestLongExports(t *testing.T) {
	importertest.Flat(t, New(), "main.jsonl", `{"version":"1","backupTimeMs":"1771945200000"}`+"\n",
		`{"chatItem":{"chatId":"1","authorId":"2","dateSent":"1771936200000","incoming":{},"standardMessage":{"text":{"body":"again and again"}}}}`+"\n", "")
	importertest.Flat(t, New(), "Dan.md", "", "[2026-02-24 12:30:00] Dan: again and again  \n\n", "")
}
