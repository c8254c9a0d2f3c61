package report

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"daybook/evidence"
)

// writeChain writes the whole skeleton of the journal and the entries that this pack
// opens.
func (b *Bundle) writeChain(to *bag) (chain tree, err error) {
	err = to.create("log/chain.txt", func(w io.Writer) error {
		for e, err := range b.Entries(to.ctx) {
			if err != nil {
				return err
			}
			if _, err := w.Write(e.Line); err != nil {
				return err
			}
			chain.add(e.Line)
			if err := to.entry(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && (chain.size != b.Log.Entries || chain.head != b.Log.Head) {
		err = errors.New("it has changed since the bundle was planned")
	}
	return chain, err
}

// writeHead writes the signer, and the checkpoint over the skeleton and the payload's
// list. It must run after bag.payload.
func (b *Bundle) writeHead(to *bag, chain *tree) error {
	key, print, err := signerPEM(b.Signer)
	if err != nil {
		return err
	}
	if err := to.text("log/signer.pem", key); err != nil {
		return err
	}
	if err := to.text("log/signer.txt", groups(print, 8)+"\n"); err != nil {
		return err
	}
	note, err := b.checkpoint(chain, to.sum(payloadList))
	if err != nil {
		return err
	}
	return to.text("log/checkpoint", note)
}

func (b *bag) entry(e Entry) error {
	if e.Body == nil {
		return nil
	}
	return b.text(fmt.Sprintf("log/entries/%08d.json", e.Seq), string(e.Body))
}

// checkpoint is the signed head: a C2SP signed note.
func (b *Bundle) checkpoint(t *tree, manifest string) (string, error) {
	root := t.root()
	origin := b.origin()
	text := fmt.Sprintf("%s\n%d\n%s\nhead %s\nmanifest-sha256 %s\n",
		origin, t.size, base64.StdEncoding.EncodeToString(root[:]), t.head, manifest)
	id := sha256.Sum256(append([]byte(origin+"\n\x01"), b.Signer.Public...))
	sig := binary.BigEndian.AppendUint32(nil, binary.BigEndian.Uint32(id[:4]))
	signed, err := b.Signer.Sign([]byte(text))
	if err != nil {
		return "", err
	}
	sig = append(sig, signed...)
	return fmt.Sprintf("%s\n— %s %s\n", text, origin, base64.StdEncoding.EncodeToString(sig)), nil
}

func (b *Bundle) origin() string { return "daybook/" + b.Case }

// signerPEM gives the public key as openssl reads it, and its fingerprint: the
// SHA-256 of the DER form.
func signerPEM(s Signer) (text, print string, err error) {
	der, err := x509.MarshalPKIXPublicKey(s.Public)
	if err != nil {
		return "", "", fmt.Errorf("signer: %w", err)
	}
	sum := sha256.Sum256(der)
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})), hex.EncodeToString(sum[:]), nil
}

// groups sets hexadecimal digits in groups of n, to be read aloud.
func groups(s string, n int) string {
	var g []string
	for ; len(s) > n; s = s[n:] {
		g = append(g, s[:n])
	}
	return strings.Join(append(g, s), " ")
}

// twoLines sets the 64 digits of a sum in groups of eight on two lines, as they
// are compared and read aloud.
func twoLines(sum string) string {
	half := len(sum) / 2
	return groups(sum[:half], 8) + "\n" + groups(sum[half:], 8)
}

// tree is the Merkle tree (RFC 6962) over the skeleton's lines, of which only
// the roots of full subtrees are kept, the largest first.
type tree struct {
	size  uint64
	head  evidence.Hash // of the last line
	roots []tlog.Hash
}

func (t *tree) add(line []byte) {
	t.head = sha256.Sum256(line)
	t.roots = append(t.roots, tlog.RecordHash(line))
	for n := t.size; n&1 == 1; n >>= 1 {
		t.roots = joinRoots(t.roots)
	}
	t.size++
}

func joinRoots(r []tlog.Hash) []tlog.Hash {
	i := len(r) - 2
	return append(r[:i:i], tlog.NodeHash(r[i], r[i+1]))
}

func (t *tree) root() [32]byte {
	if t.size == 0 {
		return sha256.Sum256(nil)
	}
	r := t.roots
	for len(r) > 1 {
		r = joinRoots(r)
	}
	return r[0]
}
