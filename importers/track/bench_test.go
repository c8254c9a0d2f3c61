package track

import (
	"fmt"
	"testing"
	"time"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	importertest.Long{Path: "a.gpx", Head: head, Tail: tail, Record: func(i int) string {
		at := time.Unix(1_700_000_000+int64(i)*5, 0).UTC()
		return fmt.Sprintf("<trkpt lat=\"53.%06d\" lon=\"-1.%06d\"><ele>60.5</ele><time>%s</time></trkpt>\n", i%1_000_000, i*7%1_000_000, at.Format(time.RFC3339))
	}}.Ratio(b, New(), importertest.Elements())
}

func BenchmarkKMLLong(b *testing.B) {
	importertest.Long{Path: "a.kml",
		Head: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>Timeline</name>\n", Tail: "</Document>\n</kml>\n",
		Record: func(i int) string {
			at := time.Unix(1_700_000_000+int64(i)*600, 0).UTC()
			return fmt.Sprintf("<Placemark>\n<name>Mill Lane %d</name>\n<description>parked here</description>\n<TimeSpan><begin>%s</begin><end>%s</end></TimeSpan>\n<Point><coordinates>-1.%06d,53.7974,0</coordinates></Point>\n</Placemark>\n",
				i, at.Format(time.RFC3339), at.Add(time.Minute).Format(time.RFC3339), i%1_000_000)
		}}.Ratio(b, New(), importertest.Elements())
}
