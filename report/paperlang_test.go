//go:build linux || darwin

package report

import (
	"bytes"
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"daybook/assets/papers"
	"daybook/timeline"
)

// TestSentencesOfPapersHaveWelsh: every sentence of wording.go that a paper says is
// in its words.
func TestSentencesOfPapersHaveWelsh(t *testing.T) {
	welsh := must(papers.In(papers.Welsh))(t)
	ofPapers := regexp.MustCompile(`^(say|title|fact|head)Paper|^(wordOwnWords|factFeared|sayEarlierExhibit|sayIssued(Page)?|sayNoDate|sayOwnAct|sayAbout|sayBetween|sayBefore|sayAfter)$`)
	n := 0
	ast.Inspect(must(parser.ParseFile(token.NewFileSet(), "wording.go", nil, 0))(t), func(node ast.Node) bool {
		of, ok := node.(*ast.ValueSpec)
		if !ok || !ofPapers.MatchString(of.Names[0].Name) {
			return true
		}
		text := must(strconv.Unquote(of.Values[0].(*ast.BasicLit).Value))(t)
		if n++; welsh.Say(text) == text && !welsh.Has(text) {
			t.Errorf("%s: %q has no Welsh", of.Names[0].Name, text)
		}
		return true
	})
	if n < 45 {
		t.Errorf("only %d sentences were looked at", n)
	}
}

// ours are the texts of blocks that are said in our words, a line each.
func ours(t *testing.T, ctx context.Context, s Section) (all []string) {
	t.Helper()
	runs := func(list []Run) {
		for _, r := range list {
			if !r.Evidence {
				all = append(all, strings.Split(r.Text, "\n")...)
			}
		}
	}
	all = append(all, s.Title)
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case Para:
			runs(b.Runs)
		case Bullets:
			for _, item := range b.Items {
				runs(item)
			}
		case Facts:
			for _, f := range b.List {
				all = append(all, f.Name)
				runs(f.Value)
			}
		case Table:
			for _, c := range b.Cols {
				all = append(all, c.Title)
			}
			for l, err := range b.Rows(ctx) {
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range l.Cells {
					runs(c)
				}
			}
		}
	}
	if s.Parts != nil {
		for part, err := range s.Parts(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, ours(t, ctx, part)...)
		}
	}
	return all
}

// TestAPaperSpeaksWelsh: whatever a paper says in our words is Welsh, whatever a
// person wrote stands as it was written, and it says who has not read the Welsh.
func TestAPaperSpeaksWelsh(t *testing.T) {
	k := newCase(t)
	k.told(t)
	enquiry := must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.Enquiry, Words: "the film", When: at(t, "2024-05-01 10:00"), Fields: map[string]string{"owner": "Jo", "state": "open"}}))(t)
	must(k.x.Enter(t.Context(), timeline.RegisterDraft{Kind: timeline.Answer, Words: "Not known", When: at(t, "2024-05-02 10:00"), Fields: map[string]string{"paper": "feedback", "item": "helped", "state": StateAnswered, "asked": "What helped?"}}))(t)
	one := map[string]timeline.ID{"order": k.x.Registers(timeline.CourtOrder)[0].ID, "enquiry": enquiry.ID}
	theirs := regexp.MustCompile(`https://|Helpline|marcio gan|teimlad: `) // sources and lines by their own names, marks, and what was felt
	english := regexp.MustCompile(`\b(the|of|and|with|not|was|what|which|who|when|held|read|here|from)\b`)
	for _, def := range must(papers.All())(t) {
		p, text, pages := k.made(t, def, PaperAsk{One: one[def.One], Private: true, Language: papers.Welsh})
		for _, s := range ours(t, t.Context(), p.Section()) {
			if word := english.FindString(s); word != "" && !theirs.MatchString(s) {
				t.Errorf("%s says %q in “%s”", def.ID, word, s)
			}
		}
		if strings.Count(text, "Nid oes siaradwr Cymraeg wedi gwirio") != 1 {
			t.Errorf("%s does not say who has not read it: %s", def.ID, text)
		}
		if def.Pages > 0 && len(pages) > def.Pages {
			t.Errorf("%s: %d pages", def.ID, len(pages))
		}
	}
	p, text, _ := k.made(t, must(papers.Named("feedback"))(t), PaperAsk{Language: papers.Welsh})
	if !strings.Contains(text, "Beth helpodd?\n  Not known (") || strings.Contains(text, "Roedd yn darllen") {
		t.Errorf("%s", text)
	}
	var file bytes.Buffer
	must(p.WritePDF(t.Context(), &file))(t)
	if !strings.Contains(file.String(), "<dc:language><rdf:Bag><rdf:li>cy</rdf:li>") {
		t.Error("the pages do not say that they are Welsh")
	}
	if _, err := PlanPaper(t.Context(), k.c, k.x, p.Paper, PaperAsk{Language: "fr"}); !errors.Is(err, papers.ErrLanguage) {
		t.Errorf("%v", err)
	}
}
