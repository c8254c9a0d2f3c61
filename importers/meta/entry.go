package meta

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

var errEnd = io.EOF

// maxEntries is how many events one record may be.
const maxEntries = 100_000

// entries adds the events of one record to a list. around is what the records say
// that it stands in, if it stands in any. Nothing comes of a record without a time.
func (l *lister) entries(list []entry, raw jsonfile.Raw, around *entry) []entry {
	if raw.Kind() == '[' {
		return l.tuple(list, raw)
	}
	from := len(l.open)
	defer func() { l.open = l.open[:from] }()
	for name, v := range l.names.Fields(raw) {
		l.open = append(l.open, field{name, v})
	}
	fields := l.open[from:len(l.open):len(l.open)]
	var en entry
	l.own(&en, fields)
	if en.when.Precision == "" {
		before, more := len(list), en.within(around)
		if list = l.inside(list, fields, &more); len(list) > before {
			return list
		}
	}
	l.rest(&en, fields)
	if en.when.Precision == "" {
		return list
	}
	return append(list, en.within(around))
}

// field is a member of a record that is being read.
type field struct {
	name  string
	value jsonfile.Raw
}

// within is an entry with what is said around it.
func (en entry) within(around *entry) entry {
	if around == nil {
		return en
	}
	en.lines = slices.Concat(around.lines, en.lines)
	en.facts = slices.Concat(around.facts, en.facts)
	en.uris = slices.Concat(around.uris, en.uris)
	return en
}

// own takes the members that are no brackets, and the labels.
func (l *lister) own(en *entry, fields []field) {
	for _, f := range fields {
		switch kind := f.value.Kind(); {
		case f.name == "label_values" && kind == '[':
			l.labels(en, "", f.value)
		case f.name == "string_map_data" && kind == '{':
			l.labelled(en, f.value)
		case kind != '{' && kind != '[':
			l.member(en, l.says(f.name), f.value, 0)
		}
	}
}

// inside makes an entry of everything dated in the arrays of a record.
func (l *lister) inside(list []entry, fields []field, around *entry) []entry {
	before := len(list)
	for _, f := range fields {
		if f.value.Kind() != '[' || isLabels(f.name) || !dated(f.value) {
			continue
		}
		for _, v := range jsonfile.Items(f.value) {
			if v.Kind() == '{' && len(list)-before < maxEntries {
				list = l.entries(list, v, around)
			}
		}
	}
	return list
}

// rest takes the members that are brackets.
func (l *lister) rest(en *entry, fields []field) {
	for _, f := range fields {
		if kind := f.value.Kind(); (kind == '{' || kind == '[') && !isLabels(f.name) {
			l.member(en, l.says(f.name), f.value, 1)
		}
	}
}

func isLabels(name string) bool { return name == "label_values" || name == "string_map_data" }

// isTime tells the names of times: what ends in "timestamp", which a unit may
// follow.
func isTime(name string) bool {
	if name == "taken_at" || name == "created_at" {
		return true
	}
	name, unit := strings.CutSuffix(name, "_ms")
	if !unit {
		name = strings.TrimSuffix(name, "_value")
	}
	return strings.HasSuffix(name, "timestamp") && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") == ""
}

// dated tells whether a time stands anywhere in a value.
func dated(raw []byte) bool {
	for found := true; found; {
		if _, raw, found = bytes.Cut(raw, []byte{'"'}); !found {
			break
		}
		name, value, _ := bytes.Cut(raw, []byte{'"'})
		value, colon := bytes.CutPrefix(behindBlanks(value), []byte{':'})
		value = bytes.TrimPrefix(behindBlanks(value), []byte{'"'})
		if colon && len(value) > 0 && value[0] >= '1' && value[0] <= '9' && isTime(string(name)) {
			return true
		}
	}
	return false
}

func behindBlanks(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\n' || b[0] == '\t' || b[0] == '\r') {
		b = b[1:]
	}
	return b
}

