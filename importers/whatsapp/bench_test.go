package whatsapp

import (
	"fmt"
	"testing"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of splitting a long
// chat into lines reading it takes.
func BenchmarkLong(b *testing.B) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		b.Fatal(err)
	}
	names := []string{"Alice Moor", "Sam Reed"}
	words := "I saw you at the window again and you did not look up once all evening long"
	begun := time.Date(2019, 3, 1, 8, 0, 0, 0, time.UTC)
	importertest.Long{Path: "_chat.txt", Record: func(i int) string {
		at := begun.Add(time.Duration(i) * 135 * time.Second)
		text := words[:20+i%(len(words)-20)]
		if i%17 == 0 {
			text += "\nand another line of it"
		}
		if i%50 == 0 {
			text = fmt.Sprintf("IMG-%s-WA%04d.jpg (file attached)", at.Format("20060102"), i%10000)
		}
		return fmt.Sprintf("%s - %s: %s\n", at.Format("02/01/2006, 15:04"), names[i%3%2], text)
	}, Assume: importers.Assume{Zone: zone, Owner: "Alice Moor"}}.Ratio(b, New(), importertest.TextLines())
}
