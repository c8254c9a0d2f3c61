// Package sleep tells that this computer is about to sleep, before it does. It
// knows nothing of windows and cases. Nothing of it reaches for a network: on
// Linux it asks logind through the socket of the system's own message bus, on
// Windows the system calls back. On other systems nobody says it, and what must
// not go on over a sleep has to see by the clocks that there was one.
package sleep

import (
	"context"
	"errors"
)

// ErrUntold means that this system does not say when it is about to sleep.
var ErrUntold = errors.New("this computer does not say when it is about to sleep")

// Watch calls before each time the computer is about to sleep, until the context
// ends. The sleep waits for before to return, though not for more than some
// seconds: that is the system's own bound.
func Watch(ctx context.Context, before func()) error { return watch(ctx, before) }
