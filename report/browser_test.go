//go:build linux

package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/evidence/journal"
)

// A real browser opens every page from disk: its policy refuses nothing that it
// needs, it asks for nothing but files, and complains of nothing.
func TestABrowserOpensThePages(t *testing.T) {
	c, dir := start(t), many(t, 95).write(t)
	for name := range readTree(t, dir) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		p := c.open(filepath.Join(dir, name))
		if title := p.eval("document.querySelector('h1').textContent"); title == "" {
			t.Errorf("%s: it has no heading", name)
		}
		p.eval("document.querySelectorAll('details').forEach(d => d.open = true)")
		p.shows("true", "Array.from(document.images).every(i => i.loading === 'lazy' || i.complete && i.naturalWidth > 0)")
		p.clean()
	}
}

// Without scripts every row stands on the plain pages, and the search page says
// where they are.
func TestPagesWithoutScripts(t *testing.T) {
	c, dir := start(t), many(t, 95).write(t)
	p := c.blank()
	p.call("Emulation.setScriptExecutionDisabled", with{"value": true}, nil)
	p.visit("file://" + filepath.Join(dir, homePage))
	var tree struct {
		Nodes []axNode
	}
	p.call("Accessibility.getFullAXTree", nil, &tree)
	heard := hear(tree.Nodes)
	for _, want := range []string{"أعرف أين أنت", "Left out of this pack: about a third person", "PDF page", "The same as a table"} {
		if !strings.Contains(heard, want) {
			t.Errorf("the first page does not say %q", want)
		}
	}
	p.visit("file://" + filepath.Join(dir, timelineDir+"search.html"))
	p.call("Accessibility.getFullAXTree", nil, &tree)
	if heard := hear(tree.Nodes); !strings.Contains(heard, sayNoScript) || strings.Contains(heard, wordClear) {
		t.Errorf("the search page without a script: %s", heard)
	}
	exhibits := "file://" + filepath.Join(dir, timelineDir+"exhibits-1.html")
	p.visit(exhibits)
	p.call("Accessibility.getFullAXTree", nil, &tree)
	if heard := hear(tree.Nodes); !strings.Contains(heard, wordOpenFile) || strings.Contains(heard, wordItsRows) {
		t.Errorf("the exhibits without a script, where nothing can be searched: %s", heard)
	}
	p.clean()
	scripted := c.blank()
	scripted.visit(exhibits)
	scripted.call("Accessibility.getFullAXTree", nil, &tree)
	if !strings.Contains(hear(tree.Nodes), wordItsRows) {
		t.Error("the exhibits do not lead to their rows")
	}
	scripted.clean()
}

// found is what the search page says of what it found, and its rows' numbers.
func (p *tab) found() (count, numbers string) {
	return p.eval("document.getElementById('count').textContent"), p.eval("Array.from(document.querySelectorAll('#rows .no'), e => e.textContent).join(' ')")
}

// set gives a field a value as a person does who types it.
func (p *tab) set(field, value string) {
	p.c.t.Helper()
	p.eval("(() => { const e = document.getElementById(%s); e.value = %s; e.form.requestSubmit(); })()", field, value)
}

