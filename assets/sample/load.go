package sample

import (
	"bufio"
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// LongChat writes n messages as an Android phone exports a chat in British
// English: some 97 bytes a message, 60,000 different words, most of them rare.
func LongChat(w io.Writer, n int) error {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	zipf := rand.NewZipf(r, 1.07, 4, 60_000)
	b := bufio.NewWriterSize(w, 1<<20)
	at := time.Date(2016, 3, 1, 7, 0, 0, 0, time.UTC)
	names := []string{"Dan R", "Maya Kowalska"}
	for range n {
		at = at.Add(time.Duration(r.IntN(600)) * time.Second)
		fmt.Fprintf(b, "%s - %s:", at.Format("02/01/2006, 15:04"), names[r.IntN(2)])
		for range 4 + r.IntN(16) {
			b.WriteByte(' ')
			b.WriteString(word(zipf.Uint64()))
		}
		b.WriteByte('\n')
	}
	return b.Flush()
}

// word spells a number in syllables, so that each number is one word.
func word(n uint64) string {
	const syllables = "bacadafagahajakalamanaparasatavawaxazabecedefegehejekelemeneperesetevewexeze"
	var b []byte
	for n += 7; ; n /= 38 {
		i := 2 * (n % 38)
		b = append(b, syllables[i:i+2]...)
		if n < 38 {
			return string(b)
		}
	}
}

// ManyPhotos writes n files of about size bytes, each a JPEG's head with the
// EXIF of a phone and then bytes that share nothing with any other file.
func ManyPhotos(dir string, n int, size int64) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	var small bytes.Buffer
	if err := jpeg.Encode(&small, image.NewGray(image.Rect(0, 0, 16, 16)), nil); err != nil {
		return err
	}
	seed := rand.NewChaCha8([32]byte{7})
	at := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
	fill := make([]byte, 64<<10)
	for i := range n {
		head := withEXIF(small.Bytes(), at.Add(time.Duration(i)*time.Hour), fix{51.5 + float64(i)/10_000, -0.12})
		f, err := os.Create(filepath.Join(dir, fmt.Sprintf("IMG_%05d.jpg", i)))
		if err != nil {
			return err
		}
		if _, err := f.Write(head[:len(head)-2]); err != nil {
			return err
		}
		for left := size - int64(len(head)); left > 0; left -= int64(len(fill)) {
			if _, err := seed.Read(fill); err != nil {
				return err
			}
			for j, c := range fill {
				if c == 0xFF {
					fill[j] = 0x7F
				}
			}
			if _, err := f.Write(fill[:min(left, int64(len(fill)))]); err != nil {
				return err
			}
		}
		if _, err := f.Write([]byte{0xFF, 0xD9}); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}
