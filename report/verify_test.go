package report

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/tyler-smith/go-bip39"
	"golang.org/x/mod/sumdb/note"

	"daybook/evidence/journal"
	"daybook/evidence/verify"
)

// zipped puts a tree in a zip under a folder.
func zipped(t *testing.T, tree map[string][]byte, folder string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		w := must(z.Create(folder + name))(t)
		must(w.Write(tree[name]))(t)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "bundle.zip")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestVerifyProgram(t *testing.T) {
	dir := newSample(t, Full).write(t)
	tree := readTree(t, dir)
	plain, inFolder := zipped(t, tree, ""), zipped(t, tree, "Bundle A/")
	beside := map[string][]byte{"__MACOSX/Bundle A/._bagit.txt": []byte("a system's own")}
	for name, data := range tree {
		beside["Bundle A/"+name] = data
	}
	tree["data/chronology.csv"] = append(tree["data/chronology.csv"], '\n')
	bad := zipped(t, tree, "")
	print := verdict(t, dir).Fingerprint
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{dir}, 0, "UNCHANGED yes: 31 files"},
		{[]string{plain}, 0, "UNCHANGED yes: 31 files"},
		{[]string{inFolder}, 0, "1 of 5 journal entries are withheld"},
		{[]string{zipped(t, beside, "")}, 0, "UNCHANGED yes: 31 files"},
		{[]string{"--fingerprint", groups(print, 8), dir}, 0, "that is the fingerprint you gave"},
		{[]string{dir, "--fingerprint", groups(print, 8)}, 0, "that is the fingerprint you gave"},
		{[]string{dir, dir}, 2, "BUNDLE"},
		{[]string{"--fingerprint", strings.Repeat("a", 64), dir}, 4, "log/signer.pem: is another key"},
		{[]string{"--fingerprint", strings.Repeat("a", 64), dir}, 4, "The files are all as they were sealed, but not by the key whose fingerprint you gave."},
		{[]string{"--fingerprint", strings.Repeat("a", 64), bad}, 4, "This bundle is not as it was sealed, or is not whole: 3 things are wrong."},
		{[]string{"--fingerprint", "abc", dir}, 2, "want 64 hexadecimal digits"},
		{[]string{bad}, 4, "data/chronology.csv: is not the file that was sealed"},
		{[]string{t.TempDir()}, 4, "bagit.txt: is missing"},
		{[]string{filepath.Join(dir, "nowhere")}, 1, "there is no such file or folder"},
		{[]string{filepath.Join(dir, "bagit.txt")}, 1, "zip"},
		{[]string{}, 2, "BUNDLE"},
		{[]string{"--what"}, 2, "what"},
		{[]string{"-h"}, 0, "BUNDLE"},
	} {
		var out, msg bytes.Buffer
		if code := verify.Main(c.args, &out, &msg); code != c.code {
			t.Errorf("%v: exit code %d, want %d\n%s%s", c.args, code, c.code, &out, &msg)
		}
		if all := out.String() + msg.String(); !strings.Contains(all, c.says) {
			t.Errorf("%v: does not say %q:\n%s", c.args, c.says, all)
		}
	}
}

