package bundle

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/big"
	"slices"
	"strings"
	"time"

	"daybook/evidence/verify"
	"daybook/timeline"
)

// mostEntry bounds an entry of the journal: that of the checks.
const mostEntry = 16 << 20

// entry is an opened entry of the other journal, as far as it is read here.
type entry struct {
	Seq     uint64          `json:"seq"`
	Time    time.Time       `json:"time"`
	Actor   string          `json:"actor"`
	Action  string          `json:"action"`
	Subject json.RawMessage `json:"subject"` // its shape is the action's
	Detail  json.RawMessage `json:"detail"`
}

// subject is what an entry about an item or an incident is about.
type subject struct {
	Item     int64  `json:"item"`
	Incident string `json:"incident"`
}

// by is who made the entry, and when.
func (e entry) by() string {
	return fmt.Sprintf("entry %d there, at %s by %s", e.Seq, e.Time.Format(time.RFC3339), e.Actor)
}

// item is an adding in the other case.
type item struct {
	entry
	number                  int64
	sha256, path, mediaType string
	modified                time.Time
	wall                    bool // it is a clock's, whose zone is not known
	parent                  int64
}

// version is what was written down in the other case, or its correction.
type version struct {
	entry
	what, reason string
}

// log is what is opened of the other journal.
type log struct {
	title    string
	items    map[int64]item
	versions map[string][]version // by the ID of an incident
	first    map[uint64]version   // first versions, by entry
	actions  map[string]int
	actors   map[string]int
	from, to time.Time
	unread   int
}

func (b *bundle) readLog(ctx context.Context) error {
	b.log = &log{items: map[int64]item{}, versions: map[string][]version{}, first: map[uint64]version{}, actions: map[string]int{}, actors: map[string]int{}}
	names, err := fs.Glob(b.top, entriesDir+"*.json")
	if err != nil {
		return fmt.Errorf("%s: %w", entriesDir, err)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !b.log.take(b.top, name) {
			b.log.unread++
			if err := b.out.Skip(name, "", fmt.Errorf("is not a journal entry that can be read")); err != nil {
				return err
			}
		}
	}
	return nil
}

// take reads one entry.
func (l *log) take(top fs.FS, name string) bool {
	if st, err := fs.Stat(top, name); err != nil || st.Size() > mostEntry {
		return false
	}
	text, err := fs.ReadFile(top, name)
	if err != nil {
		return false
	}
	var e entry
	if json.Unmarshal(text, &e) != nil || e.Action == "" {
		return false
	}
	l.actions[e.Action]++
	l.actors[e.Actor]++
	if l.from.IsZero() || e.Time.Before(l.from) {
		l.from = e.Time
	}
	if e.Time.After(l.to) {
		l.to = e.Time
	}
	switch e.Action {
	case "create":
		var d struct {
			Title string `json:"title"`
		}
		if json.Unmarshal(e.Detail, &d) != nil {
			return false
		}
		l.title = d.Title
	case "add":
		return l.added(e)
	case "incident", "incident correction":
		return l.written(e)
	}
	return true
}

func (l *log) added(e entry) bool {
	var d struct {
		SHA256   string    `json:"sha256"`
		Name     string    `json:"name"`
		Path     string    `json:"path"`
		Type     string    `json:"type"`
		Modified time.Time `json:"modified"`
		Wall     bool      `json:"wall"`
		Parent   int64     `json:"parent"`
	}
	var s subject
	if json.Unmarshal(e.Detail, &d) != nil || json.Unmarshal(e.Subject, &s) != nil || s.Item < 1 {
		return false
	}
	if d.Path == "" {
		d.Path = d.Name
	}
	e.Detail = nil
	l.items[s.Item] = item{e, s.Item, d.SHA256, d.Path, d.Type, d.Modified, d.Wall, d.Parent}
	return true
}

func (l *log) written(e entry) bool {
	var d struct {
		What   string `json:"what_happened"`
		Reason string `json:"reason"`
	}
	if json.Unmarshal(e.Detail, &d) != nil {
		return false
	}
	e.Detail = nil
	v := version{e, d.What, d.Reason}
	if e.Action == "incident" {
		l.first[e.Seq] = v
		return true
	}
	var s subject
	if json.Unmarshal(e.Subject, &s) != nil {
		return false
	}
	l.versions[s.Incident] = append(l.versions[s.Incident], v)
	return true
}

// versionsOf gives every version of an incident that is opened.
func (l *log) versionsOf(r timeline.Row) []version {
	var seq uint64
	var out []version
	if _, err := fmt.Sscanf(r.WrittenFirst(), "entry %d", &seq); err == nil {
		if v, ok := l.first[seq]; ok {
			out = append(out, v)
		}
	}
	return append(out, l.versions[r.ID.String()]...)
}

// summary says what the opened entries do, by whom and when.
func (l *log) summary() string {
	if len(l.actions) == 0 {
		return "None is opened."
	}
	var done []string
	for _, a := range slices.Sorted(maps.Keys(l.actions)) {
		done = append(done, fmt.Sprintf("%s %d", a, l.actions[a]))
	}
	s := fmt.Sprintf("Those opened, from %s to %s, by %s: %s.", l.from.Format(time.RFC3339), l.to.Format(time.RFC3339), strings.Join(slices.Sorted(maps.Keys(l.actors)), ", "), strings.Join(done, ", "))
	if l.title != "" {
		s = "The case is called “" + l.title + "” there. " + s
	}
	return s
}

// phrase gives the twelve words of a head, as both programs print them.
func phrase(head string) string {
	const words, bits = 12, 11
	digits := words * bits / 4
	if len(head) < digits {
		return ""
	}
	n, ok := new(big.Int).SetString(head[:digits], 16)
	if !ok {
		return ""
	}
	list, out := verify.Words(), make([]string, words)
	for i := range out {
		at := new(big.Int).Rsh(n, uint((words-1-i)*bits))
		out[i] = list[at.Uint64()&(1<<bits-1)]
	}
	return strings.Join(out, " ")
}
