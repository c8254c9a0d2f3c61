//go:build unix

package facebook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/importertest"
)

const benchPath = "your_facebook_activity/messages/inbox/dan_1/message_1.json"

// conversation is a file as Meta writes it, of about size bytes.
func conversation(size int) []byte {
	var b bytes.Buffer
	b.WriteString("{\n  \"participants\": [\n    {\n      \"name\": \"Dan\"\n    },\n    {\n      \"name\": \"Maya\"\n    }\n  ],\n  \"messages\": [")
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "\n    {\n      \"sender_name\": \"%s\",\n      \"timestamp_ms\": %d,\n      \"content\": \"Message number %d: caf\\u00c3\\u00a9 at the corner, don't be late \\u00f0\\u009f\\u0098\\u00a1\",\n      \"is_geoblocked_for_viewer\": false\n    }",
			[]string{"Dan", "Maya"}[i%2], 1_700_000_000_000-int64(i)*61_000, i)
	}
	b.WriteString("\n  ],\n  \"title\": \"Dan\",\n  \"is_still_participant\": true,\n  \"thread_path\": \"inbox/dan_1\"\n}")
	return b.Bytes()
}

// BenchmarkConversation measures the processor time of reading a conversation
// against that of merely tokenising it with the library, and of decoding its
// messages with it into structs, in the same run.
func BenchmarkConversation(b *testing.B) {
	data := conversation(32 << 20)
	tree := fstest.MapFS{benchPath: {Data: data}}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	var floor, decoded, read time.Duration
	for b.Loop() {
		floor += cpu(func() { tokenise(b, data) })
		decoded += cpu(func() { decode(b, data) })
		read += cpu(func() {
			if err := New().Import(context.Background(), importers.Source{FS: tree, Path: benchPath, Head: data[:importers.HeadSize]}, &importertest.Count{}); err != nil {
				b.Fatal(err)
			}
		})
	}
	b.ReportMetric(read.Seconds()/floor.Seconds(), "x-tokenise")
	b.ReportMetric(read.Seconds()/decoded.Seconds(), "x-decode")
	b.ReportMetric(float64(b.N)*float64(len(data))/1e6/read.Seconds(), "MB/cpu-s")
}

func decode(b *testing.B, data []byte) {
	var file struct {
		Messages []struct {
			Sender  string `json:"sender_name"`
			At      int64  `json:"timestamp_ms"`
			Content string `json:"content"`
			Geo     bool   `json:"is_geoblocked_for_viewer"`
		} `json:"messages"`
	}
	if err := json.UnmarshalRead(bytes.NewReader(data), &file); err != nil {
		b.Fatal(err)
	}
}

func tokenise(b *testing.B, data []byte) {
	d := jsontext.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := d.ReadToken(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// cpu is the processor time that f takes, of the system's and of its own.
func cpu(f func()) time.Duration {
	before := used()
	f()
	return used() - before
}

func used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
