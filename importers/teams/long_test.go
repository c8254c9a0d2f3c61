package teams

import (
	"testing"

	"daybook/importers/importertest"
)

func TestLongExports(t *testing.T) {
	importertest.Flat(t, New(), "messages.json", `{"userId": "8:a", "conversations": [{"id": "8:b", "MessageList": [`,
		`{"id": "1771936200000", "from": "8:b", "originalarrivaltime": "2026-02-24T12:30:00.000Z", "messagetype": "RichText", "content": "again <b>and</b> again"},`,
		`{"id": "1771936260000", "messagetype": "Text", "content": "the last"}]}]}`)
}
