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

	"daybook/evidence"
	"daybook/importers"
	"daybook/timeline"
)

// Question is one question about files that have it in common.
type Question struct {
	What    string // as importers ask; of whose name is the person's own: "owner"
	Items   []int64
	File    string
	Also    string   // "and 2 more files of the same sort"
	Text    string   // the question
	Lines   []string // lines of the file, as they stand there
	Answers []QuestionAnswer
	Later   string // what happens where it is left
}

// QuestionAnswer is one answer, with what it would make of the lines.
type QuestionAnswer struct {
	Value    string
	Label    string
	Examples []string
}

// Own tells that it asks which name is the person's own: no answer to it is the
// likely one.
func (q Question) Own() bool { return q.What == ownerQuestion }

// Text is what the answer makes of the lines.
func (a QuestionAnswer) Text() string { return strings.Join(a.Examples, "\n") }

// Answered is a question with the one answer that was given.
type Answered struct {
	File, Also, Text string
	Answer           QuestionAnswer
}

// laterAdding is said of what cannot be read before it is answered.
const laterAdding = "If you do not know, leave it: the files are in the case, and the question waits under “Add evidence”."

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

// Answer takes an answer: what waited for it is read, or a name is the person's
// own from then on. The outcome is that of the act of adding that asked, as it
// is now.
func (d *Desk) Answer(ctx context.Context, q Question, value string, progress evidence.Progress) (Outcome, error) {
	if len(q.Items) == 0 || value == "" {
		return Outcome{}, errors.New("choose an answer first")
	}
	c, x, err := d.held()
	if err != nil {
		return Outcome{}, err
	}
	it, err := c.Item(q.Items[0])
	if err != nil {
		return Outcome{}, err
	}
	var now Outcome
	if q.What == ownerQuestion {
		err = sayOwner(ctx, c, x, q.Items, value)
	} else {
		now, err = d.adding(ctx, progress, func(r importers.Run) (timeline.Reconciliation, error) {
			r.Ask = func(it evidence.Item, _ *importers.Ask) (string, bool) {
				return value, slices.Contains(q.Items, it.Number)
			}
			return r.Read(ctx, q.Items...)
		})
	}
	out, lookErr := d.Outcome(context.WithoutCancel(ctx), it.Batch)
	for _, p := range now.Unread {
		if !slices.Contains(out.Unread, p) {
			out.Unread = append(out.Unread, p)
		}
	}
	return out, errors.Join(err, lookErr)
}

// settle takes into a reconciliation what was read of its questions since, and
// gives these with their answers.
func settle(ctx context.Context, c *evidence.Case, x *timeline.Index, rec *timeline.Reconciliation) ([]Answered, error) {
	if len(rec.Asks) == 0 {
		return nil, nil
	}
	last, err := importers.Questions(ctx, c)
	if err != nil {
		return nil, err
	}
	var open []timeline.Question
	var read []timeline.ReadingInfo
	given := map[string][]timeline.Question{} // by the answer
	var values []string
	for _, q := range rec.Asks {
		info, ok := x.Reading(q.Item)
		if !ok {
			open = append(open, last[q.Item]) // an answer may have led to another question
			continue
		}
		read = append(read, info)
		value := info.Assume[q.What]
		if len(given[value]) == 0 {
			values = append(values, value)
		}
		given[value] = append(given[value], q)
	}
	rec.Asks = open
	since := timeline.Reconcile(rec.Batch, read)
	for i, s := range since.Sources {
		it, err := c.Item(s.Item)
		if err != nil {
			return nil, err
		}
		since.Sources[i].Path = it.Path
	}
	rec.Sources = append(rec.Sources, since.Sources...)
	rec.Failed = append(rec.Failed, since.Failed...)
	rec.Events += since.Events
	rec.Skips += since.Skips
	x.Reconcile(rec)
	return answered(c, values, given)
}

// answered gives questions, each with the answer that was given.
func answered(c *evidence.Case, values []string, given map[string][]timeline.Question) ([]Answered, error) {
	var out []Answered
	for _, value := range values {
		list, err := questions(c, given[value])
		if err != nil {
			return nil, err
		}
		for _, q := range list {
			a := Answered{q.File, q.Also, q.Text, QuestionAnswer{Value: value, Label: value}}
			if i := slices.IndexFunc(q.Answers, func(a QuestionAnswer) bool { return a.Value == value }); i >= 0 {
				a.Answer = q.Answers[i]
			}
			out = append(out, a)
		}
	}
	return out, nil
}

// questions puts questions that are the same into one, with examples from its
// first file.
func questions(c *evidence.Case, asks []timeline.Question) ([]Question, error) {
	var out []Question
	same := map[string]int{}
	for _, a := range asks {
		key := fmt.Sprintf("%s %s %d", a.What, path.Ext(a.Path), len(a.Choices))
		if i, ok := same[key]; ok && a.What != "columns" {
			out[i].Items = append(out[i].Items, a.Item)
			out[i].Also = fmt.Sprintf("and %s of the same sort", count(len(out[i].Items)-1, "file"))
			continue
		}
		q := Question{What: a.What, Items: []int64{a.Item}, File: oneLine(path.Base(a.Path)), Text: a.Question, Later: laterAdding}
		lines, err := datedLines(c, a.Item, a.Choices)
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

// datedLines gives two lines of a text file that begin with different dates: where
// there are such, dates of which each choice makes another day.
func datedLines(c *evidence.Case, item int64, choices []timeline.Choice) (lines []string, err error) {
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
	var plain []string // dates that are the same day whatever is answered
	for line := range strings.Lines(string(head)) {
		line = oneLine(strings.TrimSpace(line))
		m := printedDate.FindStringSubmatch(line)
		if m == nil || seen[m[1]] {
			continue
		}
		seen[m[1]] = true
		if !differs(line, choices) {
			plain = append(plain, shortened(line, 90))
			continue
		}
		if lines = append(lines, shortened(line, 90)); len(lines) == 2 {
			return lines, nil
		}
	}
	return append(lines, plain[:min(2-len(lines), len(plain))]...), nil
}

// differs tells that each choice makes another day of the date of a line.
func differs(line string, choices []timeline.Choice) bool {
	days := map[string]bool{"": true}
	for _, c := range choices {
		_, day := dateIn(line, importers.DateOrder(c.Value))
		if days[day] {
			return false
		}
		days[day] = true
	}
	return true
}

// shortened cuts a line after so many letters.
func shortened(line string, most int) string {
	if letters := []rune(line); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return line
}
