package telegram

import (
	"bytes"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers/jsonfile"
)

// words are the text of a message: one string, or strings mixed with parts that
// have a style or a link.
type words []part

type part struct {
	Type       string          `json:"type"`
	Text       jsonfile.Scalar `json:"text"`
	Href       jsonfile.Scalar `json:"href"`
	UserID     jsonfile.Scalar `json:"user_id"`
	DocumentID jsonfile.Scalar `json:"document_id"`
	Language   jsonfile.Scalar `json:"language"`
	Rest       jsontext.Value  `json:",embed"`
}

// plain is the type of a part without style.
const plain = "plain"

// parts reads a text: a string, a list, or anything else as it stands.
func parts(raw jsontext.Value) (w words) {
	if len(raw) == 0 {
		return nil
	}
	if raw.Kind() != '[' {
		return w.add(raw)
	}
	for _, item := range jsonfile.Items(raw) {
		w = w.add(item)
	}
	return w
}

func (w words) add(raw jsontext.Value) words {
	if raw.Kind() == '{' {
		var p part
		err := json.Unmarshal(raw, &p, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
		if err == nil {
			return append(w, p)
		}
	}
	if text := jsonfile.Plain(raw); text != "" {
		return append(w, part{Type: plain, Text: jsonfile.Scalar(text)})
	}
	return w
}

// plainTwice tells the text of nearly every message: one string, and the same
// string as the only part of the list of parts.
func plainTwice(text, entities jsontext.Value) bool {
	before, same := bytes.CutSuffix(entities[:bytes.LastIndexByte(entities, '"')+1], text)
	return same && len(text) > 2 && text[0] == '"' && bytes.HasSuffix(before, []byte(`"text": `)) && bytes.Contains(before, []byte(`"type": "plain"`)) &&
		bytes.Count(before, []byte{'{'}) == 1 && bytes.Count(before, []byte{':'}) == 2
}

func (w words) String() string {
	if len(w) == 1 {
		return string(w[0].Text)
	}
	var b strings.Builder
	for _, p := range w {
		b.WriteString(string(p.Text))
	}
	return b.String()
}

// same tells whether two lists say the same, style for style.
func (w words) same(other words) bool {
	return slices.EqualFunc(w, other, func(a, b part) bool {
		return a.Type == b.Type && a.Text == b.Text && a.Href == b.Href && a.UserID == b.UserID && a.DocumentID == b.DocumentID &&
			a.Language == b.Language && string(a.Rest) == string(b.Rest)
	})
}

// styles tells what the parts are that are more than words.
func (w words) styles() string {
	var list []string
	for _, p := range w {
		if p.Type == plain {
			continue
		}
		s := strings.ReplaceAll(p.Type, "_", " ") + " “" + string(p.Text) + "”"
		for _, more := range []jsonfile.Scalar{p.Href, p.UserID, p.DocumentID, p.Language, jsonfile.Scalar(p.Rest)} {
			if more != "" {
				s += " " + string(more)
			}
		}
		list = append(list, s)
	}
	return strings.Join(list, "; ")
}
