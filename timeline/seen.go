package timeline

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A screenshot may show a message that an export holds as well. That is stated
// beside both, as an aid: a program read the picture, and may have read it
// wrongly. Nothing is merged, counted or placed by it.
//
// They are linked where the message is long enough to be telling (seenWords words
// and seenLetters letters), at least four of five of its words stand in the
// picture close together and in their order, three of them next to each other,
// and the picture also shows the clock time of the message or a name of it: of
// its sender, of whom it went to, or of its conversation.
const (
	seenWords   = 5
	seenLetters = 20
	mostSeen    = 20   // links of one event
	mostTriples = 1000 // words of a picture that are looked for
	tooCommon   = 200  // messages that hold three words which tell nothing, then
)

// Seen is a picture in which the words of an event stand, or an event whose words
// stand in the picture.
type Seen struct {
	ID      ID
	With    Pinpoint
	Engine  string // what read the picture
	Message bool   // With is the message, and not the picture
}

// Text says it in a sentence, as the aid that it is.
func (s Seen) Text() string {
	if s.Message {
		return fmt.Sprintf("Words of a message (%s) also stand in this picture, as read by the machine (%s), which may be wrong.", s.With.Text(), s.Engine)
	}
	return fmt.Sprintf("These words also stand in a picture (%s), as read by the machine (%s), which may be wrong.", s.With.Text(), s.Engine)
}

// Seen gives the pictures in which the words of an event were read, and of an
// event that shows pictures the messages whose words were read in them.
func (x *Index) Seen(r *Row) ([]Seen, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	p := x.pictures
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.load(); err != nil || len(p.pictures) == 0 {
		return nil, err
	}
	out, err := x.picturesOf(r)
	if err != nil {
		return nil, err
	}
	texts, err := p.textsOf(r.ID)
	for _, t := range texts {
		var more []Seen
		if more, err = x.messagesIn(t, r.ID); err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out[:min(len(out), mostSeen)], err
}

// triples gives every three words that stand together, each once.
func triples(words []string) [][]string {
	seen := map[string]bool{}
	var out [][]string
	for i := 0; i+3 <= min(len(words), mostTriples); i++ {
		if key := strings.Join(words[i:i+3], " "); !seen[key] {
			seen[key] = true
			out = append(out, words[i:i+3])
		}
	}
	return out
}

// telling gives the words of an event that is long enough to be known again by
// them.
func telling(e *Event) ([]string, bool) {
	if !linkable(e.Kind) {
		return nil, false
	}
	words := sayWords(e.Text).words
	return words, len(words) >= seenWords && utf8.RuneCountInString(strings.Join(words, "")) >= seenLetters
}

// picturesOf looks for the words of an event in what was read in pictures.
func (x *Index) picturesOf(r *Row) ([]Seen, error) {
	words, ok := telling(&r.Event)
	if !ok {
		return nil, nil
	}
	p, first := x.pictures, 0
	var out []Seen
	for _, s := range p.segments {
		marked := newBitmap(s.len())
		for _, three := range triples(words) {
			hit, err := s.find(sequence{words: three})
			if err != nil {
				return nil, err
			}
			hit.each(func(pos uint32) { marked.set(pos) })
		}
		var bad error
		marked.each(func(pos uint32) {
			n := first + int(pos)
			var t PictureText
			value, err := p.shelf.get(string(p.pictures[n][:]))
			if err == nil {
				err = json.Unmarshal(value, &t)
			}
			if err != nil {
				bad = fmt.Errorf("picture %s: what was read in it: %w", p.pictures[n], err)
				return
			}
			if shown := sayWords(t.Text).words; x.stands(&r.Event, words, shown) {
				out = append(out, x.seen(t, r.ID)...)
			}
		})
		if bad != nil {
			return nil, bad
		}
		first += s.len()
	}
	return out, nil
}

// seen names the events that show a picture, without the one that it is asked of.
func (x *Index) seen(t PictureText, without ID) []Seen {
	var out []Seen
	for _, id := range t.Events {
		docs := x.view.find(id)
		if id == without || len(docs) == 0 {
			continue
		}
		if e, err := x.view.event(docs[0]); err == nil { // a damaged one is named by Verify
			out = append(out, Seen{ID: id, With: e.Source, Engine: t.Engine})
		}
	}
	return out
}

// messagesIn looks for the messages whose words were read in a picture.
func (x *Index) messagesIn(t PictureText, without ID) ([]Seen, error) {
	shown := sayWords(t.Text).words
	marked, later := x.view.none(), x.view.later()
	for _, three := range triples(shown) {
		hits, n := make([]bitmap, len(marked)), 0
		for slot, s := range x.view.segments {
			hit, err := s.find(sequence{words: three})
			if err != nil {
				return nil, err
			}
			hits[slot] = hit
			n += hit.count()
		}
		for slot, hit := range hits {
			if n <= tooCommon {
				hit.each(func(pos uint32) { marked[slot].set(pos) })
			}
		}
	}
	var out []Seen
	for slot := range marked {
		marked[slot].and(x.view.live[slot])
		marked[slot].andNot(later[slot])
		marked[slot].each(func(pos uint32) {
			e, err := x.view.event(number(slot, pos))
			if err != nil || e.ID == without || len(out) == mostSeen { // a damaged one is named by Verify
				return
			}
			if words, ok := telling(&e); ok && x.stands(&e, words, shown) {
				out = append(out, Seen{e.ID, e.Source, t.Engine, true})
			}
		})
	}
	return out, nil
}

// stands tells whether what a picture shows holds the words of an event, and its
// time or a name of it.
func (x *Index) stands(e *Event, words, shown []string) bool {
	return mostOf(words, shown) && (x.clockIn(e.When, shown) || nameIn(e, shown))
}

// mostOf tells whether four of five words stand in others close together and in
// their order.
func mostOf(words, shown []string) bool {
	room := len(words)*3/2 + seenWords
	for i := range shown {
		if slices.Contains(words[:2], shown[i]) && common(words, shown[i:min(len(shown), i+room)])*5 >= len(words)*4 {
			return true
		}
	}
	return false
}

// common counts the words that two lists have in common in the same order.
func common(a, b []string) int {
	row := make([]int, len(b)+1)
	for i := range a {
		before := 0
		for j := range b {
			here := row[j+1]
			if a[i] == b[j] {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(here, row[j])
			}
			before = here
		}
	}
	return row[len(b)]
}

// clockIn tells whether the clock of a time is shown, with twelve hours or
// twenty-four, in the zone of the case or as the source has it.
func (x *Index) clockIn(w When, shown []string) bool {
	if grain(w) == 0 {
		return false
	}
	clocks := []time.Time{w.Local}
	if !w.Instant.IsZero() {
		clocks = append(clocks, w.Instant.In(x.zone))
	}
	for _, t := range clocks {
		for _, hour := range []string{t.Format("15"), strconv.Itoa(t.Hour()), t.Format("3")} {
			if !t.IsZero() && (sequence{words: []string{hour, t.Format("04")}}).in(shown, 0) >= 0 {
				return true
			}
		}
	}
	return false
}

// nameIn tells whether a name of an event is shown.
func nameIn(e *Event, shown []string) bool {
	names := []string{e.From.Name, e.Thread}
	for _, p := range e.To {
		names = append(names, p.Name)
	}
	return slices.ContainsFunc(names, func(name string) bool {
		words := sayWords(name).words
		return utf8.RuneCountInString(strings.Join(words, "")) >= 3 && (sequence{words: words}).in(shown, 0) >= 0
	})
}
