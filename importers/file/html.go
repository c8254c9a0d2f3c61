package file

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"regexp"
	"strings"

	"daybook/importers/page"
	"daybook/timeline"
)

func isHTML(b []byte) bool {
	s := strings.ToLower(string(b[:min(len(b), 1024)]))
	return strings.Contains(s, "<html") || strings.Contains(s, "<!doctype html")
}

func isMHTML(b []byte) bool {
	s := string(b[:min(len(b), 4096)])
	return strings.Contains(s, "multipart/related") && (strings.Contains(s, "Snapshot-Content-Location:") ||
		strings.Contains(s, "Saved by") || strings.Contains(strings.ToLower(s), "content-location:")) && strings.Contains(strings.ToLower(s), "mime-version:")
}

var (
	singleFile = regexp.MustCompile(`(?s)Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^\n]+)`)
	savedFrom  = regexp.MustCompile(`saved from url=\(\d+\)(\S+)`)
)

// publishedNames are the meta names under which pages state when they were posted.
var publishedNames = map[string]sort{
	"article:published_time": published, "datepublished": published, "date": published, "dc.date": published,
	"dcterms.created": published, "pubdate": published, "og:published_time": published,
	"article:modified_time": modified, "og:updated_time": modified, "datemodified": modified, "last-modified": modified,
}

// html reads the dates, title and first words of a page. Nothing is rendered,
// no script is looked into.
func (f *facts) html(b []byte, more bool) {
	text, encoding := decode(b)
	f.set("encoding", encoding)
	w := web{facts: f, words: page.Text{Most: 2 * maxText}}
	w.read(page.NewReader(strings.NewReader(text)))
	shown, hidden := w.words.Words()
	f.textCut = f.textCut || more || w.words.Cut || max(len(shown), len(hidden)) > maxText
	f.text = tidy(shown, maxText)
	if hidden = tidy(hidden, maxText); hidden != "" {
		f.extra.Set(timeline.NotShown, hidden)
	}
}

// web is an HTML page while it is read.
type web struct {
	*facts
	words page.Text
}

func (w *web) read(r *page.Reader) {
	for {
		p, err := r.Next()
		if err != nil {
			return // the end, or what cannot be read
		}
		switch {
		case p.Kind == page.Comment:
			w.comment(p.Text)
		case p.Kind == page.Open && p.Tag == "meta":
			w.meta(p.Attrs)
		case p.Kind == page.Words && p.Aside && r.Inside("title"):
			w.set("title", strings.Join(strings.Fields(p.Text), " "))
		}
		w.words.Add(p)
	}
}

func (w *web) comment(s string) {
	if g := singleFile.FindStringSubmatch(s); g != nil {
		w.set("address", g[1])
		w.times = append(w.times, parse(captured, "page saved (SingleFile)", strings.TrimSpace(g[2])))
	}
	if g := savedFrom.FindStringSubmatch(s); g != nil {
		w.set("address", g[1])
	}
}

func (w *web) meta(attrs []page.Attr) {
	var name, content string
	for _, a := range attrs {
		switch a.Name {
		case "name", "property", "itemprop", "http-equiv":
			name = strings.ToLower(a.Value)
		case "content":
			content = a.Value
		}
	}
	if s, ok := publishedNames[name]; ok && content != "" {
		w.times = append(w.times, parse(s, "page meta "+name, tidy(content, maxValue)))
	}
	switch name {
	case "og:url":
		w.set("address stated by the page", content)
	case "author", "article:author":
		w.set("author", content)
	case "generator":
		w.set("made with", content)
	}
}

// mailHeader reads header lines up to the first empty one. A line that is none
// belongs to the one before it: programs have written titles over two lines.
func mailHeader(b []byte) (textproto.MIMEHeader, []byte) {
	h := textproto.MIMEHeader{}
	last := ""
	for len(b) > 0 {
		var line []byte
		line, b, _ = bytes.Cut(b, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			break
		}
		name, value, ok := strings.Cut(string(line), ":")
		switch folded := line[0] == ' ' || line[0] == '\t'; {
		case ok && !folded && !strings.ContainsAny(name, " \t"):
			last = textproto.CanonicalMIMEHeaderKey(name)
			h.Add(last, strings.TrimSpace(value))
		case last != "":
			n := len(h[last]) - 1
			h[last][n] += " " + strings.TrimSpace(string(line))
		}
	}
	return h, b
}

// mhtml reads a web page saved as one mail-like file: when, from where, and
// the first words of its first part.
func (f *facts) mhtml(head []byte) error {
	header, body := mailHeader(head)
	if d := header.Get("Date"); d != "" {
		f.times = append(f.times, parse(captured, "page saved (MHTML Date)", d))
	}
	f.set("address", header.Get("Snapshot-Content-Location"))
	f.set("saved with", header.Get("From"))
	title := header.Get("Subject")
	if t, err := new(mime.WordDecoder).DecodeHeader(title); err == nil {
		title = t
	}
	f.set("title", title)
	_, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return fmt.Errorf("mhtml: it has no boundary between its parts")
	}
	part, err := multipart.NewReader(bytes.NewReader(body), params["boundary"]).NextRawPart()
	if err != nil {
		return fmt.Errorf("mhtml: its first part: %w", errors.Join(err, errCut))
	}
	f.set("address", part.Header.Get("Content-Location"))
	if !strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
		return nil
	}
	var r io.Reader = part
	switch strings.ToLower(part.Header.Get("Content-Transfer-Encoding")) {
	case "quoted-printable":
		r = quotedprintable.NewReader(part)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, part)
	}
	b, err := io.ReadAll(r)
	f.html(b, err != nil) // the head ends inside the part more often than not
	return nil
}
