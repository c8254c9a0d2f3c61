package timeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"daybook/assets/registers"
	"daybook/evidence"
)

// RegisterDraft is what a person puts into a register: a report to the police, a
// change to daily life, an order with its terms. What each kind asks for is data
// (assets/registers). It is kept like an incident: locked when it is saved, and
// corrected by a new version.
type RegisterDraft struct {
	Kind   Kind              `json:"register"`
	When   When              `json:"-"` // when it happened, was made or was asked
	Ends   When              `json:"-"` // until when it holds
	Due    When              `json:"-"` // when something is to be done
	Words  string            `json:"words"`
	Fields map[string]string `json:"fields,omitempty"`
	Terms  []Term            `json:"terms,omitempty"`
	Events []ID              `json:"events,omitempty"` // what it is about
	Items  []int64           `json:"items,omitempty"`  // what shows it
}

// Term is one thing that an order forbids or asks for.
type Term struct {
	Text      string `json:"text"`
	Sort      string `json:"sort,omitempty"` // prohibition, requirement or programme
	People    string `json:"people,omitempty"`
	Places    string `json:"places,omitempty"`
	Platforms string `json:"platforms,omitempty"`
	Ends      string `json:"ends,omitempty"` // 2006-01-02, where it ends before the order
}

// Registered is an entry of a register as the journal holds it: every version,
// the first one first.
type Registered struct {
	ID       ID
	Number   uint64 // of the journal entry of the first version
	Versions []RegisteredVersion
}

// RegisteredVersion is one version of an entry.
type RegisteredVersion struct {
	RegisterDraft
	Entry    uint64
	Hash     evidence.Hash // of that entry
	Recorded time.Time
	By       string
	Reason   string // of a correction
	Author   string // of its words: whoever keeps up the fields of another's entry wrote none of them
	Kept     []Kept // what others than the author changed, the first one first
	Named    uint64 // of a breach: the entry that named its order and term
}

// Current is the latest version.
func (r Registered) Current() RegisteredVersion { return r.Versions[len(r.Versions)-1] }

const (
	actionRegister        = "register"
	actionRegisterCorrect = "register correction"
	registerSource        = "register"
)

type registeredSubject struct {
	Entry ID `json:"event,omitzero"`
}

// registerEntry is a version in the journal.
type registerEntry struct {
	When   *WireWhen `json:"when"`
	Ends   *WireWhen `json:"ends,omitempty"`
	Due    *WireWhen `json:"due,omitempty"`
	Reason string    `json:"reason,omitempty"`
	RegisterDraft
}

func (d RegisterDraft) entry(reason string) registerEntry {
	return registerEntry{wireWhenOf(d.When), wireWhenOf(d.Ends), wireWhenOf(d.Due), reason, d}
}

func (e registerEntry) draft() (RegisterDraft, error) {
	d := e.RegisterDraft
	for _, t := range []struct {
		to   *When
		wire *WireWhen
	}{{&d.When, e.When}, {&d.Ends, e.Ends}, {&d.Due, e.Due}} {
		w, err := t.wire.when()
		if err != nil {
			return d, err
		}
		*t.to = w.stated()
	}
	return d, nil
}

// Register finds what a kind of entry asks for.
func (x *Index) Register(k Kind) (registers.Register, error) {
	i := slices.IndexFunc(x.registers, func(r registers.Register) bool { return r.Kind == string(k) })
	if i < 0 {
		return registers.Register{}, fmt.Errorf("register %q: there is none", k)
	}
	return x.registers[i], nil
}

// Enter saves an entry of a register. From then on it is locked.
func (x *Index) Enter(ctx context.Context, d RegisterDraft) (Registered, error) {
	if err := x.Check(d, time.Now()); err != nil {
		return Registered{}, fmt.Errorf("%s: %w", d.Kind, err)
	}
	if err := x.unanswered(d, x.ledger.actor(), 0); err != nil {
		return Registered{}, fmt.Errorf("%s: %w", d.Kind, err)
	}
	if d.Kind == Force && d.Fields["professional"] != "yes" && x.Professional() {
		return Registered{}, fmt.Errorf("%s: %w", d.Kind, ErrProfessional)
	}
	entries, err := x.record(ctx, draft{actionRegister, registeredSubject{}, d.entry("")})
	if err != nil {
		return Registered{}, fmt.Errorf("%s: %w", d.Kind, err)
	}
	return x.Registered(registeredID(entries[0]))
}

