package model

import (
	"path/filepath"
	"strings"
)

// Cloud names the service that copies a folder to other computers, as far as the
// folder's path tells it; empty where it tells nothing.
func Cloud(folder string) string {
	for _, part := range strings.FieldsFunc(filepath.ToSlash(folder), func(r rune) bool { return r == '/' || r == '\\' }) {
		part = strings.ToLower(part)
		for _, c := range []struct{ begins, name string }{
			{"onedrive", "OneDrive"}, {"dropbox", "Dropbox"}, {"google drive", "Google Drive"}, {"googledrive", "Google Drive"},
			{"my drive", "Google Drive"}, {"icloud", "iCloud"}, {"mobile documents", "iCloud"}, {"com~apple~clouddocs", "iCloud"},
			{"cloudstorage", "a cloud service"}, {"nextcloud", "Nextcloud"}, {"owncloud", "ownCloud"}, {"pcloud", "pCloud"},
			{"box sync", "Box"}, {"megasync", "MEGA"}, {"syncthing", "Syncthing"}, {"proton drive", "Proton Drive"}, {"creative cloud files", "Adobe"},
		} {
			if strings.HasPrefix(part, c.begins) {
				return c.name
			}
		}
		if part == "box" || part == "mega" {
			return strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return ""
}
