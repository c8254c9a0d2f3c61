package discord

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"daybook/importers"
	"daybook/importers/importertest"
)

// BenchmarkExport reads a channel and, in the same run, only decodes its messages
// with the library below: the ratio of the two does not depend on the machine.
func BenchmarkExport(b *testing.B) {
	var data bytes.Buffer
	data.WriteString("{\n  \"guild\": {\"id\": \"0\", \"name\": \"Direct Messages\"},\n  \"channel\": {\"id\": \"9\", \"type\": \"DirectTextChat\", \"name\": \"dan\"},\n  \"messages\": [\n")
	for i := 0; data.Len() < 16<<20; i++ {
		at := time.UnixMilli(1_771_936_200_000 + int64(i)*61_000).UTC()
		fmt.Fprintf(&data, "    {\n      \"id\": \"%d\",\n      \"type\": \"Default\",\n      \"timestamp\": \"%s\",\n      \"timestampEdited\": null,\n      \"callEndedTimestamp\": null,\n      \"isPinned\": false,\n      \"content\": \"Message number %d: see you at the \\\"corner\\\" 😀\",\n      \"author\": {\n        \"id\": \"900000000000000200\",\n        \"name\": \"dan.cole\",\n        \"discriminator\": \"0000\",\n        \"nickname\": \"Dan\",\n        \"color\": null,\n        \"isBot\": false,\n        \"roles\": [],\n        \"avatarUrl\": \"https://cdn.discordapp.com/embed/avatars/0.png\"\n      },\n      \"attachments\": [],\n      \"embeds\": [],\n      \"stickers\": [],\n      \"reactions\": [],\n      \"mentions\": [],\n      \"inlineEmojis\": []\n    },\n",
			uint64(at.UnixMilli()-1_420_070_400_000)<<22, at.Format("2006-01-02T15:04:05.000+00:00"), i)
	}
	data.WriteString("    {\"id\": \"1\", \"type\": \"Default\"}\n  ],\n  \"messageCount\": 1\n}")
	tree := fstest.MapFS{"chat.json": {Data: data.Bytes()}}
	src := importers.Source{FS: tree, Path: "chat.json", Head: data.Bytes()[:importers.HeadSize]}
	b.SetBytes(int64(data.Len()))
	var read, decode time.Duration
	for b.Loop() {
		start := time.Now()
		if err := New().Import(context.Background(), src, &importertest.Count{}); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		if err := decoded(data.Bytes()); err != nil {
			b.Fatal(err)
		}
		read, decode = read+middle.Sub(start), decode+time.Since(middle)
	}
	b.ReportMetric(float64(read)/float64(decode), "x-decode")
}

func decoded(data []byte) error {
	d := jsontext.NewDecoder(bytes.NewReader(data))
	for d.PeekKind() != '[' {
		if _, err := d.ReadToken(); err != nil {
			return err
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() == '{' {
		var m struct {
			ID, Type, Timestamp, Content string
			TimestampEdited              *string
			Author                       struct{ ID, Name, Discriminator, Nickname, AvatarURL string }
			Attachments                  []struct{ ID, URL, FileName string }
			Embeds, Stickers, Mentions   []any
		}
		if err := json.UnmarshalDecode(d, &m, json.MatchCaseInsensitiveNames(true)); err != nil {
			return err
		}
	}
	return nil
}
