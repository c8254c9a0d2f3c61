package importers

import (
	"archive/zip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"
)

type zipContainer struct {
	zip    *zip.Reader
	size   int64
	limits Limits
}

// openZip opens a zip, unless it is a document that only happens to be one
// (Office, OpenDocument, EPUB): those are one file to the person who has them.
// One whose list of members is gone is walked through from its beginning.
func openZip(r readerAt, size int64, limits Limits) (container, error) {
	listing := &listing{r: r, left: listingBase + listingMember*int64(limits.Members)}
	z, err := zip.NewReader(listing, size)
	if listing.left < 0 {
		return nil, errors.New("lists more members than any honest zip; it is kept as it is and was not opened")
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return openCutZip(r, size, limits, err)
	}
	for i, f := range z.File {
		if isDocument(f.Name, i) {
			return nil, nil
		}
	}
	listing.open = true
	z.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser { return flate.NewReader(r) })
	return &zipContainer{z, size, limits}, nil
}

// isDocument tells whether a member makes its zip a document.
func isDocument(name string, place int) bool {
	return name == "[Content_Types].xml" || name == "mimetype" && place == 0
}

// A list of members that is larger than this is not read: it would be held in
// memory whole. Names of some hundred letters fit.
const (
	listingBase   = 1 << 20
	listingMember = 512
)

// listing bounds how much is read while a zip is opened.
type listing struct {
	r    io.ReaderAt
	left int64
	open bool
}

func (l *listing) ReadAt(p []byte, off int64) (int, error) {
	if l.open {
		return l.r.ReadAt(p, off)
	}
	if l.left -= int64(len(p)); l.left < 0 {
		return 0, errLimit
	}
	return l.r.ReadAt(p, off)
}

func (c *zipContainer) walk(ctx context.Context, visit visitor) error {
	offsets := map[int64]string{}
	named := map[string]int{}
	for _, f := range c.zip.File[:min(len(c.zip.File), c.limits.Members)] {
		named[f.Name]++
	}
	left, packed := c.limits.Bytes, uint64(0)
	for i, f := range c.zip.File {
		if err := ctx.Err(); err != nil {
			return err
		}
		if i == c.limits.Members {
			return fmt.Errorf("holds %d members; the first %d were kept: %w", len(c.zip.File), i, errLimit)
		}
		if strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 {
			continue
		}
		if packed += f.CompressedSize64; packed > uint64(c.size) || f.CompressedSize64 > uint64(c.size) {
			return fmt.Errorf("claims to hold more packed bytes than it has, as no honest zip does; the first %d members were kept: %w", i, errLimit)
		}
		out, err := c.visit(f, offsets, left, remark(f.Name, named[f.Name]), visit)
		if err != nil {
			return err
		}
		left -= out
	}
	return nil
}

// visit visits one member and tells how much came out of it.
func (c *zipContainer) visit(f *zip.File, offsets map[int64]string, left int64, note string, visit visitor) (int64, error) {
	m := member{path: labelName(f.Name), size: c.limits.plausible(int64(f.UncompressedSize64), int64(f.CompressedSize64)), modified: f.Modified, wall: !hasZonedTime(f.Extra), note: note}
	r, err := c.open(f, offsets)
	if err != nil {
		return 0, visit(m, nil, err)
	}
	counted := &ratio{r: r, packed: int64(f.CompressedSize64), most: left, ratio: c.limits.Ratio, subject: "the member " + m.path}
	err = visit(m, counted, nil)
	return counted.out, errors.Join(err, r.Close())
}

// remark is what is to be said of a member by its name: that another one has it
// too, which may say something else, or that it is a place outside the folder
// into which a program would unpack the zip.
func remark(name string, times int) string {
	var said []string
	if times > 1 {
		said = append(said, fmt.Sprintf("the zip holds %d members of this name; which of them it was packed with first is not known", times))
	}
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '\\' })
	if slices.Contains(parts, "..") || name != "" && (name[0] == '/' || name[0] == '\\') || len(parts) > 0 && len(parts[0]) == 2 && parts[0][1] == ':' {
		said = append(said, "its name is a place outside the folder that the zip would be unpacked into: it was kept and written nowhere")
	}
	return strings.Join(said, "; ")
}

// open refuses what cannot be an honest member: links, encrypted data, and
// two members that share the same bytes (how a small zip claims a huge size).
func (c *zipContainer) open(f *zip.File, offsets map[int64]string) (io.ReadCloser, error) {
	if f.Flags&1 != 0 {
		return nil, errEncrypted
	}
	if !f.Mode().IsRegular() {
		return nil, errors.New("is no ordinary file but a link or a device, so it was not followed")
	}
	off, err := f.DataOffset()
	if err != nil {
		return nil, fmt.Errorf("its header cannot be read: %w", err)
	}
	if f.CompressedSize64 > 0 {
		if other, ok := offsets[off]; ok {
			return nil, fmt.Errorf("shares its bytes with %s, as no honest zip does", other)
		}
		offsets[off] = labelName(f.Name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("cannot be opened: %w", err)
	}
	return r, nil
}

var errEncrypted = errors.New("is encrypted with a password; unpack the zip with it and add the files")

// hasZonedTime tells whether a member's extra fields hold a time of change in
// UTC: NTFS, Unix or extended. The plain one is what a clock showed.
func hasZonedTime(extra []byte) bool {
	le := binary.LittleEndian
	for len(extra) >= 4 {
		tag, n := le.Uint16(extra), min(int(le.Uint16(extra[2:])), len(extra)-4)
		field := extra[4 : 4+n]
		switch tag {
		case 0x000a:
			if n >= 8+24 && le.Uint16(field[4:]) == 1 {
				return true
			}
		case 0x000d, 0x5855:
			if n >= 8 {
				return true
			}
		case 0x5455:
			if n >= 5 && field[0]&1 != 0 {
				return true
			}
		}
		extra = extra[4+n:]
	}
	return false
}
