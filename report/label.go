package report

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"daybook/evidence"
)

// ActionExhibit is the journal's word for giving an item its label.
const ActionExhibit evidence.Action = "exhibit"

type exhibitSubject struct {
	Item int64 `json:"item"`
}

type exhibitDetail struct {
	Label string `json:"label"`
}

// label reads the labels that were given and gives new ones to the items of
// this bundle that have none, by number. A label is given once: nothing takes
// it away or changes it. In a draft it is only shown.
func (p *planner) label(ctx context.Context) error {
	if p.sel.Producer == "" {
		p.sel.Producer = initials(p.c.Actor())
	}
	if !isInitials(p.sel.Producer) {
		return fmt.Errorf("initials %q: want one to six letters", p.sel.Producer)
	}
	last, err := p.readLabels(ctx)
	if err != nil {
		return err
	}
	var drafts []evidence.Draft
	for _, n := range slices.Sorted(maps.Keys(p.items)) {
		if len(p.items[n].rows) == 0 && !p.items[n].withheld || p.labels[n] != "" {
			continue
		}
		last++
		p.labels[n] = fmt.Sprintf("%s/%d", p.sel.Producer, last)
		drafts = append(drafts, evidence.Draft{Action: ActionExhibit, Subject: exhibitSubject{n}, Detail: exhibitDetail{p.labels[n]}})
	}
	if len(drafts) == 0 {
		return nil
	}
	if p.sel.Draft {
		return nil
	}
	if p.sel.Moment.Entries != 0 {
		return fmt.Errorf("exhibits: %d have no label at the moment of the bundle", len(drafts))
	}
	if _, err := p.c.RecordAll(ctx, drafts...); err != nil {
		return fmt.Errorf("exhibits: %d have no label yet: %w", len(drafts), err)
	}
	return nil
}

// readLabels reads the journal and gives the last number of this producer.
func (p *planner) readLabels(ctx context.Context) (last int, err error) {
	p.labels = map[int64]string{}
	for e, err := range p.c.Journal(ctx) {
		if err != nil {
			return 0, err
		}
		if e.Action != string(ActionExhibit) {
			continue
		}
		var s exhibitSubject
		var d exhibitDetail
		if err := json.Unmarshal(e.Subject, &s); err != nil {
			return 0, fmt.Errorf("entry %d: %w", e.Seq, err)
		}
		if err := json.Unmarshal(e.Detail, &d); err != nil {
			return 0, fmt.Errorf("entry %d: %w", e.Seq, err)
		}
		p.labels[s.Item] = d.Label
		if by, n := splitLabel(d.Label); by == p.sel.Producer {
			last = max(last, n)
		}
	}
	return last, nil
}

// splitLabel takes ABC/12 apart.
func splitLabel(label string) (by string, n int) {
	by, number, _ := strings.Cut(label, "/")
	n, err := strconv.Atoi(number)
	if err != nil {
		return label, 0
	}
	return by, n
}

func compareLabels(a, b string) int {
	byA, a1 := splitLabel(a)
	byB, b1 := splitLabel(b)
	return cmp.Or(cmp.Compare(byA, byB), cmp.Compare(a1, b1))
}

// initials are those of a name: the first letters of its words.
func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		for _, r := range w {
			b.WriteRune(unicode.ToUpper(r))
			break
		}
	}
	s := []rune(b.String())
	if len(s) == 0 {
		return "EX"
	}
	return string(s[:min(len(s), 6)])
}

func isInitials(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
		n++
	}
	return n >= 1 && n <= 6
}
