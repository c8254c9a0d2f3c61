package casework

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"daybook/timeline"
)

// Part is where an event counts about a moment.
type Part int

// The parts: two periods of as many days, the day between them, and what is in none
// of them. What is counted for nobody follows them (Aside).
const (
	EarlierDays Part = iota
	ThatDay          // the whole of it, or until the minute
	ThatDayThen      // from the minute on
	LaterDays
	NoHourThen  // that day, and it may have been before the minute or after it
	NoDayThen   // it may lie in one of these or in another
	OtherDays   // before or after all of these
	NotFromThem // what they did not do: an entry of a register, what the owner sent
	asides
)

// Aside is why something stands beside what is counted, where it is known whom the
// moment is about.
type Aside int

// The reasons.
const (
	Masked    Aside = iota // it does not show who it came from
	MayBe                  // it came from who may be them, and nobody has joined the two
	OtherName              // an incident, whose words for who did it do not have their name
	Asides                 // how many there are
)

// The places of an aside about the moment.
const (
	asideEarlier = iota
	asideThen
	asideLater
	asideNoDay
	AsidePlaces // how many there are
)

// part is that of an aside in one of its places.
func (a Aside) part(place int) Part { return asides + Part(int(a)*AsidePlaces+place) }

// aside is the reason of a part that is one's.
func (p Part) aside() Aside { return Aside(p-asides) / AsidePlaces }

// AsideParts are the parts of all asides with their words, for periods of so many
// days.
func AsideParts(days int) iter.Seq2[Part, string] {
	return func(yield func(Part, string) bool) {
		for why := range Asides {
			for place := range AsidePlaces {
				words := sayAsides[why][place]
				if place == asideEarlier || place == asideLater {
					words = fmt.Sprintf(words, days)
				}
				if !yield(why.part(place), words) {
					return
				}
			}
		}
	}
}

// Counts tells that an event is counted in it, or would be if its time were known.
func (p Part) Counts() bool { return p < NotFromThem }

// Around tells of every event of a survey where it counts about a moment. It is the
// one rule of all that count so. Counted is what others did: incidents, what came
// from those whom the moment is about, and what nobody sends where it has a
// behaviour. What does not show who it came from is never counted for somebody, nor
// what came from who may be them, nor an incident that names another and none of
// them: these stand apart (Aside). A day that is no entry of a register is about
// nobody: there counts what came from anybody but the owner of the exports, a call
// without a number among it. An entry that should be about somebody, and does not
// tell whom, counts nothing as before or after it (Untold).
type Around struct {
	s    *timeline.Survey
	zone *time.Location
	at   Moment
	day  int32
	days int32
	whom map[int64]bool
	may  map[int64]bool // who may be one of them
	not  map[int64]bool // whose name is another than theirs
	many []Several      // of these, those of one name, of whom nothing says which is meant
	none bool           // whom it names is nobody here
	told bool           // it is an entry of somebody who was told, or of an order
}

// Arounds gives that of each moment of a survey. Who everybody is, is looked up once
// for all of them.
type Arounds struct {
	x      *timeline.Index
	s      *timeline.Survey
	people func() []timeline.Person
}

// AroundsOf are those of a survey.
func AroundsOf(x *timeline.Index, s *timeline.Survey) Arounds {
	return Arounds{x, s, sync.OnceValue(x.People)}
}

// Of is that of a moment, with so many days on each side.
func (all Arounds) Of(ctx context.Context, at Moment, days int32) (Around, error) {
	x, s := all.x, all.s
	w, err := whomAbout(ctx, x, at.Event)
	if err != nil {
		return Around{}, err
	}
	_, no := x.Registered(at.Event)
	a := Around{s: s, zone: x.Zone(), at: at, day: DayNumber(at.At), days: days, whom: w.sure, many: w.many, told: no == nil, none: len(w.names)+len(w.sure) > 0}
	for i, number := range s.Persons {
		if s.Own[i] {
			delete(w.sure, number)
			delete(w.unsure, number)
		}
		a.none = a.none && !w.sure[number] && !w.unsure[number]
	}
	if a.known() {
		a.may = mayBe(all.people(), w.all())
		maps.Copy(a.may, w.unsure)
		a.not = others(all.people(), w.all(), w.names)
	}
	return a, nil
}

