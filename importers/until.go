package importers

import (
	"context"
	"errors"
	"io"

	"daybook/evidence/disk"
)

// UntilDone reads from r until the context ends, so that a value of any size can
// be left in the middle.
func UntilDone(ctx context.Context, r io.Reader) io.Reader { return disk.UntilDone(ctx, r) }

// UntilBroken reads up to an error, which it keeps: content that is damaged is
// content up to there. That the context ended, whoever reads on is told.
type UntilBroken struct {
	R   io.Reader
	Err error
}

func (u *UntilBroken) Read(p []byte) (int, error) {
	n, err := u.R.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		u.Err, err = err, io.EOF
	}
	return n, err
}
