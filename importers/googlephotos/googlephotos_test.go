package googlephotos

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"daybook/importers"
	"daybook/importers/importertest"
)

// What says that there is nothing may go.
func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`"description": ""`), importertest.Indifferent(`"creationTime": null`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestNames: the pairs that public readers list are found in both directions.
func TestNames(t *testing.T) {
	for _, c := range []struct{ picture, file, title string }{
		{"PXL_20230922_144936660.jpg", "PXL_20230922_144936660.jpg.json", "PXL_20230922_144936660.jpg"},
		{"DSC_0238(1).JPG", "DSC_0238.JPG(1).json", "DSC_0238.JPG"},
		{"IMG_2710(1).HEIC", "IMG_2710.HEIC(1).json", "IMG_2710.HEIC"},
		{"PXL_20220405_090123740.PORTRAIT-edited.jpg", "PXL_20220405_090123740.PORTRAIT.jpg.json", "PXL_20220405_090123740.PORTRAIT.jpg"},
		{"IMG_3479.MP4", "IMG_3479.HEIC.supplemental-metadata.json", "IMG_3479.HEIC"},
		{"Backyard_ceremony_wedding_photography_xxxxxxx_m(494).jpg", "Backyard_ceremony_wedding_photography_xxxxxxx_(494).json", "Backyard_ceremony_wedding_photography_xxxxxxx_magnoliastudios-494.jpg"},
		{"original_1d4caa6f-16c6-4c3d-901b-9387de10e528_P.jpg", "original_1d4caa6f-16c6-4c3d-901b-9387de10e528_.json", "original_1d4caa6f-16c6-4c3d-901b-9387de10e528_PXL_20220516_164814158.jpg"},
		{"😀😃😄😁😆😅😂🤣🥲☺️😊😇🙂🙃😉😌😍🥰😘😗😙😚😋😛.jpg", "😀😃😄😁😆😅😂🤣🥲☺️😊😇🙂🙃😉😌😍🥰😘😗😙😚😋.json", "😀😃😄😁😆😅😂🤣🥲☺️😊😇🙂🙃😉😌😍🥰😘😗😙😚😋😛😝😜🤪🤨🧐🤓😎🥸🤩🥳😏😒😞😔😟😕🙁☹️😣😖😫😩🥺😢😭😤😠😡🤬🤯😳🥵🥶.jpg"},
		{"PXL_20240105_140322123.jpg", "PXL_20240105_140322123.jpg.supplemental-metada.json", "PXL_20240105_140322123.jpg"},
	} {
		if !slices.Contains(namesFor(c.picture), c.file) {
			t.Errorf("%s: %q is not among %q", c.picture, c.file, namesFor(c.picture))
		}
		if !(Note{Title: c.title}).names(c.picture) {
			t.Errorf("%s is not taken for %s", c.title, c.picture)
		}
	}
}

// TestJoining: a picture and the file beside it find one another, in both
// directions or in neither; and never the file of another number.
func TestJoining(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stem := rapid.StringMatching(`[A-Za-zé_ ]{1,60}`).Draw(t, "stem")
		number := rapid.SampledFrom([]string{"", "(1)", "(23)"}).Draw(t, "number")
		end := rapid.SampledFrom([]string{"", suffix}).Draw(t, "end")
		picture := cut(stem, mostStem) + number + ".jpg"
		file := cut(cut(stem, mostStem)+".jpg"+end, mostName) + number + ".json"
		tree := fstest.MapFS{
			"a/" + picture: {Data: []byte("picture")},
			"a/" + file:    {Data: fmt.Appendf(nil, `{"title": %q, "photoTakenTime": {"timestamp": "1704463402"}}`, stem+".jpg")},
		}
		note, found, err := Beside(context.Background(), importers.Source{FS: tree, Path: "a/" + picture})
		if err != nil || !found || note.Path != "a/"+file {
			t.Fatalf("%s: %v, %v, %v", picture, note.Path, found, err)
		}
		if got := pictureOf(importers.Source{FS: tree, Path: "a/" + file}, note); got != picture {
			t.Fatalf("%s: its picture is %q", file, got)
		}
		other := cut(stem, mostStem) + "(7).jpg"
		if _, found, _ := Beside(context.Background(), importers.Source{FS: tree, Path: "a/" + other}); found {
			t.Fatalf("%s is taken for the file of %s", file, other)
		}
	})
}
