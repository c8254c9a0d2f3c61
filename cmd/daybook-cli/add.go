package main

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/importers"
	"daybook/timeline"
)

func addCommand(t *terminal) *cobra.Command {
	var zone, order, owner, note, dev, columns string
	var answers []string
	cmd := &cobra.Command{
		Use:   "add CASE PATH…",
		Short: "Add files, folders and zips, and say what became of each",
		Long: "Add files, folders and zips, and say what became of each. With --device, add them on an add-only device: there is no\n" +
			"CASE and no passphrase then, every argument is a path, and nothing can be read back.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if slices.Contains(args, "") {
				return use(errors.New("add: one of the paths is empty, and nothing was added; in a script, look at how its variable is set"))
			}
			if dev != "" {
				return t.addOn(cmd.Context(), dev, note, args)
			}
			if len(args) < 2 && len(answers) == 0 {
				return use(errors.New("add: name at least one file or folder, or an --answer"))
			}
			ctx := cmd.Context()
			c, x, err := t.open(ctx, args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			assume, err := assumed(c, zone, order, owner)
			if err != nil {
				return use(err)
			}
			if columns != "" {
				if assume.Columns, err = wordsOf(columns); err != nil {
					return use(fmt.Errorf("--columns: %w", err))
				}
			}
			given, items, err := answered(answers)
			if err != nil {
				return use(err)
			}
			if err := fitting(ctx, c, x, given); err != nil {
				return err
			}
			set, stop, err := readers(ctx)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, stop()) }()
			run := importers.Run{Case: c, Index: x, Set: set, Assume: assume, Limits: importers.DefaultLimits, Progress: t.progress, Ask: t.ask}
			var rec timeline.Reconciliation
			if len(items) > 0 {
				run.Ask = func(it evidence.Item, _ *importers.Ask) (string, bool) { a, ok := given[it.Number]; return a, ok }
				rec, err = run.Read(ctx, items...)
			} else {
				rec, err = run.Add(ctx, note, args[1:]...)
			}
			if err == nil {
				err = c.Settle(ctx, t.progress)
			}
			t.endProgress()
			if err != nil {
				return err
			}
			if err := t.whose(ctx, x, rec, args[0]); err != nil {
				return err
			}
			if err := t.contradicted(ctx, x, rec); err != nil {
				return err
			}
			t.preparable(rec, c, args[0])
			return t.reconciled(rec, c, x)
		},
	}
	cmd.Flags().StringVar(&zone, "zone", "", "the time `ZONE` of clocks that show none; else the case's own")
	cmd.Flags().StringVar(&order, "date-order", "", "`dmy`, mdy or ymd, where the file cannot tell")
	cmd.Flags().StringVar(&owner, "owner", "", "the `NAME` in these files that is the person whose export it is")
	cmd.Flags().StringVar(&columns, "columns", "", "the `FILE` (columns.json) that says which column of a telephone bill is which")
	cmd.Flags().StringVar(&dev, "device", "", "the `FOLDER` of an add-only device (device makes one): add without a passphrase")
	cmd.Flags().StringVar(&note, "note", "", "how these files were obtained, in your `WORDS`")
	cmd.Flags().StringArrayVar(&answers, "answer", nil, "`ITEM=ANSWER`: read an item whose question was left open (ITEM=@FILE: the answer stands in a file)")
	return cmd
}

// assumed gathers what a person says beforehand.
func assumed(c *evidence.Case, zone, order, owner string) (importers.Assume, error) {
	a := importers.Assume{Zone: c.Zone(), DateOrder: importers.DateOrder(order), Owner: owner}
	switch a.DateOrder {
	case "", importers.DayFirst, importers.MonthFirst, importers.YearFirst:
	default:
		return a, fmt.Errorf("--date-order %q: dmy, mdy or ymd", order)
	}
	if zone != "" {
		z, err := zoneNamed(zone)
		if err != nil {
			return a, err
		}
		a.Zone = z
	}
	return a, nil
}

// ask puts an importer's question to the person at the terminal.
func (t *terminal) ask(it evidence.Item, a *importers.Ask) (string, bool) {
	if !t.interactive() {
		return "", false
	}
	t.endProgress()
	t.say("%s: %s", visible(it.Path), a.Text)
	for i, c := range a.Choices {
		t.say("  %d  %s   %s", i+1, c.Value, visible(c.Example))
	}
	for {
		s, err := t.line("Number, or Enter to answer later: ")
		if err != nil || s == "" {
			return "", false
		}
		if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= len(a.Choices) {
			return a.Choices[n-1].Value, true
		}
	}
}

