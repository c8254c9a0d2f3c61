package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"daybook/timeline"
	"daybook/ui/model"
)

// inWelsh lets the window speak Welsh until the test is over.
func inWelsh(t *testing.T) {
	t.Helper()
	t.Cleanup(func() {
		t.Setenv("LC_ALL", "en_GB.UTF-8")
		if err := learnWords(); err != nil {
			t.Error(err)
		}
	})
	t.Setenv("LC_ALL", "cy_GB.UTF-8")
	if err := learnWords(); err != nil {
		t.Fatal(err)
	}
}

// allTexts are the texts that stand on the page and over it, each as a whole where it is
// one that wraps.
func (w *Window) allTexts() (list []string) {
	var into func(fyne.CanvasObject)
	into = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		var parts []fyne.CanvasObject
		switch o := o.(type) {
		case *canvas.Text:
			list = append(list, o.Text)
		case *widget.Label:
			list = append(list, o.Text)
		case *widget.RichText:
			list = append(list, o.String())
		case *textBlock:
			list = append(list, o.text)
		case *copyBlock:
			list = append(list, o.text)
		case *formField:
			list = append(list, o.question, o.PlaceHolder)
		case *line:
			list = append(list, o.PlaceHolder)
		case *fyne.Container:
			parts = o.Objects
		case *container.Scroll:
			parts = []fyne.CanvasObject{o.Content}
		case interface{ CursorTextOffset() int }:
		case fyne.Widget:
			parts = test.WidgetRenderer(o).Objects()
		}
		for _, p := range parts {
			into(p)
		}
	}
	into(w.win.Content())
	if top := w.win.Canvas().Overlays().Top(); top != nil {
		into(top)
	}
	return list
}

// What stands in a text and is not ours: addresses, names of files, zones and units,
// the twelve words, a citation.
var (
	fileName = regexp.MustCompile(`\.[a-z0-9]{3,4}$`)
	notOurs  = regexp.MustCompile(`\S+@\S+|\S+\.(?:xml|txt|zip|jpg|mbox|eml|pdf)\b|.*https://.*|Europe/London|\b(?:UTC|GMT|BST|kB|MB|CSV)\b|^(?:[a-z]+ ){11}[a-z]+$|sample\d+/\S*|\b[0-9a-f]{64}\b|\b[A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4}\b|\b(?:[A-Z]{4,}|Page Up|Page Down)\b`)
	clauses  = regexp.MustCompile(`[.,:;?!()“”] ?`)
)

var wordOf = regexp.MustCompile(`\pL[\pL'’]+`)

// englishWords finds what of texts is English of ours: words that the program says in
// English and that no Welsh of ours has. What the sample case says is not ours.
type englishWords struct {
	ours, welsh map[string]bool
	evidence    string
	whole       map[string]bool   // texts of ours
	files       *strings.Replacer // takes their names out
	names       *strings.Replacer // and those of people
}

func newEnglishWords(t *testing.T, w *Window) *englishWords {
	t.Helper()
	e := &englishWords{ours: map[string]bool{}, welsh: map[string]bool{}, whole: map[string]bool{}}
	note := func(into map[string]bool, text string) {
		for _, word := range wordOf.FindAllString(text, -1) {
			into[strings.ToLower(word)] = true
		}
	}
	for s := range readWords(t, "en.json") {
		note(e.ours, s)
		e.whole[s] = true
	}
	for _, pattern := range []string{"*.go", "model/*.go", "../timeline/*.go", "../timeline/casework/*.go"} {
		for _, s := range literals(t, pattern) {
			if strings.Contains(s, " ") {
				note(e.ours, s)
			}
		}
	}
	for _, name := range []string{"lang/cy.json", "lang/sentences/cy.json", "papers/lang/cy.json"} {
		for english, s := range welshOf(t, name) {
			note(e.ours, english)
			note(e.welsh, s)
		}
	}
	var texts []string
	for _, s := range slices.Concat(literals(t, "../assets/sample/*.go"), literals(t, "model/practise.go")) {
		texts = append(texts, strings.Join(strings.Fields(s), " "))
	}
	p := shownTimeline(t, w)
	for line := range p.look.Rows.Len() {
		if event, ok := p.look.Rows.Event(line); ok {
			texts = append(texts, strings.Join(strings.Fields(p.look.Pages.Row(event).Text), " "))
		}
	}
	e.evidence = strings.Join(texts, "\n")
	book, err := w.desk.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range book.Rows {
		for _, name := range append(strings.Split(r.Names, ", "), r.Face.Name) {
			names = append(names, name, "")
		}
	}
	e.names = strings.NewReplacer(names...)
	var files []string
	for _, s := range texts {
		if fileName.MatchString(s) {
			files = append(files, s, "")
		}
	}
	e.files = strings.NewReplacer(files...)
	return e
}

// in gives the English words of ours that a text has.
func (e *englishWords) in(text string) (list []string) {
	text = strings.Trim(strings.Join(strings.Fields(text), " "), "… ")
	if strings.Contains(e.evidence, text) && !e.whole[text] {
		return nil
	}
	text = notOurs.ReplaceAllString(strings.Join(strings.Fields(e.files.Replace(text)), " "), "")
	var ours []string
	for _, clause := range clauses.Split(text, -1) {
		if clause = strings.Trim(clause, "…“” "); !strings.Contains(clause, " ") || !strings.Contains(e.evidence, clause) {
			ours = append(ours, clause)
		}
	}
	for _, word := range wordOf.FindAllString(e.names.Replace(strings.Join(ours, " ")), -1) {
		if small := strings.ToLower(word); e.ours[small] && !e.welsh[small] {
			list = append(list, word)
		}
	}
	return list
}

