package recording

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

// What is found in recordings is kept sealed, is not looked for a second time, and
// goes with the original.
func TestReading(t *testing.T) {
	good := shot(t, "a.mp4", film()...)
	dir := filepath.Join(t.TempDir(), "x.daybook")
	c, err := evidence.Create(dir, evidence.CreateOptions{Title: "x", Zone: "Europe/London", Actor: "Maya",
		Passphrase: "correct horse battery staple nine lives", KDF: keys.LeastCost(), Weak: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	b, err := c.Begin(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	var items []evidence.Item
	for _, f := range []struct {
		name string
		b    []byte
	}{{"a.mp4", good}, {"again.mp4", good}, {"cut.mp4", good[:len(good)/2]}} {
		p, err := b.Add(t.Context(), bytes.NewReader(f.b), evidence.Provenance{Name: f.name, Type: "video/mp4", Size: -1, How: "file"})
		if err != nil {
			t.Fatal(err)
		}
		i, err := p.Item(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, i)
	}
	x, err := timeline.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	r := Reading{Case: c, Index: x, Engine: engine(t)}
	got, err := r.Read(t.Context(), items)
	if err != nil || got.Looked != 1 || len(got.Failed) != 1 || got.Failed[0].Name != "cut.mp4" || got.Failed[0].Reason != string(errNoIndex) {
		t.Fatalf("%+v, %v", got, err)
	}
	if got, err = r.Read(t.Context(), items); err != nil || got.Looked != 0 || got.Already != 2 || len(got.Failed) != 0 {
		t.Errorf("a second time: %+v, %v", got, err)
	}
	newer := r
	newer.Engine = &Engine{Name: "ffmpeg 99", probe: r.Engine.probe, film: r.Engine.film, each: r.Engine.each}
	if got, err = newer.Read(t.Context(), items); err != nil || got.Looked != 0 || got.Already != 1 || len(got.Failed) != 1 {
		t.Errorf("with another version: %+v, %v", got, err)
	}
	rec, known, err := x.Recording(items[0].Hash)
	if err != nil || !known || len(rec.Frames) != stills || len(rec.Items) != 2 || rec.Engine != r.Engine.Name {
		t.Fatalf("%v, %v, %v", rec, known, err)
	}
	readable(t, dir, rec.Frames[2].JPEG[20:60], good[200:260])
	if err := errors.Join(c.Delete(t.Context(), items[0].Number, "x"), c.Delete(t.Context(), items[1].Number, "x"), x.Forget(t.Context())); err != nil {
		t.Fatal(err)
	}
	if _, known, err := x.Recording(items[0].Hash); known || err != nil {
		t.Errorf("still kept: %v", err)
	}
	if _, known, _ := x.Recording(items[2].Hash); !known {
		t.Error("another went with it")
	}
}

// readable looks for bytes in every file of the case.
func readable(t *testing.T, dir string, bits ...[]byte) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // the store drops files of its own beside this
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		for _, bit := range bits {
			if bytes.Contains(b, bit) {
				t.Errorf("%s holds something of a film", name)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
