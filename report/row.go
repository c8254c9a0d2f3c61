package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// readerFacts are the further facts of an event that a reader needs to
// understand it, as their readers name them and in words: what a letter is
// about, how long a call was, how it ended.
var readerFacts = map[string]string{
	"subject": factSubject, "duration": "Duration", "status": "Status", "outcome": "Outcome", "missed": "Missed", "type": "Type",
	"presentation": "Number", "direction": "Direction", "title": "Title", "author": "Author", "notes": "Notes", timeline.StatedParties: "From and to, as stated",
	timeline.NotAsSealed: "Second-hand", timeline.NotShown: factHidden,
	"forged headers": "Reads like another message", "poll question": "Poll question",
}

// otherForms are facts that hold the words of a message in another form than is shown:
// what of them stands in that form alone is a part of the message.
var otherForms = map[string]string{"text of the HTML": "Only in its HTML", "text of the rich text": "Only in its rich text"}

// factHidden names the words of a letter or a page that it has and does not show.
const factHidden = "Hidden in its HTML"

// factAlso names the further exports that hold the same message.
const factAlso = "Also in"

// factElsewhere names what another format holds of the same: a row of its own.
const factElsewhere = "The same in another source"

// factDiffers names what another export of the same chat has in a row's place.
const factDiffers = "Exports differ"

// factSeen names what the machine read of a row in a picture: an aid.
const factSeen = "The same words"

// yesNo are facts that a telephone writes as 1 or 0.
var yesNo = []string{"read", "seen", "locked"}

// further is a further fact in words, where there are any for it.
func further(name, value string) Fact {
	if slices.Contains(yesNo, name) {
		switch value {
		case "1":
			value = wordYes
		case "0":
			value = wordNo
		}
	}
	return fact(cmp.Or(furtherFacts[name], name), quote(value))
}

// factSubject names what stands above the words of a letter.
const factSubject = "Subject"

// directions are types of a message or a call that say no more than from whom it
// is and to whom.
var directions = []string{"received", "sent", "incoming", "outgoing"}

// row makes a row of the chronology ready, without the sums that the pack shows
// nowhere.
func (p *planner) row(r timeline.Row, n int) (Row, error) {
	out, err := p.saidRow(r, n)
	if out.Data != nil {
		p.takeSums(out.Data)
	}
	return out, err
}

