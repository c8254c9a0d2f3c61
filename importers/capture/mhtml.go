package capture

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"path"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

// isMHTML tells the header of a page saved as MHTML from that of a letter.
func isMHTML(head []byte, ext string) bool {
	if importers.Binary(head) {
		return false
	}
	h, _, err := readHeader(bufio.NewReader(bytes.NewReader(head)), false)
	if err != nil || h.get("mime-version") == "" && h.get("content-type") == "" {
		return false
	}
	return ext == ".mht" || ext == ".mhtml" || h.get("snapshot-content-location") != "" || strings.HasPrefix(h.get("from"), "<Saved by ")
}

var (
	errNoBoundary = errors.New("the parts of the page cannot be told apart: the line that should stand between them does not come")
	errBefore     = errors.New("stands before the first part of the page and belongs to none")
	errAfter      = errors.New("stands after the last part of the page and belongs to none")
	errLook       = errors.New("is how the page looks or works, not its words")
	errNested     = errors.New("holds parts of its own, which are not read")
)

// snapshot is a page in MHTML while it is read.
type snapshot struct {
	*reading
	page   *kept
	frames []frame
	files  []timeline.Attachment
	first  header // of the page's own part
	parts  int
	cut    bool // the line behind the last part does not come
}

type frame struct{ address, words string }

func (x *reading) mhtml(ctx context.Context, s importers.Source) error {
	return opened(ctx, s, func(r io.Reader) error {
		b := bufio.NewReaderSize(r, 64<<10)
		h, _, err := readHeader(b, false)
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		m := &snapshot{reading: x}
		if err := m.body(b, h); err != nil {
			return err
		}
		return m.hand(h, s)
	})
}

func (m *snapshot) body(b *bufio.Reader, h header) error {
	kind := mediaType(h.get("content-type"))
	if !strings.HasPrefix(kind, "multipart/") {
		return m.part(h, b)
	}
	parts := &parts{r: b, boundary: []byte("--" + strings.TrimRight(param(h.get("content-type"), "boundary"), " "))}
	before, size, err := shown(parts)
	if err != nil {
		return err
	}
	if strings.TrimSpace(before) != "" {
		reason := errBefore
		if !parts.next {
			reason = errNoBoundary
		}
		if err := m.out.Skip("before the parts", fmt.Sprintf("%s (%d bytes)", before, size), reason); err != nil {
			return err
		}
	}
	for parts.next {
		parts.next, parts.done = false, false
		p := bufio.NewReader(parts)
		h, _, err := readHeader(p, false)
		if err != nil {
			return err
		}
		if err := m.part(h, p); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, p); err != nil {
			return err
		}
	}
	m.cut = !parts.closed
	after, size, err := shown(b)
	if err != nil || strings.TrimSpace(after) == "" {
		return err
	}
	return m.out.Skip("after the parts", fmt.Sprintf("%s (%d bytes)", after, size), errAfter)
}

// part takes one part: the page, a frame of it, a file, or how it looks.
func (m *snapshot) part(h header, r io.Reader) error {
	if len(bytes.TrimSpace(h.raw)) == 0 {
		_, err := io.Copy(io.Discard, r)
		return err
	}
	m.parts++
	record := fmt.Sprintf("part %d", m.parts)
	switch strings.ToLower(h.get("content-transfer-encoding")) {
	case "base64":
		r = importers.NewBase64(r)
	case "quoted-printable":
		r = &quoted{r: bufio.NewReader(r)}
	}
	kind := mediaType(h.get("content-type"))
	switch {
	case isHTML(kind):
		return m.html(h, r)
	case isMedia(kind):
		a, err := m.out.Attach("page", nameOf(h.get("content-location"), record), kind, r)
		m.files = append(m.files, a)
		return err
	}
	words, size, err := shown(r)
	if err != nil {
		return err
	}
	if kind == "text/plain" && m.page == nil {
		m.page, m.first = &kept{words: words, size: size, cut: size > maxWords}, h
		return nil
	}
	reason := errLook
	if strings.HasPrefix(kind, "multipart/") {
		reason = errNested
	}
	return m.out.Skip(record, fmt.Sprintf("%s\n%s\n(%d bytes)", h.words(), words, size), reason)
}

func (m *snapshot) html(h header, r io.Reader) error {
	k, err := m.readPage(r, h.get("content-type"))
	if err != nil {
		return err
	}
	if m.page == nil {
		m.page, m.first = k, h
		return nil
	}
	m.frames = append(m.frames, frame{h.words(), k.words})
	m.page.hidden = strings.TrimSpace(m.page.hidden + "\n\n" + k.hidden)
	return nil
}

// hand hands on the page.
func (m *snapshot) hand(h header, s importers.Source) error {
	missing := m.page == nil
	if missing {
		m.page = &kept{}
	}
	e, facts := m.page.event("page")
	if missing {
		facts.Flag(timeline.Truncated)
		facts.Add("damage", "the file holds no page")
	}
	if m.cut {
		facts.Flag(timeline.Truncated)
		facts.Add("damage", "the file ends before its last part does")
	}
	e.When = mailDate(h.get("date"))
	if h.dated {
		facts.Flag(timeline.TimesDisagree)
	}
	if h.get("date") == "" {
		var flags []timeline.Flag
		e.When, flags = fileTime(s)
		facts.Flag(flags...)
	}
	address := h.get("snapshot-content-location")
	if address == "" {
		address = m.first.get("content-location")
	}
	facts.Add("address", address)
	if subject := decoded(h.get("subject")); subject != m.page.title {
		facts.Add("title", subject)
	}
	facts.Add("kept with", strings.Trim(strings.TrimPrefix(h.get("from"), "<Saved by "), "<>"))
	facts.Add("header", h.words())
	if m.parts > 0 {
		facts.Add("header of the part", m.first.words())
	}
	for i, f := range m.frames {
		facts.Add(fmt.Sprintf("frame %d", i+1), f.address+"\n\n"+f.words)
	}
	e.Files = m.files
	e.Extra.Set(sameKey, sameOf(address, e))
	return m.out.Event(*e)
}

// decoded undoes the encoded words of a header; what cannot be decoded stands as
// it came.
func decoded(s string) string {
	if d, err := new(mime.WordDecoder).DecodeHeader(s); err == nil {
		return strings.ToValidUTF8(d, "\ufffd")
	}
	return s
}

// nameOf is the name of the file that an address leads to.
func nameOf(address, otherwise string) string {
	address, _, _ = strings.Cut(address, "?")
	if name := path.Base(address); address != "" && name != "/" && name != "." {
		return importers.Shorten(name, 200)
	}
	return otherwise
}

// shown gives the first words of what is read to its end, and its size.
func shown(r io.Reader) (string, int64, error) {
	var first bytes.Buffer
	n, err := io.Copy(&first, io.LimitReader(r, maxWords))
	if err != nil {
		return "", n, err
	}
	rest, err := io.Copy(io.Discard, r)
	words := first.String()
	if bytes.IndexByte(first.Bytes(), 0) >= 0 {
		words = strconv.QuoteToASCII(words[:min(len(words), 64)]) + "…"
	}
	return strings.ToValidUTF8(words, "\ufffd"), n + rest, err
}
