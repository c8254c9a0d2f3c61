package sleep

import (
	"context"
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

// suspends is PBT_APMSUSPEND: the machine is about to sleep.
const suspends = 4

// callback is DEVICE_NOTIFY_CALLBACK: the system calls us, and no window is needed.
const callback = 2

// subscription is DEVICE_NOTIFY_SUBSCRIBE_PARAMETERS.
type subscription struct {
	call    uintptr
	context uintptr
}

// watch lets the system call before. It waits for the call to return.
func watch(ctx context.Context, before func()) error {
	power := windows.NewLazySystemDLL("powrprof.dll")
	begin, end := power.NewProc("PowerRegisterSuspendResumeNotification"), power.NewProc("PowerUnregisterSuspendResumeNotification")
	for _, p := range []*windows.LazyProc{begin, end} {
		if err := p.Find(); err != nil { // before Windows 8
			return fmt.Errorf("%w: %w", ErrUntold, err)
		}
	}
	s := subscription{call: windows.NewCallback(func(_, kind, _ uintptr) uintptr {
		if uint32(kind) == suspends {
			before()
		}
		return 0
	})}
	var handle uintptr
	if code, _, _ := begin.Call(callback, uintptr(unsafe.Pointer(&s)), uintptr(unsafe.Pointer(&handle))); code != 0 {
		return fmt.Errorf("%w: %w", ErrUntold, windows.Errno(code))
	}
	<-ctx.Done()
	code, _, _ := end.Call(handle)
	runtime.KeepAlive(&s)
	if code != 0 {
		return fmt.Errorf("the system goes on telling when it sleeps: %w", windows.Errno(code))
	}
	return nil
}
