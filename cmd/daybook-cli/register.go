package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daybook/assets/registers"
	"daybook/evidence"
	"daybook/timeline"
	"daybook/timeline/casework"
)

const aboutRegister = `Keep registers on the one timeline: when the other person was told to stop, reports
to the police, changes to daily life, orders with their terms, and so on. Each entry
is locked when it is saved; a correction is a new version, and both are kept.

  daybook-cli register                              what registers there are, and what each asks for
  daybook-cli register mycase.daybook report        lists the entries of one
  daybook-cli register mycase.daybook report --without reference
  daybook-cli register mycase.daybook enquiry --open  what is not done, by when it may be too late
  daybook-cli register mycase.daybook report --on "2025-10-12 09:30" --text "Told them of the letters." \
      --set body=police --set name="Kent Police" --set officer="PC Vale" --event 1f0c22ab
  daybook-cli register mycase.daybook notice --on 2025-10-20 --text "I asked him to stop." \
      --set how="asked to stop" --set against="Dan R"
  daybook-cli register mycase.daybook order --on 2025-11-01 --ends 2027-11-01 --text "…" \
      --set sort="restraining order" --set against="Dan R" --set served=2025-11-03 \
      --term "not to enter 14 Rose Lane" --people none --places "14 Rose Lane"
  daybook-cli register mycase.daybook report --correct 5be02c11 --set reference=CR/77 --reason "it came by post"

Of each term say which people and places it names: the first --people and --places are of
the first --term, and so on; none where it names none. A pack for an employer, a school or
a landlord has the words of no term of which that is not said.

What must be said is marked in the list, and what must be said with an answer to something
else: relationship asks with domestic=yes when you were together.

An entry of notice or order that does not say whom it is to or against (against=, or, of
a notice, the message of theirs that it followed) has no before and after in pattern:
what others did would be counted as theirs.

A correction keeps what is not given again; --term, --event and --item each give all of
theirs anew, and are refused where they leave one of the entry out: to reword a term, or
to take something out, give all of them with --file. What was linked, and what was taken
out, is said.

Support, risk assessments by others, wishes, safety plans, people who help and answers are
private: no bundle has them, but for a full pack with --private.

A form for --file: {"when": "2025-11-01", "ends": "2027-11-01", "words": "…", "fields": {"sort": "restraining order"},
"terms": [{"text": "…", "sort": "prohibition", "people": "…", "places": "…", "platforms": "…", "ends": "2026-05-01"}],
"events": ["…"], "items": [3]}; a field that is not known is refused by its name.`

// registerForm is an entry as a JSON file gives it, with times as a person types
// them.
type registerForm struct {
	When      string             `json:"when"`
	Until     string             `json:"until"`
	Precision timeline.Precision `json:"precision"`
	Ends      string             `json:"ends"`
	Due       string             `json:"due"`
	timeline.RegisterDraft
}

// over puts what was given over an entry: the rest of it stays as it was.
func (f registerForm) over(d timeline.RegisterDraft, zone *time.Location) (timeline.RegisterDraft, error) {
	for _, t := range []struct {
		flag, text, until string
		how               timeline.Precision
		to                *timeline.When
	}{{"--on", f.When, f.Until, f.Precision, &d.When}, {"--ends", f.Ends, "", "", &d.Ends}, {"--due", f.Due, "", "", &d.Due}} {
		if t.text == "" {
			continue
		}
		w, err := timeline.Typed(t.text, t.until, t.how, zone)
		if err != nil {
			return d, fmt.Errorf("%s: %w", t.flag, err)
		}
		*t.to = w
	}
	d.Words = cmp.Or(f.Words, d.Words)
	fields := map[string]string{}
	for _, from := range []map[string]string{d.Fields, f.Fields} {
		for k, v := range from {
			fields[k] = v
		}
	}
	if d.Fields = nil; len(fields) > 0 {
		d.Fields = fields
	}
	d.Terms, d.Events, d.Items = given(f.Terms, d.Terms), given(f.Events, d.Events), given(f.Items, d.Items)
	return d, nil
}

// given is a list that was given, an empty one of a form too, or else what there was.
func given[E any](list, was []E) []E {
	switch {
	case list == nil:
		return was
	case len(list) == 0:
		return nil
	}
	return list
}

