package anonymise

import (
	"compress/gzip"
	"io"
	"strconv"
	"strings"
)

// An archive of web pages (WARC) is a list of records: a line with its version,
// headers of which one says how long the block behind them is, and the block, which
// is mostly an answer of a server. Each record is written anew with the length that
// it then has, and without its digests, which are sums of what was there.

const warcBegin = "WARC/"

// captures writes an archive of web pages, byte for byte as far as it is none.
func (s *scribe) captures(in string) string {
	var b strings.Builder
	for in != "" {
		line := fieldOf(in)
		in = in[len(line):]
		if !strings.HasPrefix(line, warcBegin) {
			b.WriteString(s.bytes(line, s.text))
			continue
		}
		head, rest := fieldsOf(in)
		length := len(rest)
		if n, err := strconv.Atoi(head.get("content-length")); err == nil && n >= 0 && n < length {
			length = n
		}
		block := s.block(head.get("content-type"), rest[:length])
		in = rest[length:]
		b.WriteString(line)
		for _, field := range head {
			name, value, _ := strings.Cut(field, ":")
			switch low := strings.ToLower(name); {
			case strings.HasSuffix(low, "-digest"):
			case low == "content-length":
				b.WriteString(name + ": " + strconv.Itoa(len(block)) + "\r\n")
			case low == "warc-type":
				b.WriteString(field)
			case low == "content-type":
				b.WriteString(name + ":" + s.bytes(value, s.parameters))
			case strings.HasPrefix(low, "warc-"):
				b.WriteString(name + ":" + s.bytes(value, s.text))
			default:
				b.WriteString(s.bytes(field, s.header))
			}
		}
		b.WriteString(block)
	}
	return b.String()
}

// fields are headers, the empty line behind them included.
type fields []string

func fieldsOf(in string) (head fields, rest string) {
	for in != "" {
		field := fieldOf(in)
		head, in = append(head, field), in[len(field):]
		if strings.TrimRight(field, "\r\n") == "" {
			break
		}
	}
	return head, in
}

// get is the value of a header, in small letters.
func (f fields) get(name string) string {
	for _, field := range f {
		if n, value, _ := strings.Cut(field, ":"); strings.EqualFold(n, name) {
			return strings.ToLower(strings.TrimSpace(value))
		}
	}
	return ""
}

// block writes the block of a record.
func (s *scribe) block(kind, in string) string {
	if !strings.HasPrefix(kind, "application/http") {
		if strings.HasPrefix(kind, "application/warc-fields") {
			return s.bytes(in, func(text string) string { return s.entity(text, 0) })
		}
		media, _, _ := strings.Cut(kind, ";")
		return s.body(part{kind: media}, in, 0)
	}
	first := fieldOf(in)
	head, body := fieldsOf(in[len(first):])
	plain, ok := undone(head, body)
	if !ok {
		plain = filled(body)
	}
	var kept strings.Builder
	for _, field := range head {
		switch name, _, _ := strings.Cut(field, ":"); strings.ToLower(name) {
		case "transfer-encoding", "content-encoding": // undone
		case "content-length":
			kept.WriteString(name + ": " + strconv.Itoa(len(plain)) + "\r\n")
		default:
			kept.WriteString(field)
		}
	}
	begin := len("HTTP/1.1 200")
	if !strings.HasPrefix(first, "HTTP/") || len(first) < begin { // what was asked for
		begin = 0
	}
	return first[:begin] + s.bytes(first[begin:], s.text) + s.entity(kept.String()+plain, 0)
}

// mostUnpacked is how many bytes of one answer are unpacked.
const mostUnpacked = 32 << 20

// undone is a body without the codings that it was sent in. ok is false where it
// has another, or is damaged.
func undone(head fields, body string) (plain string, ok bool) {
	if head.get("transfer-encoding") == "chunked" {
		if body, ok = joined(body); !ok {
			return "", false
		}
	}
	switch head.get("content-encoding") {
	case "", "identity":
		return body, true
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(strings.NewReader(body))
		if err != nil {
			return "", false
		}
		b, err := io.ReadAll(io.LimitReader(z, mostUnpacked))
		return string(b), err == nil
	}
	return "", false
}

// joined puts the chunks of a body together (RFC 9112, section 7.1).
func joined(in string) (string, bool) {
	var b strings.Builder
	for {
		line, rest, found := strings.Cut(in, "\n")
		size, _, _ := strings.Cut(line, ";")
		n, err := strconv.ParseUint(strings.TrimSpace(size), 16, 31)
		switch {
		case err != nil || !found || int(n) > len(rest):
			return "", false
		case n == 0:
			return b.String(), true
		}
		b.WriteString(rest[:n])
		in = strings.TrimPrefix(strings.TrimPrefix(rest[n:], "\r"), "\n")
	}
}
