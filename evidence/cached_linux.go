package evidence

import (
	"os"

	"golang.org/x/sys/unix"
)

// forget advises the system that a file is not needed from an offset on. Advice
// that is not taken costs memory and nothing else.
func forget(f *os.File, from int64) {
	_ = unix.Fadvise(int(f.Fd()), from, 0, unix.FADV_DONTNEED)
}