// saidRow is a row with what was said about its event, in the words of this pack.
func (p *planner) saidRow(r timeline.Row, n int) (Row, error) {
	shown, _, why := p.shown(r)
	if why != "" {
		return Row{Number: n, LeftOut: why}, nil
	}
	elsewhere := r.Elsewhere
	r = shown
	out := Row{
		Number: n, ID: r.ID, Time: showTime(r.Said(), p.b.Zone), Month: month(r.When, p.b.Zone), Kind: r.Title(),
		From: p.party(r.From, r), Thread: r.Thread, Text: r.Text, Place: place(r.Place),
		Item: r.Source.Item, Label: p.labels[r.Source.Item], Record: r.Source.Record, packWords: p.packWords,
	}
	to := p.parties(r)
	out.To, out.With = strings.Join(to, ", "), !r.Directed()
	out.Names = append(to, out.From)
	out.FromPerson, out.ToPersons = p.personsOf(r)
	if r.Kind == timeline.Incident {
		out.From, out.About, out.Author = "", out.From, visible(r.Author())
	}
	out.Time.Usual = out.Time.Basis == p.b.Usual
	out.Incident = p.nth[r.ID]
	for _, f := range r.Extra.Sorted() {
		if timeline.Identifies(f.Name) {
			continue // what it tells stands under factAlso
		}
		if title, ok := otherForms[f.Name]; ok {
			out.Facts = maybe(out.Facts, title, strings.Join(timeline.OtherLines(f.Value, r.Text), "\n"))
		}
		if title, ok := readerFacts[f.Name]; ok && !(f.Name == "type" && slices.Contains(directions, f.Value)) {
			out.Facts = append(out.Facts, fact(title, quote(f.Value)))
		} else {
			out.More = append(out.More, further(f.Name, f.Value))
		}
	}
	p.times(&out, &r)
	if who := p.mayBe[timeline.NewHandle(r.From, r.Source.Importer, r.Source.Item).Key]; who != "" {
		out.Facts = append(out.Facts, fact(factMayBe, append(quote(who), say(sayMayBeRow+titlePeople+")")...)))
	}
	for _, s := range r.Also {
		out.Facts = append(out.Facts, fact(factAlso, quote(s.Text())))
	}
	for _, s := range r.Elsewhere {
		out.Facts = append(out.Facts, fact(factElsewhere, quote(s.Text())))
	}
	if was, issued := p.before[r.ID]; issued && p.b.Continues != 0 {
		out.Facts = append(out.Facts, fact(factIssued, say(issuedIn(was.Issued, "; "))))
	}
	if rows := p.elsewhere.said(elsewhere); rows != "" && p.b.Pack == Served {
		out.Facts = append(out.Facts, fact(factElsewhere, say(rows)))
	}
	if err := p.seen(&out, &r); err != nil {
		return out, err
	}
	for _, d := range r.Differs {
		out.Facts = append(out.Facts, fact(factDiffers, quote(d.Text())))
	}
	for _, f := range r.Files {
		out.Files = append(out.Files, p.file(f))
	}
	for _, f := range r.Flags {
		if f == timeline.ZoneAssumed && r.When.Basis == timeline.AssumedZone {
			continue // stands beside the zone
		}
		out.Flags = append(out.Flags, r.Says(f))
	}
	if c, ok := p.byHand[r.ID]; ok {
		out.Flags = append(out.Flags, p.cutSaid(c))
	}
	for _, m := range r.Marks {
		out.mark(m)
	}
	if v, ok := p.marked[r.ID]; ok {
		p.outside(&out, v)
	}
	if w, ok := p.written[r.ID]; ok {
		if err := p.incident(&out, &r, w); err != nil {
			return out, err
		}
	}
	if r.Kind.Register() {
		if e, err := p.x.Registered(r.ID); err == nil { // one of another person's case has a row as any other
			if err := p.register(&out, r, e); err != nil {
				return out, err
			}
		}
	}
	out.Read = p.readIn(&out)
	p.takeOrder(&r)
	out.Data = &r
	return out, nil
}

// takeSums takes out of a row the sums that the pack shows nowhere.
func (p *planner) takeSums(r *timeline.Row) {
	if len(p.noSum) == 0 {
		return
	}
	if p.noSum[r.Source.Item] {
		r.Source.Hash = evidence.Hash{}
	}
	r.Also, r.Files = slices.Clone(r.Also), slices.Clone(r.Files)
	for i := range r.Also {
		if p.noSum[r.Also[i].Item] {
			r.Also[i].Hash = evidence.Hash{}
		}
	}
	for i := range r.Files {
		if p.noSum[r.Files[i].Item] {
			r.Files[i].Hash = evidence.Hash{}
		}
	}
}

// times are the further times of a row, and of one whose clock was corrected what
// the clock showed and whose word moved it.
func (p *planner) times(out *Row, r *timeline.Row) {
	said := func(c timeline.Claim) string {
		return c.Label + ": " + join(showTime(c.When, p.b.Zone).zoned(), c.Note)
	}
	by, showed, corrected := r.Corrected()
	if corrected {
		out.Facts = append(out.Facts, fact(wordClockShowed, quote(said(showed))), fact(wordCorrection, quote(by.Note)))
	}
	for _, c := range r.Claims {
		if c.Chosen || corrected && c == showed {
			continue
		}
		other := fact(wordOtherTime, quote(said(c)))
		if r.Kind == timeline.Email || slices.Contains(r.Flags, timeline.TimesDisagree) {
			out.Facts = append(out.Facts, other)
		} else {
			out.More = append(out.More, other)
		}
	}
}

