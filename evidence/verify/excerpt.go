package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// The files of an excerpt: one original shown without the rest of its bundle.
const (
	ExcerptEntry  = "entry.json"    // the journal's entry of the adding
	ExcerptLine   = "line.txt"      // its line in the skeleton, with the line feed
	ExcerptPath   = "path.txt"      // what stands beside it in the Merkle tree, from the leaf up
	ExcerptCheck  = "checkpoint"    // the signed head of the journal
	ExcerptSigner = "signer.pem"    // the key
	ExcerptText   = "EXCERPT.txt"   // what this is and how to check it
	ExcerptFolder = "original"      // the one folder, with the file in it
	maxPath       = 64              // levels of a tree
	maxEntry      = int64(16 << 20) // bytes of an entry
)

// Step is a node beside the way from a leaf to the root.
type Step struct {
	Left bool // it stands on the left
	Hash [32]byte
}

// Excerpted is the outcome of checking an excerpt.
type Excerpted struct {
	Problems    []Problem `json:"problems"`
	File        string    `json:"file"`
	Name        string    `json:"name"` // under which the entry says it was added
	Item        int64     `json:"item"`
	Sum         string    `json:"sha256"`
	Entry       uint64    `json:"entry"`   // of the journal
	Entries     uint64    `json:"entries"` // of the whole journal
	Fingerprint string    `json:"fingerprint"`
	Unvouched   []string  `json:"not_vouched_for"` // files that nothing in it is signed over
}

// OK tells that nothing was found wrong.
func (p *Excerpted) OK() bool { return len(p.Problems) == 0 }

func (p *Excerpted) add(file, format string, a ...any) {
	p.Problems = append(p.Problems, Problem{file, fmt.Sprintf(format, a...)})
}

// PathOf gives the nodes beside the way from leaf n to the root of the tree over
// the leaves (RFC 6962, section 2.1.1). Leaves are the hashes of lines.
func PathOf(leaves [][32]byte, n int) []Step {
	if len(leaves) < 2 {
		return nil
	}
	k := split(len(leaves))
	if n < k {
		return append(PathOf(leaves[:k], n), Step{false, rootOf(leaves[k:])})
	}
	return append(PathOf(leaves[k:], n-k), Step{true, rootOf(leaves[:k])})
}

// split is the largest power of two below n.
func split(n int) int {
	k := 1
	for k*2 < n {
		k *= 2
	}
	return k
}

func rootOf(leaves [][32]byte) [32]byte {
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := split(len(leaves))
	return node(rootOf(leaves[:k]), rootOf(leaves[k:]))
}

// Leaf is the hash of a line of the skeleton, which comes with its line feed.
func Leaf(line []byte) [32]byte { return sha256.Sum256(append([]byte{0}, line...)) }

// sides tells on which side the nodes stand beside the way from leaf n of a
// tree of so many, from the leaf up.
func sides(n, size uint64) (left []bool) {
	for ; size > 1; n, size = n/2, (size+1)/2 {
		switch {
		case n%2 == 1:
			left = append(left, true)
		case n+1 < size:
			left = append(left, false)
		}
	}
	return left
}

// Excerpt checks an excerpt, whose files are in fsys: the original against the
// entry, the entry against the line, the line by the path against the signed
// root. fingerprint is the signer's as it came by another way; it may be empty.
func Excerpt(ctx context.Context, fsys fs.FS, fingerprint string) (*Excerpted, error) {
	p := &Excerpted{Problems: []Problem{}, Unvouched: []string{}}
	if err := p.file(ctx, fsys); err != nil {
		return nil, err
	}
	parts := map[string][]byte{}
	for _, name := range []string{ExcerptEntry, ExcerptLine, ExcerptPath, ExcerptCheck, ExcerptSigner} {
		b, err := readPart(fsys, name)
		if err != nil {
			p.add(name, "%v", err)
			return p, nil
		}
		parts[name] = b
	}
	key, print, err := parseKey(parts[ExcerptSigner])
	if err != nil {
		p.add(ExcerptSigner, "%v", err)
		return p, nil
	}
	if p.Fingerprint = print; fingerprint != "" && plainHex(fingerprint) != print {
		p.add(ExcerptSigner, "is another key: its fingerprint is %s, and you gave %s", print, plainHex(fingerprint))
	}
	head, err := parseNote(parts[ExcerptCheck], key)
	if err != nil {
		p.add(ExcerptCheck, "%s", strings.ReplaceAll(err.Error(), "log/", ""))
		return p, nil
	}
	p.Entries = head.size
	p.entry(parts[ExcerptEntry])
	p.line(parts[ExcerptLine], parts[ExcerptEntry])
	p.path(parts[ExcerptPath], parts[ExcerptLine], head)
	return p, nil
}

// file finds the original, hashes it, and names what does not belong there.
func (p *Excerpted) file(ctx context.Context, fsys fs.FS) error {
	known := []string{ExcerptEntry, ExcerptLine, ExcerptPath, ExcerptCheck, ExcerptSigner}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", name, err)
		case d.Type().IsRegular() && name == ExcerptText:
			p.Unvouched = append(p.Unvouched, name)
		case name == "." || name == ExcerptFolder && d.IsDir() || d.Type().IsRegular() && slices.Contains(known, name):
		case d.Type().IsRegular() && strings.HasPrefix(name, ExcerptFolder+"/") && p.File == "":
			p.File = name
		default:
			p.add(name, "does not belong to an excerpt")
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if p.File == "" {
		p.add(ExcerptFolder, "holds no file")
		return nil
	}
	f, err := fsys.Open(p.File)
	if err != nil {
		return err
	}
	h := sha256.New()
	_, err = io.Copy(h, reader{ctx, f})
	p.Sum = hex.EncodeToString(h.Sum(nil))
	return errors.Join(err, f.Close())
}