// registerFlags are what a person gives of an entry.
type registerFlags struct {
	form               registerForm
	set, terms, events []string
	people, places     []string
	file, correct      string
	reason, precision  string
	without            string
	open               bool
	items              bool // --item was given
}

func (f *registerFlags) on(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringVar(&f.form.When, "on", "", "`TIME` at which it happened, was made or was asked")
	fl.StringVar(&f.form.Until, "until", "", "`TIME` of the end of what happened")
	fl.StringVar(&f.precision, "precision", "", "`WORD` for how sure the time is: exact, about, before, after or range")
	fl.StringVar(&f.form.Ends, "ends", "", "`TIME` until which it holds")
	fl.StringVar(&f.form.Due, "due", "", "`TIME` by which something is to be done")
	fl.StringVar(&f.form.Words, "text", "", "`WORDS`: your own")
	fl.StringArrayVar(&f.set, "set", nil, "`FIELD=VALUE`; register alone lists the fields")
	fl.StringArrayVar(&f.terms, "term", nil, "`WORDS` of a term of an order")
	fl.StringArrayVar(&f.people, "people", nil, "`WHOM` the term names, the first of the first --term; none where it names nobody")
	fl.StringArrayVar(&f.places, "places", nil, "`WHERE`: the places that the term names, the first of the first --term; none where it names none")
	fl.StringArrayVar(&f.events, "event", nil, "the `EVENT` that it is about")
	fl.Int64SliceVar(&f.form.Items, "item", nil, "`NUMBERS` of items that show it")
	fl.StringVar(&f.file, "file", "", "read the whole form from a JSON `FILE`")
	fl.StringVar(&f.correct, "correct", "", "the `EVENT` of the entry that this corrects; both versions are kept")
	fl.StringVar(&f.reason, "reason", "", "`WORDS`: why it is corrected")
	fl.StringVar(&f.without, "without", "", "list only the entries whose `FIELD` is empty, or says only that there is none")
	fl.BoolVar(&f.open, "open", false, "list what is not done, by when it is due or may be gone")
}

// read takes the flags and the file together.
func (f *registerFlags) read(kind timeline.Kind) error {
	f.form.Kind, f.form.Precision = kind, timeline.Precision(f.precision)
	if f.correct != "" && f.reason == "" {
		return errors.New("--reason: say why it is corrected; the reason is kept with both versions")
	}
	for _, id := range append(slices.Clone(f.events), f.correct) {
		if id != "" && !anID.MatchString(id) {
			return fmt.Errorf("event %q: %s", id, wantID)
		}
	}
	for _, s := range f.set {
		field, value, ok := strings.Cut(s, "=")
		if !ok {
			return fmt.Errorf("--set %q: write it as FIELD=VALUE", s)
		}
		if f.form.Fields == nil {
			f.form.Fields = map[string]string{}
		}
		f.form.Fields[field] = value
	}
	if err := f.namedTerms(); err != nil {
		return err
	}
	if f.file == "" {
		return nil
	}
	b, err := os.ReadFile(f.file)
	if err != nil {
		return fmt.Errorf("--file: %w", inWay(f.file, err))
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&f.form); err != nil {
		return fmt.Errorf("--file %s: is not a form in JSON as register --help shows it: %w", f.file, err)
	}
	if f.form.Kind != kind {
		return fmt.Errorf("--file %s: is an entry of %s, and not of %s", f.file, f.form.Kind, kind)
	}
	return nil
}

// namedTerms are the terms that were given, each with the people and the places that it
// names.
func (f *registerFlags) namedTerms() error {
	for flag, of := range map[string][]string{"--people": f.people, "--places": f.places} {
		if len(of) > len(f.terms) {
			return fmt.Errorf("%s: it is of a term; give the words of its term with a --term of its own", flag)
		}
	}
	at := func(list []string, i int) string {
		if i < len(list) {
			return list[i]
		}
		return ""
	}
	for i, s := range f.terms {
		f.form.Terms = append(f.form.Terms, timeline.Term{Text: s, People: at(f.people, i), Places: at(f.places, i)})
	}
	return nil
}

