package lint

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"daybook/assets/profiles"
)

func pageSize(l *linter, r profiles.Rule, s *sheet) {
	const near = 2 // mm
	b := s.page.box
	short, long := min(b.width(), b.height())/mm, max(b.width(), b.height())/mm
	w, h := r.Numbers["width_mm"], r.Numbers["height_mm"]
	if math.Abs(short-min(w, h)) > near || math.Abs(long-max(w, h)) > near {
		l.note(r, s.number, fmt.Sprintf("The page has %.0f by %.0f mm.", b.width()/mm, b.height()/mm))
	}
}

// orientation looks in which way most of the letters of a page run.
func orientation(l *linter, r profiles.Rule, s *sheet) {
	const few = 8
	var letters [4]int
	for _, p := range s.pieces {
		letters[s.reads(p)] += utf8.RuneCountInString(p.text)
	}
	most := 0
	for turn, n := range letters {
		if n > letters[most] {
			most = turn
		}
	}
	if most == 0 || letters[most] < few {
		return
	}
	l.note(r, s.number, [...]string{"", "The page lies on its side: it reads upwards.", "The page stands upside down.", "The page lies on its side: it reads downwards."}[most])
}

// text looks whether what is printed can be searched: a page that is a picture
// with no more than its number is not, nor are letters that the file does not
// tell.
func text(l *linter, r profiles.Rule, s *sheet) {
	said := 0
	height := s.height()
	for _, p := range s.pieces {
		if b := s.upright(p.box); b.bottom > footBand && b.top < height-footBand {
			said += utf8.RuneCountInString(p.text)
		}
	}
	all := utf8.RuneCountInString(s.text())
	switch {
	case said == 0 && s.pictured() > 0.3:
		l.note(r, s.number, "The page is a picture without text.")
	case all > 0 && s.unsaid*3 > all:
		l.note(r, s.number, "The file does not tell which letters are printed, so they cannot be searched.")
	}
}

// pictured is how much of the page its largest picture takes.
func (s *sheet) pictured() float64 {
	most := 0.0
	for _, p := range s.pictures {
		most = max(most, covers(p.box, s.page.box))
	}
	return most
}

func pictureResolution(l *linter, r profiles.Rule, s *sheet) {
	const rounding = 1.02
	finest := 0.0
	for _, p := range s.pictures {
		finest = max(finest, p.dpi)
	}
	if finest > r.Numbers["dpi"]*rounding {
		l.noteAs(r, "fine", s.number, fmt.Sprintf("A picture has %.0f dots per inch.", finest))
	}
}

// Eyes is how the pages of a PDF differ for who sees them and for who searches them.
type Eyes struct {
	Hidden []Span // pages on which words can be copied that nobody sees: under a box or a picture, in the colour of the paper, not printed, beside the page
	Silent []Span // pages whose letters are seen and not told: a scan, a font that does not say which letters it has
}

// See looks through the pages of a PDF. An error means that it could not be done.
func See(ctx context.Context, file File) (e Eyes, err error) {
	only := profiles.Profile{Rules: []profiles.Rule{{ID: profiles.NoHiddenText}, {ID: profiles.Text}}}
	v, err := Hold(ctx, file, only, time.Time{})
	for _, f := range v.Findings {
		if f.Rule == profiles.Text {
			e.Silent = append(e.Silent, f.Pages...)
		} else {
			e.Hidden = append(e.Hidden, f.Pages...)
		}
	}
	return e, err
}

func hiddenText(l *linter, r profiles.Rule, s *sheet) {
	for _, p := range s.pieces {
		if why := s.hidden(p); why != "" {
			l.noteAs(r, why, s.number, fmt.Sprintf("Text %s can be copied: “%s”.", why, cutText(p.text)))
		}
	}
}

// hidden tells why a piece of text is not to be seen; empty when it is, or when
// it says what a picture shows.
func (s *sheet) hidden(p piece) string {
	const most, smallest = 0.9, 0.9
	if covers(s.page.box, p.box) == 0 && p.box.width() > 0 {
		return "outside the page"
	}
	if p.unseen || p.size < smallest {
		if s.pictureAt(p) {
			return ""
		}
		return "that is not printed"
	}
	behind := false // of white text: something darker
	for _, f := range s.fills {
		switch {
		case f.at > p.at && covers(f.box, p.box) > most:
			return "under a box"
		case f.at < p.at && !f.white && covers(f.box, p.box) > 0.5:
			behind = true
		}
	}
	for _, i := range s.pictures {
		switch {
		case i.at > p.at && covers(i.box, p.box) > most && covers(i.box, s.page.box) < wholePage:
			return "under a picture"
		case i.at < p.at && covers(i.box, p.box) > 0.5:
			behind = true
		}
	}
	if p.white && !behind {
		return "in the colour of the paper"
	}
	return ""
}

// wholePage is how much of a page a scan of it takes: text below such a picture
// says what it shows.
const wholePage = 0.7

func (s *sheet) pictureAt(p piece) bool {
	for _, i := range s.pictures {
		if covers(i.box, p.box) > 0.5 {
			return true
		}
	}
	return false
}

// textSize looks in which size most of a page's text is printed. A page of a few
// words, such as a picture's, is not asked.
func textSize(l *linter, r profiles.Rule, s *sheet) {
	const few = 60
	letters, small, height := 0, 0, s.height()
	sizes := map[float64]int{}
	for _, p := range s.pieces {
		b := s.upright(p.box)
		if b.bottom < footBand || b.top > height-footBand || s.hidden(p) != "" {
			continue
		}
		n := utf8.RuneCountInString(p.text)
		letters += n
		if p.typed < r.Numbers["points"]-0.1 {
			small += n
			sizes[math.Round(p.typed*10)/10] += n
		}
	}
	if letters < few || small*2 < letters {
		return
	}
	most := 0.0
	for _, size := range slices.Sorted(maps.Keys(sizes)) {
		if sizes[size] > sizes[most] {
			most = size
		}
	}
	l.noteAs(r, fmt.Sprint(most), s.number, fmt.Sprintf("Most of the text is printed in %g points.", most))
}
