package capture

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

// block is what a record holds, while it is read.
type block struct {
	*archive
	*record
	r      *bufio.Reader // counted for the block's digest
	sums   sums
	answer header // of the web server; empty where the block is the content itself
	notes  []string
}

// read makes an event or a skip of the record, having read it to its end.
func (b *block) read() error {
	switch strings.ToLower(b.kind) {
	case "response", "resource":
		return b.content()
	case "revisit":
		return b.skip(b.r, errSame)
	}
	return b.skip(b.r, errNoPage)
}

// content takes an answer of a web server, or a thing kept by itself.
func (b *block) content() error {
	kind := mediaType(b.media)
	declared := b.media
	if start, _ := b.r.Peek(5); string(start) == "HTTP/" || kind == "application/http" {
		h, _, err := readHeader(b.r, true)
		if err != nil {
			return err
		}
		b.answer, declared = h, h.get("content-type")
		kind = mediaType(declared)
	}
	payload := b.sums.payload.through(b.r)
	body, err := b.undone(payload)
	if err != nil {
		return err
	}
	switch status := b.status(); {
	case strings.HasPrefix(status, "3"):
		return b.skip(body, errMoved)
	case isHTML(kind):
		return b.page(body, declared)
	case isMedia(kind) && !strings.HasPrefix(status, "4") && !strings.HasPrefix(status, "5"):
		return b.file(body, kind)
	case kind == "":
		return b.skip(body, errEmpty)
	}
	return b.skip(body, errUnknown)
}

// status is the code with which the server answered, if one did.
func (b *block) status() string {
	_, rest, _ := strings.Cut(b.answer.first, " ")
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	return code
}

// undone undoes how the content was sent. What is not sent as it says is taken
// as it stands.
func (b *block) undone(payload io.Reader) (io.Reader, error) {
	r := b.buffered(forBody, payload)
	if strings.Contains(strings.ToLower(b.answer.get("transfer-encoding")), "chunked") {
		if isChunked(r) {
			r = bufio.NewReader(b.sums.undone.through(newChunks(r)))
		} else {
			b.note("is said to be sent in chunks and is not")
		}
	}
	start, err := r.Peek(2)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return r, nil // what reads it meets the error again
	}
	switch how := strings.ToLower(b.answer.get("content-encoding")); {
	case bytes.Equal(start, []byte{0x1f, 0x8b}):
		g, err := gzip.NewReader(r)
		if err != nil {
			b.note("is packed with gzip and cannot be unpacked")
			return r, nil
		}
		g.Multistream(false)
		return g, nil
	case how == "deflate" && len(start) == 2 && start[0]&15 == 8:
		z, err := zlib.NewReader(r)
		if err != nil {
			b.note("is packed with deflate and cannot be unpacked")
			return r, nil
		}
		return z, nil
	case how != "" && how != "identity" && how != "gzip":
		b.note("is said to be packed with " + how + ", which is not read here")
	}
	return r, nil
}

// isChunked tells whether the first line is the size of a chunk.
func isChunked(r *bufio.Reader) bool {
	start, _ := r.Peek(20)
	line, _, ok := bytes.Cut(start, []byte("\r\n"))
	size, _, _ := bytes.Cut(line, []byte(";"))
	for _, c := range bytes.TrimSpace(size) {
		if nibble(c) < 0 {
			return false
		}
	}
	return ok && len(line) > 0
}

func (b *block) note(s string) { b.notes = append(b.notes, "the content "+s) }

// page hands on a page.
func (b *block) page(body io.Reader, declared string) error {
	lenient := &importers.UntilBroken{R: body}
	k, err := b.readPage(lenient, declared)
	if err != nil {
		return err
	}
	if lenient.Err != nil {
		b.note("cannot be read to its end: " + lenient.Err.Error())
	}
	e, facts := k.event(b.name)
	e.When = b.when
	facts.Add("address", b.address)
	if status := b.status(); status != "" && status != "200" {
		facts.Add("status", b.answer.first)
	}
	facts.Add("header of the record", b.header.words())
	facts.Add("header of the server", b.answer.words())
	if err := b.end(); err != nil {
		return err
	}
	facts.Add("digest", strings.Join(b.sums.say(), "\n"))
	for _, n := range b.notes {
		facts.Flag(timeline.Undecoded)
		facts.Add("odd", n)
	}
	if b.left.N > 0 {
		facts.Flag(timeline.Truncated)
		facts.Add("odd", fmt.Sprintf("the archive ends %d bytes before the record does", b.left.N))
	}
	e.Extra.Set(sameKey, sameOf(b.address, e))
	return b.out.Event(*e)
}

// file keeps a picture or the like as a file of its own.
func (b *block) file(body io.Reader, kind string) error {
	lenient := &importers.UntilBroken{R: body}
	if _, err := b.out.Attach(b.name, nameOf(b.address, "file"), kind, lenient); err != nil {
		return err
	}
	if lenient.Err != nil {
		b.note("cannot be read to its end: " + lenient.Err.Error())
	}
	return b.skipped("", 0, errKept)
}

// skip skips the record with its first words.
func (b *block) skip(body io.Reader, reason error) error {
	words, size, err := shown(&importers.UntilBroken{R: body})
	if err != nil {
		return err
	}
	return b.skipped(words, size, reason)
}

func (b *block) skipped(words string, size int64, reason error) error {
	if err := b.end(); err != nil {
		return err
	}
	if b.left.N > 0 {
		reason = errShort
	}
	said := append(b.sums.disagree(), b.notes...)
	if len(b.sums.disagree()) > 0 {
		reason = fmt.Errorf("%w; %w", reason, errDigest)
	}
	var text string
	for _, s := range append([]string{b.header.words(), b.answer.words(), words}, said...) {
		if s = strings.TrimSpace(s); s != "" {
			text += s + "\n\n"
		}
	}
	return b.out.Skip(b.name, fmt.Sprintf("%s\n(%d bytes)", strings.TrimSpace(text), size), reason)
}

// end reads the record to its end, for its digests.
func (b *block) end() error {
	for _, r := range []io.Reader{b.sums.undone.r, b.sums.payload.r, b.r, b.sums.block.r} {
		if r == nil {
			continue
		}
		if _, err := io.Copy(io.Discard, &importers.UntilBroken{R: r}); err != nil {
			return err
		}
	}
	return b.ctx.Err()
}
