// Package clipboard reads a picture, or a list of files, from the clipboard of
// the system into memory. Nothing of it touches the disk or the network, and no
// other program is started for it. It knows nothing of cases.
package clipboard

import (
	"context"
	"errors"
)

// Held is what the clipboard holds.
type Held struct {
	Type string // image/png, image/jpeg, image/bmp or text/uri-list
	Data []byte
}

// ErrNone means that there is nothing to paste.
var ErrNone = errors.New("there is no picture on the clipboard; make the screenshot again and choose to copy it, or save it as a file and drop it on this window")

// Read reads the clipboard.
func Read(ctx context.Context) (Held, error) { return read(ctx) }
