package sms

import (
	"fmt"
	"strings"
)

// attribute is one attribute of an element.
type attribute struct {
	name string
	text
}

// attributes are those of one element, in their order.
type attributes []attribute

// null is what the app writes for a value that a record does not have.
const null = "null"

// get gives a value; ok is false when it is not there, empty, or "null".
func (a attributes) get(name string) (string, bool) {
	for i := range a {
		if a[i].name == name {
			v := a[i].shown
			return v, v != "" && v != null
		}
	}
	return "", false
}

// value is get without the answer whether there is one: empty then.
func (a attributes) value(name string) string {
	if v, ok := a.get(name); ok {
		return v
	}
	return ""
}

func (a attributes) find(name string) text {
	for i := range a {
		if a[i].name == name {
			return a[i].text
		}
	}
	return text{}
}

// words gives an element as it would be written, for a skip.
func (a attributes) words(element string) string {
	var w strings.Builder
	w.WriteString("<" + element)
	for _, at := range a {
		if w.Len() > maxStray {
			break
		}
		fmt.Fprintf(&w, " %s=%q", at.name, at.shown)
	}
	return cutText(w.String(), maxStray-1) + ">"
}

// attributes reads those of a start tag. With an error it gives those before
// it, the one that is cut off included.
func (s *scanner) attributes() (attributes, error) { return s.into(nil) }

// brief is attributes for a record that is handed on before the next is read:
// the same room serves them all.
func (s *scanner) brief() (attributes, error) {
	list, err := s.into(s.room[:0])
	s.room = list
	return list, err
}

func (s *scanner) into(list attributes) (attributes, error) {
	for {
		name, quote, ok, err := s.attr()
		if err != nil || !ok {
			return list, err
		}
		v, err := s.text(quote, limit(name))
		if list, ok = list.with(name, v); err != nil {
			return list, err
		}
		if !ok || len(list) > maxAttrs {
			return list, tooManyAttributes(s.offset())
		}
	}
}

func tooManyAttributes(at int64) error {
	return &broken{at, fmt.Sprintf("an element has more than %d attributes, or one of them three times", maxAttrs)}
}

// with adds an attribute. One that comes twice, which XML forbids, is kept
// under a name of its own; ok is false for a third.
func (a attributes) with(name string, v text) (_ attributes, ok bool) {
	if a.has(name) {
		name += " (2)"
		v.odd = true
	}
	return append(a, attribute{name, v}), !a.has(name)
}

func (a attributes) has(name string) bool {
	for i := range a {
		if a[i].name == name {
			return true
		}
	}
	return false
}

func limit(name string) int {
	if name == "body" || name == "text" {
		return maxText
	}
	return maxValue
}
