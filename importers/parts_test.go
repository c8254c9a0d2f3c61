package importers

import (
	"slices"
	"testing"

	"daybook/evidence"
	"daybook/timeline"
)

func TestPartStem(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"takeout-20240501T101500Z-001.zip":         "takeout-20240501t101500z",
		"takeout-20240501T101500Z-3-002.tgz":       "takeout-20240501t101500z-3",
		"facebook-maya100-2024-05-05-AbCdEf12.zip": "facebook-maya100-2024-05-05",
		"instagram-maya.s-2024-05-05-XyZ01234.zip": "instagram-maya.s-2024-05-05",
		"facebook-maya100-2024-05-05-part-2.zip":   "facebook-maya100-2024-05-05",
		"mydata~1715000000000-2.zip":               "mydata~1715000000000",
		"mydata~1715000000000.zip":                 "mydata~1715000000000",
		"My old phone part 2.tar.gz":               "my old phone",
		"chat-1.zip":                               "",
		"photos (2).zip":                           "",
		"WhatsApp Chat with Dan-2.zip":             "",
		"facebook-maya100-2024-05-05.zip":          "",
		"2024-05-01.zip":                           "",
	} {
		if stem, ok := partStem(name); stem != want || ok != (want != "") {
			t.Errorf("%s: %q, want %q", name, stem, want)
		}
	}
}

const (
	part1 = "takeout-20240501T101500Z-001.zip"
	part2 = "takeout-20240501T101500Z-002.zip"
)

// chat is the conversation of a made-up Takeout; its pictures lie in part two.
func chat(t *testing.T) string {
	return zipped(t, "Takeout/Chat/messages.txt", "say hello\nshow Takeout/Photos/a.pic\nshow Takeout/Photos/b.pic")
}

func pictures(t *testing.T) string {
	return zipped(t, "Takeout/Photos/a.pic", "weak picture", "Takeout/Photos/z.pic", "dated")
}

func (b *bench) found(what string, want timeline.AttachmentCount) {
	b.t.Helper()
	var got timeline.AttachmentCount
	for _, r := range b.rows(b.Index) {
		for _, f := range r.Files {
			got.Named++
			if f.Missing {
				got.Missing++
			} else {
				got.Found++
			}
		}
	}
	if got != want {
		b.t.Errorf("%s: %+v, want %+v", what, got, want)
	}
}

// TestPartsInOneAct: what one part names is found in another, in either order;
// an archive that only looks alike is not looked into.
func TestPartsInOneAct(t *testing.T) {
	t.Parallel()
	for _, names := range [][2]string{{part1, part2}, {part2, part1}, {"backup part 1.zip", "backup part 2.zip"}} {
		b := newBench(t)
		b.add(folder(t, names[0], chat(t), names[1], pictures(t)))
		b.found(names[0], timeline.AttachmentCount{Named: 2, Found: 1, Missing: 1})
		texts := b.texts()
		slices.Sort(texts)
		b.want("events", texts, "Takeout/Photos/a.pic", "Takeout/Photos/b.pic", "hello", "picture Takeout/Photos/z.pic")
		b.rebuilt()
	}
	for _, names := range [][2]string{{"chat-1.zip", "chat-2.zip"}, {part1, "takeout-20240601T101500Z-002.zip"}, {"x/backup part 1.zip", "y/backup part 2.zip"}} {
		b := newBench(t)
		b.add(folder(t, names[0], chat(t), names[1], pictures(t)))
		b.found(names[0]+", "+names[1], timeline.AttachmentCount{Named: 2, Missing: 2})
		b.rebuilt()
	}
}

// TestPartsUnpacked: parts that were unpacked into folders of their own.
func TestPartsUnpacked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	one, two := "takeout-20240501T101500Z-001", "takeout-20240501T101500Z-002"
	b.add(folder(t, one+"/Takeout/c.txt", "show in/"+one+"/Takeout/a.pic\nshow in/"+one+"/Takeout/gone.pic", two+"/Takeout/a.pic", "weak"))
	b.found("folders", timeline.AttachmentCount{Named: 2, Found: 1, Missing: 1})
	b.rebuilt()
}

// TestPartArrivesLater: what was read before a part came is read once more, its
// events keep their names, and nothing else is read again; nor is it a third
// time when the same part is added again.
func TestPartArrivesLater(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Assume.Owner = "Maya"
	b.add(folder(t, part1, chat(t), "other.txt", "show gone.pic"))
	b.found("the first part", timeline.AttachmentCount{Named: 3, Missing: 3})
	before := ids(b)
	b.Assume = Assume{}
	rec := b.add(folder(t, part2, pictures(t)))
	b.found("the second part", timeline.AttachmentCount{Named: 3, Found: 1, Missing: 2})
	texts := b.texts()
	slices.Sort(texts)
	b.want("events", texts, "Takeout/Photos/a.pic", "Takeout/Photos/b.pic", "gone.pic", "hello", "picture Takeout/Photos/z.pic")
	for _, id := range before {
		if !slices.Contains(ids(b), id) {
			t.Errorf("event %s has another name", id)
		}
	}
	read := 0
	for _, s := range rec.Sources {
		if s.Importer == "txt" {
			read++
		}
	}
	if read != 1 {
		t.Errorf("%d conversations were read, want the one that missed something: %+v", read, rec.Sources)
	}
	for _, r := range b.Index.Readings() {
		if r.Importer == "txt" && r.Assume["owner"] != "Maya" {
			t.Errorf("item %d was read with other answers: %v", r.Item, r.Assume)
		}
	}
	b.rebuilt()
	rec = b.add(folder(t, part2, pictures(t)))
	for _, s := range rec.Sources {
		if s.Importer == "txt" {
			t.Errorf("read a third time for nothing: %+v", s)
		}
	}
	b.found("the second part again", timeline.AttachmentCount{Named: 3, Found: 1, Missing: 2})
	b.rebuilt()
}

func ids(b *bench) (list []string) {
	for _, r := range b.rows(b.Index) {
		list = append(list, r.ID.String())
	}
	return list
}

// TestPartsKeepTheirLists: an importer that lists the folders of its export sees
// its own part alone, and opens by name what lies in another.
func TestPartsKeepTheirLists(t *testing.T) {
	t.Parallel()
	a, b := newTree(nil), newTree(nil)
	a.parts = []*tree{b}
	put(a, "Takeout/c.txt", 1)
	put(b, "Takeout/a.pic", 2)
	f, err := a.Open("Takeout")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := f.(*treeFolder).ReadDir(-1)
	if err != nil || len(entries) != 1 || entries[0].Name() != "c.txt" {
		t.Errorf("%v, %v", entries, err)
	}
	if st, err := a.Stat("Takeout/a.pic"); err != nil || st.IsDir() {
		t.Errorf("%v, %v", st, err)
	}
	if _, err := b.Stat("Takeout/c.txt"); err == nil {
		t.Error("the other part sees what it was not joined with")
	}
}

func put(t *tree, path string, number int64) {
	t.put(evidence.Item{Number: number, Path: path, Name: path})
}
