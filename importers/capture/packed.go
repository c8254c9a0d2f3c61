package capture

import (
	"bufio"
	"compress/gzip"
	"io"
)

// packed reads an archive that is packed record by record. It ends at a part
// that is damaged, and goes on behind it when it is told to.
type packed struct {
	r      *bufio.Reader
	counts *counter
	z      *gzip.Reader
	from   int64 // where the part that is read begins
	broken error
}

func (m *packed) Read(p []byte) (int, error) {
	for {
		if m.broken != nil {
			return 0, io.EOF
		}
		if m.z == nil {
			if err := m.open(); err != nil {
				return 0, err
			}
			continue
		}
		n, err := m.z.Read(p)
		if err == io.EOF {
			m.z, err = nil, nil
		}
		if err != nil {
			m.broken, m.z, err = err, nil, nil
		}
		if n > 0 {
			return n, nil
		}
	}
}

// open begins the next part; io.EOF where there is none.
func (m *packed) open() error {
	if m.counts == nil {
		m.counts = &counter{r: m.r}
		m.r = bufio.NewReaderSize(m.counts, 64<<10)
	}
	if _, err := m.r.Peek(1); err != nil {
		return err
	}
	m.from = m.counts.n - int64(m.r.Buffered())
	z, err := gzip.NewReader(m.r)
	if err != nil {
		m.broken = err
		return nil
	}
	z.Multistream(false)
	m.z = z
	return nil
}

// resume looks for the next part behind a damaged one.
func (m *packed) resume() (bool, error) {
	m.broken, m.z = nil, nil
	for {
		start, err := m.r.Peek(3)
		if len(start) < 3 {
			if err == io.EOF {
				return false, nil
			}
			return false, err
		}
		if start[0] == 0x1f && start[1] == 0x8b && start[2] == 8 {
			return true, nil
		}
		if _, err := m.r.Discard(1); err != nil {
			return false, err
		}
	}
}
