package anonymise

import (
	"path"
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

// fileName keeps the words that formats use in the names of folders and of
// files that hold records. Any other file is named in texts too, and there no
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
	return s.mixed(stem) + ext
}

// supplement goes on in the names that Google gives to what it says of a
// picture, as far as there is room.
const supplement = "lemental-metadata"

// mixed keeps the words that formats use and writes the others anew.
func (s *scribe) mixed(stem string) string {
	var b strings.Builder
	start := 0
	flush := func(end int) {
		b.WriteString(s.text(stem[start:end]))
		start = end
	}
	for i := 0; i < len(stem); {
		end := wordEnd(stem, i)
		if end == i {
			i++
			continue
		}
		if i > 0 && stem[i-1] == '%' || i > 1 && stem[i-2] == '%' { // of a letter in %xx
			i = end
			continue
		}
		if _, month := months[strings.ToLower(stem[i:end])]; !month && identifier(stem, i) == 0 && kept.name(stem[i:end]) {
			flush(i)
			b.WriteString(stem[i:end])
			start = end
		}
		i = end
	}
	flush(len(stem))
	return b.String()
}

// looksLikePath tells a text that names a file of an export.
func looksLikePath(text string) bool {
	return strings.Contains(text, "/") && extensions[extension(text)] && !strings.ContainsAny(text, "\n<>:") && len(text) < 1000
}
