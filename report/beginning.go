package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"daybook/report/pdf"
)

// excerptBytes is the most that is shown of a text original: some files are one
// line.
const excerptBytes = 64 << 10

// beginning is the text of an original as far as it is shown, and how far that is.
type beginning struct {
	text        string
	lines, of   int
	bytes, size int64
	headers     bool // it is those of a letter, and none is missing
}

// begin reads the first lines of an original as text, or the headers of a letter.
// Bytes that are no UTF-8 are shown as what they are: not readable.
func (b *Bundle) begin(ctx context.Context, e Exhibit, part Excerpt) (beginning, error) {
	r, err := b.Open(ctx, e.Hash)
	if err != nil {
		return beginning{}, err
	}
	x, err := begins(r, part)
	return x, errors.Join(err, r.Close())
}

func begins(r io.Reader, part Excerpt) (beginning, error) {
	var head bytes.Buffer
	all := &lineCount{}
	in := io.TeeReader(r, all)
	if _, err := io.CopyN(&head, in, excerptBytes); err != nil && !errors.Is(err, io.EOF) {
		return beginning{}, err
	}
	if _, err := io.Copy(io.Discard, in); err != nil {
		return beginning{}, err
	}
	var x beginning
	shown := &lineCount{}
	var text strings.Builder
	for left := head.Bytes(); len(left) > 0 && shown.lines() < part.Lines; {
		line, rest, ended := bytes.Cut(left, []byte("\n"))
		if x.headers = part.Headers && ended && len(bytes.TrimSuffix(line, []byte("\r"))) == 0; x.headers {
			break
		}
		line = left[:len(left)-len(rest)]
		if len(rest) == 0 && all.bytes > excerptBytes {
			line = wholeLetters(line)
		}
		text.Write(line)
		shown.add(line)
		left = rest
	}
	x.text = strings.ReplaceAll(strings.TrimPrefix(text.String(), "\ufeff"), "\r\n", "\n")
	x.text = strings.TrimSuffix(strings.ToValidUTF8(x.text, "\ufffd"), "\n")
	x.lines, x.of, x.bytes, x.size = shown.lines(), all.lines(), shown.bytes, all.bytes
	return x, nil
}

// wholeLetters leaves away what of a letter stands at the end.
func wholeLetters(b []byte) []byte {
	for n := 1; n <= min(utf8.UTFMax, len(b)); n++ {
		if last := b[len(b)-n:]; utf8.RuneStart(last[0]) && !utf8.FullRune(last) {
			return b[:len(b)-n]
		}
	}
	return b
}

// lineCount counts the lines of what is written to it; the last may have no end.
type lineCount struct {
	bytes int64
	ends  int
	open  bool // behind the last end there is something
}

func (c *lineCount) Write(b []byte) (int, error) {
	c.add(b)
	return len(b), nil
}

func (c *lineCount) add(b []byte) {
	if len(b) > 0 {
		c.bytes, c.ends, c.open = c.bytes+int64(len(b)), c.ends+bytes.Count(b, []byte("\n")), b[len(b)-1] != '\n'
	}
}

func (c *lineCount) lines() int {
	if c.open {
		return c.ends + 1
	}
	return c.ends
}

// said is how much of a file is shown, and where the whole is.
func (x beginning) said(e Exhibit, part Excerpt) string {
	if x.headers || part.Headers && x.bytes == x.size {
		return sayHeaders
	}
	if x.bytes == x.size {
		return sayTextWhole
	}
	where := sayTextAbsent
	if e.File != "" {
		where = fmt.Sprintf(sayTextCut, e.File)
	}
	s := agree(sayTextPart, x.lines, x.of, x.bytes, x.size, where)
	if part.Headers {
		return sayHeaders + " " + s
	}
	return s
}

// excerpt prints the first lines of a text original, and before them how many that
// are.
func (p *paper) excerpt(b Excerpt) error {
	e, _ := p.b.exhibit(b.Item)
	x, err := p.b.begin(p.ctx, e, b)
	if err != nil {
		return err
	}
	if err := p.block(para(x.said(e, b))); err != nil {
		return err
	}
	p.doc.Paragraph(pdf.Listing, pdf.Run{Text: x.text})
	return p.doc.Err()
}
