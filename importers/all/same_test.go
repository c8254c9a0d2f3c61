package all

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/importers"
	"daybook/timeline"
)

// TestSameFileCountsOnce: a file added again is kept as an item and what it
// tells is counted once, also when it comes back under another name or with
// another answer, which then holds; a chat whose picture has turned up
// meanwhile is read again.
func TestSameFileCountsOnce(t *testing.T) {
	ctx := context.Background()
	c, x := open(t, "Europe/London")
	run := importers.Run{Case: c, Index: x, Set: Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: c.Zone()}}
	dir := t.TempDir()
	chat := "24/12/2024, 21:05 - Dan: one\n25/12/2024, 09:15 - Maya: two\n25/12/2024, 09:16 - Dan: IMG-20241225-WA0001.jpg (file attached)\n"
	write := func(name, data string) string {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, step := range []struct {
		path                 string
		owner                string
		same, items, inChats int
	}{
		{write("a/chat.txt", chat), "", 0, 1, 3},
		{write("b/other name.txt", chat), "", 1, 1, 3},
		{write("b/third name.txt", chat), "Maya", 1, 1, 3},
		{filepath.Dir(write("c/chat.txt", chat)), "Maya", 0, 2, 6}, // with its picture: written below
	} {
		run.Assume.Owner = step.owner
		if filepath.Base(step.path) == "c" {
			write("c/IMG-20241225-WA0001.jpg", "\xff\xd8\xff\xd9")
		}
		rec, err := run.Add(ctx, "", step.path)
		if err != nil {
			t.Fatal(err)
		}
		found, err := x.Find(ctx, timeline.Filter{Importers: []string{"whatsapp"}})
		if err != nil {
			t.Fatal(err)
		}
		if len(rec.Same) != step.same || rec.Items != step.items || found.Len() != step.inChats {
			t.Errorf("%s, %q: %d same, %d items, %d events of chats, want %d, %d, %d", step.path, step.owner, len(rec.Same), rec.Items, found.Len(), step.same, step.items, step.inChats)
		}
	}
	found, err := x.Find(ctx, timeline.Filter{Words: "two"})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := found.Rows(0, found.Len())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if !r.From.Owner {
			t.Error("the answer given when the file was added again is not used")
		}
	}
}

// kept adds files, each in an act of its own, and gives the rows of the timeline
// with where else each stands.
func kept(t *testing.T, files ...[2]string) []string {
	t.Helper()
	c, x := open(t, "Europe/London")
	run := importers.Run{Case: c, Index: x, Set: Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: c.Zone()}}
	for _, f := range files {
		p := filepath.Join(t.TempDir(), f[0])
		if err := os.WriteFile(p, []byte(f[1]), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := run.Add(context.Background(), "", p); err != nil {
			t.Fatal(err)
		}
	}
	var out []string
	for _, r := range rows(t, x) {
		s := fmt.Sprintf("%s %s", filepath.Base(r.Source.Path), r.Source.Importer)
		for _, a := range r.Also {
			s += ", also " + a.Text()
		}
		out = append(out, s)
	}
	return out
}

// One picture under two names is one, the name that tells its time stands, and
// the other is named.
func TestOnePictureUnderTwoNames(t *testing.T) {
	picture := func(width int) string {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, 8)), nil); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	got := kept(t, [2]string{"gate.jpg", picture(8)}, [2]string{"IMG_20240301_101500.jpg", picture(8)}, [2]string{"another.jpg", picture(16)})
	want := []string{"IMG_20240301_101500.jpg photo, also item 1, gate.jpg, file", "another.jpg photo"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// One letter in a mailbox, in a file of its own and as Outlook keeps it is one;
// the same Message-ID over other words is another letter.
func TestOneLetterInSeveralForms(t *testing.T) {
	const letter = "From: Dan <dan@mail.example>\nTo: maya@mail.example\nDate: Fri, 01 Mar 2024 08:00:00 +0000\nSubject: Stop\nMessage-ID: <7@mail.example>\n\nI know where you park.\n"
	const russian = "From: \"\u0418\u0432\u0430\u043d\" <ivan@mail.example>\r\nDate: Sat, 02 Mar 2024 09:00:00 +0000\r\nSubject: \u041f\u0440\u0438\u0432\u0435\u0442\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\u041f\u0440\u0438\u0432\u0435\u0442,   \u043c\u0438\u0440\r\nsecond line\r\n"
	msg, err := os.ReadFile("../outlook/testdata/ansi-russian.msg")
	if err != nil {
		t.Fatal(err)
	}
	got := kept(t, [2]string{"inbox.mbox", "From dan@mail.example Fri Mar  1 08:00:01 2024\n" + letter + "\n"}, [2]string{"one.eml", letter},
		[2]string{"forged.eml", strings.Replace(letter, "I know", "Nobody knows", 1)}, [2]string{"ivan.eml", russian}, [2]string{"ivan.msg", string(msg)})
	want := []string{"inbox.mbox mail, also item 2, one.eml, message", "forged.eml mail", "ivan.eml mail, also item 5, ivan.msg, message"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
