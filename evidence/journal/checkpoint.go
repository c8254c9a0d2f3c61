package journal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Checkpoint is a signed statement of how far the journal goes: a C2SP signed
// note in the form of a tlog checkpoint, with the last chain hash as an extra
// line so that sha256sum alone can follow it.
type Checkpoint struct {
	Origin string
	Size   uint64
	Root   [32]byte // RFC 6962 Merkle root over the lines of chain.txt, each with its LF
	Head   [32]byte // SHA-256 of the last line, zeros when there is none
	Extra  []string // further lines, such as "manifest-sha256 <hex>"
}

// algEd25519 is the signature type of the signed note format.
const algEd25519 = 1

var errNote = errors.New("not a checkpoint that this key has signed")

// Origin names this journal in its checkpoints.
func (l *Log) Origin() string { return "daybook/" + l.ring.ID() }

// Checkpoint signs how far the journal is acknowledged. The extra lines are
// signed with it.
func (l *Log) Checkpoint(extra ...string) ([]byte, error) {
	l.mu.Lock()
	head, tree := l.state.Head, l.state.tree.clone()
	l.mu.Unlock()
	if tree.size != head.Count {
		return nil, fmt.Errorf("checkpoint: %w", ErrMissing)
	}
	root, err := tree.root()
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	c := Checkpoint{Origin: l.Origin(), Size: head.Count, Root: root, Head: head.Hash, Extra: extra}
	text, err := c.text()
	if err != nil {
		return nil, err
	}
	sig, err := l.ring.Sign(text)
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	return appendSignature(text, c.Origin, l.ring.SignerPublic(), sig), nil
}

// text is what is signed.
func (c Checkpoint) text() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%d\n%s\nhead %x\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]), c.Head)
	for _, line := range c.Extra {
		if line == "" || strings.ContainsFunc(line, isControl) {
			return nil, fmt.Errorf("checkpoint: extra line %q: want one line of text", line)
		}
		b.WriteString(line + "\n")
	}
	return b.Bytes(), nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f || r == '\uFFFD' }

func appendSignature(text []byte, name string, pub ed25519.PublicKey, sig []byte) []byte {
	blob := append(keyHash(name, pub), sig...)
	return fmt.Appendf(bytes.Clone(text), "\n— %s %s\n", name, base64.StdEncoding.EncodeToString(blob))
}

// keyHash is the four bytes by which a note names its key.
func keyHash(name string, pub ed25519.PublicKey) []byte {
	h := sha256.New()
	h.Write([]byte(name))
	h.Write([]byte{'\n', algEd25519})
	h.Write(pub)
	return h.Sum(nil)[:4]
}

// VerifierKey is the public key in the form that note verifiers take.
func (l *Log) VerifierKey() string {
	pub := l.ring.SignerPublic()
	return fmt.Sprintf("%s+%x+%s", l.Origin(), keyHash(l.Origin(), pub),
		base64.StdEncoding.EncodeToString(append([]byte{algEd25519}, pub...)))
}

// OpenCheckpoint checks a checkpoint against a public key that came by another
// way. It refuses every form but the one that Checkpoint writes; what others
// have signed in addition must be taken off before.
func OpenCheckpoint(note []byte, pub ed25519.PublicKey) (Checkpoint, error) {
	text, sig, ok := bytes.Cut(note, []byte("\n\n"))
	if !ok {
		return Checkpoint{}, errNote
	}
	text = note[:len(text)+1]
	c, err := parseText(text)
	if err != nil {
		return Checkpoint{}, err
	}
	blob, err := parseSignature(sig, c.Origin)
	if err != nil {
		return Checkpoint{}, err
	}
	if len(pub) != ed25519.PublicKeySize || !ed25519.Verify(pub, text, blob[4:]) {
		return Checkpoint{}, errNote
	}
	if !bytes.Equal(appendSignature(text, c.Origin, pub, blob[4:]), note) {
		return Checkpoint{}, errNote
	}
	return c, nil
}

func parseSignature(line []byte, origin string) ([]byte, error) {
	text, ok := strings.CutPrefix(string(line), "— "+origin+" ")
	if !ok {
		return nil, errNote
	}
	blob, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(text, "\n"))
	if err != nil || len(blob) != 4+ed25519.SignatureSize {
		return nil, errNote
	}
	return blob, nil
}

// parseText reads what text writes, and nothing else.
func parseText(text []byte) (Checkpoint, error) {
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if len(lines) < 4 {
		return Checkpoint{}, errNote
	}
	c := Checkpoint{Origin: lines[0], Extra: lines[4:]}
	if len(c.Extra) == 0 {
		c.Extra = nil
	}
	var err error
	if c.Size, err = strconv.ParseUint(lines[1], 10, 64); err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: size: %w", err)
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != len(c.Root) {
		return Checkpoint{}, errors.New("checkpoint: root: want 32 bytes in base64")
	}
	copy(c.Root[:], root)
	head, err := hex.DecodeString(strings.TrimPrefix(lines[3], "head "))
	if err != nil || len(head) != len(c.Head) {
		return Checkpoint{}, errors.New("checkpoint: head: want 64 hexadecimal digits")
	}
	copy(c.Head[:], head)
	again, err := c.text()
	if err != nil {
		return Checkpoint{}, err
	}
	if !bytes.Equal(again, text) {
		return Checkpoint{}, errNote
	}
	return c, nil
}