// reconciled prints what became of everything, and turns anything that could
// not be read into exit code 3.
func (t *terminal) reconciled(rec timeline.Reconciliation, c *evidence.Case, x *timeline.Index) error {
	if t.json {
		t.documents(rec, c)
		if err := t.emit(rec); err != nil {
			return err
		}
	} else {
		t.reconciliation(rec, c)
		t.verified(rec, x)
	}
	if n := len(rec.Failed); n > 0 && rec.Items == 0 {
		return fmt.Errorf("nothing was added: %s could not be read, named above with the reason", count(n, "file"))
	}
	if n := len(rec.Failed) + len(rec.Asks); n > 0 {
		return exit{exitPartial, fmt.Errorf("done, and not all of it could be read: %s named above, with the reason or the question; everything that was stored is kept", count(n, "place is", "places are"))}
	}
	return nil
}

// manyPictures is from how many on the first bundle waits for minutes while their
// pictures are made.
const manyPictures = 200

// preparable says that the pictures which many files need on the pages of a bundle can
// be made at leisure.
func (t *terminal) preparable(rec timeline.Reconciliation, c *evidence.Case, folder string) {
	n := 0
	for _, s := range rec.Sources {
		if it, err := c.Item(s.Item); err == nil && strings.HasPrefix(it.Type, "image/") {
			n++
		}
	}
	if n >= manyPictures {
		t.say("%s came in: daybook-cli prepare %s makes what a bundle shows of them while there is time; otherwise the first bundle does, and takes longer", count(n, "picture"), forShell(visible(folder)))
	}
}

// contradicted says that exports of one chat differ, where what was added shares
// messages with an earlier one.
func (t *terminal) contradicted(ctx context.Context, x *timeline.Index, rec timeline.Reconciliation) error {
	if rec.Already == 0 {
		return nil
	}
	n, err := differing(ctx, x)
	if err == nil && n > 0 {
		t.say("%s", differ(n))
	}
	return err
}

func (t *terminal) reconciliation(rec timeline.Reconciliation, c *evidence.Case) {
	if rec.Files+rec.Items+rec.Events+rec.Skips+len(rec.Failed) == 0 {
		t.say("There was nothing in it to add.")
		return
	}
	t.say("%s, %s, %s, %s skipped", count(rec.Files, "file"), count(rec.Items, "item"), count(rec.Events, "event"), count(rec.Skips, "record"))
	if rec.Already > 0 {
		t.say("%s (the same message, or the same file, was added earlier) and counted once", already(rec.Already))
	}
	for _, s := range rec.Sources {
		if s.Forged > 0 {
			t.say("  ATTENTION: %s: in the words of %s a line looks like the beginning of another message, and may be one; timeline says which", visible(s.Path), count(s.Forged, "message"))
		}
		if s.Ahead > 0 {
			t.say("  ATTENTION: %s: %s dated later than today: its clock may be wrong, or its dates read in the wrong order; timeline says which", visible(s.Path), count(s.Ahead, "event"))
		}
	}
	t.say("Files that the events name (a photo names itself): %d, of them %d found, %d missing", rec.Attachments.Named, rec.Attachments.Found, rec.Attachments.Missing)
	if rec.First != nil && rec.Last != nil {
		t.say("From %s to %s", inWords(*rec.First, c.Zone()), inWords(*rec.Last, c.Zone()))
	}
	for _, s := range rec.Sources {
		if s.Events > 1 || s.Skips > 0 || s.Broken != "" {
			t.say("%s  %s  (%s)", made(s.Events, s.Skips), visible(place(c, s.Item, s.Path)), s.Importer)
		}
	}
	t.remarks(rec, c)
	t.documents(rec, c)
	for _, u := range rec.Unclaimed {
		t.say("  kept, not read: %s", visible(u.Path))
	}
	for _, s := range rec.Same {
		t.say("  the same file as item %d, kept and counted once: %s", s.As, visible(place(c, s.Item, s.Path)))
	}
	for _, f := range rec.Failed {
		first, _, _ := strings.Cut(f.Reason, "\n")
		t.say("  %s: %s", visible(f.Path), visible(first))
	}
	for _, q := range rec.Asks {
		t.say("  item %d, %s: %s", q.Item, visible(q.Path), visible(q.Question))
		for _, c := range q.Choices {
			t.say("      --answer %s   %s", forShell(fmt.Sprintf("%d=%s", q.Item, visible(c.Value))), visible(c.Example))
		}
	}
}

