package device

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"filippo.io/age"
)

// A Note says what an added file is.
type Note struct {
	V        int       `json:"v"`
	Case     string    `json:"case"`
	Device   string    `json:"device"`
	Seq      uint64    `json:"seq"`  // 1, 2, 3 … of the device
	Prev     string    `json:"prev"` // SHA-256 of the file of the note before, zeros for the first
	Time     string    `json:"time"` // of the device's clock, RFC 3339 with offset
	Hash     string    `json:"sha256"`
	Size     int64     `json:"size"`
	Sealed   int64     `json:"sealed"` // size of the age file
	Name     string    `json:"name"`
	Path     string    `json:"path"`
	Modified time.Time `json:"modified,omitzero"`
	Note     string    `json:"note,omitempty"` // in the words of whoever added it
}

const (
	noteVersion = 1
	maxNote     = 32 << 10 // bytes of a note
	maxNoteFile = maxNote + 4<<10
	// signedAs stands before a note when it is signed, so that no signature of a
	// device can be taken for one of anything else.
	signedAs = "daybook device note 1\n"
)

var errSigned = errors.New("is not signed by a device of this case")

func (n Note) encode() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(n); err != nil {
		return nil, err
	}
	if out.Len() > maxNote-128 {
		return nil, fmt.Errorf("its name and note are too long: %d bytes, may have %d", out.Len(), maxNote-128)
	}
	return out.Bytes(), nil
}

// seal signs a note and encrypts it.
func (n Note) seal(key ed25519.PrivateKey, to age.Recipient) ([]byte, error) {
	line, err := n.encode()
	if err != nil {
		return nil, err
	}
	sig := ed25519.Sign(key, append([]byte(signedAs), line...))
	plain := append(base64.StdEncoding.AppendEncode(line, sig), '\n')
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

// unseal opens a note and believes nothing that a known device has not signed
// for this case.
func unseal(raw []byte, identity age.Identity, inCase string, known map[string]ed25519.PublicKey) (Note, error) {
	r, err := age.Decrypt(bytes.NewReader(raw), identity)
	if err != nil {
		return Note{}, errors.New("cannot be opened with the key of this case")
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxNote+1))
	if err != nil || len(plain) > maxNote {
		return Note{}, errors.New("is damaged")
	}
	line, sig, _ := bytes.Cut(plain, []byte("\n"))
	line = plain[:min(len(line)+1, len(plain))]
	var n Note
	if err := json.Unmarshal(line, &n); err != nil {
		return Note{}, errSigned
	}
	key, ok := known[n.Device]
	if !ok {
		return Note{}, errors.New("is from a device that this case does not know, or does not take from any more")
	}
	blob, err := base64.StdEncoding.Strict().DecodeString(string(bytes.TrimSuffix(sig, []byte("\n"))))
	if err != nil || !ed25519.Verify(key, append([]byte(signedAs), line...), blob) {
		return Note{}, errSigned
	}
	return n, n.check(line, inCase)
}

// check refuses what a device of this version does not write.
func (n Note) check(line []byte, inCase string) error {
	again, err := n.encode()
	_, terr := time.Parse(time.RFC3339Nano, n.Time)
	switch {
	case n.Case != inCase:
		return errors.New("is of another case")
	case n.V != noteVersion:
		return fmt.Errorf("has version %d, which this program does not know", n.V)
	case err != nil || terr != nil || !bytes.Equal(again, line) || !isSum(n.Prev) || !isSum(n.Hash) || n.Seq == 0 || n.Size < 0 || n.Sealed < 0:
		return errors.New("is not in the form that a device writes")
	}
	return nil
}

func isSum(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32 && hex.EncodeToString(b) == s
}
