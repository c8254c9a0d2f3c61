package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"html"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"

	"golang.org/x/image/draw"

	"daybook/assets/sample"
)

// album writes bundles of many pictures and a chat in volumes: one for which the
// pictures were prepared, one that makes them, and one that finds them in the case.
// Beside them img2pdf and qpdf put the same pictures as they are on as many pages, and
// then as large as a bundle makes them.
func (b *bench) album(pictures, messages int) error {
	src := b.path("album")
	if err := manyPictures(src, pictures); err != nil {
		return err
	}
	chat := b.path("WhatsApp Chat with Sam.txt")
	if err := longChat(chat, messages); err != nil {
		return err
	}
	c := b.path("album.daybook")
	if err := b.init(c); err != nil {
		return err
	}
	if _, err := b.time("album: daybook-cli add", fmt.Sprintf("%d pictures, %d messages", pictures, messages), nil, b.cli, "add", c, src, chat, "--date-order", "dmy"); err != nil {
		return err
	}
	ahead := b.path("album-ahead.daybook")
	if err := os.CopyFS(ahead, os.DirFS(c)); err != nil {
		return err
	}
	prepared, err := b.time("album: daybook-cli prepare", "the pictures made smaller, which the first bundle does otherwise", nil, b.cli, "prepare", ahead)
	if err != nil {
		return err
	}
	after, err := b.albumBundle(ahead, "bundle after prepare", "pictures without what their files hold beside them, those of more than 300 dpi made smaller")
	if err != nil {
		return err
	}
	first, err := b.albumBundle(c, "first bundle", "the same, with nothing prepared")
	if err != nil {
		return err
	}
	second, err := b.albumBundle(c, "second bundle", "the same, with the pictures that the first has made")
	if err != nil {
		return err
	}
	ours := []albumRun{{"bundle after prepare", after}, {"prepare and first bundle", prepared.and(after)}, {"first bundle", first}, {"second bundle", second}}
	copied, err := b.laid("", src)
	if err != nil {
		return err
	}
	b.compare("img2pdf and qpdf", pictures, ours, copied)
	if err := b.scaledAlbum(src, pictures, ours); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(src), os.RemoveAll(c), os.RemoveAll(ahead))
}

// albumRun is a way to a bundle of the album.
type albumRun struct {
	name string
	figures
}

// albumBundle writes a bundle of the album, counts its pages and removes it.
func (b *bench) albumBundle(c, name, note string) (figures, error) {
	out := b.path("album-bundle")
	f, err := b.time("album: "+name, note, nil, b.cli, "bundle", c, "--out", out, "--volume-mb", "500")
	if err != nil {
		return f, err
	}
	pages, volumes := 0, 0
	names, err := filepath.Glob(filepath.Join(out, "data", "bundle*.pdf"))
	if err != nil {
		return f, err
	}
	for _, name := range names {
		n, err := pageCount(name)
		if err != nil {
			return f, err
		}
		pages, volumes = pages+n, volumes+1
	}
	fmt.Fprintf(b.out, "  %d pages in %d volumes, at most %.0f MB held (allowed: %d)\n", pages, volumes, f.peakMB, peakAllowed)
	b.rate("album pages", pages, f)
	return f, os.RemoveAll(out)
}

// laid puts the pictures of a folder on pages with img2pdf and qpdf; nothing where
// one of them is not installed.
func (b *bench) laid(what, src string) (figures, error) {
	pdf, cut := b.path("album.pdf"), b.path("album-cut.pdf")
	names, err := filepath.Glob(filepath.Join(src, "*"))
	if err != nil {
		return figures{}, err
	}
	laid, err := b.rival("album: img2pdf"+what, nil, append([]string{"img2pdf", "-o", pdf}, names...)...)
	if err != nil || laid.wall == 0 {
		return figures{}, err
	}
	split, err := b.rival("album: qpdf"+what, nil, "qpdf", pdf, "--pages", ".", "1-z", "--", cut)
	if err != nil || split.wall == 0 {
		return figures{}, err
	}
	return laid.and(split), errors.Join(os.Remove(pdf), os.Remove(cut))
}

// and adds a run that follows.
func (f figures) and(next figures) figures {
	return figures{wall: f.wall + next.wall, cpu: f.cpu + next.cpu, peakMB: max(f.peakMB, next.peakMB)}
}

// compare sets each bundle beside what others take for the pictures alone.
func (b *bench) compare(rival string, pictures int, ours []albumRun, theirs figures) {
	if theirs.wall == 0 {
		return
	}
	each := func(f figures) float64 { return f.cpu / float64(pictures) }
	for _, o := range ours {
		fmt.Fprintf(b.out, "  %s beside %s: CPU s a picture %.3f to %.3f, MB held %.0f to %.0f\n", o.name, rival, each(o.figures), each(theirs), o.peakMB, theirs.peakMB)
		b.ratio(o.name+" to "+rival+", wall", o.wall, theirs.wall)
		b.ratio(o.name+" to "+rival+", CPU", o.cpu, theirs.cpu)
	}
}

