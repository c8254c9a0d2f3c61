package icons

import (
	"bytes"
	"encoding/xml"
	"io"
	"testing"
)

// TestEachNameHasItsPicture: the pictures are whole, differ, and a name of one's
// own has that of notes.
func TestEachNameHasItsPicture(t *testing.T) {
	seen := map[string]string{}
	for _, title := range []string{"Notes", "Recipes", "Household", "Garden"} {
		data, err := Window(title)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(data))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", title, err)
			}
		}
		if other := seen[string(data)]; other != "" {
			t.Errorf("%s looks like %s", title, other)
		}
		seen[string(data)] = title
	}
	own, err := Window("../../etc/passwd")
	if err != nil || seen[string(own)] != "Notes" {
		t.Errorf("a name of one's own: %v", err)
	}
}
