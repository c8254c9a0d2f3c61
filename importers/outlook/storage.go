package outlook

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
)

// maxValue is how much of one property is held: a body is not larger.
const maxValue = 16 << 20

// The sizes of what stands before the fixed properties of a storage.
const (
	topHeader    = 32
	insideHeader = 24 // of a message inside a message
	partHeader   = 8  // of a recipient or an attachment
)

// storage is a folder of a compound file: a message, a recipient, an attachment.
type storage struct {
	name    string
	streams map[string]*mscfb.File
	folders []*storage
	used    map[string]bool // streams that were read
	fixed   map[uint32]uint64
}

// openStorage reads the directory of a compound file.
func openStorage(at io.ReaderAt, size int64) (root *storage, err error) {
	// The library reads what a file claims about itself; a claim that it does
	// not check must cost this file and nothing else.
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, fmt.Errorf("its directory makes no sense: %v", r)
		}
	}()
	doc, err := mscfb.New(at)
	if err != nil {
		return nil, err
	}
	root = &storage{streams: map[string]*mscfb.File{}}
	folders := map[string]*storage{"": root}
	for f, err := doc.Next(); err != io.EOF; f, err = doc.Next() {
		if err != nil {
			return nil, err
		}
		where := strings.Join(f.Path, "/")
		in := folders[where]
		if in == nil {
			in = root
		}
		if !f.FileInfo().IsDir() {
			f.Size = min(f.Size, size) // whatever the file says: a chain of its sectors can be a circle
			in.streams[f.Name] = f
			continue
		}
		s := &storage{name: f.Name, streams: map[string]*mscfb.File{}}
		in.folders = append(in.folders, s)
		folders[strings.TrimPrefix(where+"/"+f.Name, "/")] = s
	}
	return root, nil
}

// folder gives a folder inside, or nil.
func (s *storage) folder(name string) *storage {
	for _, f := range s.folders {
		if f.name == name {
			return f
		}
	}
	return nil
}

// all gives the folders whose name begins with something, in the order of their
// names, which are numbers.
func (s *storage) all(prefix string) []*storage {
	var list []*storage
	for _, f := range s.folders {
		if strings.HasPrefix(f.name, prefix) {
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b *storage) int { return strings.Compare(a.name, b.name) })
	return list
}

// stream gives a stream by its name.
func (s *storage) stream(name string) (*mscfb.File, bool) {
	f, ok := s.streams[name]
	if ok {
		if s.used == nil {
			s.used = map[string]bool{}
		}
		s.used[name] = true
	}
	return f, ok
}

// bytes reads a stream, as much of it as is held. One that breaks off is not read,
// for half an address is another one; half of the words of a letter is better
// than nothing.
func (s *storage) bytes(name string) []byte {
	f, ok := s.stream(name)
	if !ok {
		return nil
	}
	data, err := io.ReadAll(fromStart(f, maxValue))
	if err != nil && !slices.ContainsFunc(bodies, func(body string) bool { return strings.HasPrefix(name, body) }) {
		return nil
	}
	return data
}

// bodies are how the streams of a letter's words begin: plain, rich, and as a page.
var bodies = []string{"__substg1.0_1000", "__substg1.0_1009", "__substg1.0_1013"}

// fromStart reads a stream, up to some size, whoever has read in it before.
func fromStart(f *mscfb.File, most int64) io.Reader {
	return contained{io.LimitReader(&rewound{f: f}, most)}
}

// rewound goes back to the beginning before it reads.
type rewound struct {
	f    *mscfb.File
	done bool
}

func (r *rewound) Read(p []byte) (int, error) {
	if r.f.Size == 0 {
		return 0, io.EOF
	}
	if !r.done {
		if _, err := r.f.Seek(0, io.SeekStart); err != nil {
			return 0, err
		}
		r.done = true
	}
	return r.f.Read(p)
}

// contained reads a stream; a panic of the library is an error of the stream.
type contained struct{ r io.Reader }

func (c contained) Read(p []byte) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err = 0, fmt.Errorf("the stream makes no sense: %v", r)
		}
	}()
	n, err = c.r.Read(p)
	if n == 0 && err == nil && len(p) > 0 {
		err = errors.New("the stream is shorter than the file says")
	}
	return n, err
}

// properties reads the fixed properties: the value of each by its tag.
func (s *storage) properties(header int) map[uint32]uint64 {
	if s.fixed != nil {
		return s.fixed
	}
	s.fixed = map[uint32]uint64{}
	data := s.bytes("__properties_version1.0")
	for i := header; i+16 <= len(data); i += 16 {
		s.fixed[binary.LittleEndian.Uint32(data[i:])] = binary.LittleEndian.Uint64(data[i+8:])
	}
	return s.fixed
}

// The types of properties.
const (
	typeInt    = 0x0003
	typeBool   = 0x000b
	typeTime   = 0x0040
	typeANSI   = 0x001e
	typeText   = 0x001f
	typeBinary = 0x0102
)

func name(id uint16, kind uint16) string { return fmt.Sprintf("__substg1.0_%04X%04X", id, kind) }

func (s *storage) value(id, kind uint16) (uint64, bool) {
	v, ok := s.fixed[uint32(id)<<16|uint32(kind)]
	return v, ok
}

func (s *storage) number(id uint16) (int, bool) {
	v, ok := s.value(id, typeInt)
	return int(int32(v)), ok
}

// words is a text property, of ANSI in the code page of the message.
func (s *storage) words(id uint16, page int) string {
	if data := s.bytes(name(id, typeText)); data != nil {
		return strings.TrimRight(fromUTF16(data), "\x00")
	}
	return strings.TrimRight(fromPage(s.bytes(name(id, typeANSI)), page), "\x00")
}

// first is the first of several properties that says something.
func (s *storage) first(page int, ids ...uint16) string {
	for _, id := range ids {
		if w := strings.TrimSpace(s.words(id, page)); w != "" {
			return w
		}
	}
	return ""
}

// unread names the streams that nothing has read, with their sizes.
func (s *storage) unread() string {
	var list []string
	for n, f := range s.streams {
		if !s.used[n] {
			list = append(list, fmt.Sprintf("%s: %d bytes", strings.TrimPrefix(n, "__substg1.0_"), f.Size))
		}
	}
	slices.Sort(list)
	return strings.Join(list, "\n")
}

func fromUTF16(data []byte) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

func utf16Of(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

func hasExt(file, ext string) bool { return strings.EqualFold(path.Ext(file), ext) }
