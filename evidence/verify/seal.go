package verify

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// signer reads the public key and its fingerprint: the SHA-256 of its DER form.
// A key found in a bundle vouches for nothing by itself; what counts is the
// fingerprint that came by another way.
func (c *check) signer() error {
	b, ok := c.read(signerFile, 64<<10)
	if !ok {
		return nil
	}
	key, print, err := parseKey(b)
	if err != nil {
		c.v.add(signerFile, "%v", err)
		return nil
	}
	c.key, c.v.Fingerprint = key, print
	if said, ok := c.read(signerText, 64<<10); ok && !strings.Contains(plainHex(string(said)), print) {
		c.v.add(signerText, "does not hold the fingerprint of log/signer.pem")
	}
	if c.print == "" {
		return nil
	}
	c.v.Compared = true
	if c.print != print {
		c.v.OtherKey = true
		c.v.add(signerFile, "is another key: its fingerprint is %s, and you gave %s", print, c.print)
	}
	return nil
}

func parseKey(b []byte) (ed25519.PublicKey, string, error) {
	block, _ := pem.Decode(b)
	if block == nil || block.Type != "PUBLIC KEY" {
		return nil, "", errors.New("is not a public key in PEM form")
	}
	k, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, "", fmt.Errorf("is not a public key: %w", err)
	}
	key, ok := k.(ed25519.PublicKey)
	if !ok {
		return nil, "", errors.New("is not an Ed25519 key")
	}
	sum := sha256.Sum256(block.Bytes)
	return key, hex.EncodeToString(sum[:]), nil
}

// plainHex drops the spaces and line breaks that group a fingerprint.
func plainHex(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }

// seal checks the one line that the whole bundle hangs on. Which of the three
// files is wrong follows from which of the two checks fails.
func (c *check) seal() error {
	text, ok := c.read(sealFile, 1<<10)
	sig, ok2 := c.read(sealSigFile, 1<<10)
	if !ok || !ok2 {
		return nil
	}
	sum, name, shaped := parseSum(strings.TrimSuffix(string(text), "\n"))
	shaped = shaped && name == tagList && strings.HasSuffix(string(text), "\n")
	fits := false
	if _, there := c.files[tagList]; shaped && there {
		got, err := c.sum(tagList)
		if err != nil {
			return fmt.Errorf("%s: %w", tagList, err)
		}
		fits = got == sum
	}
	c.sealed = c.key != nil && ed25519.Verify(c.key, text, sig)
	switch {
	case c.sealed && !shaped:
		c.v.add(sealFile, "is not one line that names %s", tagList)
	case c.sealed && !fits:
		c.v.add(tagList, "is not the list that was sealed")
	case c.sealed:
	case c.key == nil || c.bad[signerFile]:
		c.v.add(sealSigFile, "cannot be checked: log/signer.pem is not the key that was sealed")
	case fits:
		c.v.add(sealSigFile, "is not the signature of log/seal.txt by the key in log/signer.pem")
	default:
		c.v.add(sealFile, "is not what the key in log/signer.pem signed")
	}
	return nil
}

// note is a checkpoint: a C2SP signed note over the journal's head and, in a
// bundle, the list of the payload.
type note struct {
	origin   string
	size     uint64
	root     [32]byte
	head     string
	manifest string
}

// parseNote reads a checkpoint exactly as Daybook writes it and checks its
// signature.
func parseNote(b []byte, key ed25519.PublicKey) (note, error) {
	text, sig, ok := strings.Cut(string(b), "\n\n")
	lines := strings.Split(text, "\n")
	if !ok || len(lines) != 4 && len(lines) != 5 {
		return note{}, errors.New("is not a checkpoint of four or five lines and a signature")
	}
	var n note
	n.origin = lines[0]
	if _, err := fmt.Sscanf(lines[1], "%d", &n.size); err != nil || fmt.Sprint(n.size) != lines[1] {
		return note{}, errors.New("does not say how many entries there are")
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != len(n.root) {
		return note{}, errors.New("does not hold a root of 32 bytes")
	}
	copy(n.root[:], root)
	n.head, ok = strings.CutPrefix(lines[3], "head ")
	if !ok || !isSum(n.head) {
		return note{}, errors.New("does not name the journal's head")
	}
	if len(lines) == 4 {
		return n, verifyNote(n.origin, text+"\n", sig, key)
	}
	n.manifest, ok = strings.CutPrefix(lines[4], "manifest-sha256 ")
	if !ok || !isSum(n.manifest) {
		return note{}, errors.New("does not name the list of the payload")
	}
	return n, verifyNote(n.origin, text+"\n", sig, key)
}

func verifyNote(origin, text, sig string, key ed25519.PublicKey) error {
	blob, ok := strings.CutPrefix(sig, "— "+origin+" ")
	if !ok || !strings.HasSuffix(blob, "\n") {
		return errors.New("is not signed in the name of its first line")
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(blob, "\n"))
	if err != nil || len(raw) != 4+ed25519.SignatureSize {
		return errors.New("holds no Ed25519 signature")
	}
	if binary.BigEndian.Uint32(raw) != keyID(origin, key) || !ed25519.Verify(key, []byte(text), raw[4:]) {
		return errors.New("is not signed by the key in log/signer.pem")
	}
	return nil
}

// keyID is the signed note's short name of a key (C2SP signed-note).
func keyID(name string, key ed25519.PublicKey) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n\x01"), key...))
	return binary.BigEndian.Uint32(sum[:])
}
