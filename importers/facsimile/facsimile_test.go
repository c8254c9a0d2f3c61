package facsimile

import (
	"errors"
	"fmt"
	"image"
	"os"
	"strings"
	"testing"

	"daybook/importers/worker"
)

// TestMain lets the test program become the engine.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == worker.ArgOutside {
		fmt.Fprintln(os.Stderr, worker.Become(os.Args[2:]))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// twoPages is a PDF of a grey page on its side and a red one of which a part is shown.
const twoPages = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 200 100]>>\nendobj\n" +
	"3 0 obj\n<</Type/Page/Parent 2 0 R/Rotate 90/Contents 5 0 R>>\nendobj\n4 0 obj\n<</Type/Page/Parent 2 0 R/CropBox[0 0 50 60]/Contents 6 0 R>>\nendobj\n" +
	"5 0 obj\n<</Length 19>>\nstream\n0.5 g 0 0 50 50 re f\nendstream\nendobj\n6 0 obj\n<</Length 22>>\nstream\n1 0 0 rg 0 0 50 50 re f\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 7>>\n"

// A page is drawn upright, as large as it is, without what is cut off; without colours
// it is grey. What is no page of a PDF is an error, and a missing engine says what to
// install.
func TestPage(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	e := Engine{exe}
	for page, want := range []image.Point{{200, 400}, {100, 120}} {
		img, err := e.Page(t.Context(), strings.NewReader(twoPages), page+1, 144)
		if err != nil {
			t.Fatal(err)
		}
		if _, grey := img.(*image.Gray); img.Bounds().Size() != want || grey != (page == 0) {
			t.Errorf("page %d has %v, grey %t", page+1, img.Bounds().Size(), grey)
		}
	}
	for what, of := range map[string]string{"no PDF": "words", "half a PDF": twoPages[:300], "no such page": twoPages} {
		if img, err := e.Page(t.Context(), strings.NewReader(of), 3, 72); err == nil {
			t.Errorf("%s gave %v", what, img.Bounds())
		}
	}
	if img, err := e.Page(t.Context(), strings.NewReader(twoPages), 1, 20_000); err == nil {
		t.Errorf("a page that is too large for it gave %v", img.Bounds())
	}
	t.Setenv("PATH", t.TempDir())
	var plain interface{ Plain() string }
	if _, err := e.Page(t.Context(), strings.NewReader(twoPages), 1, 72); !errors.Is(err, ErrNoEngine) || !errors.As(err, &plain) || !strings.Contains(plain.Plain(), "install poppler-utils") {
		t.Error(err)
	}
	if Find() == nil {
		t.Error("it is found where it is not")
	}
}