// mayBe are the persons that may be one of those of a moment.
func mayBe(people []timeline.Person, whom map[int64]bool) map[int64]bool {
	may := map[int64]bool{}
	for _, p := range people {
		if !whom[p.Number] && !p.Owner {
			may[p.Number] = slices.ContainsFunc(p.Perhaps, func(k timeline.Perhaps) bool {
				return slices.ContainsFunc(k.Persons, func(n int64) bool { return whom[n] })
			})
		}
	}
	return may
}

// others are the persons whose names are not those of whom a moment is about (sameName):
// “Rob” may be Rob Vane, and “Rob and Jo” is not Jo alone. Where no order names them and
// one has no name here, but a number, there are none: everybody may be that one.
func others(people []timeline.Person, whom map[int64]bool, names []string) map[int64]bool {
	ordered := len(names) > 0
	for _, p := range people {
		own := namesOf(p)
		if whom[p.Number] && !ordered && !strings.ContainsFunc(strings.Join(own, " "), unicode.IsLetter) {
			return nil
		}
		if whom[p.Number] {
			names = append(names, own...)
		}
	}
	not := map[int64]bool{}
	for _, p := range people {
		own := slices.DeleteFunc(namesOf(p), func(name string) bool { return len(wordsOf(name)) == 0 })
		not[p.Number] = !whom[p.Number] && len(own) > 0 && !slices.ContainsFunc(own, func(name string) bool {
			return slices.ContainsFunc(names, func(theirs string) bool { return sameName(name, theirs) })
		})
	}
	return not
}

// wordsOf are the words of names, in small letters.
func wordsOf(names ...string) map[string]bool {
	words := map[string]bool{}
	for _, w := range wordsIn(strings.Join(names, " ")) {
		words[w] = w != "and"
	}
	return words
}

// wordsIn are the words of a name in their order.
func wordsIn(name string) []string { return strings.FieldsFunc(strings.ToLower(name), notOfWord) }

// haveOneOf tells whether names have one of some words.
func haveOneOf(words map[string]bool, names ...string) bool {
	for w, counts := range wordsOf(names...) {
		if counts && words[w] {
			return true
		}
	}
	return false
}

// sameName tells that words for somebody may be a name: they share a word with it. Of two
// full names all words of the one must be in the other, for brothers share a surname: Pete
// Reed is not Dan Reed, and Danny Reed or D. Reed may be.
func sameName(a, b string) bool {
	if fullName(a) && fullName(b) {
		one, other := wordsIn(a), wordsIn(b)
		return within(one, other) || within(other, one)
	}
	return haveOneOf(wordsOf(a), b)
}

// fullName tells that words are the first name and the surname of one person, and nothing
// more: two to four words, each with a capital letter.
func fullName(name string) bool {
	words := strings.Fields(name)
	return len(words) > 1 && len(words) < 5 && !slices.Contains(titles, strings.ToLower(strings.Trim(words[0], "."))) &&
		!slices.ContainsFunc(words, func(w string) bool { return !unicode.IsUpper([]rune(w)[0]) })
}

// titles stand in the place of a first name: Mr Reed may be any man of that name.
var titles = []string{"mr", "mrs", "ms", "miss", "mx", "dr", "the"}

// within tells that each word of a name is one of another's: itself, its beginning or its
// first letter.
func within(some, all []string) bool {
	return !slices.ContainsFunc(some, func(w string) bool {
		return !slices.ContainsFunc(all, func(o string) bool { return begins(w, o) || begins(o, w) })
	})
}

