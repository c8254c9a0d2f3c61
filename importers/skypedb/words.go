package skypedb

import (
	"strings"

	"golang.org/x/net/html"
)

// words gives the text of a message without the app's XML: the words inside of
// its elements, or those that the app keeps for programs that do not know one
// (alt). The words of another that a message quotes stay marked as such. An element e_m says that the message was edited.
func words(xml string) (text string, edited bool) {
	if !strings.ContainsAny(xml, "<&") {
		return xml, false
	}
	var b strings.Builder
	alt := ""
	for z := html.NewTokenizer(strings.NewReader(xml)); ; {
		switch z.Next() {
		case html.ErrorToken: // the end
			if b.Len() == 0 || alt != "" {
				return alt, edited
			}
			return b.String(), edited
		case html.TextToken:
			b.Write(z.Text())
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "quote" {
				b.WriteString("]")
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			edited = edited || t.Data == "e_m"
			if t.Data == "quote" {
				b.WriteString("[quoting " + author(t) + ": ")
			}
			for _, a := range t.Attr {
				if a.Key == "alt" && alt == "" {
					alt = a.Val
				}
			}
		}
	}
}

// author is whom a message quotes.
func author(quote html.Token) string {
	for _, a := range quote.Attr {
		if a.Key == "author" {
			return a.Val
		}
	}
	return "somebody"
}
