//go:build !windows && !darwin

package clipboard

import (
	"context"
	"errors"
	"fmt"
	"os"

	"daybook/ui/x11"
)

// read asks the display that the window is on. Where the desktop is a Wayland
// one, the window is an X11 window all the same, and the two clipboards are one.
func read(ctx context.Context) (Held, error) {
	kind, data, err := x11.Clipboard(ctx, os.Getenv("DISPLAY"), "image/png", "image/jpeg", "image/bmp", "text/uri-list")
	switch {
	case errors.Is(err, x11.ErrNothing), err == nil && len(data) == 0:
		return Held{}, ErrNone
	case err != nil:
		return Held{}, fmt.Errorf("the clipboard cannot be read (%w); save the picture as a file and drop it on this window", err)
	}
	return Held{kind, data}, nil
}
