package anonymise

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// also are words of formats and of the names of their fields that neither the
// importers look for nor the samples have.
const also = "bit mixed related alternative flowed inline attachment report delivery doctype standalone check ins friend request requests likes liked saved sent received recipient participant participants notification " +
	"settings session sessions login logins logout profile preference history search searches interest ads advertiser consent " +
	"vevent vcalendar vcard valarm vtimezone vtodo display confirmed tentative cancelled public private publish gregorian utf printable quoted charset home work cell voice pref type tzid value date freq daily weekly monthly yearly byday until count interval opaque transparent " +
	"latitude longitude heading speed altitude accuracy duration size width height mime hash checksum index offset limit cursor next previous parent child root version schema format locale language timezone offset"

// alsoSaid are lines of apps of which their importers look for a part.
const alsoSaid = `Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them. Learn more
Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them. Tap to learn more
You created this group
changed their phone number to a new number
Tap to message or add the new number
Your security code with
This message was deleted by admin
Tap to call back
No answer
Location:
saved from url=
User Deleted: True
Placed
Received
Voicemail
`

// alsoNamed are names of files and folders that neither the importers look for as
// they stand nor the samples have; one that ends in a sign is the beginning of one.
const alsoNamed = `chatexport_
dataexport_
facebook-
instagram-
signal-export-
tiktok_data_
takeout-
whatsapp chat with 
whatsapp chat - 
chat with 
photos from 
fotos von 
subpage_
dm 
space 
user 
sms-
calls-
`

// neverNamed are names of our samples that are people's too.
var neverNamed = lines("bill\nodd\npage\nmark\nrich\ndoor\ntrip")

var writeLists = flag.Bool("lists", false, "write the lists anew")

// found is what the formats use, by their importers and their samples.
type found struct {
	literals map[string]map[string]bool // of the code of an importer
	words    map[string]bool
	phrases  map[string]bool
	pairs    map[string]bool
	people   map[string]bool // words of names in the samples
	paths    map[string]bool // names of files and folders in the samples
	raw      map[string]*strings.Builder
}

var (
	identifierLike = regexp.MustCompile(`^[A-Za-z_$@][A-Za-z0-9_.:/$@-]{0,40}$`)
	structTag      = regexp.MustCompile(`(?:json|xml|plist):"([\w$-]+)`)
	attributeLike  = regexp.MustCompile(`([A-Za-z_][\w:.-]*)\s*=\s*"([^"<>]*)"`)
	elementLike    = regexp.MustCompile(`<([A-Za-z_][\w:.-]*)(?:\s[^<>]*)?>([^<>]*)`)
	hasFigures     = regexp.MustCompile(`[0-9]{2}`)
	zoneLike       = regexp.MustCompile(`^(Africa|America|Asia|Atlantic|Australia|Europe|Pacific)/`)
	cardLike       = regexp.MustCompile(`(?m)^([A-Z][A-Z-]+)[:;]`)
	headerLike     = regexp.MustCompile(`(?m)^([A-Z][A-Za-z-]+):`)
)

// look reads the code and the samples of every importer.
func look(t *testing.T) *found {
	f := &found{literals: map[string]map[string]bool{}, words: map[string]bool{}, phrases: map[string]bool{}, pairs: map[string]bool{}, people: map[string]bool{}, paths: map[string]bool{}, raw: map[string]*strings.Builder{}}
	sources, err := filepath.Glob("../*/*.go")
	if err != nil || len(sources) < 50 {
		t.Fatalf("%d sources, %v", len(sources), err)
	}
	for _, name := range sources {
		importer := filepath.Base(filepath.Dir(name))
		if !strings.HasSuffix(name, "_test.go") && importer != "anonymise" && importer != "importertest" {
			f.code(t, importer, name)
		}
	}
	shared, err := filepath.Glob("../*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range shared {
		if !strings.HasSuffix(name, "_test.go") {
			f.code(t, ofAll, name)
		}
	}
	samples := 0
	err = filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		parts := strings.Split(filepath.ToSlash(name), "/")
		if err != nil || d.IsDir() || len(parts) < 4 || parts[2] != "testdata" || parts[3] == "fuzz" || parts[3] == "rapid" || parts[1] == "anonymise" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		samples++
		for _, part := range parts[4:] {
			f.paths[unnumbered(strings.TrimSuffix(part, filepath.Ext(part)))] = true
		}
		f.sample(parts[1], name, string(data))
		return nil
	})
	if err != nil || samples < 200 {
		t.Fatalf("%d samples, %v", samples, err)
	}
	return f
}

