//go:build linux || darwin

package report

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"daybook/evidence/verify"
)

// printed gives the commands of a bundle's VERIFY.txt as a script.
func printed(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "VERIFY.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	for line := range strings.Lines(string(text)) {
		if command, ok := strings.CutPrefix(line, "    "); ok {
			script.WriteString(command)
		}
	}
	if n := strings.Count(script.String(), "\n"); n < 18 {
		t.Fatalf("VERIFY.txt prints %d lines of commands", n)
	}
	return script.String()
}

// typed runs the script as a person would type it and gives what it says is
// wrong: everything but the two lines that say that a signature is right, and
// the fingerprints.
func typed(t *testing.T, script, dir string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "TMPDIR="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if _, exit := err.(*exec.ExitError); err != nil && !exit {
		t.Fatal(err)
	}
	var wrong strings.Builder
	for line := range strings.Lines(string(out)) {
		if line != "Signature Verified Successfully\n" && !fingerprint(line) {
			wrong.WriteString(line)
		}
	}
	if n := strings.Count(string(out), "Verified Successfully"); wrong.Len() == 0 && n != 2 {
		t.Errorf("%d signatures were said to be right; want 2", n)
	}
	return wrong.String()
}

func fingerprint(line string) bool {
	return len(line) >= 65 && strings.Trim(line, "0123456789abcdef -\n") == ""
}

func TestPrintedCommandsAreSilentOnAGoodBundle(t *testing.T) {
	dir := newSample(t, Full).write(t)
	if wrong := typed(t, printed(t, dir), dir); wrong != "" {
		t.Errorf("the commands say:\n%s", wrong)
	}
}