// member takes one member of a record: its time, a file, a place, or a fact.
func (l *lister) member(en *entry, name string, v jsonfile.Raw, depth int) {
	switch {
	case depth > maxListDepth:
		en.facts = append(en.facts, named{name, l.saysJSON(nil, string(v))})
	case isTime(lastName(name)) && (v.Kind() == '0' || v.Kind() == '"'):
		l.time(en, name, jsonfile.Plain(v), depth)
	case v.Kind() == '{':
		l.position(en, v)
		for key, in := range l.names.Fields(v) {
			l.member(en, strings.TrimPrefix(name+" "+l.says(key), " "), in, depth+1)
		}
	case v.Kind() == '[':
		for _, in := range jsonfile.Items(v) {
			l.member(en, name, in, depth+1)
		}
	default:
		value := l.plain(nil, v)
		switch last := lastName(name); {
		case value == "":
		case last == "uri":
			en.uris = append(en.uris, value)
		case textNames[last]:
			en.lines = append(en.lines, named{"", value})
		default:
			en.facts = append(en.facts, named{name, value})
		}
	}
}

// textNames are the members whose words are what a person wrote or is to read.
var textNames = map[string]bool{"title": true, "post": true, "comment": true, "text": true, "content": true, "description": true, "caption": true, "value": true}

func lastName(name string) string {
	return name[strings.LastIndexByte(name, ' ')+1:]
}

// time takes a time of a record. The first is the event's. Others that stand
// beside it are claims; those that lie deeper are of something else, such as a
// picture.
func (l *lister) time(en *entry, name, raw string, depth int) {
	w, ok := moment(raw)
	if !ok {
		w, ok = printed(raw)
	}
	chosen := en.when.Precision == ""
	switch {
	case !ok && raw != "" && raw != "0":
		en.facts = append(en.facts, named{name, raw})
	case !ok:
	case !chosen && depth > 1:
		en.facts = append(en.facts, named{name, clockOf(w)})
	default:
		if chosen {
			en.when = w
		}
		en.claims = append(en.claims, timeline.Claim{Label: name, When: w, Chosen: chosen})
	}
}

func clockOf(w timeline.When) string {
	if w.Instant.IsZero() {
		return w.Raw
	}
	return w.Instant.Format("2006-01-02 15:04:05 UTC")
}

// printed reads a time of the exports before 2020: with its offset, or without.
func printed(raw string) (timeline.When, bool) {
	if t, err := time.Parse(time.RFC3339Nano, raw); err == nil {
		return timeline.FromOffset(t, timeline.Second, raw), true
	}
	if t, err := time.Parse("2006-01-02T15:04:05", raw); err == nil {
		return timeline.FromLocal(t, nil, timeline.Second, raw), true
	}
	return timeline.When{}, false
}

// position takes a coordinate: {"latitude": …, "longitude": …}.
func (l *lister) position(en *entry, v jsonfile.Raw) {
	at := map[string]float64{}
	for key, in := range l.names.Fields(v) {
		if key != "latitude" && key != "longitude" {
			continue
		}
		if n, err := strconv.ParseFloat(jsonfile.Plain(in), 64); err == nil {
			at[key] = n
		}
	}
	if len(at) == 2 && !en.place.Fix && (at["latitude"] != 0 || at["longitude"] != 0) {
		en.place.Lat, en.place.Lon, en.place.Fix = at["latitude"], at["longitude"], true
	}
}

// labelled takes string_map_data: labels with a value, a link and a time.
func (l *lister) labelled(en *entry, v jsonfile.Raw) {
	for label, in := range l.names.Fields(v) {
		label = l.says(label)
		for key, value := range l.names.Fields(in) {
			text := l.plain(nil, value)
			switch {
			case key == "timestamp":
				l.time(en, label, text, 0)
			case text == "":
			case key == "value":
				en.lines = append(en.lines, named{label, text})
			default:
				en.facts = append(en.facts, named{label + " " + key, text})
			}
		}
	}
}

