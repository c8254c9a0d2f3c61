package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"golang.org/x/image/draw"
)

// album measures how long a bundle of many pictures and a chat, in volumes, lets a
// person wait. In the window the case lies open and the program has prepared the
// pictures beside their work; in a terminal the case is unlocked first; and the first
// bundle of pictures that nobody prepared makes them. Beside them, in turn, others put
// the same pictures on as many pages: as they are, and made as small as a bundle does.
func (b *bench) album(pictures, messages int) error {
	src, chat, c := b.path("album"), b.path("WhatsApp Chat with Sam.txt"), b.path("album.daybook")
	if err := errors.Join(manyPictures(src, pictures), longChat(chat, messages), b.init(c)); err != nil {
		return err
	}
	if _, err := b.time("album: daybook-cli add", fmt.Sprintf("%d pictures, %d messages", pictures, messages), nil, b.cli, "add", c, src, chat, "--date-order", "dmy"); err != nil {
		return err
	}
	b.says(albumSays)
	a := album{b, src, c, pictures}
	return errors.Join(a.unprepared(), a.prepared(), os.RemoveAll(src), os.RemoveAll(c))
}

// albumSays is what each side does.
var albumSays = []string{
	"a bundle: opens each sealed original, checks it and copies it; lays the chat out, twice; puts each picture on a page without what its file holds beside the pixels, at most 300 dots an inch; index, chronology, HTML, CSV, JSON, the record; SHA-256 of every file; signature; every file on the disk",
	"in the window: that, with the case open and the pictures prepared; then keeps it as a numbered one and holds the document against the rules of the court",
	"in a terminal: that without the rules, and unlocks the case and loads it before",
	"img2pdf and qpdf: put the pictures as they are on pages and write them again; no text, no sums, nothing is awaited on the disk",
}

func (b *bench) says(lines []string) {
	for _, l := range lines {
		fmt.Fprintln(b.out, "  "+l)
	}
}

// album is a folder of pictures and the case to which they were added.
type album struct {
	*bench
	src, c   string
	pictures int
}

// albumTurns is how often each side has its turn, one after the other.
const albumTurns = 3

// prepared measures bundles for which the pictures are there.
func (a album) prepared() error {
	if _, err := a.time("album: daybook-cli prepare", "the pictures made smaller, which the window does ahead", nil, a.cli, "prepare", a.c); err != nil {
		return err
	}
	model := a.path("model.test")
	if out, err := exec.Command("go", "test", "-c", "-o", model, "./ui/model").CombinedOutput(); err != nil {
		return fmt.Errorf("build the benchmark of the window: %w: %s", err, tail(string(out)))
	}
	var window, terminal, others []figures
	for range albumTurns {
		o, err := a.laid("", a.src)
		if err != nil {
			return err
		}
		w, err := a.inWindow(model)
		if err != nil {
			return err
		}
		t, err := a.bundle("daybook-cli bundle", "unlocks the case first")
		if err != nil {
			return err
		}
		window, terminal, others = append(window, w), append(terminal, t), append(others, o)
	}
	a.compare("in the window", "img2pdf and qpdf", window, others)
	a.compare("in a terminal", "img2pdf and qpdf", terminal, others)
	return os.Remove(model)
}

// inWindow writes a bundle as the window does: what its benchmark says of itself, for
// a person unlocks before they wait.
func (a album) inWindow(model string) (figures, error) {
	cmd := exec.Command(model, "-test.run", "^$", "-test.bench", "HandOver$", "-test.benchtime", "1x")
	cmd.Env = append(os.Environ(), "DAYBOOK_BENCH_CASE="+a.c, "TMPDIR="+a.dir, benchPassphrase)
	cmd.Dir = a.dir
	out, err := cmd.CombinedOutput()
	m := metrics(string(out))
	if err != nil || m["s-wall"] == 0 {
		return figures{}, fmt.Errorf("album: the window's bundle: %w: %s", cmp.Or(err, errNoMetrics), tail(string(out)))
	}
	f := figures{wall: m["s-wall"], cpu: m["s-cpu"], peakMB: m["MB-peak"]}
	a.row("album: bundle in the window", f, "the case lies open")
	return f, a.out.Flush()
}

var errNoMetrics = errors.New("it printed no figures")

