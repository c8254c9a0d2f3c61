package model

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/timeline"
)

func file(t *testing.T, dir, name, text string) string {
	t.Helper()
	p := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

func zipped(t *testing.T, dir, name string, members map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for n, text := range members {
		w, err := z.Create(n)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file(t, dir, name, b.String())
}

const (
	clearChat     = "24/12/2024, 21:05 - Dan R: first\n25/12/2024, 09:15 - Maya: IMG-1.jpg (file attached)\n26/12/2024, 09:15 - Maya: IMG-2.jpg (file attached)\n"
	ambiguousChat = "03/04/2024, 21:05 - Dan R: the lantern\n04/04/2024, 09:15 - Maya: the gate\n"
)

// TestAddSaysWhatBecameOfEachFile: the reconciliation as a person reads it.
func TestAddSaysWhatBecameOfEachFile(t *testing.T) {
	d, dir := opened(t), t.TempDir()
	chat := zipped(t, dir, "WhatsApp Chat with Dan.zip", map[string]string{"WhatsApp Chat with Dan.txt": clearChat, "IMG-1.jpg": "jpeg"})
	folder := filepath.Join(dir, "folder")
	file(t, folder, "sms-20240101.xml", "this is no backup")
	file(t, folder, "letter.txt", "a letter")
	file(t, folder, "again/letter.txt", "a letter")
	o, err := d.Add(t.Context(), "  from my own phone ", []string{chat, folder, filepath.Join(dir, "gone.txt")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if o.Title != "Added in part" || o.Stopped != "" {
		t.Errorf("%q, %q", o.Title, o.Stopped)
	}
	if o.Files != "4 files came in; with what they hold inside they are 6, of which 1 came twice and is counted once." {
		t.Errorf("%q", o.Files)
	}
	if len(o.Read) < 1 || o.Read[0].What != "3 messages, from 24 December 2024 to 26 December 2024" || o.Read[0].Format != "WhatsApp chat export" {
		t.Errorf("%+v", o.Read)
	}
	look, err := d.Look(t.Context(), o.Query(), nil)
	if err != nil || look.Note != "3 of 5 events" {
		t.Errorf("on the timeline: %q, %v", look.Note, err)
	}
	if o.Attachments != "2 files named in messages: 1 found, 1 missing." {
		t.Errorf("%q", o.Attachments)
	}
	if len(o.Unread) != 1 || o.Unread[0].Path != "gone.txt" {
		t.Errorf("%+v", o.Unread)
	}
	if len(o.Attention) != 1 || !strings.Contains(o.Attention[0].Why, "has the name of an SMS export") {
		t.Errorf("%+v", o.Attention)
	}
	if len(o.Twice) != 1 || !strings.Contains(o.Twice[0].Why, "The same file as item") {
		t.Errorf("%+v", o.Twice)
	}
	if len(o.Items) != 4 {
		t.Errorf("came by themselves: %v", o.Items)
	}
	lines, err := d.Outcomes(t.Context())
	if err != nil || len(lines) != 1 || lines[0].What != "4 files" || lines[0].Note != "from my own phone" {
		t.Fatalf("%+v, %v", lines, err)
	}
	if added, err := d.Recent(t.Context(), time.Now()); err != nil || len(added) != 1 || added[0].What != "4 files" || added[0].Note != "from my own phone" {
		t.Errorf("added last: %+v, %v", added, err)
	}
	again, err := d.Outcome(t.Context(), lines[0].Batch)
	if err != nil || fmt.Sprintf("%+v", again) != fmt.Sprintf("%+v", o) {
		t.Errorf("later it reads\n%+v\n%+v, %v", again, o, err)
	}
}

// TestQuestionsShowTheLinesInEachReading, once for files of the same sort, and
// can be answered after the case was locked.
func TestQuestionsShowTheLinesInEachReading(t *testing.T) {
	d, dir := opened(t), t.TempDir()
	o, err := d.Add(t.Context(), "", []string{file(t, dir, "a.txt", ambiguousChat), file(t, dir, "b.txt", strings.ReplaceAll(ambiguousChat, "gate", "door"))}, nil)
	if err != nil || len(o.Questions) != 1 || o.Title != "A question" {
		t.Fatalf("%+v, %v", o, err)
	}
	q := o.Questions[0]
	if len(q.Items) != 2 || q.File != "a.txt" || q.Also != "and 1 file of the same sort" {
		t.Errorf("%+v", q)
	}
	if !slices.Equal(q.Lines, []string{"03/04/2024, 21:05 - Dan R: the lantern", "04/04/2024, 09:15 - Maya: the gate"}) {
		t.Errorf("%q", q.Lines)
	}
	want := map[string][]string{"The day comes first": {"03/04/2024 is 3 April 2024", "04/04/2024 is 4 April 2024"}, "The month comes first": {"03/04/2024 is 4 March 2024", "04/04/2024 is 4 April 2024"}}
	for _, a := range q.Answers {
		if !slices.Equal(a.Examples, want[a.Label]) {
			t.Errorf("%+v", a)
		}
		delete(want, a.Label)
	}
	if len(want) > 0 {
		t.Errorf("not offered: %v", want)
	}
	relocked(t, d)
	open, err := d.Questions(t.Context())
	if err != nil || len(open) != 1 || len(open[0].Items) != 2 {
		t.Fatalf("%+v, %v", open, err)
	}
	o, err = d.Answer(t.Context(), open[0], "mdy", nil)
	if err != nil || len(o.Questions) != 1 || o.Questions[0].What != ownerQuestion || len(o.Read) != 2 || o.Read[0].What != "2 messages, from 4 March 2024 to 4 April 2024" {
		t.Fatalf("%+v, %v", o, err)
	}
	if open, err := d.Questions(t.Context()); err != nil || len(open) != 0 {
		t.Errorf("still asked: %+v, %v", open, err)
	}
}

// TestQuestionsShowDatesThatDiffer: a line that is the same day in each reading
// says nothing, and stands only where there is no other.
func TestQuestionsShowDatesThatDiffer(t *testing.T) {
	d, dir := opened(t), t.TempDir()
	o, err := d.Add(t.Context(), "", []string{file(t, dir, "a.txt", ambiguousChat+"05/04/2024, 10:15 - Maya: the spoon\n")}, nil)
	if err != nil || len(o.Questions) != 1 {
		t.Fatalf("%+v, %v", o, err)
	}
	if want := []string{"03/04/2024, 21:05 - Dan R: the lantern", "05/04/2024, 10:15 - Maya: the spoon"}; !slices.Equal(o.Questions[0].Lines, want) {
		t.Errorf("%q", o.Questions[0].Lines)
	}
}

// TestCancelKeepsWhatWasStored: the outcome of a stopped act says so, and going
// on reads the rest.
func TestCancelKeepsWhatWasStored(t *testing.T) {
	d, dir := opened(t), t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	o, err := d.Add(ctx, "", []string{file(t, dir, "chat.txt", clearChat)}, func(_, _ int64, what string) {
		if what == "read" {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || o.Title != "Stopped" || !strings.HasPrefix(o.Stopped, "Stored by then, and staying in the case: 1 file.") {
		t.Fatalf("%+v, %v", o, err)
	}
	if n, err := d.Unread(t.Context()); err != nil || n != 1 {
		t.Errorf("%d unread, %v", n, err)
	}
	o, err = d.GoOn(t.Context(), nil)
	if err != nil || len(o.Read) != 1 || !strings.HasPrefix(o.Read[0].What, "3 messages") {
		t.Fatalf("%+v, %v", o, err)
	}
	if n, err := d.Unread(t.Context()); err != nil || n != 0 {
		t.Errorf("%d unread, %v", n, err)
	}
}

// TestPaste: a picture goes from memory into the case, and an incident can show
// it.
func TestPaste(t *testing.T) {
	d := opened(t)
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 4, 3))); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	o, err := d.Paste(t.Context(), "my phone", Pasted{"image/png", b.Bytes()}, now, nil)
	if err != nil || len(o.Items) != 1 || o.Title != "Added" || o.Files != "1 file came in." {
		t.Fatalf("%+v, %v", o, err)
	}
	c, x, err := d.held()
	if err != nil {
		t.Fatal(err)
	}
	it, err := c.Item(o.Items[0])
	if err != nil || it.How != "clipboard" || it.Name != "pasted picture 2026-07-01 13.00.00.png" || it.Note != "my phone" || it.Size != int64(b.Len()) {
		t.Errorf("%+v, %v", it, err)
	}
	found, err := x.Find(t.Context(), timeline.Filter{Sources: o.Items})
	if err != nil || found.Len() != 1 {
		t.Errorf("%v, %v", found, err)
	}
}

// TestSkipsAreOneStepAway: each with its words and the reason.
func TestSkipsAreOneStepAway(t *testing.T) {
	d, dir := opened(t), t.TempDir()
	calls := `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><calls count="3">
<call number="07700900123" duration="0" date="1700000000000" type="3" />
<call number="07700900123" duration="0" date="not a date" type="3" />
<call number="07700900124" duration="0" date="also not" type="3" /> some words that belong to no call <fax number="1" /></calls>`
	o, err := d.Add(t.Context(), "", []string{file(t, dir, "calls-1.xml", calls)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	lines, total, err := d.Skips(t.Context(), o.Batch, 1)
	if err != nil || (total > 0) != (o.Skips != "") || total > 0 && len(lines) != 1 {
		t.Fatalf("%+v, %d, %v; %q", lines, total, err, o.Skips)
	}
	if total == 0 {
		t.Fatalf("%+v", o)
	}
	if lines[0].Where == "" || lines[0].Why == "" {
		t.Errorf("%+v", lines[0])
	}
}

// TestExportsComeFromTheImporters, with a way to each and what it leaves out.
func TestExportsComeFromTheImporters(t *testing.T) {
	list, err := desk().Exports(t.Context())
	if err != nil || len(list) < 5 {
		t.Fatalf("%d, %v", len(list), err)
	}
	for _, e := range list {
		if e.Title == "" || e.HowToGet == "" || len(e.LeavesOut) == 0 || e.Tried == "" {
			t.Errorf("%+v", e)
		}
	}
}

// TestAFolderOfLettersIsOneLine: what holds one event each is told by its
// number, and a single letter by itself.
func TestAFolderOfLettersIsOneLine(t *testing.T) {
	d, dir := opened(t), t.TempDir()
	letter := "From: Dan <dan@example.org>\r\nTo: Maya <maya@example.org>\r\nDate: Mon, 13 May 2024 21:05:00 +0000\r\nSubject: number %d\r\nMessage-ID: <%d@example.org>\r\n\r\nwords\r\n"
	o, err := d.Add(t.Context(), "", []string{file(t, dir, "one.eml", fmt.Sprintf(letter, 0, 0))}, nil)
	if err != nil || len(o.Read) != 1 || o.Read[0].What != "1 email, on 13 May 2024" {
		t.Fatalf("%+v, %v", o.Read, err)
	}
	for i := range mostAlone + 1 {
		file(t, filepath.Join(dir, "letters"), fmt.Sprint(i, ".eml"), fmt.Sprintf(letter, i+1, i+1))
	}
	o, err = d.Add(t.Context(), "", []string{filepath.Join(dir, "letters")}, nil)
	if err != nil || len(o.Read) != 1 || o.Read[0].What != "6 files" {
		t.Errorf("%+v, %v", o.Read, err)
	}
}
