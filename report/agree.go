package report

import (
	"fmt"
	"reflect"
	"strings"
)

// agree is fmt.Sprintf for a sentence that says how many there are of
// something: of “[page|pages]” it has the one or the other, as the number asks that
// was printed last before it, or else the first one behind it. Every sentence whose
// words depend on a number goes this way.
func agree(format string, args ...any) string {
	var out strings.Builder
	next := 0
	for format != "" {
		switch {
		case strings.HasPrefix(format, "%%"):
			out.WriteString("%%")
			format = format[2:]
		case format[0] == '%':
			next++
			out.WriteByte('%')
			format = format[1:]
		case format[0] == '[':
			inside, rest, closed := strings.Cut(format[1:], "]")
			one, many, choice := strings.Cut(inside, "|")
			if !closed || !choice {
				out.WriteByte('[')
				format = format[1:]
				break
			}
			if n, known := nearest(args, next); known && n == 1 {
				many = one
			}
			out.WriteString(many)
			format = rest
		default:
			at := strings.IndexAny(format, "%[")
			if at < 0 {
				at = len(format)
			}
			out.WriteString(format[:at])
			format = format[at:]
		}
	}
	return fmt.Sprintf(out.String(), args...)
}

// nearest is the last number among the first so many values, or else the first of
// the others.
func nearest(args []any, before int) (n int64, known bool) {
	before = min(before, len(args))
	for i := before - 1; i >= 0; i-- {
		if n, ok := wholeNumber(args[i]); ok {
			return n, true
		}
	}
	for _, a := range args[before:] {
		if n, ok := wholeNumber(a); ok {
			return n, true
		}
	}
	return 0, false
}

// wholeNumber is a value that is a whole number.
func wholeNumber(v any) (int64, bool) {
	switch of := reflect.ValueOf(v); {
	case of.CanInt():
		return of.Int(), true
	case of.CanUint():
		return int64(of.Uint()), true
	}
	return 0, false
}