// leastShort is how many letters a short form of a name has at least.
const leastShort = 3

// begins tells that a word is the first letter or the short form of another.
func begins(short, long string) bool {
	return strings.HasPrefix(long, short) && (len(short) == len(long) || len([]rune(short)) == 1 || len([]rune(short)) >= leastShort)
}

func notOfWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }

// namesOf are the names of a person, as given and as printed.
func namesOf(p timeline.Person) []string {
	names := []string{p.Given}
	for _, l := range p.Handles {
		names = append(names, l.Printed...)
		if l.Kind == timeline.NameHandle {
			names = append(names, l.Address)
		}
	}
	return names
}

// known tells that it is known whom the moment is about, though nothing here may be
// from or to them.
func (a Around) known() bool { return a.none || len(a.whom)+len(a.many) > 0 }

// Untold tells that somebody was told, or an order was made, and nothing says whom it
// is about: what everybody did is then not what they did before it or after it.
func (a Around) Untold() bool { return a.told && !a.known() }

// side is the period about the moment in which all of a part lies; 0: none.
func (p Part) side() int {
	switch {
	case p == EarlierDays:
		return earlier
	case p == ThatDay, p == ThatDayThen, p == NoHourThen:
		return then
	case p == LaterDays:
		return later
	case p >= asides && int(p-asides)%AsidePlaces != asideNoDay:
		return earlier + int(p-asides)%AsidePlaces
	}
	return 0
}

// With tells that a part lies in the same period about the moment as another.
func (p Part) With(other Part) bool { return p.side() == other.side() && p.side() != 0 }

// Near tells of a part that all of it lies in the days about a moment, and counts.
func (p Part) Near() bool { return p < NoDayThen }

// Whose says whose events are counted.
func (a Around) Whose() string {
	switch {
	case a.Untold():
		return sayUntoldThen
	case a.none:
		return sayFromNobody
	case len(a.whom)+len(a.many) == 0:
		return sayFromOthers
	}
	said := sayFromThem
	for _, s := range a.many {
		said += " " + s.String()
	}
	return said
}

// beside is why what stands in a part that is an aside is not counted.
func (a Around) beside(part Part) string {
	said := sayAside[part.aside()]
	if part.aside() == MayBe {
		for _, s := range a.many {
			said += "; " + fmt.Sprintf(sayManyBeside, len(s.Persons))
		}
	}
	return said
}

// unlinked is what stands beside the figures of a moment that is about nobody here.
func (a Around) unlinked() string {
	if a.none {
		return sayNamesNobody
	}
	return ""
}

// Part tells where an event counts, by its place in the survey: where all the
// moments lie at which it may have happened.
func (a Around) Part(i int) Part {
	if !a.theirs(i) {
		return NotFromThem
	}
	first, last := a.s.Days(i)
	where, why := a.period(first), a.aside(i)
	switch {
	case where != a.period(last) && why < Asides:
		return why.part(asideNoDay)
	case where != a.period(last):
		return NoDayThen
	case where < earlier, where > later:
		return OtherDays
	case why < Asides:
		return why.part(where - earlier)
	case where != then || a.at.Day:
		return [...]Part{earlier: EarlierDays, then: ThatDay, later: LaterDays}[where]
	}
	at := int64(a.day)*timeline.DayMinutes + int64(a.at.At.Hour()*60+a.at.At.Minute())
	switch from, to := a.s.Minutes(i, a.zone); {
	case to < at:
		return ThatDay
	case from >= at:
		return ThatDayThen
	}
	return NoHourThen
}

// The periods about a moment, in order; before them and after them are other days.
const (
	earlier = 1 + iota
	then
	later
)

// period is that of a day.
func (a Around) period(day int32) int {
	switch from := int64(day) - int64(a.day); {
	case from < -int64(a.days):
		return earlier - 1
	case from > int64(a.days):
		return later + 1
	default:
		return then + cmp.Compare(from, 0)
	}
}

