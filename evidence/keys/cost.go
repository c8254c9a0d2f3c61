package keys

import (
	"fmt"
	"time"

	"golang.org/x/crypto/argon2"
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
func LeastCost() Cost { return Cost{Time: 1, Memory: minMemory, Threads: 4} }

// Calibrate measures this machine and gives the cost whose guess takes about
// target, between 64 MiB and 1 GiB of memory.
func Calibrate(target time.Duration) Cost {
	c := Cost{Time: 3, Memory: minMemory, Threads: 4}
	start := time.Now()
	argon2.IDKey([]byte("calibrate"), make([]byte, saltSize), c.Time, c.Memory, c.Threads, keySize)
	took := max(time.Since(start), time.Millisecond)
	memory := float64(c.Memory) * float64(target) / float64(took)
	c.Memory = uint32(min(max(memory, minMemory), maxMemory)) &^ (minMemory/4 - 1)
	return c
}

func (c Cost) check() error {
	switch {
	case c.Memory < minMemory || c.Memory > maxMemory:
		return fmt.Errorf("argon2id memory of %d KiB: want %d to %d", c.Memory, minMemory, maxMemory)
	case c.Time < 1 || c.Time > maxTime:
		return fmt.Errorf("argon2id time of %d: want 1 to %d", c.Time, maxTime)
	case c.Threads < 1 || c.Threads > maxThreads:
		return fmt.Errorf("argon2id threads of %d: want 1 to %d", c.Threads, maxThreads)
	}
	return nil
}
