package all

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// TestEditedExportIsFound: of one chat, exported twice, one message of the
// second export was changed, one taken out and one put in. Each is found, in
// both exports, with its place; nothing else is, whether the second export was
// written by the same telephone, by one with another clock and language, or is
// of another stretch of the chat.
func TestEditedExportIsFound(t *testing.T) {
	begun := time.Date(2024, 12, 24, 11, 0, 0, 0, time.UTC)
	line := func(n int) string { return fmt.Sprintf("I was at the gate %d times", n) }
	chat := func(layout string, from, to int, edit func(n int, write func(string))) string {
		var b strings.Builder
		for n := from; n < to; n++ {
			at := begun.Add(time.Duration(7*n) * time.Minute).Format(layout)
			write := func(text string) { fmt.Fprintf(&b, "%s%s: %s\n", at, []string{"Dan", "Maya"}[n%2], text) }
			if n%10 == 9 {
				write("<Media omitted>")
				continue
			}
			edit(n, write)
		}
		return b.String()
	}
	plain := func(n int, write func(string)) { write(line(n)) }
	edited := func(n int, write func(string)) {
		switch n {
		case 24:
			write("I was never at the gate")
		case 33:
		case 41:
			write(line(n))
			write("come and see me")
		default:
			write(line(n))
		}
	}
	const british, american = "02/01/2006, 15:04 - ", "1/2/06, 3:04 PM - "
	for _, tt := range []struct {
		name   string
		layout string
		from   int
		edit   func(int, func(string))
		want   []string
	}{
		{"honest", british, 0, plain, nil},
		{"honest, another clock", american, 0, plain, nil},
		{"honest, a later stretch", british, 20, plain, nil},
		{"edited", british, 0, edited, []string{
			"1 I was at the gate 24 times: words line 25", "1 I was at the gate 33 times: absent ",
			"2 I was never at the gate: words line 25", "2 come and see me: absent "}},
		{"edited, another clock, a later stretch", american, 20, edited, []string{
			"1 I was at the gate 24 times: words line 5", "1 I was at the gate 33 times: absent ",
			"2 I was never at the gate: words line 25", "2 come and see me: absent "}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, x := open(t, "Europe/London")
			run := importers.Run{Case: c, Index: x, Set: Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: c.Zone()}}
			for i, text := range []string{chat(british, 0, 60, plain), chat(tt.layout, tt.from, 70, tt.edit)} {
				if i == 1 && tt.want == nil && tt.layout == british && tt.from == 0 {
					text += chat(british, 70, 80, plain)
				}
				folder := filepath.Join(t.TempDir(), fmt.Sprint("export", i))
				if err := os.MkdirAll(folder, 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(folder, "WhatsApp Chat with Dan.txt"), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				if _, err := run.Add(context.Background(), "", folder); err != nil {
					t.Fatal(err)
				}
			}
			var got []string
			shared := 0
			for _, r := range rows(t, x) {
				shared += len(r.Also)
				for _, d := range r.Differs {
					got = append(got, fmt.Sprintf("%d %s: %s %s", r.Source.Item, r.Text, d.How, d.With.Record))
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
			if shared < 30 {
				t.Errorf("only %d messages are known to stand in both", shared)
			}
			found, err := x.Find(context.Background(), timeline.Filter{FlagsAny: []timeline.Flag{timeline.ExportsDiffer}})
			if err != nil || found.Len() != len(tt.want) {
				t.Errorf("%d by the flag, %v", found.Len(), err)
			}
		})
	}
}
