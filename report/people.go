package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/timeline"
)

// person is somebody in the rows of the bundle.
type person struct {
	Name        string
	Owner       bool // an export is theirs
	Rows        int
	First, Last string
	Notes       []string // who may be the same person, whose name looks alike
	Handles     []handle
}

// handle is an address or a name of theirs, and why it is taken to be.
type handle struct {
	Name, Why   string
	Rows        int
	First, Last string
}

// people are those of the rows, as the timeline links them.
func (p *planner) people() {
	people := p.found.People()
	p.called = map[int64]string{}
	for i := range people {
		p.called[people[i].Number] = people[i].Called()
	}
	p.m.Summary.called = toldApart(people)
	for i := range people {
		p.m.People = append(p.m.People, p.person(&people[i]))
	}
	if p.b.Pack == Served {
		return // it does not say who is who
	}
	p.attributed(people)
	p.b.people, p.personOf = p.m.People, map[string]string{}
	for i := range people {
		for _, l := range people[i].Handles {
			p.personOf[l.Key] = strconv.Itoa(i + 1)
		}
	}
	p.personsTwice()
}

// attributed keeps for every handle that was attributed whose it may be: the name
// never without its strength and the reasons on both sides.
func (p *planner) attributed(people []timeline.Person) {
	p.mayBe = map[string]string{}
	for _, a := range p.x.Attributions() {
		for i := range people {
			for _, k := range people[i].Perhaps {
				if k.Entry != a.Entry || people[i].Number == a.Into {
					continue
				}
				for _, l := range people[i].Handles {
					p.mayBe[l.Key] = join(p.mayBe[l.Key], mayWords[string(k.Strength)]+" "+p.others(&people[i], k))
				}
			}
		}
	}
}

// may is who somebody may be, as a person said it, with the reasons.
func (p *planner) may(of *timeline.Person, k timeline.Perhaps) string {
	return fmt.Sprintf(sayMayBe, mayWords[string(k.Strength)], p.others(of, k), visible(timeline.Shown(k.Reason)))
}

// others are the persons whom somebody may be, as they are listed.
func (p *planner) others(of *timeline.Person, k timeline.Perhaps) string {
	var names []string
	for _, n := range k.Persons {
		if n != of.Number {
			names = append(names, p.called[n])
		}
	}
	return strings.Join(names, ", ")
}

// personsOf gives the numbers of who sent a row, or whom an incident is about,
// and of those who got it.
func (p *planner) personsOf(r timeline.Row) (from string, to []string) {
	if p.personOf == nil {
		return "", nil
	}
	number := func(who timeline.Party) string {
		return p.personOf[timeline.NewHandle(who, r.Source.Importer, r.Source.Item).Key]
	}
	if r.From != (timeline.Party{}) {
		from = number(r.From)
	}
	for _, who := range r.To {
		to = append(to, number(who))
	}
	return from, to
}

// writePeople writes who is who in the rows, as the document lists them.
func (b *Bundle) writePeople(to *bag) error {
	if len(b.people) == 0 {
		return nil
	}
	return to.create("data/people.csv", func(w io.Writer) error {
		s, err := newSheet(w, "Person", "Name", "Owner", "Rows", "First day", "Last day", "Handles", "To be known")
		if err != nil {
			return err
		}
		for i, x := range b.people {
			var handles []string
			for _, h := range x.Handles {
				handles = append(handles, h.Name+" – "+h.Why)
			}
			owner := ""
			if x.Owner {
				owner = wordYes
			}
			err := s.row(strconv.Itoa(i+1), x.Name, owner, strconv.Itoa(x.Rows), x.First, x.Last, strings.Join(handles, "\n"), strings.Join(x.Notes, ". "))
			if err != nil {
				return err
			}
		}
		return s.close()
	})
}

func (p *planner) person(from *timeline.Person) person {
	out := person{Name: cmp.Or(from.Shown(), sayNotNamed), Owner: from.Owner, Rows: from.Events, First: p.contact(from.First), Last: p.contact(from.Last)}
	if from.Name == "" && from.Owner {
		out.Name = sayOwner
	}
	if from.Flagged() {
		out.Notes = append(out.Notes, timeline.NameLookalike.Title())
	}
	for _, k := range from.Perhaps {
		if k.Entry != 0 {
			out.Notes = append(out.Notes, p.may(from, k))
			continue
		}
		out.Notes = append(out.Notes, fmt.Sprintf(sayPerhaps, k.Strength, others(len(k.Persons)-1), k.Reason))
	}
	for _, a := range from.Alike {
		if note := fmt.Sprintf(sayAlike, timeline.SpeltOut(a.Name), timeline.SpeltOut(a.Other)); !slices.Contains(out.Notes, note) {
			out.Notes = append(out.Notes, note)
		}
	}
	for i := range from.Handles {
		l := &from.Handles[i]
		h := handle{Name: string(l.Kind) + " " + cmp.Or(l.Shown(), sayNoName), Why: fmt.Sprintf("%s: %s", l.Strength, timeline.Shown(l.Reason)),
			Rows: l.Events, First: p.contact(l.First), Last: p.contact(l.Last)}
		if l.By != "" {
			h.Why = fmt.Sprintf(sayLinkedBy, l.Strength, visible(l.By), timeline.Shown(l.Reason))
		}
		if names := from.OtherNames(l); len(names) > 0 {
			h.Why += fmt.Sprintf(sayAlsoPrinted, strings.Join(names, ", "))
		}
		out.Handles = append(out.Handles, h)
	}
	return out
}

func others(n int) string {
	return agree(sayOthers, n)
}

// contact is the day of a first or last contact.
func (p *planner) contact(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(p.b.Zone).Format(time.DateOnly)
}

// peopleShown is how many persons are printed; a mailbox may name thousands.
const peopleShown = 500

func (b *Bundle) peopleBlocks(all []person) []Block {
	if len(all) == 0 {
		return nil
	}
	lead := sayPeople
	if b.Continues != 0 {
		lead = sayPeopleOfSupplement + " " + lead
	}
	t := table("", Col{"Person", 3}, Col{wordHandle, 6}, Col{"Rows", 1}, Col{"First day", 1.8}, Col{"Last day", 1.8}).counting("Rows")
	var l []Line
	for _, x := range all[:min(len(all), peopleShown)] {
		of := line("", quote(x.Name), say(strings.Join(x.Notes, ". ")), number(x.Rows), say(x.First), say(x.Last))
		of.Leads = len(x.Handles) > 0
		l = append(l, of)
		for _, h := range x.Handles {
			l = append(l, line("", nil, []Run{{Text: h.Name, Evidence: true}, {Text: " – "}, {Text: h.Why}}, number(h.Rows), say(h.First), say(h.Last)))
		}
	}
	t.Rows = lines(l)
	blocks := []Block{para(lead), t}
	if n := len(all) - peopleShown; n > 0 {
		blocks = append(blocks, para(agree(sayPeopleCut, n)))
	}
	return blocks
}
