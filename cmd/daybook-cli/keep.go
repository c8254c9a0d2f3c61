package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/timeline"
)

// readLost reads again what the store has lost.
func (t *terminal) readLost(ctx context.Context, c *evidence.Case, x *timeline.Index) (rec timeline.Reconciliation, err error) {
	lost := x.NeedsReading()
	if len(lost) == 0 {
		return rec, nil
	}
	set, stop, err := readers(ctx)
	if err != nil {
		return rec, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	run := importers.Run{Case: c, Index: x, Set: set, Limits: importers.DefaultLimits, Progress: t.progress}
	return run.Again(ctx, lost)
}

// sayUnread is what a person does where files cannot be read again.
const sayUnread = "run check, which names what is damaged, keep this folder as it is, and open your backup"

// mostUnread is how many items that cannot be read again are named.
const mostUnread = 8

// unreadItems names the items of which the timeline has lost the events.
func unreadItems(unread []timeline.ReadingInfo) string {
	var items []string
	for _, r := range unread[:min(len(unread), mostUnread)] {
		items = append(items, strconv.FormatInt(r.Item, 10))
	}
	if len(unread) > mostUnread {
		items = append(items, "…")
	}
	return fmt.Sprintf("the timeline is not whole: the events of %s that cannot be read again are missing (item %s)", count(len(unread), "file"), strings.Join(items, ", "))
}

// readRest goes on with acts of adding that were cut short.
func (t *terminal) readRest(ctx context.Context, c *evidence.Case, x *timeline.Index) (err error) {
	if readOnly, _ := c.ReadOnly(); readOnly {
		return nil
	}
	short, err := importers.CutShort(ctx, c)
	if err != nil || len(short) == 0 {
		return err
	}
	unread, err := importers.Unread(ctx, c, x)
	if err != nil {
		return err
	}
	set, stop, err := readers(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if len(unread) == 0 {
		t.say("Adding was cut short; all that was stored is read, and that act is finished now. What was not stored must be added again.")
	} else {
		t.say("Adding was cut short; going on with %s. What was not stored must be added again.", count(len(unread), "item that was stored and not read", "items that were stored and not read"))
	}
	run := importers.Run{Case: c, Index: x, Set: set, Assume: importers.Assume{Zone: c.Zone()}, Limits: importers.DefaultLimits, Progress: t.progress}
	rec, err := run.Resume(ctx)
	if err != nil {
		return err
	}
	t.endProgress()
	t.reconciliation(rec, c)
	return nil
}

func exportCommand(t *terminal) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "export CASE ITEM", Short: "Write an original out, byte for byte", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			n, err := strconv.ParseInt(args[1], 10, 64)
			if err != nil {
				return use(fmt.Errorf("item %q: want its number, as items lists it", args[1]))
			}
			if out == "" {
				return use(errors.New("--out: say where to write it"))
			}
			if err := outside(args[0], out); err != nil {
				return err
			}
			c, _, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			it, err := c.Item(n)
			if err != nil {
				return fmt.Errorf("%w; the items command lists what there is", err)
			}
			if err := writeNew(out, func(w io.Writer) error { return c.Export(cmd.Context(), n, w) }); err != nil {
				return blocked(out, err)
			}
			if t.json {
				return t.emit(map[string]any{"item": n, "sha256": it.Hash, "size": it.Size, "out": out})
			}
			fmt.Fprintf(t.out, "%s  %s\n", it.Hash, out)
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the file to write; it must not be there yet")
	return cmd
}

// inWay says in plain words why a file cannot be read or written where it was
// named.
func inWay(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s: a file of this name is there already; choose another name", name)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no such file or folder; look at how it is written", name)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: this computer does not let you; choose another place", name)
	}
	return err
}

// writeNew writes a file that must not exist; half a file is taken away again.
func writeNew(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return blocked(name, err)
	}
	err = errors.Join(write(f), f.Sync(), f.Close())
	if err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

func backupCommand(t *terminal) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "backup CASE", Short: "Copy a case to another place, verified", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if out == "" {
				return use(errors.New("--out: say where the copy goes"))
			}
			c, _, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			out = caseName(filepath.Clean(out))
			if err := c.Backup(cmd.Context(), out, t.progress); err != nil {
				return blocked(out, err)
			}
			t.endProgress()
			if t.json {
				return t.emit(map[string]any{"backup": out})
			}
			fmt.Fprintf(t.out, "Copied to %s; it opens with the same passphrase and the same words.\n", out)
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the folder of the copy")
	return cmd
}

// recoveryWords takes them from the file named, on as many lines as they are, or
// asks; words that cannot be right are refused at once.
func (t *terminal) recoveryWords() (w keys.Words, err error) {
	if t.passphraseFile == "" {
		line, err := t.secret("The 24 words: ")
		if err != nil {
			return "", err
		}
		w = keys.Words(line)
	} else {
		b, err := os.ReadFile(t.passphraseFile)
		if err != nil {
			return "", fmt.Errorf("passphrase file: %w", inWay(t.passphraseFile, err))
		}
		w = keys.Words(b)
	}
	return w, w.Check()
}

func passphraseCommand(t *terminal) *cobra.Command {
	var newFile string
	var words bool
	cmd := &cobra.Command{
		Use: "passphrase CASE", Short: "Change the passphrase, with the old one or the recovery words", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			var by keys.Unlock
			if words {
				w, err := t.recoveryWords()
				if err != nil {
					return err
				}
				by = w
			} else {
				old, err := t.passphrase("The passphrase so far: ")
				if err != nil {
					return err
				}
				by = keys.Passphrase(old)
			}
			if newFile == "" && !t.interactive() {
				return use(errors.New("--new-passphrase-file: say where the new passphrase stands, or run this in a terminal"))
			}
			fresh := &terminal{in: t.in, out: t.out, messages: t.messages, passphraseFile: newFile}
			p, err := fresh.newPassphrase()
			if err != nil {
				return err
			}
			c, err := evidence.Open(args[0], by, evidence.OpenOptions{Actor: t.actor, Progress: t.progress})
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			if err := c.SetPassphrase(cmd.Context(), p, keys.Policy{}); err != nil {
				return err
			}
			fmt.Fprintln(t.out, "The passphrase is changed. Who has copied this folder before and knows the old one can still open that copy.")
			return nil
		},
	}
	cmd.Flags().StringVar(&newFile, "new-passphrase-file", "", "read the new passphrase from the first line of this `FILE`")
	cmd.Flags().BoolVar(&words, "recovery-words", false, "unlock with the 24 recovery words, typed or from --passphrase-file")
	return cmd
}
