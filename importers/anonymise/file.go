package anonymise

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"daybook/importers"
	"daybook/importers/sqlite"
)

// A file is one file of an export, wherever it lies.
type file struct {
	name  string // as it came
	stand string // in the copy
	size  int64
	r     reader
	tree  fs.FS // what lies beside it
	depth int   // containers around it
}

// file writes the copy of one file.
func (c *copier) file(ctx context.Context, f file, out io.Writer) error {
	c.Files++
	c.calendar.file = f.name
	head := make([]byte, min(f.size, 1024))
	if _, err := f.r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return c.instead(out, f.stand, head, f.size, plain(err))
	}
	if sqlite.Is(head) {
		return c.database(ctx, f, head, out)
	}
	if database, beside := sqlite.Beside(f.name); beside {
		return c.beside(f, database, head, out)
	}
	if pack := packerOf(f, head, out); pack != nil {
		return c.container(ctx, f, head, out, pack)
	}
	if f.size > c.limits.File {
		return c.instead(out, f.stand, head, f.size, fmt.Errorf("is larger than %d MB", c.limits.File>>20))
	}
	if bytes.HasPrefix(head, []byte(compoundMagic)) {
		return c.compound(f, head, out)
	}
	write := c.writer(f.name, head)
	if write == nil {
		return c.replace(out, head, f.size)
	}
	data, err := io.ReadAll(io.NewSectionReader(f.r, 0, f.size))
	if err != nil {
		return c.instead(out, f.stand, head, f.size, plain(err))
	}
	c.Rewritten++
	_, err = out.Write(write(data))
	return err
}

// compound writes a message of Outlook over; any other compound file is left
// out as pictures are.
func (c *copier) compound(f file, head []byte, out io.Writer) error {
	data, err := io.ReadAll(io.NewSectionReader(f.r, 0, f.size))
	if err != nil {
		return c.instead(out, f.stand, head, f.size, plain(err))
	}
	data, err = c.message(data)
	if errors.Is(err, errNoMessage) {
		return c.replace(out, head, f.size)
	}
	if err != nil {
		return c.instead(out, f.stand, head, f.size, errors.New("is a compound file that cannot be read"))
	}
	c.Rewritten++
	_, err = out.Write(data)
	return err
}

// instead writes a line in the place of a file that could not be copied.
func (c *copier) instead(out io.Writer, stand string, head []byte, size int64, why error) error {
	c.leaveOut(stand, why)
	return line(out, head, size)
}

// replace writes a line in the place of a picture and the like.
func (c *copier) replace(out io.Writer, head []byte, size int64) error {
	c.Replaced++
	return line(out, head, size)
}

func line(out io.Writer, head []byte, size int64) error {
	_, err := fmt.Fprintf(out, "left out: %s of %s\n", about(size), typeOf(head))
	return err
}

// typeOf names what a file is by its first bytes.
func typeOf(head []byte) string {
	for _, known := range []struct{ begin, name string }{
		{"\xff\xd8\xff", "image/jpeg"}, {"\x89PNG", "image/png"}, {"GIF8", "image/gif"}, {"%PDF", "application/pdf"}, {"OggS", "audio/ogg"},
		{"ID3", "audio/mpeg"}, {"#!AMR", "audio/amr"}, {"\x1f\x8b", "application/gzip"}, {"SQLite format 3", "application/sqlite"},
		{"\xd0\xcf\x11\xe0", "application/ole"}, {"PK", "application/zip"}, {"RIFF", "audio or image/riff"},
	} {
		if bytes.HasPrefix(head, []byte(known.begin)) {
			return known.name
		}
	}
	if len(head) > 8 && string(head[4:8]) == "ftyp" {
		return "video/mp4"
	}
	return "application/octet-stream"
}

// about is a size that names no file by itself.
func about(size int64) string {
	if size < 10_000 {
		return fmt.Sprintf("%d bytes", size/100*100)
	}
	if size < 10_000_000 {
		return fmt.Sprintf("%d kB", size/1000)
	}
	return fmt.Sprintf("%d MB", size/1_000_000)
}

// writer is how the bytes of a file are written anew; nil where they are not.
func (c *copier) writer(name string, head []byte) func([]byte) []byte {
	switch {
	case bytes.HasPrefix(head, []byte(warcBegin)):
		return func(b []byte) []byte { return []byte(c.captures(string(b))) }
	case bytes.HasPrefix(head, []byte("bplist00")):
		return func(b []byte) []byte { return c.blob("", b) }
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return func(b []byte) []byte {
			return encode16(c.kind(name, decode16(b, binary.LittleEndian)), binary.LittleEndian)
		}
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return func(b []byte) []byte { return encode16(c.kind(name, decode16(b, binary.BigEndian)), binary.BigEndian) }
	case !textual(head):
		return nil
	}
	return func(b []byte) []byte {
		return []byte(c.bytes(string(b), func(text string) string { return c.kind(name, text) }))
	}
}