// labels takes label_values: labels with a value, a link, a time, files, or
// further labels in "dict" and "vec".
func (l *lister) labels(en *entry, above string, v jsonfile.Raw) {
	for _, item := range jsonfile.Items(v) {
		label := above
		for key, in := range l.names.Fields(item) {
			if text := l.plain(nil, in); (key == "label" || key == "title") && in.Kind() == '"' && text != "" {
				label = strings.TrimPrefix(above+", "+text, ", ")
			}
		}
		for key, in := range l.names.Fields(item) {
			text := l.plain(nil, in)
			switch {
			case key == "label", key == "title" && in.Kind() == '"', text == "", string(in) == "[]", string(in) == "{}":
			case key == "timestamp_value":
				l.time(en, label, text, 0)
			case (key == "dict" || key == "vec") && in.Kind() == '[':
				l.labels(en, label, in)
			case key == "value" && in.Kind() == '"':
				en.lines = append(en.lines, named{label, text})
			default:
				l.member(en, strings.TrimSpace(label+" "+key), in, 0)
			}
		}
	}
}

// tuple is a record of the exports of 2018 to 2020: an array whose first text is
// a time.
func (l *lister) tuple(list []entry, raw jsonfile.Raw) []entry {
	var en entry
	for _, v := range jsonfile.Items(raw) {
		text := l.plain(nil, v)
		if w, ok := printed(text); ok && en.when.Precision == "" {
			en.when = w
			continue
		}
		if text != "" {
			en.lines = append(en.lines, named{"", text})
		}
	}
	if en.when.Precision == "" {
		return list
	}
	return append(list, en)
}

// fillEntry makes an event of an entry.
func (l *lister) fillEntry(e *timeline.Event, en *entry) {
	if len(en.claims) > 1 {
		e.Claims = en.claims
	}
	for _, c := range en.claims {
		if _, unit, ok := importers.ReadCount(c.When.Raw); ok && c.Chosen && strings.HasSuffix(c.Label, "_ms") {
			importers.FactsOf(e).UnitBySize(c.Label, unit, importers.Milliseconds)
		}
	}
	if e.Place = en.place; en.place.Fix {
		e.Place.Name = placeName(en.facts)
	}
	text := l.text[:0]
	for i, line := range en.lines {
		if i > 0 {
			text = append(text, '\n')
		}
		if line.name != "" {
			text = append(append(text, line.name...), ": "...)
		}
		text = append(text, line.value...)
	}
	l.text = text
	say(e, string(text))
	for _, f := range en.facts {
		fact(e, f.name, f.value)
	}
	for _, uri := range en.uris {
		if len(e.Files) < maxNames {
			e.Files = append(e.Files, l.files.find(uri))
		}
	}
	l.parties(e, en)
	if e.Text == "" {
		e.Text = firstOf(en.facts, "name", "action", "search", "device", "location", "ip_address", "ip")
	}
	if e.Text == "" {
		e.Text = l.about.name
	}
	sameAs(e, l.sameEntry(en))
}

// parties says who an entry is from, and to.
func (l *lister) parties(e *timeline.Event, en *entry) {
	own := timeline.Party{Name: l.owner.name, Address: l.owner.account, Owner: true}
	other := timeline.Party{Name: firstOf(en.facts, "name")}
	if other.Name == "" && len(en.lines) == 1 && en.lines[0].name == "" {
		other.Name = en.lines[0].value
	}
	other = l.account(other.Name)
	switch l.about.from {
	case theOwner:
		e.From = own
	case theOther:
		e.From = other
		e.To = []timeline.Party{own}
	case nobody:
		if who := firstOf(en.facts, "sender", "sender_name", "author"); who != "" {
			e.From = timeline.Party{Name: who}
		}
	}
}

// account is somebody by the name that a list has: Instagram's lists name
// accounts, Facebook's people.
func (r *reader) account(name string) timeline.Party {
	if r.product == Instagram && !strings.ContainsAny(name, " \n") {
		return timeline.Party{Name: name, Address: name}
	}
	return timeline.Party{Name: name}
}

// placeName is what a record calls the place of its coordinate.
func placeName(facts []named) string {
	for _, f := range facts {
		if strings.HasSuffix(f.name, "place name") {
			return f.value
		}
	}
	return ""
}

// firstOf gives the first fact of one of some names.
func firstOf(facts []named, names ...string) string {
	for _, name := range names {
		for _, f := range facts {
			if lastName(f.name) == name {
				return f.value
			}
		}
	}
	return ""
}
