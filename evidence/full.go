package evidence

import (
	"errors"
	"fmt"

	"daybook/evidence/disk"
)

// full says of an error that came from a full disk that it did.
func (c *Case) full(err error) error {
	if err == nil || errors.Is(err, ErrFull) || !disk.IsFull(err) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrFull, err)
}