// The search page finds by words, days, people, kinds, exhibits and marks, alone
// and together.
func TestSearchFinds(t *testing.T) {
	s := many(t, 95)
	s.row(Row{Kind: "message", From: "Zoë", Names: []string{"Zoë", "Sam"}, To: "Sam", Text: "I KNOW where you were ＮＯＷ", Item: 1, Record: "line 300", Codes: []string{"THREAT"}, Tags: []string{"for the hearing"}}, 23, 30)
	last := &s.rows[len(s.rows)-1]
	last.Time = Time{Local: "2024-03-13 00:30", Day: "2024-03-13", UTC: "2024-03-12 23:30Z", Zone: "Europe/Paris", Basis: sayBasisAssumed}
	s.row(Row{Kind: "message", From: "Sam", Text: "some day", Item: 1, Record: "line 301"}, 23, 31)
	s.rows[len(s.rows)-1].Time = Time{Local: "2024-03", Basis: sayBasisAssumed}
	s.again()
	p := start(t).open(filepath.Join(s.write(t), timelineDir+"search.html"))
	p.shows("102", "document.body.dataset.ready")
	check := func(what, count, numbers string) {
		t.Helper()
		gotCount, gotNumbers := p.found()
		if gotCount != count || numbers != "" && gotNumbers != numbers {
			t.Errorf("%s: %q, rows %s; want %q, rows %s", what, gotCount, gotNumbers, count, numbers)
		}
	}
	clear := func() {
		p.eval("document.querySelector('button[type=reset]').click()")
		p.shows("", "document.getElementById('chosen').textContent")
	}
	tick := func(facet, choice string) {
		t.Helper()
		p.eval("(() => { const all = Array.from(document.querySelectorAll('#' + %s + ' label')), one = all.find(l => l.querySelector('bdi').textContent === %s); if (!one) throw new Error('there is only ' + all.map(l => l.textContent)); one.click(); })()", facet, choice)
	}
	check("nothing chosen", "102 of 102 rows", "")
	if rows := p.eval("document.querySelectorAll('.row').length"); rows != "50" {
		t.Errorf("%s rows are elements; want 50", rows)
	}
	for range 2 {
		p.eval("document.querySelectorAll('.pager button')[1].click()")
	}
	check("the last page", "102 of 102 rows", "101 102")
	p.set("words", "now where")
	check("two words in any letters and order", "1 of 102 rows", "101")
	p.set("words", "\"know where\"")
	check("words side by side", "1 of 102 rows", "101")
	p.set("words", "\"where know\"")
	check("words that do not stand so", "No row fits all of these filters.", "")
	p.set("words", "ABC/2")
	check("a label", "49 of 102 rows", "")
	clear()
	tick("people", "Zoë")
	check("a person", "1 of 102 rows", "101")
	clear()
	tick("marks", "for the hearing")
	tick("kinds", "message")
	check("a mark and a kind", "1 of 102 rows", "101")
	tick("kinds", "message")
	tick("kinds", "photo")
	check("a mark that no such kind has", "No row fits all of these filters.", "")
	clear()
	tick("kinds", "photo")
	tick("kinds", "incident")
	check("either of two kinds", "2 of 102 rows", "4 5")
	clear()
	tick("sources", wordWritten)
	check("what was written down", "1 of 102 rows", "5")
	clear()
	p.set("from", "2024-03-13")
	check("a day", "1 of 102 rows", "101")
	if said := p.eval("document.getElementById('chosen').textContent"); !strings.Contains(said, "Chosen: from 2024-03-13 on. ") || !strings.Contains(said, "no choice of days can find: 1.") {
		t.Errorf("of the row without a day it says %q", said)
	}
	p.eval("document.getElementById('utc').click()")
	check("that day in UTC", "No row fits all of these filters.", "")
	p.set("from", "")
	p.set("words", "now where")
	if when := p.eval("document.querySelector('.when').innerText"); when != "UTC 2024-03-12 23:30\nlocal 2024-03-13 00:30 Europe/Paris (assumed)" {
		t.Errorf("the time in UTC is shown as %q", when)
	}
	p.goes("document.querySelector('#rows .src a').click()")
	p.shows("ABC/1", "document.querySelector(':target h2')?.firstChild.textContent.trim()")
	p.goes("history.back()")
	p.shows("1 of 102 rows", "document.getElementById('count')?.textContent")
	if words := p.eval("document.getElementById('words').value + document.getElementById('utc').checked"); words != "now wheretrue" {
		t.Errorf("on the way back the filters are %q", words)
	}
	p.goes("history.forward()")
	p.shows("ABC/1", "document.querySelector(':target h2')?.firstChild.textContent.trim()")
	p.goes("document.querySelector(':target .ways a[href*=sources]').click()")
	p.shows("52 of 102 rows", "document.getElementById('count')?.textContent")
	if isolated := p.eval("Array.from(document.querySelectorAll('#rows .text, #rows dd, #rows bdi')).every(e => e.dir === 'auto')"); isolated != "true" {
		t.Error("text of others stands in no element of its own direction")
	}
	p.clean()
	p = p.c.open(strings.TrimPrefix(p.eval("location.href.split('#')[0]"), "file://") + "#sources=99999+x&people=-5&page=900&words=message")
	p.shows("102", "document.body.dataset.ready")
	if count, _ := p.found(); count != "99 of 102 rows" {
		t.Errorf("with an address that names what is not there it says %q", count)
	}
	p.clean()
}

