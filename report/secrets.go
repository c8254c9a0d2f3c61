package report

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"net/netip"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"daybook/assets/registers"
	"daybook/evidence"
	"daybook/report/leak"
	"daybook/report/protected"
	"daybook/timeline"
)

// This file gathers what a served pack withholds, in the words in which it would be
// found: the finished pack is read again and held against it.

// How many letters a text has that tells something by itself; "see you" does not.
const (
	tellingNote = 10
	tellingRow  = 16
	leastName   = 3
)

// mostSecrets is how many texts are looked for.
const mostSecrets = 200_000

// tell adds a secret that has so many letters or more, and more than a word of any
// dictionary: a street's name says something, “street” does not.
func (p *planner) tell(what, text string, as protected.Form, least int) {
	if text = strings.TrimSpace(text); strings.ContainsAny(text, " \n@0123456789") || as == protected.Number {
		p.add(what, text, as, least)
	}
}

// add adds a secret that has so many letters or more.
func (p *planner) add(what, text string, as protected.Form, least int) (added bool) {
	text = strings.TrimSpace(text)
	delete(p.former.secrets, text) // it is withheld for another reason than that it was corrected
	if p.secret[text] || protected.Letters(text) < least {
		return false
	}
	if len(p.b.Secrets) >= mostSecrets {
		p.b.Unsought++
		return false
	}
	if p.secret == nil {
		p.secret = map[string]bool{}
	}
	p.secret[text] = true
	p.b.Secrets = append(p.b.Secrets, leak.Secret{What: what, Text: text, As: as})
	return true
}

// secretRow adds the words of a row that is left out. A duplicate stands elsewhere
// in the pack, and rightly.
func (p *planner) secretRow(r timeline.Row, n int, why string) {
	if p.gate == nil || why == sayDuplicate {
		return
	}
	what := fmt.Sprintf(saySecretRow, n)
	p.tell(what, r.Text, protected.Plain, tellingRow)
	p.tell(what, r.Extra.Get("subject"), protected.Plain, tellingRow)
}

// secretFacts adds what a served pack leaves out of every row.
func (p *planner) secretFacts(r timeline.Row) {
	if p.gate == nil {
		return
	}
	for _, m := range r.Marks {
		p.tell(saySecretNote, m.Note, protected.Plain, tellingNote)
		p.tell(saySecretNote, m.Tag, protected.Plain, tellingNote)
		if servedReason(m.LeftOut) == sayOtherReason {
			p.tell(saySecretNote, m.LeftOut, protected.Plain, tellingNote)
		}
	}
	if caption, is := r.Caption(); is && !p.shows(ShowMetadata) {
		p.tell(saySecretCaption, caption, protected.Plain, tellingRow)
	}
	if _, written := p.written[r.ID]; !written { // of an incident secretIncident knows what the pack shows
		p.tell(saySecretPlace, r.Place.Name, protected.Address, tellingNote)
	}
	if r.Place.Fix {
		p.tell(saySecretPlace, fmt.Sprintf("%.5f, %.5f", r.Place.Lat, r.Place.Lon), protected.Plain, 1) // as a row prints them; one of few digits alone may be a time
		for _, at := range []float64{r.Place.Lat, r.Place.Lon} {
			p.tell(saySecretPlace, strconv.FormatFloat(at, 'f', -1, 64), protected.Plain, 8)
		}
	}
	for _, f := range r.Extra {
		if _, err := netip.ParseAddr(f.Value); err == nil && !slices.Contains(servedFacts, f.Name) {
			p.tell(saySecretNet, f.Value, protected.Plain, 1)
		}
	}
	if on := p.gate.rows[r.ID]; on != nil {
		for _, w := range on.ranges {
			if w.To <= len(r.Text) {
				p.tell(secretPassage(w.Code), r.Text[w.From:w.To], protected.Plain, tellingNote)
			}
		}
	}
}