// Every file, changed in one bit of its first, middle or last byte, is named by
// the printed commands and by the verifier.
func TestOneBitIsNamed(t *testing.T) {
	dir := newSample(t, Full).write(t)
	script, all := printed(t, dir), readTree(t, dir)
	for i, name := range slices.Sorted(maps.Keys(all)) {
		data := all[name]
		at := []int{0, len(data) / 2, len(data) - 1}[i%3]
		changed := bytes.Clone(data)
		changed[at] ^= 0x20
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.WriteFile(file, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		if wrong := typed(t, script, dir); !strings.Contains(wrong, name) {
			t.Errorf("%s, byte %d: the commands say:\n%s", name, at, wrong)
		}
		named(t, verdict(t, dir), name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func verdict(t *testing.T, dir string) *verify.Verdict {
	t.Helper()
	v, err := verify.Path(t.Context(), dir, verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func named(t testing.TB, v *verify.Verdict, name string) {
	t.Helper()
	if v.OK() || !slices.ContainsFunc(v.Problems, func(p verify.Problem) bool { return p.File == name }) {
		t.Errorf("%s was changed, and the verifier names %v", name, v.Problems)
	}
}

// The lists, the seal and the journal are changed in every byte, in ways that
// sha256sum itself would let pass: a capital digit, a star for a space.
func TestEveryByteOfTheSealIsNamed(t *testing.T) {
	dir := newSample(t, Served).write(t)
	tree := fstest.MapFS{}
	for name, data := range readTree(t, dir) {
		tree[name] = &fstest.MapFile{Data: data}
	}
	for _, name := range []string{sealFile, sealSigFile, "bagit.txt", "bag-info.txt", "log/checkpoint", "log/signer.pem", "log/signer.txt", tagList, "log/chain.txt"} {
		data := tree[name].Data
		for i := range data {
			for _, mask := range []byte{0x20, 0x0a} {
				changed := bytes.Clone(data)
				changed[i] ^= mask
				tree[name].Data = changed
				v, err := verify.Bundle(t.Context(), tree, verify.Options{})
				if err != nil {
					t.Fatal(err)
				}
				named(t, v, name)
			}
		}
		tree[name].Data = data
	}
}

func TestMissingAddedAndRenamed(t *testing.T) {
	for _, c := range []struct {
		what  string
		do    func(dir string) error
		named []string
	}{
		{"removed original", func(d string) error { return os.Remove(filepath.Join(d, "data/events.jsonl")) }, []string{"data/events.jsonl"}},
		{"removed entry", func(d string) error { return os.Remove(filepath.Join(d, "log/entries/00000001.json")) }, []string{"log/entries/00000001.json"}},
		{"removed list", func(d string) error { return os.Remove(filepath.Join(d, payloadList)) }, []string{payloadList}},
		{"added", func(d string) error { return os.WriteFile(filepath.Join(d, "data/extra.txt"), nil, 0o600) }, []string{"data/extra.txt"}},
		{"added beside", func(d string) error { return os.WriteFile(filepath.Join(d, "log/.hidden"), []byte("x"), 0o600) }, []string{"log/.hidden"}},
		{"emptied", func(d string) error { return os.Mkdir(filepath.Join(d, "data/nothing"), 0o700) }, []string{"data/nothing"}},
		{"linked", func(d string) error { return os.Symlink("/etc/hostname", filepath.Join(d, "data/link")) }, []string{"data/link"}},
		{"renamed", func(d string) error {
			return os.Rename(filepath.Join(d, "data/exhibits.csv"), filepath.Join(d, "data/exhibits2.csv"))
		}, []string{"data/exhibits.csv", "data/exhibits2.csv"}},
	} {
		dir := newSample(t, Full).write(t)
		script := printed(t, dir)
		if err := c.do(dir); err != nil {
			t.Fatal(err)
		}
		wrong := typed(t, script, dir)
		for _, name := range c.named {
			if !strings.Contains(wrong, name) {
				t.Errorf("%s: the commands do not name %s:\n%s", c.what, name, wrong)
			}
			named(t, verdict(t, dir), name)
		}
	}
}

func TestAnotherKeyIsSeen(t *testing.T) {
	dir := newSample(t, Full).write(t)
	good := verdict(t, dir).Fingerprint
	v, err := verify.Path(t.Context(), dir, verify.Options{Fingerprint: groups(good, 4)})
	if err != nil || !v.OK() || !v.Compared {
		t.Errorf("the right fingerprint: %v, %+v", err, v.Problems)
	}
	v, err = verify.Path(t.Context(), dir, verify.Options{Fingerprint: strings.Repeat("0", 64)})
	if err != nil {
		t.Fatal(err)
	}
	named(t, v, "log/signer.pem")
}

// Originals that were swapped, with lists made anew to fit, are named by the
// commands as by the verifier: the journal says what was added.
func TestSwappedOriginalIsNamed(t *testing.T) {
	s := newSample(t, Full)
	e := &s.bundle.Exhibits[2]
	other := []byte("first line\nanother line\n")
	e.Hash = sha256.Sum256(other)
	s.originals[e.Hash] = other
	e.File = fileName("data/originals", e.Item, e.Hash.String(), ".txt")
	s.again()
	dir := s.write(t)
	if wrong := typed(t, printed(t, dir), dir); !strings.Contains(wrong, e.File+": no opened entry") {
		t.Errorf("the commands say:\n%s", wrong)
	}
	if v := verdict(t, dir); !slices.Contains(v.Closed, e.File) {
		t.Errorf("the verifier says %v", v.Closed)
	}
}

// A single changed byte anywhere makes the block of the signature fail.
func TestSignatureCoversEveryFile(t *testing.T) {
	dir := newSample(t, Served).write(t)
	if wrong := typedAlone(t, commandSeal, dir); wrong != "" {
		t.Fatalf("a good bundle: %s", wrong)
	}
	all := readTree(t, dir)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		changed := bytes.Clone(all[name])
		changed[len(changed)/2] ^= 1
		if err := os.WriteFile(file, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		if typedAlone(t, commandSeal, dir) == "" {
			t.Errorf("%s was changed, and the signature is said to be right", name)
		}
		if err := os.WriteFile(file, all[name], 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// typedAlone runs one block and gives what it says, but for success.
func typedAlone(t *testing.T, block, dir string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", block)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if _, exit := err.(*exec.ExitError); err != nil && !exit {
		t.Fatal(err)
	}
	return strings.Replace(string(out), "Signature Verified Successfully\n", "", 1)
}

// A list that was changed is the one that is named, and no original is said to
// be missing from the journal.
func TestChangedListIsNamed(t *testing.T) {
	k := newCase(t)
	dir := filepath.Join(t.TempDir(), "b")
	if err := k.plan(t, Full).Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, payloadList)
	list := must(os.ReadFile(file))(t)
	at := bytes.Index(list, []byte("  data/originals/")) - 1
	list[at] = "01"[(list[at]^1)&1]
	if err := os.WriteFile(file, list, 0o600); err != nil {
		t.Fatal(err)
	}
	v := verdict(t, dir)
	named(t, v, payloadList)
	for _, p := range v.Problems {
		if strings.Contains(p.What, "no entry of the journal") || strings.Contains(p.What, "is not the file that was sealed") && p.File != payloadList {
			t.Error(p)
		}
	}
}

// Rows that were forged and signed with another key, over the journal as it is:
// the journal names its key.
func TestAnotherKeyOverTheSameJournal(t *testing.T) {
	k := newCase(t)
	b := k.plan(t, Served)
	write := func() *verify.Verdict {
		dir := filepath.Join(t.TempDir(), "b")
		if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
			t.Fatal(err)
		}
		v, err := verify.Path(t.Context(), dir, verify.Options{Phrase: b.Log.Phrase})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := write(); !v.OK() || !v.KeyNamed {
		t.Errorf("%+v", v)
	}
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, ed25519.SeedSize))
	b.Signer = Signer{key.Public().(ed25519.PublicKey), func(m []byte) ([]byte, error) { return ed25519.Sign(key, m), nil }}
	v := write()
	named(t, v, "log/signer.pem")
	if !v.Noted.Found || v.KeyNamed || len(v.Problems) != 1 || !strings.Contains(v.Problems[0].What, "another key than the journal names") {
		t.Errorf("%v", v.Problems)
	}
}
