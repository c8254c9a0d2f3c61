package device

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"filippo.io/age"

	"daybook/evidence/disk"
)

// About is what is known of a file when it is added.
type About struct {
	Name, Path string
	Size       int64 // as it was seen; -1 when it is not known
	Modified   time.Time
	Note       string
}

// margin is what stays free on the disk beside a file.
const margin = 16 << 20

// Add reads r to its end, seals it, and writes the note. When it returns, both
// are synced. After a failure, or a kill, there is no note, and the number is
// used for the next file.
func (d *Device) Add(ctx context.Context, r io.Reader, a About) (Note, error) {
	n := Note{
		V: noteVersion, Case: d.conf.Case, Device: d.conf.Device, Seq: d.head.seq + 1, Prev: hex.EncodeToString(d.head.hash[:]),
		Time: time.Now().Format(time.RFC3339Nano), Name: a.Name, Path: a.Path, Modified: a.Modified, Note: a.Note,
	}
	if _, err := n.encode(); err != nil {
		return Note{}, fmt.Errorf("%s: %w", a.Name, err)
	}
	if err := d.room(a.Size); err != nil {
		return Note{}, fmt.Errorf("%s: %w", a.Name, err)
	}
	if err := d.keep(ctx, r, &n); err != nil {
		return Note{}, fmt.Errorf("%s: %w", a.Name, err)
	}
	raw, err := n.seal(d.key, d.to)
	if err != nil {
		return Note{}, fmt.Errorf("%s: %w", a.Name, err)
	}
	if err := disk.WriteFile(d.fs, d.path(noteName(n.Seq)), raw); err != nil {
		return Note{}, fmt.Errorf("%s: %w", a.Name, err)
	}
	d.head = head{n.Seq, sha256.Sum256(raw)}
	if err := d.head.write(d.fs, d.dir); err != nil {
		return n, fmt.Errorf("%s: it was added, but the device's folder cannot be written any more: %w", a.Name, err)
	}
	return n, nil
}

func (d *Device) path(name string) string { return filepath.Join(d.dir, name) }

func (d *Device) room(size int64) error {
	free, err := d.fs.Free(d.dir)
	if err == nil && free < uint64(max(size, 0))*101/100+margin {
		err = ErrFull
	}
	return err
}

// keep seals the file under its number.
func (d *Device) keep(ctx context.Context, r io.Reader, n *Note) error {
	name := d.path(dataName(n.Seq))
	tmp := name + ".tmp"
	if err := d.fs.Remove(tmp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := d.fs.Create(tmp)
	if err != nil {
		return err
	}
	err = d.fill(ctx, f, r, n)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, d.fs.Remove(tmp))
	}
	if err := d.fs.Rename(tmp, name); err != nil {
		return err
	}
	return d.fs.SyncDir(d.dir)
}

// fill seals r into f, syncs it and reads it back: what cannot be opened here
// can at least be compared.
func (d *Device) fill(ctx context.Context, f disk.File, r io.Reader, n *Note) error {
	plain, written := sha256.New(), sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(f, written), 256<<10)
	sealed, err := age.Encrypt(out, d.to)
	if err != nil {
		return err
	}
	n.Size, err = io.Copy(io.MultiWriter(sealed, plain), disk.UntilDone(ctx, r))
	if err != nil {
		return err
	}
	if err := errors.Join(sealed.Close(), out.Flush()); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	st, err := f.Stat()
	if err != nil {
		return err
	}
	back := sha256.New()
	if _, err := io.Copy(back, io.NewSectionReader(f, 0, st.Size())); err != nil {
		return err
	}
	if string(back.Sum(nil)) != string(written.Sum(nil)) {
		return errors.New("the disk does not give back what was written to it; use another one")
	}
	n.Sealed, n.Hash = st.Size(), hex.EncodeToString(plain.Sum(nil))
	return nil
}

// AddAll adds every file at the paths, folders with what lies in them. each is
// told of each file, whether it was added or why it was not. An error means that
// the folder of the device failed, or that ctx ended.
func (d *Device) AddAll(ctx context.Context, note string, paths []string, each func(path string, err error)) error {
	for _, given := range paths {
		root := filepath.Clean(given)
		if real, err := filepath.EvalSymlinks(root); err == nil {
			root = real // a link that a person names stands for what it leads to
		}
		err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			rel, rerr := filepath.Rel(root, name)
			if rerr != nil {
				return rerr
			}
			label := path.Join(filepath.Base(given), filepath.ToSlash(rel))
			switch {
			case err != nil:
				each(label, err)
			case e.IsDir():
			case !e.Type().IsRegular():
				each(label, errors.New("is no ordinary file, so it was not added; add what it leads to"))
			default:
				return d.addFile(ctx, name, label, note, each)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// addFile adds one file; that it cannot be read is told to each.
func (d *Device) addFile(ctx context.Context, name, label, note string, each func(string, error)) error {
	f, err := os.Open(name)
	if err != nil {
		each(label, err)
		return nil
	}
	st, err := f.Stat()
	if err == nil {
		source := &disk.Source{R: f}
		_, err = d.Add(ctx, source, About{Name: path.Base(label), Path: label, Size: st.Size(), Modified: st.ModTime().UTC(), Note: note})
		if err != nil && source.Err == nil {
			return errors.Join(err, f.Close())
		}
	}
	each(label, errors.Join(err, f.Close()))
	return nil
}
