package report

import (
	"bytes"
	"encoding/json"
	"iter"

	"daybook/evidence"
)

// pagePictures are what was made of originals for the pages of earlier bundles. It
// is the case.
type pagePictures interface {
	PagePictures(evidence.Hash) iter.Seq[[]byte]
	KeepPagePicture(evidence.Hash, []byte) error
}

// recipe is all that the bytes of a picture hang on beside its original. It stands
// in a line of its own before the picture that is kept.
type recipe struct {
	By     string // what made it, with its version
	Of     [2]int // how large the original is, upright
	Within [2]int // how large it was wanted at most
	Size   [2]int // how large it is
}

// kept gives the picture of an original as it was made for an earlier bundle: made
// in the same way, and as large.
func (b *Bundle) kept(h evidence.Hash, fit Fit) (Still, bool) {
	if b.madeBefore == nil || b.coder == "" {
		return Still{}, false
	}
	for p := range b.madeBefore.PagePictures(h) {
		line, data, _ := bytes.Cut(p, []byte("\n"))
		var r recipe
		if json.Unmarshal(line, &r) != nil || r.By != b.coder {
			continue
		}
		if wide, high := fit(r.Of[0], r.Of[1]); r.Within == [2]int{wide, high} {
			return Still{data, r.Size[0], r.Size[1]}, true
		}
	}
	return Still{}, false
}

// keepFor gives a fit that notes what it was asked, and what keeps the picture that
// was made with it. One that cannot be kept is made again the next time: that costs
// no bundle.
func (b *Bundle) keepFor(h evidence.Hash, fit Fit) (noting Fit, keep func(Still)) {
	r := recipe{By: b.coder}
	noting = func(wide, high int) (int, int) {
		r.Of = [2]int{wide, high}
		r.Within[0], r.Within[1] = fit(wide, high)
		return r.Within[0], r.Within[1]
	}
	keep = func(s Still) {
		if b.madeBefore == nil || b.coder == "" || r.Of == [2]int{} {
			return
		}
		r.Size = [2]int{s.Width, s.Height}
		line, err := json.Marshal(r)
		if err == nil {
			_ = b.madeBefore.KeepPagePicture(h, append(append(line, '\n'), s.Data...))
		}
	}
	return noting, keep
}
