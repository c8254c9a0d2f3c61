//go:build !linux

package worker

import "runtime"

func confines() bool { return runtime.GOOS != "windows" }
