//go:build linux

package main

import (
	"context"
	"encoding/binary"
	"net/url"
	"strconv"
	"testing"

	"daybook/ui/x11"
)

// peer is another program on the display: it drops files, and owns the
// clipboard.
type peer struct {
	t testing.TB
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
	ctx, cancel := context.WithTimeout(context.Background(), patience)
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
	ctx, cancel := context.WithCancel(context.Background())
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
