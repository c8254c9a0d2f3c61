package x11

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// A display is a small stand-in for the real one, which the window tests talk
// to: it knows names, one clipboard, and hands over what is long in pieces.
type display struct {
	conn  net.Conn
	names []string
	held  map[string][]byte
	piece int // what is longer is handed over in such pieces
	props map[uint32]prop
	left  []byte // of what is handed over in pieces
	asked []string
}

type prop struct {
	kind uint32
	bits byte
	data []byte
}

func (d *display) atom(name string) uint32 {
	for i, n := range d.names {
		if n == name {
			return uint32(i + 1)
		}
	}
	d.names = append(d.names, name)
	return uint32(len(d.names))
}

func (d *display) serve() {
	in := bufio.NewReader(d.conn)
	hello := make([]byte, 12)
	if _, err := io.ReadFull(in, hello); err != nil {
		return
	}
	secrets := pad(int(binary.LittleEndian.Uint16(hello[6:]))) + pad(int(binary.LittleEndian.Uint16(hello[8:])))
	if _, err := in.Discard(secrets); err != nil {
		return
	}
	setup := make([]byte, 8+32+4+40)
	setup[0] = 1
	binary.LittleEndian.PutUint16(setup[6:], uint16((len(setup)-8)/4))
	binary.LittleEndian.PutUint32(setup[8+4:], 0x200000)
	binary.LittleEndian.PutUint16(setup[8+16:], 3)
	binary.LittleEndian.PutUint32(setup[8+32+4:], 77)
	d.say(setup)
	for {
		head := make([]byte, 4)
		if _, err := io.ReadFull(in, head); err != nil {
			return
		}
		body := make([]byte, 4*int(binary.LittleEndian.Uint16(head[2:]))-4)
		if _, err := io.ReadFull(in, body); err != nil {
			return
		}
		d.request(head[0], body)
	}
}

// say writes; the client may have gone.
func (d *display) say(b []byte) { _, _ = d.conn.Write(b) }

func (d *display) reply(own byte, fields []uint32, rest []byte) {
	b := make([]byte, 32)
	b[0], b[1] = 1, own
	rest = padded(rest)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(rest)/4))
	for i, f := range fields {
		binary.LittleEndian.PutUint32(b[8+4*i:], f)
	}
	d.say(append(b, rest...))
}

func (d *display) event(kind byte, at map[int]uint32, state byte) {
	var b Event
	b[0], b[16] = kind, state
	for i, v := range at {
		binary.LittleEndian.PutUint32(b[i:], v)
	}
	d.say(b[:])
}

func (d *display) request(opcode byte, body []byte) {
	word := func(i int) uint32 { return binary.LittleEndian.Uint32(body[4*i:]) }
	switch opcode {
	case internAtom:
		n := binary.LittleEndian.Uint16(body)
		d.reply(0, []uint32{d.atom(string(body[4:][:n]))}, nil)
	case convertSelection:
		d.convert(word(0), word(2), word(3))
	case getProperty:
		p := d.props[word(1)]
		delete(d.props, word(1))
		n := 0
		if p.bits > 0 {
			n = len(p.data) * 8 / int(p.bits)
		}
		d.reply(p.bits, []uint32{p.kind, 0, uint32(n)}, p.data)
		if p.kind == d.atom("INCR") || d.left != nil {
			d.more(word(1))
		}
	}
}

// convert puts what is asked for into the property, and says so.
func (d *display) convert(w, target, property uint32) {
	name := d.names[target-1]
	d.asked = append(d.asked, name)
	if name == "TARGETS" {
		var list []byte
		for k := range d.held {
			list = binary.LittleEndian.AppendUint32(list, d.atom(k))
		}
		d.props[property] = prop{d.atom("ATOM"), 32, list}
	} else if data, ok := d.held[name]; !ok {
		property = 0
	} else if len(data) > d.piece {
		d.left = data
		d.props[property] = prop{d.atom("INCR"), 32, []byte{0, 0, 0, 0}}
	} else {
		d.props[property] = prop{target, 8, data}
	}
	d.event(12, nil, 0) // something else happens meanwhile
	d.event(SelectionNotify, map[int]uint32{8: w, 16: target, 20: property}, 0)
}

func (d *display) more(property uint32) {
	n := min(d.piece, len(d.left))
	d.props[property] = prop{d.atom("image/png"), 8, d.left[:n]}
	d.left = d.left[n:]
	if n == 0 {
		d.left = nil
	}
	d.event(PropertyNotify, map[int]uint32{8: property}, 1) // deleted
	d.event(PropertyNotify, map[int]uint32{8: property}, 0)
}

