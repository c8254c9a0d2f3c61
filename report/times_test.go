package report

import (
	"testing"

	"daybook/timeline"
)

// What a person says about a time does not make it more exact than they typed
// it.
func TestQualifiedTimeKeepsItsUnit(t *testing.T) {
	london := newSample(t, Full).bundle.Zone
	for _, c := range []struct {
		text, until string
		how         timeline.Precision
		local, utc  string
		short       string
	}{
		{"2025-10", "", timeline.About, "about 2025-10", "", ""},
		{"2025-10-05", "", timeline.About, "about 2025-10-05", "", "BST"},
		{"2025-10-05 17:40", "", timeline.Before, "not later than 2025-10-05 17:40", "2025-10-05 16:40Z", "BST"},
		{"2025", "2025-10-05", timeline.Range, "between 2025 and 2025-10-05", "", ""},
	} {
		w := must(timeline.Typed(c.text, c.until, c.how, london))(t)
		if got := showTime(w, london); got.Local != c.local || got.UTC != c.utc || got.Short != c.short {
			t.Errorf("%s %q %q is shown as %q, UTC %q, %q; want %q, %q, %q", c.how, c.text, c.until, got.Local, got.UTC, got.Short, c.local, c.utc, c.short)
		}
	}
}

func TestOriginalsKeepTheirEnding(t *testing.T) {
	for _, c := range []struct{ name, kind, want string }{
		{"_chat.txt", "text/csv; charset=utf-16le", ".txt"},
		{"All mail.TXT", "application/mbox", ".txt"},
		{"photo.jpeg", "image/jpeg", ".jpeg"},
		{"photo", "image/jpeg", ".jpg"},
		{"photo.exe", "image/jpeg", ".jpg"},
		{"page.html", "text/html", ".bin"},
		{"run.js", "text/plain", ".txt"},
		{"a.\u202etxt", "application/octet-stream", ".bin"},
	} {
		if got := extension(c.name, c.kind); got != c.want {
			t.Errorf("%q, %s: %s; want %s", c.name, c.kind, got, c.want)
		}
	}
}
