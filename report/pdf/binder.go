package pdf

import (
	"bufio"
	"bytes"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"runtime"
	"strconv"
)

// binder writes the objects of the document one after the other and notes
// where they are. An object's number can be reserved before it is written.
// Objects that are no streams are gathered into object streams.
type binder struct {
	w        *bufio.Writer
	at       int64
	sum      hash.Hash32 // of all that was written: the source of the file's ID
	objects  []objectPlace
	gathered bytes.Buffer // objects for the next object stream
	starts   []gatheredAt
	pictures map[string]placed // by the SHA-256 of their bytes
	forms    int               // pages of foreign files, written as forms
	fonts    int               // the dictionary of all fonts
	root     int               // of the page tree
	nodes    []int             // page tree nodes of nodePages each
	presses  []*press
	err      error
}

// objectPlace is where an object lies: at an offset of the file, or as the
// index-th of an object stream.
type objectPlace struct {
	offset int64
	holder int // object number of the object stream; 0: none
	index  int
}

type gatheredAt struct{ number, offset int }

const (
	nodePages     = 100
	gatherObjects = 200
	gatherBytes   = 64 << 10
)

// pageObjects are the object numbers of a page.
type pageObjects struct {
	page, late, links int
	owners            int // whose the marks of the page are
}

func newBinder(w io.Writer) *binder {
	b := &binder{
		w:        bufio.NewWriterSize(w, 256<<10),
		sum:      crc32.New(crc32.MakeTable(crc32.Castagnoli)),
		objects:  make([]objectPlace, 1),
		pictures: map[string]placed{},
	}
	for range runtime.GOMAXPROCS(0) {
		b.presses = append(b.presses, &press{})
	}
	b.fonts, b.root = b.reserve(), b.reserve()
	b.write([]byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"))
	return b
}

// reserve takes the next object number.
func (b *binder) reserve() int {
	b.objects = append(b.objects, objectPlace{})
	return len(b.objects) - 1
}

func (b *binder) write(data []byte) {
	if b.err != nil {
		return
	}
	n, err := b.w.Write(data)
	b.at += int64(n)
	b.sum.Write(data) // never fails
	if err != nil {
		b.err = fmt.Errorf("write the document: %w", err)
	}
}

// object writes an object that is no stream.
func (b *binder) object(number int, body []byte) {
	b.starts = append(b.starts, gatheredAt{number, b.gathered.Len()})
	b.gathered.Write(body)
	b.gathered.WriteByte('\n')
	if len(b.starts) >= gatherObjects || b.gathered.Len() >= gatherBytes {
		b.flush()
	}
}

// flush writes the gathered objects as one object stream.
func (b *binder) flush() {
	if len(b.starts) == 0 {
		return
	}
	number := b.reserve()
	var index []byte
	for i, start := range b.starts {
		index = append(strconv.AppendInt(index, int64(start.number), 10), ' ')
		index = append(strconv.AppendInt(index, int64(start.offset), 10), ' ')
		b.objects[start.number] = objectPlace{holder: number, index: i}
	}
	body := append(index, b.gathered.Bytes()...)
	dict := fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(b.starts), len(index))
	b.starts, b.gathered = b.starts[:0], bytes.Buffer{}
	b.pressed(number, dict, body)
}

// stream writes a stream object as it is; dict holds what stands between the
// brackets, without the length.
func (b *binder) stream(number int, dict string, data []byte) {
	if b.err != nil {
		return
	}
	b.objects[number] = objectPlace{offset: b.at}
	b.write(fmt.Appendf(nil, "%d 0 obj\n<<%s/Length %d>>\nstream\n", number, dict, len(data)))
	b.write(data)
	b.write([]byte("\nendstream\nendobj\n"))
}

// pressed writes a stream compressed, unless it is too short to gain by it.
func (b *binder) pressed(number int, dict string, data []byte) {
	if len(data) < shortStream {
		b.stream(number, dict, data)
		return
	}
	out, err := b.presses[0].press(data)
	if err != nil && b.err == nil {
		b.err = err
	}
	b.stream(number, dict+flate, out)
}

