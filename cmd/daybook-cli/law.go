package main

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daybook/assets/dated"
	"daybook/assets/law"
	"daybook/timeline/casework"
)

const aboutLaw = `Show what the law asks, in plain words: offences with what must be shown, orders,
codes of behaviour, rules of time, guidance and checklists, each with where it was
read and when. It is no advice on a case.

  daybook-cli law                          what there is
  daybook-cli law EW-PHA-2A                one offence, order, guide or checklist
  daybook-cli law EW --at 2011-05-01       as it stood on that day
  daybook-cli law --pack EW-2027.law       with a newer pack, whose signature is
                                           checked before anything in it is read
  daybook-cli law --pack EW-2027.law --case mycase.daybook
                                           keeps the pack in the case: matrix, codes of
                                           behaviour, terms of orders and bundles go by
                                           it from then on
  daybook-cli law --case mycase.daybook    the law that the case goes by, and since when

With --json each entry is one line, with its jurisdiction and what it is.`

// lawFlags choose the law: a pack from outside, and a day.
type lawFlags struct {
	pack string
	dir  string // the case
	at   string
}

func (f *lawFlags) on(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.pack, "pack", "", "a signed `FILE` with a newer law of one jurisdiction")
	cmd.Flags().StringVar(&f.dir, "case", "", "the `CASE` whose law is meant, or in which --pack is kept")
	cmd.Flags().StringVar(&f.at, "at", "", "the `DAY` whose law is meant, 2025-10-11 (today, when left away)")
}

// over puts the pack from outside, where one is named, over the others.
func (f *lawFlags) over(t *terminal, all []law.Pack) ([]law.Pack, error) {
	if f.pack == "" {
		return all, nil
	}
	data, key, err := f.signed(t)
	if err != nil {
		return nil, err
	}
	p, err := law.Load(data, key)
	if err == nil {
		all, err = law.With(all, p)
	}
	if err != nil {
		return nil, fmt.Errorf("--pack %s: %w", f.pack, err)
	}
	return all, nil
}

// signed is the file of the pack from outside, and the key that must have signed it.
func (f *lawFlags) signed(t *terminal) (data []byte, key ed25519.PublicKey, err error) {
	if data, err = os.ReadFile(f.pack); err != nil {
		return nil, nil, use(fmt.Errorf("--pack: %w", inWay(f.pack, err)))
	}
	if t.lawKey != nil {
		return data, t.lawKey, nil
	}
	key, err = law.Key()
	return data, key, err
}

// day is the day whose law is meant.
func (f *lawFlags) day() (time.Time, error) {
	if f.at == "" {
		return time.Now(), nil
	}
	day, err := time.Parse(time.DateOnly, f.at)
	if err != nil {
		return day, use(fmt.Errorf("--at %q: write the day as 2025-10-11", f.at))
	}
	return day, nil
}

// lawEntry is something that can be shown by its name.
type lawEntry struct {
	What  string `json:"what"` // offence, order, behaviour, rule, difference, guidance, checklist
	Law   string `json:"law"`  // the jurisdiction
	ID    string `json:"id"`
	Label string `json:"label"`
	Entry any    `json:"entry"`

	dated dated.Entry
	lines []string
}

func entriesOf(p law.Pack) (all []lawEntry) {
	add := func(what, id, label string, entry any, d dated.Entry, lines ...string) {
		all = append(all, lawEntry{what, p.ID, id, label, entry, d, lines})
	}
	for _, o := range p.Offences {
		add("offence", o.ID, o.Label, o, o.Entry, offenceLines(p, o)...)
	}
	for _, o := range p.Orders {
		add("order", o.ID, o.Label, o, o.Entry, orderLines(o)...)
	}
	for _, b := range p.Behaviours {
		add("behaviour", b.Code, b.Label, b, b.Entry, bullets("Kinds", b.Kinds), bullets("Usually seen by", b.Typical))
	}
	for _, r := range p.Rules {
		add("rule", r.ID, r.Label, r, r.Entry, r.Words)
	}
	for _, d := range p.Differences {
		var lines []string
		for _, o := range p.Offences {
			if a := d.Answers[o.ID]; a != "" {
				lines = append(lines, o.Label+": "+a)
			}
		}
		add("difference", "", d.Question, d, d.Entry, lines...)
	}
	for _, g := range p.Guidance {
		add("guidance", g.ID, g.Title, g, g.Entry, append([]string{g.Publisher + ", " + g.Version + ". " + g.Licence + "."}, g.Summary...)...)
	}
	for _, c := range p.Checklists {
		lines := []string{c.About}
		for _, it := range c.Items {
			lines = append(lines, it.ID+"  "+it.Text)
		}
		add("checklist", c.ID, c.Title, c, c.Entry, lines...)
	}
	return all
}

// bullets sets a list under a title; an empty list is an empty line, which is
// not printed.
func bullets(title string, list []string) string {
	if len(list) == 0 {
		return ""
	}
	return title + ":\n    - " + strings.Join(list, "\n    - ")
}

func offenceLines(p law.Pack, o law.Offence) []string {
	var must, most []string
	for _, e := range o.Elements {
		text := e.Text
		if e.Either != "" {
			text += " (one of these is enough)"
		}
		must = append(must, e.ID+": "+text)
	}
	for _, e := range o.Penalties {
		most = append(most, e.Text)
	}
	lines := []string{"In the law: " + o.Legal + ". Tried: " + o.Mode + ".", bullets("What must be shown", must), bullets("What helps to show it", o.Needs),
		bullets("What is no offence (keep what supports it, too)", o.Defences), bullets("At most", most)}
	if r, ok := p.Rule(o.Limitation); ok {
		lines = append(lines, r.Label+": "+r.Words)
	}
	if o.Anonymity {
		lines = append(lines, "Who complains of it must not be named in public.")
	}
	return append(lines, bullets("Look also at", append(slices.Clone(o.Alternatives), o.Orders...)), o.Note)
}

