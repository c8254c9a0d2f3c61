package leak

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// mail looks through a letter as it stands, and through its head and parts as what
// they stand for.
func (l *look) mail(at Place, b []byte, depth int) error {
	if err := l.stream(l.words, at, bytes.NewReader(b)); err != nil {
		return err
	}
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil || depth >= mostWithin {
		return nil // no letter that we can take apart: it was looked through as it stands
	}
	var words mime.WordDecoder
	for _, values := range m.Header {
		for _, v := range values {
			if plain, err := words.DecodeHeader(v); err == nil {
				l.text(Place{File: at.File, In: "the head of the letter"}, plain)
			}
		}
	}
	return l.part(at, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, depth)
}

// part looks through a part of a letter, and through the parts of it.
func (l *look) part(at Place, kind, coding string, body io.Reader, depth int) error {
	media, params, err := mime.ParseMediaType(kind)
	if err == nil && strings.HasPrefix(media, "multipart/") && params["boundary"] != "" && depth < mostWithin {
		for parts := multipart.NewReader(body, params["boundary"]); ; {
			p, err := parts.NextRawPart()
			if err != nil {
				if !errors.Is(err, io.EOF) {
					l.note(at.File + ": a part of the letter cannot be read")
				}
				return l.ctx.Err()
			}
			l.text(Place{File: at.File, In: "the name of a part"}, p.FileName())
			if err := l.part(at, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth+1); err != nil {
				return err
			}
		}
	}
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	return l.member(Place{File: at.File + ": a part of the letter"}, body, depth)
}
