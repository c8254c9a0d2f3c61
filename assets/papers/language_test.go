package papers

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"daybook/assets/lang"
	"daybook/assets/law"
	"daybook/assets/registers"
)

func read(t *testing.T, data []byte, err error) map[string]string {
	t.Helper()
	var m map[string]string
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestEveryPaperSpeaksWelsh: every title, text and label of every paper, and every
// choice of the registers, has its Welsh.
func TestEveryPaperSpeaksWelsh(t *testing.T) {
	welsh, err := In(Welsh)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	said := func(of string, texts ...string) {
		for _, s := range texts {
			if n++; s != "" && !welsh.Has(s) && welsh.Say(s) == s && s != "partner" { // which is the same in Welsh
				t.Errorf("%s: %q has no Welsh", of, s)
			}
		}
	}
	for _, g := range Groups() {
		said("group", g.Title)
	}
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		said(p.ID, p.Title, p.For, p.About, p.Author)
		for _, s := range p.Sections {
			said(p.ID+" "+s.ID, s.Title)
			for _, part := range s.Parts {
				said(p.ID+" "+s.ID, part.Title, part.Text, part.From.Title())
				fields, err := part.Holds()
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range fields {
					said(p.ID+" "+s.ID, f.Label)
				}
			}
		}
		if cy := p.In(welsh); cy.Title == p.Title || cy.Sections[0].Title == p.Sections[0].Title || cy.ID != p.ID {
			t.Errorf("%s in Welsh: %q, %q", p.ID, cy.Title, cy.Sections[0].Title)
		}
	}
	asked, err := registers.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range asked {
		said(r.Kind, r.Title)
		for _, f := range r.Fields {
			said(r.Kind, f.Choices...)
		}
	}
	if n < 500 {
		t.Errorf("only %d texts were looked at", n)
	}
}

// TestTranslationKeepsItsValues: the Welsh of a text has a place for each value of
// the English, in the same order, and what the window says stands there once.
func TestTranslationKeepsItsValues(t *testing.T) {
	data, err := tongues.ReadFile("lang/cy.json")
	own := read(t, data, err)
	data, err = lang.Words.ReadFile("cy.json")
	window := read(t, data, err)
	if !strings.Contains(own["_about"], "unreviewed") {
		t.Error("it does not say who has read it")
	}
	value := regexp.MustCompile(`%[a-z]`)
	for s, text := range own {
		if text == "" || !slices.Equal(value.FindAllString(s, -1), value.FindAllString(text, -1)) {
			t.Errorf("%q loses a value: %q", s, text)
		}
		if window[s] == text {
			t.Errorf("%q is in the words of the window too", s)
		}
	}
}

func TestSay(t *testing.T) {
	w := lang.New(map[string]string{"Not known": "Ddim yn hysbys", "Term %d ends": "Daw teler %d i ben", "open": "ar agor", "Open": "Agor"}, nil)
	for text, want := range map[string]string{"Not known": "Ddim yn hysbys", "not known": "ddim yn hysbys", "Term 12 ends": "Daw teler 12 i ben", "open": "ar agor", "Dan, at 2 o'clock": "Dan, at 2 o'clock", "": ""} {
		if got := w.Say(text); got != want {
			t.Errorf("%q is said as %q", text, got)
		}
	}
	if got := Translation(nil).Say("open"); got != "open" {
		t.Errorf("English says %q", got)
	}
	for _, code := range []string{"fr", "../lang/cy", "en.json"} {
		if _, err := In(code); !errors.Is(err, ErrLanguage) {
			t.Errorf("%q: %v", code, err)
		}
	}
}

// TestTheLawHasWelsh: what papers and the window say of the law of England and Wales has
// its Welsh; names of Acts and of what others published stay as they are.
func TestTheLawHasWelsh(t *testing.T) {
	welsh, err := In(Welsh)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := law.Named("EW")
	if err != nil {
		t.Fatal(err)
	}
	said := func(of string, texts ...string) {
		for _, s := range texts {
			if s != "" && welsh.Say(s) == s {
				t.Errorf("%s: %q has no Welsh", of, s)
			}
		}
	}
	for _, o := range pack.Offences {
		said(o.ID, append(append([]string{o.Label, o.Mode, o.Note}, o.Needs...), o.Defences...)...)
		for _, e := range o.Elements {
			said(o.ID, e.Text)
		}
		for _, p := range o.Penalties {
			said(o.ID, p.Text)
		}
	}
	for _, o := range pack.Orders {
		said(o.ID, append([]string{o.Label, o.Standard}, o.Facts...)...)
		for _, c := range o.Criteria {
			said(o.ID, c.Text)
		}
	}
	for _, b := range pack.Behaviours {
		said(b.Code, b.Label)
	}
	for _, tag := range pack.Tags {
		said(tag.Tag, tag.Label)
	}
	for _, r := range pack.Rules {
		said(r.ID, r.Label, r.Words)
	}
	for _, g := range pack.Guidance {
		said(g.ID, g.Summary...)
	}
	for _, k := range pack.Checklists {
		said(k.ID, k.Title, k.About)
		for _, i := range k.Items {
			said(k.ID, i.Text)
		}
	}
	for _, d := range pack.Differences {
		said("differences", d.Question)
		for _, answer := range d.Answers {
			said("differences", answer)
		}
	}
}