// Everything on the search page can be done with the keys: a word, a choice, a
// bar of the chart, a page of results.
func TestSearchByKeys(t *testing.T) {
	s := many(t, 195)
	for i := range s.rows {
		if s.rows[i].LeftOut == "" {
			s.rows[i].Time.Day = fmt.Sprintf("2024-03-%02d", 12+i/50)
		}
	}
	s.own = map[int]bool{60: true, 61: true, 62: true} // which are found, and are in no bar
	s.again()
	p := start(t).open(filepath.Join(s.write(t), timelineDir+"search.html"))
	p.shows("200", "document.body.dataset.ready")
	reach := func(selector string) {
		t.Helper()
		for range 200 {
			p.press("Tab")
			if p.eval("document.activeElement.matches(%s)", selector) == "true" {
				return
			}
		}
		t.Fatalf("the Tab key never comes to %s", selector)
	}
	reach("#words")
	p.write("photo")
	p.press("Enter")
	p.shows("1 of 200 rows", "document.getElementById('count').textContent")
	p.eval("document.getElementById('words').select()")
	p.write(" ")
	p.press("Enter")
	reach("#kinds summary")
	p.press("Enter")
	reach("#kinds input")
	p.press(" ")
	p.shows("197 of 200 rows", "document.getElementById('count').textContent")
	p.press(" ")
	reach("#chart [role=radio]")
	p.press("ArrowRight")
	p.press(" ")
	p.shows("2024-03-13 2024-03-13", "document.getElementById('from').value + ' ' + document.getElementById('to').value")
	p.shows("50 of 200 rows", "document.getElementById('count').textContent")
	p.shows("true Wednesday 13 March 2024: 47 of 47", "document.activeElement.getAttribute('aria-checked') + ' ' + document.activeElement.getAttribute('aria-label')")
	p.press("Escape")
	p.shows("200 of 200 rows", "document.getElementById('count').textContent")
	reach(".pager button:not(:disabled)")
	p.press("Enter")
	p.shows("51", "document.querySelector('#rows .no').textContent")
	p.shows("list-title", "document.activeElement.id")
	p.clean()
}

// asked opens a copy of VERIFY.html, chooses the folder of a bundle as a person
// does, and gives what the page says: the verdict, and what is wrong by name.
func (c *chromium) asked(dir, noted string) (verdict string, wrong []string, p *tab) {
	c.t.Helper()
	page := filepath.Join(c.t.TempDir(), "VERIFY.html") // the copy in the bundle may be what was changed
	if err := os.WriteFile(page, []byte(must(verifyHTML())(c.t)), 0o600); err != nil {
		c.t.Fatal(err)
	}
	p = c.open(page)
	p.eval("document.getElementById('phrase').value = %s", noted)
	p.choose(dir)
	for name := range strings.Lines(p.eval("Array.from(document.querySelectorAll('#wrong li'), l => l.textContent.split(': ')[0]).join('\\n')")) {
		wrong = append(wrong, strings.TrimSpace(name))
	}
	slices.Sort(wrong)
	return p.eval("document.getElementById('verdict').textContent"), wrong, p
}

// choose gives the page a folder to check.
func (p *tab) choose(dir string) {
	p.c.t.Helper()
	var root struct{ Root struct{ NodeID int } }
	p.call("DOM.getDocument", nil, &root)
	var field struct{ NodeID int }
	p.call("DOM.querySelector", with{"nodeId": root.Root.NodeID, "selector": "#folder"}, &field)
	p.call("DOM.setFileInputFiles", with{"nodeId": field.NodeID, "files": []string{dir}}, nil)
	p.shows("false", "document.getElementById('result').hidden")
}

