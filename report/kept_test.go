package report

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"daybook/timeline"
)

// A picture that was made for one bundle stands in the next one as it was made, and
// two bundles are the same, byte for byte, whether their pictures were made or kept.
// What another version made, or for another place, is not taken. What is painted over
// is kept nowhere. What was prepared ahead is what the bundle would have made.
func TestPicturesAreMadeOnce(t *testing.T) {
	k := newCase(t)
	made := 0
	still := func(_ context.Context, _ io.Reader, fit Fit) (Still, error) {
		made++
		wide, high := fit(48, 32)
		grey := image.NewGray(image.Rect(0, 0, wide, high))
		grey.SetGray(3, 3, color.Gray{uint8(wide)})
		var b bytes.Buffer
		err := png.Encode(&b, grey)
		return Still{b.Bytes(), wide, high}, err
	}
	write := func(coder string, pack Pack) map[string][]byte {
		t.Helper()
		made = 0
		b := k.planned(t, pack, func(s *Selection) { s.Coder = coder })
		dir := filepath.Join(t.TempDir(), "b")
		if err := b.Write(t.Context(), dir, WriteOptions{Still: still}); err != nil {
			t.Fatal(err)
		}
		return readTree(t, dir)
	}
	fresh := write("", Full)
	if made != 1 || len(k.pagePictures(t)) != 0 {
		t.Fatalf("%d were made, %d kept without a coder", made, len(k.pagePictures(t)))
	}
	prepare := func(added bool) Prepared {
		t.Helper()
		made = 0
		p := Preparation{Case: k.c, Index: k.x, Selection: Selection{Coder: "ahead"}, Profile: General, Still: still, Added: added}
		return must(p.Prepare(t.Context()))(t)
	}
	if got := prepare(true); got != (Prepared{Pictures: 1, Made: 1}) || made != 1 {
		t.Errorf("prepared: %+v, %d made", got, made)
	}
	if got := prepare(true); got != (Prepared{}) || made != 0 {
		t.Errorf("prepared with nothing added: %+v, %d made", got, made)
	}
	if got := prepare(false); got != (Prepared{Pictures: 1}) || made != 0 {
		t.Errorf("prepared again: %+v, %d made", got, made)
	}
	ahead := write("ahead", Full)
	if made != 0 {
		t.Errorf("%d were made that were prepared", made)
	}
	first := write("coder 1", Full)
	if made != 1 || len(k.pagePictures(t)) != 1 {
		t.Fatalf("%d were made for the first bundle, %d kept", made, len(k.pagePictures(t)))
	}
	second := write("coder 1", Full)
	if made != 0 {
		t.Errorf("%d were made for the second bundle", made)
	}
	for name, other := range map[string]map[string][]byte{"prepared": ahead, "made": first, "kept": second} {
		if !maps.EqualFunc(fresh, other, bytes.Equal) {
			t.Errorf("the bundle whose pictures were %s is another", name)
		}
	}
	if write("coder 2", Full); made != 1 {
		t.Errorf("%d were made by the next version", made)
	}
	whole := k.pagePictures(t)
	must(k.x.Withhold(t.Context(), timeline.WithholdingDraft{Code: "VEHICLE", Item: 2, Areas: []timeline.Area{{Width: 40, Height: 30, Wide: 48, High: 32}}}))(t)
	write("coder 2", Served)
	if now := k.pagePictures(t); made != 0 || !slices.EqualFunc(whole, now, bytes.Equal) {
		t.Errorf("%d were made for what is painted over, and %d are kept of %d before", made, len(now), len(whole))
	}
	b := k.planned(t, Full, func(s *Selection) { s.Coder = "coder 2" })
	if _, ok := b.kept(b.Exhibits[1].Hash, func(int, int) (int, int) { return 24, 16 }); ok {
		t.Error("one of another size is taken")
	}
}

// pagePictures are what is kept of the picture of the case.
func (k *realCase) pagePictures(t *testing.T) [][]byte {
	t.Helper()
	return slices.Collect(k.c.PagePictures(must(k.c.Item(2))(t).Hash))
}
