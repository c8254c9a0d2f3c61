package capture

import (
	"bufio"
	"bytes"
	"io"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// The limits of what is held of one record.
const (
	maxHeader = 256 << 10 // bytes of a header
	maxWords  = 4 << 10   // bytes shown of what is skipped
)

// header is a header as it stands, and its fields.
type header struct {
	raw    []byte
	first  string // its first line, where that is no field
	fields map[string]string
	dated  bool // it has two dates, which are not the same
	cut    bool // it has no end, or is longer than is held
}

// readHeader reads lines up to an empty one. first tells that the first line is
// a status or a version.
func readHeader(r *bufio.Reader, first bool) (h header, size int64, err error) {
	fresh := true
	for {
		line, err := r.ReadSlice('\n')
		size += int64(len(line))
		if len(h.raw) < maxHeader {
			h.raw = append(h.raw, line...)
		} else {
			h.cut = true
		}
		if err == nil && fresh && len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
		fresh = err == nil
		if err == io.EOF || size > maxHeader {
			h.cut = true
			break
		}
		if err != nil && err != bufio.ErrBufferFull {
			return h, size, err
		}
	}
	h.parse(first)
	return h, size, nil
}

// parse makes the fields; a line that begins with a space goes on with the one
// before it. Of a name that comes twice the first holds, and both stand in raw.
func (h *header) parse(first bool) {
	h.fields = map[string]string{}
	name := ""
	for line := range strings.Lines(text(h.raw)) {
		line = strings.TrimRight(line, "\r\n")
		key, value, ok := strings.Cut(line, ":")
		switch {
		case first:
			h.first, first = strings.TrimSpace(line), false
		case strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t"):
			if name != "" {
				h.fields[name] += " " + strings.TrimSpace(line)
			}
		case ok:
			name = strings.ToLower(strings.TrimSpace(key))
			if have, twice := h.fields[name]; twice {
				h.dated = h.dated || name == "date" && have != strings.TrimSpace(value)
				name = ""
				continue
			}
			h.fields[name] = strings.TrimSpace(value)
		}
	}
}

func (h header) get(name string) string { return h.fields[name] }

// words gives a header as text.
func (h header) words() string {
	return strings.TrimSpace(strings.ReplaceAll(text(h.raw), "\r\n", "\n"))
}

// text reads bytes as UTF-8, or as Windows has them where they are none.
func text(b []byte) string {
	if !utf8.Valid(b) {
		if s, err := charmap.Windows1252.NewDecoder().Bytes(b); err == nil {
			return string(s)
		}
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}

// mediaType is the type that a field names, without its parameters.
func mediaType(field string) string {
	kind, _, _ := strings.Cut(field, ";")
	return strings.ToLower(strings.TrimSpace(kind))
}

// param gives a parameter of a field, however badly the field is written.
func param(field, name string) string {
	if _, params, err := mime.ParseMediaType(field); err == nil {
		return params[name]
	}
	for part := range strings.SplitSeq(field, ";") {
		key, value, _ := strings.Cut(part, "=")
		if strings.EqualFold(strings.TrimSpace(key), name) {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return ""
}

func isHTML(kind string) bool { return kind == "text/html" || kind == "application/xhtml+xml" }

// isMedia tells what is kept as a file of its own.
func isMedia(kind string) bool {
	family, _, _ := strings.Cut(kind, "/")
	return family == "image" || family == "video" || family == "audio" || kind == "application/pdf"
}
