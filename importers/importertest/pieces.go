package importertest

import "io"

// Pieces reads data so many bytes at a time.
func Pieces(data []byte, size int) io.Reader { return &pieces{data, size} }

type pieces struct {
	data []byte
	size int
}

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.data) == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), p.size)], p.data)
	p.data = p.data[n:]
	return n, nil
}
