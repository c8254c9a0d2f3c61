package telegram

import (
	"slices"
	"strings"
	"unicode/utf8"

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

// UnmarshalJSONFrom reads a string, a list, or anything else as it stands.
func (w *words) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	*w = (*w)[:0]
	if d.PeekKind() != '[' {
		return w.one(d)
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() != ']' {
		if err := w.one(d); err != nil {
			return err
		}
	}
	_, err := d.ReadToken()
	return err
}

func (w *words) one(d *jsontext.Decoder) error {
	if d.PeekKind() == '{' {
		var p part
		err := json.UnmarshalDecode(d, &p)
		*w = append(*w, p)
		return err
	}
	raw, err := d.ReadValue()
	if text := jsonfile.Plain(raw); err == nil && text != "" {
		*w = append(*w, part{Type: plain, Text: jsonfile.Scalar(text)})
	}
	return err
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

// repair gives a record whose control characters are written as \x0B with the
// escapes that JSON has for them. A backslash that is escaped itself begins none.
func repair(raw []byte) ([]byte, bool) {
	var out []byte
	last := 0
	for i := 0; i+1 < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		if raw[i+1] == 'x' && i+3 < len(raw) && isHex(raw[i+2]) && isHex(raw[i+3]) {
			out = append(append(out, raw[last:i]...), '\\', 'u', '0', '0', raw[i+2], raw[i+3])
			last = i + 4
		}
		i++
	}
	if last == 0 {
		return raw, false
	}
	return append(out, raw[last:]...), true
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f' }

// cut shortens a text between characters.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}
