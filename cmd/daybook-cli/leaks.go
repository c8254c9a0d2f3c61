package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/evidence/verify"
	"daybook/importers/facsimile"
	"daybook/importers/photo"
	"daybook/importers/pictures"
	"daybook/report"
	"daybook/report/leak"
)

const aboutLeaks = `Read a finished served pack again, and list what is in it all the same of what it was
to withhold: protected words, private notes, rows that were left out, withheld places,
witnesses, addresses, places and people that an order's terms name (but whom the pack
names itself), and the place where a photo or a film was made.

Every file is looked through: its name, the text of each page of the PDF whether it is
seen or not, bookmarks, metadata, the pages of the timeline, tables and data, archives
and documents, what a picture's file tells beside the picture, and the words that a
picture shows where tesseract is installed, on pages of PDFs too: a page whose letters are
no text is drawn by pdftoppm (poppler-utils) to be read, or named where that cannot be. Words
are found however they are written, but not among the digits of a SHA-256 or an ID, where a
short name stands by chance.
A document of an office is read as its reader sees it too, whatever pieces its words are
cut into: Word, PowerPoint and OpenDocument, cell by cell a table of Excel, and RTF without
what is packed in it.
A picture or a page of which a part is painted over is known by its bytes and by how it
looks, made smaller or packed anew, on a page, in the timeline or in a zip.
What a file tells beside what one sees, hears or reads in it is listed without a word to
look for: who wrote a document or made a picture, a film or a sound, notes and comments,
what was struck out, files within it; and each picture and film that says where it was made.
That is so too where you asked for metadata: you then see what goes out with it, and
say --release.
What could not be looked into is named: of films and sounds that are in the pack the tags
and bytes are looked through, not what is seen and heard in them; where frames of a film are
shown, the words in these are read, and not those between them. Longer words that begin
like a protected name, or like a protected word of four letters or more, are named too, and
such a one with 0 or 1 for letters (Z0fia), and the street of a protected address without the
number of the house, or with that in words, and the first name of a child whom you protected
or an order names (Alfie, of Alfie Hart; none that is a word of any day, as Rose), to be looked
at: they stay unless you withhold them.
Anything else that the pack shows because it was asked for, such as the place of an
incident, the pack itself says, and it is not looked for.

bundle --pack served does this by itself, before it writes. What is found may be there rightly: a message
may name a witness. You decide, and the record keeps that you did, with the sums of the
bundle and of the list: --release says that it is handed over all the same.

Exit codes: 0 nothing was found, or it is released; 1 the bundle could not be read; 2
wrong use; 3 something was found.

  daybook-cli leaks mycase.daybook served
  daybook-cli leaks mycase.daybook served --release`

