//go:build unix

package worker

import (
	"os"
	"syscall"
)

// becomes tells that a process here can become another program.
const becomes = true

func become(path string, argv []string) error { return syscall.Exec(path, argv, os.Environ()) }
