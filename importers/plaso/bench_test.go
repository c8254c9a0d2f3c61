package plaso

import (
	"fmt"
	"testing"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long file takes.
func BenchmarkLong(b *testing.B) {
	importertest.Long{Path: "t.csv", Head: "datetime,timestamp_desc,source,source_long,message,parser,display_name,tag\n",
		Record: func(i int) string {
			return fmt.Sprintf("2024-06-01T10:%02d:%02d.123456+00:00,Content Modification Time,LOG,Log File,\"row %d: new device attached, and the one before taken off\",text/syslog,OS:/var/log/syslog,-\n", i/60%60, i%60, i)
		},
	}.Ratio(b, New(), importertest.Rows, nil)
}