// ErrFinal means that an entry of a register whose entries are final was to be
// corrected.
var ErrFinal = errors.New("it is never changed; what is new is another one")

// Amend saves a new version of an entry; the older ones stay. A register whose
// entries are final takes none. Fields are kept up by whoever works on the case; the
// words, the terms of an order, and the answer whether something breaks one, are changed
// by whoever wrote them.
func (x *Index) Amend(ctx context.Context, id ID, d RegisterDraft, reason string) (Registered, error) {
	if strings.TrimSpace(reason) == "" {
		return Registered{}, errors.New("correction: say why")
	}
	old, err := x.Registered(id)
	if err != nil {
		return Registered{}, err
	}
	if d.Kind != old.Current().Kind {
		return Registered{}, fmt.Errorf("correction: it is a %s, and no %s", old.Current().Kind, d.Kind)
	}
	r, err := x.Register(d.Kind)
	if err == nil && r.Final {
		err = fmt.Errorf("%s: %w", d.Kind, ErrFinal)
	}
	if was := old.Current(); err == nil && (d.Words != was.Words || !slices.Equal(d.Terms, was.Terms)) {
		err = x.Theirs(old.Versions[0].By)
	}
	if err == nil {
		err = x.answerIsTheirs(d, old)
	}
	if err == nil {
		err = x.unanswered(d, old.Current().Author, old.Current().Entry)
	}
	if by, yes := old.professional(); err == nil && yes && d.Fields["professional"] != "yes" && !x.isAtKeyboard(by) {
		err = fmt.Errorf("%s said so, and %s is at the keyboard: %w", by, x.ledger.actor(), ErrProfessional)
	}
	if err == nil {
		err = x.CheckOver(d, old.Current().RegisterDraft, time.Now())
	}
	if err == nil {
		_, err = x.record(ctx, draft{actionRegisterCorrect, registeredSubject{id}, d.entry(reason)})
	}
	if err != nil {
		return Registered{}, fmt.Errorf("correction: %w", err)
	}
	return x.Registered(id)
}

// Registers gives the entries of some kinds, or of all, in the order in which
// they were made.
func (x *Index) Registers(kinds ...Kind) []Registered {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []Registered
	for _, r := range x.diary.registers {
		if len(kinds) == 0 || slices.Contains(kinds, r.Current().Kind) {
			out = append(out, r)
		}
	}
	return out
}

// Registered gives one entry with all its versions.
func (x *Index) Registered(id ID) (Registered, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, r := range x.diary.registers {
		if r.ID == id {
			return r, nil
		}
	}
	return Registered{}, fmt.Errorf("entry %s: no register has it", id)
}

func registeredID(e entry) ID {
	return NewID(e.Hash, registerSource, fmt.Sprintf(incidentRecord, e.Seq))
}

// register works a version of an entry in.
func (d *diary) register(e entry) error {
	var in registerEntry
	if err := json.Unmarshal(e.Detail, &in); err != nil {
		return err
	}
	draft, err := in.draft()
	if err != nil {
		return err
	}
	v := RegisteredVersion{draft, e.Seq, e.Hash, e.Time, e.Actor, in.Reason, e.Actor, nil, e.Seq}
	if e.Action == actionRegister {
		d.registers = append(d.registers, Registered{registeredID(e), e.Seq, []RegisteredVersion{v}})
		return nil
	}
	var s registeredSubject
	if err := json.Unmarshal(e.Subject, &s); err != nil {
		return err
	}
	i := slices.IndexFunc(d.registers, func(r Registered) bool { return r.ID == s.Entry })
	if i < 0 {
		return fmt.Errorf("entry %s: it is corrected before it was made", s.Entry)
	}
	d.registers = slices.Clone(d.registers) // lists that were handed out stay as they are
	d.registers[i].Versions = append(slices.Clip(d.registers[i].Versions), v.after(d.registers[i].Current()))
	return nil
}