// reader stops when the check is cancelled.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(b)
}

func readPart(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("is missing")
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular() || info.Size() > maxEntry:
		return nil, errors.New("is larger than this file can be, or is none")
	}
	return fs.ReadFile(fsys, name)
}

// entry compares the original with what the entry says of it.
func (p *Excerpted) entry(body []byte) {
	var e struct {
		Seq     *uint64 `json:"seq"`
		Subject struct {
			Item int64 `json:"item"`
		} `json:"subject"`
		Detail struct {
			Sum  string `json:"sha256"`
			Name string `json:"name"`
		} `json:"detail"`
	}
	if err := json.Unmarshal(body, &e); err != nil || e.Seq == nil {
		p.add(ExcerptEntry, "is not an entry of a journal")
		return
	}
	p.Entry, p.Item, p.Name = *e.Seq, e.Subject.Item, e.Detail.Name
	if p.File != "" && (e.Detail.Sum != p.Sum || e.Subject.Item <= 0) {
		p.add(p.File, "is not the file that the entry says was added: its SHA-256 is %s, the entry has %q", p.Sum, e.Detail.Sum)
		return
	}
	if want := ExcerptName(p.Item, p.Sum); p.File != "" && strings.TrimSuffix(path.Base(p.File), path.Ext(p.File)) != want {
		p.add(p.File, "was renamed: a bundle names this file %s, with an ending, and the entry says that it was added as %q", want, p.Name)
	}
}

// ExcerptName is how a bundle, and an excerpt of one, names a file: by its item
// and its SHA-256, without its ending.
func ExcerptName(item int64, sum string) string {
	return fmt.Sprintf("%06d-%s", item, sum[:min(len(sum), 8)])
}

// line compares the entry with the line that commits to it.
func (p *Excerpted) line(line, body []byte) {
	sum := sha256.Sum256(body)
	f := strings.Split(string(line), " ")
	if len(f) != 4 || f[0] != "v1" || !isSum(f[2]) || !strings.HasSuffix(f[3], "\n") {
		p.add(ExcerptLine, "is not one line of a journal's skeleton")
		return
	}
	if f[1] != fmt.Sprint(p.Entry) {
		p.add(ExcerptLine, "is of entry %s, and the entry says that it is %d", f[1], p.Entry)
	}
	if f[3] != hex.EncodeToString(sum[:])+"\n" {
		p.add(ExcerptEntry, "is not the entry that %s commits to", ExcerptLine)
	}
}

// path walks from the line to the root that was signed.
func (p *Excerpted) path(text, line []byte, head note) {
	want := sides(p.Entry, head.size)
	lines := strings.SplitAfter(string(text), "\n")
	if lines = lines[:len(lines)-1]; len(lines) > maxPath || len(lines) != len(want) || p.Entry >= head.size {
		p.add(ExcerptPath, "does not lead from entry %d to the root of %d", p.Entry, head.size)
		return
	}
	at := Leaf(line)
	for i, l := range lines {
		s, ok := parseStep(l)
		if !ok || s.Left != want[i] {
			p.add(ExcerptPath, "line %d is not the node beside the way there", i+1)
			return
		}
		at = s.up(at)
	}
	if at != head.root {
		p.add(ExcerptPath, "does not lead to the root that the checkpoint signed: the line or the path is another")
	}
}

// up is the node above this one and the one that it stands beside.
func (s Step) up(at [32]byte) [32]byte {
	if s.Left {
		return node(s.Hash, at)
	}
	return node(at, s.Hash)
}

// String is a line of path.txt, without line feed.
func (s Step) String() string {
	side := "right"
	if s.Left {
		side = "left"
	}
	return fmt.Sprintf("%s %x", side, s.Hash)
}

func parseStep(line string) (s Step, ok bool) {
	side, sum, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
	s.Left = side == "left"
	if !s.Left && side != "right" || !isSum(sum) {
		return s, false
	}
	n, err := hex.Decode(s.Hash[:], []byte(sum))
	return s, err == nil && n == len(s.Hash)
}

// isExcerpt tells a folder that holds an excerpt.
func isExcerpt(fsys fs.FS) bool {
	_, err := fs.Stat(fsys, ExcerptPath)
	_, bag := fs.Stat(fsys, bagFile)
	return err == nil && errors.Is(bag, fs.ErrNotExist)
}

// Write prints the outcome for a person.
func (p *Excerpted) Write(w io.Writer) error {
	var b strings.Builder
	for _, problem := range p.Problems {
		fmt.Fprintf(&b, "WRONG     %s\n", problem)
	}
	if p.OK() {
		fmt.Fprintf(&b, "ADDED     %s is item %d, added as %q, unchanged since entry %d of %d of the journal says that it was added.\n", p.File, p.Item, p.Name, p.Entry, p.Entries)
		if ending := path.Ext(p.File); !strings.EqualFold(ending, path.Ext(p.Name)) {
			fmt.Fprintf(&b, "          Its ending here, %q, is not that of the name, and no part of what is signed.\n", ending)
		}
		fmt.Fprintf(&b, "SIGNED    by the key\n          %s\n          Compare this fingerprint with one that you got by another way than in this excerpt.\n", groups(p.Fingerprint))
		for _, name := range p.Unvouched {
			fmt.Fprintf(&b, "NOT       vouched for: %s. It explains the excerpt, and anybody can have written it; go by what is said here.\n", name)
		}
	} else {
		fmt.Fprintf(&b, "\nThis excerpt does not hold: %s.\n", count(len(p.Problems), "thing is wrong", "things are wrong"))
	}
	fmt.Fprintln(&b, "\nThis check says nothing about whether the content is true or who wrote it.")
	_, err := io.WriteString(w, b.String())
	return err
}