func TestVerifyJSON(t *testing.T) {
	dir := newSample(t, Full).write(t)
	var out bytes.Buffer
	if code := verify.Main([]string{"--json", dir}, &out, io.Discard); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	var v map[string]any
	if err := json.Unmarshal(out.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{"ok": true, "files": 31.0, "entries": 5.0, "withheld": 1.0, "originals": 3.0, "fingerprint_compared": false, "made": "2026-03-14T15:09:26Z"} {
		if v[key] != want {
			t.Errorf("%s is %v, want %v", key, v[key], want)
		}
	}
}

// Every state that the journal ever had is found by its phrase and by its
// digits, by the program and by the printed command; no other is.
func TestWhatWasNotedIsLookedUp(t *testing.T) {
	s := newSample(t, Full)
	dir := s.write(t)
	for _, e := range s.entries {
		head := sha256.Sum256(e.Line)
		for _, noted := range []string{journal.Phrase(head), "  " + strings.ToUpper(journal.Phrase(head)), groups(hex.EncodeToString(head[:]), 8), journal.HeadText("daybook/x", journal.Head{Count: e.Seq + 1, Hash: head})} {
			var out bytes.Buffer
			want := fmt.Sprintf("yes: the journal in this bundle contains the state you noted, after entry %d of 4.", e.Seq)
			if code := verify.Main([]string{"--phrase", noted, dir}, &out, io.Discard); code != 0 || !strings.Contains(out.String(), want) {
				t.Errorf("%s: exit code %d:\n%s", noted, code, &out)
			}
		}
		if wrong := typed(t, strings.Replace(printed(t, dir), "noted=''", "noted='"+hex.EncodeToString(head[:])+"'", 1), dir); wrong != "" {
			t.Errorf("entry %d: the commands say:\n%s", e.Seq, wrong)
		}
	}
	other := sha256.Sum256([]byte("another journal"))
	var out bytes.Buffer
	code := verify.Main([]string{"--phrase", journal.Phrase(other), dir}, &out, io.Discard)
	if code != 4 || !strings.Contains(out.String(), "does not contain the state you noted") || !strings.Contains(out.String(), "UNCHANGED yes") {
		t.Errorf("a state of another journal: exit code %d:\n%s", code, &out)
	}
	if wrong := typed(t, strings.Replace(printed(t, dir), "noted=''", "noted='"+hex.EncodeToString(other[:])+"'", 1), dir); !strings.Contains(wrong, "does not hold the state") {
		t.Errorf("a state of another journal: the commands say:\n%s", wrong)
	}
	out.Reset()
	if code := verify.Main([]string{"--json", "--phrase", journal.Phrase(other), dir}, &out, io.Discard); code != 4 || !strings.Contains(out.String(), `"ok":false`) || !strings.Contains(out.String(), `"noted":{"found":false,"entry":0,"last":4}`) {
		t.Errorf("as JSON: exit code %d:\n%s", code, &out)
	}
	for noted, says := range map[string]string{
		"amber river stone":                        "3 words; want the 12",
		strings.Repeat("abandon ", 11) + "brindge": `"brindge" is in no phrase`,
		strings.Repeat("0", 63):                    "1 word; want the 12",
	} {
		var msg bytes.Buffer
		if code := verify.Main([]string{"--phrase", noted, dir}, io.Discard, &msg); code != 2 || !strings.Contains(msg.String(), says) {
			t.Errorf("%q: exit code %d: %s", noted, code, &msg)
		}
	}
}

// The words are those that the journal makes its phrases of.
func TestWordsAreTheJournals(t *testing.T) {
	if d := cmp.Diff(bip39.GetWordList(), verify.Words()); d != "" {
		t.Error(d)
	}
}

// The checkpoint is read by two other programs: the journal's own reader and
// the note verifier of the Go checksum database.
func TestCheckpointIsReadByOthers(t *testing.T) {
	k := newCase(t)
	b := k.plan(t, Full)
	dir := filepath.Join(t.TempDir(), "b")
	if err := b.Write(t.Context(), dir, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	tree := readTree(t, dir)
	c, err := journal.OpenCheckpoint(tree["log/checkpoint"], k.c.SignerPublic())
	if err != nil {
		t.Fatal(err)
	}
	own, err := journal.OpenCheckpoint(must(k.c.Checkpoint())(t), k.c.SignerPublic())
	if err != nil {
		t.Fatal(err)
	}
	if c.Size != own.Size || c.Root != own.Root || c.Head != own.Head || c.Origin != own.Origin {
		t.Errorf("the bundle signs %+v and the case %+v", c, own)
	}
	key := must(note.NewEd25519VerifierKey(c.Origin, k.c.SignerPublic()))(t)
	if _, err := note.Open(tree["log/checkpoint"], note.VerifierList(must(note.NewVerifier(key))(t))); err != nil {
		t.Error(err)
	}
	if code := must(k.c.HeadQR())(t); !bytes.Equal(code.PNG(), b.Log.Code) {
		t.Error("the bundle prints another code than the case")
	}
	if phrase := k.c.Phrase(); phrase != b.Log.Phrase {
		t.Errorf("the bundle prints %q and the case says %q", b.Log.Phrase, phrase)
	}
}

// However a file of a bundle is changed, the verifier says so and does not
// fall over.
func FuzzVerify(f *testing.F) {
	tree := fstest.MapFS{}
	dir := newSample(f, Full).write(f)
	names := []string{}
	for name, data := range readTree(f, dir) {
		tree[name] = &fstest.MapFile{Data: data}
		if len(data) < 4<<10 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	f.Add(uint8(0), uint16(3), uint16(1), []byte("x"))
	f.Add(uint8(9), uint16(0), uint16(4000), []byte{})
	f.Add(uint8(12), uint16(64), uint16(2), []byte(" *"))
	f.Fuzz(func(t *testing.T, which uint8, at, cut uint16, put []byte) {
		name := names[int(which)%len(names)]
		old := tree[name].Data
		from := int(at) % (len(old) + 1)
		changed := slices.Concat(old[:from], put, old[min(len(old), from+int(cut)):])
		mine := maps.Clone(tree)
		mine[name] = &fstest.MapFile{Data: changed}
		v, err := verify.Bundle(t.Context(), mine, verify.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if same := bytes.Equal(old, changed); v.OK() != same {
			t.Fatalf("%s from byte %d: OK is %v: %v", name, from, v.OK(), v.Problems)
		}
		if !v.OK() {
			named(t, v, name)
		}
	})
}

// The printed commands report an original whose entry is withheld: the text
// above them says which these are, and names no other.
func TestWithheldEntriesAreNamed(t *testing.T) {
	b := Bundle{Exhibits: []Exhibit{{Item: 1, File: "data/originals/000001-aa.jpg"}, {Item: 2}, {Item: 3, File: "data/originals/000003-cc.jpg"}}}
	if text := b.verifyText(); strings.Contains(text, "%!") || strings.Contains(text, "it names the files below") {
		t.Errorf("nothing is withheld:\n%s", text)
	}
	b.Log.Closed = []int64{1, 2}
	if text := b.verifyText(); !strings.Contains(text, "can be asked for:\n   000001-aa.jpg\n\n") || strings.Contains(text, "000003") {
		t.Errorf("item 1 is withheld:\n%s", text)
	}
}
