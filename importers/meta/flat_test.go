package meta

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"time"

	"daybook/importers"
	"daybook/importers/importertest"
	"daybook/timeline"
)

// endless is a tree of one file, made anew each time that it is opened.
type endless struct {
	name string
	make func() io.Reader
}

func (e endless) Open(name string) (fs.File, error) {
	if name != e.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return importertest.Made(name, e.make()).FS.Open(name)
}

// peak is an Output that watches how much memory is in use.
type peak struct {
	importertest.Count
	most uint64
}

func (p *peak) Event(e timeline.Event) error {
	if p.Events%20_000 == 0 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		p.most = max(p.most, m.HeapAlloc)
	}
	return p.Count.Event(e)
}

const (
	someMessage = `,{"sender_name":"Dan","timestamp_ms":1740000000000,"content":"caf\u00c3\u00a9 at the corner, and more words than that","is_geoblocked_for_viewer":false}`
	someLike    = `,{"title":"anna","string_list_data":[{"href":"https://www.instagram.com/p/A/","value":"x","timestamp":1714600000}]}`
	someBlock   = `<div class="pam _a6-g"><h2 class="_a6-h">Dan</h2><div class="_a6-p"><div><div></div><div>caf\u00e9 at the corner</div></div></div><div class="_a6-o">Oct 20, 2019, 1:00 PM</div></div>`
)

// TestFlat: the memory that reading takes does not grow with the file, and the
// end of the context ends it.
func TestFlat(t *testing.T) {
	const size = 5 << 20
	for _, file := range []struct{ name, before, again, after string }{
		{"messages/inbox/dan_1/message_1.json", `{"participants":[{"name":"Dan"},{"name":"Maya"}],"messages":[{"sender_name":"Dan","timestamp_ms":1740000000000}`, someMessage, `],"title":"Dan"}`},
		{"your_instagram_activity/likes/liked_posts.json", `{"likes_media_likes":[{"title":"x"}`, someLike, `]}`},
		{"messages/inbox/dan_1/message_1.html", `<html><body><div>`, someBlock, `</div></body></html>`},
	} {
		times := int64(size / len(file.again))
		tree := endless{file.name, func() io.Reader {
			return io.MultiReader(strings.NewReader(file.before), importertest.Repeat(file.again, times*int64(len(file.again))), strings.NewReader(file.after))
		}}
		src := importers.Source{FS: tree, Path: file.name, Head: []byte(file.before), Assume: importers.Assume{Zone: time.UTC}}
		var out peak
		if err := Read(context.Background(), src, &out, Of(src)); err != nil || int64(out.Events) < times {
			t.Errorf("%s: %d events of %d, %v", file.name, out.Events, times, err)
		}
		if out.most > 7<<20 {
			t.Errorf("%s: %d MB are held", file.name, out.most>>20)
		}
		ctx, cancel := context.WithCancel(context.Background())
		stops := &stopsLater{cancel: cancel}
		if err := Read(ctx, src, stops, Of(src)); !errors.Is(err, context.Canceled) || stops.Events > 101 {
			t.Errorf("%s: %v after %d events", file.name, err, stops.Events)
		}
	}
}

// stopsLater ends the context at its hundredth event.
type stopsLater struct {
	importertest.Count
	cancel context.CancelFunc
}

func (s *stopsLater) Event(e timeline.Event) error {
	if s.Events == 99 {
		s.cancel()
	}
	return s.Count.Event(e)
}
