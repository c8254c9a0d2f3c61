package mail

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxLinks and maxLink bound the links of a message that are listed.
const (
	maxLinks = 100
	maxLink  = 2000 // bytes of one
)

// reduce gives the words of HTML in lines, and where its links lead. Scripts,
// styles and what is not shown by design are left out; nothing is fetched and
// nothing is run.
func reduce(source string) (text string, links []string) {
	r := reducer{}
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken: // the end: a strings.Reader has no other error
			return r.text(), r.links
		case html.TextToken:
			if r.hidden == 0 {
				r.words(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			r.start(atom.Lookup(name), z, more)
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(atom.Lookup(name))
		}
	}
}

// metaCharset is the charset that a page declares for itself, near its start.
func metaCharset(page []byte) string {
	const near = 4 << 10
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), near)]))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return ""
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		name, more := z.TagName()
		if atom.Lookup(name) != atom.Meta {
			continue
		}
		for more {
			var key, value []byte
			key, value, more = z.TagAttr()
			_, after, inContent := strings.Cut(strings.ToLower(string(value)), "charset=")
			switch {
			case string(key) == "charset":
				return string(value)
			case string(key) == "content" && inContent:
				return strings.TrimSpace(after)
			}
		}
	}
}

type reducer struct {
	out    strings.Builder
	breaks int  // line breaks owed before the next word
	space  bool // a space is owed
	hidden atom.Atom
	pre    int
	links  []string
}

// words adds text, its white space drawn together outside <pre>.
func (r *reducer) words(s string) {
	if r.pre > 0 {
		r.owe()
		r.out.WriteString(strings.ReplaceAll(s, "\r\n", "\n"))
		return
	}
	for s != "" {
		i := strings.IndexFunc(s, isSpace)
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			r.owe()
			r.out.WriteString(s[:i])
			s = s[i:]
		}
		rest := strings.TrimLeftFunc(s, isSpace)
		if len(rest) < len(s) {
			r.space = true
		}
		s = rest
	}
}

// isSpace tells white space that HTML draws together; a no-break space is
// none.
func isSpace(c rune) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// owe writes what is due before a word.
func (r *reducer) owe() {
	switch {
	case r.out.Len() == 0:
	case r.breaks > 0:
		r.out.WriteString("\n\n"[:min(r.breaks, 2)])
	case r.space:
		r.out.WriteByte(' ')
	}
	r.breaks, r.space = 0, false
}

func (r *reducer) start(tag atom.Atom, z *html.Tokenizer, attrs bool) {
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Template:
		if r.hidden == 0 {
			r.hidden = tag
		}
	case atom.Pre:
		r.pre++
	case atom.Td, atom.Th:
		r.space = true
	case atom.Br:
		r.breaks++
	}
	r.block(tag)
	for attrs {
		var key, value []byte
		key, value, attrs = z.TagAttr()
		if (tag == atom.A || tag == atom.Area) && string(key) == "href" && len(r.links) < maxLinks {
			r.links = append(r.links, cutText(strings.ToValidUTF8(string(value), "\ufffd"), maxLink))
		}
	}
}

func (r *reducer) end(tag atom.Atom) {
	switch {
	case tag == r.hidden:
		r.hidden = 0
	case tag == atom.Pre && r.pre > 0:
		r.pre--
	}
	r.block(tag)
}

// block lets a new line begin at an element that has one of its own.
func (r *reducer) block(tag atom.Atom) {
	switch tag {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Table, atom.Ul, atom.Ol, atom.Pre, atom.Hr:
		r.breaks = max(r.breaks, 2)
	case atom.Div, atom.Li, atom.Tr, atom.Dt, atom.Dd, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Address, atom.Center, atom.Body:
		r.breaks = max(r.breaks, 1)
	}
}

func (r *reducer) text() string {
	return strings.TrimSpace(strings.ToValidUTF8(r.out.String(), "\ufffd"))
}
