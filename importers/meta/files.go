package meta

import (
	"io/fs"
	"path"
	"strings"

	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// files finds the files that records name. A name is relative to the folder of
// the whole export, which lies some way above the file that is read, and whose
// own folders have changed their names over the years.
type files struct {
	fs   fs.FS
	path string // of the file that is read
	root string // where the last name was found
	near bool   // names are relative to the file that is read, as in the encrypted download
}

// maxNames is how many files of one event are listed.
const maxNames = 2000

// find gives the file that a record names. What is not in the tree keeps the
// path where it would be: it may lie in another part of the export.
func (f *files) find(uri string) timeline.Attachment {
	a := timeline.Attachment{Name: path.Base(strings.ReplaceAll(uri, "\\", "/"))}
	switch {
	case uri == "" || a.Name == "." || a.Name == "/":
		return timeline.Attachment{Name: uri, Missing: true, Note: "the export names no file"}
	case strings.Contains(uri, "://"):
		return timeline.Attachment{Name: uri, Missing: true, Note: "a link, which is not followed; such links of Meta expire"}
	case strings.ContainsRune(a.Name, ' ') && !strings.Contains(uri, "/") && path.Ext(uri) == "":
		return timeline.Attachment{Name: uri, Missing: true, Note: "words in the place of a file's name"}
	}
	rel := path.Clean(strings.TrimPrefix(strings.ReplaceAll(uri, "\\", "/"), "/"))
	if !fs.ValidPath(rel) {
		return timeline.Attachment{Name: uri, Missing: true, Note: "the name leads out of the export"}
	}
	a.Path = f.where(rel)
	return a
}

// where looks in the folder where the last file was found, then upwards from the
// file that is read.
func (f *files) where(rel string) string {
	if p := path.Join(f.root, rel); f.root != "" && f.has(p) {
		return p
	}
	dir := path.Dir(f.path)
	for range 32 {
		if p := path.Join(dir, rel); f.has(p) {
			f.root = dir
			return p
		}
		if dir == "." {
			break
		}
		dir = path.Dir(dir)
	}
	return path.Join(f.top(rel), rel)
}

// top is the folder that a name is most likely relative to: the one in which the
// file that is read lies under the name's own first folder, or the export's.
func (f *files) top(rel string) string {
	first, _, deep := strings.Cut(rel, "/")
	parts := strings.Split(path.Dir(f.path), "/")
	for i, part := range parts {
		if part == first && deep {
			return strings.Join(parts[:i], "/")
		}
	}
	if f.near || !deep {
		return path.Dir(f.path)
	}
	for i, part := range parts {
		if topFolders[strings.ToLower(part)] {
			return strings.Join(parts[:i], "/")
		}
	}
	return path.Dir(path.Dir(f.path))
}

// topFolders are those that lie in the export's own folder.
var topFolders = map[string]bool{"your_facebook_activity": true, "your_activity_across_facebook": true, "your_instagram_activity": true,
	"messages": true, "connections": true, "personal_information": true, "security_and_login_information": true, "logged_information": true}

func (f *files) has(name string) bool {
	st, err := fs.Stat(f.fs, name)
	return err == nil && !st.IsDir()
}

// media is how messages name a file.
type media struct {
	URI  jsonfile.Scalar   `json:"uri"`
	Made jsonfile.Scalar   `json:"creation_timestamp"`
	Rest map[string]scalar `json:",embed"`
}

type scalar = jsonfile.Scalar

// attach lists a file of a message.
func (r *reader) attach(e *timeline.Event, sort string, m media) {
	if len(e.Files) >= maxNames {
		fact(e, sort, r.says(string(m.URI)))
		return
	}
	a := r.files.find(r.says(string(m.URI)))
	e.Files = append(e.Files, a)
	name := sort + " " + a.Name
	if w, ok := moment(string(m.Made)); ok {
		fact(e, name+" made", w.Instant.Format("2006-01-02T15:04:05Z"))
	}
	for key, value := range m.Rest {
		fact(e, name+" "+key, r.saysJSON(e, string(value)))
	}
}