// termsAgain takes from an entry what it says of the terms that are given again by
// their words. --term gives all terms anew: one of the entry that is not among them
// would be gone from every paper.
func (f *registerFlags) termsAgain(old []timeline.Term) error {
	if len(f.terms) == 0 {
		return nil
	}
	var dropped []string
	for i, was := range old {
		at := slices.IndexFunc(f.form.Terms, func(t timeline.Term) bool { return t.Text == was.Text })
		if at < 0 {
			dropped = append(dropped, fmt.Sprintf("%d. %s", i+1, visible(was.Text)))
			continue
		}
		is := &f.form.Terms[at]
		was.People, was.Places = cmp.Or(is.People, was.People), cmp.Or(is.Places, was.Places)
		*is = was
	}
	if len(dropped) > 0 {
		return fmt.Errorf("--term: it gives all terms anew, and these of the entry would be gone: %s; give each of them again with a --term of its own, or reword them or take them out with --file", strings.Join(dropped, "; "))
	}
	return nil
}

// again holds what is given of lists against those of the entry that is corrected.
// --event and --item give all of theirs anew, as --term does: what shows an entry is
// taken from it by nobody who did not say so.
func (f *registerFlags) again(x *timeline.Index, old timeline.RegisterDraft) error {
	if err := f.termsAgain(old.Terms); err != nil {
		return err
	}
	gone := func(flag string, dropped []string) error {
		if len(dropped) == 0 {
			return nil
		}
		return fmt.Errorf("%s: it gives all of them anew, and these of the entry would be gone: %s; give each of them again with a %[1]s of its own, or take them out with --file", flag, strings.Join(dropped, "; "))
	}
	if len(f.events) > 0 {
		if err := gone("--event", eventsNamed(x, less(old.Events, f.form.Events))); err != nil {
			return err
		}
	}
	if f.items {
		return gone("--item", numbersOf(less(old.Items, f.form.Items)))
	}
	return nil
}

// less are those of a list that another has not.
func less[E comparable](list, other []E) (rest []E) {
	for _, e := range list {
		if !slices.Contains(other, e) {
			rest = append(rest, e)
		}
	}
	return rest
}

// eventsNamed are events with their first words.
func eventsNamed(x *timeline.Index, ids []timeline.ID) (named []string) {
	for _, id := range ids {
		name := id.String()
		if r, err := x.Event(id); err == nil && r.Text != "" {
			name += " (" + visible(shorten(r.Text)) + ")"
		}
		named = append(named, name)
	}
	return named
}

func numbersOf(items []int64) (all []string) {
	for _, n := range items {
		all = append(all, fmt.Sprint(n))
	}
	return all
}

// sayLinks says what a correction linked and what it took out.
func (t *terminal) sayLinks(x *timeline.Index, old, d timeline.RegisterDraft) {
	for _, of := range []struct {
		what string
		list []string
	}{
		{"Events added", eventsNamed(x, less(d.Events, old.Events))}, {"Events taken out", eventsNamed(x, less(old.Events, d.Events))},
		{"Items added", numbersOf(less(d.Items, old.Items))}, {"Items taken out", numbersOf(less(old.Items, d.Items))},
	} {
		if len(of.list) > 0 {
			t.say("%s: %s.", of.what, strings.Join(of.list, "; "))
		}
	}
}

// writes tells that something is to be saved, and not listed.
func (f *registerFlags) writes() bool {
	return f.correct != "" || f.file != "" || f.form.When != "" || f.form.Words != "" || len(f.set)+len(f.terms) > 0
}

func registerCommand(t *terminal) *cobra.Command {
	var f registerFlags
	cmd := &cobra.Command{
		Use: "register [CASE KIND]", Short: "Keep registers: reports, orders, changes, enquiries and others", Args: noneOrTwo, Long: aboutRegister,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if len(args) == 0 {
				return t.registers()
			}
			kind := timeline.Kind(strings.ToLower(args[1]))
			if !kind.Register() {
				return use(fmt.Errorf("%q: there is no such register; register alone lists them", args[1]))
			}
			f.items = cmd.Flags().Changed("item")
			if err := f.read(kind); err != nil {
				return use(err)
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			r, err := x.Register(kind)
			if err != nil {
				return err
			}
			if !f.writes() {
				return t.listed(cmd.Context(), x, r, &f)
			}
			return t.enter(cmd.Context(), x, &f)
		},
	}
	f.on(cmd)
	return cmd
}

func noneOrTwo(_ *cobra.Command, args []string) error {
	if len(args) != 0 && len(args) != 2 {
		return errors.New("nothing, or a case and a register")
	}
	return nil
}

