package model

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// How much more than it uses this program holds at most: a laptop of 4 GiB has little to
// lend. A case of a million events uses so much that the part decides. Where little is
// used the room does: a part of that is gone in an instant, and the collector would take
// a quarter of the time in which a bundle is written.
const (
	heapPart = 30 // per cent
	heapRoom = 64 << 20
)

// HoldLittle has the collector keep to that from now on: after each of its rounds it is
// told anew.
func HoldLittle() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(heapPercent(live[0].Value.Uint64()))
	runtime.SetFinalizer(&round{}, func(*round) { HoldLittle() })
}

// round is thrown away at once, so that the end of a round of the collector is heard of.
type round struct{ _ *byte }

// heapPercent is how much may come to what is live, in per cent of that.
func heapPercent(live uint64) int { return int(max(heapPart, heapRoom*100/max(live, 1<<20))) }
