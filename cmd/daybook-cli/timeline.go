package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"daybook/importers/all"
	"daybook/timeline"
)

// filterFlags are the flags that choose events, the same for every command.
type filterFlags struct {
	from, to, words              string
	people, kinds, sources, mark []string
	undated, again, differ       bool
	unmarked                     bool
}

func (f *filterFlags) on(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.from, "from", "", "first `DAY` or moment: 2025-10-26, 2025-10-26T01:30, or with an offset; of a time that came twice, the first. What may have happened in the period is in it, whatever else it may have been")
	cmd.Flags().StringVar(&f.to, "to", "", "last `DAY`, whole, or the moment before which; of a time that came twice, the second")
	cmd.Flags().StringArrayVar(&f.people, "person", nil, "everything of the person of this `NAME`, address, or number that people prints")
	cmd.Flags().StringArrayVar(&f.kinds, "kind", nil, "`KIND`: message, call, email, photo, shot, incident, report, order, …")
	cmd.Flags().StringArrayVar(&f.sources, "source", nil, "`WHO` read it: whatsapp, sms, mail, …, incident or register")
	cmd.Flags().StringArrayVar(&f.mark, "mark", nil, "`MARK`: a behaviour code, a tag, exhibit or left-out")
	cmd.Flags().StringVar(&f.words, "search", "", "`WORDS`; \"in quotes\" together, -not, begin*")
	cmd.Flags().BoolVar(&f.undated, "undated", false, "only what has no time")
	cmd.Flags().BoolVar(&f.unmarked, "unmarked", false, "only what nobody gave a code; own acts and entries of registers need none and are left out")
	cmd.Flags().BoolVar(&f.again, "again", false, "only what is counted as another: the same message in a further export, the same file under a further name")
	cmd.Flags().BoolVar(&f.differ, "differ", false, "only where another export of the same chat has something else, or nothing")
}

// kindWords are the kinds, with the words by which rows name those that have others.
func kindWords() []string {
	var words []string
	for _, k := range timeline.Kinds() {
		word := string(k)
		if title := k.Title(); title != word {
			word += " (" + title + ")"
		}
		words = append(words, word)
	}
	return words
}

func (f *filterFlags) filter(zone *time.Location) (timeline.Filter, error) {
	out := timeline.Filter{Importers: f.sources, Marks: f.mark, Words: f.words, Undated: f.undated, Again: f.again, Unmarked: f.unmarked}
	if f.differ {
		out.FlagsAny = []timeline.Flag{timeline.ExportsDiffer}
	}
	for _, k := range f.kinds {
		i := slices.IndexFunc(timeline.Kinds(), func(kind timeline.Kind) bool { return k == string(kind) || strings.EqualFold(k, kind.Title()) })
		if i < 0 {
			return out, use(fmt.Errorf("--kind %q: one of %s", k, strings.Join(kindWords(), ", ")))
		}
		out.Kinds = append(out.Kinds, timeline.Kinds()[i])
	}
	for _, s := range f.sources {
		if names := importerNames(); !slices.Contains(names, s) {
			return out, use(fmt.Errorf("--source %q: one of %s", s, join(names)))
		}
	}
	if f.words != "" && !strings.ContainsFunc(f.words, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.IsPunct(r) }) {
		return out, use(fmt.Errorf("--search %q: there is no word in it to look for", f.words))
	}
	from, err := typedMoment(f.from, zone)
	if err != nil {
		return out, use(fmt.Errorf("--from: %w", err))
	}
	to, err := typedMoment(f.to, zone)
	if err != nil {
		return out, use(fmt.Errorf("--to: %w", err))
	}
	out.From, out.To = from.first, to.last
	if to.day {
		out.To = out.To.AddDate(0, 0, 1)
	}
	switch {
	case f.undated && (f.from != "" || f.to != ""):
		return out, use(errors.New("--undated: what has no time lies in no period; leave --from and --to away, or --undated"))
	case !out.From.IsZero() && !out.To.IsZero() && !out.From.Before(out.To):
		return out, use(fmt.Errorf("--from %s: this is not before --to %s, so nothing can lie between them; turn them round", f.from, f.to))
	}
	return out, nil
}

