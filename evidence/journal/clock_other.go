//go:build !linux

package journal

func systemClock() Clock { return newSessionClock() }
