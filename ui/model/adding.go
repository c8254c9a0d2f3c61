package model

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/importers"
	"daybook/timeline"
)

// Add puts files, folders and zips into the case and reads them. The outcome
// says what became of each; it stands beside an error too, for what was stored
// until then stays.
func (d *Desk) Add(ctx context.Context, note string, paths []string, progress evidence.Progress) (Outcome, error) {
	if len(paths) == 0 {
		return Outcome{}, errors.New("choose at least one file or folder")
	}
	return d.adding(ctx, progress, func(r importers.Run) (timeline.Reconciliation, error) {
		return r.Add(ctx, strings.TrimSpace(note), paths...)
	})
}

// Pasted is a picture as it came from the clipboard. It is nowhere on the disk.
type Pasted struct {
	Type string // its media type
	Data []byte
}

// Paste puts a picture from the clipboard into the case. It goes there from
// memory.
func (d *Desk) Paste(ctx context.Context, note string, p Pasted, now time.Time, progress evidence.Progress) (Outcome, error) {
	return d.adding(ctx, progress, func(r importers.Run) (timeline.Reconciliation, error) {
		name := "pasted picture " + now.In(r.Case.Zone()).Format("2006-01-02 15.04.05") + ending(p.Type)
		it, err := r.Case.Add(ctx, strings.NewReader(string(p.Data)), evidence.Provenance{Name: name, Path: name, Type: p.Type,
			Size: int64(len(p.Data)), How: "clipboard", Note: strings.TrimSpace(note)})
		if err != nil {
			return timeline.Reconciliation{}, err
		}
		rec, err := r.Read(ctx, it.Number)
		rec.Files = 1
		return rec, err
	})
}

func ending(mediaType string) string {
	switch mediaType {
	case "image/jpeg":
		return ".jpg"
	case "image/bmp":
		return ".bmp"
	}
	return ".png"
}

// Answer reads what waited for answers; they are given by item.
func (d *Desk) Answer(ctx context.Context, answers map[int64]string, progress evidence.Progress) (Outcome, error) {
	var items []int64
	for n := range answers {
		items = append(items, n)
	}
	if len(items) == 0 {
		return Outcome{}, errors.New("choose an answer first")
	}
	slices.Sort(items)
	return d.adding(ctx, progress, func(r importers.Run) (timeline.Reconciliation, error) {
		r.Ask = func(it evidence.Item, _ *importers.Ask) (string, bool) { a, ok := answers[it.Number]; return a, ok }
		return r.Read(ctx, items...)
	})
}

// GoOn reads what was stored and not read when an act of adding was stopped.
func (d *Desk) GoOn(ctx context.Context, progress evidence.Progress) (Outcome, error) {
	return d.adding(ctx, progress, func(r importers.Run) (timeline.Reconciliation, error) { return r.Resume(ctx) })
}

