// Package x11 speaks as much of the X11 protocol as it takes to read what is on
// the clipboard, and no more: Fyne's clipboard knows text only. It knows
// windows, atoms, properties and selections; it knows no drawing and no input.
// It talks to the display of this machine through its socket and never to
// another machine.
package x11

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Atom is a name that the display has given a number.
type Atom uint32

// Window is a window of the display.
type Window uint32

// Conn is a connection to a display. It is for one goroutine.
type Conn struct {
	conn   net.Conn
	in     *bufio.Reader
	root   Window
	base   uint32 // of the numbers that are ours to give
	given  uint32
	atoms  map[string]Atom
	events []Event
}

// Event is what the display reports, as it came.
type Event [32]byte

// The events that matter here.
const (
	PropertyNotify   = 28
	SelectionRequest = 30
	SelectionNotify  = 31
	ClientMessage    = 33
)

// Kind is the sort of event.
func (e Event) Kind() byte { return e[0] & 0x7f }

// Word is a number in the event at a byte.
func (e Event) Word(at int) uint32 { return binary.LittleEndian.Uint32(e[at:]) }

// longest bounds what a display may send: a picture of a whole desk of screens
// is far smaller.
const longest = 512 << 20

// Open connects to the display that a name such as “:0” stands for. What is
// asked of it ends when ctx does.
func Open(ctx context.Context, display string) (*Conn, error) {
	number, err := displayNumber(display)
	if err != nil {
		return nil, err
	}
	path := fmt.Sprintf("/tmp/.X11-unix/X%d", number)
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", path)
	if err != nil {
		conn, err = d.DialContext(ctx, "unix", "@"+path) // Linux knows such sockets without a file
	}
	if err != nil {
		return nil, fmt.Errorf("display %s: %w", display, err)
	}
	if end, ok := ctx.Deadline(); ok {
		err = conn.SetDeadline(end)
	}
	c := &Conn{conn: conn, in: bufio.NewReader(conn), atoms: map[string]Atom{}}
	if err == nil {
		err = c.greet(cookie(number))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("display %s: %w", display, err), conn.Close())
	}
	return c, nil
}

// Close ends the connection.
func (c *Conn) Close() error { return c.conn.Close() }

// Root is the window that holds all others.
func (c *Conn) Root() Window { return c.root }

func displayNumber(name string) (int, error) {
	host, rest, ok := strings.Cut(name, ":")
	if !ok || host != "" && host != "unix" {
		return 0, fmt.Errorf("display %q is not one of this machine", name)
	}
	number, _, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("display %q has no number", name)
	}
	return n, nil
}

const magicCookie = "MIT-MAGIC-COOKIE-1"

// cookie looks up what lets this person talk to the display; nil where nothing
// is asked for.
func cookie(number int) []byte {
	name := os.Getenv("XAUTHORITY")
	if name == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil
		}
		name = filepath.Join(home, ".Xauthority")
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	return cookieIn(data, number)
}

// cookieIn reads the entries of an authority file: family, address, number,
// name and data, each with its length.
func cookieIn(data []byte, number int) []byte {
	next := func() ([]byte, bool) {
		if len(data) < 2 {
			return nil, false
		}
		n := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+n {
			return nil, false
		}
		field := data[2:][:n]
		data = data[2+n:]
		return field, true
	}
	for len(data) > 2 {
		data = data[2:]
		var fields [4][]byte
		for i := range fields {
			var ok bool
			if fields[i], ok = next(); !ok {
				return nil
			}
		}
		if of := string(fields[1]); (of == "" || of == strconv.Itoa(number)) && string(fields[2]) == magicCookie {
			return fields[3]
		}
	}
	return nil
}

func pad(n int) int { return (n + 3) &^ 3 }

