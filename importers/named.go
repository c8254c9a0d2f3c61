package importers

import (
	"path"
	"strings"
)

// exportNames are the names that phones and programs give to their exports.
var exportNames = [...]struct{ pattern, what string }{
	{"whatsapp chat*.txt", "a WhatsApp"}, {"whatsapp chat*.zip", "a WhatsApp"}, {"*_chat.txt", "a WhatsApp"},
	{"sms-*.xml", "an SMS"}, {"calls-*.xml", "a call log"}, {"*.mbox", "a mail"}, {"*.eml", "a mail"},
}

// ExportNamed tells of which export a file has the name, for a person to see
// that one could not be read as what it seems to be; empty for any other file.
func ExportNamed(name string) string {
	base := strings.ToLower(name[strings.LastIndexAny(name, `/!\`)+1:])
	for _, n := range exportNames {
		if ok, err := path.Match(n.pattern, base); ok && err == nil {
			return n.what
		}
	}
	return ""
}