const (
	shortStream = 160
	flate       = "/Filter/FlateDecode"
)

// bind writes a part's pages into the document, and forgets them.
func (b *binder) bind(p *part, pages []page, first int) error {
	contents, err := p.unbind()
	if err != nil {
		return err
	}
	contents, err = b.pressAll(contents)
	if err != nil {
		return err
	}
	resources := b.reserve()
	dict := fmt.Appendf(nil, "<</Font %d 0 R", b.fonts)
	if len(p.placed) > 0 {
		dict = append(dict, "/XObject<<"...)
		for _, picture := range p.placed {
			dict = fmt.Appendf(dict, "/%s %d 0 R", picture.name, picture.number)
		}
		dict = append(dict, ">>"...)
	}
	b.object(resources, append(dict, ">>"...))
	for i, content := range contents {
		b.page(p.first+i-first, &pages[p.first+i], content, resources)
	}
	return b.err
}

// page writes a page. Its late content and its links come at the end.
func (b *binder) page(index int, p *page, content []byte, resources int) {
	shown := b.reserve()
	b.stream(shown, flate, content)
	p.objects.late = b.reserve()
	dict := fmt.Appendf(nil, "<</Type/Page/Parent %d 0 R/MediaBox[0 0 ", b.node(index))
	dict = append(appendNumber(dict, p.size.Width), ' ')
	dict = appendNumber(dict, p.size.Height)
	dict = fmt.Appendf(dict, "]/Resources %d 0 R/Contents[%d 0 R %d 0 R]/Group<</S/Transparency/CS/DeviceRGB>>/Tabs/S/StructParents %d",
		resources, shown, p.objects.late, index)
	if len(p.links) > 0 {
		p.objects.links = b.reserve()
		dict = fmt.Appendf(dict, "/Annots %d 0 R", p.objects.links)
	}
	b.object(p.objects.page, append(dict, ">>"...))
}

// node is the page tree's node above a page.
func (b *binder) node(index int) int {
	for len(b.nodes) <= index/nodePages {
		b.nodes = append(b.nodes, b.reserve())
	}
	return b.nodes[index/nodePages]
}

// close writes the cross-reference stream and the trailer.
func (b *binder) close(trailer string) error {
	b.flush()
	number := b.reserve()
	start := b.at
	b.objects[number] = objectPlace{offset: start}
	table := make([]byte, 0, (1+len(entry{}))*len(b.objects))
	var last entry
	for i, place := range b.objects {
		next := placeEntry(1, place.offset, 0)
		switch {
		case i == 0:
			next = entry{6: 0xFF, 7: 0xFF}
		case place.holder != 0:
			next = placeEntry(2, int64(place.holder), place.index)
		}
		table = append(table, up)
		for j := range next {
			table = append(table, next[j]-last[j])
		}
		last = next
	}
	dict := fmt.Sprintf("/Type/XRef/Size %d/W[1 5 2]/DecodeParms<</Predictor 12/Columns %d>>%s", len(b.objects), len(last), trailer)
	out, err := b.presses[0].press(table)
	if err != nil {
		return err
	}
	b.stream(number, dict+flate, out)
	b.write(fmt.Appendf(nil, "startxref\n%d\n%%%%EOF\n", start))
	if b.err != nil {
		return b.err
	}
	if err := b.w.Flush(); err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	return nil
}

// up tells a reader that each byte of a row is given as its difference to the one
// above it: most are nothing.
const up = 2

// An entry is a row of the cross-reference table.
type entry [8]byte

func placeEntry(kind byte, first int64, second int) entry {
	return entry{kind, byte(first >> 32), byte(first >> 24), byte(first >> 16), byte(first >> 8), byte(first),
		byte(second >> 8), byte(second)}
}
