package report

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daybook/evidence/verify"
)

// bundleNow writes a bundle of the case as it is.
func (k *realCase) bundleNow(t *testing.T, name string) string {
	t.Helper()
	b := k.plan(t, Full)
	dir := filepath.Join(t.TempDir(), name)
	if err := b.Write(t.Context(), dir, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// The journal of an earlier bundle is the beginning of that of a later one, by
// the bundle or by a signed head alone; another case's, a later one's and a
// forged one's are not.
func TestEarlierBundleIsPart(t *testing.T) {
	k := newCase(t)
	before := k.bundleNow(t, "before")
	head := filepath.Join(t.TempDir(), "head")
	if err := os.WriteFile(head, must(k.c.Checkpoint())(t), 0o600); err != nil {
		t.Fatal(err)
	}
	must(k.c.Record(t.Context(), "mark", nil, map[string]string{"note": "later"}))(t)
	after := k.bundleNow(t, "after")
	other := newCase(t).bundleNow(t, "other")
	forged := filepath.Join(t.TempDir(), "forged")
	note := bytes.Replace(must(os.ReadFile(filepath.Join(before, "log/checkpoint")))(t), []byte("\nhead "), []byte("\nhead 0"), 1)
	if err := os.WriteFile(forged, note, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		earlier, later string
		code           int
		says           string
	}{
		{before, after, 0, "EARLIER   yes: the earlier journal, "},
		{zipped(t, readTree(t, before), "Bundle/"), after, 0, "EARLIER   yes"},
		{head, after, 0, "EARLIER   yes"},
		{after, after, 0, "EARLIER   yes"},
		{after, before, 4, "EARLIER   no: the earlier journal is not the beginning of this one: it has more entries"},
		{other, after, 4, "EARLIER   no: the earlier journal is not the beginning of this one: its head is not signed by the key"},
		{forged, after, 4, "EARLIER   no: "},
		{t.TempDir(), after, 1, "the earlier bundle: "},
		{filepath.Join(before, "nowhere"), after, 1, "the earlier bundle: "},
	} {
		var out, msg bytes.Buffer
		code := verify.Main([]string{"--earlier", c.earlier, c.later}, &out, &msg)
		if all := out.String() + msg.String(); code != c.code || !strings.Contains(all, c.says) {
			t.Errorf("%s in %s: exit code %d, want %d and %q:\n%s", c.earlier, c.later, code, c.code, c.says, all)
		}
	}
	var out bytes.Buffer
	if code := verify.Main([]string{"--json", "--earlier", before, after}, &out, io.Discard); code != 0 {
		t.Errorf("as JSON: exit code %d", code)
	}
	var v struct{ Earlier verify.Earlier }
	if err := json.Unmarshal(out.Bytes(), &v); err != nil || !v.Earlier.Part || v.Earlier.Entries == 0 {
		t.Errorf("as JSON: %v, %s", err, &out)
	}
}

// A journal that was written anew, by whoever holds the key, does not have the
// earlier head at its place.
func TestJournalWrittenAnewIsNoContinuation(t *testing.T) {
	s := newSample(t, Full)
	dir := s.write(t)
	note, err := os.ReadFile(filepath.Join(dir, "log/checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.Bundle(t.Context(), os.DirFS(dir), verify.Options{Earlier: note})
	if err != nil || !v.OK() || !v.Earlier.Part {
		t.Fatalf("the same bundle: %v, %+v", err, v.Earlier)
	}
	other := newSample(t, Full)
	other.entries = other.entries[:len(other.entries)-1]
	for _, text := range []string{"not what was said", "later"} {
		other.entry(map[string]any{"action": "note", "detail": map[string]any{"text": text}})
	}
	other.again()
	anew := other.write(t)
	v, err = verify.Bundle(t.Context(), os.DirFS(anew), verify.Options{Earlier: note})
	if err != nil || v.OK() || v.Earlier.Part || len(v.Problems) > 0 || !strings.Contains(v.Earlier.Why, "written anew") {
		t.Errorf("the one written anew: %v, %+v, %v", err, v.Earlier, v.Problems)
	}
}