// secretEntry adds what any version of a register's entry says and the pack, which
// shows this of it, does not.
func (p *planner) secretEntry(r, shown timeline.Row) {
	if p.gate == nil || !r.Kind.Register() {
		return
	}
	e, err := p.x.Registered(r.ID)
	if err != nil {
		return // another person's: its words are those of the row
	}
	read := shown.Text
	for _, f := range shown.Extra {
		read += "\n" + f.Value
	}
	reg, err := p.x.Register(r.Kind)
	if err != nil {
		return // it has no words of its own
	}
	texts := func(v timeline.RegisteredVersion) []string {
		all := []string{v.Words}
		for _, f := range reg.Fields {
			if f.Type == registers.Line || f.Type == registers.Words { // a choice is in the program's words
				all = append(all, v.Fields[f.ID])
			}
		}
		return all
	}
	stands := func(text string) bool {
		return protected.New([]protected.Word{{Text: p.gate.clean(text)}}).In(read)
	}
	last := len(e.Versions) - 1
	now := texts(e.Versions[last])
	for n, v := range e.Versions {
		for i, text := range texts(v) {
			switch {
			case text == "" || stands(text):
			case n < last && now[i] != "" && stands(now[i]):
				p.tellFormer(saySecretEntry, text)
			default:
				p.tell(saySecretEntry, text, protected.Plain, tellingNote)
			}
		}
	}
}

func secretPassage(code string) string {
	return fmt.Sprintf(saySecretPassage, timeline.WithholdTitle(code))
}

// secrets adds what is withheld of the case as a whole.
func (p *planner) secrets(ctx context.Context) error {
	if p.gate == nil {
		return nil
	}
	for _, w := range p.withholdings() {
		if !w.Everywhere() { // in other rows it may stand
			p.add(secretPassage(w.Code), w.Text, writtenAs(w.Code), tellingNote)
			continue
		}
		if n := len(p.b.Secrets); p.add(fmt.Sprintf(saySecretWord, timeline.WithholdTitle(w.Code)), w.Text, writtenAs(w.Code), 1) {
			p.b.Secrets[n].Code = w.Code
			if w.Code == codeChild {
				p.b.Secrets[n].First = firstName(w.Text)
			}
		}
	}
	if err := p.secretFiles(); err != nil {
		return err
	}
	for _, a := range p.gate.addresses.list {
		p.add(saySecretAddress, a, protected.Plain, leastAddress)
	}
	for _, id := range slices.SortedFunc(maps.Keys(p.written), func(a, b timeline.ID) int { return slices.Compare(a[:], b[:]) }) {
		p.secretIncident(p.written[id])
	}
	for _, r := range p.x.Registers(p.private...) {
		for _, v := range r.Versions {
			p.tell(saySecretNote, v.Words, protected.Plain, tellingNote)
			if v.Kind == timeline.Force {
				continue // they stand on the cover
			}
			for _, text := range v.Fields {
				p.tell(saySecretNote, text, protected.Plain, tellingNote)
			}
		}
	}
	p.secretTerms()
	for item, err := range p.c.Items(ctx) {
		if err != nil {
			return err
		}
		if item.Parent == 0 { // of what came inside, the program notes where
			p.tell(saySecretNote, item.Note, protected.Plain, tellingNote)
		}
	}
	for b, err := range p.c.Batches(ctx) {
		if err != nil {
			return err
		}
		p.tell(saySecretNote, b.Note, protected.Plain, tellingNote)
	}
	p.withoutSaid()
	slices.SortStableFunc(p.b.Secrets, func(a, b leak.Secret) int {
		return cmp.Or(strings.Compare(a.What, b.What), strings.Compare(a.Text, b.Text))
	})
	return nil
}

// secretFiles adds the files of which a part is painted over: none may be in the pack.
func (p *planner) secretFiles() error {
	seen := map[evidence.Hash]bool{}
	for _, n := range slices.Sorted(maps.Keys(p.gate.items)) {
		item, err := p.c.Item(n)
		if err != nil {
			return fmt.Errorf("item %d: %w", n, err)
		}
		if len(p.gate.of(n).areas) > 0 && !seen[item.Hash] {
			p.b.Secrets = append(p.b.Secrets, leak.Secret{What: saySecretPainted, Text: item.Name, Sum: item.Hash.String(), Size: item.Size})
			p.b.painted = append(p.b.painted, paintedFile{item.Hash, isPDF(item.Type), p.gate.of(n).areas})
			seen[item.Hash] = true
		}
	}
	return nil
}

