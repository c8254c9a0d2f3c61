package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// transcript prints messages until the document has so many pages.
func transcript(d *Doc, pages int, anchored bool) {
	words := strings.Fields("you should have answered the phone when I called I know where you were last night and who with " +
		"do not think this is over because it is not I will be outside again tomorrow café naïve £20 — “always”")
	table := d.Table([]Col{{Title: "No.", Width: 1, Align: End}, {Title: "When", Width: 2}, {Title: "From", Width: 2}, {Title: "Words", Width: 7}})
	for n := 0; d.Page() < pages; n++ {
		text := make([]string, 0, 24)
		for i := range 4 + n*7%31 {
			text = append(text, words[(n*13+i*5)%len(words)])
		}
		anchor := ""
		if anchored {
			anchor = fmt.Sprintf("event-%d", n)
		}
		table.Row(anchor, []Run{{Text: fmt.Sprint(n)}},
			[]Run{{Text: fmt.Sprintf("2026-03-%02d 14:%02d:07", n%28+1, n%60)}},
			[]Run{{Text: "+44 7700 900123"}}, []Run{{Text: strings.Join(text, " ")}})
		if d.Err() != nil {
			return
		}
	}
}

func BenchmarkTranscript(b *testing.B) {
	for _, pages := range []int{200, 2000, 10_000} {
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			for range b.N {
				counted := &counter{}
				d, err := New(counted, Options{Title: "Transcript", Lang: "en-GB"})
				if err != nil {
					b.Fatal(err)
				}
				d.Heading(1, "Transcript", "transcript")
				transcript(d, pages, true)
				n, err := d.Close()
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
				b.ReportMetric(float64(counted.n)/float64(n), "bytes/page")
			}
		})
	}
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}

var _ io.Writer = (*counter)(nil)

// BenchmarkScripts prints pages of messages in every script, with emoji.
func BenchmarkScripts(b *testing.B) {
	const pages = 1000
	for range b.N {
		d, err := New(&counter{}, Options{Title: "Scripts"})
		if err != nil {
			b.Fatal(err)
		}
		for n := 0; d.Page() < pages; n++ {
			text := scripts[n%len(scripts)].text
			d.Paragraph(Quote, plain("%s %d %s %s", text, n, scripts[n*7%len(scripts)].text, text)...)
		}
		if _, err := d.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(pages*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
	}
}

// photo is a JPEG as large as a page may show it, of incompressible content.
func photo(tb testing.TB, width, height int, seed uint64) []byte {
	tb.Helper()
	noise := rand.New(rand.NewPCG(seed, 1))
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = byte(noise.Uint32())
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 80}); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func BenchmarkPhotos(b *testing.B) {
	const count = 200
	data := photo(b, 2000, 1500, 1)
	b.SetBytes(int64(len(data)) * count)
	for range b.N {
		d, err := New(&counter{}, Options{Title: "Photos"})
		if err != nil {
			b.Fatal(err)
		}
		for i := range count {
			binary.LittleEndian.PutUint32(data[len(data)-100:], uint32(i)) // no two are the same
			d.Heading(1, fmt.Sprintf("Photo %d", i), "")
			d.Image(Picture{Data: data, Caption: []Run{{Text: "As it was added"}}})
		}
		if _, err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
