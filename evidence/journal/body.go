package journal

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// body is an entry as it is written: the fields in this order, no spaces, one
// LF at the end. The chain commits to exactly these bytes.
type body struct {
	V       int             `json:"v"`
	Seq     uint64          `json:"seq"`
	Group   uint64          `json:"group"` // seq of the first entry that was acknowledged together with this
	Salt    string          `json:"salt"`
	Time    string          `json:"time"`
	Mono    int64           `json:"mono_ms"`
	Boot    string          `json:"boot"`
	Jump    int64           `json:"clock_jump_ms,omitempty"`
	Actor   string          `json:"actor,omitempty"`
	Action  string          `json:"action"`
	Subject json.RawMessage `json:"subject,omitempty"`
	Detail  json.RawMessage `json:"detail,omitempty"`
	Device  string          `json:"device,omitempty"`
	Version string          `json:"version,omitempty"`
}

const (
	bodyVersion = 1
	// maxBody is what one entry may have: a long statement fits many times.
	maxBody = 8 << 20
)

func (b body) encode() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(b); err != nil {
		return nil, err
	}
	if out.Len() > maxBody {
		return nil, fmt.Errorf("%w: %d bytes, may have %d", ErrTooLong, out.Len(), maxBody)
	}
	return out.Bytes(), nil
}

// raw gives v as JSON, and nothing for nil.
func raw(v any) (json.RawMessage, error) {
	if v == nil {
		return nil, nil
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// decodeBody reads a body line. Prev and Hash are the frame's to say.
func decodeBody(line []byte) (Entry, body, error) {
	var b body
	if err := json.Unmarshal(line, &b); err != nil {
		return Entry{}, b, err
	}
	if b.V != bodyVersion {
		return Entry{}, b, fmt.Errorf("version %d of the entry is not known to this program", b.V)
	}
	e := Entry{
		Seq: b.Seq, Mono: time.Duration(b.Mono) * time.Millisecond, Boot: b.Boot, Jump: time.Duration(b.Jump) * time.Millisecond,
		Actor: b.Actor, Action: b.Action, Subject: b.Subject, Detail: b.Detail, Device: b.Device, Version: b.Version, Body: line,
	}
	var err error
	if e.Time, err = time.Parse(time.RFC3339Nano, b.Time); err != nil {
		return Entry{}, b, fmt.Errorf("time: %w", err)
	}
	if len(b.Salt) != 2*len(e.Salt) {
		return Entry{}, b, errors.New("salt: wrong length")
	}
	if _, err := hex.Decode(e.Salt[:], []byte(b.Salt)); err != nil {
		return Entry{}, b, fmt.Errorf("salt: %w", err)
	}
	return e, b, nil
}

// checkCanonical refuses a line that encode would not have written.
func checkCanonical(line []byte, b body) error {
	again, err := b.encode()
	if err != nil {
		return err
	}
	if !bytes.Equal(again, line) {
		return errors.New("not in the form that this program writes")
	}
	return nil
}
