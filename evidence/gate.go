package evidence

import "sync"

// A gate counts who is inside. Closing it keeps others out and waits for those
// inside: Badger takes its mapped memory away under the feet of a reader.
type gate struct {
	mu     sync.Mutex
	inside int
	open   bool
	empty  chan struct{} // set while closing waits
}

func (g *gate) enter() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.open {
		return ErrClosed
	}
	g.inside++
	return nil
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside--; g.inside == 0 && g.empty != nil {
		close(g.empty)
		g.empty = nil
	}
}

func (g *gate) unlock() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open = true
}

// lock tells whether the gate was open.
func (g *gate) lock() bool {
	g.mu.Lock()
	was := g.open
	g.open = false
	var empty chan struct{}
	if g.inside > 0 {
		empty = make(chan struct{})
		g.empty = empty
	}
	g.mu.Unlock()
	if empty != nil {
		<-empty
	}
	return was
}