// forShell is a word as a shell takes it: quoted, where it has more than letters,
// digits and what no shell reads anything into.
func forShell(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("=-_./:,@+", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// aBundle is the importer of bundles that another Daybook wrote.
const aBundle = "bundle"

// verified says what another person's bundle was found to be. What is wrong with
// one that was changed stands among what could not be read.
func (t *terminal) verified(rec timeline.Reconciliation, x *timeline.Index) {
	for _, s := range rec.Sources {
		r, ok := x.Reading(s.Item)
		if s.Importer != aBundle || !ok || s.Broken != "" || len(r.Covers) < 2 { // its parts say one thing: that they are parts
			continue
		}
		t.say("  %s: %s", visible(s.Path), visible(r.Covers[0].Note))
	}
}

func already(n int) string {
	if n == 1 {
		return "1 of the events was already there"
	}
	return fmt.Sprintf("%d of the events were already there", n)
}

// inWords is a time as a person reads it; the source's own words where it is
// none.
func inWords(w timeline.WireWhen, zone *time.Location) string {
	when, err := w.Time()
	if err != nil {
		return visible(w.Raw)
	}
	return when.Brief(zone)
}

// count is how many there are of something; more is its plural, where that does
// not end in s alone.
func count(n int, of string, more ...string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %s", n, append(more, of+"s")[0])
}

// made is what became of the records of a file, below those of the others.
func made(events, skips int) string {
	return fmt.Sprintf("  %13s, %d skipped", count(events, "event"), skips)
}

// remarks says what there is to be said of how members of a zip were named or
// found, each remark once.
func (t *terminal) remarks(rec timeline.Reconciliation, c *evidence.Case) {
	met := map[string]int{}
	var order, first []string
	for _, s := range rec.Sources {
		it, err := c.Item(s.Item)
		if err != nil || it.How != "member" || it.Note == "" {
			continue
		}
		if met[it.Note]++; met[it.Note] == 1 {
			order, first = append(order, it.Note), append(first, visible(place(c, s.Item, s.Path)))
		}
	}
	for i, note := range order {
		where := first[i]
		if n := met[note]; n > 1 {
			where += fmt.Sprintf(", and %d more", n-1)
		}
		t.say("  ATTENTION: %s: %s", where, note)
	}
}

// documents lists what no other importer has read, for a person to see whether
// a chat is among it.
func (t *terminal) documents(rec timeline.Reconciliation, c *evidence.Case) {
	listed := false
	for _, s := range rec.Sources {
		if s.Importer != anyFile {
			continue
		}
		where := visible(place(c, s.Item, s.Path))
		if it, err := c.Item(s.Item); err == nil && it.Size == 0 {
			t.say("  ATTENTION: %s is empty: there is nothing in it; if it was not empty where it came from, copy it again and add it", where)
		} else if what := importers.ExportNamed(s.Path); what != "" {
			t.say("  ATTENTION: %s has the name of %s export and could not be read as one; it is kept as a document", where, what)
		} else if s.Broken == "" && slices.Contains(tables, strings.ToLower(path.Ext(s.Path))) {
			t.say("  kept as a document, for it is no export that can be read yet: %s", where)
			if tabular := []string{".csv", ".tsv"}; slices.Contains(tabular, strings.ToLower(path.Ext(s.Path))) {
				listed = true
			}
		} else {
			t.say("  kept as a document: %s", where)
		}
	}
	if listed {
		t.say("  Is one of these a list of calls or texts? It is read when its header names a day, the number (or from and to), and the duration, cost or direction;")
		t.say("  where these columns are called otherwise, say which is which: add … --columns FILE, with {\"date\": \"…\", \"time\": \"…\", \"from\": \"…\", \"to\": \"…\", \"duration\": \"…\"} in the file")
	}
}

// anyFile is the importer of what no other importer reads.
const anyFile = "file"

// tables are the endings of files that a program writes for programs to read.
var tables = []string{".json", ".jsonl", ".csv", ".tsv", ".xml", ".db", ".sqlite"}

// place is the path of an item, with what it came in.
func place(c *evidence.Case, item int64, path string) string {
	it, err := c.Item(item)
	if err != nil || it.Parent == 0 {
		return path
	}
	within, err := c.Item(it.Parent)
	if err != nil {
		return path
	}
	return path + ", in " + within.Name
}
