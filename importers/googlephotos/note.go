package googlephotos

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// Note is what Google says of a picture.
type Note struct {
	Path        string // of the file, in the export's tree
	Title       string // the picture's name before Takeout shortened it
	Description string // what somebody wrote to it
	Taken       timeline.When
	Uploaded    timeline.When // undated where it is not said
	Place       timeline.Place
	PlaceFrom   string // "geoDataExif" or "geoData"; empty without a place
	Differs     bool   // a time is printed beside a count of another
	Facts       jsonfile.Flat
}

// What the times are called, and mean.
const (
	TakenLabel    = "Google Photos photoTakenTime"
	UploadedLabel = "Google Photos creationTime"

	takenNote    = "as Google Photos keeps it: made of the picture's own clock, its name or its arrival, and a person can change it"
	uploadedNote = "when it came to Google Photos"
)

// Claims are the times that it gives.
func (n Note) Claims() []timeline.Claim {
	var list []timeline.Claim
	for _, c := range []timeline.Claim{
		{Label: TakenLabel, When: n.Taken, Note: takenNote},
		{Label: UploadedLabel, When: n.Uploaded, Note: uploadedNote},
	} {
		if c.When.Precision != timeline.Undated {
			list = append(list, c)
		}
	}
	return list
}

const maxNote = 1 << 20 // bytes of a file that is looked at for a picture

// Beside finds what Google says of the picture that a source is. A file that
// cannot be read is told of when it is read by itself.
func Beside(ctx context.Context, s importers.Source) (n Note, found bool, err error) {
	if s.FS == nil {
		return Note{}, false, nil
	}
	dir, base := path.Split(s.Path)
	for _, name := range namesFor(base) {
		p := path.Join(dir, name)
		info, err := fs.Stat(s.FS, p)
		if errors.Is(err, fs.ErrNotExist) || err == nil && (!info.Mode().IsRegular() || info.Size() > maxNote) {
			continue
		}
		if err != nil {
			return Note{}, false, fmt.Errorf("%s: %w", p, err)
		}
		v, err := whole(ctx, s.FS, p)
		if broken := (*jsonfile.Broken)(nil); errors.As(err, &broken) {
			continue
		}
		if err != nil {
			return Note{}, false, fmt.Errorf("%s: %w", p, err)
		}
		if n, err := read(v); err == nil && n.names(base) {
			n.Path = p
			return n, true, nil
		}
	}
	return Note{}, false, nil
}

func whole(ctx context.Context, tree fs.FS, name string) (v jsonfile.Value, err error) {
	f, err := tree.Open(name)
	if err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err := io.ReadAll(io.LimitReader(importers.UntilDone(ctx, f), maxNote))
	if err != nil {
		return v, err
	}
	return jsonfile.New(ctx, bytes.NewReader(data)).Value()
}

var errOther = errors.New("this file says nothing of a picture")

// read reads a file's one value.
func read(v jsonfile.Value) (Note, error) {
	var r jsonfile.Leaves
	if err := v.Decode(&r); err != nil {
		return Note{}, err
	}
	n := Note{Title: r.Get("title"), Description: r.Get("description")}
	if n.Title == "" {
		return n, errOther
	}
	used := []string{"title", "description", "photoTakenTime timestamp", "creationTime timestamp"}
	n.Taken = moment(r.Get("photoTakenTime timestamp"), r.Get("photoTakenTime formatted"))
	n.Uploaded = moment(r.Get("creationTime timestamp"), r.Get("creationTime formatted"))
	n.Differs = differ(n.Taken, r.Get("photoTakenTime formatted")) || differ(n.Uploaded, r.Get("creationTime formatted"))
	for _, from := range []string{"geoDataExif", "geoData"} {
		lat, okLat := degrees(r.Get(from+" latitude"), 90)
		lon, okLon := degrees(r.Get(from+" longitude"), 180)
		if okLat && okLon && (lat != 0 || lon != 0) {
			n.Place, n.PlaceFrom = timeline.Place{Lat: lat, Lon: lon, Fix: true}, from
			break
		}
	}
	for name, value := range r.Rest(used...) {
		n.Facts = append(n.Facts, jsonfile.Field{Name: name, Value: value})
	}
	return n, nil
}

func moment(stamp, formatted string) timeline.When {
	n, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || n == 0 || n < -5e9 || n > 4e9 {
		return importers.Undated(stamp)
	}
	raw := stamp
	if formatted != "" {
		raw += " (" + formatted + ")"
	}
	return timeline.FromInstant(time.Unix(n, 0), timeline.Second, importers.Shorten(raw, 200))
}

// differ tells whether the time that is printed beside a count is another, where
// it is printed in English.
func differ(counted timeline.When, printed string) bool {
	plain := strings.ReplaceAll(printed, "\u202f", " ")
	for _, form := range []string{"2 Jan 2006, 15:04:05 UTC", "Jan 2, 2006, 3:04:05 PM UTC"} {
		t, err := time.Parse(form, plain)
		if err == nil && counted.Precision == timeline.Undated {
			return t.Unix() != 0
		}
		if err == nil {
			return !t.Equal(counted.Instant)
		}
	}
	return false
}

func degrees(text string, most float64) (float64, bool) {
	d, err := strconv.ParseFloat(text, 64)
	return d, err == nil && math.Abs(d) <= most
}
