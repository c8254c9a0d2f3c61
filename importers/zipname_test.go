package importers

import "testing"

// TestRemark: a name that two members have, or that leads out of a folder, is said.
func TestRemark(t *testing.T) {
	for name, want := range map[string]bool{
		"json/chat_history.json": false, "a..b/c.txt": false, "a/..b": false, "C:notes": false,
		"../../evil.txt": true, "/abs.txt": true, `..\evil.txt`: true, `C:\evil.txt`: true, "a/../../b": true,
	} {
		if got := remark(name, 1); (got != "") != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if remark("a.json", 2) == "" {
		t.Error("two members of one name draw no remark")
	}
}
