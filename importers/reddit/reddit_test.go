package reddit

import (
	"context"
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
