package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/timeline"
)

// Figure is a number of the pattern with the events that it counts: there are N of
// them.
type Figure struct {
	Group  string        `json:"group,omitempty"` // what it stands under: the block, the field of an incident
	Key    string        `json:"key"`
	N      int           `json:"n"`
	Twice  int           `json:"in_another_source_too"`
	Note   string        `json:"note,omitempty"`      // what must be known beside the number: a quote, a reason, an amount
	None   bool          `json:"no_number,omitempty"` // nothing was counted, for the reason in Note: N says nothing
	Events []timeline.ID `json:"events"`
}

// Pattern is one side of the pattern in numbers: raw counts, each with its events,
// and no conclusion.
type Pattern struct {
	By      string
	Title   string
	Rule    string // how it is counted, so that anybody can count it again
	Only    string // that it counts less than all of its days; empty where it does not
	Why     string // why it is not counted of this selection; empty where it is
	Figures []Figure
}

// Said is how it is counted, or why it is not.
func (p Pattern) Said() string { return strings.TrimSpace(cmp.Or(p.Why, p.Rule) + " " + p.Only) }

// Material is what patterns are found in: events that were found, and of them, as
// they may be shown, those that somebody wrote down or marked.
type Material struct {
	Index  *timeline.Index
	Result *timeline.Result
	Rows   []timeline.Row
	From   time.Time // of the period that was asked for; zero: from the first event
	To     time.Time
	Days   int // how many days before and after, or without any; 0: as is usual
	Of     Selected
}

// Gather finds the material of a filter. Entries of registers are of the whole case
// in its period: a block stands in no conversation.
func Gather(ctx context.Context, x *timeline.Index, f timeline.Filter) (Material, error) {
	r, err := x.Find(ctx, f)
	if err != nil {
		return Material{}, err
	}
	m, err := GatherFrom(ctx, x, r, f.From, f.To)
	m.Of = SelectedBy(f)
	return m, err
}

// GatherFrom is Gather for what was found already, in a period.
func GatherFrom(ctx context.Context, x *timeline.Index, r *timeline.Result, from, to time.Time) (Material, error) {
	m := Material{Index: x, Result: r, From: from, To: to}
	all, err := things(ctx, x, timeline.Filter{From: from, To: to})
	if err != nil {
		return m, err
	}
	found := map[timeline.ID]bool{}
	for _, t := range all {
		found[t.ID] = t.Kind.Register()
	}
	for _, id := range r.IDs(0, r.Len()) {
		if _, ok := found[id]; ok {
			found[id] = true
		}
	}
	for _, t := range all {
		if found[t.ID] {
			m.Rows = append(m.Rows, t.Row)
		}
	}
	return m, nil
}

// side is a pattern that is more than a count by one property.
type side struct {
	by, title, rule string
	find            func(Material, context.Context) ([]Figure, error)
}

// sides are all of them.
func sides() []side {
	return []side{
		{"moment", "Before and after each time that they were told, and each order", "Both periods have as many days; the day itself is in neither and stands between. Counted are incidents, and what came from those who were told, or whom the order names as those it is against: an entry says it in a field, or a notice by the message that it followed. Where nothing says it, nothing is counted as before or after, and the number of what everybody did in all these days stands under “not counted”. What does not show who it came from, what came from who may be them, and, where they have a name here, an incident whose words for who did it, a name or others, do not have it stand beside and are not counted for them; an incident that names nobody is counted. What nobody sends, as a picture, counts where it has a behaviour. An event counts in a period where every moment at which it may have happened is in it; what may have been in one or another stands under “day not known”. Entries of registers are not counted.", Material.moments},
		{"new-handle", "New numbers and accounts after a block", "Listed is the first event from a number or account that nothing held here had before, where whoever was blocked uses it, or may use it, as People says. It is listed, and nothing is concluded.", Material.newHandles},
		{"reach", "Reach to others", "As whoever wrote it down said it: at whom an incident was aimed, whether children were there, at work or at school; what is marked as done through others; and what changed for work, school, family and children, as the entries of changes to daily life say it. What it does to others, in the register of family, is told there in words and is not counted here.", Material.reach},
		{"private", "Private knowledge shown", "What somebody marked as showing that they know private things.", Material.private},
		{"burst", "Bursts", "Listed is every run of 5 or more of one sort from one sender on one channel, with less than 60 minutes between one and the next.", Material.bursts},
		{"silence", "Silences", "A silence is 7 days or more (or as many as were asked for) without one of the events; entries of registers end none. What has no certain day ends one where every day on which it may have been is without another: none of these days is called silent. What a file does not hold may have happened all the same: it is told which silences the files speak of and which they do not.", Material.silences},
		{"impact", "Impact over time", "In the person's own words, with the day: what they felt and what they changed. Counted are the entries that say so, by month; nothing is weighed or scored.", Material.impact},
		{"cost", "What it cost", "The sum of the costs of what was changed, as they were written down, each currency for itself. What an incident says was changed counts too where its words end with one amount and name no other number; where an entry of the changes names the incident, or has the same amount on the same day, it counts once. Other words that speak of a cost are listed and are in no sum. What has no cost said is listed, and is no nought.", Material.costs},
	}
}

