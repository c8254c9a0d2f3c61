package evidence

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"strconv"

	"golang.org/x/crypto/chacha20poly1305"

	"daybook/evidence/disk"
)

// Pictures that were made of originals for the pages of a bundle are kept, so that
// the next bundle need not make them. Each is sealed under a key that is made of the
// case's own and of that of the original: where the original's key was destroyed,
// nothing that a disk keeps of its pictures can be opened. They lie outside of
// Badger, which maps what it holds and gives no room back.

const (
	pictureFolder = "pictures"
	pictureFormat = 1
	// pagePictures are kept of an original: the full and the served pack may show
	// it in two sizes.
	pagePictures = 2
	// mostPicture is how large one may be: it is held in memory.
	mostPicture = 16 << 20
	// pictureRoom stays free on the volume: what can be made again does not fill it.
	pictureRoom = 1 << 30
	// picturesOf is how many times the size of an original its pictures may have
	// together: one that was hardly made smaller may be packed larger than it came.
	picturesOf = 2
)

// PagePictures gives what KeepPagePicture has kept of an original. One that does not
// open is passed over: it is made again.
func (c *Case) PagePictures(h Hash) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		folder, err := c.pictureFolder(h)
		if err != nil {
			return
		}
		var aead cipher.AEAD
		for n := range pagePictures {
			sealed, err := disk.ReadFile(c.fs, picturePath(folder, n), mostPicture+1<<10)
			if err != nil {
				continue
			}
			if aead == nil {
				if aead, err = c.pictureKey(h); err != nil {
					return
				}
			}
			if plain, err := openPicture(aead, sealed); err == nil && !yield(plain) {
				return
			}
		}
	}
}

// KeepPagePicture keeps a picture of an original, in the place of the oldest where
// there are as many as may be. Those of one original take at most twice the room that
// it does, and none is kept where the case cannot be written. Where the disk is nearly
// full it gives ErrFull, and the case can do everything else.
func (c *Case) KeepPagePicture(h Hash, picture []byte) error {
	if ok, _ := c.writable(); !ok || len(picture) > mostPicture {
		return nil
	}
	if err := c.room.ask(pictureRoom+uint64(len(picture)), "picture of original"); err != nil {
		return err
	}
	c.erasing.RLock()
	defer c.erasing.RUnlock()
	c.picturing.Lock()
	defer c.picturing.Unlock()
	at, err := c.records.original(h)
	beside := picturesOf*at.Size - int64(len(picture))
	if err != nil || at.Gone || beside < 0 {
		return err
	}
	if err := c.keepPicture(h, picture, beside); err != nil {
		return fmt.Errorf("picture of original %s: %w", h, c.full(err))
	}
	return nil
}

// keepPicture seals a picture; those beside it may have so many bytes together.
func (c *Case) keepPicture(h Hash, picture []byte, beside int64) error {
	aead, err := c.pictureKey(h)
	if err != nil {
		return err
	}
	folder, err := c.pictureFolder(h)
	if err != nil {
		return err
	}
	if err := c.fs.MkdirAll(folder); err != nil {
		return err
	}
	place, err := c.picturePlace(folder, beside)
	if err != nil {
		return err
	}
	f, err := c.fs.Create(place)
	if err != nil {
		return err
	}
	_, err = f.Write(sealPicture(aead, picture)) // not synced: one that is cut off does not open
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, c.fs.Remove(place))
	}
	return nil
}

// picturePlace makes room for one more picture in a folder.
func (c *Case) picturePlace(folder string, beside int64) (string, error) {
	free, oldest := "", ""
	var since fs.FileInfo
	for n := range pagePictures {
		path := picturePath(folder, n)
		st, err := c.fs.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			free = path
		case err != nil:
			return "", err
		case st.Size() > beside:
			if err := c.fs.Remove(path); err != nil {
				return "", err
			}
			free = path
		case since == nil || st.ModTime().Before(since.ModTime()):
			oldest, since = path, st
		}
	}
	if free != "" {
		return free, nil
	}
	return oldest, c.fs.Remove(oldest)
}

// pictureKey opens the header of an original and gives what its pictures are sealed
// with.
func (c *Case) pictureKey(h Hash) (cipher.AEAD, error) {
	at, err := c.records.original(h)
	if err != nil {
		return nil, err
	}
	f, err := c.fs.Open(c.originals.path(at.File))
	if err != nil {
		return nil, err
	}
	key, err := c.originalKey(f, at)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	sum, err := c.ring.Name().Of([]byte("page picture"), h[:], key)
	if err != nil {
		return nil, err
	}
	return chacha20poly1305.NewX(sum[:])
}

func (c *Case) originalKey(f disk.File, at placed) ([]byte, error) {
	identity, err := c.ring.Identity()
	if err != nil {
		return nil, err
	}
	key, _, err := fileKey(f, at.Sealed, identity)
	return key, err
}

func sealPicture(aead cipher.AEAD, picture []byte) []byte {
	head := 1 + chacha20poly1305.NonceSizeX
	out := make([]byte, head, head+len(picture)+chacha20poly1305.Overhead)
	out[0] = pictureFormat
	rand.Read(out[1:])
	return aead.Seal(out, out[1:head], picture, out[:1])
}

func openPicture(aead cipher.AEAD, sealed []byte) ([]byte, error) {
	head := 1 + chacha20poly1305.NonceSizeX
	if len(sealed) < head || sealed[0] != pictureFormat {
		return nil, ErrDamaged
	}
	return aead.Open(sealed[head:head], sealed[1:head], sealed[head:], sealed[:1])
}

func (c *Case) picturesPath() string { return filepath.Join(c.dir, "store", pictureFolder) }

// pictureFolder is where the pictures of an original lie; its name tells nothing.
func (c *Case) pictureFolder(h Hash) (string, error) {
	sum, err := c.ring.Name().Of([]byte("page pictures"), h[:])
	return filepath.Join(c.picturesPath(), hex.EncodeToString(sum[:16])), err
}

func picturePath(folder string, n int) string { return filepath.Join(folder, strconv.Itoa(n)) }

// dropPagePictures removes the pictures of an original.
func (c *Case) dropPagePictures(h Hash) error {
	folder, err := c.pictureFolder(h)
	if err != nil {
		return err
	}
	return c.fs.RemoveAll(folder)
}