func (f *found) code(t *testing.T, importer, name string) {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if f.literals[importer] == nil {
		f.literals[importer] = map[string]bool{}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if _, path := n.(*ast.ImportSpec); path {
			return false
		}
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		text, err := strconv.Unquote(lit.Value)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range structTag.FindAllStringSubmatch(text, -1) {
			f.literals[importer][m[1]] = true
		}
		if file.Name.Name == "whatsapp" && (strings.Contains(text, "|") || strings.Contains(text, " ")) {
			for piece := range strings.SplitSeq(text, "|") {
				f.phrases[strings.TrimSpace(piece)] = strings.HasSuffix(name, "words.go")
			}
		}
		for piece := range strings.SplitSeq(text, "|") {
			f.literals[importer][piece] = true
		}
		return true
	})
}

func (f *found) sample(importer, name, text string) {
	if strings.HasSuffix(name, ".golden.jsonl") {
		f.golden(text)
		return
	}
	if strings.HasSuffix(name, ".truth.txt") {
		return
	}
	if f.raw[importer] == nil {
		f.raw[importer] = &strings.Builder{}
	}
	f.raw[importer].WriteString(text + "\n")
	if parts := strings.Split(filepath.ToSlash(name), "/"); len(parts) > 5 && read[extension(name)] {
		stem := filepath.Base(name)
		f.name(importer, strings.TrimSuffix(stem, filepath.Ext(stem)))
	}
	switch extension(name) {
	case "json", "jsonl", "js", "geojson":
		if strings.HasSuffix(name, ".assume.json") {
			return
		}
		if i := strings.IndexAny(text, "{["); i >= 0 {
			d := json.NewDecoder(strings.NewReader(text[i:]))
			for f.fields(importer, "", d) {
			}
			_, rest, _ := strings.Cut(text[i+int(d.InputOffset()):], "\n")
			for line := range strings.Lines(rest) { // behind one that cannot be read
				f.fields(importer, "", json.NewDecoder(strings.NewReader(line)))
			}
		}
	case "vcf", "ics", "vcs":
		for _, m := range cardLike.FindAllStringSubmatch(text, -1) {
			f.name(importer, m[1])
		}
	case "csv", "tsv", "tln":
		f.table(importer, text)
	case "eml", "mbox", "mhtml", "mht":
		for _, m := range headerLike.FindAllStringSubmatch(text, -1) {
			f.name(importer, m[1])
		}
		f.markup(importer, text)
	case "xml", "html", "htm", "plist", "gpx", "kml", "webarchive":
		f.markup(importer, text)
	}
}

func (f *found) golden(text string) {
	var people = regexp.MustCompile(`"(?:Name|Owner|owner)":"([^"]*)"`)
	for _, m := range people.FindAllStringSubmatch(text, -1) {
		for part := range parts(m[1]) {
			f.people[part] = true
		}
	}
}

// fields reads one value of JSON; false where it cannot be read on.
func (f *found) fields(importer, name string, d *json.Decoder) bool {
	tok, err := d.Token()
	if err != nil {
		return false
	}
	switch v := tok.(type) {
	case json.Delim:
		for d.More() {
			if v == '{' {
				key, err := d.Token()
				if err != nil {
					return false
				}
				f.name(importer, key.(string))
				name = key.(string)
			}
			if !f.fields(importer, name, d) {
				return false
			}
		}
		_, err = d.Token()
	case string:
		f.pair(importer, name, v)
	}
	return err == nil
}

// name takes the name of a field: its words when it is written as programs
// write names, whole when the importer looks for it.
func (f *found) name(importer, name string) {
	if f.literals[importer][name] && !identifierLike.MatchString(name) {
		f.phrases[name] = true
	}
	if !identifierLike.MatchString(name) || strings.ContainsAny(name, "0123456789") {
		return
	}
	for part := range parts(name) {
		f.words[part] = true
	}
}

// pair takes a value that the importer looks for.
func (f *found) pair(importer, name, value string) {
	if isEnum(name) && !strings.Contains(value, " ") {
		f.name(importer, value)
	}
	if value != "" && len(value) < 200 && f.looksFor(importer, value) && strings.Trim(value, "0123456789 .,:-+") != "" {
		f.pairs[name+"="+value] = true
	}
}

// ofAll stands for the code that all importers share.
const ofAll = "importers"

func (f *found) looksFor(importer, value string) bool {
	low := strings.ToLower(value)
	return f.literals[importer][value] || f.literals[importer][low] || f.literals[ofAll][low]
}

func (f *found) table(importer, text string) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	r.Comma = rune(separatorOf(text))
	rows, err := r.ReadAll()
	if err != nil {
		return
	}
	var header []string
	for _, row := range rows {
		known := 0
		for _, c := range row {
			if f.literals[importer][c] || f.literals[importer][strings.ToLower(c)] {
				known++
			}
		}
		if header == nil && (known > 1 || len(row) > 3) {
			header = row
			for _, c := range row {
				f.name(importer, c)
				f.heading(c)
			}
			continue
		}
		for i, c := range row {
			if i < len(header) {
				f.pair(importer, header[i], c)
			}
		}
	}
}