// aside is why something that others did is not counted for those of a moment;
// Asides where it is.
func (a Around) aside(i int) Aside {
	from := a.person(i)
	switch {
	case !a.known():
		return Asides
	case a.s.Masked[i]:
		return Masked
	case timeline.Kinds()[a.s.Kind[i]] != timeline.Incident && a.may[from]:
		return MayBe
	case timeline.Kinds()[a.s.Kind[i]] == timeline.Incident && a.not[from] && !a.may[from]:
		return OtherName
	}
	return Asides
}

// person is who an event is from, or whom an incident names; 0: nobody.
func (a Around) person(i int) int64 {
	if a.s.From[i] == 0 {
		return 0
	}
	return a.s.Persons[a.s.From[i]-1]
}

// theirs tells that others did it, or who may be them.
func (a Around) theirs(i int) bool {
	switch {
	case !ByOthers(a.s, i):
		return false
	case a.s.Masked[i], timeline.Kinds()[a.s.Kind[i]] == timeline.Incident, a.s.From[i] == 0: // a name in a diary is nobody's account
		return true
	}
	return !a.known() || a.whom[a.person(i)] || a.may[a.person(i)]
}

// ByOthers tells that an event of a survey is what others did, and no entry of a
// register, nothing that the owner of the exports sent, and no own act: an incident,
// what came from anybody else, and what nobody sends where it has a behaviour.
func ByOthers(s *timeline.Survey, i int) bool {
	kind, from := timeline.Kinds()[s.Kind[i]], s.From[i]
	switch {
	case kind.Register() || from != 0 && s.Own[from-1] || timeline.Own(s.Marks[i]):
		return false
	case s.Masked[i], kind == timeline.Incident:
		return true
	case from == 0:
		return slices.ContainsFunc(s.Marks[i], coded)
	}
	return true
}

func coded(m timeline.Mark) bool { return m.Code != "" }

// against is whom an order is against, or a notice is to, as its entry says it.
func against(x *timeline.Index, entry timeline.ID) whom {
	r, err := x.Registered(entry)
	if err != nil || r.Current().Kind != timeline.CourtOrder && r.Current().Kind != timeline.Notice {
		return whomNamed(x, "") // a marked event says it not at all
	}
	return whomNamed(x, r.Current().Fields["against"])
}

// whomAbout are the persons whom an entry is about: those whom it names, or else, where
// nobody here is called so, or several are, those of what a notice followed.
func whomAbout(ctx context.Context, x *timeline.Index, entry timeline.ID) (whom, error) {
	w := against(x, entry)
	r, err := x.Registered(entry)
	if len(w.sure) > 0 && len(w.many) == 0 || err != nil || r.Current().Kind != timeline.Notice || len(r.Current().Events) == 0 {
		return w, nil
	}
	followed, err := whoIn(ctx, x, r.Current().Events)
	if err != nil {
		return w, fmt.Errorf("whom entry %s is about: %w", entry, err)
	}
	if len(w.many) == 0 {
		w.sure = followed
	}
	w.settle(followed)
	return w, nil
}

// whoIn are the persons from or to whom some events are, but for the owners.
func whoIn(ctx context.Context, x *timeline.Index, events []timeline.ID) (map[int64]bool, error) {
	found, err := x.Find(ctx, timeline.Filter{Events: events})
	if err != nil {
		return nil, err
	}
	s, err := found.Survey(ctx)
	if err != nil {
		return nil, err
	}
	who := map[int64]bool{}
	add := func(place uint32) {
		if place != 0 && !s.Own[place-1] {
			who[s.Persons[place-1]] = true
		}
	}
	for i := range s.From {
		add(s.From[i])
		if s.To[i] != 0 {
			for _, place := range s.Groups[s.To[i]-1] {
				add(place)
			}
		}
	}
	return who, nil
}
