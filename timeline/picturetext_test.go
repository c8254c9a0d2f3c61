package timeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"daybook/evidence"
)

// picture keeps what was read in the picture of an event.
func picture(t tester, x *Index, item int64, text string, events ...ID) {
	t.Helper()
	must(t, x.KeepPictureTexts(PictureText{Picture: itemHash(item), Items: []int64{item}, Events: events, Engine: "tesseract 5.3.0", Language: "eng", Text: text}))
}

// What a program read in a picture is found where it is asked for and nowhere
// else, with the lines that hold it, and the event stays as it was.
func TestWordsInPictures(t *testing.T) {
	x, _, _ := newIndex(t)
	add(t, x, 7, message("1", "Dan", "see attached", noon), message("2", "Dan", "nothing", noon.Add(time.Minute)))
	all := find(t, x, Filter{})
	picture(t, x, 9, "Dan R\n14:22\nI am at your platform\nI see you, platform 4", all[0].ID)
	picture(t, x, 10, "") // no words in it

	for _, f := range []Filter{{Words: "platform"}, {Words: "nowhereatall", Pictures: true}, {Words: "attached -platform", Pictures: true}} {
		if got := find(t, x, f); len(got) != 0 {
			t.Errorf("%+v finds %v", f, texts(got))
		}
	}
	for _, f := range []Filter{{Words: "attached"}, {Words: "attached -platform"}} {
		if d := cmp.Diff(all[:1], find(t, x, f), cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Hits" }, cmp.Ignore())); d != "" {
			t.Errorf("%+v: %s", f, d)
		}
	}
	got := find(t, x, Filter{Words: "attached platfo*", Pictures: true})
	want := []InPicture{{itemHash(9), "tesseract 5.3.0", "I am at your platform\nI see you, platform 4", [][2]int{{13, 21}, {33, 41}}}}
	if len(got) != 1 || got[0].Event.Text != "see attached" {
		t.Fatalf("found %v", texts(got))
	}
	if d := cmp.Diff(want, got[0].Read); d != "" {
		t.Error(d)
	}
	line, err := got[0].AppendJSONL(nil)
	must(t, err)
	var wire struct {
		Text string     `json:"text"`
		Read []WireRead `json:"machine_read"`
	}
	must(t, json.Unmarshal(line, &wire))
	if d := cmp.Diff([]WireRead{{itemHash(9), "tesseract 5.3.0", want[0].Text}}, wire.Read); d != "" || wire.Text != "see attached" {
		t.Errorf("%s: %s", line, d)
	}
	list, err := x.PictureTextsOf(all[0].ID)
	must(t, err)
	if len(list) != 1 || !strings.HasPrefix(list[0].Text, "Dan R\n") || list[0].Picture != itemHash(9) {
		t.Errorf("read in its picture: %+v", list)
	}
	if n, err := x.ForgetPictureTexts(context.Background(), func(PictureText) bool { return true }); n != 2 || err != nil {
		t.Errorf("%d thrown away, %v", n, err)
	}
	if got := find(t, x, Filter{Words: "platform", Pictures: true}); len(got) != 0 {
		t.Errorf("thrown away and found: %v", texts(got))
	}
}

// What was read in a picture goes with the last item that is this picture.
func TestWordsInDeletedPictures(t *testing.T) {
	x, _, log := newIndex(t)
	add(t, x, 7, message("1", "Dan", "see attached", noon))
	id := find(t, x, Filter{})[0].ID
	kept := PictureText{Picture: itemHash(9), Items: []int64{9, 10}, Events: []ID{id}, Engine: "e", Text: "platform"}
	must(t, x.KeepPictureTexts(kept))
	for _, step := range []struct {
		item  int64
		found int
	}{{9, 1}, {10, 0}} {
		_, err := log.record(context.Background(), draft{actionDelete, itemSubject{step.item}, nil})
		must(t, err)
		must(t, x.Forget(context.Background()))
		if got := find(t, x, Filter{Words: "platform", Pictures: true}); len(got) != step.found {
			t.Errorf("item %d deleted: %d found, want %d", step.item, len(got), step.found)
		}
		left := 0
		for _, err := range x.PictureTexts(context.Background()) {
			must(t, err)
			left++
		}
		if left != step.found {
			t.Errorf("item %d deleted: %d kept, want %d", step.item, left, step.found)
		}
	}
}

// A search in pictures finds what looking at every text one by one finds.
func TestWordsInPicturesAsOneByOne(t *testing.T) {
	words := []string{"platform", "station", "see", "you", "14:22", "tonight", "Dan"}
	rapid.Check(t, func(t *rapid.T) {
		x, _, _ := newIndex(t)
		n := rapid.IntRange(1, 6).Draw(t, "events")
		var list []Event
		for i := range n {
			list = append(list, message(fmt.Sprint(i), "Sam", "message", noon.Add(time.Duration(i)*time.Minute)))
		}
		add(t, x, 1, list...)
		rows := find(t, x, Filter{})
		shown := make([][]string, n) // what is to be read in the pictures of each event
		for p := range rapid.IntRange(0, 8).Draw(t, "pictures") {
			text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 5).Draw(t, "text"), rapid.SampledFrom([]string{" ", "\n"}).Draw(t, "between"))
			var ids []ID
			for i := range n {
				if rapid.IntRange(0, 2).Draw(t, "shows") == 0 {
					ids, shown[i] = append(ids, rows[i].ID), append(shown[i], text)
				}
			}
			picture(t, x, int64(100+p), text, ids...)
		}
		asked := rapid.SliceOfN(rapid.SampledFrom(words), 1, 2).Draw(t, "asked")
		var want []string
		for i := range n {
			all := true
			for _, w := range asked {
				all = all && slices.ContainsFunc(shown[i], func(s string) bool { return slices.Contains(strings.Fields(s), w) })
			}
			if all {
				want = append(want, rows[i].ID.String())
			}
		}
		var got []string
		for _, r := range find(t, x, Filter{Words: strings.Join(asked, " "), Pictures: true}) {
			got = append(got, r.ID.String())
			if len(r.Read) == 0 {
				t.Errorf("%s is found and does not say where", r.ID)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%v: %s", asked, d)
		}
	})
}

// broken is a shelf with one value that does not open.
type broken struct{ memory }

func (b broken) all() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if yield(nil, evidence.ErrDamaged) {
			b.memory.all()(yield)
		}
	}
}

// What was read in one picture and is damaged keeps nobody from the rest.
func TestDamagedPictureText(t *testing.T) {
	x, _, _ := newIndex(t)
	x.pictures = newPictureTexts(broken{memory{}})
	add(t, x, 7, message("1", "Dan", "see attached", noon))
	picture(t, x, 9, "platform", find(t, x, Filter{})[0].ID)
	if got := find(t, x, Filter{Words: "platform", Pictures: true}); len(got) != 1 {
		t.Errorf("%d found", len(got))
	}
	for _, err := range x.PictureTexts(context.Background()) {
		if errors.Is(err, evidence.ErrDamaged) {
			return
		}
	}
	t.Error("the damage is told to nobody")
}
