package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/importers/facsimile"
	"daybook/report"
	"daybook/timeline"
)

const aboutWithhold = `Keep words, passages, and parts of pictures and of pages out of every served pack.

A word without --event and --item is protected wherever it stands: in messages, names,
names of files, bookmarks, tables and data, in capitals or small letters, with accents
or without, over the end of a line, over messages of one conversation that follow one
another, and a telephone number with and without the code of its country, however its
digits are set apart. Its place is taken by a mark with the reason, as [withheld: address].
A file that holds it is not in the pack. Of an address (ADDRESS, LOCATION) the number of the
house is found before and behind the street, with "no." or "number" before it, and with a
letter or the number of a flat behind it (14a Rose Lane, 14/2 Rose Lane), or with its word
directly beside the address (Flat 2, 14 Rose Lane); Street, Road, Avenue, Lane, Close, Drive
and the like are found in short too. What says the same in other
words stays, and you withhold it by itself: letters of a name that were swapped for others
or for figures (S4oirse, Z0fia), a street without the number of the house, or with it in
words. Rows that name such a street are counted at once, and it is named before each pack.
A number or a plate is found with O for 0 or l for 1 too. In how many rows and names
of files each word stands is said and listed: one that stands in none may be spelt in another
way there, or stand in a picture or a document alone.

--event keeps it out of one row alone, --from and --to a passage of that row by bytes.
--item keeps words out of the rows of one file; with --area it paints parts of a picture
over, in pixels of the whole picture from its upper left corner, and with --page parts of
a page of a PDF, in points, of which an inch has 72 (A4 has 595 by 842). That page is then
a picture in the pack, where --show documents shows pages; poppler-utils makes it. With
--paint the words of a PDF are looked up in its text and painted over wherever they stand.
What is withheld of a file is withheld of each item that is the same bytes; which these are
is said.
No part of a film or a sound can be painted over: it is left out whole.

Nothing is deleted: the originals and the full pack stay as they are, and --undo takes
a withholding back by its entry. Without words what is withheld is listed. To keep words
out of the list of commands that a shell keeps, type - and then a word on each line.

Reasons: %s.

  daybook-cli withhold mycase.daybook "12 High Street" --code ADDRESS
  daybook-cli withhold mycase.daybook --item 7 --area 40,300,200,60 --code VEHICLE
  daybook-cli withhold mycase.daybook --item 9 --page 2 --area 60,120,220,40 --code ADDRESS
  daybook-cli withhold mycase.daybook "12 High Street" --item 9 --paint --code ADDRESS`

// withholdFlags are what a person says is to be withheld.
type withholdFlags struct {
	code, event, reason string
	item                int64
	from, to            int
	areas               []string
	page                int
	paint               bool
	undo                uint64
}