// connected is a connection to a stand-in that holds these things.
func connected(t *testing.T, held map[string][]byte) *Conn {
	t.Helper()
	here, there := net.Pipe()
	d := &display{conn: there, held: held, piece: 1000, props: map[uint32]prop{}}
	done := make(chan struct{})
	go func() { defer close(done); d.serve() }()
	c := &Conn{conn: here, in: bufio.NewReader(here), atoms: map[string]Atom{}}
	t.Cleanup(func() {
		if err := errors.Join(here.Close(), there.Close()); err != nil {
			t.Error(err)
		}
		<-done
	})
	if err := errors.Join(here.SetDeadline(time.Now().Add(time.Minute)), c.greet([]byte("secret"))); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestClipboardIsReadWhole(t *testing.T) {
	long := bytes.Repeat([]byte("0123456789"), 512)
	for name, data := range map[string][]byte{"short": []byte("a picture"), "in pieces": long, "just one piece": long[:1000], "as long as two": long[:2000]} {
		c := connected(t, map[string][]byte{"image/png": data, "UTF8_STRING": []byte("words")})
		kind, got, err := c.clipboard("image/jpeg", "image/png")
		if err != nil || kind != "image/png" || !bytes.Equal(got, data) {
			t.Errorf("%s: %q, %d bytes of %d, %v", name, kind, len(got), len(data), err)
		}
		if c.Root() != 77 {
			t.Errorf("the window of all windows is %d", c.Root())
		}
	}
	c := connected(t, map[string][]byte{"UTF8_STRING": []byte("words")})
	if _, _, err := c.clipboard("image/png"); !errors.Is(err, ErrNothing) {
		t.Errorf("words only: %v", err)
	}
}

// TestOnlyThisMachine: a display that is reached over a network is refused
// before anything is sent.
func TestOnlyThisMachine(t *testing.T) {
	for name, want := range map[string]int{":0": 0, ":12": 12, ":1.0": 1, "unix:3": 3} {
		if n, err := displayNumber(name); err != nil || n != want {
			t.Errorf("%s: %d, %v", name, n, err)
		}
	}
	for _, name := range []string{"", "localhost:10.0", "desk.example:0", ":", ":x", ":-1"} {
		if _, err := displayNumber(name); err == nil {
			t.Errorf("%q is taken", name)
		}
	}
	if _, _, err := Clipboard(context.Background(), "localhost:10.0", "image/png"); err == nil || !strings.Contains(err.Error(), "not one of this machine") {
		t.Errorf("%v", err)
	}
}

func authority(entries ...[4]string) []byte {
	var b []byte
	for _, e := range entries {
		b = append(b, 1, 0)
		for _, f := range e {
			b = binary.BigEndian.AppendUint16(b, uint16(len(f)))
			b = append(b, f...)
		}
	}
	return b
}

func TestCookieOfTheDisplay(t *testing.T) {
	data := authority([4]string{"desk", "1", magicCookie, "one"}, [4]string{"desk", "12", "OTHER", "x"}, [4]string{"desk", "12", magicCookie, "twelve"}, [4]string{"desk", "", magicCookie, "any"})
	for number, want := range map[int]string{1: "one", 12: "twelve", 3: "any"} {
		if got := cookieIn(data, number); string(got) != want {
			t.Errorf("display %d: %q", number, got)
		}
	}
	for n := range data {
		cookieIn(data[:n], 3) // cut anywhere, it is no reason to stop
	}
}

// FuzzAnswers: whatever a display says, reading the clipboard ends, with what
// was said or an error.
func FuzzAnswers(f *testing.F) {
	f.Add([]byte{1, 0, 0, 0, 0, 0, 10, 0})
	f.Add(bytes.Repeat([]byte{1, 8, 0, 0, 0, 0, 0, 0}, 40))
	f.Add(append([]byte{1, 0, 0, 0, 0, 0, 12, 0}, bytes.Repeat([]byte{31}, 300)...))
	f.Fuzz(func(t *testing.T, said []byte) {
		c := &Conn{conn: deaf{}, in: bufio.NewReader(bytes.NewReader(said)), atoms: map[string]Atom{}}
		if err := c.greet(nil); err != nil {
			return
		}
		if _, data, err := c.clipboard("image/png"); err == nil && len(data) > len(said) {
			t.Errorf("%d bytes out of %d", len(data), len(said))
		}
	})
}

// deaf is a connection that takes everything.
type deaf struct{ net.Conn }

func (deaf) Write(p []byte) (int, error) { return len(p), nil }
