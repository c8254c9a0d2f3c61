package report

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"daybook/evidence/disk"
	"daybook/evidence/verify"
)

// Excerpted is one exhibit of a bundle that can be shown without the rest: its file,
// the journal's entry of its adding, and the way from that entry's line to the
// signed head.
type Excerpted struct {
	Label string
	File  string // in the bundle
	Entry uint64
}

// WriteExcerpt writes an exhibit with what vouches for it, by its label or its item's number, into
// the folder dir, which must be missing or empty. The bundle is checked first:
// one that is not as it was sealed vouches for nothing.
func WriteExcerpt(ctx context.Context, bundle fs.FS, exhibit string, fsys disk.FS, dir string) (Excerpted, error) {
	v, err := verify.Bundle(ctx, bundle, verify.Options{})
	if err != nil {
		return Excerpted{}, err
	}
	if !v.OK() {
		return Excerpted{}, fmt.Errorf("the bundle is not as it was sealed: %s", v.Problems[0])
	}
	p, sum, err := findExhibit(bundle, exhibit)
	if err != nil {
		return Excerpted{}, err
	}
	entry, err := entryOf(bundle, sum, itemOf(p.File))
	if err != nil {
		return Excerpted{}, err
	}
	if p.Entry = entry; entry == 0 {
		return Excerpted{}, fmt.Errorf("exhibit %s: this pack does not open the journal's entry of its adding, which holds something that the pack withholds, as a word in the name of the file; an entry is signed whole, so that no part of it can be shown alone: hand over the pack itself, or take the excerpt from a full pack", p.Label)
	}
	line, way, err := wayTo(ctx, bundle, entry)
	if err != nil {
		return Excerpted{}, err
	}
	return p, p.write(ctx, bundle, fsys, dir, line, way)
}

// findExhibit looks an exhibit up in the table of the exhibits.
func findExhibit(bundle fs.FS, exhibit string) (p Excerpted, sum string, err error) {
	const table = "data/exhibits.csv"
	b, err := fs.ReadFile(bundle, table)
	if err != nil {
		return p, "", err
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte(mark)))).ReadAll()
	if err != nil || len(rows) == 0 {
		return p, "", fmt.Errorf("%s: cannot be read: %w", table, err)
	}
	column := func(row []string, title string) string {
		if i := slices.Index(rows[0], title); i >= 0 && i < len(row) {
			return row[i]
		}
		return ""
	}
	var labels []string
	for _, row := range rows[1:] {
		label := column(row, "Exhibit")
		if label != exhibit && column(row, "Item") != exhibit {
			labels = append(labels, label)
			continue
		}
		p = Excerpted{Label: label, File: column(row, "File in this bundle")}
		if p.File == "" {
			return p, "", fmt.Errorf("exhibit %s: its file is not in this bundle: %s", label, column(row, "Withheld"))
		}
		return p, column(row, "SHA-256"), nil
	}
	return p, "", fmt.Errorf("exhibit %q: not in this bundle, which has %s", exhibit, strings.Join(labels[:min(len(labels), 12)], ", "))
}

// itemOf is the item whose number a file's name begins with.
func itemOf(file string) int64 {
	number, _, _ := strings.Cut(path.Base(file), "-")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// entryOf is the number of the opened entry that says that an item was added; 0
// when none does, for the first entry makes the case.
func entryOf(bundle fs.FS, sum string, item int64) (uint64, error) {
	names, err := fs.Glob(bundle, "log/entries/*.json")
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		b, err := fs.ReadFile(bundle, name)
		if err != nil {
			return 0, err
		}
		var e struct {
			Seq     uint64
			Subject struct{ Item int64 }
			Detail  struct{ SHA256 string }
		}
		// Entries about other things have other shapes in these places.
		if json.Unmarshal(b, &e) == nil && e.Detail.SHA256 == sum && e.Subject.Item == item {
			return e.Seq, nil
		}
	}
	return 0, nil
}

// wayTo gives the line of an entry and the nodes beside the way from it to the
// root.
func wayTo(ctx context.Context, bundle fs.FS, entry uint64) (line []byte, way []verify.Step, err error) {
	f, err := bundle.Open("log/chain.txt")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var leaves [][32]byte
	lines := bufio.NewReader(f)
	for {
		l, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, nil, fmt.Errorf("log/chain.txt: %w", err)
		}
		if uint64(len(leaves)) == entry {
			line = l
		}
		leaves = append(leaves, verify.Leaf(l))
	}
	if line == nil {
		return nil, nil, fmt.Errorf("log/chain.txt: has no entry %d", entry)
	}
	return line, verify.PathOf(leaves, int(entry)), nil
}

// write lays it out, beside its place first, as a bundle is.
func (p Excerpted) write(ctx context.Context, bundle fs.FS, fsys disk.FS, dir string, line []byte, way []verify.Step) error {
	info, err := fs.Stat(bundle, p.File)
	if err != nil {
		return err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	work, err := workplace(fsys, dir, uint64(info.Size())+1<<20)
	if err != nil {
		return err
	}
	to := newBag(ctx, fsys, work, nil)
	err = errors.Join(p.fill(to, bundle, line, way), to.finish())
	if err == nil {
		err = settle(fsys, work, dir)
	}
	if err != nil {
		return errors.Join(err, fsys.RemoveAll(work))
	}
	return nil
}

func (p Excerpted) fill(to *bag, bundle fs.FS, line []byte, way []verify.Step) error {
	for _, f := range [][2]string{
		{p.File, verify.ExcerptFolder + "/" + path.Base(p.File)},
		{fmt.Sprintf("log/entries/%08d.json", p.Entry), verify.ExcerptEntry},
		{"log/checkpoint", verify.ExcerptCheck},
		{"log/signer.pem", verify.ExcerptSigner},
	} {
		if err := to.create(f[1], func(w io.Writer) error { return copyOf(bundle, f[0], w) }); err != nil {
			return err
		}
	}
	var steps strings.Builder
	for _, s := range way {
		fmt.Fprintln(&steps, s)
	}
	return errors.Join(
		to.text(verify.ExcerptLine, string(line)),
		to.text(verify.ExcerptPath, steps.String()),
		to.text(verify.ExcerptText, excerptText()))
}

func copyOf(bundle fs.FS, name string, w io.Writer) error {
	f, err := bundle.Open(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return errors.Join(err, f.Close())
}

// excerptText is EXCERPT.txt.
func excerptText() string {
	var t strings.Builder
	fmt.Fprintf(&t, "%s\n%s\n\n%s\n", sayExcerptTitle, strings.Repeat("=", len(sayExcerptTitle)), sayExcerptIntro)
	for _, step := range []struct{ say, run string }{
		{sayExcerptFile, commandExcerptFile},
		{sayExcerptOnly, commandExcerptOnly},
		{sayExcerptEntry, commandExcerptEntry},
		{sayExcerptWay, commandExcerptWay},
		{sayExcerptNote, commandExcerptNote},
		{sayExcerptKey, commandExcerptKey},
	} {
		fmt.Fprintf(&t, "\n%s\n\n%s\n", step.say, indent(step.run))
	}
	fmt.Fprintf(&t, "\n%s\n", sayExcerptSays)
	return t.String()
}
