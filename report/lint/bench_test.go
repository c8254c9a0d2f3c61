package lint

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"daybook/assets/profiles"
	"daybook/report/pdf"
)

// BenchmarkFiveThousandPages holds a bundle of 5,000 full pages against a
// profile.
func BenchmarkFiveThousandPages(b *testing.B) {
	var out bytes.Buffer
	d, err := pdf.New(&out, pdf.Options{Title: "Long", Lang: "en-GB", Created: today, Home: pdf.Run{Text: "Index", Link: "index"}})
	if err != nil {
		b.Fatal(err)
	}
	d.Heading(1, "Index", "index")
	d.Paragraph(pdf.Body, pdf.Run{Text: "Row", Link: "rows"}, pdf.PageOf("rows"))
	d.PageBreak()
	d.Heading(1, "Rows", "rows")
	for n := 0; d.Page() < 5000; n++ {
		d.Paragraph(pdf.Body, pdf.Run{Text: fmt.Sprintf("%d. ", n), Link: "index"}, pdf.Run{Text: strings.Repeat("Words that fill a line. ", 10)})
	}
	if _, err := d.Close(); err != nil {
		b.Fatal(err)
	}
	p, err := profiles.Named("EW-general-2021")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		v, err := hold(b.Context(), File{Name: "long.pdf", Data: bytes.NewReader(out.Bytes()), Size: int64(out.Len())}, p, today)
		if err != nil || v.Pages < 5000 || v.Faults() > 0 {
			b.Fatalf("%d pages, %v, %+v", v.Pages, err, v.Findings)
		}
	}
}
