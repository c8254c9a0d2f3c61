package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"daybook/importers/anonymise"
)

func anonymiseCommand(t *terminal) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use: "anonymise EXPORT", Short: "Copy an export without its names and words, to send it as a sample",
		Long: `Makes a copy of an export (a file, a folder or a zip) that has the same structure
and none of its names, texts and long numbers, so that the makers of Daybook can
see why a format cannot be read. Each word has a stand-in of the same length, the
same one everywhere in the copy; all dates are moved by the same number of weeks;
pictures, sound and documents are left out. What hangs on a secret hangs on one
that is written nowhere.

Look through the copy before you send it. It still shows how much was written and
how long each word is, times of day, short numbers (years, and four digits and fewer
that no word stands before), and the names
of the tables of databases.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return use(errors.New("--out: say where to put the copy: a new or empty folder"))
			}
			return t.anonymise(cmd.Context(), args[0], out)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "a new or empty `FOLDER` for the copy")
	return cmd
}

func (t *terminal) anonymise(ctx context.Context, export, out string) (err error) {
	if _, err := os.Stat(export); err != nil {
		return fmt.Errorf("%s: cannot be read: %w", export, errors.Unwrap(err))
	}
	if err := apart(export, out); err != nil {
		return err
	}
	from, err := os.OpenRoot(filepath.Dir(filepath.Clean(export)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := emptyFolder(out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.root.Close()) }()
	sum, err := anonymise.Copy(ctx, from.FS(), filepath.Base(filepath.Clean(export)), to, anonymise.DefaultLimits)
	if err != nil {
		return blocked(out, err)
	}
	return t.anonymised(out, sum)
}

// apart refuses a place inside what is copied: the copy would hold itself.
func apart(export, out string) error {
	in, err := realPath(export)
	if err != nil {
		return err
	}
	place, err := realPath(out)
	if err != nil {
		return err
	}
	if rel, err := filepath.Rel(in, place); err == nil && filepath.IsLocal(rel) {
		return use(fmt.Errorf("%s: lies inside what is to be copied; choose another place", out))
	}
	return nil
}

// emptyFolder makes a folder, or takes one that is empty.
func emptyFolder(name string) (folder, error) {
	if err := os.MkdirAll(name, 0o700); err != nil {
		return folder{}, blocked(name, err)
	}
	list, err := os.ReadDir(name)
	if err != nil {
		return folder{}, blocked(name, err)
	}
	if len(list) > 0 {
		return folder{}, fmt.Errorf("%s: something is in this folder already; choose a new or empty folder", name)
	}
	root, err := os.OpenRoot(name)
	return folder{root}, err
}

// folder is where a copy goes: nothing is written outside of it.
type folder struct{ root *os.Root }

// Create makes a file that was not there.
func (f folder) Create(name string) (io.WriteCloser, error) {
	name = filepath.FromSlash(name)
	if !filepath.IsLocal(name) {
		return nil, &fs.PathError{Op: "create", Path: name, Err: fs.ErrInvalid}
	}
	err := f.root.MkdirAll(path.Dir(filepath.ToSlash(name)), 0o700)
	if err != nil {
		return nil, f.named(err)
	}
	to, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, f.named(err)
	}
	return to, nil
}

// named gives an error the whole path, of which a root names what is in it.
func (f folder) named(err error) error {
	var p *fs.PathError
	if !errors.As(err, &p) {
		return err
	}
	return &fs.PathError{Op: p.Op, Path: filepath.Join(f.root.Name(), p.Path), Err: p.Err}
}

// anonymised prints what was done.
func (t *terminal) anonymised(out string, sum anonymise.Summary) error {
	if t.json {
		if err := t.emit(map[string]any{"out": out, "files": sum.Files, "rewritten": sum.Rewritten, "replaced": sum.Replaced,
			"left_out": notices(sum.LeftOut), "notes": notices(sum.Notes)}); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(t.out, "%s: %s, %d with stand-ins for their words, %d pictures, recordings and other files replaced by a line.\n",
			out, count(sum.Files, "file"), sum.Rewritten, sum.Replaced)
		for _, n := range sum.LeftOut {
			fmt.Fprintf(t.out, "  left out: %s: %s\n", visible(n.Path), visible(n.Reason))
		}
		for _, n := range sum.Notes {
			fmt.Fprintf(t.out, "  %s: %s\n", visible(n.Path), visible(n.Reason))
		}
	}
	t.say("Look through the copy before you send it. It still shows how much was written, how long each word is, times of day and short numbers.")
	if len(sum.LeftOut) > 0 {
		return exit{exitPartial, fmt.Errorf("%s could not be copied, and a line stands in the place of each", count(len(sum.LeftOut), "file"))}
	}
	return nil
}

func notices(list []anonymise.Notice) []map[string]string {
	out := make([]map[string]string, 0, len(list))
	for _, n := range list {
		out = append(out, map[string]string{"path": n.Path, "reason": n.Reason})
	}
	return out
}
