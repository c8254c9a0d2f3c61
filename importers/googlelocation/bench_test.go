package googlelocation

import (
	"fmt"
	"testing"
	"time"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	type record struct {
		Latitude  int64 `json:"latitudeE7"`
		Longitude int64 `json:"longitudeE7"`
		Accuracy  int   `json:"accuracy"`
		Activity  []struct {
			Activity []struct {
				Type       string `json:"type"`
				Confidence int    `json:"confidence"`
			} `json:"activity"`
			Timestamp string `json:"timestamp"`
		} `json:"activity"`
		Source    string `json:"source"`
		DeviceTag int64  `json:"deviceTag"`
		Timestamp string `json:"timestamp"`
	}
	importertest.Long{Path: "Records.json", Between: ",", Head: `{"locations": [`, Tail: "]}",
		Record: func(i int) string {
			at := time.Unix(1_600_000_000+int64(i)*60, 0).UTC()
			return fmt.Sprintf(" {\n    \"latitudeE7\": %d,\n    \"longitudeE7\": -1275920,\n    \"accuracy\": 13,\n    \"activity\": [{\n      \"activity\": [{\n        \"type\": \"STILL\",\n        \"confidence\": 97\n      }, {\n        \"type\": \"UNKNOWN\",\n        \"confidence\": 3\n      }],\n      \"timestamp\": \"%s\"\n    }],\n    \"source\": \"WIFI\",\n    \"deviceTag\": -1577121459,\n    \"timestamp\": \"%[2]s\"\n  }", 515034070+i, at.Format(time.RFC3339))
		},
	}.Ratio(b, New(), importertest.Tokens(), importertest.Decoded[record]("/locations"))
}
