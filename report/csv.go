package report

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// The CSV files start with a byte order mark: without one, the spreadsheet
// that most readers have takes UTF-8 for the local code page and breaks every
// name that is not English.
const mark = "\ufeff"

// cell makes a value safe in a spreadsheet and in a terminal: control
// characters but tabs and line breaks stand as their code points, and a value
// that starts like a formula gets an apostrophe before it. The value as it came
// is in events.jsonl.
func cell(s string) string {
	s = codePoints(s, unprintable)
	if s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

// unprintable tells the control characters that no cell needs.
func unprintable(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\t\r\n", r) }

type sheet struct{ w *csv.Writer }

func newSheet(w io.Writer, titles ...string) (*sheet, error) {
	if _, err := io.WriteString(w, mark); err != nil {
		return nil, err
	}
	s := &sheet{csv.NewWriter(w)}
	s.w.UseCRLF = true
	return s, s.row(titles...)
}

func (s *sheet) row(values ...string) error {
	for i, v := range values {
		values[i] = cell(v)
	}
	return s.w.Write(values)
}

func (s *sheet) close() error {
	s.w.Flush()
	return s.w.Error()
}

func (b *Bundle) writeChronology(to *bag) error {
	return to.create("data/chronology.csv", func(w io.Writer) error {
		s, err := newSheet(w, slices.Concat([]string{"No.", "Local time"}, besideLocal[:], []string{
			"Kind", "From", "To", "Conversation", "Text", "Further facts", "Files", "Place",
			"Behaviour", colTags, "Notes", colKnown, "Exhibit", "Record", "Left out", "Event",
			"About", "Written down by", "Person from", "Persons to", colMachineRead, colDirection})...)
		if err != nil {
			return err
		}
		for r, err := range b.Walk(to.ctx, b.first(), b.last()) {
			if err != nil {
				return err
			}
			if err := s.row(r.cells()...); err != nil {
				return err
			}
		}
		return s.close()
	})
}

// cells are a row's values in the order of the titles above.
func (r Row) cells() []string {
	n := strconv.Itoa(r.Number)
	if r.LeftOut != "" {
		c := make([]string, 28)
		c[0], c[20] = n, r.LeftOut
		return c
	}
	return slices.Concat([]string{n, r.Time.Local}, r.Time.besideLocal(), []string{
		r.Kind, r.From, r.To, r.Thread, r.Text, joinFacts(append(r.Facts[:len(r.Facts):len(r.Facts)], r.More...)), joinFiles(r.Files), r.Place,
		strings.Join(r.Codes, "; "), r.tagCell(), strings.Join(r.Notes, "\n"), r.knownCell(), r.Label, r.Record, r.Remark, r.ID.String(),
		r.About, r.Author, r.FromPerson, strings.Join(r.ToPersons, "; "), joinFacts(r.Read), r.direction()})
}

// colTags and colKnown are titles of columns that several tables of rows have.
const (
	colTags  = "Tags"
	colKnown = "To be known"
)

// besideLocal are the titles of what tables say of a local time: without it nobody can
// tell which of two is meant that a clock showed alike.
var besideLocal = [...]string{"Zone", "UTC", "Time as in the source", "Basis of the time"}

// besideLocal are a time's values in the order of these titles.
func (t Time) besideLocal() []string { return []string{t.zoneCell(), t.UTC, t.Raw, t.Basis} }

// zoneCell is a zone in a table; one that is an offset would begin like a formula.
func (t Time) zoneCell() string {
	if strings.HasPrefix(t.Zone, "+") || strings.HasPrefix(t.Zone, "-") {
		return "UTC" + t.Zone
	}
	return t.Zone
}

func (r Row) tagCell() string { return strings.Join(r.Tags, "; ") }

// knownCell is what a reader of a row must know, as that a clock showed its hour twice.
func (r Row) knownCell() string { return strings.Join(r.known(sayEarlierData), "; ") }

// direction says that a row is with those whom its column “To” names, and not
// that it went to them; nothing where the source says from whom it is.
func (r Row) direction() string {
	if r.With {
		return sayNoDirection
	}
	return ""
}

func joinFacts(facts []Fact) string {
	var s []string
	for _, f := range facts {
		s = append(s, f.Name+": "+plain(f.Value))
	}
	return strings.Join(s, "\n")
}

func joinFiles(files []File) string {
	var s []string
	for _, f := range files {
		s = append(s, f.line())
	}
	return strings.Join(s, "\n")
}

// line is a file with its label, or with why it is missing.
func (f File) line() string { return f.Name + f.beside() }

// beside is what stands beside the name of a file.
func (f File) beside() string {
	switch {
	case f.Note != "":
		return " (" + f.Note + ")"
	case f.Label != "":
		return " (" + f.Label + ")"
	default:
		return ""
	}
}

func (b *Bundle) writeExhibits(to *bag) error {
	return to.create("data/exhibits.csv", func(w io.Writer) error {
		s, err := newSheet(w, "Exhibit", "Description", "Item", "File name as it came", "Path as it came", "Within",
			"Media type", "Size in bytes", "SHA-256", "File time as it came", "How obtained", "Added", "Added by",
			"Journal entry", "Note", "File in this bundle", "Withheld", "Rows", "First issued in", "Page", "Duration", "How the duration is known")
		if err != nil {
			return err
		}
		for _, e := range b.Exhibits {
			err := s.row(e.Label, e.Title, strconv.FormatInt(e.Item, 10), e.Name, e.Path, e.Within,
				e.Type, strconv.FormatInt(e.Size, 10), e.hex(), e.fileTime(), e.How, stamp(e.Added), e.By,
				strconv.FormatUint(e.Entry, 10), e.Note, e.File, e.withheld(), e.Rows.String(), e.Issued, b.sheet(itemAnchor(e.Item)).Label, e.Duration, strings.TrimPrefix(e.Counted, ", "))
			if err != nil {
				return err
			}
		}
		return s.close()
	})
}

// writeEvents writes the rows as the timeline's own lines: the raw values, for
// other programs.
func (b *Bundle) writeEvents(to *bag) error {
	return to.create("data/events.jsonl", func(w io.Writer) error {
		var line []byte
		for r, err := range b.Walk(to.ctx, b.first(), b.last()) {
			if err != nil {
				return err
			}
			if r.LeftOut != "" {
				continue
			}
			if line, err = r.Data.AppendJSONL(line[:0]); err != nil {
				return err
			}
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
		return nil
	})
}
