//go:build linux

package sleep_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"daybook/ui/sleep"
	"daybook/ui/sleep/sleeptest"
)

// watched is a watch under way.
type watched struct {
	begun chan struct{} // before was called
	goOn  chan struct{} // lets it return
	ended chan error
	stop  context.CancelFunc
}

func watch(t *testing.T, address string) *watched {
	t.Helper()
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
	ctx, stop := context.WithCancel(t.Context())
	w := &watched{begun: make(chan struct{}), goOn: make(chan struct{}), ended: make(chan error, 1), stop: stop}
	go func() {
		w.ended <- sleep.Watch(ctx, func() { w.begun <- struct{}{}; <-w.goOn })
	}()
	return w
}

func (w *watched) end(t *testing.T) error {
	t.Helper()
	w.stop()
	select {
	case err := <-w.ended:
		return err
	case <-time.After(time.Minute):
		t.Fatal("the watch does not end")
		return nil
	}
}

// TestTheSleepWaits: what is done before a sleep is over when the sleep begins,
// and so it is the next time.
func TestTheSleepWaits(t *testing.T) {
	l := sleeptest.New(t, false)
	w := watch(t, l.Address)
	for range 2 {
		h := l.Asked()
		if h.Said != "sleep, Notes, Saving, delay" {
			t.Errorf("it holds the sleep with %q", h.Said)
		}
		l.Tells(true)
		<-w.begun
		if !h.Holds() {
			t.Fatal("the sleep does not wait")
		}
		w.goOn <- struct{}{}
		h.LetGo()
		l.Tells(false)
	}
	h := l.Asked()
	if err := w.end(t); err != nil {
		t.Error(err)
	}
	h.LetGo()
}

// TestWakingIsNoSleep: a word that the machine woke makes nothing happen.
func TestWakingIsNoSleep(t *testing.T) {
	l := sleeptest.New(t, false)
	w := watch(t, l.Address)
	h := l.Asked()
	l.Tells(false)
	l.Tells(true)
	<-w.begun
	if !h.Holds() {
		t.Error("the hold was lost on waking")
	}
	w.goOn <- struct{}{}
	select {
	case <-w.begun:
		t.Error("told of a sleep when the machine woke")
	default:
	}
	if err := w.end(t); err != nil {
		t.Error(err)
	}
}

// TestRefused: where nobody may hold a sleep it is told all the same.
func TestRefused(t *testing.T) {
	l := sleeptest.New(t, true)
	w := watch(t, l.Address)
	l.Asked()
	l.Tells(true)
	<-w.begun
	w.goOn <- struct{}{}
	if err := w.end(t); err != nil {
		t.Error(err)
	}
}

// TestUntold: without a bus, with one elsewhere, and when it goes away, the
// watch says that nobody will tell.
func TestUntold(t *testing.T) {
	for address, says := range map[string]string{
		"unix:path=" + t.TempDir() + "/none":        "no such file",
		"tcp:host=127.0.0.1,port=9":                 "not on this machine",
		"unix:path=/none;tcp:host=127.0.0.1,port=9": "not on this machine",
	} {
		t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
		if err := sleep.Watch(t.Context(), func() {}); !errors.Is(err, sleep.ErrUntold) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", address, err)
		}
	}
	l := sleeptest.New(t, false)
	w := watch(t, l.Address)
	l.Asked()
	l.Goes()
	select {
	case err := <-w.ended:
		if !errors.Is(err, sleep.ErrUntold) {
			t.Errorf("the bus went: %v", err)
		}
	case <-time.After(time.Minute):
		t.Error("waits for a bus that is gone")
	}
}