// secretIncident adds what any version of an incident says and the pack does not.
func (p *planner) secretIncident(w timeline.Written) {
	var shown strings.Builder
	if p.hasTold(w.ID) {
		v, _ := p.readable(w)
		everyText(reflect.ValueOf(&v).Elem(), func(s string) string { fmt.Fprintln(&shown, s); return s })
	}
	hidden := func(text string) bool {
		return text != "" && !protected.New([]protected.Word{{Text: text}}).In(shown.String())
	}
	tell := func(what, text string, as protected.Form, least int) {
		if hidden(text) {
			p.tell(what, text, as, least)
		}
	}
	for n, v := range w.Versions {
		for _, x := range v.Witnesses {
			if hidden(x.Name) {
				p.add(saySecretWitness, x.Name, protected.Plain, leastName)
			}
			tell(saySecretWitness, x.Contact, protected.Number, leastAddress)
		}
		tell(saySecretPlace, v.Place.Text, protected.Address, leastAddress)
		v.RecordedBy, v.Who = "", "" // names stay
		left, _ := p.gate.version(w.ID, v)
		told, open := fieldTexts(left), []fieldText(nil)
		if n < len(w.Versions)-1 && p.hasTold(w.ID) {
			asked, _ := p.askedOf(w, v)
			open = fieldTexts(asked)
		}
		for i, said := range fieldTexts(v) {
			what := fmt.Sprintf(saySecretIncident, said.field)
			switch {
			case !hidden(told[i].text): // no more than the protected words is not shown
			case hidden(said.text) && slices.Contains(open, said):
				p.tellFormer(what, said.text)
			default:
				tell(what, said.text, protected.Plain, tellingNote)
			}
		}
	}
}

// hasTold tells that the reader of this pack has a row: it stands here, or in a bundle
// that this one continues, and as it is now.
func (p *planner) hasTold(id timeline.ID) bool {
	if p.chosen == nil || p.chosen[id] {
		return !p.out[id]
	}
	was, issued := p.before[id]
	return issued && !was.Out && p.b.Continues != 0
}

// fieldText is a text of an incident and the name of its field, in words.
type fieldText struct{ field, text string }

// fieldTexts are the texts of a version: as many of each version in the same order,
// whatever is withheld of them.
func fieldTexts(v timeline.Version) (all []fieldText) {
	d := reflect.ValueOf(&v.IncidentDraft).Elem()
	for i := range d.NumField() {
		name, _, _ := strings.Cut(d.Type().Field(i).Tag.Get("json"), ",")
		everyText(d.Field(i), func(s string) string {
			all = append(all, fieldText{strings.ReplaceAll(name, "_", " "), s})
			return s
		})
	}
	return append(all, fieldText{"reason of the correction", v.Reason})
}

// ActionRelease is the journal's word for what a person decided when a served pack
// had been read again.
const ActionRelease evidence.Action = "leak check"

type releaseSubject struct {
	Bundle string `json:"bundle"` // the sum of the list of its lists
}

type releaseDetail struct {
	List     string `json:"list"` // the sum of what was found
	Findings int    `json:"findings"`
	Released bool   `json:"released"`
}

// Release journals whether a served pack is handed over with what was found in it.
func Release(ctx context.Context, c *evidence.Case, bundle fs.FS, found leak.List, released bool) error {
	list, err := found.Hash()
	if err != nil {
		return err
	}
	b, err := fs.ReadFile(bundle, tagList)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(b)
	_, err = c.Record(ctx, ActionRelease, releaseSubject{hex.EncodeToString(sum[:])}, releaseDetail{list, len(found.Findings), released})
	return err
}
