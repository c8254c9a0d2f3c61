package report

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/evidence/disk"
	"daybook/evidence/verify"
	"daybook/timeline"
)

// excerptOf writes a bundle of the test's case and the excerpt of one exhibit.
func excerptOf(t *testing.T, exhibit string) (bundle, excerpt string) {
	t.Helper()
	bundle, excerpt = filepath.Join(t.TempDir(), "b"), filepath.Join(t.TempDir(), "p")
	if err := newCase(t).plan(t, Full).Write(t.Context(), bundle, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := WriteExcerpt(t.Context(), os.DirFS(bundle), exhibit, disk.OS, excerpt); err != nil {
		t.Fatal(err)
	}
	return bundle, excerpt
}

// blocks are the commands that EXCERPT.txt prints.
func excerptCommands(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, verify.ExcerptText))
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	for line := range strings.Lines(string(text)) {
		if code, ok := strings.CutPrefix(line, "    "); ok {
			script.WriteString(code)
		}
	}
	return script.String()
}

// said is what the printed commands say of an excerpt.
func said(t *testing.T, dir, script string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "bash", "-c", script)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out)
}

// An excerpt holds for the program and for the printed commands, and the head in
// it is that of the bundle.
func TestExcerptHolds(t *testing.T) {
	bundle, dir := excerptOf(t, "1")
	p, err := verify.Excerpt(t.Context(), os.DirFS(dir), "")
	if err != nil {
		t.Fatal(err)
	}
	if !p.OK() || p.Item != 1 || p.Entry == 0 || p.Entries <= p.Entry {
		t.Errorf("%+v", p)
	}
	got := said(t, dir, excerptCommands(t, dir))
	if p.Name == "" || !strings.HasPrefix(got, `"name":"`+p.Name+"\"\nSignature Verified Successfully\n"+p.Fingerprint) || strings.Count(got, "\n") != 3 {
		t.Errorf("the printed commands say\n%s", got)
	}
	for a, b := range map[string]string{"log/checkpoint": verify.ExcerptCheck, "log/signer.pem": verify.ExcerptSigner} {
		if x, y := readAll(t, filepath.Join(bundle, a)), readAll(t, filepath.Join(dir, b)); !bytes.Equal(x, y) {
			t.Errorf("%s is not %s", b, a)
		}
	}
}

