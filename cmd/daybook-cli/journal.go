package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"daybook/evidence"
	"daybook/evidence/journal"
	"daybook/timeline"
)

func journalCommand(t *terminal) *cobra.Command {
	var checkpoint bool
	var picture string
	cmd := list(t, "journal CASE", "Print who did what, and when", func(ctx context.Context, c *evidence.Case, _ *timeline.Index) error {
		if checkpoint {
			return t.checkpoint(c, picture)
		}
		return t.entries(ctx, c)
	})
	do := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if picture != "" && !checkpoint {
			return use(errors.New("--qr: goes with --checkpoint"))
		}
		if picture != "" {
			if err := outside(args[0], picture); err != nil {
				return err
			}
		}
		return do(cmd, args)
	}
	cmd.Flags().BoolVar(&checkpoint, "checkpoint", false, "print the signed head, to be kept elsewhere: as a note, as words, as a QR code")
	cmd.Flags().StringVar(&picture, "qr", "", "with --checkpoint: write the QR code as a PNG picture too, into this `FILE`, which must not be there yet")
	return cmd
}

// entries prints the journal, and in a line of messages how it stands now.
func (t *terminal) entries(ctx context.Context, c *evidence.Case) error {
	for e, err := range c.Journal(ctx) {
		if err != nil {
			return err
		}
		if t.json {
			err = t.emit(map[string]any{"seq": e.Seq, "time": e.Time.Format(time.RFC3339Nano), "actor": e.Actor, "action": e.Action, "subject": e.Subject,
				"detail": e.Detail, "prev": fmt.Sprintf("%x", e.Prev), "hash": fmt.Sprintf("%x", e.Hash)})
		} else {
			_, err = fmt.Fprintf(t.out, "%6d  %s  %-16s  %-14s  %s\n", e.Seq, e.Time.Format("2006-01-02 15:04:05 -07:00"), visible(e.Actor), e.Action, visible(entryWords(e)))
		}
		if err != nil {
			return err
		}
	}
	if t.json {
		return nil
	}
	now, err := stateOf(c)
	if err == nil {
		t.say("%s", now)
	}
	return err
}

// entryWords says in short what an entry is about and what it says; what this
// list does not know stands as it is in the journal.
func entryWords(e evidence.Entry) string {
	var on struct {
		Item     int64    `json:"item"`
		Batch    int64    `json:"batch"`
		Events   []string `json:"events"`
		Event    string   `json:"event"`
		Incident string   `json:"incident"`
	}
	var said struct {
		Path     string `json:"path"`
		Importer string `json:"importer"`
		Title    string `json:"title"`
		Label    string `json:"label"`
		Code     string `json:"code"`
		Tag      string `json:"tag"`
		Note     string `json:"note"`
		LeftOut  string `json:"left_out"`
		Mark     uint64 `json:"mark"`
		Withheld uint64 `json:"withholding"`
		Text     string `json:"text"`
		Register string `json:"register"`
		Words    string `json:"words"`
		Element  string `json:"element"`
		What     string `json:"what_happened"`
		Reason   string `json:"reason"`
	}
	for _, part := range []struct {
		data []byte
		to   any
	}{{e.Subject, &on}, {e.Detail, &said}} {
		if len(part.data) > 0 && json.Unmarshal(part.data, part.to) != nil {
			return string(e.Subject)
		}
	}
	var words []string
	add := func(format string, value any, there bool) {
		if there {
			words = append(words, fmt.Sprintf(format, value))
		}
	}
	add("item %d", on.Item, on.Item != 0)
	add("batch %d", on.Batch, on.Batch != 0)
	add("event %s", on.Incident, on.Incident != "")
	add("event %s", on.Event, on.Event != "")
	switch n := len(on.Events); n {
	case 0:
	case 1:
		add("event %s", on.Events[0], true)
	default:
		add("%d events", n, true)
	}
	add("the mark of entry %d", said.Mark, said.Mark != 0)
	add("what entry %d withheld", said.Withheld, said.Withheld != 0)
	for _, s := range []string{said.Path, said.Importer, said.Title, said.Label, coded(said.Code), said.Text, said.Tag, said.Note, said.Element, said.Register, said.Words, said.What} {
		add("%s", s, s != "")
	}
	add("left out: %s", said.LeftOut, said.LeftOut != "")
	add("reason: %s", said.Reason, said.Reason != "")
	return strings.Join(words, ", ")
}

// checkpoint prints how far the journal goes, for somebody else to keep.
func (t *terminal) checkpoint(c *evidence.Case, picture string) error {
	note, err := c.Checkpoint()
	if err != nil {
		return err
	}
	now, err := stateOf(c)
	if err != nil {
		return err
	}
	code, err := c.HeadQR()
	if err != nil {
		return err
	}
	if picture != "" {
		if err := writeNew(picture, func(w io.Writer) error { _, err := w.Write(code.PNG()); return err }); err != nil {
			return fmt.Errorf("--qr: %w", err)
		}
	}
	if t.json {
		h := c.Head()
		return t.emit(map[string]any{"checkpoint": string(note), "entries": h.Count, "head": fmt.Sprintf("%x", h.Hash),
			"phrase": now.Phrase, "fingerprint": now.Fingerprint, "verifier_key": c.VerifierKey()})
	}
	_, err = fmt.Fprintf(t.out, "%s\n%s\n\n%s\nPrint or photograph this and give it to somebody who writes down the day: a solicitor, an advocate, the police.\n"+
		"It reveals nothing of what is in the record.\n",
		note, now, t.drawn(code))
	return err
}

// drawn gives a QR code dark on light, whatever the colours of the terminal.
func (t *terminal) drawn(code journal.QR) string {
	f, ok := t.out.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return code.String()
	}
	const darkOnLight, off = "\x1b[38;5;16;48;5;231m", "\x1b[0m"
	return darkOnLight + strings.ReplaceAll(strings.TrimSuffix(code.String(), "\n"), "\n", off+"\n"+darkOnLight) + off + "\n"
}
