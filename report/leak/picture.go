package leak

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/bep/imagemeta"
)

// WhatPlace is what a file tells of where it was made, that no word is needed for: each such
// file is named.
const (
	WhatPlace = "a place in the file of a picture or a film"
	onePlace  = -1 // beside the secrets
)

// formats are the pictures whose facts are read, by their first bytes.
func format(b []byte) (imagemeta.ImageFormat, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8")):
		return imagemeta.JPEG, true
	case bytes.HasPrefix(b, []byte("\x89PNG")):
		return imagemeta.PNG, true
	case bytes.HasPrefix(b, []byte("II*\x00")), bytes.HasPrefix(b, []byte("MM\x00*")):
		return imagemeta.TIFF, true
	case len(b) > 12 && string(b[8:12]) == "WEBP":
		return imagemeta.WebP, true
	}
	return 0, false
}

// picture looks through the facts of a picture's file, through its bytes, and
// through the words that it shows.
func (l *look) picture(at Place, b []byte) error {
	facts := Place{File: at.File, In: "the facts about the picture"}
	if f, ok := format(b); ok {
		err := l.facts(facts, b, f)
		if err != nil && !imagemeta.IsInvalidFormat(err) {
			l.note(fmt.Sprintf("%s: the facts about the picture cannot be read", at.File))
		}
	}
	if bytes.HasPrefix(b, []byte("\x89PNG")) {
		l.texts(at, b)
	}
	l.segments(at, b)
	l.looks(at, b)
	if err := l.stream(l.long, at, bytes.NewReader(b)); err != nil {
		return err
	}
	return l.shows(at, "the picture", b)
}

// shows looks through the words that a picture shows, where something reads them. A
// picture that stands in many places is read once.
func (l *look) shows(at Place, what string, b []byte) error {
	if l.o.Read == nil {
		return l.ctx.Err()
	}
	sum := pixelSum(b)
	words, known := l.shown[sum]
	if !known {
		var err error
		words, err = l.o.Read(l.ctx, at.File, b)
		if l.ctx.Err() != nil {
			return l.ctx.Err()
		}
		if err != nil {
			l.note(fmt.Sprintf("%s: the words that %s shows were not read: %v", at.File, what, err))
			return nil
		}
		l.list.Pictures++
		l.shown[sum] = words
	}
	l.text(Place{File: at.File, Page: at.Page, In: what + ", as read by " + l.o.Reader}, words)
	return nil
}

// told are the facts about a picture that name somebody, or are somebody's words.
var told = []string{"artist", "creator", "author", "by-line", "byline", "credit", "copyright", "copyrightnotice", "rights", "cameraownername", "ownername", "imagedescription", "description", "caption", "caption-abstract", "title", "objectname", "headline", "usercomment", "xpauthor", "xpcomment", "xptitle", "xpsubject", "xpkeywords", "keywords", "subject"}

func (l *look) facts(at Place, b []byte, f imagemeta.ImageFormat) (err error) {
	defer func() {
		// The file comes from anybody, and so does what reads it.
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: %v", at.File, r)
		}
	}()
	_, err = imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(b), ImageFormat: f, Sources: imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		HandleTag: func(tag imagemeta.TagInfo) error {
			if tag.Tag == "GPSLatitude" {
				l.add(onePlace, WhatPlace, "GPS", at)
			}
			text := fmt.Sprint(tag.Value)
			if l.text(at, text); slices.Contains(told, strings.ToLower(tag.Tag)) {
				l.tells(at, strings.ToLower(tag.Tag), text)
			}
			return nil
		},
		Warnf: func(string, ...any) {},
	})
	return err
}
