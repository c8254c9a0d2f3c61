package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
)

// faultFile is an open file of a Fault.
type faultFile struct {
	*os.File
	disk    *Fault
	node    *node
	epoch   int
	appends bool
}

// step counts a call on the file and tells whether it fails.
func (f *faultFile) step(what string) error {
	if f.epoch != f.disk.epoch {
		return ErrPowerLost
	}
	return f.disk.step(what, f.Name())
}

func (f *faultFile) Read(p []byte) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.step("read"); err != nil {
		return 0, err
	}
	return f.File.Read(p)
}

func (f *faultFile) ReadAt(p []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.step("read"); err != nil {
		return 0, err
	}
	return f.File.ReadAt(p, off)
}

func (f *faultFile) Write(p []byte) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	off, err := f.File.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, err
	}
	if f.appends {
		off = f.node.size
	}
	return f.write(p, off, f.File.Write)
}

func (f *faultFile) WriteAt(p []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	return f.write(p, off, func(p []byte) (int, error) { return f.File.WriteAt(p, off) })
}

// write writes as much as the failure and the room on the disk let it.
func (f *faultFile) write(p []byte, off int64, write func([]byte) (int, error)) (int, error) {
	fail := f.step("write")
	if errors.Is(fail, ErrPowerLost) && f.epoch != f.disk.epoch {
		return 0, fail
	}
	if fail != nil {
		p = p[:len(p)/2]
	}
	grow := off + int64(len(p)) - f.node.size
	if room, err := f.disk.room(grow); err != nil {
		p = p[:max(int64(len(p))-(grow-room), 0)]
		fail = errors.Join(fail, &fs.PathError{Op: "write", Path: f.Name(), Err: err})
	}
	n, err := write(p)
	if n > 0 {
		f.edit(edit{off, slices.Clone(p[:n])})
	}
	return n, errors.Join(err, fail)
}

func (f *faultFile) edit(e edit) {
	end := e.off + int64(len(e.data))
	if e.data == nil || end > f.node.size {
		f.node.size = end
	}
	f.node.pending = append(f.node.pending, e)
}

func (f *faultFile) Truncate(size int64) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.step("truncate"); err != nil {
		return err
	}
	if err := f.File.Truncate(size); err != nil {
		return err
	}
	f.edit(edit{off: size})
	return nil
}

// Sync does not wait for the real disk: only the model's power is ever lost.
func (f *faultFile) Sync() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.step("sync"); err != nil {
		return err
	}
	f.node.sync()
	return nil
}

func (f *faultFile) Seek(offset int64, whence int) (int64, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.step("seek"); err != nil {
		return 0, err
	}
	return f.File.Seek(offset, whence)
}

func (f *faultFile) Stat() (fs.FileInfo, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.step("stat"); err != nil {
		return nil, err
	}
	return f.File.Stat()
}

// Close closes the real file in any case, as systems do.
func (f *faultFile) Close() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	return errors.Join(f.step("close"), f.File.Close())
}

// ReadFrom and WriteTo would go past the counting.
func (f *faultFile) ReadFrom(r io.Reader) (int64, error) { return io.Copy(onlyWriter{f}, r) }

func (f *faultFile) WriteTo(w io.Writer) (int64, error) { return io.Copy(w, onlyReader{f}) }

type onlyWriter struct{ w io.Writer }

func (o onlyWriter) Write(p []byte) (int, error) { return o.w.Write(p) }

type onlyReader struct{ r io.Reader }

func (o onlyReader) Read(p []byte) (int, error) { return o.r.Read(p) }
