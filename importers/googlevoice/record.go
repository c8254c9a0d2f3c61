package googlevoice

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/page"
	"daybook/timeline"
)

// message makes the event of a text message.
func (v *voice) message(n *page.Node) error {
	v.count++
	e := v.event(timeline.Message, n, n.First("dt"))
	facts := importers.FactsOf(&e)
	if cite := n.First("sender"); cite != nil {
		e.From = party(cite)
	}
	e.To = v.receivers(e.From)
	e.Thread = v.thread()
	if q := n.FirstTag("q"); q != nil {
		facts.Say(strings.TrimRight(q.Exact(), "\n"))
	}
	facts.Add("labels", v.labels)
	if v.deleted {
		facts.Flag(timeline.Deleted)
	}
	return v.out.Event(e)
}

// call makes the event of a call, a voicemail or a recording.
func (v *voice) call(n *page.Node) error {
	v.count++
	e := v.event(timeline.Call, n, n.First("published"))
	facts := importers.FactsOf(&e)
	other := timeline.Party{}
	if with := n.First("contributor"); with != nil {
		other = party(with)
		facts.Add("as the page says", joined(with))
	}
	tags, labels := v.tags(n)
	facts.Add("type", tags)
	facts.Add("labels", labels)
	switch tags {
	case "placed":
		e.From, e.To = timeline.Party{Owner: true}, []timeline.Party{other}
	case "":
		e.To = []timeline.Party{other}
	default:
		e.From, e.To = other, []timeline.Party{{Owner: true}}
	}
	if at, ok := timeOf(v.source.Path); ok && e.When.Instant.Sub(at).Abs() > time.Minute && !e.When.Instant.IsZero() {
		facts.Flag(timeline.TimesDisagree)
		facts.Add("time in the file's name", at.Format(time.RFC3339))
	}
	if named := sortOf(v.source.Path); named != "" && tags != "" && (named == "placed") != (tags == "placed") {
		facts.Dispute("the file is named as one that was "+named+"; the page says "+tags, other)
	}
	if tags == "voicemail" || tags == "recorded" || len(e.Files) > 0 {
		e.Kind = timeline.Audio
	}
	if said := n.First("full-text"); said != nil {
		facts.Say(said.Words())
		facts.Add("text from", "what Google's machine heard in the recording")
	}
	if d := n.First("duration"); d != nil {
		facts.Add("duration", seconds(d.Attr("title"), joined(d)))
	}
	if album := n.First("album"); album != nil {
		facts.Add("album", joined(album))
	}
	if gone := n.First("deletedStatusContainer"); gone != nil {
		facts.Add("deleted status", joined(gone))
		v.deleted = strings.HasSuffix(joined(gone), "True")
	}
	if v.deleted {
		facts.Flag(timeline.Deleted)
	}
	if e.Thread = other.Address; e.Thread == "" {
		e.Thread = other.Name
	}
	return v.out.Event(e)
}

// sortOf is the sort of call by the name of its file, "Jo - Placed - TIME.html".
func sortOf(file string) string {
	parts := strings.Split(path.Base(file), " - ")
	if len(parts) < 3 {
		return ""
	}
	switch sort := strings.ToLower(parts[len(parts)-2]); sort {
	case "placed", "received", "missed", "voicemail":
		return sort
	}
	return ""
}

// timeOf is the time of a call by the name of its file.
func timeOf(file string) (time.Time, bool) {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	at, err := time.Parse("2006-01-02T15_04_05Z", name[strings.LastIndexByte(name, ' ')+1:])
	return at, err == nil
}

// event begins an event with its time and its files.
func (v *voice) event(kind timeline.Kind, n, at *page.Node) timeline.Event {
	e := timeline.Event{Kind: kind, When: importers.Undated("")}
	e.Source.Record = fmt.Sprintf("record %d at byte %d", v.count, n.At)
	if at != nil {
		w, ok := importers.ReadInstant(at.Attr("title"))
		if !ok {
			w = importers.Undated(strings.TrimSpace(at.Attr("title") + " " + joined(at)))
		}
		e.When = w
		importers.FactsOf(&e).Add("date as the page shows it", joined(at))
	}
	for in := range n.All() {
		if name := fileOf(in); name != "" && !slices.ContainsFunc(e.Files, func(a timeline.Attachment) bool { return a.Name == name }) {
			e.Files = append(e.Files, v.file(name))
		}
	}
	if n.Cut {
		importers.FactsOf(&e).Flag(timeline.Truncated)
	}
	parts := []string{string(kind), e.When.Instant.Format(time.RFC3339Nano), e.When.Raw}
	if !e.When.Instant.IsZero() {
		parts[2] = "" // the account's zone may be another in the next export
	}
	for in := range n.All() {
		if in.Class("tel") || in.Class("duration") {
			parts = append(parts, in.Attr("href"), in.Attr("title"))
		}
		if in.Tag == "q" || in.Class("full-text") {
			parts = append(parts, in.Exact())
		}
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf(parts...))
	return e
}

