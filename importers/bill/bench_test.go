package bill

import (
	"fmt"
	"testing"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	importertest.Long{Path: "b.csv", Head: "Date,Time,Number called,Duration,Cost\n",
		Record: func(i int) string {
			return fmt.Sprintf("%02d/06/2024,%02d:%02d:%02d,07700900%03d,00:00:%02d,0.10\n", 1+i%28, i%24, i%60, i%60, i%1000, i%60)
		},
		Assume: importers.Assume{Zone: time.UTC, Columns: `{"date":"Date","time":"Time","number":"Number called","duration":"Duration","order":"dmy","direction":"outgoing"}`},
	}.Ratio(b, New(), importertest.Rows(), importertest.RowEvents())
}

// BenchmarkWordedLong does so for days in words and a clock of twelve hours.
func BenchmarkWordedLong(b *testing.B) {
	importertest.Long{Path: "b.csv", Head: "Date,Time,Number called,Duration,Cost\n",
		Record: func(i int) string {
			return fmt.Sprintf("%02d February 2024,%d:%02d pm,07700900%03d,00:00:%02d,0.10\n", 1+i/9%28, 1+i%12, i%60, i%1000, i%60)
		},
		Assume: importers.Assume{Zone: time.UTC, Columns: `{"date":"Date","time":"Time","number":"Number called","duration":"Duration","order":"dmy","direction":"outgoing"}`},
	}.Ratio(b, New(), importertest.Rows(), importertest.RowEvents())
}
