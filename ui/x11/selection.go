package x11

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
)

// The requests that are used here.
const (
	createWindow      = 1
	internAtom        = 16
	atomName          = 17
	changeProperty    = 18
	deleteProperty    = 19
	getProperty       = 20
	setSelectionOwner = 22
	convertSelection  = 24
	sendEvent         = 25
)

// Atom gives the number of a name.
func (c *Conn) Atom(name string) (Atom, error) {
	if a, ok := c.atoms[name]; ok {
		return a, nil
	}
	if err := c.send(internAtom, 0, uint16(len(name)), uint16(0), []byte(name)); err != nil {
		return 0, err
	}
	r, err := c.reply()
	if err != nil {
		return 0, fmt.Errorf("name %s: %w", name, err)
	}
	a := Atom(binary.LittleEndian.Uint32(r[8:]))
	c.atoms[name] = a
	return a, nil
}

// Name gives the name of a number.
func (c *Conn) Name(a Atom) (string, error) {
	if err := c.send(atomName, 0, a); err != nil {
		return "", err
	}
	r, err := c.reply()
	if err != nil {
		return "", err
	}
	n := int(binary.LittleEndian.Uint16(r[8:]))
	if len(r) < 32+n {
		return "", errShort
	}
	return string(r[32:][:n]), nil
}

// NewWindow makes a window that is never shown: selections are handed from
// window to window.
func (c *Conn) NewWindow() (Window, error) {
	c.given++
	w := Window(c.base + c.given)
	const inputOutput, eventMask, propertyChange = 1, 0x800, 0x400000
	return w, c.send(createWindow, 0, w, c.root, uint16(0), uint16(0), uint16(1), uint16(1), uint16(0), uint16(inputOutput),
		uint32(0), uint32(eventMask), uint32(propertyChange))
}

// Own makes a window the owner of a selection.
func (c *Conn) Own(w Window, selection Atom) error {
	return c.send(setSelectionOwner, 0, w, selection, uint32(0))
}

// Put sets a property of a window to data in units of 8 or 32 bits.
func (c *Conn) Put(w Window, property, kind Atom, bits int, data []byte) error {
	return c.send(changeProperty, 0, w, property, kind, uint8(bits), []byte{0, 0, 0}, uint32(len(data)*8/bits), data)
}

// Send sends an event to a window.
func (c *Conn) Send(w Window, e Event) error { return c.send(sendEvent, 0, w, uint32(0), e[:]) }

// property reads and deletes a property of a window.
func (c *Conn) property(w Window, property Atom) (kind Atom, data []byte, err error) {
	const all = 0x1fffffff
	if err := c.send(getProperty, 1, w, property, uint32(0), uint32(0), uint32(all)); err != nil {
		return 0, nil, err
	}
	r, err := c.reply()
	if err != nil {
		return 0, nil, err
	}
	n := int64(binary.LittleEndian.Uint32(r[16:])) * int64(r[1]) / 8
	if n > int64(len(r)-32) {
		return 0, nil, errShort
	}
	return Atom(binary.LittleEndian.Uint32(r[8:])), r[32:][:n], nil
}

// ErrNothing means that the selection holds nothing of the kind.
var ErrNothing = errors.New("nothing of this kind is on the clipboard")

// convert asks the owner of a selection for one kind of what it holds.
func (c *Conn) convert(w Window, selection, target Atom) ([]byte, error) {
	property, err := c.Atom("DAYBOOK_SELECTION")
	if err != nil {
		return nil, err
	}
	if err := c.send(convertSelection, 0, w, selection, target, property, uint32(0)); err != nil {
		return nil, err
	}
	e, err := c.Wait(func(e Event) bool { return e.Kind() == SelectionNotify && e.Word(16) == uint32(target) })
	if err != nil {
		return nil, err
	}
	if e.Word(20) == 0 {
		return nil, ErrNothing
	}
	incr, err := c.Atom("INCR")
	if err != nil {
		return nil, err
	}
	kind, data, err := c.property(w, property)
	if err != nil || kind != incr {
		return data, err
	}
	return c.pieces(w, property)
}

// pieces takes what is too long for one property: each is there when the one
// before was deleted, and an empty one is the end.
func (c *Conn) pieces(w Window, property Atom) ([]byte, error) {
	const newValue = 0
	var all []byte
	for {
		_, err := c.Wait(func(e Event) bool {
			return e.Kind() == PropertyNotify && e.Word(8) == uint32(property) && e[16] == newValue
		})
		if err != nil {
			return nil, err
		}
		_, data, err := c.property(w, property)
		if err != nil || len(data) == 0 {
			return all, err
		}
		if all = append(all, data...); len(all) > longest {
			return nil, fmt.Errorf("more than %d bytes are on the clipboard", longest)
		}
	}
}

// Clipboard reads the clipboard of a display in the first of the kinds that it
// is held in; ErrNothing when it is held in none of them.
func Clipboard(ctx context.Context, display string, kinds ...string) (kind string, data []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	c, err := Open(ctx, display)
	if err != nil {
		return "", nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return c.clipboard(kinds...)
}

func (c *Conn) clipboard(kinds ...string) (kind string, data []byte, err error) {
	w, err := c.NewWindow()
	if err != nil {
		return "", nil, err
	}
	selection, err := c.Atom("CLIPBOARD")
	if err != nil {
		return "", nil, err
	}
	held, err := c.targets(w, selection)
	if err != nil {
		return "", nil, err
	}
	for _, k := range kinds {
		target, err := c.Atom(k)
		if err != nil {
			return "", nil, err
		}
		if held[target] {
			data, err := c.convert(w, selection, target)
			return k, data, err
		}
	}
	return "", nil, ErrNothing
}

// targets are the kinds in which the selection is held.
func (c *Conn) targets(w Window, selection Atom) (map[Atom]bool, error) {
	targets, err := c.Atom("TARGETS")
	if err != nil {
		return nil, err
	}
	data, err := c.convert(w, selection, targets)
	if err != nil {
		return nil, err
	}
	held := map[Atom]bool{}
	for ; len(data) >= 4; data = data[4:] {
		held[Atom(binary.LittleEndian.Uint32(data))] = true
	}
	return held, nil
}
