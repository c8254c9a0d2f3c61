package anonymise

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"html"
	"io"
	"io/fs"
	"maps"
	"mime/quotedprintable"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/importers/sqlite"
)

var (
	anyWord    = regexp.MustCompile(`[\p{L}\p{M}]{3,}`)
	longNumber = regexp.MustCompile(`[0-9]{5,}`)
	hexToken   = regexp.MustCompile(`\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b|\b[0-9a-fA-F]{8,}\b|\b(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}\b`)
	codeToken  = regexp.MustCompile(`[A-Za-z0-9+/_-]{40,}={0,2}|(?:[A-Za-z0-9+/]{40,}={0,2}\r?\n)+[A-Za-z0-9+/]*={0,2}`)
	schemaText = regexp.MustCompile(`(?i)create (?:table|index|unique|view|trigger)[\x09-\x7e]*`)
	codeLine   = regexp.MustCompile(`(?m)(?:^|<data>)[A-Za-z0-9+/]{8,}={0,2}(?:\r?$|</data>)`)
	jsonEscape = regexp.MustCompile(`(?:\\u[0-9a-fA-F]{4})+|\\[nrtbf"/\\]`)
	codedWord  = regexp.MustCompile(`=\?[^?\s]+\?[bB]\?([^?]*)\?=`)
)

// told is everything that a file says, in each way in which words can hide.
type told struct {
	words, numbers map[string]bool
	all            bool // also what lies in a database beside its values
	schema         strings.Builder
}

// listen adds what bytes say: as they are, and decoded.
func (k *told) listen(data []byte, depth int) {
	if depth > 4 {
		return
	}
	if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil && bytes.HasPrefix(data, []byte("PK")) {
		for _, f := range z.File {
			k.listen([]byte(f.Name), depth+1)
			r, err := f.Open()
			if err != nil {
				continue
			}
			inside, err := io.ReadAll(io.LimitReader(r, 8<<20))
			if _, beside := sqlite.Beside(f.Name); err == nil && (k.all || !beside) {
				k.file(memory{f.Name: inside}, f.Name, inside, depth+1)
			}
		}
		return
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) {
		data = []byte(decode16(data, binary.LittleEndian))
	}
	if bytes.HasPrefix(data, []byte("\xfe\xff")) {
		data = []byte(decode16(data, binary.BigEndian))
	}
	if bytes.HasPrefix(data, []byte("bplist00")) && !k.all { // its marks stand among its letters and look like some
		s := &scribe{learning: true, words: k.words, numbers: k.numbers}
		s.plist(bytes.Clone(data))
		return
	}
	text := string(data)
	binaryFile := bytes.IndexByte(data[:min(len(data), 1024)], 0) >= 0
	if !utf8.Valid(data) {
		if binaryFile {
			text = strings.ToValidUTF8(text, "\x00")
		} else {
			text = wide(text)
		}
	}
	for _, token := range codeToken.FindAllString(text, -1) {
		if raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(token), "")); err == nil && utf8.Valid(raw) {
			k.listen(raw, depth+1)
		}
	}
	for _, m := range codedWord.FindAllStringSubmatch(text, -1) {
		if raw, err := base64.StdEncoding.DecodeString(m[1]); err == nil {
			k.listen(raw, depth+1)
		}
	}
	text = codedWord.ReplaceAllString(text, " ")
	text = codeLine.ReplaceAllString(codeToken.ReplaceAllString(text, " "), " ")
	for _, view := range views(text) {
		k.hear(view, binaryFile)
	}
}

// views are the ways of reading a text.
func views(text string) []string {
	list := []string{jsonEscape.ReplaceAllStringFunc(text, func(e string) string {
		out, err := strconv.Unquote(`"` + strings.ReplaceAll(e, `\/`, "/") + `"`)
		if err != nil {
			return " "
		}
		return out
	})}
	unescaped := html.UnescapeString(list[0])
	if unescaped != list[0] {
		list[0] = unescaped
	}
	if strings.Contains(text, "%") {
		if out, err := url.PathUnescape(list[0]); err == nil {
			list = append(list, out)
		}
	}
	if strings.Contains(text, "quoted-printable") {
		if out, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(text))); err == nil {
			list[0] = html.UnescapeString(strings.ToValidUTF8(string(out), " "))
		}
	}
	for line := range strings.Lines(list[0]) {
		for _, piece := range strings.Split(line, `"`) {
			if right, ok := mojibake(piece); ok {
				list = append(list, right)
			}
		}
	}
	return list
}

