package report

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"daybook/timeline"
)

// What incidents say of one matter, by the names of their facts in longFacts.
var (
	effectFacts = []string{factFeelingThen, factFeelingAfter, factFeared, factFearedWhy, factChanged}
	reportFacts = []string{factReported, factToldTo}
	orderFacts  = []string{factInForce}
)

// The names of these facts.
const (
	factFeelingThen  = "Feeling then"
	factFeelingAfter = "Feeling after"
	factFeared       = "Feared violence"
	factFearedWhy    = "Why"
	factChanged      = "What was changed"
	factReported     = "Reported to"
	factToldTo       = "Told"
	factInForce      = "Order in force"
)

// pick gives the facts of some names.
func pick(facts []Fact, names []string) (picked []Fact) {
	for _, f := range facts {
		if slices.Contains(names, f.Name) {
			picked = append(picked, f)
		}
	}
	return picked
}

// mentions notes of which matters an incident speaks, as this pack shows it.
func (p *planner) mentions(id timeline.ID, n int) {
	v, _ := p.readable(p.written[id])
	facts := longFacts(v, p.b.Zone)
	for _, m := range []struct {
		names []string
		rows  *[]int
	}{{effectFacts, &p.m.Effects}, {reportFacts, &p.m.Reports}, {orderFacts, &p.m.InForce}} {
		if len(pick(facts, m.names)) > 0 {
			*m.rows = append(*m.rows, n)
		}
	}
}

// saying is what incidents say of one matter, in the words of those who wrote
// them down.
func (b *Bundle) saying(rows []int, intro, title string, names []string) []Block {
	if len(rows) == 0 {
		return nil
	}
	t := table("", Col{wordRow, 1}, Col{wordDateTime, 3.7}, Col{title, 9})
	t.Timed = true
	t.Rows = func(ctx context.Context) iter.Seq2[Line, error] {
		return each(b.rowsAt(ctx, rows), func(r Row) Line {
			return line("", []Run{link(strconv.Itoa(r.Number), diaryAnchor(r.Number))}, r.Time.runs(r.Time.brief()), factLines(pick(r.Detail, names)))
		})
	}
	return []Block{para(intro), t}
}

// factLines are facts one below the other.
func factLines(facts []Fact) (runs []Run) {
	for i, f := range facts {
		if i > 0 {
			runs = append(runs, Run{Text: "\n"})
		}
		runs = append(append(runs, Run{Text: f.Name + ": "}), f.Value...)
	}
	return runs
}

// order is an order, a warning or a request to stop, as somebody noted it.
type order struct {
	Title, Kind, Issuer   string
	Against               string // whom it is against, or to; empty in a served pack
	Notice                bool
	Made, Served, Expires string
	Terms                 []string
	Items                 []int64
	Entry                 uint64
}

// gatherOrders takes the orders as they were noted up to the moment. A served
// pack of a choice has none: it does not know whom each is about.
func (p *planner) gatherOrders() {
	left := p.leftOutEntries()
	for _, o := range p.x.Orders() {
		if o.Number >= p.b.Moment.Entries || left[o.Number] {
			continue
		}
		if p.b.Pack == Served && !p.whole() {
			continue
		}
		var terms []string
		for _, t := range o.Terms {
			terms = append(terms, p.gate.clean(t.Text))
		}
		if p.b.Pack == Served {
			o.Against = ""
		}
		p.m.Orders = append(p.m.Orders, order{
			Against: p.gate.clean(o.Against), Notice: o.Notice,
			Title: p.gate.clean(o.Title), Kind: p.gate.clean(o.Kind), Issuer: p.gate.clean(o.Issuer), Terms: terms,
			Made: p.day(o.Made), Served: p.day(o.Served), Expires: p.day(o.Expires), Items: o.Items, Entry: o.Number,
		})
	}
}

// day is a time of an order, as the rows show theirs; empty when none was noted.
func (p *planner) day(w timeline.When) string {
	if w.Precision == "" {
		return ""
	}
	return listed(w, p.b.Zone)
}

// orders are those that were noted, and the incidents that name one.
func (b *Bundle) orders(m material) []Block {
	var blocks []Block
	if len(m.Orders) > 0 {
		t := table("", Col{"What", 4.3}, Col{"Made, served, ends", 3.5}, Col{"Terms", 4}, Col{"Exhibit, entry", 2.5})
		var l []Line
		for _, o := range m.Orders {
			l = append(l, line("", o.what(), o.dates(), o.terms(), b.orderSource(o)))
		}
		t.Rows = lines(l)
		blocks = append(blocks, para(sayOrders), t)
	}
	return append(blocks, b.saying(m.InForce, sayInForce, factInForce, orderFacts)...)
}

// capitals begins a text with a capital.
func capitals(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

func (o order) dates() []Run {
	made := "Made"
	if o.Notice { // nobody makes one: it is of a day
		made = "On"
	}
	facts := maybe(nil, made, o.Made)
	facts = maybe(facts, "Served", o.Served)
	return factLines(maybe(facts, "Ends", o.Expires))
}

// what is its kind, its words, and whose it is.
func (o order) what() []Run {
	runs := []Run{{Text: capitals(o.Kind), Bold: true}, {Text: "\n"}, {Text: o.Title, Evidence: true}}
	if o.Against != "" {
		whom := wordAgainst
		if o.Notice {
			whom = wordTo
		}
		runs = append(runs, Run{Text: "\n" + whom + " "}, Run{Text: o.Against, Evidence: true})
	}
	if o.Issuer != "" {
		runs = append(runs, Run{Text: "\n" + wordBy + " "}, Run{Text: o.Issuer, Evidence: true})
	}
	return runs
}

// terms are those of an order, one below the other, by their numbers.
func (o order) terms() []Run {
	var lines []string
	for i, t := range o.Terms {
		if len(o.Terms) > 1 {
			t = fmt.Sprintf("%d. %s", i+1, t)
		}
		lines = append(lines, t)
	}
	return quote(strings.Join(lines, "\n"))
}

// orderSource leads to the exhibits that show an order, where this bundle has
// them, and names the entry in which it was noted.
func (b *Bundle) orderSource(o order) (runs []Run) {
	for _, n := range o.Items {
		if e, ok := b.exhibit(n); ok {
			to := itemAnchor(n)
			runs = append(runs, link(e.Label, to), onPage(to), Run{Text: "\n"})
		}
	}
	return append(runs, Run{Text: fmt.Sprintf(sayEntry, o.Entry)})
}

// rowsAt walks rows of some numbers.
func (b *Bundle) rowsAt(ctx context.Context, rows []int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for _, n := range rows {
			for r, err := range b.Walk(ctx, n, n) {
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
	}
}
