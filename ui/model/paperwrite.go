package model

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"daybook/assets/papers"
	"daybook/assets/registers"
	"daybook/report"
	"daybook/timeline"
)

// PaperTo is where a written paper goes, and why.
type PaperTo struct {
	Purpose   string
	Recipient string
	Folder    string
	Name      string // of the file, without its ending
	Table     bool   // as a table, not as pages
}

// PaperName is a name for a paper's file that tells nothing.
const PaperName = "notes"

// PaperPlace looks at where a paper is to be written, and says what to think of
// before; nothing where nothing is.
func (d *Desk) PaperPlace(to PaperTo) (note string, err error) {
	if strings.TrimSpace(to.Folder) == "" {
		return "", errors.New("choose the folder in which it is written")
	}
	if name := strings.TrimSpace(to.Name); name == "" || strings.HasPrefix(name, ".") || strings.ContainsAny(name, `/\:*?"<>|`) || reserved(name) {
		return "", errors.New("give the file a short name of letters and digits")
	}
	return d.CopyPlace(strings.TrimSpace(to.Folder))
}

// WritePaper writes a paper into a file that was not there, notes it in the journal
// with its purpose and its recipient, and gives the file's path. What the journal
// does not know of is taken away again.
func (d *Desk) WritePaper(ctx context.Context, a PaperAsked, to PaperTo, now time.Time) (string, error) {
	if strings.TrimSpace(to.Recipient) == "" || strings.TrimSpace(to.Purpose) == "" {
		return "", errors.New("say to whom it goes and what for; the record keeps it")
	}
	if _, err := d.PaperPlace(to); err != nil {
		return "", err
	}
	c, _, err := d.writable()
	if err != nil {
		return "", err
	}
	p, err := d.planPaper(ctx, a, to, now)
	if err != nil {
		return "", err
	}
	var written bytes.Buffer
	ending := ".pdf"
	if to.Table {
		ending = ".csv"
		err = p.WriteCSV(ctx, &written)
	} else {
		_, err = p.WritePDF(ctx, &written)
	}
	if err != nil {
		return "", err
	}
	f, err := newFile(strings.TrimSpace(to.Folder), strings.TrimSpace(to.Name)+ending)
	if err != nil {
		return "", err
	}
	_, err = f.Write(written.Bytes())
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = report.RecordPaper(ctx, c, p, written.Bytes())
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return filepath.Clean(f.Name()), nil
}

// AnswerPaper begins an answer to an item of a paper, given today. Its form asks in
// the language of the paper that is looked at; what is kept is the item's English.
func (d *Desk) AnswerPaper(i PaperItem, now time.Time) (*Entering, error) {
	c, _, err := d.held()
	if err != nil {
		return nil, err
	}
	of, err := papers.Named(i.Paper)
	if err != nil {
		return nil, err
	}
	s, ok := of.Section(i.Item)
	if !ok {
		return nil, fmt.Errorf("paper %s: it has no item %q", i.Paper, i.Item)
	}
	f := blankEntry(timeline.Answer)
	f.Fields = map[string]string{"paper": of.ID, "item": s.ID, "asked": s.Title, "version": of.Version, "state": report.StateAnswered}
	f.Occurred.Day = now.In(c.Zone()).Format("2 January 2006")
	e, err := d.entering(f.beginning())
	if err != nil || !d.Asked().Paper.Welsh {
		return e, err
	}
	return e, e.speak(papers.Welsh)
}

// Answers says to which item of which paper an entry answers; "" where it is no
// answer.
func (e *Entering) Answers() string {
	if e.Form.Kind != timeline.Answer {
		return ""
	}
	return e.Say(e.Form.Fields["asked"])
}

// Asks tells that the form asks for a field: not for what the program knows, and for
// a clash of a term only where a term is proposed.
func (e *Entering) Asks(f registers.Field) bool {
	if e.Form.Kind != timeline.Answer || f.ID != "clash" {
		return !f.Given
	}
	of, err := papers.Named(e.Form.Fields["paper"])
	s, ok := of.Section(e.Form.Fields["item"])
	return err == nil && ok && slices.ContainsFunc(s.Parts, func(p papers.Part) bool { return p.From == papers.Terms })
}
