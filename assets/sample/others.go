package sample

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// The papers: the court's order, and what the locks cost.
const (
	orderFile   = "Non-molestation order.pdf"
	receiptFile = "store-receipt-0914.pdf"
)

func (w *writer) order() error {
	return w.paper(orderFile, w.at("2025-09-12", "14:00:00"), "IN THE FAMILY COURT (fictional)", "NON-MOLESTATION ORDER", "Made 12 September 2025. Served 12 September 2025, 16:30.",
		"1. The respondent must not contact the applicant by any means.", "2. The respondent must not come within 100 metres of the applicant's home.",
		"This order lasts until 12 September 2026.")
}

func (w *writer) receipt() error {
	return w.paper(receiptFile, w.at("2025-09-14", "11:40:00"), "GREYSTONE LOCKSMITHS (fictional)", "RECEIPT 3307", "14 September 2025", "Two cylinder locks, fitted", "Total paid: 140.00 GBP")
}

// paper writes a PDF of one page, with its title and date inside.
func (w *writer) paper(name string, made time.Time, lines ...string) error {
	var text bytes.Buffer
	text.WriteString("BT /F1 14 Tf 60 760 Td 26 TL\n")
	for _, l := range lines {
		fmt.Fprintf(&text, "(%s) Tj T*\n", l)
	}
	text.WriteString("ET")
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", text.Len(), text.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		fmt.Sprintf("<< /Title (%s) /CreationDate (D:%s+01'00') >>", strings.TrimSuffix(name, ".pdf"), made.Format("20060102150405")),
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	w.add(Record{File: name, Kind: "document", UTC: made.UTC(), Local: made.Format(stamp), Files: []File{{Name: name}}})
	return w.file(name, b.Bytes(), w.at("2025-11-25", "09:16:00"))
}
