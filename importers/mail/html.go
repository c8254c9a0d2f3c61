package mail

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"daybook/importers/page"
)

// maxLinks and maxLink bound the links of a message that are listed.
const (
	maxLinks = 100
	maxLink  = 2000 // bytes of one
)

// reduce gives the words of HTML in lines, apart from them those that its own style
// hides, and where its links lead. Scripts and styles are left out; nothing is fetched
// and nothing is run.
func reduce(source string) (shown, hidden string, links []string) {
	text := page.Text{Most: maxBody}
	for r := page.NewReader(strings.NewReader(strings.ToValidUTF8(source, "\ufffd"))); ; {
		p, err := r.Next()
		if err != nil { // the end: a string has no other error
			break
		}
		if p.Kind == page.Open && (p.Tag == "a" || p.Tag == "area") && p.Attr("href") != "" && len(links) < maxLinks {
			links = append(links, cutText(p.Attr("href"), maxLink))
		}
		text.Add(p)
	}
	shown, hidden = text.Words()
	return strings.TrimSpace(shown), hidden, links
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