// textual tells a text by its beginning: hardly any signs that only machines
// write.
func textual(head []byte) bool {
	odd, signs := 0, 0
	for _, b := range head {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1b {
			signs++
		}
		if signs*100 > max(len(head), 200) {
			return false
		}
		if b >= 0x80 {
			odd++
		}
	}
	for cut := range min(len(head), utf8.UTFMax) { // the head may end within a character
		if utf8.Valid(head[:len(head)-cut]) {
			return true
		}
	}
	return odd*3 < len(head)
}

// kind writes a text by what its name and its beginning say that it is.
func (c *copier) kind(name, text string) string {
	begin := strings.TrimLeft(text[:min(len(text), 512)], "\ufeff \t\r\n")
	switch extension(name) {
	case "js":
		return c.json(text)
	case "csv", "tsv", "tln":
		return c.table(text)
	case "vcf", "vcard", "ics", "vcs":
		return c.card(text)
	case "eml", "emlx", "mbox", "mht", "mhtml":
		return c.mail(text)
	case "json", "jsonl", "geojson":
		if begin != "" && strings.ContainsRune(`{["`, rune(begin[0])) {
			return c.json(text)
		}
	}
	switch {
	case strings.HasPrefix(begin, "BEGIN:V"): // a card or a calendar by another name
		return c.card(text)
	case strings.HasPrefix(begin, "{"), strings.HasPrefix(begin, "[") && strings.ContainsAny(strings.TrimLeft(begin[1:], " \t\r\n")+" ", `{["`) && strings.IndexAny(strings.TrimLeft(begin[1:], " \t\r\n"), `{["]`) == 0:
		return c.json(text)
	case strings.HasPrefix(begin, "<") && strings.Contains(text, ">") && len(begin) > 1 && (isASCIILetter(begin[1]) || begin[1] == '?' || begin[1] == '!') && !strings.HasPrefix(begin, "<attached"):
		return c.markup(text)
	case strings.HasPrefix(begin, "From ") || isHeader(begin):
		return c.mail(text)
	}
	return c.chat(text)
}

// isHeader tells that a text begins with two headers of a letter.
func isHeader(begin string) bool {
	first := fieldOf(begin)
	second := fieldOf(begin[len(first):])
	for _, field := range []string{first, second} {
		name, _, ok := strings.Cut(field, ":")
		if !ok || !kept.name(name) || strings.ContainsAny(name, " \t") {
			return false
		}
	}
	return true
}

// database writes a database anew, with what its log holds.
func (c *copier) database(ctx context.Context, f file, head []byte, out io.Writer) error {
	if f.size > c.limits.File {
		return c.instead(out, f.stand, head, f.size, fmt.Errorf("is larger than %d MB", c.limits.File>>20))
	}
	s := importers.Source{FS: f.tree, Path: f.name, Head: head, Size: f.size}
	data, notes, err := sqlite.Copy(ctx, s, func(_, column string, value any) any { return c.cell(column, value) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return c.instead(out, f.stand, head, f.size, errors.New("is a database that cannot be made anew"))
	}
	for _, n := range notes {
		c.Notes = append(c.Notes, Notice{f.stand, n})
	}
	c.Rewritten++
	_, err = out.Write(data)
	return err
}

// beside leaves out what SQLite keeps beside a database: the copy holds it.
func (c *copier) beside(f file, database string, head []byte, out io.Writer) error {
	if _, err := fs.Stat(f.tree, database); err != nil {
		return c.instead(out, f.stand, head, f.size, errors.New("belongs to a database that is not here"))
	}
	c.Notes = append(c.Notes, Notice{f.stand, "is in the copy of the database beside it, and empty here"})
	return nil
}

// keptWhole is how many digits a whole number of a database may have and stay:
// the rows of tables are linked by them.
const keptWhole = 7

// cell writes a value of a database.
func (s *scribe) cell(column string, value any) any {
	switch v := value.(type) {
	case string:
		return s.value(column, v)
	case []byte:
		return s.blob(column, v)
	case int64:
		return s.whole(column, v)
	case float64:
		return s.float(column, v)
	}
	return value
}