// A real browser checks a bundle: a good one, with what was noted and without; a
// changed one; one with a file that is read in pieces.
func TestABrowserChecksABundle(t *testing.T) {
	s := newSample(t, Full)
	big := &s.bundle.Exhibits[2]
	data := bytes.Repeat([]byte("all work and no play\n"), 34<<20/21)
	big.Hash, big.Size = sha256.Sum256(data), int64(len(data))
	s.originals[big.Hash] = data
	big.File = fileName("data/originals", big.Item, big.Hash.String(), ".txt")
	s.entry(map[string]any{"action": "add", "subject": map[string]any{"item": big.Item}, "detail": map[string]any{"sha256": big.Hash.String()}})
	s.again()
	dir, c := s.write(t), start(t)
	head := sha256.Sum256(s.entries[2].Line)
	for noted, want := range map[string][2]string{
		"":                                     {"Nothing wrong was found.", "Nothing was given to compare with."},
		journal.Phrase(head):                   {"Nothing wrong was found.", "Yes: the journal in this bundle contains the state you noted, after entry 2 of 5."},
		groups(hex.EncodeToString(head[:]), 8): {"Nothing wrong was found.", "Yes: the journal in this bundle contains the state you noted, after entry 2 of 5."},
		journal.HeadText("daybook/x", journal.Head{Count: 3, Hash: head}): {"Nothing wrong was found.", "Yes: the journal in this bundle contains the state you noted, after entry 2 of 5."},
		journal.Phrase([32]byte{}):                                        {"Nothing is changed, but the state that you noted is not in this bundle.", "No: the journal in this bundle does not contain the state you noted."},
	} {
		verdict, wrong, p := c.asked(dir, noted)
		said := p.eval("document.getElementById('noted').textContent")
		if verdict != want[0] || len(wrong) > 0 || !strings.HasPrefix(said, want[1]) {
			t.Errorf("%q: the browser says %q, %v, %q", noted, verdict, wrong, said)
		}
		if list := p.eval("document.getElementById('files').textContent"); strings.Count(list, "as sealed  ") != len(readTree(t, dir)) {
			t.Errorf("the list of every file: %s", list)
		}
		p.clean()
	}
	changed := bytes.Clone(data)
	changed[len(changed)-1] ^= 1
	if err := os.WriteFile(filepath.Join(dir, big.File), changed, 0o600); err != nil {
		t.Fatal(err)
	}
	if verdict, wrong, _ := c.asked(dir, ""); verdict == "Nothing wrong was found." || !slices.Contains(wrong, big.File) {
		t.Errorf("with a large file changed in its last bit the browser says %q, %v", verdict, wrong)
	}
}

// A browser that cannot check the signature says so, and prints the command that
// can.
func TestABrowserWithoutEd25519(t *testing.T) {
	dir := newSample(t, Full).write(t)
	p := start(t).open(filepath.Join(dir, "VERIFY.html"))
	p.eval("crypto.subtle.importKey = async () => { throw new DOMException('no', 'NotSupportedError'); }")
	p.choose(dir)
	if got := p.eval("document.getElementById('verdict').className + ' ' + document.getElementById('unsigned').innerText"); !strings.HasPrefix(got, "bad ") || !strings.Contains(got, "openssl pkeyutl -verify -pubin -inkey log/signer.pem") {
		t.Errorf("it says %q", got)
	}
}

// What daybook-verify and the printed commands name, the page names too: forty
// single tamperings, of each file one bit, then files that are gone, and files
// that were added.
func TestABrowserNamesForty(t *testing.T) {
	dir := newSample(t, Full).write(t)
	all, c := readTree(t, dir), start(t)
	names := slices.Sorted(maps.Keys(all))
	added := []string{"data/extra.txt", "data/originals/000009-00000000.txt", "log/.hidden", "log/entries/00000099.json", "notes.txt"}
	if len(names)+len(added) >= 40 {
		t.Fatalf("%d files leave none of forty tamperings for those that are gone", len(names))
	}
	for i := range 40 {
		var name string
		var data []byte // nil: the file is gone
		switch gone := 40 - len(added); {
		case i < len(names):
			name = names[i]
			data = bytes.Clone(all[name])
			data[[]int{len(data) / 2, 0, len(data) - 1}[i%3]] ^= 0x20
		case i < gone:
			name = names[3*(i-len(names))]
		default:
			name, data = added[i-gone], []byte("x")
		}
		file := filepath.Join(dir, filepath.FromSlash(name))
		put := func(data []byte) {
			t.Helper()
			err := os.Remove(file)
			if errors.Is(err, fs.ErrNotExist) || err == nil {
				err = nil
				if data != nil {
					err = os.WriteFile(file, data, 0o600)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		put(data)
		verdict, wrong, p := c.asked(dir, "")
		if verdict != "This bundle is not as it was sealed, or is not whole." || !slices.Contains(wrong, name) {
			t.Errorf("%s: the browser says %q, %v", name, verdict, wrong)
		}
		p.clean()
		put(all[name])
	}
}

// The policy of every page names the hash of the style and of the script that is
// in it, and allows no script where there is none.
func TestPolicyNamesTheScript(t *testing.T) {
	for name, data := range readTree(t, newSample(t, Full).write(t)) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		policy := elementPolicy(t, data)
		for tag, directive := range map[string]string{"script": "script-src", "style": "style-src"} {
			_, rest, _ := strings.Cut(string(data), "<"+tag+">")
			text, _, ok := strings.Cut(rest, "</"+tag+">")
			want := directive + " '" + sourceHash(text) + "'"
			if tag == "script" && !ok {
				want = "script-src 'none'"
			}
			if !strings.Contains(policy, want) {
				t.Errorf("%s: its policy %q does not say %q", name, policy, want)
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
