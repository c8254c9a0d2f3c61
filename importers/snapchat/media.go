package snapchat

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// maxLook is how many accounts of friends.json are looked at for their names.
const maxLook = 200_000

// account reads who the account is and what its friends are called, from the
// files that lie beside the one that is read.
func (x *export) account(ctx context.Context, s importers.Source) error {
	x.names = map[string]string{}
	for _, dir := range []string{path.Dir(s.Path), path.Join(path.Dir(s.Path), "../json")} {
		err := each(ctx, s, path.Join(dir, "account.json"), func(_ string, r jsonfile.Flat) bool {
			if x.owner == "" {
				x.owner = r.Get("Username")
				x.name(x.owner, r.Get("Name"))
			}
			return x.owner == ""
		})
		if err != nil {
			return err
		}
		err = each(ctx, s, path.Join(dir, "friends.json"), func(_ string, r jsonfile.Flat) bool {
			x.name(r.Get("Username"), r.Get("Display Name"))
			return len(x.names) < maxLook
		})
		if err != nil || len(x.names) > 0 {
			return err
		}
	}
	return nil
}

// name keeps the first name of a username.
func (x *export) name(username, shown string) {
	if _, ok := x.names[username]; !ok && username != "" && shown != "" {
		x.names[username] = shown
	}
}

// each goes through the records of another file of the export until one is
// enough. A file that is not there, or is broken, has none, or no more.
func each(ctx context.Context, s importers.Source, file string, more func(list string, r jsonfile.Flat) bool) (err error) {
	f, err := jsonfile.Open(ctx, importers.Source{FS: s.FS, Path: file})
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	err = records(f, more)
	if broken := (*jsonfile.Broken)(nil); errors.As(err, &broken) {
		return nil
	}
	return err
}

func records(f *jsonfile.File, more func(list string, r jsonfile.Flat) bool) error {
	one := func(list string) (bool, error) {
		v, err := f.Value()
		var r jsonfile.Flat
		if err != nil || v.Decode(&r) != nil {
			return true, err
		}
		return more(list, r), nil
	}
	for list, err := range f.Members() {
		if err != nil {
			return err
		}
		if f.Kind() == '{' {
			if ok, err := one(list); err != nil || !ok {
				return err
			}
			continue
		}
		for _, err := range f.Elements() {
			if err != nil {
				return err
			}
			if ok, err := one(list); err != nil || !ok {
				return err
			}
		}
	}
	return nil
}

// media are the files of chats and of memories that came with the export.
type media struct {
	byID     map[string]string   // identifier to path
	bySecond map[string][]string // time of the file to the paths of those without an identifier
	memories map[string][]string
}

// newMedia lists the folders of an export's files. A folder that cannot be
// listed has none: what is named and not found is listed as missing.
func newMedia(s importers.Source) *media {
	m := &media{map[string]string{}, map[string][]string{}, map[string][]string{}}
	for dir := path.Dir(s.Path); ; dir = path.Dir(dir) {
		chats, _ := fs.ReadDir(s.FS, path.Join(dir, "chat_media"))
		for _, f := range chats {
			m.chat(path.Join(dir, "chat_media", f.Name()), f)
		}
		kept, _ := fs.ReadDir(s.FS, path.Join(dir, "memories"))
		for _, f := range kept {
			if strings.Contains(f.Name(), "-main.") {
				m.put(m.memories, path.Join(dir, "memories", f.Name()), f)
			}
		}
		if len(chats)+len(kept) > 0 || dir == "." || dir == "/" {
			return m
		}
	}
}

// chat takes a file of chat_media: "2024-04-20_b~Eig….jpg", or one of the kinds
// without an identifier ("2024-04-20_media~zip-….mp4").
func (m *media) chat(file string, f fs.DirEntry) {
	name := strings.TrimSuffix(f.Name(), path.Ext(f.Name()))
	_, id, dated := strings.Cut(name, "_")
	switch {
	case !dated:
		m.byID[name] = file
	case strings.HasPrefix(id, "media~"):
		m.put(m.bySecond, file, f)
		m.byID[id] = file
	default:
		m.byID[id] = file
	}
}

func (m *media) put(by map[string][]string, file string, f fs.DirEntry) {
	if info, err := f.Info(); err == nil && !info.ModTime().IsZero() {
		second := info.ModTime().UTC().Format("2006-01-02 15:04:05")
		by[second] = append(by[second], file)
	}
}

// attach lists the files of a message: those whose identifiers it names, or the
// only one of its second where it names none.
func (m *media) attach(e *timeline.Event, ids, kind string) {
	for _, id := range strings.FieldsFunc(ids, func(r rune) bool { return r == '|' || r == ' ' }) {
		a := timeline.Attachment{Name: id, Missing: true, Note: "named in the export and not in it"}
		if file, ok := m.byID[id]; ok {
			a = timeline.Attachment{Name: id, Path: file}
		}
		e.Files = append(e.Files, a)
	}
	if ids == "" && kind == "MEDIA" {
		m.byTime(e, m.bySecond)
	}
}

func (m *media) memory(e *timeline.Event) { m.byTime(e, m.memories) }

// byTime lists the only file whose time is that of the event. Two of one second
// are no file.
func (m *media) byTime(e *timeline.Event, by map[string][]string) {
	files := by[e.When.Instant.Format("2006-01-02 15:04:05")]
	if len(files) == 1 {
		e.Files = append(e.Files, timeline.Attachment{Name: path.Base(files[0]), Path: files[0],
			Note: "the record names no file; this one alone has its time"})
	}
}