func withholdCommand(t *terminal) *cobra.Command {
	var f withholdFlags
	var codes []string
	for _, w := range timeline.Withholds() {
		codes = append(codes, w.Code)
	}
	cmd := &cobra.Command{
		Use: "withhold CASE [WORDS…]", Short: "Keep words, passages, and parts of pictures and pages out of served packs; take it back", Args: cobra.MinimumNArgs(1),
		Long: fmt.Sprintf(aboutWithhold, strings.Join(codes, ", ")),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if err := f.check(args[1:]); err != nil {
				return use(err)
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			switch {
			case f.undo != 0:
				return t.showAgain(cmd.Context(), x, f)
			case f.code == "":
				return t.withheld(cmd.Context(), c, x)
			}
			drafts, err := t.drafts(cmd.Context(), c, x, f, args[1:])
			if err != nil {
				return err
			}
			made, err := x.Withhold(cmd.Context(), drafts...)
			if err != nil {
				return use(err)
			}
			stands, err := report.Standings(cmd.Context(), c, x, made)
			if err != nil {
				return err
			}
			if err := t.withholding(c, args[0], made, stands, f); err != nil || f.page == 0 && !f.paint {
				return err
			}
			return t.bare(cmd.Context(), c, x, f.item)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.code, "code", "", "the `REASON`")
	fl.StringVar(&f.event, "event", "", "only in the row of this event, by its `ID`")
	fl.IntVar(&f.from, "from", 0, "the first `BYTE` of the passage in the row's text")
	fl.IntVar(&f.to, "to", 0, "the `BYTE` behind the passage")
	fl.Int64Var(&f.item, "item", 0, "only in the rows of this `ITEM`, or in its picture")
	fl.StringArrayVar(&f.areas, "area", nil, "a part of the picture: `LEFT,TOP,WIDTH,HEIGHT` in pixels, or of the page in points")
	fl.IntVar(&f.page, "page", 0, "the area is one of this `PAGE` of a PDF, counted from 1")
	fl.BoolVar(&f.paint, "paint", false, "paint the words over on the pages of the PDF that --item names")
	fl.Uint64Var(&f.undo, "undo", 0, "take back what this `ENTRY` withholds")
	fl.StringVar(&f.reason, "reason", "", "with --undo: `WHY`; the record keeps it")
	return cmd
}

func (f *withholdFlags) check(words []string) error {
	for _, w := range timeline.Withholds() {
		if strings.EqualFold(f.code, w.Code) || strings.EqualFold(f.code, w.Title) {
			f.code = w.Code
		}
	}
	says := len(words) > 0 || f.to != 0 || len(f.areas) > 0
	switch {
	case f.undo != 0 && (says || f.code != ""):
		return errors.New("--undo: takes something back and withholds nothing; do that in a command of its own")
	case f.undo == 0 && f.reason != "":
		return errors.New("--reason: goes with --undo; why something is withheld is its --code")
	case says && f.code == "":
		return errors.New("withhold: say why with --code; daybook-cli withhold --help lists the reasons")
	case !says && f.code != "":
		return errors.New("withhold: give the words, or a part of a picture or a page with --item and --area")
	case f.paint && (len(words) == 0 || f.item == 0 || len(f.areas) > 0):
		return errors.New("--paint: give the words, and the PDF with --item; where they stand is looked up, so that it takes no --area")
	case f.page != 0 && len(f.areas) == 0 && !f.paint:
		return errors.New("--page: say which part of the page, with --area, or which words, with --paint")
	case f.page < 0:
		return errors.New("--page: pages are counted from 1")
	case len(f.areas) > 0 && f.item == 0:
		return errors.New("--area: say of which picture or PDF, with --item")
	case f.event != "" && !anID.MatchString(f.event):
		return fmt.Errorf("--event %q: %s", f.event, wantID)
	}
	return nil
}

// drafts are what is to be withheld.
func (t *terminal) drafts(ctx context.Context, c *evidence.Case, x *timeline.Index, f withholdFlags, words []string) ([]timeline.WithholdingDraft, error) {
	one := timeline.WithholdingDraft{Code: f.code, Item: f.item, From: f.from, To: f.to}
	if f.event != "" {
		ids, err := named(ctx, x, []string{f.event})
		if err != nil {
			return nil, use(err)
		}
		one.Event = ids[0]
	}
	if f.item != 0 {
		if _, err := c.Item(f.item); err != nil {
			return nil, use(fmt.Errorf("--item: %w; the items command lists what there is", err))
		}
	}
	if len(f.areas) > 0 {
		areas, err := areasOf(ctx, c, f)
		one.Areas = areas
		return []timeline.WithholdingDraft{one}, err
	}
	if f.to != 0 {
		return []timeline.WithholdingDraft{one}, nil
	}
	if len(words) == 1 && words[0] == "-" {
		words = words[:0]
		for in := bufio.NewScanner(t.in); in.Scan(); {
			if w := strings.TrimSpace(in.Text()); w != "" {
				words = append(words, w)
			}
		}
	}
	if f.paint {
		areas, err := placesOf(ctx, c, f, words)
		one.Areas = areas
		return []timeline.WithholdingDraft{one}, err
	}
	var all []timeline.WithholdingDraft
	for _, w := range words {
		one.Text = w
		all = append(all, one)
	}
	return all, nil
}

// sayNowhere is said of a word that stands in nothing that was looked through.
const sayNowhere = "stands in no row and in no file's name: look at how it is spelt"

// standsIn says in how much of the case a word stands.
func standsIn(s report.Standing) (said string) {
	switch {
	case s.Nowhere():
		said = sayNowhere
	case s.Names == 0:
		said = "stands in " + count(s.Rows, "row")
	default:
		said = fmt.Sprintf("stands in %s and in %s", count(s.Rows, "row"), count(s.Names, "file's name", "files' names"))
	}
	if s.Street > 0 {
		said += fmt.Sprintf("; its street without the number, or with it in words, stands in %s and stays: look at it, and withhold the street by itself where it should not be read", count(s.Street, "row"))
	}
	return said
}

func (t *terminal) withholding(c *evidence.Case, dir string, made []timeline.Withholding, stands map[uint64]report.Standing, f withholdFlags) error {
	var entries []uint64
	for _, w := range made {
		entries = append(entries, w.Number)
	}
	copies, err := copiesOf(c, f.item)
	if err != nil {
		return err
	}
	if t.json {
		return t.emit(map[string]any{"withheld": len(made), "entries": entries, "stands": stands, "copies": copies})
	}
	fmt.Fprintf(t.out, "Withheld from served packs: %d\n", len(made))
	if len(copies) > 0 {
		fmt.Fprintf(t.out, "The same bytes are also item %s: it is withheld there too.\n", strings.Join(numbersOf(copies), ", "))
	}
	for _, w := range made {
		if s, counted := stands[w.Number]; counted {
			fmt.Fprintf(t.out, "“%s” %s.\n", visible(w.Text), standsIn(s))
		}
	}
	if f.paint {
		fmt.Fprintf(t.out, "Painted over: %s\n", made[0].Words())
	}
	if paged := slices.ContainsFunc(made, func(w timeline.Withholding) bool { return len(w.Areas) > 0 && w.Areas[0].Page > 0 }); paged && facsimile.Find() != nil {
		t.say("Until poppler-utils is installed (its pdftoppm makes a picture of a page), the page is in no served pack.")
	}
	for _, n := range entries {
		fmt.Fprintf(t.out, "To take it back: daybook-cli withhold %s --undo %d\n", forShell(dir), n)
	}
	return nil
}

// copiesOf are the further items that are the same bytes as one.
func copiesOf(c *evidence.Case, item int64) ([]int64, error) {
	if item == 0 {
		return []int64{}, nil
	}
	same, err := c.Copies(item)
	return slices.DeleteFunc(slices.Clone(same), func(n int64) bool { return n == item }), err
}

func (t *terminal) showAgain(ctx context.Context, x *timeline.Index, f withholdFlags) error {
	if err := x.ShowAgain(ctx, f.undo, f.reason); err != nil {
		return use(fmt.Errorf("--undo: %w; withhold CASE lists what is withheld", err))
	}
	if t.json {
		return t.emit(map[string]any{"undone": f.undo})
	}
	fmt.Fprintf(t.out, "Taken back: what entry %d withheld. The record keeps both.\n", f.undo)
	return nil
}

// withheld lists what is withheld.
func (t *terminal) withheld(ctx context.Context, c *evidence.Case, x *timeline.Index) error {
	all := x.Withholdings()
	stands, err := report.Standings(ctx, c, x, all)
	if err != nil {
		return err
	}
	for _, w := range all {
		s, counted := stands[w.Number]
		if t.json {
			line := map[string]any{"entry": w.Number, "code": w.Code, "by": w.By, "at": w.At.Format(time.RFC3339)}
			if w.Text != "" {
				line["text"] = w.Text
			}
			if w.Event != (timeline.ID{}) {
				line["event"] = w.Event
			}
			if w.To > 0 {
				line["from"], line["to"] = w.From, w.To
			}
			if w.Item != 0 {
				line["item"] = w.Item
			}
			if len(w.Areas) > 0 {
				line["areas"] = w.Areas
			}
			if counted {
				line["rows"], line["names"] = s.Rows, s.Names
			}
			if err := t.emit(line); err != nil {
				return err
			}
			continue
		}
		where := ""
		if counted {
			where = "; " + standsIn(s)
		}
		fmt.Fprintf(t.out, "entry %d, %s: %s (%s)%s\n", w.Number, timeline.WithholdTitle(w.Code), visible(w.Words()), visible(w.By), where)
	}
	if len(all) == 0 && !t.json {
		fmt.Fprintln(t.out, "Nothing is withheld by word or place.")
	}
	return nil
}
