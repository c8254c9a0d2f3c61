package telegram

import (
	"testing"

	"daybook/importers/importertest"
)

func TestLongExports(t *testing.T) {
	importertest.Flat(t, New(), "result.json", `{"name": "Dan", "type": "personal_chat", "id": 5, "messages": [`,
		`{"id": 1, "type": "message", "date": "2026-02-24T12:30:00", "date_unixtime": "1771936200", "from": "Dan", "from_id": "user5", "text": "again and again"},`,
		`{"id": 2, "type": "unsupported"}]}`)
	importertest.Flat(t, New(), "messages.html", `<html><head><title>Exported Data</title></head><body><div class="page_wrap"><div class="history">`,
		`<div class="message default clearfix" id="message1"><div class="body"><div class="pull_right date details" title="24.02.2026 12:30:00 UTC+00:00">12:30</div><div class="from_name">Dan</div><div class="text">again and again</div></div></div>`,
		`</div></div></body></html>`)
}
