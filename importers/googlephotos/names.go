package googlephotos

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"daybook/importers"
)

// Takeout names a picture's file after the picture, shortened to 46 UTF-16 units
// in front of ".json". The number of a picture whose name came twice, "X(1).jpg",
// stands behind: "X.jpg(1).json". A changed copy, "X-edited.jpg", shares the file
// of the picture; so does the film of a live photo, "X.MP4" of "X.HEIC".

const (
	suffix   = ".supplemental-metadata"
	mostName = 46
	mostStem = 47 // of a picture's own name, in front of its ending
)

var (
	numbered   = regexp.MustCompile(`^(.+)(\(\d{1,5}\))(\.[^.]*)?$`)
	editedCopy = regexp.MustCompile(`(?i)-(edited|bearbeitet|modifié|editado|editada|bewerkt|modificato|redigerad|編集済み|edytowane)$`)
)

// namesFor are the names that the file of a picture can have, the likeliest
// first.
func namesFor(picture string) []string {
	var list []string
	for _, p := range picturesOf(picture) {
		for _, end := range []string{suffix, ""} {
			name := cut(p.name+end, mostName) + p.number + ".json"
			if !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}

type named struct{ name, number string }

// picturesOf are the names by which Google may know a picture.
func picturesOf(picture string) []named {
	var list []named
	if m := numbered.FindStringSubmatch(picture); m != nil {
		list = append(list, named{m[1] + m[3], m[2]})
	}
	list = append(list, named{picture, ""})
	for _, p := range slices.Clone(list) {
		ext := path.Ext(p.name)
		stem := strings.TrimSuffix(p.name, ext)
		if plain := editedCopy.ReplaceAllString(stem, ""); plain != stem {
			list = append(list, named{plain + ext, p.number})
		}
		switch strings.ToLower(ext) {
		case ".mp4", ".mov":
			for _, still := range []string{".HEIC", ".JPG", ".heic", ".jpg"} {
				list = append(list, named{stem + still, p.number})
			}
		}
	}
	return list
}

// cut shortens a name to so many UTF-16 units.
func cut(name string, most int) string {
	n := 0
	for i, r := range name {
		if n += utf16.RuneLen(r); n > most || utf16.RuneLen(r) < 0 {
			return name[:i]
		}
	}
	return name
}

// names tells whether a note's title is that of a picture, however shortened.
func (n Note) names(picture string) bool {
	title := strings.Map(onDisk, n.Title)
	for _, p := range picturesOf(picture) {
		ext := path.Ext(p.name)
		stem := strings.TrimSuffix(p.name, ext)
		if p.name == title || len(utf16.Encode([]rune(stem))) >= mostName-1 && strings.HasPrefix(title, stem) {
			return true
		}
		if stem == strings.TrimSuffix(title, path.Ext(title)) && (ext == "" || path.Ext(title) == "" || strings.EqualFold(ext, path.Ext(title))) {
			return true
		}
	}
	return false
}

// onDisk is what Takeout writes for a character that file names cannot have.
func onDisk(r rune) rune {
	if strings.ContainsRune(`&<>:"/\|?*'%`, r) || r < ' ' {
		return '_'
	}
	return r
}

// pictureOf finds the picture that a note is of; empty where it is not there.
func pictureOf(s importers.Source, n Note) string {
	own := path.Base(s.Path)
	stem := strings.TrimSuffix(own, path.Ext(own))
	number := ""
	if m := numbered.FindStringSubmatch(stem); m != nil && m[3] == "" {
		stem, number = m[1], m[2]
	}
	if i := strings.LastIndex(stem, ".s"); i > 0 && strings.HasPrefix(suffix, stem[i:]) {
		stem = stem[:i]
	}
	title := strings.Map(onDisk, n.Title)
	for _, name := range []string{title, cut(strings.TrimSuffix(title, path.Ext(title)), mostStem) + path.Ext(title), stem} {
		ext := path.Ext(name)
		name = strings.TrimSuffix(name, ext) + number + ext
		if name == own || !slices.Contains(namesFor(name), own) || !n.names(name) {
			continue
		}
		p := path.Join(path.Dir(s.Path), name)
		if info, err := fs.Stat(s.FS, p); err == nil && info.Mode().IsRegular() {
			return name
		}
	}
	return ""
}