// registers says what each register asks for, and why.
func (t *terminal) registers() error {
	all, err := registers.All()
	if err != nil {
		return err
	}
	return each(t, all, func(r registers.Register) {
		fmt.Fprintf(t.out, "%s  %s%s\n  %s %s\n  --on  %s\n", r.Kind, r.Title, onlyIf(r.Private, " (private)"), r.About, r.Why, r.Dates.Occurred)
		for _, d := range [][2]string{{"--ends", r.Dates.Ends}, {"--due", r.Dates.Due}, {"--text", r.Words}, {"--event", r.Events}, {"--term", onlyIf(r.Terms, "Each thing that it forbids or asks for")}} {
			if d[1] != "" {
				fmt.Fprintf(t.out, "  %s  %s\n", d[0], d[1])
			}
		}
		for _, f := range r.Fields {
			fmt.Fprintf(t.out, "  %s=  %s%s%s\n", f.ID, f.Label, mustBe(f), valueOf(f))
			if f.Why != "" {
				fmt.Fprintf(t.out, "      Why we ask: %s\n", f.Why)
			}
		}
	})
}

// mustBe says of a field that it must be said: always, or where another says something.
func mustBe(f registers.Field) string {
	if on, value, ok := f.If(); ok && !f.Required {
		return fmt.Sprintf(" (must be said with --set %q)", on+"="+value)
	}
	return onlyIf(f.Required, " (must be said)")
}

func valueOf(f registers.Field) string {
	switch f.Type {
	case registers.Choice:
		return ": " + strings.Join(f.Choices, ", ")
	case registers.Day:
		return ": a day, 2025-10-11"
	case registers.Entry:
		return ": the event of its entry, or the first 8 digits of it"
	case registers.Money:
		return ": an amount, £12.50 or 20 EUR; without a currency it is counted as pounds"
	}
	return ""
}

// whole gives the fields that name an entry its whole id, where they have its beginning.
func (f *registerFlags) whole(ctx context.Context, x *timeline.Index) error {
	r, err := x.Register(f.form.Kind)
	if err != nil {
		return err
	}
	for _, field := range r.Fields {
		if given := f.form.Fields[field.ID]; field.Type == registers.Entry && anID.MatchString(given) {
			ids, err := named(ctx, x, []string{given})
			if err != nil {
				return fmt.Errorf("--set %s: %w", field.ID, err)
			}
			f.form.Fields[field.ID] = ids[0].String()
		}
	}
	return nil
}

// enter saves an entry, or a new version of one.
func (t *terminal) enter(ctx context.Context, x *timeline.Index, f *registerFlags) error {
	var err error
	if len(f.events) > 0 {
		if f.form.Events, err = named(ctx, x, f.events); err != nil {
			return use(err)
		}
	}
	var old timeline.Registered
	base := timeline.RegisterDraft{Kind: f.form.Kind}
	if f.correct != "" {
		ids, err := named(ctx, x, []string{f.correct})
		if err == nil {
			old, err = x.Registered(ids[0])
		}
		if err != nil {
			return use(fmt.Errorf("--correct: %w", err))
		}
		base = old.Current().RegisterDraft
		if err := f.again(x, base); err != nil {
			return use(fmt.Errorf("not corrected: %w", err))
		}
	}
	if err := f.whole(ctx, x); err != nil {
		return use(err)
	}
	d, err := f.form.over(base, x.Zone())
	if err == nil {
		err = x.CheckOver(d, base, time.Now())
	}
	if err != nil {
		return use(fmt.Errorf("not saved: %w", err))
	}
	var r timeline.Registered
	switch {
	case f.correct == "":
		r, err = x.Enter(ctx, d)
	case reflect.DeepEqual(d, base):
		return use(errors.New("not corrected: nothing would be different"))
	default:
		r, err = x.Amend(ctx, old.ID, d, f.reason)
	}
	if errors.Is(err, timeline.ErrFinal) || errors.Is(err, timeline.ErrTheirs) || errors.Is(err, timeline.ErrAnswered) || errors.Is(err, timeline.ErrProfessional) {
		return use(err)
	}
	if err != nil {
		return err
	}
	v := r.Current()
	if f.correct != "" {
		t.sayLinks(x, base, d)
	}
	for _, how := range x.Outside(v) {
		t.say("Its time is %s. It is kept as you wrote it; look at the day and the term once more.", how)
	}
	for _, s := range casework.ManyCalled(x, v) {
		t.say("%s For that: daybook-cli register CASE %s --correct %s --set against=… --reason …", visible(s.String()), v.Kind, r.ID)
	}
	for _, s := range casework.Strangers(x, r) {
		t.say("%s It is kept as you wrote it, and counted with that beside it; look at both once more.", visible(s.String()))
	}
	if err := t.sayPounds(x, v.RegisterDraft, base); err != nil {
		return err
	}
	t.sayOfBreach(ctx, x, r)
	if t.json {
		return t.emit(map[string]any{"event": r.ID, "entry": v.Entry, "version": len(r.Versions)})
	}
	_, err = fmt.Fprintf(t.out, "%s  saved and locked as entry %d%s\n", r.ID, v.Entry, onlyIf(len(r.Versions) > 1, fmt.Sprintf(", version %d; the earlier ones are kept", len(r.Versions))))
	return err
}

