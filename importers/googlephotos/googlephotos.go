// Package googlephotos reads the files that Google Takeout lays beside the
// pictures and films of Google Photos, one for each: when it was taken and
// uploaded, where, what somebody wrote to it, and who Google was told is in it.
//
//	Photos from 2024/IMG_0001.jpg
//	Photos from 2024/IMG_0001.jpg.json                          until 2024
//	Photos from 2024/IMG_0001.jpg.supplemental-metadata.json    since
//
// Where the picture is in the export, importers/photo takes what its file says
// (Beside), and this importer says so of the file. Where it is not, the file is
// an event of its own, with the picture named as missing.
//
// Times are seconds of UTC. photoTakenTime is what Google made of the picture's
// own clock, its name or the time at which it arrived, and a person can change
// it; creationTime is when it was uploaded. A place of 0, 0 is none; geoDataExif
// is the camera's, geoData may be Google's guess or a person's.
//
// Sources: the names are as the tests of public readers list them.
package googlephotos

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "googlephotos",
		Version: 2,
		Title:   "Google Photos (Takeout)",
		HowToGet: "On a computer, open takeout.google.com and sign in. Tap Deselect all, tick Google Photos, tap Next step and Create export. " +
			"Google sends an e-mail with a link, which works for seven days. Download every part and add all zip files here in one go, without unpacking them: " +
			"a picture and what Google says of it are often in two different parts.",
		LeavesOut: []string{
			"Pictures that were deleted, and those in the locked folder.",
			"By whom a time or a place was changed, and what it was before.",
			"Comments of others on shared albums.",
		},
		Tried: []string{
			"Files named .json, 2017 to 2024",
			"Files named .supplemental-metadata.json and its shortened forms, 2024 to 2026",
		},
	}
}

// Claims goes by the names of members that no other file has.
func (importer) Claims(s importers.Source) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(s.Head, []byte("\ufeff")), " \t\r\n")
	return strings.EqualFold(path.Ext(s.Path), ".json") && bytes.HasPrefix(head, []byte("{")) && bytes.Contains(head, []byte(`"title"`)) &&
		(bytes.Contains(head, []byte(`"photoTakenTime"`)) || bytes.Contains(head, []byte(`"geoDataExif"`)))
}

var errShown = errors.New("what this file says is shown with its picture")

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if f.Kind() != '{' {
		return importers.ErrNotMine
	}
	v, err := f.Value()
	if err == nil {
		err = hand(s, v, out)
	}
	if err == nil {
		err = f.End()
	}
	if broken := (*jsonfile.Broken)(nil); errors.As(err, &broken) {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	return err
}

func hand(s importers.Source, v jsonfile.Value, out importers.Output) error {
	note, err := read(v)
	if err != nil {
		return out.Skip("file", v.Text(), err)
	}
	if picture := pictureOf(s, note); picture != "" {
		return out.Skip("file", v.Text(), fmt.Errorf("%w, %s", errShown, picture))
	}
	e := timeline.Event{Kind: kindOf(note.Title), When: note.Taken, Text: note.Description, Place: note.Place, Source: timeline.Pinpoint{Record: "file"}}
	facts := importers.FactsOf(&e)
	chosen := TakenLabel
	if _, dated := note.Taken.Order(); !dated {
		chosen, e.When = UploadedLabel, note.Uploaded
		facts.Flag(timeline.WeakTime)
		if note.Taken.Raw != importers.Undated("").Raw {
			facts.Add("photoTakenTime as printed", note.Taken.Raw)
		}
	}
	if e.Claims = note.Claims(); len(e.Claims) < 2 {
		e.Claims = nil
	}
	for i := range e.Claims {
		e.Claims[i].Chosen = e.Claims[i].Label == chosen
	}
	if note.Differs {
		facts.Flag(timeline.TimesDisagree)
	}
	facts.Add("place from", note.PlaceFrom)
	e.Files = []timeline.Attachment{{Name: note.Title, Missing: true, Note: "the picture that this file describes is not in the export beside it"}}
	for name, value := range note.Facts.Rest() {
		facts.Add(name, value)
	}
	e.Extra.Set(timeline.SameKey, importers.SameOf("picture", note.Title, note.Taken.Raw, note.Uploaded.Raw))
	return out.Event(e)
}

func kindOf(title string) timeline.Kind {
	switch strings.ToLower(path.Ext(title)) {
	case ".mp4", ".mov", ".m4v", ".3gp", ".avi", ".mkv", ".mts", ".webm", ".wmv", ".mpg":
		return timeline.Video
	}
	return timeline.Photo
}
