package discord

import (
	"testing"

	"daybook/importers/importertest"
)

func TestLongExports(t *testing.T) {
	importertest.Flat(t, New(), "chat.json", `{"guild": {"id": "0"}, "channel": {"id": "9"}, "dateRange": {}, "messages": [`,
		`{"id": "1475832132403200033", "type": "Default", "timestamp": "2026-02-24T12:30:00.000+00:00", "content": "again and again", "author": {"id": "7", "name": "dan"}},`,
		`{"id": "1"}]}`)
	importertest.Flat(t, New(), "activity/reporting/events.json", "",
		`{"event_type": "session_start", "timestamp": "\"2026-02-24T12:30:00.000Z\"", "ip": "192.0.2.7"}`+"\n", "")
}
