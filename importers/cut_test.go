package importers

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"daybook/evidence"
)

// TestCutOff: a file that ends too early is said to be one of a format and what to
// do about it is said too; any other error is as its reader has it.
func TestCutOff(t *testing.T) {
	chat, paper := Info{Title: "a chat"}, Info{Title: "any file", Single: true}
	cut := fmt.Errorf("in/a.json: %w", CutError("message 3 is cut off"))
	for _, c := range []struct {
		info    Info
		outcome error
		want    string
	}{
		{chat, cut, "this file, which looks like a chat, ends too early (message 3 is cut off): what stands before its end was read; "},
		{paper, cut, "this file ends too early (message 3 is cut off): it is kept as it is; "},
		{chat, errors.New("is damaged"), "is damaged"},
		{chat, fmt.Errorf("%w: %w", evidence.ErrDamaged, io.ErrUnexpectedEOF), evidence.ErrDamaged.Error() + ": unexpected EOF"},
	} {
		got := cutOff("in/a.json", c.info, c.outcome)
		if !strings.HasPrefix(got.Error(), c.want) || !errors.Is(got, c.outcome) {
			t.Errorf("%v: %q, want %q", c.outcome, got, c.want)
		}
	}
	if err := cutOff("in/a.json", chat, nil); err != nil {
		t.Error(err)
	}
}
