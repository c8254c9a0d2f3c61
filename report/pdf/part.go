package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/jung-kurt/gofpdf"
)

// A part is a stretch of pages that gofpdf holds. It needs several times the
// part's size while it writes it out, so parts are kept small.
type part struct {
	pdf    *gofpdf.Fpdf
	first  int // the part's first page in the document
	pages  int
	weight int // bytes of content and pictures
	placed []placed
}

// placed is a picture that the binder has written already.
type placed struct {
	name   string
	number int
}

const (
	partPages  = 32
	partWeight = 8 << 20
)

func newPart(size Size, first int) *part {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: size.Width, Ht: size.Height}})
	pdf.SetCompression(false) // the binder does it, several pages at once
	pdf.SetCatalogSort(true)
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCreationDate(time.Unix(0, 0))
	pdf.SetModificationDate(time.Unix(0, 0))
	return &part{pdf: pdf, first: first}
}

func (p *part) full() bool { return p.pages >= partPages || p.weight >= partWeight }

func (p *part) addPage(size Size) {
	p.pdf.AddPageFormat("P", gofpdf.SizeType{Wd: size.Width, Ht: size.Height})
	p.pages++
}

// write adds content to the page.
func (p *part) write(content []byte) {
	p.weight += len(content)
	p.pdf.RawWriteBuf(bytes.NewReader(content))
}

// fill draws a rectangle of a shade of grey; y runs from the top.
func (p *part) fill(shade, x, y, width, height float64) {
	level := int(shade*255 + 0.5)
	p.pdf.SetFillColor(level, level, level)
	p.pdf.Rect(x, y, width, height, "F")
}

// place draws a picture that the binder has written; x, y is its lower left
// corner, from the foot of the page.
func (p *part) place(picture placed, matrix string) {
	p.write(fmt.Appendf(nil, "q %s cm /%s Do Q", matrix, picture.name))
	if !slices.Contains(p.placed, picture) {
		p.placed = append(p.placed, picture)
	}
}

// parts are the dictionary and the stream of an object.
type parts struct {
	dict   []byte
	stream []byte
}

var errPart = errors.New("gofpdf wrote what the binder does not know")

// unbind writes the part out and takes what its pages show out of gofpdf's hands.
func (p *part) unbind() (contents [][]byte, err error) {
	var out bytes.Buffer
	out.Grow(p.weight + p.pages*1024)
	if err := p.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("pages %d to %d: %w", p.first+1, p.first+p.pages, err)
	}
	p.pdf = nil
	file, err := readPart(out.Bytes())
	if err != nil {
		return nil, fmt.Errorf("pages %d to %d: %w", p.first+1, p.first+p.pages, err)
	}
	for i := range p.pages {
		// gofpdf numbers its objects so: 1 page tree, 2 resources, then each
		// page and its content.
		content, err := file.object(4 + 2*i)
		if err != nil {
			return nil, err
		}
		contents = append(contents, content.stream)
	}
	return contents, nil
}

// partFile is the output of gofpdf and where its objects start.
type partFile struct {
	data    []byte
	offsets []int
}

func readPart(data []byte) (*partFile, error) {
	at := bytes.LastIndex(data, []byte("startxref\n"))
	if at < 0 {
		return nil, fmt.Errorf("no startxref: %w", errPart)
	}
	start, err := strconv.Atoi(string(firstLine(data[at+len("startxref\n"):])))
	if err != nil || start < 0 || start > at {
		return nil, fmt.Errorf("startxref: %w", errPart)
	}
	lines := bytes.Split(data[start:at], []byte("\n"))
	if len(lines) < 3 || string(lines[0]) != "xref" {
		return nil, fmt.Errorf("xref: %w", errPart)
	}
	file := &partFile{data: data, offsets: []int{0}}
	for _, ln := range lines[3:] {
		if len(ln) < 18 || string(ln[10:18]) != " 00000 n" {
			break
		}
		offset, err := strconv.Atoi(string(ln[:10]))
		if err != nil || offset > start {
			return nil, fmt.Errorf("xref: %w", errPart)
		}
		file.offsets = append(file.offsets, offset)
	}
	return file, nil
}

func firstLine(data []byte) []byte {
	line, _, _ := bytes.Cut(data, []byte("\n"))
	return line
}

var streamLength = regexp.MustCompile(`/Length ([0-9]+)`)

// object returns an object's dictionary and stream.
func (f *partFile) object(n int) (parts, error) {
	if n < 1 || n >= len(f.offsets) {
		return parts{}, fmt.Errorf("object %d: %w", n, errPart)
	}
	rest := f.data[f.offsets[n]:]
	head := strconv.Itoa(n) + " 0 obj\n"
	if !bytes.HasPrefix(rest, []byte(head)) {
		return parts{}, fmt.Errorf("object %d: %w", n, errPart)
	}
	rest = rest[len(head):]
	dict, _, isStream := bytes.Cut(rest, []byte("\nstream\n"))
	end := bytes.Index(dict, []byte("\nendobj\n"))
	if end >= 0 || !isStream {
		return parts{dict: rest[:max(0, bytes.Index(rest, []byte("\nendobj\n")))]}, nil
	}
	found := streamLength.FindSubmatch(dict)
	if found == nil {
		return parts{}, fmt.Errorf("object %d: %w", n, errPart)
	}
	length, err := strconv.Atoi(string(found[1]))
	data := rest[len(dict)+len("\nstream\n"):]
	if err != nil || length > len(data) {
		return parts{}, fmt.Errorf("object %d: %w", n, errPart)
	}
	return parts{dict: dict, stream: data[:length]}, nil
}
