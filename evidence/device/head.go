package device

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"

	"daybook/evidence/disk"
)

// head is the device's last note: its number and the SHA-256 of its file. It is
// written after the note, so it may lag behind by one.
type head struct {
	seq  uint64
	hash [32]byte
}

func (h head) encode() []byte { return fmt.Appendf(nil, "%d %x\n", h.seq, h.hash) }

func parseHead(raw []byte) (h head, ok bool) {
	number, sum, ok := bytes.Cut(bytes.TrimSuffix(raw, []byte("\n")), []byte(" "))
	seq, err := strconv.ParseUint(string(number), 10, 64)
	if n, herr := hex.Decode(h.hash[:], sum[:min(len(sum), 2*len(h.hash))]); !ok || err != nil || herr != nil || n != len(h.hash) {
		return head{}, false
	}
	h.seq = seq
	return h, bytes.Equal(h.encode(), raw)
}

// readHead gives what the file head says; one that is missing or damaged says
// that there was no note.
func readHead(fsys disk.FS, dir string) (head, error) {
	raw, err := disk.ReadFile(fsys, filepath.Join(dir, headName), 1<<10)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, disk.ErrTooLong) {
		return head{}, nil
	}
	h, _ := parseHead(raw)
	return h, err
}

func (h head) write(fsys disk.FS, dir string) error {
	return disk.WriteFile(fsys, filepath.Join(dir, headName), h.encode())
}

// latest gives the last note of a folder: by the file head, or the note after
// that, when the head was not written any more.
func latest(fsys disk.FS, dir string) (head, error) {
	h, err := readHead(fsys, dir)
	if err != nil {
		return head{}, err
	}
	list, err := fsys.ReadDir(dir)
	if err != nil {
		return head{}, err
	}
	last := h.seq
	for _, e := range list {
		if seq, ok := noteNumber(e.Name()); ok && e.Type().IsRegular() {
			last = max(last, seq)
		}
	}
	if last == h.seq {
		return h, nil
	}
	raw, err := disk.ReadFile(fsys, filepath.Join(dir, noteName(last)), maxNoteFile)
	return head{last, sha256.Sum256(raw)}, err
}

const (
	noteSuffix = ".note"
	dataSuffix = ".file"
)

func noteName(seq uint64) string { return fmt.Sprintf("%08d%s", seq, noteSuffix) }
func dataName(seq uint64) string { return fmt.Sprintf("%08d%s", seq, dataSuffix) }

var numbered = regexp.MustCompile(`^([0-9]{8,18})\.(note|file)$`)

// noteNumber gives the number of a note by the name of its file.
func noteNumber(name string) (uint64, bool) {
	m := numbered.FindStringSubmatch(name)
	if m == nil {
		return 0, false
	}
	seq, err := strconv.ParseUint(m[1], 10, 64)
	return seq, err == nil && seq > 0 && name == noteName(seq)
}
