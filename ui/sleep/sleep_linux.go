package sleep

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"
)

// The words of org.freedesktop.login1.
const (
	login    = "org.freedesktop.login1"
	manager  = login + ".Manager"
	announce = "PrepareForSleep"
	place    = dbus.ObjectPath("/org/freedesktop/login1")
)

// watch listens to logind.
func watch(ctx context.Context, before func()) error {
	bus, err := dial(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUntold, err)
	}
	// A bus that is gone already has nothing more to say.
	defer func() { _ = bus.Close() }()
	said := make(chan *dbus.Signal, 8)
	bus.Signal(said)
	if err := bus.AddMatchSignalContext(ctx, dbus.WithMatchSender(login), dbus.WithMatchObjectPath(place), dbus.WithMatchInterface(manager), dbus.WithMatchMember(announce)); err != nil {
		return fmt.Errorf("%w: %w", ErrUntold, err)
	}
	held := delay(ctx, bus)
	defer func() { held.release() }()
	for {
		select {
		case <-ctx.Done():
			return nil
		case s, ok := <-said:
			if !ok {
				if ctx.Err() != nil {
					return nil
				}
				return fmt.Errorf("%w any more: the message bus has gone", ErrUntold)
			}
			var begins bool
			if s.Name != manager+"."+announce || dbus.Store(s.Body, &begins) != nil {
				continue
			}
			if begins {
				before()
				held.release()
				held = none
			} else if held == none {
				held = delay(ctx, bus)
			}
		}
	}
}

// dial speaks to the system's message bus, and through a socket of this machine
// alone: an address can name others.
func dial(ctx context.Context) (*dbus.Conn, error) {
	address := os.Getenv("DBUS_SYSTEM_BUS_ADDRESS")
	if address == "" {
		address = "unix:path=/var/run/dbus/system_bus_socket"
	}
	for one := range strings.SplitSeq(address, ";") {
		if !strings.HasPrefix(one, "unix:") {
			return nil, fmt.Errorf("the message bus at %q is not on this machine", one)
		}
	}
	return dbus.Connect(address, dbus.WithContext(ctx), dbus.WithAuth(dbus.AuthExternal(strconv.Itoa(os.Geteuid()))))
}

// hold is a file whose being open makes the sleep wait.
type hold int

// none is where the system lets nobody wait: the lock then runs beside the
// system's own getting ready.
const none = hold(-1)

// delay asks that the next sleep wait for us. Nothing that the system lists
// tells more than that something is saved.
func delay(ctx context.Context, bus *dbus.Conn) hold {
	var fd dbus.UnixFD
	err := bus.Object(login, place).CallWithContext(ctx, manager+".Inhibit", 0, "sleep", "Notes", "Saving", "delay").Store(&fd)
	if err != nil {
		return none
	}
	return hold(fd)
}

func (h hold) release() {
	if h != none {
		_ = unix.Close(int(h)) // the sleep may begin; a second try would change nothing
	}
}
