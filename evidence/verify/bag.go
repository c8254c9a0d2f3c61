package verify

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

const bagText = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

func (c *check) bag() error {
	if b, ok := c.read(bagFile, 1<<10); ok && string(b) != bagText {
		c.v.add(bagFile, "does not say BagIt 1.0 in UTF-8")
	}
	return nil
}

// payload checks every file under data/ against the payload list.
func (c *check) payload() error { return c.list(payloadList, isPayload) }

// tags checks every file outside data/ against the tag list, which cannot list
// itself, nor the seal that lists it.
func (c *check) tags() error {
	return c.list(tagList, func(name string) bool { return !isPayload(name) && !isSeal(name) })
}

func isPayload(name string) bool { return strings.HasPrefix(name, payloadDir) }

func isSeal(name string) bool {
	return name == tagList || name == sealFile || name == sealSigFile
}

// list reads one list and hashes what it names. belongs tells which files this
// list may name.
func (c *check) list(list string, belongs func(string) bool) error {
	if _, ok := c.files[list]; !ok {
		c.v.add(list, "is missing")
		return nil
	}
	return c.eachLine(list, func(n int, line string) error {
		sum, name, ok := parseSum(line)
		switch {
		case !ok:
			c.v.add(list, "line %d is not a SHA-256 sum, two spaces and a name", n)
		case !belongs(name):
			c.v.add(list, "line %d names %q, which does not belong in this list", n, name)
		case c.sums[name] != "":
			c.v.add(list, "line %d names %s again", n, name)
		default:
			c.sums[name] = sum
			return c.compare(list, name, sum)
		}
		return nil
	})
}

// eachLine calls each with every line of a text file, which must end in a line
// feed.
func (c *check) eachLine(name string, each func(n int, line string) error) error {
	f, err := c.fs.Open(name)
	if err != nil {
		c.v.add(name, "cannot be read: %v", err)
		return nil
	}
	return errors.Join(c.lines(name, f, each), f.Close())
}

func (c *check) lines(name string, r io.Reader, each func(n int, line string) error) error {
	in := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		b, err := in.ReadSlice('\n')
		switch {
		case err == io.EOF && len(b) == 0:
			return nil
		case err == io.EOF:
			c.v.add(name, "does not end with a line feed")
			return each(n, string(b))
		case err != nil:
			c.v.add(name, "cannot be read from line %d: %v", n, err)
			return nil
		}
		if err := each(n, string(b[:len(b)-1])); err != nil {
			return err
		}
	}
}

// parseSum reads a line exactly as Daybook writes it: sha256sum itself is laxer
// (it takes capital digits, and a star for the second space).
func parseSum(line string) (sum, name string, ok bool) {
	if len(line) < 67 || line[64:66] != "  " {
		return "", "", false
	}
	sum, name = line[:64], line[66:]
	return sum, name, isSum(sum) && fs.ValidPath(name) && !strings.ContainsAny(name, "\\\r\x00")
}

func isSum(s string) bool {
	if len(s) != 64 {
		return false
	}
	for _, r := range s {
		if !strings.ContainsRune("0123456789abcdef", r) {
			return false
		}
	}
	return true
}

// compare compares a file with what a list says of it. Of a list that is itself
// not the one that was sealed, it is said that it is the list which differs.
func (c *check) compare(list, name, sum string) error {
	if _, ok := c.files[name]; !ok {
		c.v.add(name, "is missing")
		return nil
	}
	got, err := c.sum(name)
	if c.ctx.Err() != nil {
		return c.ctx.Err()
	}
	if err != nil {
		c.bad[name] = true
		c.v.add(name, "cannot be read: %v", err)
		return nil
	}
	c.got[name] = got
	switch {
	case got == sum:
	case c.bad[list]:
		c.v.add(name, "its SHA-256 is %s and %s says %s; that list is not the one that was sealed", got, list, sum)
	default:
		c.bad[name] = true
		c.v.add(name, "is not the file that was sealed: its SHA-256 is %s and should be %s", got, sum)
	}
	return nil
}

func (c *check) sum(name string) (string, error) {
	f, err := c.fs.Open(name)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(h, meter{c, f, name})
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, f.Close())
}

// extra names every file that no list knows.
func (c *check) extra() error {
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if c.sums[name] == "" && !isSeal(name) {
			c.v.add(name, "is in no list: it was added, or renamed")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.empty)) {
		c.v.add(name, "is an empty folder: it was added, or what was in it is gone")
	}
	return nil
}

// info compares what the bag says of its own size.
func (c *check) info() error {
	b, ok := c.read(infoFile, 1<<20)
	if !ok {
		return nil
	}
	var n, bytes int64
	for name, size := range c.files {
		if isPayload(name) {
			n++
			bytes += size
		}
	}
	var oxum string
	for line := range strings.Lines(string(b)) {
		key, value, _ := strings.Cut(strings.TrimRight(line, "\n"), ": ")
		switch key {
		case "Payload-Oxum":
			oxum = value
		case "Daybook-Made":
			c.v.Made = value
		}
	}
	if want := fmt.Sprintf("%d.%d", bytes, n); oxum != want {
		c.v.add(infoFile, "says %q of the files in data/, which are %s (bytes.files): one wrong file in data/ is enough for that", oxum, want)
	}
	return nil
}
