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

// Proof is one exhibit of a bundle that can be shown without the rest: its file,
// the journal's entry of its adding, and the way from that entry's line to the
// signed head.
type Proof struct {
	Label string
	File  string // in the bundle
	Entry uint64
}

// Prove writes the proof of an exhibit, by its label or its item's number, into
// the folder dir, which must be missing or empty. The bundle is checked first:
// one that is not as it was sealed proves nothing.
func Prove(ctx context.Context, bundle fs.FS, exhibit string, fsys disk.FS, dir string) (Proof, error) {
	v, err := verify.Bundle(ctx, bundle, verify.Options{})
	if err != nil {
		return Proof{}, err
	}
	if !v.OK() {
		return Proof{}, fmt.Errorf("the bundle is not as it was sealed: %s", v.Problems[0])
	}
	p, sum, err := findExhibit(bundle, exhibit)
	if err != nil {
		return Proof{}, err
	}
	entry, err := entryOf(bundle, sum, itemOf(p.File))
	if err != nil {
		return Proof{}, err
	}
	if p.Entry = entry; entry == 0 {
		return Proof{}, fmt.Errorf("exhibit %s: the entry of its adding is not opened in this bundle; ask for a full pack", p.Label)
	}
	line, way, err := wayTo(ctx, bundle, entry)
	if err != nil {
		return Proof{}, err
	}
	return p, p.write(ctx, bundle, fsys, dir, line, way)
}

// findExhibit looks an exhibit up in the table of the exhibits.
func findExhibit(bundle fs.FS, exhibit string) (p Proof, sum string, err error) {
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
		p = Proof{Label: label, File: column(row, "File in this bundle")}
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

// write lays the proof out, beside its place first, as a bundle is.
func (p Proof) write(ctx context.Context, bundle fs.FS, fsys disk.FS, dir string, line []byte, way []verify.Step) error {
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

func (p Proof) fill(to *bag, bundle fs.FS, line []byte, way []verify.Step) error {
	for _, f := range [][2]string{
		{p.File, verify.ProofFolder + "/" + path.Base(p.File)},
		{fmt.Sprintf("log/entries/%08d.json", p.Entry), verify.ProofEntry},
		{"log/checkpoint", verify.ProofCheck},
		{"log/signer.pem", verify.ProofSigner},
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
		to.text(verify.ProofLine, string(line)),
		to.text(verify.ProofPath, steps.String()),
		to.text(verify.ProofText, proofText()))
}

func copyOf(bundle fs.FS, name string, w io.Writer) error {
	f, err := bundle.Open(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return errors.Join(err, f.Close())
}

// The commands of PROOF.txt, for bash. They are tested as they stand here.
const (
	commandProvenFile = `grep -q "\"sha256\":\"$(cat original/* | sha256sum | cut -c1-64)\"" entry.json ||
  echo "original: not the file that the entry says was added"`
	commandProvenEntry = `[ "$(sha256sum < entry.json | cut -c1-64)" = "$(cut -d' ' -f4 line.txt)" ] ||
  echo "entry.json: not the entry that the line commits to"`
	commandProvenWay = `bytes() { printf "$(echo "$1" | sed 's/../\\x&/g')"; }
at=$( { printf '\0'; cat line.txt; } | sha256sum | cut -c1-64)
while read -r side beside; do
  if [ "$side" = left ]; then set -- "$beside" "$at"; else set -- "$at" "$beside"; fi
  at=$( { printf '\1'; bytes "$1"; bytes "$2"; } | sha256sum | cut -c1-64)
done < path.txt
[ "$(bytes "$at" | base64)" = "$(sed -n 3p checkpoint)" ] ||
  echo "path.txt: does not lead to the root that the checkpoint signed"`
	commandProvenNote = `t=$(mktemp -d)
sed '/^$/,$d' checkpoint > $t/text
grep '^— ' checkpoint | awk '{print $3}' | base64 -d | tail -c 64 > $t/sig
openssl pkeyutl -verify -pubin -inkey signer.pem -rawin -in $t/text -sigfile $t/sig ||
  echo "checkpoint: not signed by this key"`
	commandProvenKey = `openssl pkey -pubin -in signer.pem -outform DER | sha256sum`
)

// proofText is PROOF.txt.
func proofText() string {
	var t strings.Builder
	fmt.Fprintf(&t, "%s\n%s\n\n%s\n", sayProofTitle, strings.Repeat("=", len(sayProofTitle)), sayProofIntro)
	for _, step := range []struct{ say, run string }{
		{sayProofFile, commandProvenFile},
		{sayProofEntry, commandProvenEntry},
		{sayProofWay, commandProvenWay},
		{sayProofNote, commandProvenNote},
		{sayProofKey, commandProvenKey},
	} {
		fmt.Fprintf(&t, "\n%s\n\n%s\n", step.say, indent(step.run))
	}
	fmt.Fprintf(&t, "\n%s\n", sayProofSays)
	return t.String()
}
