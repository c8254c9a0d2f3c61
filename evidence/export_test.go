package evidence

import (
	"errors"
	"testing"

	"daybook/evidence/keys"
)

// Die ends a case as a kill would: Badger's files are let go, and nothing more
// is written or tidied.
func (c *Case) Die() error {
	c.stopWriting("dead")
	c.copier.Load().abort()
	var all error
	for _, e := range []*engine{c.records.engine, c.copies.engine} {
		if e.gate.lock() && e.light == nil {
			all = errors.Join(all, e.db.Close())
		}
	}
	for _, f := range []func() error{c.log.Close, c.unlock} {
		_ = f() // of a disk without power: it says so
	}
	return all
}

// Settle waits until every item has its second copy.

// OriginalPath is where the sealed file of an item lies.
func (c *Case) OriginalPath(n int64) (string, error) {
	it, err := c.Item(n)
	if err != nil {
		return "", err
	}
	at, err := c.records.original(it.Hash)
	return c.originals.path(at.File), err
}

func mustWords(t testing.TB) keys.Words {
	t.Helper()
	w, err := keys.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	return w
}
