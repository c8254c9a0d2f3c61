package importers

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// CutError is the error of a file that ends too early, in the words of its reader.
type CutError string

func (c CutError) Error() string { return string(c) }

// Unwrap says that something is missing.
func (CutError) Unwrap() error { return io.ErrUnexpectedEOF }

// cutOff says of a file that ends too early what to do about it. Readers tell
// such an end by io.ErrUnexpectedEOF, whatever their words for it.
func cutOff(path string, info Info, outcome error) error {
	if !errors.Is(outcome, io.ErrUnexpectedEOF) || isLost(outcome) {
		return outcome
	}
	what, became := "this file, which looks like "+info.Title+",", "what stands before its end was read"
	if info.Single {
		what, became = "this file", "it is kept as it is"
	}
	why := strings.TrimPrefix(outcome.Error(), path+": ")
	return endsEarly{fmt.Sprintf("%s ends too early (%s): %s; copy it again from where it came, or ask for it again", what, why, became), outcome}
}

// endsEarly is the error of such a file in words that say what to do.
type endsEarly struct {
	words string
	error
}

func (e endsEarly) Error() string { return e.words }

func (e endsEarly) Unwrap() error { return e.error }
