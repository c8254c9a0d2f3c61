package bundle

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// originals lists what the bundle carries by its SHA-256: the files of the
// payload's list whose bytes are what it says.
func (b *bundle) originals(ctx context.Context) error {
	b.carried = map[string]string{}
	bad := map[string]bool{}
	for _, p := range b.verdict.Problems {
		bad[p.File] = true
	}
	f, err := b.top.Open(listFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // the verdict names it
	}
	if err != nil {
		return fmt.Errorf("%s: %w", listFile, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if err := ctx.Err(); err != nil {
			return err
		}
		sum, name, ok := strings.Cut(lines.Text(), "  ")
		if !ok || !strings.HasPrefix(name, originalsDir) || bad[name] || b.carried[sum] != "" {
			continue
		}
		b.carried[sum] = name
	}
	return nil // a line that is too long is one of the verdict's faults
}

// archives are the endings of the files that the run opens by itself.
var archives = []string{".zip", ".tar", ".gz", ".tgz"}

// carry makes each original an item of this case under the path that it had in
// the other one. What lies in a carried original comes out of it.
func (b *bundle) carry(ctx context.Context) error {
	names := make(map[string]string, len(b.carried))
	for sum, name := range b.carried {
		names[name] = sum
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		sum := names[name]
		it := b.log.items[numberOf(name)]
		if it.sha256 != sum {
			it = item{}
		}
		if slices.Contains(archives, path.Ext(name)) {
			b.archives++
			continue
		}
		if it.parent != 0 && b.hasOriginal(it.parent, 0) {
			continue
		}
		if err := b.attach(name, it); err != nil {
			return err
		}
	}
	return nil
}

// numberOf is the item's number in the other case, which begins the name that
// its original has in a bundle.
func numberOf(name string) int64 {
	digits, _, _ := strings.Cut(path.Base(name), "-")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// hasOriginal tells whether the bundle carries an item, or what it lies in.
func (b *bundle) hasOriginal(number int64, depth int) bool {
	it, ok := b.log.items[number]
	if !ok || depth > mostDepth {
		return false
	}
	return b.carried[it.sha256] != "" || it.parent != 0 && b.hasOriginal(it.parent, depth+1)
}

// mostDepth is how deep items may lie in each other.
const mostDepth = 16

// pathOf is where an item lay in the other case, containers included.
func (b *bundle) pathOf(it item, depth int) string {
	parent, ok := b.log.items[it.parent]
	if !ok || depth > mostDepth {
		return it.path
	}
	return b.pathOf(parent, depth+1) + "/" + it.path
}

// file is a carried original with the file time that it came with first.
type file struct {
	io.Reader
	of item
}

func (f file) Modified() (t time.Time, wall bool) { return f.of.modified, f.of.wall }

func (b *bundle) attach(name string, it item) (err error) {
	f, err := b.top.Open(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	note := "received in " + b.from() + "; its entry there is withheld"
	if it.sha256 != "" {
		note = fmt.Sprintf("received in %s; item %d there, added in %s", b.from(), it.number, it.by())
	}
	b.taken++
	_, err = b.out.Attach(note, cmp.Or(b.pathOf(it, 0), path.Base(name)), it.mediaType, file{f, it})
	return err
}