func readAll(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A byte changed in any part is found by the program and by the commands.
func TestExcerptOfChangedParts(t *testing.T) {
	_, dir := excerptOf(t, "2")
	script := excerptCommands(t, dir)
	whole := said(t, dir, script)
	files, err := filepath.Glob(filepath.Join(dir, "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	originals, err := filepath.Glob(filepath.Join(dir, verify.ExcerptFolder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(append(files, append(originals, filepath.Join(dir, verify.ExcerptCheck))...), func(f string) bool { return filepath.Base(f) == verify.ExcerptText })
	if len(files) != 6 {
		t.Fatalf("parts: %v", files)
	}
	for _, f := range files {
		good := readAll(t, f)
		for _, at := range []int{0, len(good) / 2, len(good) - 2} {
			bad := slices.Clone(good)
			bad[at] ^= 1
			if err := os.WriteFile(f, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			p, err := verify.Excerpt(t.Context(), os.DirFS(dir), "")
			if err != nil {
				t.Fatal(err)
			}
			if p.OK() {
				t.Errorf("%s: byte %d changed, and the excerpt is said to hold", filepath.Base(f), at)
			}
			if got := said(t, dir, script); got == whole {
				t.Errorf("%s: byte %d changed, and the printed commands say nothing", filepath.Base(f), at)
			}
		}
		if err := os.WriteFile(f, good, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// What is not there, and what is withheld, is said in one sentence.
func TestExcerptIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "b")
	if err := newCase(t).plan(t, Served).Write(t.Context(), dir, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	for exhibit, want := range map[string]string{"XYZ/9": "not in this bundle, which has", "1": "its file is not in this bundle"} {
		_, err := WriteExcerpt(t.Context(), os.DirFS(dir), exhibit, disk.OS, filepath.Join(t.TempDir(), "p"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", exhibit, err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "VERIFY.txt"), []byte("trust me"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := WriteExcerpt(t.Context(), os.DirFS(dir), "1", disk.OS, filepath.Join(t.TempDir(), "p")); err == nil || !strings.Contains(err.Error(), "VERIFY.txt") {
		t.Errorf("of a changed bundle: %v", err)
	}
}

// A file that was renamed, and one that was added, are named by the program and by
// the commands. A text that was written anew is not vouched for, and the program
// says so.
func TestExcerptIsWhatTheEntrySays(t *testing.T) {
	_, dir := excerptOf(t, "2")
	script := excerptCommands(t, dir)
	whole := said(t, dir, script)
	original := must(filepath.Glob(filepath.Join(dir, verify.ExcerptFolder, "*")))(t)[0]
	renamed := filepath.Join(dir, verify.ExcerptFolder, "what he did.png")
	for name, change := range map[string]struct{ do, undo func() error }{
		"original/what he did.png": {func() error { return os.Rename(original, renamed) }, func() error { return os.Rename(renamed, original) }},
		"letter.txt":               {func() error { return os.WriteFile(filepath.Join(dir, "letter.txt"), []byte("trust me"), 0o600) }, func() error { return os.Remove(filepath.Join(dir, "letter.txt")) }},
		"more":                     {func() error { return os.Mkdir(filepath.Join(dir, "more"), 0o700) }, func() error { return os.Remove(filepath.Join(dir, "more")) }},
	} {
		if err := change.do(); err != nil {
			t.Fatal(err)
		}
		p := must(verify.Excerpt(t.Context(), os.DirFS(dir), ""))(t)
		if len(p.Problems) != 1 || p.Problems[0].File != name {
			t.Errorf("%s: %+v", name, p.Problems)
		}
		if got := said(t, dir, script); got == whole || !strings.Contains(got, name) {
			t.Errorf("%s: the printed commands say\n%s", name, got)
		}
		if err := change.undo(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, verify.ExcerptText), []byte("He signed it himself."), 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := must(verify.Excerpt(t.Context(), os.DirFS(dir), ""))(t).Write(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`added as "IMG.png"`, "NOT       vouched for: EXCERPT.txt."} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not said:\n%s", want, out.String())
		}
	}
}

// docs/VERIFY.md has the commands of an excerpt as EXCERPT.txt prints them, for
// nothing vouches for that text, and says as it does what is not vouched for.
func TestExcerptCommandsStandInTheDocs(t *testing.T) {
	docs := string(readAll(t, filepath.Join("..", "docs", "VERIFY.md")))
	printed := excerptText()
	for _, command := range []string{commandExcerptFile, commandExcerptOnly, commandExcerptEntry, commandExcerptWay, commandExcerptNote, commandExcerptKey} {
		if in := "       " + strings.ReplaceAll(command, "\n", "\n       "); !strings.Contains(docs, in+"\n") || !strings.Contains(printed, indent(command)) {
			t.Errorf("docs/VERIFY.md or EXCERPT.txt does not have\n%s", command)
		}
	}
	for text, want := range map[string]string{docs: "No signature stands over `EXCERPT.txt`", strings.Join(strings.Fields(printed), " "): "No signature stands over this text (EXCERPT.txt)"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said", want)
		}
	}
}

// A file whose name has a protected word is in a served pack without the entry of its
// adding: who makes the pack is told, the pack holds, and who wants the file alone reads
// why that cannot be and where to have it.
func TestNoExcerptWithoutTheEntry(t *testing.T) {
	k := newCase(t)
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "ADDRESS", Text: "IMG"}))(t)
	b := k.planned(t, Served, func(s *Selection) { s.Show = []Detail{ShowMetadata} })
	closed := slices.IndexFunc(b.Exhibits, func(e Exhibit) bool { return e.Show == ShowPicture })
	if want := []string{b.Exhibits[closed].Label + " [withheld: address].png"}; !slices.Equal(b.Told.Closed, want) {
		t.Fatalf("told: %q, want %q", b.Told.Closed, want)
	}
	dir := filepath.Join(t.TempDir(), "b")
	if err := b.Write(t.Context(), dir, WriteOptions{Still: stillOf}); err != nil {
		t.Fatal(err)
	}
	if v := must(verify.Bundle(t.Context(), os.DirFS(dir), verify.Options{}))(t); !v.OK() {
		t.Error(v.Problems)
	}
	_, err := WriteExcerpt(t.Context(), os.DirFS(dir), b.Exhibits[closed].Label, disk.OS, filepath.Join(t.TempDir(), "p"))
	if err == nil || !strings.Contains(err.Error(), "a word in the name of the file") || !strings.Contains(err.Error(), "a full pack") {
		t.Error(err)
	}
}
