package evidence

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"
)

// records makes the records from the journal a second time, beside the first,
// and compares the two key by key: what is missing, differs or is too much is
// put right. Values of the named stores are opened; a store with one that does
// not open is dropped, for its owner to make it again. With entries missing from
// the journal the records may know more than it: they are left as they are.
func (k *checking) records(ctx context.Context) error {
	c := k.c
	c.mu.Lock()
	defer c.mu.Unlock()
	if k.lost {
		return k.stores(ctx)
	}
	second := &records{engine: c.engine("check", checkOptions()), plain: c.records.plain, space: c.records.space}
	second.begun(mark{Format: markFormat, Generation: c.records.mark.Generation})
	if err := second.engine.clear(); err != nil {
		return err
	}
	if err := second.engine.start(); err != nil {
		return err
	}
	err := second.follow(c.log, &k.pace)
	if err == nil {
		err = k.compare(ctx, second)
	}
	if err = errors.Join(err, second.engine.stop(), second.engine.clear()); err != nil {
		return err
	}
	return k.stores(ctx)
}

// compare puts the records right where they differ from the second ones. The
// mark differs by nature only in how it is sealed.
func (k *checking) compare(ctx context.Context, second *records) error {
	first := k.c.records
	var right []change
	err := second.engine.scan(second.space, func(opaque, sealed []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		key, want, err := second.open(opaque, sealed)
		if err != nil {
			return err
		}
		k.done.Records++
		got, err := first.engine.get(opaque)
		if err == nil {
			_, got, err = first.open(opaque, got)
		}
		if err == nil && bytes.Equal(got, want) {
			return nil
		}
		how := "differed from"
		if errors.Is(err, badger.ErrKeyNotFound) {
			how = "was missing beside"
		}
		k.find(recordFinding(key, how))
		right = append(right, change{opaque, sealed})
		return nil
	})
	if err != nil {
		return err
	}
	err = first.engine.scan(first.space, func(opaque, sealed []byte) error {
		if _, err := second.engine.get(opaque); !errors.Is(err, badger.ErrKeyNotFound) {
			return err
		}
		key, _, _ := first.open(opaque, sealed)
		k.find(recordFinding(key, "is not in"))
		right = append(right, change{key: opaque})
		return nil
	})
	if err != nil || len(right) == 0 {
		return err
	}
	return first.engine.write(right)
}

// open opens a record, the mark too.
func (r *records) open(opaque, sealed []byte) (key, value []byte, err error) {
	if key, value, err = r.sealer().open(opaque, sealed); err == nil {
		return key, value, nil
	}
	return r.plain.open(opaque, sealed)
}

// recordFinding names a record by its key.
func recordFinding(key []byte, how string) Finding {
	f := Finding{What: "record", Entry: -1, Healed: true}
	name := "A record"
	if len(key) == 9 {
		n := int64(binary.BigEndian.Uint64(key[1:]))
		switch key[0] {
		case 'i':
			f.Item, name = n, fmt.Sprintf("The record of item %d", n)
		case 'c':
			f.Item, name = n, fmt.Sprintf("The list of members of item %d", n)
		case 'b':
			name = fmt.Sprintf("The record of batch %d", n)
		}
	}
	f.Sentence = name + " " + how + " what the journal says; it was put right."
	return f
}

// stores opens every value of the named stores.
func (k *checking) stores(ctx context.Context) error {
	r := k.c.records
	broken := map[string]bool{}
	err := r.engine.scan(nil, func(opaque, sealed []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if bytes.HasPrefix(opaque, r.space) || len(opaque) < spaceLen {
			return nil
		}
		k.done.Records++
		if _, _, err := r.sealer().open(opaque, sealed); err != nil {
			broken[string(opaque[:spaceLen])] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	for space := range broken {
		if err := r.engine.drop([]byte(space)); err != nil {
			return err
		}
		k.find(Finding{
			What: "store", Entry: -1, Healed: true,
			Sentence: "A part of the working store was damaged and was thrown away; it is made again from the originals and the journal.",
		})
	}
	return nil
}
