package law

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
)

// A pack that comes from outside is one file: a first line of the word
// signature, a space, and the Ed25519 signature of everything behind that line
// in base64; then the pack as JSON. Nothing of it is read before the signature
// holds.

const head = "signature "

// key is the public half of the key by which packs are signed.
const key = "nM54c6BgglM3YpaJ3ne92GWpmsn1Ajg+AqUWQIoffcM="

// mostPack is how large a pack may be: fifty times what the largest is.
const mostPack = 8 << 20

// ErrSignature means that a pack is whole, and not signed by the key that the program
// knows as it stands: somebody else signed it, or it was changed since.
var ErrSignature = errors.New("it is whole, but the key of this program did not sign it as it stands: somebody else signed it, or it was changed since; nothing of it was read; take packs only from where Daybook comes from")

// ErrBroken means that a file is no pack with a signature, or one that was cut short
// or damaged on its way.
var ErrBroken = errors.New("it is no whole pack with a signature: it was cut short or damaged, or is another file; nothing of it was read; get the pack again from where Daybook comes from")

// ErrOlder means that a pack is not newer than the one whose place it would take.
var ErrOlder = errors.New("nothing was loaded, for a pack takes the place of an older one alone")

// Key is the public half of the key by which packs for this program are signed.
func Key() (ed25519.PublicKey, error) {
	k, err := base64.StdEncoding.DecodeString(key)
	if err != nil {
		return nil, fmt.Errorf("law: the program's key: %w", err)
	}
	return k, nil
}

// Load reads a pack from outside that is signed by a key.
func Load(data []byte, k ed25519.PublicKey) (Pack, error) {
	if len(data) > mostPack {
		return Pack{}, fmt.Errorf("law: the pack has %d bytes and may have %d", len(data), mostPack)
	}
	line, body, found := bytes.Cut(data, []byte("\n"))
	encoded, signed := bytes.CutPrefix(line, []byte(head))
	signature, err := base64.StdEncoding.DecodeString(string(encoded))
	switch {
	case found && signed && err == nil && len(k) == ed25519.PublicKeySize && ed25519.Verify(k, body, signature):
	case found && signed && err == nil && len(signature) == ed25519.SignatureSize && json.Valid(body):
		return Pack{}, fmt.Errorf("law: %w", ErrSignature)
	default:
		return Pack{}, fmt.Errorf("law: %w", ErrBroken)
	}
	p, err := parse(body)
	if err != nil {
		return Pack{}, fmt.Errorf("law: %w", err)
	}
	return p, nil
}

// With puts a pack from outside in the place of that of the same jurisdiction, or
// behind the others. One that is older is refused.
func With(all []Pack, p Pack) ([]Pack, error) {
	out := append([]Pack(nil), all...)
	for i, own := range out {
		if own.ID != p.ID {
			continue
		}
		if p.Version < own.Version {
			return nil, fmt.Errorf("law %s: the pack is of %s, and there is one of %s: %w", p.ID, p.Version, own.Version, ErrOlder)
		}
		out[i] = p
		return out, nil
	}
	return append(out, p), nil
}
