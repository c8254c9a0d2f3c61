package model

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"daybook/report/pdf"
)

// Sheet writes the recovery words on a page to be printed, into a folder, and
// gives its path. Whoever finds the file can open the case: it is made only when
// a person asks for it.
func (r Recovery) Sheet(folder string) (path string, err error) {
	path = filepath.Join(folder, "sheet.pdf")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return "", fmt.Errorf("%s: there is a sheet already; print it and delete it, or choose another folder", path)
	}
	if err != nil {
		return "", fmt.Errorf("sheet: %w", err)
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	return path, r.print(f)
}

// print sets the page. It does not say what the words open.
func (r Recovery) print(w io.Writer) error {
	d, err := pdf.New(w, pdf.Options{Lang: "en-GB", Footer: func(int, int) string { return "" }})
	if err != nil {
		return err
	}
	d.Heading(1, "Keep this page somewhere safe", "")
	d.Paragraph(pdf.Body, pdf.Run{Text: "Not beside the computer: with somebody you trust, or where nobody looks. Whoever has these words does not need the passphrase."})
	d.Space(6)
	t := d.Table([]pdf.Col{{Width: 1}, {Width: 1}, {Width: 1}})
	rows := (len(r.Words) + 2) / 3
	for i := range rows {
		var cells [][]pdf.Run
		for n := i; n < 3*rows; n += rows {
			text := ""
			if n < len(r.Words) {
				text = fmt.Sprintf("%2d   %s", n+1, r.Words[n])
			}
			cells = append(cells, []pdf.Run{{Text: text, Mono: true}})
		}
		t.Row("", cells...)
	}
	_, err = d.Close()
	return err
}
