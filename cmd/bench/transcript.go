package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"html/template"
	"io"
	"os"
	"path/filepath"
	"strings"

	"daybook/assets/sample"
)

// transcript writes a bundle of a chat beside wkhtmltopdf on the same text: both tables
// of the document, linked to each other, and, for less, each message once.
func (b *bench) transcript(messages int) error {
	chat, c, out := b.path("WhatsApp Chat with Kim.txt"), b.path("transcript.daybook"), b.path("transcript")
	if err := errors.Join(longChat(chat, messages), b.init(c)); err != nil {
		return err
	}
	if _, err := b.time("transcript: daybook-cli add", fmt.Sprintf("%d messages", messages), nil, b.cli, "add", c, chat, "--date-order", "dmy"); err != nil {
		return err
	}
	ours, err := b.time("transcript: daybook-cli bundle", "the document, and HTML, CSV, JSON, the record, sums, signature", nil, b.cli, "bundle", c, "--out", out)
	if err != nil {
		return err
	}
	if err := b.pages(filepath.Join(out, "data", "bundle.pdf")); err != nil {
		return err
	}
	for _, rival := range rivalPages {
		page, pdf := b.path("chat.html"), b.path("transcript.pdf")
		if err := asPage(filepath.Join(out, "data", "chronology.csv"), page, rival.tables); err != nil {
			return err
		}
		theirs, err := b.rival("transcript: "+rival.name, []string{"QT_QPA_PLATFORM=offscreen"}, "wkhtmltopdf", "-q", page, pdf)
		if err != nil {
			return err
		}
		if theirs.wall > 0 {
			if err := b.pages(pdf); err != nil {
				return err
			}
		}
		b.ratio("to "+rival.name, ours.wall, theirs.wall)
	}
	return errors.Join(os.RemoveAll(c), os.RemoveAll(out))
}

func (b *bench) pages(file string) error {
	n, err := pageCount(file)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(b.out, "  %d pages\n", n)
	return err
}

func longChat(name string, messages int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(sample.LongChat(f, messages), f.Close())
}

// rivalPages are what is given to wkhtmltopdf.
var rivalPages = []struct {
	name   string
	tables []string // each as a template of a row
}{
	{"wkhtmltopdf, the same two tables", []string{
		`<tr id="r{{index . "No."}}"><td><b>{{index . "No."}}</b><td><b>{{index . "Local time"}}</b><br>{{.Zone}}, UTC {{.UTC}}<td><b>{{.Kind}}</b> from {{.From}}, in “{{.Conversation}}”<br>{{.Text}}<td><td><a href="#t{{index . "No."}}">{{.Exhibit}}</a><br>{{.Record}}</tr>`,
		`<tr id="t{{index . "No."}}"><td><a href="#r{{index . "No."}}">{{index . "No."}}</a><td>{{index . "Local time"}}<br>{{.Record}}<td><b>{{.Kind}}</b> from {{.From}}, in “{{.Conversation}}”<br>{{.Text}}</tr>`,
	}},
	{"wkhtmltopdf, each message once", []string{`<tr><td>{{index . "No."}}<td>{{index . "Local time"}}<br>{{.Record}}<td>{{.From}}<td>{{.Text}}</tr>`}},
}

// asPage makes a page of HTML with tables of the rows of a bundle.
func asPage(rows, page string, tables []string) (err error) {
	out, err := os.Create(page)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	w := bufio.NewWriter(out)
	fmt.Fprint(w, "<!DOCTYPE html><meta charset=utf-8><style>td{vertical-align:top;border-bottom:1px solid #ccc;font:9pt sans-serif}</style>")
	for _, row := range tables {
		t, err := template.New("row").Parse(row)
		if err != nil {
			return err
		}
		fmt.Fprint(w, "<table>")
		if err := eachRow(rows, func(r map[string]string) error { return t.Execute(w, r) }); err != nil {
			return err
		}
		fmt.Fprint(w, "</table>")
	}
	return w.Flush()
}

// eachRow reads a table of a bundle, each row by the titles of its columns.
func eachRow(file string, with func(map[string]string) error) (err error) {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	r := csv.NewReader(in)
	titles, err := r.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	titles[0] = strings.TrimPrefix(titles[0], "\ufeff")
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		row := map[string]string{}
		for i, title := range titles {
			row[title] = cells[i]
		}
		if err := with(row); err != nil {
			return err
		}
	}
}