// unprepared measures the first bundle, which makes the pictures, beside programs that
// make the same of them: of those with more than 300 dots an inch smaller ones, in the
// way that reads a JPEG the fastest.
func (a album) unprepared() error {
	c := a.c
	a.c = a.path("album-first.daybook")
	if err := os.CopyFS(a.c, os.DirFS(c)); err != nil {
		return err
	}
	first, err := a.bundle("first bundle", "nothing was prepared")
	if err != nil {
		return err
	}
	small := a.path("album-small")
	if err := os.Mkdir(small, 0o700); err != nil {
		return err
	}
	made, err := a.rival("album: mogrify to the same pixels", nil, "mogrify", "-path", small, "-define", "jpeg:size=2008x1506", "-resize", widest, "-strip", "-quality", "88", a.src+"/*")
	if err == nil && made.wall > 0 {
		var laid figures
		if laid, err = a.laid(" of those", small); err == nil && laid.wall > 0 {
			a.compare("first bundle", "mogrify, img2pdf and qpdf", []figures{first}, []figures{made.and(laid)})
		}
	}
	return errors.Join(err, os.RemoveAll(small), os.RemoveAll(a.c))
}

// widest is how many pixels a picture has at most on the width of a page at 300 dots
// an inch.
const widest = "2008x>"

// bundle writes a bundle of the album from a terminal, counts its pages and removes it.
func (a album) bundle(name, note string) (figures, error) {
	out := a.path("album-bundle")
	f, err := a.time("album: "+name, note, nil, a.cli, "bundle", a.c, "--out", out, "--volume-pages", "500")
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
	fmt.Fprintf(a.out, "  %d pages in %d volumes, at most %.0f MB held (allowed: %d)\n", pages, volumes, f.peakMB, peakAllowed)
	a.rate("album pages", pages, f)
	return f, os.RemoveAll(out)
}

// laid puts the pictures of a folder on pages with img2pdf and qpdf; nothing where
// one of them is not installed.
func (a album) laid(what, src string) (figures, error) {
	pdf, cut := a.path("album.pdf"), a.path("album-cut.pdf")
	names, err := filepath.Glob(filepath.Join(src, "*"))
	if err != nil {
		return figures{}, err
	}
	laid, err := a.rival("album: img2pdf"+what, nil, append([]string{"img2pdf", "-o", pdf}, names...)...)
	if err != nil || laid.wall == 0 {
		return figures{}, err
	}
	split, err := a.rival("album: qpdf"+what, nil, "qpdf", pdf, "--pages", ".", "1-z", "--", cut)
	if err != nil || split.wall == 0 {
		return figures{}, err
	}
	return laid.and(split), errors.Join(os.Remove(pdf), os.Remove(cut))
}

// and adds a run that follows.
func (f figures) and(next figures) figures {
	return figures{wall: f.wall + next.wall, cpu: f.cpu + next.cpu, peakMB: max(f.peakMB, next.peakMB)}
}

// compare sets runs beside those of others that had their turn before each: of the
// ratios it prints the one in the middle.
func (a album) compare(name, rival string, ours, theirs []figures) {
	if theirs[0].wall == 0 {
		return
	}
	var wall, cpu, held []float64
	for i, o := range ours {
		wall = append(wall, o.wall/theirs[i].wall)
		cpu = append(cpu, o.cpu/theirs[i].cpu)
		held = append(held, o.peakMB/theirs[i].peakMB)
	}
	a.ratio(fmt.Sprintf("%s to %s, wall (of %d)", name, rival, len(ours)), middle(wall), 1)
	a.ratio(name+" to "+rival+", CPU", middle(cpu), 1)
	a.ratio(name+" to "+rival+", memory", middle(held), 1)
}

func middle(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// pictureSizes are how long the longer edge of pictures is; they have from 0.2 to 4 MB.
var pictureSizes = [...]int{960, 1280, 1600, 2048, 2560, 3264, 4032}

// manyPictures writes pictures like photographs, no two with the same pixels.
func manyPictures(dir string, n int) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	var kinds [][]byte
	for i, long := range pictureSizes {
		wide, high := long, long*3/4
		if i%3 == 1 { // a telephone is held upright too
			wide, high = high, wide
		}
		data, err := likePhoto(wide, high, uint64(i))
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
