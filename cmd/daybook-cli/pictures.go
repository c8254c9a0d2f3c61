package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"daybook/importers/photo"
	"daybook/importers/pictures"
	"daybook/timeline"
)

const aboutRead = `Read the words in the pictures of a case, so that timeline --search finds them.

It is done by tesseract, which must be installed (Debian: tesseract-ocr), on this
computer and for nobody else. What it reads is an aid: it may be wrong, is marked
as machine-read wherever it is shown, is no part of any event, and places none. A
time that a picture shows is printed beside the event and never taken for its time.

Photographs that name their camera are left out unless --all is given. It can be
stopped at any time, and goes on where it stopped. timeline --no-pictures searches
without it; read --forget throws away what was read.`

func readCommand(t *terminal) *cobra.Command {
	var language string
	var everything, forget bool
	cmd := &cobra.Command{
		Use: "read CASE", Short: "Read the words in pictures, so that a search finds them", Args: cobra.ExactArgs(1), Long: aboutRead,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if forget && (everything || language != "") {
				return use(errors.New("--forget: reads nothing; leave --all and --language away"))
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			if forget {
				return t.forgetRead(cmd.Context(), x)
			}
			return t.read(cmd.Context(), pictures.Reading{Case: c, Index: x, All: everything, Progress: t.progress}, language)
		},
	}
	cmd.Flags().StringVar(&language, "language", "", "`LANGUAGES` as tesseract names them: eng, cym, eng+pol; English unless given")
	cmd.Flags().BoolVar(&everything, "all", false, "photographs of a camera too")
	cmd.Flags().BoolVar(&forget, "forget", false, "throw away what was read")
	return cmd
}

func (t *terminal) forgetRead(ctx context.Context, x *timeline.Index) error {
	n, err := x.ForgetPictureTexts(ctx, func(timeline.PictureText) bool { return true })
	if err != nil {
		return err
	}
	films, err := x.ForgetRecordings(ctx, func(timeline.Recording) bool { return true })
	if err != nil {
		return err
	}
	if t.json {
		return t.emit(map[string]any{"forgotten": n, "recordings": films})
	}
	fmt.Fprintf(t.out, "What was read in %s is thrown away.\n", count(n, "picture"))
	if films > 0 {
		fmt.Fprintf(t.out, "What was found in %s is thrown away too.\n", count(films, "film or sound", "films and sounds"))
	}
	return nil
}

// read does the reading and tells what came of it.
func (t *terminal) read(ctx context.Context, r pictures.Reading, language string) (err error) {
	exe, err := os.Executable()
	if err != nil {
		return fmt.Errorf("worker: %w", err)
	}
	r.Engine, err = pictures.FindEngine(ctx, exe, language)
	if no := new(pictures.LanguageError); errors.As(err, &no) && language != "" {
		return use(fmt.Errorf("--language: %w", err))
	}
	if err != nil {
		return err
	}
	pool, err := workers(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	r.Pictures = photo.Worker{Pool: pool}
	got, err := r.Read(ctx)
	t.endProgress()
	if err != nil {
		return err
	}
	if err := t.sayRead(got); err != nil {
		return err
	}
	if len(got.Failed) > 0 {
		return exit{exitPartial, fmt.Errorf("%s could not be read; the originals are kept as they are", count(len(got.Failed), "picture"))}
	}
	return nil
}

func (t *terminal) sayRead(got pictures.Outcome) error {
	if t.json {
		failed := []map[string]any{}
		for _, f := range got.Failed {
			failed = append(failed, map[string]any{"item": f.Item, "name": f.Name, "reason": f.Reason})
		}
		return t.emit(map[string]any{"engine": got.Engine, "language": got.Language, "pictures": got.Pictures, "read": got.Read,
			"with_words": got.Words, "already": got.Already, "photographs": got.Photographs, "failed": failed})
	}
	fmt.Fprintf(t.out, "%s in the case; %d read now by %s (%s), %d with words in them; %d read before.\n",
		count(got.Pictures, "picture"), got.Read, got.Engine, got.Language, got.Words, got.Already)
	if got.Photographs > 0 {
		fmt.Fprintf(t.out, "%s of a camera left out; read them with --all.\n", count(got.Photographs, "photograph"))
	}
	for _, f := range got.Failed {
		fmt.Fprintf(t.out, "Not read: item %d, %s: %s\n", f.Item, visible(f.Name), visible(f.Reason))
	}
	fmt.Fprintln(t.out, "What was read is an aid and may be wrong: compare it with the picture.")
	return nil
}

const aboutAlike = `List pictures that look nearly alike, and screenshots that continue one another.

Pictures are compared by a small fingerprint of light and dark: the same picture
saved anew, made smaller or sent on is found, and now and then two that only look
so. Nothing is merged or hidden.

Screenshots are put in order by the words that were read in them (daybook-cli read
CASE, first): where the end of one and the beginning of another show the same lines.
Where two neighbours under one heading share none, something may have been left out
between them. The order is a proposal.`

func alikeCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use: "alike CASE", Short: "List pictures that look alike, and screenshots that continue one another", Args: cobra.ExactArgs(1), Long: aboutAlike,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			pool, err := workers(cmd.Context())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, pool.Close()) }()
			found, err := pictures.FindAlike(cmd.Context(), c, x, photo.Worker{Pool: pool}, t.progress)
			t.endProgress()
			if err != nil {
				return err
			}
			t.say("%s compared", count(found.Pictures, "picture"))
			if found.Unread > 0 {
				t.say("The words of %s were not read, so no order is found for them: daybook-cli read %s", count(found.Unread, "screenshot"), args[0])
			}
			if t.json {
				return t.emitAlike(found)
			}
			t.printAlike(found)
			return nil
		},
	}
}

