package evidence

import (
	"errors"
	"fmt"
)

// full says of an error that came from a full disk that it did.
func (c *Case) full(err error) error {
	if err == nil || errors.Is(err, ErrFull) || !isFull(err) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrFull, err)
}