// greet opens the conversation and takes note of the first screen.
func (c *Conn) greet(cookie []byte) error {
	name := ""
	if cookie != nil {
		name = magicCookie
	}
	hello := make([]byte, 12, 12+pad(len(name))+pad(len(cookie)))
	hello[0] = 'l'
	binary.LittleEndian.PutUint16(hello[2:], 11)
	binary.LittleEndian.PutUint16(hello[6:], uint16(len(name)))
	binary.LittleEndian.PutUint16(hello[8:], uint16(len(cookie)))
	hello = append(hello, padded([]byte(name))...)
	hello = append(hello, padded(cookie)...)
	if _, err := c.conn.Write(hello); err != nil {
		return err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(c.in, head); err != nil {
		return err
	}
	body := make([]byte, 4*int(binary.LittleEndian.Uint16(head[6:])))
	if _, err := io.ReadFull(c.in, body); err != nil {
		return err
	}
	if head[0] != 1 {
		return errors.New("it does not let this program in")
	}
	return c.setup(body)
}

func (c *Conn) setup(b []byte) error {
	if len(b) < 32 {
		return errShort
	}
	c.base = binary.LittleEndian.Uint32(b[4:])
	vendor, formats := int(binary.LittleEndian.Uint16(b[16:])), int(b[21])
	at := 32 + pad(vendor) + 8*formats
	if len(b) < at+4 {
		return errShort
	}
	c.root = Window(binary.LittleEndian.Uint32(b[at:]))
	return nil
}

var errShort = errors.New("its answer is cut short")

func padded(b []byte) []byte { return append(b[:len(b):len(b)], make([]byte, pad(len(b))-len(b))...) }

// send sends a request: its number, one byte of its own, and the rest.
func (c *Conn) send(opcode, own byte, rest ...any) error {
	b := []byte{opcode, own, 0, 0}
	for _, r := range rest {
		switch r := r.(type) {
		case uint8:
			b = append(b, r)
		case uint16:
			b = binary.LittleEndian.AppendUint16(b, r)
		case uint32:
			b = binary.LittleEndian.AppendUint32(b, r)
		case Atom:
			b = binary.LittleEndian.AppendUint32(b, uint32(r))
		case Window:
			b = binary.LittleEndian.AppendUint32(b, uint32(r))
		case []byte:
			b = append(b, r...)
		default:
			return fmt.Errorf("request %d: %T cannot be sent", opcode, r)
		}
	}
	b = padded(b)
	if len(b)/4 > 0xffff {
		return fmt.Errorf("request %d: %d bytes are too many", opcode, len(b))
	}
	binary.LittleEndian.PutUint16(b[2:], uint16(len(b)/4))
	_, err := c.conn.Write(b)
	return err
}

// read reads what the display says next: a reply, or an event.
func (c *Conn) read() (reply []byte, event *Event, err error) {
	var head Event
	if _, err := io.ReadFull(c.in, head[:]); err != nil {
		return nil, nil, err
	}
	more := int64(head.Word(4)) * 4
	switch head.Kind() {
	case 0:
		return nil, nil, fmt.Errorf("the display refuses request %d: error %d", head[10], head[1])
	case 1, 35:
		if more > longest {
			return nil, nil, fmt.Errorf("an answer of %d bytes is too long", more)
		}
		// Read as it comes: what is announced is not made room for beforehand.
		var body bytes.Buffer
		body.Write(head[:])
		if _, err := io.CopyN(&body, c.in, more); err != nil {
			return nil, nil, err
		}
		if head.Kind() == 35 {
			return c.read()
		}
		return body.Bytes(), nil, nil
	}
	return nil, &head, nil
}

// reply waits for the answer to the request that was sent last; events that come
// meanwhile are kept.
func (c *Conn) reply() ([]byte, error) {
	for {
		reply, event, err := c.read()
		if err != nil {
			return nil, err
		}
		if event == nil {
			return reply, nil
		}
		c.events = append(c.events, *event)
	}
}

// Next gives the next event.
func (c *Conn) Next() (Event, error) {
	if len(c.events) > 0 {
		e := c.events[0]
		c.events = c.events[1:]
		return e, nil
	}
	for {
		_, event, err := c.read()
		if err != nil {
			return Event{}, err
		}
		if event != nil {
			return *event, nil
		}
	}
}

// Wait gives the next event that is wanted, and drops the others.
func (c *Conn) Wait(wanted func(Event) bool) (Event, error) {
	for {
		e, err := c.Next()
		if err != nil || wanted(e) {
			return e, err
		}
	}
}

// patience is how long another program may take to hand over what it holds.
const patience = 10 * time.Second
