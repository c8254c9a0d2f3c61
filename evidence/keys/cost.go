package keys

import (
	"fmt"
	"testing"
)

// Cost is what one guess at a passphrase costs: the parameters of Argon2id.
type Cost struct {
	Time    uint32 `json:"time"`       // passes over the memory
	Memory  uint32 `json:"memory_kib"` // in KiB
	Threads uint8  `json:"threads"`
}

// The bounds are checked before anything is computed: a hostile case.json must
// neither eat the machine nor make guessing cheap.
const (
	minMemory  = 64 << 10
	maxMemory  = 1 << 20
	maxTime    = 10
	maxThreads = 8
)

// DefaultCost takes about a second and 256 MiB on a laptop of 2025.
func DefaultCost() Cost { return Cost{Time: 3, Memory: 256 << 10, Threads: 4} }

// LeastCost is the cheapest that is accepted: for tests and the sample case.
func LeastCost() Cost { return Cost{Time: 1, Memory: leastMemory(testing.Testing()), Threads: 4} }

// leastMemory is next to nothing where "go test" linked the program: its tests
// open cases by the thousand. A program that was built cannot be told so, and
// refuses their cases.
func leastMemory(tested bool) uint32 {
	if tested {
		return 1 << 10
	}
	return minMemory
}

func (c Cost) check() error {
	least := leastMemory(testing.Testing())
	switch {
	case c.Memory < least || c.Memory > maxMemory:
		return fmt.Errorf("argon2id memory of %d KiB: want %d to %d", c.Memory, least, maxMemory)
	case c.Time < 1 || c.Time > maxTime:
		return fmt.Errorf("argon2id time of %d: want 1 to %d", c.Time, maxTime)
	case c.Threads < 1 || c.Threads > maxThreads:
		return fmt.Errorf("argon2id threads of %d: want 1 to %d", c.Threads, maxThreads)
	}
	return nil
}
