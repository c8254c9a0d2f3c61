package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"daybook/ui/x11"
)

func (s *screen) key(names ...string) {
	s.t.Helper()
	s.tool("xdotool", append([]string{"key", "--delay", "60"}, names...)...)
}

func (s *screen) writes(text string) {
	s.t.Helper()
	s.tool("xdotool", "type", "--delay", "30", "--", text)
}

func (s *screen) unlocked(c string) {
	s.t.Helper()
	s.shows("Unlock", "Passphrase")
	s.typed(passphrase)
	s.shows("Marigold", "See the timeline")
}

// TestWriteDown: with the keyboard alone, in the fewest keys, an incident is
// written and locked; and the program killed while the next is typed loses no
// more than the last two seconds.
func TestWriteDown(t *testing.T) {
	c := chatCase(t)
	s := newScreen(t, "-text", "150", c)
	s.unlocked(c)
	s.key("ctrl+2")
	s.shows("Write it down", "What happened")
	s.writes("The lantern stood at the gate")
	s.key("Tab", "Tab")
	s.writes("yesterday")
	s.key("Tab")
	s.writes("6.30 pm")
	s.shows("About 18:30 in the evening")
	s.key("ctrl+Return")
	s.shows("Saved as entry", "The lantern stood at the gate")
	s.key("ctrl+2")
	s.shows("What happened")
	s.writes("Marmalade on the doorstep")
	time.Sleep(2 * time.Second) // what the program may lose
	if err := s.program.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	again := newScreen(t, "-text", "150", c)
	again.unlocked(c)
	again.key("ctrl+2")
	again.shows("Not finished", "Marmalade on the doorstep")
}

// TestDropAndPaste: an export that is dropped on the window is added with one
// key and told of in words, and a picture comes from the clipboard.
func TestDropAndPaste(t *testing.T) {
	c := chatCase(t)
	s := newScreen(t, "-text", "150", c)
	s.unlocked(c)
	chat := filepath.Join(t.TempDir(), "WhatsApp Chat with Ann.zip")
	writeZip(t, chat, "WhatsApp Chat with Ann.txt", "13/05/2024, 21:05 - Ann: the kettle\n14/05/2024, 09:15 - Maya: the spoon\n15/05/2024, 09:15 - Ann: the jug\n")
	s.drop(chat)
	s.shows("These will be added", "WhatsApp Chat with Ann.zip")
	s.key("Return")
	s.shows("3 messages, from 13 May 2024 to 15 May 2024")
	end := s.own(screenshot(t))
	defer end()
	s.key("ctrl+3")
	s.shows("Drop files, folders or zips")
	s.key("Tab", "Return")
	s.shows("It is all in the case", "1 file")
}

func screenshot(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func writeZip(t *testing.T, name, member, text string) {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(member)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err == nil {
		err = z.Close()
	}
	if err == nil {
		err = os.WriteFile(name, b.Bytes(), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// peer is another program on the display: it drops files, and owns the
// clipboard.
type peer struct {
	t *testing.T
	c *x11.Conn
	w x11.Window
}

func (s *screen) peer(ctx context.Context) *peer {
	s.t.Helper()
	c, err := x11.Open(ctx, s.display)
	if err != nil {
		s.t.Fatal(err)
	}
	w, err := c.NewWindow()
	if err != nil {
		s.t.Fatal(err)
	}
	return &peer{s.t, c, w}
}

func (p *peer) atom(name string) x11.Atom {
	p.t.Helper()
	a, err := p.c.Atom(name)
	if err != nil {
		p.t.Fatal(err)
	}
	return a
}

func words32(list ...uint32) []byte {
	var b []byte
	for _, w := range list {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	return b
}

// message sends a client message of five words to a window.
func (p *peer) message(to x11.Window, kind string, data ...uint32) {
	p.t.Helper()
	var e x11.Event
	e[0], e[1] = x11.ClientMessage, 32
	copy(e[4:], words32(append([]uint32{uint32(to), uint32(p.atom(kind))}, data...)...))
	if err := p.c.Send(to, e); err != nil {
		p.t.Fatal(err)
	}
}

// hand gives what a selection request asks for.
func (p *peer) hand(e x11.Event, kind x11.Atom, bits int, data []byte) {
	requestor, property := x11.Window(e.Word(12)), x11.Atom(e.Word(24))
	if err := p.c.Put(requestor, property, kind, bits, data); err != nil {
		p.t.Error(err)
		return
	}
	p.answer(e, property)
}

// answer tells where what was asked for stands; nowhere when it cannot be had.
func (p *peer) answer(e x11.Event, property x11.Atom) {
	requestor := x11.Window(e.Word(12))
	var answer x11.Event
	answer[0] = x11.SelectionNotify
	copy(answer[4:], words32(e.Word(4), e.Word(12), e.Word(16), e.Word(20), uint32(property)))
	if err := p.c.Send(requestor, answer); err != nil {
		p.t.Error(err)
	}
}

// drop drops files in the middle of the window, as a file manager does.
func (s *screen) drop(files ...string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	p := s.peer(ctx)
	n, err := strconv.ParseUint(s.window, 10, 32)
	if err != nil {
		s.t.Fatal(err)
	}
	var list string
	for _, f := range files {
		list += (&url.URL{Scheme: "file", Path: f}).String() + "\r\n"
	}
	target, uris := x11.Window(n), p.atom("text/uri-list")
	if err := p.c.Own(p.w, p.atom("XdndSelection")); err != nil {
		s.t.Fatal(err)
	}
	p.message(target, "XdndEnter", uint32(p.w), 5<<24, uint32(uris), 0, 0)
	p.message(target, "XdndPosition", uint32(p.w), 0, 400<<16|400, 0, uint32(p.atom("XdndActionCopy")))
	status, finished := p.atom("XdndStatus"), p.atom("XdndFinished")
	for dropped := false; ; {
		e, err := p.c.Next()
		if err != nil {
			s.t.Fatalf("drop: %v", err)
		}
		switch {
		case e.Kind() == x11.SelectionRequest:
			p.hand(e, x11.Atom(e.Word(20)), 8, []byte(list))
		case e.Kind() == x11.ClientMessage && e.Word(8) == uint32(status) && !dropped:
			dropped = true
			p.message(target, "XdndDrop", uint32(p.w), 0, 0, 0, 0)
		case e.Kind() == x11.ClientMessage && e.Word(8) == uint32(finished):
			if err := p.c.Close(); err != nil {
				s.t.Error(err)
			}
			return
		}
	}
}

// own puts a picture on the clipboard until end is called.
func (s *screen) own(picture []byte) (end func()) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	p := s.peer(ctx)
	if err := p.c.Own(p.w, p.atom("CLIPBOARD")); err != nil {
		s.t.Fatal(err)
	}
	targets, atom, kind := p.atom("TARGETS"), p.atom("ATOM"), p.atom("image/png")
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			e, err := p.c.Next()
			if err != nil {
				return // the display is gone, or end was called
			}
			if e.Kind() != x11.SelectionRequest {
				continue
			}
			switch x11.Atom(e.Word(20)) {
			case targets:
				p.hand(e, atom, 32, words32(uint32(targets), uint32(kind)))
			case kind:
				p.hand(e, kind, 8, picture)
			default:
				p.answer(e, 0)
			}
		}
	}()
	return func() {
		cancel()
		if err := p.c.Close(); err != nil {
			s.t.Error(err)
		}
		<-done
	}
}
