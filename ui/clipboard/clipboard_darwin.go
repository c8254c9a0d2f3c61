package clipboard

import (
	"context"
	"errors"
)

// read cannot reach the pictures of macOS's clipboard without starting another
// program, which would leave a copy.
func read(context.Context) (Held, error) {
	return Held{}, errors.New("on a Mac a picture cannot be taken from the clipboard; save the screenshot as a file and drop it on this window")
}