// whom takes each person that is named, who may go by several names and
// addresses. A name that nobody bears stays as it was typed, to be said; one of
// several persons is refused with their numbers.
func (f *filterFlags) whom(x *timeline.Index, out *timeline.Filter) error {
	if len(f.people) == 0 {
		return nil
	}
	people := x.People()
	for _, text := range f.people {
		if len(timeline.CalledPeople(people, text)) == 0 {
			out.Parties = append(out.Parties, text)
			continue
		}
		p, err := timeline.CalledPerson(people, text)
		if several := timeline.CalledPeople(people, text); len(several) > 1 {
			return fmt.Errorf("--person: %w; where they are one: daybook-cli people CASE --join %d,%d --reason WHY", err, several[0].Number, several[1].Number)
		}
		if err != nil {
			return fmt.Errorf("--person: %w", err)
		}
		out.People = append(out.People, p.Number)
	}
	return nil
}

// sayWhyNothing says why a choice of events is empty.
func (t *terminal) sayWhyNothing(ctx context.Context, x *timeline.Index, f timeline.Filter) error {
	if t.missing != "" {
		return nil // that is why, and it is said at the end
	}
	why, err := whyNothing(ctx, x, f)
	if err == nil {
		t.say("%s", visible(why))
	}
	return err
}

// importerNames are the sources of events: what reads them, and the person.
func importerNames() []string {
	names := []string{string(timeline.Incident), "register"}
	for _, imp := range all.Importers(nil) {
		names = append(names, imp.Info().Name)
	}
	return names
}

func join[S ~string](list []S) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	return strings.Join(words, ", ")
}

func timelineCommand(t *terminal) *cobra.Command {
	var f filterFlags
	var format string
	var limit, offset int
	var ids, noPictures bool
	cmd := &cobra.Command{
		Use:   "timeline CASE",
		Short: "Print what happened, in order",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if t.json {
				format = "jsonl"
			}
			if limit < 0 || offset < 0 {
				return use(errors.New("--limit and --offset: a number, 0 or more"))
			}
			write, ok := rowWriters[format]
			if !ok {
				return use(fmt.Errorf("--format %q: text, jsonl, csv or timesketch", format))
			}
			ctx := cmd.Context()
			c, x, err := t.open(ctx, args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			filter, err := t.filter(&f, x)
			if err != nil {
				return err
			}
			filter.Pictures = !noPictures
			found, err := x.Find(ctx, filter)
			if err != nil {
				return use(fmt.Errorf("--search: %w", err))
			}
			for word, taken := range found.Instead {
				t.say("%q stands nowhere; looked for %s instead", word, strings.Join(taken, ", "))
			}
			if format == "text" {
				if err := t.zoneAssumed(ctx, x, filter); err != nil {
					return err
				}
			}
			b := bufio.NewWriterSize(t.out, 64<<10)
			w := write(b, x)
			if ids && format == "text" {
				w = withIDs(b, w)
			}
			withoutInstant, perhaps := 0, 0
			printed, err := eachRow(ctx, found, offset, limit, func(r timeline.Row) error {
				if !r.When.Exact() {
					withoutInstant++
				}
				if may, surely := r.When.In(filter.From, filter.To); may && !surely {
					perhaps++
				}
				return w.row(r)
			})
			if err = errors.Join(err, w.end(), b.Flush()); err != nil {
				return err
			}
			t.say("%d of %d events", printed, found.Len())
			if perhaps > 0 {
				t.say("Of these, %d may have happened then, or may not: no more is known of their time.", perhaps)
			}
			switch {
			case found.Len() == 0:
				return t.sayWhyNothing(ctx, x, filter)
			case printed == 0:
				t.say("--offset %d: there are only %d events.", offset, found.Len())
			case format == "timesketch" && withoutInstant > 0:
				t.say("%d of them have no moment that is known to the minute in UTC, which Timesketch needs, and are not in this list; the other formats have them.", withoutInstant)
			}
			return nil
		},
	}
	f.on(cmd)
	cmd.Flags().StringVar(&format, "format", "text", "`text`, jsonl, csv or timesketch")
	cmd.Flags().BoolVar(&ids, "ids", false, "print each event's id before it, as mark takes it")
	cmd.Flags().BoolVar(&noPictures, "no-pictures", false, "do not search in what was read in pictures")
	cmd.Flags().IntVar(&limit, "limit", 0, "print this `NUMBER` at most; 0 for all")
	cmd.Flags().IntVar(&offset, "offset", 0, "leave out this `NUMBER` first")
	return cmd
}

