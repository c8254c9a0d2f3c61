package whatsapp

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"daybook/timeline"
)

// folder is where the files of an export lie: beside its text.
type folder struct {
	fs       fs.FS
	dir      string
	bracket  bool // an iPhone's export
	unmarked bool // no text of the app is marked: an Android's, or an old iPhone's
}

// mediaName is what WhatsApp calls the files it makes.
var mediaName = regexp.MustCompile(`^(?:[A-Z]{3}-\d{8}-WA\d{3,}(?: ?\(\d+\))?\.\w{1,5}|\d{4,8}-[^/<>]+\.\w{1,5}|\d{4}-\d\d-\d\d-[A-Z]+-\d+\.\w{1,5})$`)

// extension is how a file's name ends.
var extension = regexp.MustCompile(`\.[\p{L}\p{Nd}]{1,8}$`)

// mostNote bounds the note of a file, whose name has at most 255 bytes.
const mostNote = 400

// attached reads the note of a file: <attached: FILE> on an iPhone, FILE (file
// attached) on Android.
func (b *body) attached() bool {
	if b.files.bracket {
		return b.attachedPhone()
	}
	return b.attachedAndroid()
}

func (b *body) attachedPhone() bool {
	end := strings.LastIndexByte(b.text, '>')
	if end < 0 || strings.TrimSpace(stripMarks(b.text[end+1:])) != "" {
		return false
	}
	start := strings.LastIndexByte(b.text[:end], '<')
	if start < 0 || !b.files.unmarked && !strings.HasSuffix(b.text[:start], "\u200e") {
		return false
	}
	if end-start > mostNote {
		return false
	}
	name, words, ok := note(stripMarks(b.text[start+1 : end]))
	if !ok || !b.files.likely(name, words) {
		return false
	}
	b.e.Files = append(b.e.Files, b.files.find(name))
	b.text = strings.TrimSpace(strings.TrimRight(b.text[:start], "\u200e "))
	if b.mark {
		b.plain()
	}
	return true
}

// note parts "attached: FILE" or "FILE eklendi", which is the order in Turkish.
func note(s string) (name, words string, ok bool) {
	if before, after, found := strings.Cut(s, ":"); found && !strings.Contains(before, ".") {
		return strings.TrimSpace(after), before, strings.TrimSpace(after) != ""
	}
	for i := len(s) - 1; i > 0; i-- {
		if s[i] == ' ' && extension.MatchString(s[:i]) {
			return s[:i], s[i+1:], true
		}
	}
	return "", "", false
}

func (b *body) attachedAndroid() bool {
	first, caption, _ := strings.Cut(b.text, "\n")
	first = strings.TrimRight(stripMarks(first), " ")
	if len(first) > mostNote || !strings.HasSuffix(first, ")") {
		return false
	}
	i := strings.LastIndex(first, " (")
	if i <= 0 {
		return false
	}
	name, words := strings.TrimSpace(first[:i]), first[i+2:len(first)-1]
	if !b.files.likely(name, words) {
		return false
	}
	b.e.Files = append(b.e.Files, b.files.find(name))
	b.text = caption
	return true
}

// likely tells a file's note from words that somebody typed in the same form:
// the words are WhatsApp's in some language, or the file is there, or it has a
// name that WhatsApp gives.
func (f *folder) likely(name, words string) bool {
	return attachedWords[fold(words)] || mediaName.MatchString(name) || extension.MatchString(name) && f.has(name)
}

func (f *folder) has(name string) bool {
	p, _ := f.path(name) // what cannot be looked at is no reason to believe in it; find says so
	return p != ""
}

// path finds a file beside the chat, however its accents are composed. It is
// empty when there is none.
func (f *folder) path(name string) (string, error) {
	var failed error
	for _, n := range slices.Compact([]string{name, norm.NFC.String(name), norm.NFD.String(name)}) {
		p := path.Join(f.dir, n)
		if n == "" || strings.ContainsAny(n, "/\\") || !fs.ValidPath(p) {
			continue
		}
		info, err := fs.Stat(f.fs, p)
		switch {
		case err == nil && info.Mode().IsRegular():
			return p, nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			failed = err
		}
	}
	return "", failed
}

func (f *folder) find(name string) timeline.Attachment {
	a := timeline.Attachment{Name: name, Type: mediaTypes[strings.ToLower(path.Ext(name))]}
	var err error
	if a.Path, err = f.path(name); a.Path != "" {
		return a
	}
	a.Missing, a.Note = true, "named in the chat and not in the export"
	if err != nil {
		a.Note = "named in the chat; the export could not be searched for it: " + err.Error()
	}
	return a
}

// mediaTypes are those of the files that WhatsApp sends by itself.
var mediaTypes = map[string]string{
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".gif": "image/gif", ".heic": "image/heic",
	".mp4": "video/mp4", ".mov": "video/quicktime", ".3gp": "video/3gpp",
	".opus": "audio/ogg", ".ogg": "audio/ogg", ".m4a": "audio/mp4", ".mp3": "audio/mpeg", ".aac": "audio/aac", ".amr": "audio/amr",
	".vcf": "text/vcard", ".pdf": "application/pdf",
}