// written is an incident or an entry of a register, ready for the segment.
type written struct {
	hash     evidence.Hash
	source   string
	versions int
	event    func(*reading) Event
	texts    []string
	incident *Version // nil of an entry of a register
}

func (d *diary) written() (all []written) {
	for _, w := range d.incidents {
		v := w.Current()
		all = append(all, written{v.Hash, incidentSource, len(w.Versions), w.event, v.texts(), &v})
	}
	for _, r := range d.registers {
		v := r.Current()
		all = append(all, written{v.Hash, registerSource, len(r.Versions), r.event, v.texts(), nil})
	}
	return all
}

// event is the latest version as an event on the timeline.
func (r Registered) event(of *reading) Event {
	v := r.Current()
	e := Event{ID: r.ID, Kind: v.Kind, When: v.When, Text: v.Words, Source: of.source(), Extra: v.Extra()}
	e.Source.Record = fmt.Sprintf(incidentRecord, v.Entry)
	e.Extra.Set("recorded", v.Recorded.Format(time.RFC3339))
	e.Extra.Set("recorded by", v.Author)
	if len(v.Kept) > 0 {
		var kept []string
		for _, k := range v.Kept {
			kept = append(kept, k.Text(k.At.Location()))
		}
		e.Extra.Set(CorrectedBy, strings.Join(kept, "; "))
	}
	if len(r.Versions) > 1 {
		e.Extra.Set("version", fmt.Sprint(len(r.Versions)))
		e.Extra.Set("reason of the correction", v.Reason)
		e.Extra.Set(FirstVersion, fmt.Sprintf(incidentRecord, r.Number))
		e.Extra.Set(FirstRecorded, r.Versions[0].Recorded.Format(time.RFC3339))
	}
	return e
}

// CorrectedBy is the fact that names who else than its author changed fields of an
// entry, on which day and which.
const CorrectedBy = "fields corrected by"

// Extra are the fields, terms and dates of a version as facts of its event.
func (v RegisteredVersion) Extra() Facts {
	extra := Facts{}
	for id, value := range v.Fields {
		if value != "" {
			extra.Set(id, value)
		}
	}
	for i, t := range v.Terms {
		extra.Set(TermFact(i+1), t.String())
	}
	for name, w := range map[string]When{"ends": v.Ends, "due": v.Due} {
		if !w.unsaid() {
			extra.Set(name, w.Raw)
		}
	}
	return extra
}

// TermFact names the fact of an event that is a term of an order, from 1.
func TermFact(n int) string { return fmt.Sprintf("term %d", n) }

// String is a term in a line.
func (t Term) String() string {
	parts := []string{t.Text}
	for _, p := range []struct{ what, value string }{{"", t.Sort}, {"people: ", t.People}, {"places: ", t.Places}, {"platforms: ", t.Platforms}, {"until ", t.Ends}} {
		if p.value != "" {
			parts = append(parts, p.what+p.value)
		}
	}
	return strings.Join(parts, "; ")
}

// EachPlace gives the places that a term names, and of each that has commas the parts of
// two words and more: a house without its town, and one place of two. A town alone is
// none.
func (t Term) EachPlace() (all []string) {
	for _, whole := range partsOf(t.Places, ";\n") {
		if !strings.ContainsFunc(whole, unicode.IsLetter) || saysNone(whole) {
			continue
		}
		all = append(all, whole)
		if !strings.Contains(whole, ",") {
			continue
		}
		for _, part := range partsOf(whole, ",") {
			if len(strings.Fields(part)) > 1 {
				all = append(all, part)
			}
		}
	}
	return all
}

// TermPerson is somebody whom a term names.
type TermPerson struct {
	Name  string
	Child bool // their age stands in brackets behind the name, Mali (7), or before it what they are: her son Tom
}

// EachPerson gives the people whom a term names.
func (t Term) EachPerson() (all []TermPerson) {
	for _, said := range partsOf(strings.NewReplacer(" and ", ";", " or ", ";").Replace(t.People), ";,\n") {
		name, behind, _ := strings.Cut(said, "(")
		digits := strings.FieldsFunc(behind, func(r rune) bool { return r < '0' || r > '9' })
		who := personOf(strings.TrimRight(name, " 0123456789"))
		if len(digits) == 1 {
			age, err := strconv.Atoi(digits[0])
			who.Child = err == nil && age < 18
		}
		if who.Name != "" && !saysNone(who.Name) {
			all = append(all, who)
		}
	}
	return all
}

