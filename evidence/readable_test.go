package evidence_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"daybook/evidence"
)

// TestNothingReadable adds names and words and looks for them in every file of
// the case folder, in three encodings.
func TestNothingReadable(t *testing.T) {
	ctx := context.Background()
	c := newCase(t)
	secrets := []string{"Kanarienvogel", "vendetta-plan.docx", "+44 7700 900123", "Rue de la Paix 11", "R v Smith", "her new address"}
	body := strings.Repeat(strings.Join(secrets, " ")+"\n", 2000)
	b, err := c.Begin(ctx, secrets[5])
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		_, err := b.Add(ctx, strings.NewReader(body), evidence.Provenance{Name: secrets[1], Path: secrets[3] + "/" + secrets[1], Note: secrets[0], Size: -1})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Finish(ctx, map[string]string{"from": secrets[2]}); err != nil {
		t.Fatal(err)
	}
	if err := c.Store(secrets[0]).Put([]byte(secrets[1]), []byte(body)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Record(ctx, "note", map[string]string{"about": secrets[3]}, body); err != nil {
		t.Fatal(err)
	}
	if err := c.Settle(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	look := func() {
		files := 0
		err := filepath.WalkDir(c.Dir(), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || d.Name() == "reserve" {
				return err
			}
			files++
			data, err := os.ReadFile(path)
			if errors.Is(err, fs.ErrNotExist) {
				return nil // Badger removed it meanwhile
			}
			if err != nil {
				return err
			}
			for _, s := range secrets {
				for enc, needle := range encodings(s) {
					if bytes.Contains(data, needle) || strings.Contains(path, s) {
						t.Errorf("%s holds %q in %s", path, s, enc)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if files < 10 {
			t.Errorf("only %d files were looked at", files)
		}
	}
	look() // as a copy of the folder of an open case would have it
	closeCase(t, c)
	look()
}

// encodings are the ways in which a word may lie in a file.
func encodings(s string) map[string][]byte {
	var wide []byte
	for _, u := range utf16.Encode([]rune(s)) {
		wide = binary.LittleEndian.AppendUint16(wide, u)
	}
	all := map[string][]byte{"UTF-8": []byte(s), "UTF-16": wide}
	for skip := range 3 { // base64 has three forms of a word, by where it begins
		b := []byte(base64.StdEncoding.EncodeToString(append(make([]byte, skip), s...)))
		all["base64 at "+string(rune('0'+skip))] = b[4 : len(b)-4]
	}
	return all
}
