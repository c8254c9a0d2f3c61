package journal

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daybook/evidence/disk"
)

func genHash(t *rapid.T, what string) [32]byte {
	return [32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, what))
}

func TestFrameRoundTrip(t *testing.T) {
	ring := newRing(t, disk.OS, t.TempDir())
	rapid.Check(t, func(t *rapid.T) {
		prev, off := genHash(t, "prev"), rapid.Int64Range(0, 1<<50).Draw(t, "off")
		text := rapid.SliceOfN(rapid.Byte(), 0, 2000).Draw(t, "body")
		raw, err := appendFrame([]byte("before"), ring, prev, off, text)
		if err != nil {
			t.Fatal(err)
		}
		raw = raw[len("before"):]
		f, err := openFrame(nil, raw, ring, off)
		if err != nil || !bytes.Equal(f.body, text) || f.prev != prev || f.size != int64(len(raw)) {
			t.Fatalf("%+v %v", f, err)
		}
		if _, err := openFrame(nil, raw, ring, off+1); err == nil {
			t.Fatal("opens at another place")
		}
		i := rapid.IntRange(0, 8*len(raw)-1).Draw(t, "bit")
		raw[i/8] ^= 1 << (i % 8)
		if _, err := openFrame(nil, raw, ring, off); err == nil {
			t.Fatal("opens with a bit flipped")
		}
	})
}

func TestHeadRoundTrip(t *testing.T) {
	ring := newRing(t, disk.OS, t.TempDir())
	rapid.Check(t, func(t *rapid.T) {
		m := mark{rapid.Uint64().Draw(t, "turn"), Head{rapid.Uint64().Draw(t, "count"), genHash(t, "hash")}}
		raw, err := m.encode(ring)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := decodeHead(raw, ring, m.slot()); err != nil || got != m {
			t.Fatalf("%+v %v", got, err)
		}
		if _, err := decodeHead(raw, ring, 1-m.slot()); err == nil {
			t.Fatal("opens in the other slot")
		}
	})
}

func TestLineRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := Line{rapid.Uint64().Draw(t, "seq"), genHash(t, "prev"), genHash(t, "body")}
		if got, err := ParseLine(l.Append(nil)); err != nil || got != l {
			t.Fatalf("%+v %v", got, err)
		}
	})
	good := string(Line{Seq: 7, Body: [32]byte{0xab}}.Append(nil))
	for _, bad := range []string{"", "\n", good[:len(good)-1], good + "\n", " " + good, strings.ToUpper(good), strings.Replace(good, "7", "07", 1),
		strings.Replace(good, "7", "+7", 1), strings.Replace(good, "v1", "v2", 1), strings.Replace(good, " ", "\t", 1)} {
		if _, err := ParseLine([]byte(bad)); err == nil {
			t.Errorf("accepted %q", bad)
		}
	}
}

func TestBodyIsRefused(t *testing.T) {
	_, _, l := newJournal(t, disk.NewFault())
	ctx := context.Background()
	if _, err := l.Append(ctx, Draft{Action: "note", Detail: strings.Repeat("x", maxBody)}); !errors.Is(err, ErrTooLong) {
		t.Errorf("a body of 8 MiB: %v", err)
	}
	if _, err := l.Append(ctx, Draft{Action: "note"}, Draft{Action: "note", Detail: make(chan int)}); err == nil {
		t.Error("a channel is not JSON")
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := l.Append(cancelled, Draft{Action: "note"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if es, err := l.Append(ctx); len(es) > 0 || err != nil {
		t.Errorf("nothing to write: %v %v", es, err)
	}
	if l.Head() != (Head{}) {
		t.Errorf("refused, and written: %v", l.Head())
	}
	add(t, l, 0, 1)
	if got := subjects(t, l); len(got) != 1 {
		t.Errorf("entries %v", got)
	}
}

func TestClockJumps(t *testing.T) {
	dir, ring, l := newJournal(t, disk.NewFault())
	clock := l.opt.Clock.(*stillClock)
	jump := func(wall, mono time.Duration) time.Duration {
		t.Helper()
		clock.wall, clock.mono = clock.wall.Add(wall), clock.mono+mono
		return add(t, l, 0, 1)[0].Jump
	}
	for _, c := range []struct{ wall, mono, want time.Duration }{
		{0, 0, 0},
		{time.Hour, time.Hour, 0},
		{time.Minute, time.Minute - time.Second, 0},
		{time.Hour, time.Minute, 59 * time.Minute},
		{-time.Hour, time.Minute, -61 * time.Minute},
	} {
		if got := jump(c.wall, c.mono); got != c.want {
			t.Errorf("wall %v, counted %v: jump %v, want %v", c.wall, c.mono, got, c.want)
		}
	}
	closeLog(t, l)
	l, _ = reopen(t, disk.NewFault(), dir, ring)
	next := l.opt.Clock.(*stillClock)
	*next = stillClock{clock.wall.Add(-time.Hour), "boot 2", 0}
	clock = next
	if got := jump(0, 0); got != -time.Hour {
		t.Errorf("set back between two starts: jump %v", got)
	}
	if got := systemReading(); got.boot == "" || got.mono <= 0 || got.wall.IsZero() {
		t.Errorf("the machine's clocks: %+v", got)
	}
}

func systemReading() reading { return read(systemClock()) }

// FuzzFrame: nothing opens but what was sealed, to the byte.
func FuzzFrame(f *testing.F) {
	ring := newRing(f, disk.OS, f.TempDir())
	original, err := appendFrame(nil, ring, [32]byte{1}, 77, []byte(`{"v":1}`+"\n"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(original)
	f.Add([]byte(frameMagic))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := openFrame(nil, b, ring, 77); err == nil && !bytes.Equal(b, original) {
			t.Fatal("a forgery opens")
		}
	})
}

// FuzzHead: nothing opens but what was sealed, to the byte.
func FuzzHead(f *testing.F) {
	ring := newRing(f, disk.OS, f.TempDir())
	original, err := mark{turn: 4, Head: Head{Count: 9}}.encode(ring)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(original)
	f.Add([]byte(headMagic))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := decodeHead(b, ring, 0); err == nil && !bytes.Equal(b, original) {
			t.Fatal("a forgery opens")
		}
	})
}

// FuzzLine: what parses is written back the same.
func FuzzLine(f *testing.F) {
	f.Add(Line{Seq: 0}.Append(nil))
	f.Add(Line{Seq: 1<<64 - 1, Prev: [32]byte{1}, Body: [32]byte{0xfe}}.Append(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		if l, err := ParseLine(b); err == nil && !bytes.Equal(l.Append(nil), b) {
			t.Fatalf("%q is written back as %q", b, l.Append(nil))
		}
	})
}

// FuzzBody: a canonical body is written back the same, and a body that decodes
// never makes the reader fail.
func FuzzBody(f *testing.F) {
	b := body{V: 1, Salt: strings.Repeat("0f", 16), Time: "2026-03-01T12:00:00+01:00", Boot: "b", Action: "note", Detail: []byte(`{"a":1}`)}
	text, err := b.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		e, b, err := decodeBody(text)
		if err != nil {
			return
		}
		if checkCanonical(text, b) != nil {
			return
		}
		again, err := b.encode()
		if err != nil || !bytes.Equal(again, e.Body) {
			t.Fatalf("%q is written back as %q (%v)", text, again, err)
		}
	})
}
