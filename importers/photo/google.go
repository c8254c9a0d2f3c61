package photo

import (
	"path"
	"regexp"

	"daybook/importers"
	"daybook/importers/googlephotos"
	"daybook/timeline"
)

// googleTimes are the times that Google Photos gives in the file beside a
// picture.
func googleTimes(n *googlephotos.Note) []candidate {
	if n == nil {
		return nil
	}
	var list []candidate
	for _, c := range n.Claims() {
		r := googleTaken
		if c.Label == googlephotos.UploadedLabel {
			r = googleUploaded
		}
		list = append(list, candidate{rank: r, label: c.Label, when: c.When, note: c.Note})
	}
	return list
}

// google notes what else Google Photos says of a picture, and lists its file. A
// place of the picture's own goes before Google's.
func google(e *timeline.Event, n *googlephotos.Note) {
	if n == nil {
		return
	}
	facts := importers.FactsOf(e)
	if n.PlaceFrom != "" && !e.Place.Fix {
		e.Place = n.Place
		facts.Add("place from", "Google Photos, "+n.PlaceFrom)
	}
	if n.Description != "" && e.Text == "" {
		facts.Say(timeline.CaptionBeside + n.Description)
	} else {
		facts.Add("description in Google Photos", n.Description)
	}
	facts.Add("title in Google Photos", n.Title)
	for name, value := range n.Facts.Rest() {
		facts.Add("Google Photos "+name, value)
	}
	e.Files = append(e.Files, timeline.Attachment{Name: path.Base(n.Path), Path: n.Path, Note: "what Google Photos says of this picture"})
}

// googleFolder is that of Google Photos in an export, in the account's language.
var googleFolder = regexp.MustCompile(`(?i)(^|/)takeout/google (photos?|fotos?)/`)

func fromGooglePhotos(p string) bool { return googleFolder.MatchString(p) }
