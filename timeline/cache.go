package timeline

import (
	"container/list"
	"sync"
)

// cacheSize bounds what is kept of opened blocks and word lists.
const cacheSize = 16 << 20

// cache keeps what was opened last, up to cacheSize bytes.
type cache struct {
	mu    sync.Mutex
	size  int
	order list.List
	at    map[string]*list.Element
}

type cached struct {
	key   string
	value any
	size  int
}

func newCache() *cache { return &cache{at: map[string]*list.Element{}} }

func (c *cache) get(key string) (any, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.at[key]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).value, true
}

func (c *cache) put(key string, value any, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.at[key]; ok {
		c.drop(e)
	}
	c.at[key] = c.order.PushFront(&cached{key, value, size})
	c.size += size
	for c.size > cacheSize && c.order.Len() > 1 {
		c.drop(c.order.Back())
	}
}

func (c *cache) drop(e *list.Element) {
	old := c.order.Remove(e).(*cached)
	delete(c.at, old.key)
	c.size -= old.size
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.order.Init()
	clear(c.at)
	c.size = 0
}
