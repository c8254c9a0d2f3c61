package mail

import "testing"

// TestLabels: Gmail's own labels are known in the account's language, and a
// label that a person made with such a word in it is none of them.
func TestLabels(t *testing.T) {
	for labels, want := range map[string][2]bool{
		"Inbox,Important":         {false, false},
		"Entwürfe":                {true, false},
		"Ungelesen,Papierkorb":    {false, true},
		"Archivés, \"Corbeille\"": {false, true},
		"Trash talk,My drafts":    {false, false},
	} {
		if got := [2]bool{labelled(labels, draftLabels), labelled(labels, trashLabels)}; got != want {
			t.Errorf("%s: %v, want %v", labels, got, want)
		}
	}
}