func orderLines(o law.Order) []string {
	var criteria []string
	for _, c := range o.Criteria {
		criteria = append(criteria, c.ID+": "+c.Text)
	}
	lines := []string{bullets("What the court asks", criteria), bullets("Facts", o.Facts), bullets("Where", o.AvailableIn)}
	if o.MadeBy != "" {
		lines = append(lines, "Made by: "+o.MadeBy+".")
	}
	if o.Applicant != "" {
		lines = append(lines, "Asked for by: "+o.Applicant+".")
	}
	if o.Standard != "" {
		lines = append(lines, "Standard: "+o.Standard+".")
	}
	if o.HistoryOnly {
		lines = append(lines, "It is noted where it was given, and not asked for.")
	}
	return lines
}

func lawCommand(t *terminal) *cobra.Command {
	var f lawFlags
	cmd := &cobra.Command{
		Use: "law [NAME]", Short: "Show offences, orders and checklists of the law, by date", Args: cobra.MaximumNArgs(1), Long: aboutLaw,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			day, err := f.day()
			if err != nil {
				return err
			}
			packs, err := law.All()
			if f.dir == "" {
				if err == nil {
					packs, err = f.over(t, packs)
				}
			} else {
				packs, err = t.lawOf(cmd.Context(), &f)
			}
			if err != nil || packs == nil {
				return err
			}
			for i := range packs {
				packs[i] = packs[i].At(day)
			}
			if len(args) == 0 {
				return t.laws(packs, func(lawEntry) bool { return true })
			}
			if i := slices.IndexFunc(packs, func(p law.Pack) bool { return strings.EqualFold(p.ID, args[0]) }); i >= 0 {
				return t.laws(packs[i:i+1], func(lawEntry) bool { return true })
			}
			return t.law(packs, args[0])
		},
	}
	f.on(cmd)
	return cmd
}

// lawOf says which packs a case keeps and gives its law. A pack from outside is kept
// in it; then that is all.
func (t *terminal) lawOf(ctx context.Context, f *lawFlags) (packs []law.Pack, err error) {
	c, _, err := t.open(ctx, f.dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if f.pack != "" {
		data, key, err := f.signed(t)
		if err != nil {
			return nil, err
		}
		k, err := casework.KeepLaw(ctx, c, data, key)
		if err != nil {
			return nil, fmt.Errorf("--pack %s: %w", f.pack, err)
		}
		if t.json {
			return nil, t.emit(k)
		}
		_, err = fmt.Fprintln(t.out, keptLaw(k, c.Zone()))
		return nil, err
	}
	l, err := casework.LawOf(ctx, c, 0)
	for _, k := range l.Kept {
		t.say("%s", keptLaw(k, c.Zone()))
	}
	return l.Packs, err
}

func keptLaw(k casework.Kept, zone *time.Location) string {
	return fmt.Sprintf("%s of %s, by %s: kept in the case on %s by %s, entry %d. Signed by the key %s.",
		visible(k.Law), k.Version, visible(k.Author), k.At.In(zone).Format(time.DateOnly), visible(k.By), k.Entry, k.Signer)
}

// laws lists what packs hold.
func (t *terminal) laws(packs []law.Pack, which func(lawEntry) bool) error {
	for _, p := range packs {
		if !t.json {
			fmt.Fprintf(t.out, "%s  %s, version %s, by %s, to be reviewed by %s\n", p.ID, p.Name, p.Version, p.Author, p.ReviewBy)
			for _, w := range p.Warnings(time.Now()) {
				fmt.Fprintln(t.out, "  "+w)
			}
		}
		for _, e := range entriesOf(p) {
			if !which(e) {
				continue
			}
			if t.json {
				if err := t.emit(e); err != nil {
					return err
				}
				continue
			}
			fmt.Fprintf(t.out, "  %-10s %-20s %s\n", e.What, e.ID, e.Label)
		}
	}
	return nil
}

// law shows one entry; a code of behaviour stands in several jurisdictions.
func (t *terminal) law(packs []law.Pack, name string) error {
	found := false
	for _, p := range packs {
		for _, e := range entriesOf(p) {
			if e.ID == "" || !strings.EqualFold(e.ID, name) {
				continue
			}
			found = true
			if t.json {
				if err := t.emit(e); err != nil {
					return err
				}
				continue
			}
			t.lawEntry(e)
		}
	}
	if !found {
		return use(errors.New("law " + name + ": there is nothing of this name in force on that day; law alone lists what there is"))
	}
	return nil
}

func (t *terminal) lawEntry(e lawEntry) {
	fmt.Fprintf(t.out, "%s  %s (%s, %s)\n", e.ID, e.Label, e.What, e.Law)
	for _, l := range e.lines {
		if l != "" {
			fmt.Fprintln(t.out, "  "+l)
		}
	}
	fmt.Fprintf(t.out, "  Source: %s; read on %s%s\n", e.dated.Source, e.dated.CheckedOn, inForce(e.dated.Span))
	if e.dated.Verify {
		fmt.Fprintln(t.out, "  It was not read in the law's own words: look it up before you rely on it.")
	}
}

func inForce(s dated.Span) string {
	out := ""
	if s.From != "" {
		out = ", in force from " + s.From
	}
	if s.To != "" {
		out += ", until " + s.To
	}
	return out
}
