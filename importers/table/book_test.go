package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"daybook/importers"
)

// workbook makes one of a sheet's rows as XML.
func workbook(t testing.TB, rows string, change ...string) []byte {
	t.Helper()
	members := map[string]string{
		"xl/workbook.xml":            `<workbook xmlns="m" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr/><sheets><sheet name="Notes" sheetId="1" state="hidden" r:id="rId1"/><sheet name="Calls" sheetId="2" r:id="rId2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
		"xl/sharedStrings.xml":       `<sst><si><t>a</t></si><si><r><t>two </t></r><r><t>looks</t></r></si></sst>`,
		"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[Red]dd/mm/yyyy hh:mm"/><numFmt numFmtId="165" formatCode="0 &quot;days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="46"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>nothing</t></is></c></row></sheetData></worksheet>`,
		"xl/worksheets/sheet2.xml":   `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
	}
	for i := 0; i+1 < len(change); i += 2 {
		members[change[i]] = change[i+1]
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range members {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func openBook(data []byte) (*Book, error) {
	return OpenBook(importers.Source{FS: fstest.MapFS{"b.xlsx": {Data: data}}, Path: "b.xlsx", Size: int64(len(data))})
}

func TestBook(t *testing.T) {
	b, err := openBook(workbook(t, `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><r><t>c</t></r></is></c></row>
<row r="3"><c r="A3" s="1"><v>45123</v></c><c r="B3" s="2"><v>45123.5208333333</v></c><c r="C3" s="3"><v>1.5</v></c><c r="D3" s="4"><v>3</v></c></row>
<row r="4"/><row><c t="s"><v>1</v></c><c s="1"><v>0.75</v></c><c t="b"><v>1</v></c><c t="s"><v>99</v></c><c t="str"><v>x&amp;y</v></c></row>`))
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(b.Sheets()); got != "[Notes (hidden) Calls]" {
		t.Error(got)
	}
	if _, err := b.Table(0, Named("a")); !errors.Is(err, importers.ErrNotMine) {
		t.Error(err)
	}
	table, err := b.Table(1, Named("a", "c"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for {
		r, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, r.Record()+": "+r.Words())
	}
	want := "sheet Calls, row 3: 2023-07-16 | 2023-07-16 12:30:00 | 36:00:00 | 3\nsheet Calls, row 5: two looks | 18:00:00 | TRUE | 99 | x&y"
	if strings.Join(got, "\n") != want {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if err := errors.Join(table.Close(), b.Close()); err != nil {
		t.Error(err)
	}
}

// TestBrokenBook: what is wrong is an error that says where, never a panic and
// never the end of the rows.
func TestBrokenBook(t *testing.T) {
	header := `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`
	for name, data := range map[string][]byte{
		"no zip":       []byte("PK\x03\x04"),
		"no workbook":  workbook(t, header, "xl/workbook.xml", ""),
		"broken texts": workbook(t, header, "xl/sharedStrings.xml", "<sst><si>"),
	} {
		if _, err := openBook(data); err == nil || !strings.Contains(err.Error(), "b.xlsx") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, rows := range map[string]string{
		"cut":       header + `<row r="2"><c><v>1`,
		"unclosed":  header + `<row r="2"><c></row>`,
		"endless":   header + `<row r="2"><c><v>` + strings.Repeat(" ", 2*maxRowXML) + `</v></c></row>`,
		"far right": header + `<row r="2"><c r="ZZZZZZZZZ2"><v>1</v></c></row><row r="3"><c r="A3"><v>`,
	} {
		b, err := openBook(workbook(t, rows))
		if err != nil {
			t.Fatal(name, err)
		}
		table, err := b.Table(1, Named("a"))
		if err != nil {
			t.Fatal(name, err)
		}
		for err == nil {
			_, err = table.Next()
		}
		if errors.Is(err, io.EOF) || !strings.Contains(err.Error(), "row") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzCells: whatever a sheet holds, reading it ends.
func FuzzCells(f *testing.F) {
	f.Add([]byte(`<row r="2"><c r="A2" t="s" s="1"><v>0</v></c></row>`))
	f.Fuzz(func(t *testing.T, sheet []byte) {
		c := newCells(&Book{shared: []string{"a"}, forms: []form{number, date, span}}, "s", bytes.NewReader(sheet))
		for {
			if _, err := c.next(); err != nil {
				break
			}
		}
	})
}