func leaksCommand(t *terminal) *cobra.Command {
	var release bool
	cmd := &cobra.Command{
		Use: "leaks CASE BUNDLE", Short: "Look through a served pack for what it was to withhold; release it", Args: cobra.ExactArgs(2), Long: aboutLeaks,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			ctx := cmd.Context()
			bundle, closeBundle, err := verify.Open(args[1])
			if err != nil {
				return fmt.Errorf("%s: cannot be opened; name the folder of a bundle, or its zip: %w", args[1], errors.Unwrap(err))
			}
			defer func() { err = errors.Join(err, closeBundle()) }()
			c, x, err := t.open(ctx, args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			chosen, err := report.Recorded(ctx, c, x, bundle)
			if err != nil {
				return fmt.Errorf("%s: what was chosen for it cannot be read: %w", args[1], err)
			}
			chosen.Draft = true
			b, err := report.Plan(ctx, c, x, chosen, report.General, report.Served)
			if err != nil {
				return err
			}
			again := rereading{release: release, back: func() string {
				return fmt.Sprintf("%s: not released, for what it was to withhold is in it; keep the words out with withhold and write it anew, "+
					"or hand it over all the same: daybook-cli leaks %s %s --release", args[1], forShell(args[0]), forShell(args[1]))
			}}
			err = t.reread(ctx, c, bundle, b, &again)
			if t.json && again.done {
				err = errors.Join(t.emit(again.found), err)
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&release, "release", false, "say in the record that the pack is handed over with what was found in it")
	return cmd
}

// lookThrough looks through a bundle, with the words of its pictures where an
// engine is installed.
func (t *terminal) lookThrough(ctx context.Context, bundle fs.FS, b *report.Bundle) (found leak.List, err error) {
	o := leak.Options{Progress: t.progress, Unsought: b.Unsought}
	exe, err := os.Executable()
	if err != nil {
		return found, fmt.Errorf("worker: %w", err)
	}
	pool, err := workers(ctx)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	page := facsimile.Engine{Exe: exe}.Page
	sought, err := b.Sought(ctx, still(photo.Worker{Pool: pool}), page)
	if err != nil {
		return found, err
	}
	engine, err := pictures.FindEngine(ctx, exe, "")
	if err != nil {
		o.NoReader = err.Error()
	} else {
		o.Reader, o.Page = engine.Name, page
		o.Read = func(ctx context.Context, name string, picture []byte) (string, error) {
			return engine.Words(ctx, photo.Worker{Pool: pool}, name, picture)
		}
	}
	if o.Own, err = report.Own(); err != nil {
		return found, err
	}
	found, err = leak.Look(ctx, bundle, sought, o)
	t.endProgress()
	return found, err
}

// leaks prints what was found in a bundle.
func (t *terminal) leaks(found leak.List) {
	out := t.out
	if t.json {
		out = t.messages
	}
	for _, f := range found.Findings {
		part := ""
		if f.Part != "" {
			part = fmt.Sprintf(", first as “%s”", visible(shorten(f.Part)))
		}
		fmt.Fprintf(out, "%s, “%s”: %s%s\n", f.What, visible(shorten(f.Text)), times(f.Times), part)
		for i, p := range f.Places {
			if i == placesPrinted && f.What != leak.WhatPlace {
				fmt.Fprintln(out, "  … (--json has more)")
				break
			}
			fmt.Fprintf(out, "  %s\n", visible(p.String()))
		}
	}
	for _, x := range found.Longer {
		like := "begins like"
		switch {
		case x.Street:
			like = "names the street of"
		case x.First:
			like = "is the first name of"
		}
		t.say("Look at “%s”, which %s “%s” and stays: %s, first in %s. To keep it out too: daybook-cli withhold CASE %s --code %s",
			visible(shorten(x.Word)), like, visible(x.Begins), times(x.Times), visible(x.Places[0].String()), forShell(x.Word), x.Code)
	}
	for _, u := range found.Unread {
		t.say("Not looked into: %s", visible(u))
	}
	if found.Unsought > 0 {
		t.say("Not looked for: %d more of what the pack withholds, beyond the first %d. Look through it yourself.", found.Unsought, found.Looked)
	}
	with := ""
	if found.Pictures > 0 {
		with = fmt.Sprintf(", and the words of %s read by %s, which may miss some", count(found.Pictures, "picture"), found.Reader)
	}
	t.say("%s looked through for %s%s: %s found.", count(found.Files, "file"), count(found.Looked, "thing")+" that the pack withholds", with, number(len(found.Findings)))
}

const (
	placesPrinted = 5
	textPrinted   = 80
)

func number(n int) string {
	if n == 0 {
		return "nothing"
	}
	return fmt.Sprint(n)
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// shorten keeps a long text short where it is told.
func shorten(s string) string {
	if r := []rune(s); len(r) > textPrinted {
		return string(r[:textPrinted]) + "…"
	}
	return s
}

// rereading is a look through a served pack: what a person says of it before, and
// what was found.
type rereading struct {
	release bool          // it is handed over, whatever is found
	back    func() string // says what follows when it is not
	done    bool
	found   leak.List
}

// notWritten says what follows when a bundle is not released.
func notWritten() string {
	return "no bundle was written, for what it was to withhold is in it; keep the words out with withhold, or write it all the same with --release"
}

// reread looks through a pack, asks whether it is handed over with what was found
// in it, and writes the decision down.
func (t *terminal) reread(ctx context.Context, c *evidence.Case, bundle fs.FS, b *report.Bundle, again *rereading) (err error) {
	if again.found, err = t.lookThrough(ctx, bundle, b); err != nil {
		return err
	}
	again.done = true
	t.leaks(again.found)
	if len(again.found.Findings) == 0 {
		return nil
	}
	release := again.release
	if !release && t.interactive() && !t.json {
		said, err := t.line("Type release to hand it over all the same, anything else to go back: ")
		if err != nil {
			return err
		}
		release = said == "release"
	}
	if err := report.Release(ctx, c, bundle, again.found, release); err != nil {
		return err
	}
	if release {
		t.say("The record says that it is released with what was found in it.")
		return nil
	}
	return exit{exitPartial, errors.New(again.back())}
}
