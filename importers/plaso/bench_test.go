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
	}.Ratio(b, New(), importertest.Rows(), importertest.RowEvents())
}

func BenchmarkL2TLong(b *testing.B) {
	importertest.Long{Path: "t.csv", Head: "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra\n",
		Record: func(i int) string {
			return fmt.Sprintf("06/01/2024,10:%02d:%02d,UTC,M...,LOG,System log,Content Modification Time,-,phone,usb,\"row %d: new device attached, and the one before taken off\",2,OS:/var/log/syslog,-,-,text/syslog,sha256_hash: 00ff\n", i/60%60, i%60, i)
		},
	}.Ratio(b, New(), importertest.Rows(), importertest.RowEvents())
}

func BenchmarkJSONLong(b *testing.B) {
	type record struct {
		Message   string   `json:"message"`
		Timestamp int64    `json:"timestamp"`
		Datetime  string   `json:"datetime"`
		Desc      string   `json:"timestamp_desc"`
		DataType  string   `json:"data_type"`
		Parser    string   `json:"parser"`
		Display   string   `json:"display_name"`
		Tag       []string `json:"tag"`
	}
	importertest.Long{Path: "t.jsonl",
		Record: func(i int) string {
			return fmt.Sprintf("{\"message\": \"row %d: new device attached, and the one before taken off\", \"timestamp\": %d, \"datetime\": \"2026-01-01T00:%02d:%02d+00:00\", \"timestamp_desc\": \"Content Modification Time\", \"data_type\": \"syslog:line\", \"parser\": \"text/syslog\", \"display_name\": \"OS:/var/log/syslog\", \"tag\": [\"usb\"]}\n",
				i, 1_767_225_600_000_000+i%3600*1_000_000, i/60%60, i%60)
		},
	}.Ratio(b, New(), importertest.Tokens(), importertest.Decoded[record](""))
}
