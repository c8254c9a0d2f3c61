package tiktok

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`"(Following|Questions)": (null|\{\})`), importertest.Indifferent(`"Posts": \{"VideoList": \[\]\}`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestUsernamesAreNoTelephones: a username of digits is not taken for a number.
func TestUsernamesAreNoTelephones(t *testing.T) {
	h := timeline.NewHandle((&export{}).party("07700900123"), "tiktok", 1)
	if h.Kind != timeline.AccountHandle {
		t.Error(h)
	}
}

// BenchmarkChats prints how many times the library's tokenising it takes.
func BenchmarkChats(b *testing.B) {
	var data bytes.Buffer
	data.WriteString(`{"Direct Message": {"Direct Messages": {"ChatHistory": {"Chat History with jo_b:": [`)
	for i := range 100_000 {
		if i > 0 {
			data.WriteByte(',')
		}
		at := time.Unix(1_600_000_000+int64(i)*60, 0).UTC()
		fmt.Fprintf(&data, "\n{\n\"Date\": \"%s\",\n\"From\": \"jo_b\",\n\"Content\": \"message %d: see you at the corner, don't be late\"\n}", at.Format(time.DateTime), i)
	}
	data.WriteString("]}}}}")
	src := importers.Source{FS: fstest.MapFS{"user_data.json": {Data: data.Bytes()}}, Path: "user_data.json", Head: data.Bytes()[:importers.HeadSize]}
	importertest.Ratio(b, data.Len(), func() error {
		return New().Import(context.Background(), src, &importertest.Count{})
	}, func() error {
		for d := jsontext.NewDecoder(bytes.NewReader(data.Bytes())); ; {
			if _, err := d.ReadToken(); err != nil {
				return nil
			}
		}
	})
}
