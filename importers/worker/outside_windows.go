package worker

import "errors"

// becomes tells that a process here can become another program. On Windows it
// cannot: the program outside is held to its time alone.
const becomes = false

func become(string, []string) error { return errors.ErrUnsupported }
