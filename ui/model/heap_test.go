package model

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
)

// What is used little of may grow by the room, and what much is used of by the part.
func TestHeapPercent(t *testing.T) {
	for live, want := range map[uint64]int{0: 6400, 32 << 20: 200, 128 << 20: 50, 300 << 20: heapPart} {
		if got := heapPercent(live); got != want {
			t.Errorf("%d MB are live: %d per cent, want %d", live>>20, got, want)
		}
	}
}

// After each round of the collector it is told anew: once much is used, the part holds.
func TestHoldLittle(t *testing.T) {
	before := debug.SetGCPercent(100)
	t.Cleanup(func() { debug.SetGCPercent(before) })
	HoldLittle()
	much := make([]byte, 256<<20)
	for range 200 { // the end of a round is heard of beside this goroutine
		if runtime.GC(); percent() == heapPart {
			break
		}
	}
	if got := percent(); got != heapPart {
		t.Errorf("%d MB are live, and the collector waits for %d per cent more", len(much)>>20, got)
	}
	runtime.KeepAlive(much)
}

func percent() int {
	all := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(all)
	return int(all[0].Value.Uint64())
}
