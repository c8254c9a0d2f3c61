package lint

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"daybook/assets/profiles"
	"daybook/report/pdf/object"
)

func opens(l *linter, r profiles.Rule) {
	for _, fault := range l.pdf.Faults() {
		l.note(r, 0, "The file is damaged: "+fault+".")
	}
}

var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_ .-]*\.(pdf|PDF)$`)

func fileName(l *linter, r profiles.Rule) {
	most := int(r.Numbers["letters"])
	switch n := utf8.RuneCountInString(l.file.Name); {
	case n > most:
		l.note(r, 0, fmt.Sprintf("The name has %d letters.", n))
	case !plainName.MatchString(l.file.Name):
		l.note(r, 0, "The name has letters or signs that some systems do not take, or does not end in .pdf.")
	}
}

func fileSize(l *linter, r profiles.Rule) {
	if n := float64(l.file.Size) / 1e6; n > r.Numbers["megabytes"] {
		l.note(r, 0, fmt.Sprintf("The file has %.0f MB.", math.Ceil(n)))
	}
}

func pageCount(l *linter, r profiles.Rule) {
	if n := len(l.doc.pages); float64(n) > r.Numbers["pages"] {
		l.note(r, 0, fmt.Sprintf("The file has %d pages.", n))
	}
}

func outlineOpen(l *linter, r profiles.Rule) {
	if len(l.doc.marks) > 0 && l.pdf.Name(l.doc.catalog["PageMode"]) != "UseOutlines" {
		l.note(r, 0, "The list of bookmarks is closed when the file opens.")
	}
}

func fullSize(l *linter, r profiles.Rule) {
	want := r.Numbers["percent"]
	action := l.pdf.Resolve(l.doc.catalog["OpenAction"])
	if d, ok := action.(object.Dict); ok {
		action = d["D"]
	}
	at := l.doc.place(action)
	switch {
	case action == nil || at.zoom == 0 && !at.fixed:
		l.note(r, 0, "The file does not say at what size it opens.")
	case at.fixed:
		l.note(r, 0, "The file opens with the page made to fit the window.")
	case math.Abs(at.zoom*100-want) > 0.5:
		l.note(r, 0, fmt.Sprintf("The file opens at %.0f per cent.", at.zoom*100))
	}
}

func language(l *linter, r profiles.Rule) {
	if l.pdf.Text(l.doc.catalog["Lang"]) == "" {
		l.note(r, 0, "The file does not say in which language it is.")
	}
}

func title(l *linter, r profiles.Rule) {
	shown, _ := l.pdf.Resolve(l.pdf.Dict(l.doc.catalog["ViewerPreferences"])["DisplayDocTitle"]).(bool)
	switch {
	case strings.TrimSpace(l.pdf.Text(l.pdf.Dict(l.pdf.Trailer()["Info"])["Title"])) == "":
		l.note(r, 0, "The file has no title.")
	case !shown:
		l.note(r, 0, "The file has a title, and readers show the file's name.")
	}
}

func tags(l *linter, r profiles.Rule) {
	marked, _ := l.pdf.Resolve(l.pdf.Dict(l.doc.catalog["MarkInfo"])["Marked"]).(bool)
	if !marked || l.pdf.Dict(l.doc.catalog["StructTreeRoot"]) == nil {
		l.note(r, 0, "The file is not tagged: the order of reading is that in which the page was printed.")
	}
}

func fonts(l *linter, r profiles.Rule) {
	for _, name := range slices.Sorted(maps.Keys(l.doc.missing)) {
		l.note(r, l.doc.missing[name], fmt.Sprintf("The font %s is not in the file.", name))
	}
}

// deeds are what an action can do beside leading to a page, in words.
var deeds = map[object.Name]string{
	"JavaScript": "A script runs.", "Launch": "It starts a program or opens a file.", "SubmitForm": "It sends a form.",
	"ImportData": "It reads data from another file.", "GoToR": "It opens another file.", "GoToE": "It opens a file that is attached.",
	"Rendition": "It plays a film or a sound.", "Movie": "It plays a film.", "Sound": "It plays a sound.",
	"RichMediaExecute": "It runs what is within a film.", "GoTo3DView": "It turns a model.",
}

// neighbour tells whether an action opens another PDF beside this one, as a volume
// does.
func (l *linter) neighbour(action object.Dict) bool {
	name := l.pdf.Text(action["F"])
	if d := l.pdf.Dict(action["F"]); d != nil {
		name = l.pdf.Text(d["F"])
	}
	return action["Next"] == nil && strings.HasSuffix(strings.ToLower(name), ".pdf") && !strings.ContainsAny(name, `/\:`)
}

// does gives what an action, and those behind it, do: words for each deed, and
// whether one leads out of the file.
func (l *linter) does(v any) (found []string, out bool) {
	todo := []any{v}
	for steps := 0; len(todo) > 0 && steps < 64; steps++ {
		d := l.pdf.Dict(todo[0])
		todo = todo[1:]
		kind := l.pdf.Name(d["S"])
		if kind == "GoToR" && l.neighbour(d) {
			if l.file.Volume {
				continue
			}
			l.v.Beside = true
		}
		if word := deeds[kind]; word != "" && !slices.Contains(found, word) {
			found = append(found, word)
		}
		out = out || kind == "URI"
		if kind == "" { // a list of what happens at which time
			for _, key := range slices.Sorted(maps.Keys(d)) {
				todo = append(todo, d[key])
			}
			continue
		}
		if next := l.pdf.Array(d["Next"]); next != nil {
			todo = append(todo, next...)
		} else if d["Next"] != nil {
			todo = append(todo, d["Next"])
		}
	}
	return found, out
}

func scripts(l *linter, r profiles.Rule) {
	tell := func(v any, where string) {
		found, _ := l.does(v)
		for _, what := range found {
			l.note(r, 0, where+": "+what)
		}
	}
	tell(l.doc.catalog["OpenAction"], "When the file opens")
	tell(l.doc.catalog["AA"], "When the file is closed, saved or printed")
	for _, m := range l.doc.marks {
		tell(m.does, "A click on a bookmark")
	}
	if l.pdf.Dict(l.pdf.Dict(l.doc.catalog["Names"])["JavaScript"]) != nil {
		l.note(r, 0, "The file holds scripts.")
	}
	if form := l.pdf.Dict(l.doc.catalog["AcroForm"]); form["XFA"] != nil {
		l.note(r, 0, "The file is a form that runs (XFA).")
	}
}

func scriptsPage(l *linter, r profiles.Rule, s *sheet) {
	found, _ := l.does(l.pdf.Dict(s.page.self)["AA"])
	for _, what := range found {
		l.note(r, s.number, "When the page opens or closes: "+what)
	}
	for _, k := range s.page.links {
		found, _ := l.does(k.action)
		for _, what := range found {
			l.note(r, s.number, "A click on the page: "+what)
		}
		switch k.kind {
		case "Movie", "Screen", "RichMedia", "Sound", "3D":
			l.note(r, s.number, "The page holds a film, a sound or a model.")
		}
	}
}

func outside(l *linter, r profiles.Rule) {
	for _, m := range l.doc.marks {
		if _, out := l.does(m.does); out {
			l.note(r, 0, fmt.Sprintf("The bookmark “%s” leads to an address outside.", cutText(m.title)))
		}
	}
	if _, out := l.does(l.doc.catalog["OpenAction"]); out {
		l.note(r, 0, "The file leads to an address outside when it opens.")
	}
}

func outsidePage(l *linter, r profiles.Rule, s *sheet) {
	for _, k := range s.page.links {
		if _, out := l.does(k.action); out {
			l.note(r, s.number, "A link leads to an address outside.")
		}
	}
}

func attachments(l *linter, r profiles.Rule) {
	held := false
	l.doc.tree(l.pdf.Dict(l.doc.catalog["Names"])["EmbeddedFiles"], "Names", func(_, _ any) bool {
		held = true
		return false
	})
	if held || len(l.pdf.Array(l.doc.catalog["AF"])) > 0 {
		l.note(r, 0, "Other files are attached to the file.")
	}
}

func attachmentsPage(l *linter, r profiles.Rule, s *sheet) {
	for _, k := range s.page.links {
		if k.kind == "FileAttachment" {
			l.note(r, s.number, "A file is attached to the page.")
		}
	}
}