// Patterns lists the words that Material.Pattern takes.
func Patterns() []string {
	words := timeline.Patterns()
	for _, s := range sides() {
		words = append(words, s.by)
	}
	return words
}

// Pattern finds one side of the pattern: what timeline counts by, or one of those
// that only casework knows.
func (m Material) Pattern(ctx context.Context, by string) (p Pattern, err error) {
	all := sides()
	i := slices.IndexFunc(all, func(s side) bool { return s.by == by })
	if i < 0 {
		p = Pattern{By: by, Title: "By " + by}
		switch {
		case slices.Contains(clocked, by):
			err = m.clocked(ctx, &p)
			return p, err
		case by == "code":
			p.Rule = sayByCode
			_, err = m.apart(ctx, &p, func(s *timeline.Survey, i int) bool { return ByOthers(s, i) || !bare(s, i) })
			return p, err
		}
		counts, err := m.Result.Pattern(ctx, by)
		p.Figures = figuresOf(counts)
		return p, err
	}
	s := all[i]
	p = Pattern{By: s.by, Title: s.title, Rule: s.rule, Why: m.Of.whyNot(by)}
	if p.Why != "" {
		return p, nil
	}
	p.Only = m.Of.Only()
	p.Figures, err = s.find(m, ctx)
	if err != nil {
		return p, fmt.Errorf("pattern %s: %w", by, err)
	}
	if by == "silence" {
		s, err := m.Result.Survey(ctx)
		if err != nil {
			return p, err
		}
		p.Rule = strings.TrimSpace(p.Rule + " " + SayWeak(weak(s, func(int) bool { return true })))
	}
	return p, nil
}

// NotCounted is the figure, beside those of hours, days, months and behaviours, of the
// rest: with it each of these sides holds every event that was asked for.
const NotCounted = "not counted"

// clocked counts by the clock what others did: the hour of a report is no habit of
// theirs.
func (m Material) clocked(ctx context.Context, p *Pattern) error {
	s, err := m.apart(ctx, p, ByOthers)
	if err != nil || s == nil {
		return err
	}
	p.Rule = SayByOthers
	if p.By == "hour" {
		p.Rule += " " + fmt.Sprintf(sayByHour, m.Index.Zone())
	} else if n := weak(s, func(i int) bool { return ByOthers(s, i) }); n > 0 {
		p.Rule += " " + SayWeak(n)
	}
	return nil
}

// apart counts some events of the survey, which it gives where there are any. What is
// not counted stands beside, as the last figure.
func (m Material) apart(ctx context.Context, p *Pattern, counted func(s *timeline.Survey, i int) bool) (*timeline.Survey, error) {
	if m.Result.Len() == 0 {
		return nil, nil
	}
	s, err := m.Result.Survey(ctx)
	if err != nil {
		return nil, err
	}
	var these, others []int
	var rest []int32
	for i := range s.Kind {
		if counted(s, i) {
			these = append(these, i)
		} else {
			others, rest = append(others, i), append(rest, int32(i))
		}
	}
	counts, err := m.Result.Only(these).Pattern(ctx, p.By)
	if err != nil {
		return nil, err
	}
	p.Figures = figuresOf(counts)
	if len(others) > 0 {
		r := m.Result.Only(others)
		also, err := m.Result.InAnother(ctx, rest)
		if err != nil {
			return nil, err
		}
		f := figure("", NotCounted, "", r.IDs(0, r.Len())...)
		f.Twice = len(also)
		p.Figures = append(p.Figures, f)
	}
	return s, nil
}

// bare tells that an event of a survey has no behaviour marked, and is no own act.
func bare(s *timeline.Survey, i int) bool {
	return !timeline.Own(s.Marks[i]) && !slices.ContainsFunc(s.Marks[i], coded)
}

func figuresOf(counts []timeline.Count) (list []Figure) {
	for _, c := range counts {
		list = append(list, Figure{Key: c.Key, N: c.N, Twice: c.Twice, Events: c.Events})
	}
	return list
}

// weak is how many of the events that are counted stand at a weak sign of their time.
func weak(s *timeline.Survey, counted func(i int) bool) (n int) {
	for i := range s.Day {
		if s.Weak[i] && counted(i) {
			n++
		}
	}
	return n
}

// SayWeak says beside figures of days, months and years that some of what they count
// stands at a weak sign of its time; nothing where none does.
func SayWeak(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(sayWeak, n)
}

// figure is one of events that are listed already.
func figure(group, key, note string, events ...timeline.ID) Figure {
	if events == nil {
		events = []timeline.ID{}
	}
	return Figure{Group: group, Key: key, N: len(events), Note: note, Events: events}
}

// tally counts events under keys, in the order in which the keys first came.
type tally struct {
	group string
	list  []Figure
}

func (t *tally) add(key string, id timeline.ID) {
	i := slices.IndexFunc(t.list, func(f Figure) bool { return f.Key == key })
	if i < 0 {
		i, t.list = len(t.list), append(t.list, figure(t.group, key, ""))
	}
	t.list[i].N++
	t.list[i].Events = append(t.list[i].Events, id)
}

// dayWords is the day of an event, or that it is not known.
func dayWords(w timeline.When, zone *time.Location) string {
	if d := dayText(w, zone); d != "" {
		return d
	}
	return "day not known (" + w.Raw + ")"
}
