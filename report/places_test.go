package report

import (
	"bytes"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"daybook/timeline"
)

// TestWordsOfStandardFontsAreWhereTheyStand: a PDF that does not say how wide the letters
// of the standard fonts are has its words painted over where another reader sees them, to
// the end of a long line: half an em for each letter was taken, and letters stood beside.
func TestWordsOfStandardFontsAreWhereTheyStand(t *testing.T) {
	d := gofpdf.New("L", "pt", "A4", "")
	d.SetCompression(false)
	d.AddPage()
	for i, f := range [][2]string{{"Helvetica", ""}, {"Helvetica", "B"}, {"Helvetica", "I"}, {"Times", ""}, {"Times", "B"}, {"Times", "I"}, {"Times", "BI"}, {"Courier", ""}, {"Courier", "B"}} {
		d.SetFont(f[0], f[1], 14)
		d.Text(40, float64(60+40*i), "1. The filthy little mill with MANY WIDE WORDS is by Willow"+strconv.Itoa(i)+" Hill, Mum")
	}
	var pdf bytes.Buffer
	if err := d.Output(&pdf); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, pdf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.CommandContext(t.Context(), "pdftotext", "-bbox", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(Willow\d)</word>`).FindAllStringSubmatch(string(said), -1)
	if len(seen) != 9 {
		t.Fatalf("%d words are seen: %s", len(seen), said)
	}
	for _, s := range seen {
		var at [4]float64
		for i := range at {
			at[i], _ = strconv.ParseFloat(s[i+1], 64)
		}
		areas, err := PlacesOf(t.Context(), "a.pdf", bytes.NewReader(pdf.Bytes()), int64(pdf.Len()), timeline.Withholding{WithholdingDraft: timeline.WithholdingDraft{Code: "PLACE", Text: s[5]}})
		if err != nil || len(areas) != 1 {
			t.Fatalf("%s: %v, %v", s[5], areas, err)
		}
		a := areas[0]
		if float64(a.X) > at[0] || float64(a.X+a.Width) < at[2] || math.Abs(float64(a.X)-at[0]) > 4 || math.Abs(float64(a.X+a.Width)-at[2]) > 4 {
			t.Errorf("%s is painted over from %d to %d, and stands from %.1f to %.1f", s[5], a.X, a.X+a.Width, at[0], at[2])
		}
	}
}