func (k *told) hear(text string, binaryFile bool) {
	text = hexToken.ReplaceAllString(text, " ")
	for _, w := range anyWord.FindAllString(text, -1) {
		if filled := strings.Trim(w, "aA") == ""; !filled && !ofFormats(w) && (!binaryFile || utf8.RuneCountInString(w) > 3) {
			k.words[strings.ToLower(w)] = true
		}
	}
	dated := 0 // where a date ends that a time of day may follow
	for _, at := range longNumber.FindAllStringIndex(text, -1) {
		n := text[at[0]:at[1]]
		if binaryFile && len(n) < 8 {
			continue
		}
		w := writing{s: &scribe{learning: true}, in: n}
		switch {
		case w.dateAt(numberAt(n, 0)) && w.at == len(n):
			dated = at[1]
		case dated > 0 && at[0] == dated+1 && (len(n) == 6 || len(n) == 9) && isClock(n[:6]):
		default:
			k.numbers[n] = true
		}
	}
}

// ofFormats tells a word that is written together of words of formats, and of
// the marks between them in binary files.
func ofFormats(w string) bool {
	for part := range parts(w) {
		if n := utf8.RuneCountInString(part); n > 1 && !kept.name(part) && !(n > 4 && kept.name(part[1:])) && !strings.HasPrefix("metadata", part) {
			return false
		}
	}
	return true
}

// structural are the words that may survive: those of the lists.
func structural() map[string]bool {
	m := maps.Clone(kept.words)
	for _, list := range []map[string]bool{kept.phrases, kept.pairs, kept.periods, kept.names, extensions, weekdays} {
		for p := range list {
			for _, w := range anyWord.FindAllString(strings.ToLower(p), -1) {
				m[w] = true
			}
		}
	}
	for name := range months {
		m[name] = true
	}
	for _, h := range append(hosts, "true", "false", "null", "bplist", "streamtyped", "left", "out", "bytes", "IMG", "VID", "PTT", "DSC", "DSCN", "PXL", "cdata", "chars", "riff", "ole", "sqlite", "utitle", "xresource", "emplatetext", "octet-stream", "wal", "shm", "journal", "MVIMG", "supplemental", "Mirrored by HTTrack Website Copier", strings.Join(sites, " ")) {
		for _, w := range anyWord.FindAllString(strings.ToLower(h), -1) {
			m[w] = true
		}
	}
	for w := range kept.words { // written together
		m[w+"s"] = true
	}
	return m
}

// tree adds what the files of a tree say.
func (k *told) tree(t *testing.T, tree fs.FS) {
	t.Helper()
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if _, beside := sqlite.Beside(name); beside && !k.all { // its values are read with the database
			return nil
		}
		data, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		k.listen([]byte(name), 0)
		k.file(tree, name, data, 0)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// file adds what one file says.
func (k *told) file(tree fs.FS, name string, data []byte, depth int) {
	if !sqlite.Is(data) {
		k.listen(data, depth)
		return
	}
	if k.all {
		k.listen(data, depth)
		for _, sql := range schemaText.FindAll(data, -1) {
			k.schema.Write(bytes.ToLower(sql))
		}
	}
	s := importers.Source{FS: tree, Path: name, Head: data[:min(len(data), 1024)], Size: int64(len(data))}
	_, _, err := sqlite.Copy(context.Background(), s, func(_, _ string, value any) any {
		switch v := value.(type) {
		case string:
			k.listen([]byte(v), depth+1)
		case []byte:
			k.listen(v, depth+1)
		case int64:
			if n := strings.TrimPrefix(strconv.FormatInt(v, 10), "-"); len(n) > keptWhole {
				k.numbers[n] = true
			}
		}
		return value
	})
	if err != nil { // such a database is left out of the copy
		k.listen(data, depth)
	}
}

// survivors compares what a tree said with what its copy says.
func survivors(t *testing.T, name string, tree fs.FS, may map[string]bool) {
	t.Helper()
	before, after := told{words: map[string]bool{}, numbers: map[string]bool{}}, told{words: map[string]bool{}, numbers: map[string]bool{}, all: true}
	before.tree(t, tree)
	_, out, _ := copied(t, tree, ".")
	after.tree(t, out)
	schema := after.schema.String()
	lost := []string{}
	for w := range after.words {
		if before.words[w] && !may[w] && !strings.Contains(schema, w) {
			lost = append(lost, w)
		}
	}
	for n := range after.numbers {
		if before.numbers[n] {
			lost = append(lost, n)
		}
	}
	if slices.Sort(lost); len(lost) > 0 {
		t.Errorf("%s: %d survive: %.600q", name, len(lost), lost)
	}
}

// No word of three letters or more, and no number of five digits or more, of
// any sample is anywhere in its copy, but for the words that formats use.
func TestNoWordSurvives(t *testing.T) {
	may := structural()
	for name, sample := range samplesOfAll(t) {
		survivors(t, name, rooted(t, sample), may)
	}
}

// So it is with the public samples, where they lie beside the repository.
func TestNoWordOfPublicSamplesSurvives(t *testing.T) {
	may := structural()
	public, found := importertest.Public(t)
	if !found {
		public = "../whatsapp/testdata"
	}
	entries, err := os.ReadDir(public)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			survivors(t, e.Name(), os.DirFS(filepath.Join(public, e.Name())), may)
		}
	}
}
