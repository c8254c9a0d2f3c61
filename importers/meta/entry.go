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
func (l *lister) entries(list []entry, record jsonfile.Tree, around *entry) []entry {
	if record[0].Kind == '[' {
		return l.tuple(list, record)
	}
	en := l.begin()
	defer l.end()
	l.own(en, record)
	if en.when.Precision == "" {
		more := l.begin()
		defer l.end()
		more.add(around, en)
		before := len(list)
		if list = l.inside(list, record, more); len(list) > before {
			return list
		}
	}
	l.rest(en, record)
	if en.when.Precision == "" {
		return list
	}
	list, made := added(list)
	made.add(around, en)
	return list
}

// begin gives an entry for a record that is being read; end takes the last one
// back.
func (l *lister) begin() *entry {
	if l.open == len(l.begun) {
		l.begun = append(l.begun, new(entry))
	}
	l.open++
	en := l.begun[l.open-1]
	en.clear()
	return en
}

func (l *lister) end() { l.open-- }

// added gives a list with one more entry, which is empty and has the memory of the
// one that stood there before.
func added(list []entry) ([]entry, *entry) {
	if n := len(list); n < cap(list) {
		list = list[:n+1]
	} else {
		list = append(list, entry{})
	}
	en := &list[len(list)-1]
	en.clear()
	return list, en
}

func (en *entry) clear() {
	*en = entry{claims: en.claims[:0], facts: en.facts[:0], lines: en.lines[:0], uris: en.uris[:0]}
}

// add makes it an entry with what is said around it.
func (en *entry) add(around, own *entry) {
	for _, e := range []*entry{around, own} {
		if e != nil {
			en.facts, en.lines, en.uris = append(en.facts, e.facts...), append(en.lines, e.lines...), append(en.uris, e.uris...)
		}
	}
	en.when, en.place, en.claims = own.when, own.place, append(en.claims, own.claims...)
}

// own takes the members that are no brackets, and the labels.
func (l *lister) own(en *entry, record jsonfile.Tree) {
	for f := range record.Inside() {
		switch name, kind := f[0].Name, f[0].Kind; {
		case name == "label_values" && kind == '[':
			l.labels(en, "", f)
		case name == "string_map_data" && kind == '{':
			l.labelled(en, f)
		case kind != '{' && kind != '[':
			l.member(en, l.says(name), f, 0)
		}
	}
}

// inside makes an entry of everything dated in the arrays of a record.
func (l *lister) inside(list []entry, record jsonfile.Tree, around *entry) []entry {
	before := len(list)
	for f := range record.Inside() {
		if f[0].Kind != '[' || isLabels(f[0].Name) || !dated(f) {
			continue
		}
		for v := range f.Inside() {
			if v[0].Kind == '{' && len(list)-before < maxEntries {
				list = l.entries(list, v, around)
			}
		}
	}
	return list
}

// rest takes the members that are brackets.
func (l *lister) rest(en *entry, record jsonfile.Tree) {
	for f := range record.Inside() {
		if kind := f[0].Kind; (kind == '{' || kind == '[') && !isLabels(f[0].Name) {
			l.member(en, l.says(f[0].Name), f, 1)
		}
	}
}

func isLabels(name string) bool { return name == "label_values" || name == "string_map_data" }

// isTime tells the names of times: what ends in "timestamp", which a unit may
// follow.
func isTime(name string) bool {
	switch name {
	case "timestamp", "taken_at", "created_at":
		return true
	}
	name, unit := strings.CutSuffix(name, "_ms")
	if !unit {
		name = strings.TrimSuffix(name, "_value")
	}
	return strings.HasSuffix(name, "timestamp") && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") == ""
}

// dated tells whether a time stands anywhere in a value.
func dated(v jsonfile.Tree) bool {
	for in := range v.Inside() {
		if isTime(in[0].Name) && counts(in[0].Raw) || dated(in) {
			return true
		}
	}
	return false
}

// counts tells a number that is not zero, which may be a text, and a date.
func counts(raw []byte) bool {
	raw = bytes.TrimPrefix(raw, []byte{'"'})
	return len(raw) > 0 && raw[0] >= '1' && raw[0] <= '9'
}

