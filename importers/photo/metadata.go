package photo

import (
	"context"
	"encoding/json"
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
	Cut    bool // the file ends before what it announces
}

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
	for _, v := range m.Values {
		if v.Reader == reader && v.Group == group && v.Name == name {
			return v.Text
		}
	}
	return ""
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
	jobMetadata = "photo metadata"
	jobPicture  = "photo picture"
)

const (
	metadataWall = 5 * time.Second
	pictureWall  = 30 * time.Second // a HEIC of 12 megapixels takes three to six
)

// Metadata reads what the file says about itself, elsewhere.
func (w Worker) Metadata(ctx context.Context, name string, head []byte, at io.ReaderAt, size int64) (Metadata, error) {
	b, err := w.Pool.Do(ctx, worker.Task{
		Job: jobMetadata, Name: name, Head: head, At: at, Size: size, Wall: metadataWall,
	})
	if err != nil {
		return Metadata{}, err
	}
	var m Metadata
	if err := json.Unmarshal(b, &m); err != nil {
		return Metadata{}, fmt.Errorf("%s: what the worker read: %w", name, err)
	}
	return m, nil
}

// Jobs is what a worker must know to serve Worker.
func Jobs() worker.Jobs {
	return worker.Jobs{
		jobMetadata: func(ctx context.Context, _ []byte, at io.ReaderAt, size int64) ([]byte, error) {
			m, err := Local{}.Metadata(ctx, "", nil, at, size)
			if err != nil {
				return nil, err
			}
			return json.Marshal(m)
		},
		jobPicture: pictureJob,
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