// adding does one act of adding.
func (d *Desk) adding(ctx context.Context, progress evidence.Progress, act func(importers.Run) (timeline.Reconciliation, error)) (out Outcome, err error) {
	c, x, err := d.held()
	if err != nil {
		return Outcome{}, err
	}
	set, stop, err := d.Readers(ctx)
	if err != nil {
		return Outcome{}, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	run := importers.Run{Case: c, Index: x, Set: set, Assume: importers.Assume{Zone: c.Zone()}, Limits: importers.DefaultLimits, Progress: progress}
	rec, err := act(run)
	stopped := ctx.Err() != nil
	out, lookErr := outcomeOf(context.WithoutCancel(ctx), c, x, set, rec, stopped)
	if stopped {
		return out, ctx.Err()
	}
	return out, errors.Join(err, lookErr)
}

// Outcomes lists earlier acts of adding, the latest first.
func (d *Desk) Outcomes(ctx context.Context) ([]OutcomeLine, error) {
	c, _, err := d.held()
	if err != nil {
		return nil, err
	}
	var lines []OutcomeLine
	for b, err := range c.Batches(ctx) {
		if err != nil {
			return nil, err
		}
		l := OutcomeLine{Batch: b.Number, When: longTime(b.Started, c.Zone()), What: count(int(b.Items), "file"), Note: oneLine(b.Note)}
		if b.Finished.IsZero() {
			l.What += ", stopped before its end"
		}
		lines = append(lines, l)
	}
	slices.Reverse(lines)
	return lines, nil
}

// OutcomeLine is one earlier act of adding.
type OutcomeLine struct {
	Batch            int64
	When, What, Note string
}

// Outcome gives the outcome of an earlier act again.
func (d *Desk) Outcome(ctx context.Context, batch int64) (Outcome, error) {
	c, x, err := d.held()
	if err != nil {
		return Outcome{}, err
	}
	set, stop, err := d.Readers(ctx)
	if err != nil {
		return Outcome{}, err
	}
	if err := stop(); err != nil {
		return Outcome{}, err
	}
	for b, err := range c.Batches(ctx) {
		if err != nil {
			return Outcome{}, err
		}
		if b.Number != batch {
			continue
		}
		rec := timeline.Reconciliation{Batch: batch}
		if len(b.Reconciliation) > 0 {
			if err := json.Unmarshal(b.Reconciliation, &rec); err != nil {
				return Outcome{}, fmt.Errorf("act of adding %d: %w", batch, err)
			}
		}
		return outcomeOf(ctx, c, x, set, rec, b.Finished.IsZero())
	}
	return Outcome{}, fmt.Errorf("act of adding %d: there is none in this case", batch)
}

// Questions gives every question that waits for an answer, of every act of
// adding.
func (d *Desk) Questions(ctx context.Context) ([]Question, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	asked, err := importers.Questions(ctx, c)
	if err != nil {
		return nil, err
	}
	var open []timeline.Question
	for n, q := range asked {
		if _, read := x.Reading(n); !read {
			open = append(open, q)
		}
	}
	slices.SortFunc(open, func(a, b timeline.Question) int { return int(a.Item - b.Item) })
	return questions(c, open)
}

// Unread is how many files wait to be read because an act was stopped.
func (d *Desk) Unread(ctx context.Context) (int, error) {
	c, x, err := d.held()
	if err != nil {
		return 0, err
	}
	list, err := importers.Unread(ctx, c, x)
	return len(list), err
}

// UnreadFiles says that so many wait.
func UnreadFiles(n int) string {
	if n == 1 {
		return "1 file of an earlier adding is in the case and was not read yet."
	}
	return count(n, "file") + " of an earlier adding are in the case and were not read yet."
}

// Question is one question about files that have it in common.
type Question struct {
	Items   []int64
	File    string
	Also    string   // "and 2 more files of the same sort"
	Text    string   // the question
	Lines   []string // lines of the file, as they stand there
	Answers []QuestionAnswer
}

// QuestionAnswer is one answer, with what it would make of the lines.
type QuestionAnswer struct {
	Value    string
	Label    string
	Examples []string
}

// Text is what the answer makes of the lines.
func (a QuestionAnswer) Text() string { return strings.Join(a.Examples, "\n") }

// Given is the answer for every file of the question.
func (q Question) Given(value string) map[int64]string {
	given := map[int64]string{}
	for _, n := range q.Items {
		given[n] = value
	}
	return given
}

// questions puts questions that are the same into one, with examples from its
// first file.
func questions(c *evidence.Case, asks []timeline.Question) ([]Question, error) {
	var out []Question
	same := map[string]int{}
	for _, a := range asks {
		key := fmt.Sprintf("%s %s %d", a.What, path.Ext(a.Path), len(a.Choices))
		if i, ok := same[key]; ok && a.What != "owner" && a.What != "columns" {
			out[i].Items = append(out[i].Items, a.Item)
			out[i].Also = fmt.Sprintf("and %s of the same sort", count(len(out[i].Items)-1, "file"))
			continue
		}
		q := Question{Items: []int64{a.Item}, File: oneLine(path.Base(a.Path)), Text: a.Question}
		lines, err := datedLines(c, a.Item)
		if err != nil {
			return nil, err
		}
		if a.What == "date-order" {
			q.Lines = lines
		}
		for _, choice := range a.Choices {
			q.Answers = append(q.Answers, answer(a.What, choice, q.Lines))
		}
		same[key] = len(out)
		out = append(out, q)
	}
	return out, nil
}

func answer(what string, choice timeline.Choice, lines []string) QuestionAnswer {
	a := QuestionAnswer{Value: choice.Value, Label: choice.Value}
	if what != "date-order" {
		if choice.Example != "" && choice.Example != choice.Value {
			a.Examples = []string{oneLine(choice.Example)}
		}
		if what == "columns" {
			a.Label = columnsLabel(choice.Value)
		}
		return a
	}
	switch importers.DateOrder(choice.Value) {
	case importers.DayFirst:
		a.Label = "The day comes first"
	case importers.MonthFirst:
		a.Label = "The month comes first"
	case importers.YearFirst:
		a.Label = "The year comes first"
	}
	for _, l := range lines {
		if printed, day := dateIn(l, importers.DateOrder(choice.Value)); day != "" {
			a.Examples = append(a.Examples, printed+" is "+day)
		}
	}
	if len(a.Examples) == 0 && choice.Example != "" {
		a.Examples = []string{"the first dates are " + choice.Example}
	}
	return a
}

// columnsLabel says in words how a proposal for the columns of a list of calls
// reads it; the first rows stand below.
func columnsLabel(value string) string {
	var c struct{ Order, Direction string }
	if json.Unmarshal([]byte(value), &c) != nil {
		return value
	}
	label := "Who called whom is as the list says it, or is not known"
	switch c.Direction {
	case "outgoing":
		label = "All of these calls were made from this telephone"
	case "incoming":
		label = "All of these calls came to this telephone"
	}
	switch importers.DateOrder(c.Order) {
	case importers.DayFirst:
		label += "; the day comes first"
	case importers.MonthFirst:
		label += "; the month comes first"
	case importers.YearFirst:
		label += "; the year comes first"
	}
	return label
}

// datedLines gives two lines of a text file that begin with different dates.
func datedLines(c *evidence.Case, item int64) (lines []string, err error) {
	it, err := c.Item(item)
	if err != nil {
		return nil, err
	}
	o, err := c.Original(it.Hash)
	if err != nil {
		return nil, fmt.Errorf("item %d: %w", item, err)
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	head, err := io.ReadAll(io.LimitReader(o, 64<<10))
	if err != nil {
		return nil, fmt.Errorf("item %d: %w", item, err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(head)) {
		line = oneLine(strings.TrimSpace(line))
		m := printedDate.FindStringSubmatch(line)
		if m == nil || seen[m[1]] {
			continue
		}
		seen[m[1]] = true
		if runes := []rune(line); len(runes) > 90 {
			line = string(runes[:90]) + "…"
		}
		if lines = append(lines, line); len(lines) == 2 {
			break
		}
	}
	return lines, nil
}