// member takes one member of a record: its time, a file, a place, or a fact.
func (l *lister) member(en *entry, name string, v jsonfile.Tree, depth int) {
	switch {
	case depth > maxListDepth:
		en.facts = append(en.facts, named{name, l.saysJSON(nil, string(v[0].Raw))})
	case isTime(lastName(name)) && (v[0].Kind == '0' || v[0].Kind == '"'):
		l.time(en, name, v[0].Plain(&l.texts), depth)
	case v[0].Kind == '{':
		l.position(en, v)
		for in := range v.Inside() {
			l.member(en, strings.TrimPrefix(name+" "+l.says(in[0].Name), " "), in, depth+1)
		}
	case v[0].Kind == '[':
		for in := range v.Inside() {
			l.member(en, name, in, depth+1)
		}
	default:
		value := l.value(v)
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

// value is one in words.
func (l *lister) value(v jsonfile.Tree) string { return l.says(v[0].Plain(&l.texts)) }

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
func (l *lister) position(en *entry, v jsonfile.Tree) {
	var at timeline.Place
	north, east := false, false
	for in := range v.Inside() {
		switch in[0].Name {
		case "latitude":
			at.Lat, north = degrees(in, at.Lat, north)
		case "longitude":
			at.Lon, east = degrees(in, at.Lon, east)
		}
	}
	if north && east && !en.place.Fix && (at.Lat != 0 || at.Lon != 0) {
		en.place.Lat, en.place.Lon, en.place.Fix = at.Lat, at.Lon, true
	}
}

// degrees reads one, in the place of what was read before.
func degrees(v jsonfile.Tree, before float64, read bool) (float64, bool) {
	if n, err := strconv.ParseFloat(jsonfile.Plain(v[0].Raw), 64); err == nil {
		return n, true
	}
	return before, read
}

// labelled takes string_map_data: labels with a value, a link and a time.
func (l *lister) labelled(en *entry, v jsonfile.Tree) {
	for in := range v.Inside() {
		if in[0].Kind != '{' {
			continue
		}
		label := l.says(in[0].Name)
		for value := range in.Inside() {
			text := l.value(value)
			switch key := value[0].Name; {
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
func (l *lister) labels(en *entry, above string, v jsonfile.Tree) {
	for item := range v.Inside() {
		if item[0].Kind != '{' {
			continue
		}
		label := above
		for in := range item.Inside() {
			if key := in[0].Name; (key == "label" || key == "title") && in[0].Kind == '"' {
				if text := l.value(in); text != "" {
					label = strings.TrimPrefix(above+", "+text, ", ")
				}
			}
		}
		for in := range item.Inside() {
			l.labelledValue(en, label, in)
		}
	}
}

// labelledValue takes one member of a label.
func (l *lister) labelledValue(en *entry, label string, in jsonfile.Tree) {
	key, kind, raw := in[0].Name, in[0].Kind, in[0].Raw
	switch text := l.value(in); {
	case key == "label", key == "title" && kind == '"', text == "", string(raw) == "[]", string(raw) == "{}":
	case key == "timestamp_value":
		l.time(en, label, text, 0)
	case (key == "dict" || key == "vec") && kind == '[':
		l.labels(en, label, in)
	case key == "value" && kind == '"':
		en.lines = append(en.lines, named{label, text})
	default:
		l.member(en, strings.TrimSpace(label+" "+key), in, 0)
	}
}

// tuple is a record of the exports of 2018 to 2020: an array whose first text is
// a time.
func (l *lister) tuple(list []entry, record jsonfile.Tree) []entry {
	list, en := added(list)
	for v := range record.Inside() {
		text := l.value(v)
		if w, ok := printed(text); ok && en.when.Precision == "" {
			en.when = w
			continue
		}
		if text != "" {
			en.lines = append(en.lines, named{"", text})
		}
	}
	if en.when.Precision == "" {
		return list[:len(list)-1]
	}
	return list
}

// fillEntry makes an event of an entry.
func (l *lister) fillEntry(e *timeline.Event, en *entry) {
	if len(en.claims) > 1 {
		e.Claims = slices.Clone(en.claims)
	}
	for _, c := range en.claims {
		if !c.Chosen || !strings.HasSuffix(c.Label, "_ms") {
			continue
		}
		if _, unit, ok := importers.ReadCount(c.When.Raw); ok {
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
	say(e, l.texts.Of(text))
	e.Extra = make(timeline.Facts, 0, len(en.facts)+1)
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
