package law

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// shows are what in a record may show an element.
var shows = [...]string{"conduct", "behaviour", "knowledge", "feeling", "feared_violence", "change", "exact_words", "witness", "assessment", "order", "service", "breach", "relationship"}

// Shows lists what in a record may show an element: conduct (anything with a
// code of behaviour, or that a person wrote down), behaviour (anything with a
// code), knowledge (that the other person was told, blocked or warned), feeling,
// feared_violence, change (to daily life), exact_words, witness, assessment,
// order, service, breach and relationship (they are or were partners or family).
// Beside these, behaviour:CODE and tag:WORD are marks.
func Shows() []string { return slices.Clone(shows[:]) }

// check tells what is wrong with a pack: its parts, and what they name.
func (p Pack) check() error {
	if p.ID == "" || p.Name == "" || p.Title == "" || p.About == "" || p.Author == "" || len(p.Offences) == 0 {
		return errors.New("it has no ID, no name, no title, no words about it, no author, or no offences")
	}
	for _, day := range []string{p.Version, p.ReviewBy} {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fmt.Errorf("version or review_by: %w", err)
		}
	}
	seen := map[string]bool{}
	for _, e := range p.entries() {
		if err := e.Check(); err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		if seen[e.name] {
			return fmt.Errorf("%s: it stands there twice", e.name)
		}
		seen[e.name] = true
	}
	for _, o := range p.Offences {
		if err := p.checkOffence(o, seen); err != nil {
			return fmt.Errorf("offence %s: %w", o.ID, err)
		}
	}
	for _, o := range p.Orders {
		if err := p.checkOrder(o, seen); err != nil {
			return fmt.Errorf("order %s: %w", o.ID, err)
		}
	}
	return p.checkTexts(seen)
}

func (p Pack) checkOffence(o Offence, seen map[string]bool) error {
	if o.ID == "" || o.Label == "" || o.Legal == "" || o.Mode == "" || len(o.Elements) == 0 {
		return errors.New("it has no ID, no label, no name in the law, no mode, or no elements")
	}
	for i, e := range o.Elements {
		if e.ID == "" || e.Text == "" || e.Least < 0 || strings.Contains(e.ID, "/") {
			return fmt.Errorf("element %d: it has no ID or no text", i+1)
		}
		if slices.ContainsFunc(o.Elements[:i], func(b Element) bool { return b.ID == e.ID }) {
			return fmt.Errorf("element %s: it stands there twice", e.ID)
		}
		if err := errors.Join(e.Check(), p.checkShows(e.ShownBy)); err != nil {
			return fmt.Errorf("element %s: %w", e.ID, err)
		}
	}
	for _, e := range o.Penalties {
		if err := e.Check(); err != nil {
			return err
		}
	}
	if o.Limitation != "" && !seen["rule "+o.Limitation] {
		return fmt.Errorf("limitation %q: there is no such rule", o.Limitation)
	}
	for _, id := range o.Alternatives {
		if !seen["offence "+id] {
			return fmt.Errorf("alternative %q: there is no such offence", id)
		}
	}
	for _, id := range o.Orders {
		if !seen["order "+id] {
			return fmt.Errorf("order %q: there is none", id)
		}
	}
	return nil
}

func (p Pack) checkOrder(o Order, seen map[string]bool) error {
	switch {
	case o.ID == "" || o.Label == "" || o.Criteria == nil || len(o.Facts) == 0:
		return errors.New("it has no ID, no label, no criteria, or no facts")
	case !slices.Contains([]string{"order", "bail", "licence", "notice", "disclosure"}, o.Kind):
		return fmt.Errorf("kind %q: order, bail, licence, notice or disclosure", o.Kind)
	case o.Breach != "" && !seen["offence "+o.Breach]:
		return fmt.Errorf("breach %q: there is no such offence", o.Breach)
	}
	for _, c := range o.Criteria {
		if c.ID == "" || c.Text == "" {
			return errors.New("a criterion has no ID or no text")
		}
		if err := p.checkShows(c.ShownBy); err != nil {
			return fmt.Errorf("criterion %s: %w", c.ID, err)
		}
	}
	return nil
}

func (p Pack) checkShows(list []string) error {
	for _, s := range list {
		code, isCode := strings.CutPrefix(s, "behaviour:")
		_, isTag := strings.CutPrefix(s, "tag:")
		known := isTag || slices.Contains(shows[:], s) ||
			isCode && slices.ContainsFunc(p.Behaviours, func(b Behaviour) bool { return b.Code == code })
		if !known {
			return fmt.Errorf("shown by %q: this is none of %s, behaviour:CODE, tag:WORD", s, strings.Join(shows[:], ", "))
		}
	}
	return nil
}

// checkTexts looks at what is read and not reckoned with.
func (p Pack) checkTexts(seen map[string]bool) error {
	for _, b := range p.Behaviours {
		if b.Code == "" || b.Code != strings.ToUpper(b.Code) || b.Label == "" || b.Short == "" {
			return fmt.Errorf("behaviour %q: it has no code in capitals, or no label", b.Code)
		}
	}
	for _, r := range p.Rules {
		if r.ID == "" || r.Label == "" || r.Words == "" || (r.Months > 0) != (r.From != "") {
			return fmt.Errorf("rule %q: it has no ID, no label, no words, or months that are counted from nothing", r.ID)
		}
	}
	for _, d := range p.Differences {
		for id := range d.Answers {
			if !seen["offence "+id] {
				return fmt.Errorf("difference %q: there is no offence %s", d.Question, id)
			}
		}
	}
	for _, g := range p.Guidance {
		if g.Title == "" || g.Publisher == "" || g.Licence == "" || len(g.Summary) == 0 || len(g.Summary) > 5 {
			return fmt.Errorf("guidance %s: it has no title, publisher or licence, or its summary is not of one to five lines", g.ID)
		}
	}
	for _, c := range p.Checklists {
		for i, it := range c.Items {
			if it.ID == "" || it.Text == "" || slices.ContainsFunc(c.Items[:i], func(b Item) bool { return b.ID == it.ID }) {
				return fmt.Errorf("checklist %s, item %q: it has no ID or no text, or stands there twice", c.ID, it.ID)
			}
		}
	}
	for _, c := range p.Changes {
		if _, err := time.Parse(time.DateOnly, c.On); err != nil || c.What == "" {
			return fmt.Errorf("change %q: it has no day, or no words", c.What)
		}
	}
	return nil
}