// widest is how many pixels a picture has at most on the width of a page at 300 dots
// an inch.
const widest = "2008x>"

// scaledAlbum does what a bundle does with the pictures, with other programs: those
// of more than 300 dots an inch are made smaller, in the way that reads a JPEG the
// fastest, before they are put on pages.
func (b *bench) scaledAlbum(src string, pictures int, ours []albumRun) error {
	small := b.path("album-small")
	if err := os.Mkdir(small, 0o700); err != nil {
		return err
	}
	made, err := b.rival("album: mogrify to the same pixels", nil, "mogrify", "-path", small, "-define", "jpeg:size=2008x1506", "-resize", widest, "-strip", "-quality", "88", src+"/*")
	if err == nil && made.wall > 0 {
		var laid figures
		if laid, err = b.laid(" of those", small); err == nil && laid.wall > 0 {
			b.compare("mogrify, img2pdf and qpdf", pictures, ours, made.and(laid))
		}
	}
	return errors.Join(err, os.RemoveAll(small))
}

// transcript writes a bundle of a chat beside wkhtmltopdf on the same text.
func (b *bench) transcript(messages int) error {
	chat, page := b.path("WhatsApp Chat with Kim.txt"), b.path("chat.html")
	if err := longChat(chat, messages); err != nil {
		return err
	}
	c := b.path("transcript.daybook")
	if err := b.init(c); err != nil {
		return err
	}
	if _, err := b.time("transcript: daybook-cli add", fmt.Sprintf("%d messages", messages), nil, b.cli, "add", c, chat, "--date-order", "dmy"); err != nil {
		return err
	}
	out := b.path("transcript")
	ours, err := b.time("transcript: daybook-cli bundle", "each message twice: a row, and a line of its exhibit", nil, b.cli, "bundle", c, "--out", out)
	if err != nil {
		return err
	}
	if err := asPage(chat, page); err != nil {
		return err
	}
	theirs, err := b.rival("transcript: wkhtmltopdf", []string{"QT_QPA_PLATFORM=offscreen"}, "wkhtmltopdf", "-q", page, b.path("transcript.pdf"))
	if err != nil {
		return err
	}
	b.ratio("to wkhtmltopdf", ours.wall, theirs.wall)
	return errors.Join(os.RemoveAll(c), os.RemoveAll(out))
}

func longChat(name string, messages int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(sample.LongChat(f, messages), f.Close())
}

// asPage sets a text as a table of one column.
func asPage(text, page string) (err error) {
	in, err := os.Open(text)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.Create(page)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	w := bufio.NewWriter(out)
	fmt.Fprint(w, "<!DOCTYPE html><meta charset=utf-8><table>")
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		fmt.Fprintf(w, "<tr><td>%s</td></tr>\n", html.EscapeString(lines.Text()))
	}
	fmt.Fprint(w, "</table>")
	return errors.Join(lines.Err(), w.Flush())
}

// pictureSizes are how wide pictures are; they have from 0.2 to 4 MB.
var pictureSizes = [...]int{960, 1280, 1600, 2048, 2560, 3264, 4032}

// manyPictures writes pictures like photographs, no two with the same pixels.
func manyPictures(dir string, n int) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	var kinds [][]byte
	for i, wide := range pictureSizes {
		data, err := likePhoto(wide, wide*3/4, uint64(i))
		if err != nil {
			return err
		}
		kinds = append(kinds, data)
	}
	for i := range n {
		data := kinds[i%len(kinds)]
		// How coarse the finest waves are, which stands at the end of the first
		// table, tells one picture from the other: they have other pixels.
		const finest = 7 + 62
		data[finest], data[finest+1] = byte(i/255)+1, byte(i%255)+1
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("IMG_%05d.jpg", i)), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// likePhoto is a JPEG with as much in it as a photograph has: soft noise.
func likePhoto(width, height int, seed uint64) ([]byte, error) {
	noise := rand.New(rand.NewPCG(seed, 1))
	small := image.NewRGBA(image.Rect(0, 0, width/3, height/3))
	for i := range small.Pix {
		small.Pix[i] = byte(noise.Uint32()) | 3
	}
	full := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.BiLinear.Scale(full, full.Bounds(), small, small.Bounds(), draw.Src, nil)
	var out bytes.Buffer
	err := jpeg.Encode(&out, full, &jpeg.Options{Quality: 80})
	return out.Bytes(), err
}