// sayPounds says of an amount without a currency as what it is counted.
func (t *terminal) sayPounds(x *timeline.Index, d, old timeline.RegisterDraft) error {
	r, err := x.Register(d.Kind)
	if err != nil {
		return err
	}
	for _, f := range r.Fields {
		amount := d.Fields[f.ID]
		if f.Type == registers.Money && amount != "" && amount != old.Fields[f.ID] && casework.Currencyless(amount) {
			t.say("%s %s: no currency was given, and it is counted as pounds. If it is other money, correct it with its three letters: --set %s=\"%s EUR\".", f.Label, amount, f.ID, amount)
		}
	}
	return nil
}

// sayOfBreach says of a breach what its author should look at: that it names no event and
// so is counted nowhere, or one that nobody gave a behaviour, or one of another day.
func (t *terminal) sayOfBreach(ctx context.Context, x *timeline.Index, r timeline.Registered) {
	v := r.Current()
	if casework.IsLoose(v) {
		t.say("It names no event, and so stands in no course of conduct, silence or time limit. To write it down as an incident: daybook-cli incident CASE --occurred … --text … and then: daybook-cli register CASE breach --correct %s --event … --reason …", r.ID)
	}
	if v.Kind != timeline.Breach {
		return
	}
	if u, err := casework.UncodedIn(ctx, x, v); err == nil {
		for _, id := range u.Events {
			t.say("Its event %s has no behaviour marked, and so stands in no course of conduct and no time limit until it has one. To mark it: daybook-cli mark CASE %[1]s --code CONTACT, or another behaviour.", id)
		}
	}
	for _, id := range v.Events {
		if e, err := x.Event(id); err == nil && otherDay(v.When, e.When, x.Zone()) {
			t.say("Its event is of another day: %s, %s. It is kept as you wrote it; look at both once more.", e.When.Text(x.Zone()), visible(shorten(e.Text)))
		}
	}
}

// otherDay tells that two times are surely of other days.
func otherDay(a, b timeline.When, zone *time.Location) bool {
	at, known := a.Order()
	if !known || !a.Known(timeline.Day) {
		return false
	}
	y, m, d := at.In(zone).Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, zone)
	_, placed := b.Order()
	may, _ := b.In(day, day.AddDate(0, 0, 1))
	return placed && !may
}

// sayTerms names the terms that were in force when something happened.
func (t *terminal) sayTerms(ctx context.Context, c *evidence.Case, x *timeline.Index, dir string, w timeline.Written) error {
	at, ok := w.Current().Occurred.Order()
	live := x.LiveTerms(at)
	if !ok || len(live) == 0 {
		return nil
	}
	of, err := casework.LawOf(ctx, c, 0)
	if err != nil {
		return err
	}
	for _, l := range live {
		called := visible(l.Called)
		if beside := casework.BesideTerm(x, l, w.Current().Who, x.Zone()); len(beside) > 0 {
			called += " (" + visible(strings.Join(beside, "; ")) + ")"
		}
		t.say("In force on that day: %s, term %d: %s. May this break it? To write it down: daybook-cli register %s breach --set order=%s --set term=%d --set may=yes|unsure|no --event %s --on … --text …",
			called, l.Number, visible(l.Text), forShell(dir), l.Order, l.Number, w.ID)
		if o, known := of.Order(l.Law, at.In(x.Zone())); known {
			t.say("In the law of that day: %s, %s%s (daybook-cli law %s).", o.ID, o.Label, onlyIf(o.Breach != "", "; of breaking it: "+o.Breach), o.ID)
		}
	}
	return nil
}
