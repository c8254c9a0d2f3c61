//go:build !linux

package ui

import "time"

// cpu is the time of day where the system does not tell a thread's own.
func cpu() time.Duration { return time.Duration(time.Now().UnixNano()) }
