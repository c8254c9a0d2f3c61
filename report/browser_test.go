//go:build linux

package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"daybook/evidence/journal"
)

// A real browser opens the pages from disk: their policy lets their own script
// run and refuses nothing that they need.
func TestABrowserOpensThePages(t *testing.T) {
	s := many(t, 95)
	dir := s.write(t)
	for page, want := range map[string][]string{
		"data/timeline.html":            {"أعرف أين أنت"},
		"data/timeline/search.html":     {"100 of 100 rows", "أعرف أين أنت"},
		"data/timeline/exhibits-1.html": {"ABC/2"},
		"VERIFY.html":                   {"Check this bundle"},
	} {
		cmd := exec.Command("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
			"--user-data-dir="+t.TempDir(), "--dump-dom", "file://"+filepath.Join(dir, page))
		var dom, log strings.Builder
		cmd.Stdout, cmd.Stderr = &dom, &log
		if err := cmd.Run(); err != nil {
			t.Fatalf("%s: %v\n%s", page, err, &log)
		}
		for _, w := range want {
			if !strings.Contains(dom.String(), w) {
				t.Errorf("%s: the browser does not show %q", page, w)
			}
		}
		if strings.Contains(log.String(), "CONSOLE") {
			t.Errorf("%s: the browser complains:\n%s", page, &log)
		}
	}
}

// A real browser checks a bundle as VERIFY.html does: a good one, one with a
// changed file, and what was noted.
func TestABrowserChecksABundle(t *testing.T) {
	s := newSample(t, Full)
	tree := readTree(t, s.write(t))
	head := sha256.Sum256(s.entries[2].Line)
	bad := maps.Clone(tree)
	bad["data/events.jsonl"] = append(bytes.Clone(bad["data/events.jsonl"]), '\n')
	for _, c := range []struct {
		tree  map[string][]byte
		noted string
		want  string
	}{
		{tree, journal.Phrase(head), `[[],2,5,4]`},
		{tree, groups(hex.EncodeToString(head[:]), 8), `[[],2,5,4]`},
		{tree, journal.HeadText("daybook/x", journal.Head{Count: 3, Hash: head}), `[[],2,5,4]`},
		{tree, journal.Phrase([32]byte{}), `[[],-1,5,4]`},
		{bad, "twelve", `[["data/events.jsonl"],-1,5,4]`},
	} {
		if got := browserVerdict(t, c.tree, c.noted); got != c.want {
			t.Errorf("%s: the browser finds %s; want %s", c.noted, got, c.want)
		}
	}
}

// browserVerdict runs the page's own check in a browser over files that are
// handed to it in the page: the names of what is wrong, the entry that was
// noted, how many entries there are and are opened.
func browserVerdict(t *testing.T, tree map[string][]byte, noted string) string {
	t.Helper()
	files := must(json.Marshal(tree))(t)
	page := fmt.Sprintf(`<meta charset="utf-8"><body><iframe></iframe></body><script>%s
		const wait = document.querySelector('iframe').contentDocument; // a page that is still written holds the browser up
		wait.open();
		const tree = %s, noted = notedDigits(%q);
		const files = new Map(Object.entries(tree).map(([name, data]) => [name, new Blob([unbase64(data)])]));
		check(files, () => {}, noted).then(
			s => { document.body.textContent = JSON.stringify([[...s.wrong.keys()].sort(), s.noted, s.entries, s.opened]); },
			e => { document.body.textContent = 'failed: ' + e; }).then(() => wait.close());
	</script>`, strings.Replace(verifyProgram(), "typeof document !== 'undefined'", "false", 1), files, noted)
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("chromium", "--headless", "--no-sandbox", "--disable-gpu",
		"--user-data-dir="+t.TempDir(), "--dump-dom", "file://"+file)
	dom := must(cmd.Output())(t)
	_, rest, _ := strings.Cut(string(dom), "<body>")
	text, _, _ := strings.Cut(rest, "<")
	return strings.TrimSpace(text)
}

// The policy of every page names the hash of the script that is in it.
func TestPolicyNamesTheScript(t *testing.T) {
	for name, data := range readTree(t, newSample(t, Full).write(t)) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for tag, directive := range map[string]string{"script": "script-src", "style": "style-src"} {
			_, rest, _ := strings.Cut(string(data), "<"+tag+">")
			text, _, ok := strings.Cut(rest, "</"+tag+">")
			policy := elementPolicy(t, data)
			if tag == "script" && !ok {
				if !strings.Contains(policy, "script-src 'none'") {
					t.Errorf("%s: it has no script, and its policy is %q", name, policy)
				}
				continue
			}
			if !ok || !strings.Contains(policy, directive+" '"+sourceHash(text)+"'") {
				t.Errorf("%s: its policy %q does not name its %s", name, policy, tag)
			}
		}
	}
}

func elementPolicy(t *testing.T, page []byte) string {
	t.Helper()
	for _, e := range elements(t, page) {
		if e.tag == "meta" && e.attrs["http-equiv"] == "Content-Security-Policy" {
			return e.attrs["content"]
		}
	}
	return ""
}