// seen names the pictures in which a program read the words of a row, and the
// messages whose words it read in the row's pictures. A served pack tells nothing
// of what else the case holds.
func (p *planner) seen(out *Row, r *timeline.Row) error {
	if p.b.Pack == Served {
		return nil
	}
	seen, err := p.x.Seen(r)
	for _, s := range seen {
		out.Facts = append(out.Facts, fact(factSeen, quote(s.Text())))
	}
	return err
}

func (r *Row) mark(m timeline.Mark) {
	for _, v := range []struct {
		value string
		to    *[]string
	}{{m.Code, &r.Codes}, {m.Tag, &r.Tags}, {m.Note, &r.Notes}} {
		if v.value != "" && !slices.Contains(*v.to, v.value) {
			*v.to = append(*v.to, v.value)
		}
	}
	r.Remark = cmp.Or(r.Remark, m.LeftOut)
}

// file is a file that a record names: an exhibit, or missing and why.
func (p *planner) file(f timeline.Attachment) File {
	out := File{Name: visible(cmp.Or(f.Name, f.Path))}
	if f.Missing || f.Item == 0 {
		out.Note = cmp.Or(f.Note, sayMissingFile)
		return out
	}
	out.Item, out.Label = f.Item, p.labels[f.Item]
	return out
}

// party is somebody as the source names them. An export does not name the person
// whose it is; it is they who are meant.
func (p *planner) party(who timeline.Party, r timeline.Row) string {
	if who.Owner && who.Name == "" && who.Address == "" {
		return p.owner(r.Source.Item)
	}
	if slices.Contains(r.Flags, timeline.NameLookalike) {
		return party(who, timeline.SpeltOut)
	}
	return party(who, timeline.Shown)
}

// owner is the person whose export it is, with the name that was given when it
// was read, or that the case knows them by.
func (p *planner) owner(item int64) string {
	if name := p.ownerName(item); name != "" {
		return fmt.Sprintf(sayOwnerNamed, visible(name))
	}
	return sayOwner
}

// ownerName is that name; empty where none was given, or it is an address that is
// withheld.
func (p *planner) ownerName(item int64) string {
	reading, _ := p.x.Reading(item)
	if name := p.gate.given(reading.Assume["owner"]); name != "" {
		return name
	}
	h := timeline.NewHandle(timeline.Party{Owner: true}, reading.Importer, item)
	return p.gate.given(p.ownerNames()[h.Key])
}

// party is somebody as the source names them, with what the eye passes over.
func party(p timeline.Party, show func(string) string) string {
	switch {
	case p.Name == "":
		return show(p.Address)
	case p.Address == "" || p.Address == p.Name:
		return show(p.Name)
	default:
		return fmt.Sprintf("%s (%s)", show(p.Name), show(p.Address))
	}
}

func (p *planner) parties(r timeline.Row) []string {
	var s []string
	for _, who := range r.To {
		s = append(s, p.party(who, r))
	}
	return s
}

func place(p timeline.Place) string {
	if !p.Fix {
		return p.Name
	}
	at := fmt.Sprintf("%.5f, %.5f", p.Lat, p.Lon)
	if p.Name == "" {
		return at
	}
	return p.Name + " (" + at + ")"
}

// delay is how long after something it was written down, in the largest whole
// unit.
func delay(d time.Duration) string {
	switch {
	case d < 0:
		return sayBeforeEvent
	case d < 2*time.Hour:
		return agree(sayMinutesAfter, int(d.Minutes()))
	case d < 48*time.Hour:
		return agree(sayHoursAfter, int(d.Hours()))
	default:
		return agree(sayDaysAfter, int(d.Hours()/24))
	}
}
