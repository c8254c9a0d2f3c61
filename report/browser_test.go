//go:build linux

package report

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A real browser opens the pages from disk: their policy lets their own script
// run and refuses nothing that they need.
func TestABrowserOpensThePages(t *testing.T) {
	s := many(t, 95)
	dir := s.write(t)
	for page, want := range map[string][]string{
		"data/timeline.html":            {"<output>100 / 100</output>", "أعرف أين أنت", `<option value="message">message</option>`},
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
