package report

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"io"
	"path"
	"path/filepath"
	"testing"

	"daybook/timeline"
)

// A picture that is too fine is made for the place that it will have, and stands
// there as it was made: it is not packed a second time, neither below a long cover
// sheet nor above what a machine read in it, and in every shape.
func TestPicturesAreMadeForTheirPlace(t *testing.T) {
	k := newCase(t)
	picture := must(k.c.Item(2))(t)
	if err := k.x.KeepPictureTexts(timeline.PictureText{Picture: picture.Hash, Items: []int64{2}, Engine: "tesseract 5.3", Text: "one\ntwo\nthree"}); err != nil {
		t.Fatal(err)
	}
	for _, shape := range []image.Point{{4032, 3024}, {3024, 4032}, {1080, 2400}, {9000, 700}, {640, 480}} {
		var made []byte
		still := func(_ context.Context, _ io.Reader, fit Fit) (Still, error) {
			wide, high := fit(shape.X, shape.Y)
			f := min(1, float64(wide)/float64(shape.X), float64(high)/float64(shape.Y))
			wide, high = int(f*float64(shape.X)), int(f*float64(shape.Y))
			var b bytes.Buffer
			err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, wide, high)), nil)
			made = b.Bytes()
			return Still{made, wide, high}, err
		}
		dir := filepath.Join(t.TempDir(), "b")
		b := k.planned(t, Full, func(s *Selection) { s.Moment = Moment{} })
		if err := b.Write(t.Context(), dir, WriteOptions{Still: still}); err != nil {
			t.Fatal(err)
		}
		tree := readTree(t, dir)
		if !bytes.Contains(tree[documentFile], made) {
			t.Errorf("%v: the document has it packed anew", shape)
		}
		if size, err := jpeg.DecodeConfig(bytes.NewReader(made)); err != nil || (shape.X > 2000 || shape.Y > 3000) && size.Width*size.Height > 2062*2700 {
			t.Errorf("%v: it was made %d by %d, %v", shape, size.Width, size.Height, err)
		} else if onSide := size.Width > 3000; onSide != (shape.X > 3*shape.Y) { // wider than an upright page prints
			t.Errorf("%v: it was made %d wide", shape, size.Width)
		}
	}
	// one that came as a PNG and is small enough stays one
	dir := filepath.Join(t.TempDir(), "b")
	b := k.planned(t, Full, func(s *Selection) { s.Moment = Moment{} })
	if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	named := path.Join("data/timeline/pictures", path.Base(fileName("", 2, picture.Hash.String(), ".png")))
	if !isPNG(readTree(t, dir)[named]) {
		t.Errorf("%s is not there", named)
	}
}
