package table

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"daybook/importers"
)

// The limits of a workbook. A member's size is checked before it is unpacked,
// and while it is.
const (
	maxMember = 1 << 30   // bytes of one sheet
	maxPart   = 64 << 20  // bytes of a part that is held whole: shared texts, styles
	maxShared = 2_000_000 // shared texts
	maxSheets = 500
)

// Book is a workbook (XLSX) while it is read.
type Book struct {
	at     *importers.At
	zip    *zip.Reader
	sheets []sheet
	shared []string
	forms  []form // by the number of a cell's style
	epoch  epoch
}

type sheet struct {
	name, member string
	hidden       bool
}

// IsBook tells by its first bytes whether a file is a workbook.
func IsBook(s importers.Source) bool {
	return strings.EqualFold(path.Ext(s.Path), ".xlsx") && strings.HasPrefix(string(s.Head), "PK\x03\x04")
}

// OpenBook opens a workbook. Nothing of it is written anywhere.
func OpenBook(s importers.Source) (*Book, error) {
	b := &Book{at: s.At()}
	z, err := zip.NewReader(b.at, s.Size)
	if err == nil {
		b.zip = z
		err = b.parts()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: workbook: %w", s.Path, err), b.Close())
	}
	return b, nil
}

// Close closes the file.
func (b *Book) Close() error { return b.at.Close() }

// Sheets are the names of the sheets in their order; one that the workbook hides
// is called so.
func (b *Book) Sheets() []string {
	names := make([]string, len(b.sheets))
	for i, s := range b.sheets {
		names[i] = s.name
		if s.hidden {
			names[i] += " (hidden)"
		}
	}
	return names
}

// Table opens the sheet of a number; importers.ErrNotMine where no row of it is a
// header that fits.
func (b *Book) Table(i int, fits Fits) (*Table, error) {
	s := b.sheets[i]
	r, err := b.open(s.member, maxMember)
	if err != nil {
		return nil, fmt.Errorf("sheet %s: %w", s.name, err)
	}
	t := &Table{Sheet: s.name, rows: newCells(b, s.name, r), close: r.Close}
	if err := t.settle(fits); err != nil {
		if errors.Is(err, errNoHeader) {
			err = importers.ErrNotMine
		}
		return nil, errors.Join(err, r.Close())
	}
	return t, nil
}

var errTooLarge = errors.New("unpacks to more than is read")

// open opens a member that claims to be no larger than most.
func (b *Book) open(name string, most int64) (io.ReadCloser, error) {
	for _, f := range b.zip.File {
		if strings.EqualFold(f.Name, name) {
			if f.UncompressedSize64 > uint64(most) {
				return nil, fmt.Errorf("%s: %w", name, errTooLarge)
			}
			r, err := f.Open()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			return r, nil
		}
	}
	return nil, fmt.Errorf("%s is not in it", name)
}

// part decodes a member that is held whole.
func (b *Book) part(name string, into any) (err error) {
	r, err := b.open(name, maxPart)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if err := xml.NewDecoder(io.LimitReader(r, maxPart)).Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// parts reads the list of sheets, the shared texts, and which styles are dates.
func (b *Book) parts() error {
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		Links []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := b.part("xl/workbook.xml", &book); err != nil {
		return err
	}
	if err := b.part("xl/_rels/workbook.xml.rels", &links); err != nil {
		return err
	}
	b.epoch = epoch1900
	if v := book.Properties.Date1904; v == "1" || v == "true" {
		b.epoch = epoch1904
	}
	targets := map[string]string{}
	for _, l := range links.Links {
		targets[l.ID] = path.Join("xl", l.Target)
		if strings.HasPrefix(l.Target, "/") {
			targets[l.ID] = strings.TrimPrefix(path.Clean(l.Target), "/")
		}
	}
	for _, s := range book.Sheets {
		if len(b.sheets) == maxSheets {
			return fmt.Errorf("more than %d sheets", maxSheets)
		}
		b.sheets = append(b.sheets, sheet{s.Name, targets[s.ID], s.State != "" && s.State != "visible"})
	}
	if err := b.texts(); err != nil {
		return err
	}
	return b.styles()
}

// has tells whether there is a member.
func (b *Book) has(name string) bool {
	for _, f := range b.zip.File {
		if strings.EqualFold(f.Name, name) {
			return true
		}
	}
	return false
}

// texts reads the texts that cells share, which a workbook need not have.
func (b *Book) texts() error {
	const name = "xl/sharedStrings.xml"
	if !b.has(name) {
		return nil
	}
	var shared struct {
		Texts []rich `xml:"si"`
	}
	if err := b.part(name, &shared); err != nil {
		return err
	}
	if len(shared.Texts) > maxShared {
		return fmt.Errorf("%s: more than %d texts", name, maxShared)
	}
	for _, t := range shared.Texts {
		b.shared = append(b.shared, t.String())
	}
	return nil
}

// rich is a text, whole or in pieces of different looks.
type rich struct {
	Text   string `xml:"t"`
	Pieces []struct {
		Text string `xml:"t"`
	} `xml:"r"`
}

func (r rich) String() string {
	text := r.Text
	for _, p := range r.Pieces {
		text += p.Text
	}
	return text
}

// styles reads how numbers are shown: those of some styles are dates.
func (b *Book) styles() error {
	const name = "xl/styles.xml"
	if !b.has(name) {
		return nil
	}
	var styles struct {
		Forms []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			ID int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := b.part(name, &styles); err != nil {
		return err
	}
	own := map[int]form{}
	for _, f := range styles.Forms {
		own[f.ID] = formOf(f.Code)
	}
	for _, c := range styles.Cells {
		f, ok := own[c.ID]
		if !ok {
			f = builtIn(c.ID)
		}
		b.forms = append(b.forms, f)
	}
	return nil
}

// text is what a cell shows.
func (b *Book) text(kind, style, value string) string {
	switch kind {
	case "s":
		if i, err := strconv.Atoi(value); err == nil && i >= 0 && i < len(b.shared) {
			return b.shared[i]
		}
		return value
	case "b":
		if value == "1" {
			return "TRUE"
		}
		return "FALSE"
	case "", "n":
		if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(b.forms) && b.forms[i] != number {
			if shown, ok := b.epoch.show(value, b.forms[i]); ok {
				return shown
			}
		}
	}
	return value
}
