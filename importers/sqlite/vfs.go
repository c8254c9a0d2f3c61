package sqlite

import (
	sqlite3 "github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// readOnly is the whole disk that the engine sees: the pages of one database.
type readOnly struct{ pages *pages }

// Open gives the database, and memory for what the engine sorts.
func (v readOnly) Open(_ string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	switch {
	case flags&vfs.OPEN_MAIN_DB != 0:
		return pageFile{v.pages}, flags&^vfs.OPEN_READWRITE | vfs.OPEN_READONLY, nil
	case flags&(vfs.OPEN_TEMP_DB|vfs.OPEN_TEMP_JOURNAL|vfs.OPEN_TRANSIENT_DB) != 0:
		return &vfsutil.SliceFile{}, flags | vfs.OPEN_MEMORY, nil
	}
	return nil, flags, sqlite3.CANTOPEN
}

func (readOnly) Delete(string, bool) error                   { return sqlite3.IOERR_DELETE }
func (readOnly) Access(string, vfs.AccessFlag) (bool, error) { return false, nil }
func (readOnly) FullPathname(name string) (string, error)    { return name, nil }

// pageFile is the database as a file that can only be read.
type pageFile struct{ *pages }

func (f pageFile) Size() (int64, error)             { return f.size, nil }
func (pageFile) Close() error                       { return nil }
func (pageFile) WriteAt([]byte, int64) (int, error) { return 0, sqlite3.IOERR_WRITE }
func (pageFile) Truncate(int64) error               { return sqlite3.IOERR_TRUNCATE }
func (pageFile) Sync(vfs.SyncFlag) error            { return sqlite3.IOERR_FSYNC }
func (pageFile) Lock(vfs.LockLevel) error           { return nil }
func (pageFile) Unlock(vfs.LockLevel) error         { return nil }
func (pageFile) CheckReservedLock() (bool, error)   { return false, nil }
func (pageFile) SectorSize() int                    { return 0 }
func (pageFile) DeviceCharacteristics() vfs.DeviceCharacteristic {
	return vfs.IOCAP_IMMUTABLE | vfs.IOCAP_SUBPAGE_READ
}
