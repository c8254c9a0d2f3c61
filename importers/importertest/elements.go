package importertest

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// elements checks of a JSON file what drops checks of lines: the loss of any
// record of any list shows in the result, however the file is laid out.
func (s *suite) elements(t *testing.T, sample Sample, path string, data []byte, whole Result) {
	spans, err := listed(data)
	if err != nil || len(spans) == 0 {
		return
	}
	want := string(whole.Lines(path))
	step := max(1, len(spans)/150)
	for i := 0; i < len(spans); i += step {
		lost := spans[i].of(data)
		if r := s.check(t, sample, path, spans[i].without(data)); string(r.Lines(path)) == want && !s.mayGo(lost) {
			t.Errorf("%s: nothing shows that the element at byte %d is gone: %.120q", path, spans[i].from, lost)
		}
	}
}

// span is where an element of a list lies.
type span struct{ from, to int64 }

func (p span) of(data []byte) []byte { return data[p.from:p.to] }

// without gives the file without the element and one comma beside it.
func (p span) without(data []byte) []byte {
	before, after := data[:p.from], data[p.to:]
	if rest := bytes.TrimLeft(after, " \t\r\n"); len(rest) > 0 && rest[0] == ',' {
		after = rest[1:]
	} else {
		before = bytes.TrimSuffix(bytes.TrimRight(before, " \t\r\n"), []byte(","))
	}
	return append(bytes.Clone(before), after...)
}

// listed finds the lists and objects that are elements of a list, in a JSON file, or of the JSON that
// follows an assignment. An error means that it is none.
func listed(data []byte) ([]span, error) {
	start := int64(bytes.IndexAny(data, "[{"))
	if start < 0 {
		return nil, nil
	}
	d := jsontext.NewDecoder(bytes.NewReader(data[start:]), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	var open []int64 // where the lists and objects begin that are being read
	var spans []span
	for {
		tok, err := d.ReadToken()
		if errors.Is(err, io.EOF) {
			return spans, nil
		}
		if err != nil {
			return nil, err
		}
		end := start + d.InputOffset()
		switch tok.Kind() {
		case '[', '{':
			open = append(open, end-1)
		case ']', '}':
			from := open[len(open)-1]
			open = open[:len(open)-1]
			if kind, _ := d.StackIndex(d.StackDepth()); kind == '[' {
				spans = append(spans, span{from, end})
			}
		}
	}
}
