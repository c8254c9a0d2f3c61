package importers_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"daybook/importers"
)

func TestHolds(t *testing.T) {
	const word = "\"ProfileMap\""
	for at := range 3 * len(word) { // before, across and behind the end of the first reading
		text := strings.Repeat("x", 128<<10-len(word)-2+at) + word + "tail"
		for _, want := range []bool{true, false} {
			s := importers.Source{FS: fstest.MapFS{"f": {Data: []byte(text)}}, Path: "f"}
			if got, err := s.Holds(context.Background(), word); got != want || err != nil {
				t.Fatalf("%d: %v, %v", at, got, err)
			}
			if got, err := s.Holds(context.Background(), word, "il"); got != want || err != nil {
				t.Fatalf("%d: with what follows: %v, %v", at, got, err)
			}
			if got, err := s.Holds(context.Background(), "tail", word); got || err != nil {
				t.Fatalf("%d: in the wrong order: %v, %v", at, got, err)
			}
			text = strings.Replace(text, "Map", "map", 1)
		}
	}
}