// fileOf is the file that an element shows or leads to.
func fileOf(n *page.Node) string {
	switch n.Tag {
	case "img", "audio", "video":
		return n.Attr("src")
	case "a":
		if href := n.Attr("href"); !n.Class("tel") && n.Attr("rel") != "tag" && !strings.Contains(href, ":") {
			return href
		}
	}
	return ""
}

// endings are those of the files that pages name without one.
var endings = []string{".jpg", ".mp3", ".mp4", ".gif", ".png", ".3gp", ".amr", ".vcf", ".jpeg", ".webp", ".heic", ".mov", ".wav", ".pdf"}

// file finds a file, which the page may name without its ending, or as part of
// a web address.
func (v *voice) file(name string) timeline.Attachment {
	a := v.source.Beside(name)
	plain, err := url.PathUnescape(name)
	if err != nil {
		plain = name
	}
	for _, base := range slices.Compact([]string{name, plain}) {
		for i := -1; a.Missing && i < len(endings); i++ {
			try := base
			if i >= 0 {
				try += endings[i]
			}
			if found := v.source.Beside(try); !found.Missing {
				a = found
				a.Name = name
			}
		}
	}
	return a
}

// tags tells what sort of call it was, by what its label leads to, and gives the
// labels as printed.
func (v *voice) tags(n *page.Node) (kind, labels string) {
	box := n.First("tags")
	if box == nil {
		return "", ""
	}
	var list []string
	for in := range box.All() {
		if in.Tag != "a" || in.Attr("rel") != "tag" {
			continue
		}
		list = append(list, joined(in))
		_, name, _ := strings.Cut(in.Attr("href"), "#")
		switch name {
		case "placed", "received", "missed", "voicemail", "recorded":
			kind = name
		}
	}
	return kind, strings.Join(list, ", ")
}

// seconds reads "PT1M23S"; what it cannot read stays as printed.
func seconds(title, words string) string {
	d, err := time.ParseDuration(strings.ToLower(strings.TrimPrefix(title, "PT")))
	if err != nil || !strings.HasPrefix(title, "PT") {
		return strings.TrimSpace(title + " " + words)
	}
	return strconv.Itoa(int(d/time.Second)) + " s"
}

// party is somebody as an element names them.
func party(n *page.Node) timeline.Party {
	var p timeline.Party
	for in := range n.All() {
		if in.Class("tel") && p.Address == "" {
			p.Address = strings.TrimPrefix(in.Attr("href"), "tel:")
		}
		if in.Class("fn") && p.Name == "" {
			p.Name = joined(in)
			p.Owner = in.Tag == "abbr"
		}
	}
	return p
}

// parties are those that a list names.
func parties(n *page.Node) []timeline.Party {
	var list []timeline.Party
	for in := range n.All() {
		if in.Class("sender") && len(list) < 1000 {
			list = append(list, party(in))
		}
	}
	return list
}

// receivers are those that a message went to.
func (v *voice) receivers(from timeline.Party) []timeline.Party {
	if len(v.group) == 0 {
		if from.Owner {
			return []timeline.Party{v.other}
		}
		return []timeline.Party{{Owner: true}}
	}
	var to []timeline.Party
	for _, p := range v.group {
		if p.Address != from.Address || p.Name != from.Name {
			to = append(to, p)
		}
	}
	if !from.Owner && !slices.ContainsFunc(v.group, func(p timeline.Party) bool { return p.Owner }) {
		to = append(to, timeline.Party{Owner: true})
	}
	return to
}

// thread names the conversation: the other's number or name, or all of a group.
func (v *voice) thread() string {
	if len(v.group) == 0 {
		if v.other.Address != "" {
			return v.other.Address
		}
		return v.other.Name
	}
	var names []string
	for _, p := range v.group {
		if p.Name == "" {
			p.Name = p.Address
		}
		names = append(names, p.Name)
	}
	return importers.Shorten(strings.Join(names, ", "), 500)
}

// named is the other one of a page as its file is called: a number or a name.
func (v *voice) named() timeline.Party {
	name, _, ok := strings.Cut(path.Base(v.source.Path), " - ")
	switch {
	case !ok:
		return timeline.Party{}
	case strings.Trim(name, "+0123456789") == "" && name != "":
		return timeline.Party{Address: name}
	}
	return timeline.Party{Name: name}
}
