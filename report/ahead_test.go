package report

import (
	"context"
	"errors"
	"iter"
	"testing"

	"pgregory.net/rapid"
)

// TestAheadGivesTheList: what is read ahead is the list, to its end, to its first error
// or to where the reader stops; and the list is no longer walked when the reader has
// stopped.
func TestAheadGivesTheList(t *testing.T) {
	broken := errors.New("broken")
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.IntRange(0, 10*aheadEach).Draw(t, "length")
		breaks := rapid.IntRange(0, 12*aheadEach).Draw(t, "breaks")
		stops := rapid.IntRange(1, 12*aheadEach).Draw(t, "stops")
		walked := 0
		list := func(context.Context) iter.Seq2[int, error] {
			return func(yield func(int, error) bool) {
				for ; walked < length; walked++ {
					if walked == breaks {
						yield(0, broken)
						return
					}
					if !yield(walked, nil) {
						return
					}
				}
			}
		}
		read := 0
		var err error
		for one, failed := range ahead(context.Background(), list) {
			if err = failed; err != nil {
				break
			}
			if one != read {
				t.Fatalf("read %d, want %d", one, read)
			}
			if read++; read == stops {
				break
			}
		}
		if want := min(length, breaks, stops); read != want {
			t.Errorf("%d of %d were read", read, want)
		}
		if fails := breaks < length && breaks < stops; (err != nil) != fails || fails && !errors.Is(err, broken) {
			t.Errorf("error: %v", err)
		}
		if most := read + (aheadLists+2)*aheadEach; walked > most {
			t.Errorf("%d were walked for a reader of %d", walked, read)
		}
	})
}

// TestAheadIsCancelled: a list that is cancelled ends with the reason.
func TestAheadIsCancelled(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	endless := func(context.Context) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			for yield(1, nil) {
			}
		}
	}
	read := 0
	for _, err := range ahead(ctx, endless) {
		if read++; read == 1000 {
			stop()
		}
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			return
		}
		if read > 1000+(aheadLists+3)*aheadEach {
			t.Fatal("it goes on")
		}
	}
	t.Error("it ended as if it were whole")
}
