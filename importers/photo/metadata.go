package photo

import (
	"context"
	"fmt"
	"io"
	"time"

	"daybook/importers/worker"
)

// Metadata is what a file says about itself, as words, each with who read it
// and where. Nothing in it is judged yet.
type Metadata struct {
	Format string  // "jpeg", "png", "heic", "mov" …; empty when the bytes are none of ours
	Width  int     // in pixels, 0 when not known
	Height int     //
	Values []Value // in the order of the file
	Notes  []string
	Cut    bool   // the file ends before what it announces
	InPart string // why it was not read to its end; empty: it was

	index map[fieldKey]string // of Values, once they are all there
}

type fieldKey struct{ reader, group, name string }

// Value is one fact in the words of the file.
type Value struct {
	Reader string // who read it: Own, Goexif, Imagemeta
	Group  string // "EXIF", "GPS", "XMP", "PNG", "movie", "RIFF", "ID3", "comment", "IPTC"
	Name   string // the field's own name
	Text   string
}

// The readers of a Value.
const (
	Own       = "daybook"
	Goexif    = "goexif"
	Imagemeta = "imagemeta"
)

// Get gives the first value of that name by that reader.
func (m Metadata) Get(reader, group, name string) string {
	if m.index != nil {
		return m.index[fieldKey{reader, group, name}]
	}
	for _, v := range m.Values {
		if v.Reader == reader && v.Group == group && v.Name == name {
			return v.Text
		}
	}
	return ""
}

// indexed is the same, quicker to ask.
func (m Metadata) indexed() Metadata {
	m.index = make(map[fieldKey]string, len(m.Values))
	for _, v := range m.Values {
		k := fieldKey{v.Reader, v.Group, v.Name}
		if _, there := m.index[k]; !there {
			m.index[k] = v.Text
		}
	}
	return m
}

func (m *Metadata) add(reader, group, name, text string) {
	if text = clean(text); text != "" && len(m.Values) < maxValues {
		m.Values = append(m.Values, Value{reader, group, name, text})
	}
}

func (m *Metadata) note(format string, a ...any) {
	if len(m.Notes) < maxNotes {
		m.Notes = append(m.Notes, fmt.Sprintf(format, a...))
	}
}

const (
	maxValues = 400
	maxNotes  = 20
)

// Reader reads the metadata of one file: head is its first bytes, at the whole
// of it. Local does it in this process, Worker in another.
type Reader interface {
	Metadata(ctx context.Context, name string, head []byte, at io.ReaderAt, size int64) (Metadata, error)
}

// Local reads in this process. Foreign libraries run in it with their panics
// contained, which is not enough for bytes that a stranger made: the program
// uses Worker.
type Local struct{}

// Metadata reads what the file says about itself.
func (Local) Metadata(_ context.Context, _ string, head []byte, at io.ReaderAt, size int64) (Metadata, error) {
	return read(&probe{at: headed{head, at}, size: size, left: maxProbe}), nil
}

// Worker reads in a worker process.
type Worker struct{ Pool *worker.Pool }

// The names of this package's jobs.
const (
	jobMetadata  = "photo metadata"
	jobThumbnail = "photo thumbnail"
	jobSize      = "photo size"
	jobPicture   = "photo picture"
	jobGrey      = "photo grey"
)

const (
	metadataWall = 5 * time.Second
	pictureWall  = 30 * time.Second // a HEIC of 12 megapixels takes three to six
)

// Metadata reads what the file says about itself, elsewhere.
func (w Worker) Metadata(ctx context.Context, name string, head []byte, at io.ReaderAt, size int64) (Metadata, error) {
	b, err := w.Pool.Do(ctx, worker.Task{
		Job: jobMetadata, Name: name, Head: wanting(head), At: at, Size: size, Wall: metadataWall,
	})
	if err != nil {
		return Metadata{}, err
	}
	m, err := unpack(b)
	if err != nil {
		return Metadata{}, fmt.Errorf("%s: what the worker read: %w", name, err)
	}
	return m, nil
}

// wanting cuts the head to what will be wanted of it: of a JPEG the segments
// before the picture, of anything else a little. The worker asks for the rest
// if it wants it after all.
func wanting(head []byte) []byte {
	const little = 16 << 10
	if sniff(head) != "jpeg" {
		return head[:min(len(head), little)]
	}
	at := 2
	for at+4 <= len(head) && head[at] == 0xff && head[at+1] != 0xda {
		at += 2 + be16(head[at+2:])
	}
	return head[:min(len(head), at+4)]
}

// Jobs is what a worker must know to serve Worker.
func Jobs() worker.Jobs {
	return worker.Jobs{
		jobMetadata: func(ctx context.Context, _ []byte, at io.ReaderAt, size int64) ([]byte, error) {
			m, err := Local{}.Metadata(ctx, "", nil, at, size)
			if err != nil {
				return nil, err
			}
			return m.pack(), nil
		},
		jobThumbnail: shows(thumbnailJob),
		jobSize:      shows(sizeJob),
		jobPicture:   shows(pictureJob),
		jobGrey:      greyJob,
	}
}

// headed reads from the head what the head holds.
type headed struct {
	head []byte
	at   io.ReaderAt
}

// ReadAt gives the head's bytes without touching the file.
func (h headed) ReadAt(p []byte, off int64) (int, error) {
	if off >= 0 && off+int64(len(p)) <= int64(len(h.head)) {
		return copy(p, h.head[off:]), nil
	}
	if h.at == nil {
		if off < 0 || off >= int64(len(h.head)) {
			return 0, io.EOF
		}
		return copy(p, h.head[off:]), io.EOF
	}
	return h.at.ReadAt(p, off)
}
