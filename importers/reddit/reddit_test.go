package reddit

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"testing"
	"testing/fstest"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`^(id,permalink,thread_id,date,ip,from,to\s*$|t4_1,.*,jo_b\s*$)`)) // of a file that is not read, for another holds the same
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

// TestOwner: an owner is named where the export says who it is, and nowhere else.
func TestOwner(t *testing.T) {
	const header = "id,thread_id,date,from,to,body\n"
	for name, test := range map[string]struct{ statistics, messages, want string }{
		"said":                     {"statistic,value\naccount name,anna\n", "", "anna"},
		"one other is not enough":  {"", "1,,d,a,b,x\n2,,d,b,a,x\n", ""},
		"the one that is in all":   {"", "1,,d,a,b,x\n2,,d,c,a,x\n", "a"},
		"none that is in all":      {"", "1,,d,a,b,x\n2,,d,c,d,x\n", ""},
		"statistics without it":    {"statistic,value\nexport time,now\n", "1,,d,a,b,x\n2,,d,c,a,x\n", "a"},
		"a name like the owner's":  {"statistic,value\naccount name,anna\n", "1,,d,a,b,x\n2,,d,c,a,x\n", "anna"},
		"messages without a party": {"", "1,,d,,a,x\n2,,d,b,a,x\n3,,d,c,a,x\n", "a"},
	} {
		tree := fstest.MapFS{"messages.csv": {Data: []byte(header + test.messages)}}
		if test.statistics != "" {
			tree["statistics.csv"] = &fstest.MapFile{Data: []byte(test.statistics)}
		}
		var x export
		if err := x.who(context.Background(), importers.Source{FS: tree, Path: "chat_history.csv"}); err != nil || x.owner != test.want {
			t.Errorf("%s: %q, %v, want %q", name, x.owner, err, test.want)
		}
	}
	if h := timeline.NewHandle((&export{}).party("07700900123"), "reddit", 1); h.Kind != timeline.AccountHandle {
		t.Error("a username of digits is taken for a telephone:", h)
	}
}

// BenchmarkMessages prints how many times the library's tokenising it takes.
func BenchmarkMessages(b *testing.B) {
	var data bytes.Buffer
	data.WriteString("id,permalink,thread_id,date,ip,from,to,subject,body\n")
	for i := range 50_000 {
		fmt.Fprintf(&data, "t4_%d,https://www.reddit.com/message/messages/%d,,2024-06-01 12:%02d:%02d UTC,,jo_b,anna,re: hi,\"Message %d: see you at the corner, and \"\"don't\"\" be late; I shall wait there as I did the day before.\"\n", i, i, i/60%60, i%60, i)
	}
	src := importers.Source{FS: fstest.MapFS{"messages.csv": {Data: data.Bytes()}}, Path: "messages.csv", Head: data.Bytes()[:importers.HeadSize]}
	importertest.Ratio(b, data.Len(), func() error {
		return New().Import(context.Background(), src, &importertest.Count{})
	}, func() error {
		_, err := csv.NewReader(bytes.NewReader(data.Bytes())).ReadAll()
		return err
	})
}
