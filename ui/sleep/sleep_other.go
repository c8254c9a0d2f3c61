//go:build !linux && !windows

package sleep

import "context"

func watch(context.Context, func()) error { return ErrUntold }
