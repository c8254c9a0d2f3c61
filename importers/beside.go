package importers

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"daybook/timeline"
)

// Beside is a file that a record of the source names by its path from the folder
// that the source lies in: found however its accents are composed, and else
// missing, with the reason. A path that leads out of the tree, or is none, is
// never followed.
func (s Source) Beside(name string) timeline.Attachment { return s.Within(path.Dir(s.Path), name) }

// Within is a file that a record names by its path from a folder of the tree.
func (s Source) Within(folder, name string) timeline.Attachment {
	a := timeline.Attachment{Name: name, Missing: true, Note: "named in the export and not in it"}
	slashed := strings.ReplaceAll(name, `\`, "/")
	for _, n := range slices.Compact([]string{name, slashed, norm.NFC.String(slashed), norm.NFD.String(slashed)}) {
		p := path.Join(folder, n)
		if n == "" || strings.HasPrefix(n, "/") || !fs.ValidPath(p) || p == "." {
			continue
		}
		info, err := fs.Stat(s.FS, p)
		if err == nil && info.Mode().IsRegular() {
			return timeline.Attachment{Name: name, Path: p}
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			a.Note = "named in the export, which could not be searched for it: " + err.Error()
		}
	}
	return a
}
