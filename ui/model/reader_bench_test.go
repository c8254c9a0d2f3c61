package model

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daybook/timeline"
)

// BenchmarkReceive reads a bundle of 100,000 rows: what a row costs in time and
// in memory that stays, and a search through all of them.
func BenchmarkReceive(b *testing.B) {
	const rows = 100_000
	dir := b.TempDir()
	var events, table strings.Builder
	table.WriteString("No.,Event,Zone,Left out\r\n")
	day := time.Date(2024, 3, 12, 9, 0, 0, 0, time.UTC)
	for i := range rows {
		row := timeline.Row{Event: timeline.Event{Kind: timeline.Message, When: timeline.FromInstant(day.Add(time.Duration(i)*time.Minute), timeline.Second, "x"),
			From: timeline.Party{Name: fmt.Sprintf("Person %d", i%40)}, To: []timeline.Party{{Name: "Maya", Owner: true}}, Thread: "Dan",
			Text: fmt.Sprintf("message number %d about the lantern and the gate, as long as most are", i), Source: timeline.Pinpoint{Item: 1, Record: fmt.Sprintf("line %d", i)}}}
		row.ID[0], row.ID[1], row.ID[2] = byte(i), byte(i>>8), byte(i>>16)
		line, err := row.AppendJSONL(nil)
		if err != nil {
			b.Fatal(err)
		}
		events.Write(line)
		fmt.Fprintf(&table, "%d,%s,Europe/London,\r\n", i+1, row.ID)
	}
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o700); err != nil {
		b.Fatal(err)
	}
	for name, text := range map[string]string{receivedEvents: events.String(), receivedChronology: table.String(), "bagit.txt": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			r, err := stranger().Receive(b.Context(), dir, nil)
			if err != nil || r.rows.n != rows || len(r.rows.number) != rows {
				b.Fatal(err)
			}
			kept := 0
			for _, p := range r.rows.packed {
				kept += len(p)
			}
			b.ReportMetric(float64(kept)/rows, "packed-B/row")
		}
	})
	r, err := stranger().Receive(b.Context(), dir, nil)
	if err != nil {
		b.Fatal(err)
	}
	for name, q := range map[string]ReadQuery{"all": {}, "words": {Query: Query{Words: "lantern 99999"}}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if l, err := r.Look(b.Context(), q, nil); err != nil || l.Rows.Events() == 0 {
					b.Fatal(err)
				}
			}
		})
	}
}