func (t *terminal) printAlike(found pictures.Alike) {
	for _, g := range found.Groups {
		fmt.Fprintln(t.out, "These look nearly alike:")
		for _, m := range g.Members {
			how := ""
			if m.Picture.Hash != g.Members[0].Picture.Hash {
				how = fmt.Sprintf("  (%d of 64 parts differ from the first)", m.Differ)
			}
			fmt.Fprintf(t.out, "  %s%s\n", pictured(m.Picture), how)
		}
	}
	for _, s := range found.Scrolls {
		under := ""
		if s.Heading != "" {
			under = fmt.Sprintf(" under “%s” (machine-read)", visible(s.Heading))
		}
		fmt.Fprintf(t.out, "Screenshots of one conversation%s, in the order proposed:\n", under)
		for _, step := range s.Steps {
			switch {
			case step.Gap:
				fmt.Fprintln(t.out, "    no line is on both: something may have been left out here")
			case len(step.Shared) > 0:
				fmt.Fprintf(t.out, "    %s on both: “%s”\n", count(len(step.Shared), "line"), visible(strings.Join(step.Shared, " / ")))
			}
			fmt.Fprintf(t.out, "  %s\n", pictured(step.Picture))
			for _, p := range step.Again {
				fmt.Fprintf(t.out, "    the same lines: %s\n", pictured(p))
			}
		}
	}
	if len(found.Groups)+len(found.Scrolls) == 0 {
		fmt.Fprintln(t.out, "No two pictures look alike, and no two screenshots were found to belong together.")
	}
}

// pictured names a picture.
func pictured(p pictures.Picture) string {
	var items []string
	for _, n := range p.Items {
		items = append(items, fmt.Sprint(n))
	}
	return fmt.Sprintf("item %s, %s", strings.Join(items, ", "), visible(p.Name))
}

func (t *terminal) emitAlike(found pictures.Alike) error {
	picture := func(p pictures.Picture) map[string]any {
		return map[string]any{"items": p.Items, "name": p.Name, "sha256": p.Hash}
	}
	for _, g := range found.Groups {
		var list []map[string]any
		for _, m := range g.Members {
			line := picture(m.Picture)
			line["differ"] = m.Differ
			list = append(list, line)
		}
		if err := t.emit(map[string]any{"alike": list}); err != nil {
			return err
		}
	}
	for _, s := range found.Scrolls {
		var list []map[string]any
		for _, step := range s.Steps {
			line := picture(step.Picture)
			again := []map[string]any{}
			for _, p := range step.Again {
				again = append(again, picture(p))
			}
			line["again"], line["shared"], line["gap"] = again, append([]string{}, step.Shared...), step.Gap
			list = append(list, line)
		}
		if err := t.emit(map[string]any{"heading": s.Heading, "conversation": list}); err != nil {
			return err
		}
	}
	return nil
}