// heading takes what stands over a column.
func (f *found) heading(c string) {
	c = strings.TrimSpace(c)
	if c != "" && len(c) < 60 && strings.Trim(c, "0123456789 .,:-+/") != "" && !strings.ContainsAny(c, "0123456789@") {
		f.phrases[c] = true
	}
}

func (f *found) markup(importer, text string) {
	for _, m := range elementLike.FindAllStringSubmatch(text, -1) {
		f.name(importer, m[1])
		f.pair(importer, strings.ToLower(m[1]), strings.TrimSpace(m[2]))
		if headings[strings.ToLower(m[1])] && f.literals[importer][strings.TrimSpace(m[2])] {
			f.name(importer, strings.TrimSpace(m[2]))
		}
	}
	for _, m := range attributeLike.FindAllStringSubmatch(text, -1) {
		f.name(importer, m[1])
		f.pair(importer, m[1], m[2])
		if m[1] == "class" || m[1] == "rel" || m[1] == "id" || strings.HasPrefix(m[1], "xmlns") {
			for c := range strings.FieldsFuncSeq(m[2], func(r rune) bool { return !unicode.IsLetter(r) && r != '_' && r != '-' }) {
				f.name(importer, c)
			}
		}
	}
}

// saidByAnApp tells a literal that is a sentence, or a label: "Participants:".
func saidByAnApp(l string) bool {
	if identifierLike.MatchString(l) {
		return strings.HasSuffix(l, ":") && len(l) > 5
	}
	return len(l) > 5 && len(l) < 200 && isLine(l) && strings.Contains(l, " ") && !hasFigures.MatchString(l)
}

// isLine tells what can stand in a list.
func isLine(l string) bool {
	return utf8.ValidString(l) && !strings.ContainsFunc(l, unicode.IsControl) && !strings.ContainsAny(l, "%\"")
}

// named tells a path that is made of words of formats, as programs name files.
func (f *found) named(path string, words map[string]bool) bool {
	if !identifierLike.MatchString(path) || hasFigures.MatchString(path) {
		return false
	}
	for part := range parts(path) {
		if !words[part] || f.people[part] {
			return false
		}
	}
	return true
}

// lists gives the lists as they are embedded.
func (f *found) lists() map[string]string {
	literal := map[string]bool{}
	for _, list := range f.literals {
		for l := range list {
			if identifierLike.MatchString(l) && !zoneLike.MatchString(l) {
				for part := range parts(l) {
					literal[part] = true
				}
			}
		}
	}
	words := lines(strings.ReplaceAll(also, " ", "\n"))
	for _, set := range []map[string]bool{literal, f.words} {
		for w := range set {
			if strings.Trim(w, "0123456789") != "" && (literal[w] || !f.people[w]) {
				words[w] = true
			}
		}
	}
	phrases := lines(alsoSaid)
	for p, sure := range f.phrases {
		if sure && p != "" && isLine(p) {
			phrases[p] = true
		}
	}
	everything := strings.Builder{}
	for _, raw := range f.raw {
		everything.WriteString(raw.String())
	}
	whole := folded(everything.String())
	for importer, list := range f.literals {
		text := whole // of what formats share
		if raw := f.raw[importer]; raw != nil {
			text = folded(raw.String())
		}
		for l := range list {
			if l = strings.TrimSpace(l); saidByAnApp(l) && strings.Contains(text, folded(l)) {
				phrases[l] = true
			}
		}
	}
	names := lines(alsoNamed)
	for _, list := range f.literals {
		for l := range list {
			for piece := range strings.SplitSeq(l, "/") {
				if e := extension(piece); extensions[e] {
					piece = piece[:len(piece)-len(e)-1]
				}
				if piece = unnumbered(piece); isLine(piece) && f.paths[piece] {
					names[piece] = true
				}
			}
		}
	}
	for path := range f.paths {
		names[path] = names[path] || f.named(path, words)
	}
	maps.DeleteFunc(names, func(name string, is bool) bool { return !is || len(name) < 2 || neverNamed[name] })
	join := func(set map[string]bool) string { return strings.Join(slices.Sorted(maps.Keys(set)), "\n") + "\n" }
	return map[string]string{"words.txt": join(words), "phrases.txt": join(phrases), "pairs.txt": join(f.pairs), "names.txt": join(names)}
}

// The lists hold what the importers look for and the samples have, and no
// word of a name.
func TestLists(t *testing.T) {
	for name, text := range look(t).lists() {
		if *writeLists {
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		have, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if missing := len(lines(text)) - len(lines(string(have))); missing > len(lines(text))/10 {
			t.Errorf("%s lacks %d of %d: go test -lists writes it anew", name, missing, len(lines(text)))
		}
	}
}