// literals are the texts in the sources that fit a pattern.
func literals(t *testing.T, pattern string) (list []string) {
	t.Helper()
	for _, name := range sources(t, pattern, nil) {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if s := joined(e); s != "" {
					list = append(list, s)
					return false
				}
			}
			return true
		})
	}
	return list
}

// joined is the text of a literal, and of literals that are put together.
func joined(e ast.Expr) string {
	if sum, ok := e.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		if one, other := joined(sum.X), joined(sum.Y); one != "" && other != "" {
			return one + other
		}
		return ""
	}
	return literal(e)
}

func welshOf(t *testing.T, name string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "assets", name))
	if err != nil {
		t.Fatal(err)
	}
	return wordsIn(t, name, data)
}

// TestAReporterReadsNoEnglish: with Welsh chosen, no page of the sample case that a
// reporter meets has an English word of ours on it.
func TestAReporterReadsNoEnglish(t *testing.T) {
	w := practised(t)
	inWelsh(t)
	english := newEnglishWords(t, w)
	noEnglish(t, w, english, func(t *testing.T, w *Window) []scene { return reporterPages(t, w, english) })
}

// TestHowToGetItIsSaid: how to get each export, and what it leaves out, is said in Welsh.
func TestHowToGetItIsSaid(t *testing.T) {
	inWelsh(t)
	list, err := desk().Exports(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		for _, text := range append([]string{e.HowToGet}, e.LeavesOut...) {
			if said(text) == text {
				t.Errorf("%s: %q has no Welsh", e.Title, text)
			}
		}
	}
}

// scene is a page as somebody comes to it.
type scene struct {
	name string
	show func()
}

func reporterPages(t *testing.T, w *Window, english *englishWords) (list []scene) {
	t.Helper()
	for _, id := range []string{homeID, writeID, addID, timelineID, registersID, peopleID, papersID, bundleID, helpID, rolesID, tourID, "shortcuts", settingsID,
		passphraseID, devicesID, clockID, addOnID, safePlaceID, noticeID, limitsID} {
		list = append(list, scene{id, func() { w.show(id) }})
	}
	for _, o := range outcomes(t, w) {
		list = append(list, scene{"outcome", func() { w.show(addID); w.outcome(o) }})
	}
	for _, kind := range []timeline.Kind{timeline.Message, timeline.Email, timeline.Call, timeline.Photo, timeline.Incident} {
		list = append(list, scene{"detail-" + string(kind), func() {
			p := shownTimeline(t, w)
			for line := range p.look.Rows.Len() {
				if event, ok := p.look.Rows.Event(line); ok && p.look.Pages.Row(event).Kind == kind {
					p.list.goTo(line)
					p.openCurrent()
					for _, f := range p.detail.d.More {
						english.evidence += "\n" + f.Name + "\n" + f.Text
					}
					return
				}
			}
		}})
	}
	list = append(list,
		scene{"timeline-filter", func() { p := shownTimeline(t, w); p.toggle(p.filter.box, true) }},
		scene{"timeline-lanes", func() { shownTimeline(t, w).toggleLanes() }},
		scene{"timeline-picked", func() { shownTimeline(t, w).list.pickAll() }},
		scene{"timeline-mark", func() { p := shownTimeline(t, w); p.list.pickAll(); p.markDialog() }})
	for n := range 6 {
		list = append(list, scene{"person", func() {
			p := newPeopleView(w)
			p.look()
			w.put(mustFind(t, peopleID), p.view())
			p.list.goTo(n)
			p.open(false)
		}})
	}
	lines, err := w.desk.Registers(w.env.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		list = append(list, scene{"register-" + l.Kind, func() { w.show(registersID); w.register(timeline.Kind(l.Kind)) }},
			scene{"form-" + l.Kind, func() { w.show(registersID); w.writeEntry(timeline.Kind(l.Kind)) }})
	}
	for _, id := range []string{"breach-pack", "pack-police", "referral", "wishes", "preserve", "help-card"} {
		list = append(list, scene{"paper-" + id, func() { w.show(papersID); w.openPaper(model.PaperAsked{ID: id, Welsh: true}) }})
	}
	for _, l := range lines {
		rows, err := w.desk.RegisterEntries(timeline.Kind(l.Kind), w.env.Now())
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) > 0 && !rows[0].Marked {
			list = append(list, scene{"entry-" + l.Kind, func() { w.entry(rows[0].Event) }})
		}
	}
	written, err := w.desk.Incidents()
	if err != nil {
		t.Fatal(err)
	}
	list = append(list, scene{"diary", w.diary}, scene{"incident", func() { w.incident(written[0].Event) }},
		scene{"sections", func() { w.show(writeID); w.unfoldAll() }})
	walk := &bundleWalk{w: w, h: model.Handover{Served: true}}
	for n := range 6 {
		list = append(list, scene{"bundle-" + string(rune('1'+n)), func() {
			w.show(bundleID)
			walk.to(n)
			if walk.plan != nil {
				english.evidence += "\n– " + strings.Join(walk.plan.Files, " – ")
			}
		}})
	}
	return append(list, keepingOut(t, w, walk)...)
}

// unfoldAll opens what is folded on the page.
func (w *Window) unfoldAll() {
	var folded []*card
	w.walk(func(o fyne.CanvasObject) {
		if c, ok := o.(*card); ok {
			folded = append(folded, c)
		}
	})
	for _, c := range folded {
		test.Tap(c)
	}
}
