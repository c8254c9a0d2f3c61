package model

import (
	"slices"
	"strings"
	"testing"

	"daybook/timeline"
)

const (
	danChat = "24/12/2024, 21:05 - Dan R: the lantern\n25/12/2024, 09:15 - Maya: the gate\n26/12/2024, 09:15 - Maya: the spoon\n"
	annChat = "24/12/2024, 21:05 - Ann: the kettle\n25/12/2024, 09:15 - Maya: the stair\n"
)

// TestOwnerIsAskedOnce: of conversations that do not say whose they are the name
// is asked for once, with what each wrote; the answer is in the journal, holds in
// all of them, and is taken back on the page of people.
func TestOwnerIsAskedOnce(t *testing.T) {
	d, dir := opened(t), t.TempDir()
	o, err := d.Add(t.Context(), "", []string{file(t, dir, "WhatsApp Chat with Dan.txt", danChat), file(t, dir, "WhatsApp Chat with Ann.txt", annChat)}, nil)
	if err != nil || len(o.Questions) != 1 || o.Title != "Added" {
		t.Fatalf("%+v, %v", o, err)
	}
	q := o.Questions[0]
	if q.Text != askOwner || len(q.Items) != 2 || q.Also != "and 1 more conversation" || q.Later != laterOwner || !q.Own() {
		t.Errorf("%+v", q)
	}
	var labels []string
	for _, a := range q.Answers {
		labels = append(labels, a.Label)
	}
	if !slices.Equal(labels, []string{"Maya", "Dan R", "Ann"}) {
		t.Errorf("%q", labels)
	}
	if want := []string{"3 messages in 2 of 2 conversations", "“the gate”"}; !slices.Equal(q.Answers[0].Examples, want) {
		t.Errorf("%q", q.Answers[0].Examples)
	}
	if open, err := d.Questions(t.Context()); err != nil || len(open) != 0 {
		t.Errorf("it keeps something waiting: %+v, %v", open, err)
	}
	o, err = d.Answer(t.Context(), q, "Maya", nil)
	if err != nil || len(o.Questions) != 0 || len(o.Answered) != 2 || o.Answered[0].Answer.Label != "Maya" || len(o.Read) != 2 {
		t.Fatalf("%+v, %v", o, err)
	}
	relocked(t, d)
	book, err := d.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	me := slices.IndexFunc(book.Rows, func(r PersonRow) bool { return r.Number == timeline.OwnerNumber() })
	if me < 0 || !book.Rows[me].Face.Own {
		t.Fatalf("%+v", book.Rows)
	}
	page, _ := book.Person(timeline.OwnerNumber())
	if !page.Owner || len(page.Handles) != 2 || !page.Handles[0].CanSplit || !strings.Contains(page.Handles[0].Why, "asked when it was added") {
		t.Errorf("%+v", page)
	}
	if _, err := d.SplitHandle(t.Context(), page.Handles[0].Key, "it was my sister"); err != nil {
		t.Fatal(err)
	}
	lines, err := d.Outcomes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o, err = d.Outcome(t.Context(), lines[len(lines)-1].Batch)
	if err != nil || len(o.Questions) != 1 || len(o.Answered) != 1 {
		t.Errorf("taken back for one of two: %+v, %v", o, err)
	}
}

// TestAnsweringKeepsTheOutcome: what else came in with what was asked about
// stays on the page.
func TestAnsweringKeepsTheOutcome(t *testing.T) {
	d, dir := opened(t), t.TempDir()
	o, err := d.Add(t.Context(), "", []string{file(t, dir, "a.txt", ambiguousChat), file(t, dir, "b.txt", clearChat), dir + "/gone.txt"}, nil)
	if err != nil || len(o.Questions) != 2 || o.Title != "Questions" || strings.Contains(o.Lead, "One thing") || len(o.Unread) != 1 {
		t.Fatalf("%+v, %v", o, err)
	}
	after, err := d.Answer(t.Context(), o.Questions[0], "dmy", nil)
	if err != nil {
		t.Fatal(err)
	}
	if after.Batch != o.Batch || len(after.Read) != 2 || after.Files != o.Files || len(after.Unread) != 1 || after.Title != "Added in part" {
		t.Errorf("%+v", after)
	}
	if len(after.Answered) != 1 || after.Answered[0].Answer.Label != "The day comes first" || after.Answered[0].Text != o.Questions[0].Text {
		t.Errorf("%+v", after.Answered)
	}
	if len(after.Questions) != 1 || len(after.Questions[0].Items) != 2 {
		t.Errorf("who is who is asked of both: %+v", after.Questions)
	}
}
