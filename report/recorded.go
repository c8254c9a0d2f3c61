package report

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"daybook/evidence"
	"daybook/timeline"
)

// What was chosen for a served pack stands in its bag-info.txt: the details that it
// shows, by their names, and the persons whom it is about, each by a mark that the
// case alone can make. A person's own number is made from an address, so that it
// could be found by trying all addresses.
const (
	infoShows = "Daybook-Shows"
	infoAbout = "Daybook-About"
)

// personMark is the mark of a person in the packs of one case.
func personMark(sign func([]byte) ([]byte, error), person int64) (string, error) {
	signed, err := sign(fmt.Appendf(nil, "daybook: a pack about person\n%d\n", person))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(signed)
	return hex.EncodeToString(sum[:8]), nil
}

// recorded are the lines of what was chosen for a served pack.
func (b *Bundle) recorded() (lines [][2]string, err error) {
	if len(b.Show) > 0 {
		var shows []string
		for _, d := range b.Show {
			shows = append(shows, string(d))
		}
		lines = append(lines, [2]string{infoShows, strings.Join(shows, ", ")})
	}
	var about []string
	for _, n := range b.chosen.About {
		mark, err := personMark(b.Signer.Sign, n)
		if err != nil {
			return nil, err
		}
		about = append(about, mark)
	}
	if len(about) > 0 {
		lines = append(lines, [2]string{infoAbout, strings.Join(about, ", ")})
	}
	return lines, nil
}

// Recorded is what was chosen for a finished pack of a case, as the pack itself and,
// of one that was frozen, the case has it.
func Recorded(ctx context.Context, c *evidence.Case, x *timeline.Index, bundle fs.FS) (sel Selection, err error) {
	info, err := fs.ReadFile(bundle, "bag-info.txt")
	if err != nil {
		return sel, fmt.Errorf("bag-info.txt: %w", err)
	}
	var about []string
	for in := bufio.NewScanner(bytes.NewReader(info)); in.Scan(); {
		name, value, _ := strings.Cut(in.Text(), ": ")
		switch name {
		case infoShows:
			for _, d := range strings.Split(value, ", ") {
				sel.Show = append(sel.Show, Detail(d))
			}
		case infoAbout:
			about = strings.Split(value, ", ")
		}
	}
	people := x.People()
	for i := range people {
		if len(about) == 0 {
			break
		}
		mark, err := personMark(c.Sign, people[i].Number)
		if err != nil {
			return sel, err
		}
		if slices.Contains(about, mark) {
			sel.About = append(sel.About, people[i].Number)
		}
	}
	sel.Withhold, err = withheldThen(ctx, c, bundle)
	return sel, err
}

// withheldThen are the items that were left out of a pack that was frozen.
func withheldThen(ctx context.Context, c *evidence.Case, bundle fs.FS) (map[int64]string, error) {
	list, err := fs.ReadFile(bundle, payloadList)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", payloadList, err)
	}
	sum := sha256.Sum256(list)
	all, err := FrozenBundles(ctx, c)
	for _, f := range all {
		if f.Manifest == hex.EncodeToString(sum[:]) {
			return f.Chosen.Withhold, err
		}
	}
	return nil, err
}