// ToldApart tells that somebody said which people and which places a term names, or that
// it names none. Of any other term nobody knows what else its words tell.
func (t Term) ToldApart() bool {
	return strings.TrimSpace(t.People) != "" && strings.TrimSpace(t.Places) != ""
}

// NamesPlaces tells that somebody said of a place that a term names it.
func (t Term) NamesPlaces() bool {
	return slices.ContainsFunc(partsOf(t.Places, ";\n"), func(place string) bool { return !saysNone(place) })
}

// noneNamed are words that say of the people or the places of a term that there are none.
var noneNamed = []string{"none", "nil", "n/a", "nobody", "no one", "nowhere", "dim", "neb", "unman"}

// saysNone tells that all that is said is that there is none.
func saysNone(said string) bool {
	return slices.Contains(noneNamed, strings.ToLower(strings.Trim(said, " .")))
}

// children are words before a name that say whose child it is of.
var children = []string{"son", "daughter", "child", "children", "boy", "girl", "twins", "baby", "stepson", "stepdaughter", "grandson", "granddaughter", "grandchild"}

// personOf is somebody without the words in small letters that stand before their name; one
// of which no word has a capital is a name as it stands.
func personOf(said string) (who TermPerson) {
	words := strings.Fields(said)
	first := slices.IndexFunc(words, func(w string) bool { r, _ := utf8.DecodeRuneInString(w); return !unicode.IsLower(r) })
	if first <= 0 {
		return TermPerson{Name: said}
	}
	who.Child = slices.ContainsFunc(words[:first], func(w string) bool { return slices.Contains(children, w) })
	who.Name = strings.Join(words[first:], " ")
	return who
}

// partsOf are the parts of a text between signs.
func partsOf(text, signs string) (all []string) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(signs, r) }) {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// texts are the words of a version that a search finds it by.
func (v RegisteredVersion) texts() (out []string) {
	for _, value := range v.Fields {
		out = append(out, value)
	}
	for _, t := range v.Terms {
		out = append(out, t.String())
	}
	return out
}

// DueOn is the day by which something must be done: when it is due, or when what
// is looked for may be gone, whichever comes first; empty where nobody said.
func (v RegisteredVersion) DueOn(zone *time.Location) string {
	due, gone := v.DueDay(zone), v.Fields["expires"]
	if due == "" || gone != "" && gone < due {
		return gone
	}
	return due
}

// DueDay is the day when it is due; empty where nobody said.
func (v RegisteredVersion) DueDay(zone *time.Location) string {
	at, ok := v.Due.Order()
	if !ok || v.Due.unsaid() {
		return ""
	}
	return at.In(zone).Format(time.DateOnly)
}

// ErrProfessional means that somebody would have ended that people work on the case by
// profession who did not say so.
var ErrProfessional = errors.New("people work on this case by profession, and nothing in it is deleted: say professional=yes, or let whoever said so correct that entry with a reason")

// professional is who said that people work on the case by profession, where an entry
// says so: whose version was the first that has said it ever since.
func (r Registered) professional() (by string, yes bool) {
	for _, v := range slices.Backward(r.Versions) {
		if v.Kind != Force || v.Fields["professional"] != "yes" {
			break
		}
		by, yes = v.By, true
	}
	return by, yes
}

// Professional tells that people work on the case by profession: then nothing in it is
// deleted, as long as one entry says so.
func (x *Index) Professional() bool {
	return slices.ContainsFunc(x.Registers(Force), func(r Registered) bool { _, yes := r.professional(); return yes })
}

// closed are the states after which nothing more is to be done.
var closed = [...]string{"done", "not pursued", "closed", "charged", "no further action", "declined", "ended"}

// Open tells that something may still be to be done.
func (v RegisteredVersion) Open() bool { return !slices.Contains(closed[:], v.Fields["state"]) }
