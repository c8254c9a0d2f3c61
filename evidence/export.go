package evidence

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"daybook/evidence/disk"
)

// Export writes the original of an item out, byte for byte, and compares its
// hash at the end: an error means that what was written is not to be used.
func (c *Case) Export(ctx context.Context, item int64, w io.Writer) error {
	it, err := c.Item(item)
	if err != nil {
		return err
	}
	o, err := c.Original(it.Hash)
	if err != nil {
		return fmt.Errorf("item %d: %w", item, err)
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(w, sum), disk.UntilDone(ctx, o))
	if err = errors.Join(err, o.Close()); err != nil {
		return fmt.Errorf("item %d: %w", item, err)
	}
	if got := Hash(sum.Sum(nil)); got != it.Hash {
		return fmt.Errorf("item %d: %w: its bytes are %s", item, ErrDamaged, got)
	}
	return nil
}
