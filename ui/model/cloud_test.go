package model

import "testing"

func TestCloud(t *testing.T) {
	for folder, want := range map[string]string{
		`C:\Users\Maya\OneDrive\Documents`:                         "OneDrive",
		`C:\Users\Maya\OneDrive - Lower Marsh School`:              "OneDrive",
		"/home/maya/Dropbox/papers":                                "Dropbox",
		"/Users/maya/Library/Mobile Documents/com~apple~CloudDocs": "iCloud",
		"/Users/maya/Library/CloudStorage/GoogleDrive-maya":        "a cloud service",
		`G:\My Drive`:             "Google Drive",
		"/home/maya/Nextcloud":    "Nextcloud",
		"/home/maya/Box":          "Box",
		"/home/maya/Boxing club":  "",
		"/home/maya/Documents":    "",
		"/media/maya/STICK/notes": "",
		"":                        "",
	} {
		if got := Cloud(folder); got != want {
			t.Errorf("%s: %q, want %q", folder, got, want)
		}
	}
}
