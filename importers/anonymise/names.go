package anonymise

import (
	"path"
	"slices"
	"strings"
)

// extensions are the ends of names that tell what a file is.
var extensions = lines(strings.ReplaceAll("json jsonl js txt csv tsv xml html htm mhtml mht md vcf vcard ics vcs eml emlx mbox msg pst db sqlite sqlite3 crypt12 crypt14 crypt15 "+
	"zip gz tar tgz 7z rar plist gpx kml geojson xlsx xls docx doc odt ods pptx rtf pdf tln log "+
	"webarchive warc arc wacz jpg jpeg png gif webp heic heif tif tiff bmp svg mp4 m4v mov avi mkv webm 3gp mp3 m4a wav ogg oga opus amr aac caf flac bin dat transcript", " ", "\n"))

// read are those of files that hold records.
var read = lines(strings.ReplaceAll("json jsonl js txt csv tsv xml html htm mhtml mht md db sqlite sqlite3 mbox zip gz tgz tar plist webarchive warc arc wacz gpx kml geojson tln log", " ", "\n"))

func isExtension(word string) bool { return extensions[strings.ToLower(word)] }

func extension(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
}

// path gives a path with the names of people out of it; what a file says of
// another one by its path goes on being so.
func (s *scribe) path(p string) string {
	parts := strings.Split(p, "/")
	for i, part := range parts {
		parts[i] = s.fileName(part)
	}
	return strings.Join(parts, "/")
}

// fileName keeps the names that formats give to folders and to files that hold
// records, whole, and what they begin with where a person's name follows: "Bill" and
// "Page" are words of formats too. Any other file is named in texts, and there no
// word is known to be the format's.
func (s *scribe) fileName(name string) string {
	stem, ext := name, ""
	for _, beside := range []string{"-wal", "-shm", "-journal"} { // of a database
		if database, ok := strings.CutSuffix(name, beside); ok {
			return s.fileName(database) + beside
		}
	}
	if e := extension(name); extensions[e] {
		stem, ext = name[:len(name)-len(e)-1], name[len(name)-len(e)-1:]
		if !read[e] {
			return s.text(name)
		}
	}
	if inner := extension(stem); extensions[inner] && !read[inner] { // what a file says of a picture: "X.jpg.json"
		return s.fileName(stem) + ext
	}
	if picture, tail, ok := strings.Cut(stem, ".supp"); ok && strings.HasPrefix(supplement, strings.TrimRight(tail, "()0123456789")) {
		return s.fileName(picture) + ".supp" + tail + ext
	}
	if list, ok := strings.CutSuffix(stem, ".columns"); ok { // of a table
		return s.fileName(list) + ".columns" + ext
	}
	if parts := strings.Split(stem, " - "); len(parts) > 2 && slices.ContainsFunc(parts, kept.phrase) { // "Jo - Placed - TIME"
		for i, part := range parts {
			if !kept.phrase(part) {
				parts[i] = s.text(part)
			}
		}
		return strings.Join(parts, " - ") + ext
	}
	lead := kept.begins(stem)
	return stem[:lead] + s.text(stem[lead:]) + ext
}

// supplement goes on in the names that Google gives to what it says of a
// picture, as far as there is room.
const supplement = "lemental-metadata"

// begins is how much of a file's name is the format's: all of it, a number behind
// it aside, or what a person's name or a date follows.
func (l *lists) begins(stem string) int {
	if l.names[unnumbered(stem)] {
		return len(stem)
	}
	for i := len(stem) - 1; i > 0; i-- {
		if strings.IndexByte(" _-", stem[i-1]) >= 0 && (l.names[strings.ToLower(stem[:i])] || l.names[unnumbered(stem[:i])]) {
			return i
		}
	}
	if figures := strings.TrimLeft(stem, "abcdefghijklmnopqrstuvwxyz"); figures != "" && strings.Trim(figures, "0123456789") == "" && len(stem)-len(figures) < 3 {
		return len(stem) - len(figures) // "c900000000000000900"
	}
	if whole := unnumbered(stem); strings.Count(whole, "_") > 1 && strings.ToLower(stem) == stem && l.name(whole) { // "your_reels_sentiments"
		return len(stem)
	}
	return 0
}

// unnumbered is a name without the number of a part behind it, and without
// capitals: "messages" for "Messages_12" and "Messages (2)".
func unnumbered(stem string) string {
	short := strings.TrimRight(stem, "0123456789()")
	if len(stem)-len(short) > 5 {
		short = stem
	}
	return strings.ToLower(strings.TrimRight(short, " _-"))
}

// looksLikePath tells a text that names a file of an export.
func looksLikePath(text string) bool {
	return strings.Contains(text, "/") && extensions[extension(text)] && !strings.ContainsAny(text, "\n<>:") && len(text) < 1000
}
