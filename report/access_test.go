//go:build linux

package report

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// axNode is what a screen reader hears of an element.
type axNode struct {
	Ignored    bool
	Role, Name struct{ Value any }
	Properties []struct {
		Name  string
		Value struct{ Value any }
	}
}

func (n axNode) role() string { return text(n.Role.Value) }
func (n axNode) name() string { return strings.TrimSpace(text(n.Name.Value)) }

func (n axNode) property(name string) string {
	for _, p := range n.Properties {
		if p.Name == name {
			return fmt.Sprint(p.Value.Value)
		}
	}
	return ""
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// hear is everything that is heard of a page.
func hear(nodes []axNode) string {
	var all strings.Builder
	for _, n := range nodes {
		if !n.Ignored && n.role() != "InlineTextBox" {
			all.WriteString(n.name() + "\n")
		}
	}
	return all.String()
}

func (p *tab) heard() []axNode {
	p.c.t.Helper()
	var tree struct{ Nodes []axNode }
	p.call("Accessibility.getFullAXTree", nil, &tree)
	return slices.DeleteFunc(tree.Nodes, func(n axNode) bool { return n.Ignored })
}

// measure finds, on the page as it stands: text with too little contrast, things
// to press that are too small, and what makes the page wider than the screen.
const measure = `(() => {
	const wrong = [], probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
	const rgba = colour => { probe.clearRect(0, 0, 1, 1); probe.fillStyle = colour; probe.fillRect(0, 0, 1, 1); return [...probe.getImageData(0, 0, 1, 1).data]; };
	const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((n, v, i) => n + v * [.2126, .7152, .0722][i], 0);
	const behind = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return rgba('Canvas'); };
	const seen = e => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0 && !e.closest('.skip, .unseen, [aria-hidden=true]');
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const e = walker.currentNode.parentElement;
		if (!walker.currentNode.data.trim() || e.closest('script, noscript, :disabled') || !seen(e)) continue;
		const [a, b] = [light(rgba(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
		const ratio = (a + .05) / (b + .05);
		if (ratio < 4.5) wrong.push('contrast ' + ratio.toFixed(2) + ': ' + walker.currentNode.data.trim().slice(0, 40));
	}
	for (const e of document.querySelectorAll('a[href], button, summary, select, input')) {
		if (!seen(e) || e.matches('p a, dd a, .what a')) continue; // a link in a line of text is as high as the line
		const box = (e.closest('label') || e).getBoundingClientRect();
		if (box.width < 24 || box.height < 24) wrong.push('only ' + box.width.toFixed(1) + ' by ' + box.height.toFixed(1) + ': ' + e.outerHTML.slice(0, 80));
	}
	const wide = document.documentElement.scrollWidth - innerWidth;
	if (wide > 0) {
		wrong.push('wider than the screen by ' + wide);
		for (const e of document.querySelectorAll('body *')) if (seen(e) && !e.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 1) { wrong.push('it is ' + e.outerHTML.slice(0, 100)); break; }
	}
	return JSON.stringify(wrong.slice(0, 12));
})()`

// long is a sample whose names, words and labels are as long and as mixed as
// they come.
func long(t *testing.T) *sample {
	s := many(t, 20)
	name := strings.Repeat("Wolfeschlegelsteinhausenbergerdorff", 4) + " 👩‍👩‍👧‍👦 " + strings.Repeat("محمد", 30)
	s.bundle.Title = name
	s.bundle.Exhibits[1].Title = strings.Repeat("IMG_20240312", 20) + ".png"
	s.row(Row{Kind: "message", From: name, To: name, Names: []string{name}, Thread: "x" + name, Text: strings.Repeat("https://example.org/", 40), Item: 2, Record: strings.Repeat("record/", 30),
		Files: []File{{Name: name, Item: 2, Label: "ABC/2"}}, Facts: []Fact{fact(strings.Repeat("fact", 20), quote(name))}, More: []Fact{fact(name, quote(name))}, Flags: []string{name}, Codes: []string{name}, Tags: []string{name}}, 16, 0)
	s.again()
	return s
}

// Every page, light and dark, on a narrow screen, at 400 % and on a wide one: text has the
// contrast, things to press the size, and nothing the width that WCAG 2.2 AA
// asks for; what can be used has a name, what is on the page its landmark, and
// headings leave out no level.
func TestPagesCanBeReadByAll(t *testing.T) {
	dir, c := long(t).write(t), start(t)
	for _, name := range []string{homePage, timelineDir + "search.html", timelineDir + "exhibits-1.html", "VERIFY.html"} {
		for _, look := range []struct {
			width  int
			scheme string
		}{{1280, "light"}, {640, "dark"}, {320, "light"}} {
			p := c.blank()
			p.call("Emulation.setEmulatedMedia", with{"features": []with{{"name": "prefers-color-scheme", "value": look.scheme}}}, nil)
			p.call("Emulation.setDeviceMetricsOverride", with{"width": look.width, "height": 900, "deviceScaleFactor": 1, "mobile": false}, nil)
			p.visit("file://" + filepath.Join(dir, name))
			if strings.HasSuffix(name, "search.html") {
				p.shows("26", "document.body.dataset.ready")
			}
			if name == "VERIFY.html" {
				p.choose(dir)
			}
			p.eval("document.querySelectorAll('details').forEach(d => d.open = true)")
			var wrong []string
			if err := json.Unmarshal([]byte(p.eval(measure)), &wrong); err != nil {
				t.Fatal(err)
			}
			for _, w := range append(wrong, p.unheard()...) {
				t.Errorf("%s, %d wide, %s: %s", name, look.width, look.scheme, w)
			}
		}
	}
}

// unheard is what a person who hears the page would miss.
func (p *tab) unheard() []string {
	p.c.t.Helper()
	var wrong []string
	count, level := map[string]int{}, 0
	for _, n := range p.heard() {
		count[n.role()]++
		switch n.role() {
		case "link", "button", "textbox", "searchbox", "checkbox", "radio", "radiogroup", "Date", "region", "navigation", "search", "form", "image", "img", "DisclosureTriangle", "group":
			if n.name() == "" && !(n.role() == "group" && n.property("focusable") == "") {
				wrong = append(wrong, fmt.Sprintf("a %s without a name", n.role()))
			}
		case "heading":
			var now int
			if _, err := fmt.Sscan(n.property("level"), &now); err != nil || now > level+1 {
				wrong = append(wrong, fmt.Sprintf("heading %q of level %d after one of level %d", n.name(), now, level))
			}
			level = now
		}
	}
	for role, want := range map[string]int{"main": 1, "banner": 1} {
		if count[role] != want {
			wrong = append(wrong, fmt.Sprintf("%d landmarks %s; want %d", count[role], role, want))
		}
	}
	if lang := p.eval("document.documentElement.lang"); lang == "" {
		wrong = append(wrong, "no language")
	}
	return wrong
}
