package x

import (
	"archive/zip"
	"context"
	"testing"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
)

func TestImporter(t *testing.T) {
	importertest.Run(t, New(),
		importertest.Indifferent(`"(mediaUrls|messages|user_mentions|geo)" : (\[ \]|\{ \})`), // a list that is empty
		importertest.Indifferent(`^  "id(_str)?" :`),                                         // the same twice
		importertest.Indifferent(`^\} \]$`))                                                  // the end of a file that is not read, for another holds the same
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestPublicSample: the archive of a test account gives its two posts.
func TestPublicSample(t *testing.T) {
	for _, file := range importertest.PublicFiles(t, "x_twitter/*.zip") {
		z, err := zip.OpenReader(file)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		r, err := importertest.Read(context.Background(), New(), z, "data/js/tweets/2016_05.js", importers.Assume{})
		if err != nil || r.Err != nil || len(r.Events) != 2 || len(r.Skips) != 0 {
			t.Fatal(err, r.Err, len(r.Events), r.Skips)
		}
		e := r.Events[1]
		if e.Text != "I am a test account. Beep boop." || e.From.Name != "camlistore_test" || !e.From.Owner || len(e.Flags) > 0 {
			t.Errorf("%+v", e)
		}
		if want := time.Date(2016, 5, 3, 5, 19, 40, 0, time.UTC); !e.When.Instant.Equal(want) {
			t.Error(e.When)
		}
	}
}

// TestNumbersAreNoTelephones: an account of seven digits or more is not taken
// for the number of a telephone, and one without a name keeps its number.
func TestNumbersAreNoTelephones(t *testing.T) {
	a := &archive{owner: "447700900123", names: map[string]string{"447700900123": "anna"}}
	if p := a.party("07700900123", ""); p.Address != "x:07700900123" || p.Name != "" || p.Owner {
		t.Error(p)
	}
	if p := a.self(); !p.Owner || p.Name != "anna" {
		t.Error(p)
	}
	if p := (&archive{names: map[string]string{}}).party("", ""); p.Owner {
		t.Error("nobody is the owner of an archive that does not say who is", p)
	}
}
