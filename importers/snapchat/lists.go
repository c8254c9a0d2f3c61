package snapchat

import (
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// other is a record of a list that is read by its date alone.
func (x *export) other(list string, r jsonfile.Flat) (timeline.Event, error) {
	when, name, err := dated(r)
	e := timeline.Event{Kind: timeline.System, When: when, To: []timeline.Party{x.self()}, Text: list,
		Flags: []timeline.Flag{timeline.AppText}, Extra: timeline.Facts{}}
	e.Extra.Set(timeline.SameKey, sameRow(list, r))
	rest(&e, r, name)
	return e, err
}

func sameRow(list string, r jsonfile.Flat) string {
	parts := []string{list}
	for _, f := range r {
		parts = append(parts, f.Name, f.Value)
	}
	return importers.SameOf(parts...)
}

// login is a use of the account, or a device on which it was used; whoever used
// it.
func (x *export) login(list string, r jsonfile.Flat) (timeline.Event, error) {
	e, err := x.other(list, r)
	e.Kind, e.Text, e.Flags = timeline.Login, "", nil
	e.Extra.Set("type", strings.ToLower(list))
	return e, err
}

// friend is an account in one of the lists of accounts, which its name tells:
// friends, requests, blocked and deleted ones.
func (x *export) friend(list string, r jsonfile.Flat) (timeline.Event, error) {
	first, err := moment(r.Get("Creation Timestamp"))
	last, lastErr := moment(r.Get("Last Modified Timestamp"))
	if err != nil && lastErr == nil {
		first, err = last, nil
	}
	e := timeline.Event{Kind: timeline.System, When: first, From: x.self(), Text: list, Flags: []timeline.Flag{timeline.AppText}, Extra: timeline.Facts{}}
	e.To = []timeline.Party{{Name: r.Get("Display Name"), Address: r.Get("Username")}}
	if lastErr == nil && !last.Instant.Equal(first.Instant) {
		e.Claims = []timeline.Claim{{Label: "Creation Timestamp", When: first, Chosen: true},
			{Label: "Last Modified Timestamp", When: last, Note: "of a blocked or deleted account, at the latest then"}}
	}
	e.Extra.Set(timeline.SameKey, sameRow(list, r))
	rest(&e, r, "Username", "Display Name", "Creation Timestamp")
	return e, err
}

// call is a call that the account made or received; with whom it does not say.
func (x *export) call(list string, r jsonfile.Flat) (timeline.Event, error) {
	when, name, err := dated(r)
	e := timeline.Event{Kind: timeline.Call, When: when, Extra: timeline.FactsOf("with", "the export does not say")}
	switch {
	case strings.HasPrefix(list, "outgoing"):
		e.From = x.self()
		e.Extra.Set("type", "outgoing")
	case strings.HasPrefix(list, "incoming"):
		e.To = []timeline.Party{x.self()}
		e.Extra.Set("type", "incoming")
	default:
		e.To = []timeline.Party{x.self()}
		e.Extra.Set("type", list)
	}
	if kind := r.Get("Type"); kind != "" {
		e.Extra.Set("call type", strings.ToLower(kind))
	}
	if s := r.Get("Length (sec)"); s != "" {
		e.Extra.Set("duration", s+" s")
	}
	e.Extra.Set(timeline.SameKey, sameRow(list, r))
	rest(&e, r, name, "Type", "Length (sec)")
	return e, err
}

// memory is a snap that the account kept.
func (x *export) memory(r jsonfile.Flat) (timeline.Event, error) {
	when, name, err := dated(r)
	e := timeline.Event{Kind: timeline.Photo, When: when, From: x.self(), Extra: timeline.FactsOf("type", "memory")}
	if strings.EqualFold(r.Get("Media Type"), "video") {
		e.Kind = timeline.Video
	}
	e.Place = at(r.Get("Location"))
	x.media.memory(&e)
	e.Extra.Set(timeline.SameKey, importers.SameOf("memory", r.Get(name), r.Get("Media Type"), r.Get("Location")))
	rest(&e, r, name, "Location")
	return e, err
}

// place is where the device of the account was, or may have been.
func (x *export) place(list string, r jsonfile.Flat) (timeline.Event, error) {
	when, name, err := dated(r)
	e := timeline.Event{Kind: timeline.Location, When: when, From: x.self(), Extra: timeline.FactsOf("list", list)}
	e.Place = at(r.Get("Value", "Latitude, Longitude", "Location", "Lat Long"))
	shown := []string{name}
	if e.Place.Fix {
		if words := r.Get("Value"); strings.Contains(words, "±") {
			e.Extra.Set("as printed", words)
		}
		shown = append(shown, "Value", "Latitude, Longitude")
	} else {
		var names []string
		for _, part := range []string{"Place", "Place Location", "City", "Region", "Country", "Postal Code"} {
			if s := r.Get(part); s != "" {
				names = append(names, s)
			}
			shown = append(shown, part)
		}
		e.Place.Name = strings.Join(names, ", ")
	}
	if e.Extra.Set(timeline.SameKey, sameRow(list, r)); err == nil && e.Place == (timeline.Place{}) && r.Get("Value") == "" {
		return x.other(list, r)
	}
	rest(&e, r, shown...)
	return e, err
}

// at reads "Latitude, Longitude: 51.4, -0.1", and "51.470 ± 14.2, -0.012 ± 14.2".
// 0, 0 is what Snapchat writes for no place.
func at(text string) timeline.Place {
	first, second, ok := strings.Cut(strings.TrimPrefix(text, "Latitude, Longitude: "), ",")
	if !ok {
		return timeline.Place{}
	}
	lat, err := degrees(first, 90)
	lon, err2 := degrees(second, 180)
	if err != nil || err2 != nil || lat == 0 && lon == 0 {
		return timeline.Place{}
	}
	return timeline.Place{Lat: lat, Lon: lon, Fix: true}
}

func degrees(text string, most float64) (float64, error) {
	text, _, _ = strings.Cut(text, "±")
	d, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err == nil && !(d >= -most && d <= most) {
		err = strconv.ErrRange
	}
	return d, err
}