// eachRow hands over rows a page at a time, so that a million events take no
// more memory than a hundred, and gives how many it handed over.
func eachRow(ctx context.Context, found *timeline.Result, offset, limit int, row func(timeline.Row) error) (n int, err error) {
	const page = 500
	end := found.Len()
	if limit > 0 {
		end = min(end, offset+limit)
	}
	for at := offset; at < end; at += page {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		rows, err := found.Rows(at, min(page, end-at))
		if err != nil {
			return n, err
		}
		for _, r := range rows {
			if err := row(r); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}

// rowWriter prints rows in one format.
type rowWriter struct {
	row func(timeline.Row) error
	end func() error
}

func nothing() error { return nil }

var rowWriters = map[string]func(io.Writer, *timeline.Index) rowWriter{
	"text":       textRows,
	"jsonl":      jsonRows,
	"csv":        csvRows,
	"timesketch": timesketchRows,
}

func jsonRows(w io.Writer, _ *timeline.Index) rowWriter {
	var b []byte
	return rowWriter{func(r timeline.Row) (err error) {
		if b, err = r.AppendJSONL(b[:0]); err != nil {
			return err
		}
		_, err = w.Write(b)
		return err
	}, nothing}
}

// visible shows control characters, which could otherwise rewrite the screen, and those
// that turn the direction of writing, as names are shown (timeline.Shown).
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n', r == '\t':
			b.WriteByte(' ')
		case r < 0x20:
			b.WriteRune(0x2400 + r)
		case unseen(r):
			fmt.Fprintf(&b, "[U+%04X]", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unseen tells what has no shape and can change how others stand on the screen.
func unseen(r rune) bool {
	return r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

func csvRows(w io.Writer, x *timeline.Index) rowWriter {
	c := csv.NewWriter(w)
	header := c.Write([]string{"id", "local", "utc", "time in words", "kind", "from", "to", "text", "files", "item", "record", "marks", "flags", "also in", "machine-read in its pictures", "about", "written down by", "direction"})
	named := ownersNamed(x)
	return rowWriter{func(r timeline.Row) error {
		if header != nil {
			return header
		}
		e := r.Wire()
		r = named(r)
		var to, files, marks, flags []string
		for _, p := range r.To {
			to = append(to, name(p))
		}
		for _, f := range r.Files {
			files = append(files, f.Name)
		}
		for _, m := range r.Marks {
			marks = append(marks, marked(m))
		}
		for _, f := range r.Flags {
			flags = append(flags, string(f))
		}
		var also []string
		for _, p := range r.Also {
			also = append(also, p.Text())
		}
		var read []string
		for _, p := range r.Read {
			read = append(read, p.Text)
		}
		cells := []string{e.ID.String(), e.When.Local, e.When.Instant, r.Said().Text(x.Zone()), r.Kind.Title(), sender(r.Event), strings.Join(to, "; "),
			r.Event.Text, strings.Join(files, "; "), fmt.Sprint(r.Source.Item), r.Source.Record, strings.Join(marks, "; "), strings.Join(flags, "; "), strings.Join(also, "; "), strings.Join(read, "; "), subject(r.Event), r.Author(), direction(r.Event)}
		for i := range cells {
			cells[i] = safeCell(cells[i])
		}
		return c.Write(cells)
	}, func() error { c.Flush(); return c.Error() }}
}

// direction says of an event that is with those whom the column "to" names, and
// of which the source does not say who sent it.
func direction(e timeline.Event) string {
	if e.Directed() {
		return ""
	}
	return "not stated: with those under “to”"
}

// safeCell keeps a spreadsheet from taking text for a formula.
func safeCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// sketched is Timesketch's message. That has no column for whom an incident is
// about.
func sketched(r timeline.Row) string {
	if r.Kind != timeline.Incident {
		return summary(r)
	}
	return strings.TrimPrefix(parties(r.Event)+": "+summary(r), ": ")
}

// timesketchRows prints Timesketch's own columns: message, datetime,
// timestamp_desc. Events whose moment is not known to the minute have no datetime
// there, so they are left to the other formats.
func timesketchRows(w io.Writer, x *timeline.Index) rowWriter {
	named := ownersNamed(x)
	c := csv.NewWriter(w)
	header := c.Write([]string{"message", "datetime", "timestamp_desc", "kind", "from", "item", "record", "event_id"})
	return rowWriter{func(r timeline.Row) error {
		if header != nil || !r.When.Exact() {
			return header
		}
		r = named(r)
		return c.Write([]string{safeCell(sketched(r)), r.When.Instant.UTC().Format("2006-01-02T15:04:05.000000+00:00"), string(r.Kind) + ", " + string(r.When.Basis),
			string(r.Kind), safeCell(sender(r.Event)), fmt.Sprint(r.Source.Item), r.Source.Record, r.ID.String()})
	}, func() error { c.Flush(); return c.Error() }}
}
