package bundle

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

func sum(b []byte) string { s := sha256.Sum256(b); return hex.EncodeToString(s[:]) }

// sealed makes a bundle as docs/VERIFY.md describes it: payload under data/, a
// journal of which the entries that are not empty are opened, lists, and seal.
func sealed(t *testing.T, payload map[string]string, pack string, entries ...string) map[string][]byte {
	t.Helper()
	key := ed25519.NewKeyFromSeed([]byte("a seed of thirty-two bytes, here"))
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{
		"bagit.txt":      []byte("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
		"log/signer.pem": pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}),
		"log/signer.txt": []byte(sum(der) + "\n"),
	}
	bytes := 0
	for name, text := range payload {
		files["data/"+name] = []byte(text)
		bytes += len(text)
	}
	files[infoFile] = fmt.Appendf(nil, "External-Identifier: 2ceb47fee42bd905c1f9701442139b2f\nPayload-Oxum: %d.%d\nBag-Software-Agent: Daybook 0.1.0\nDaybook-Made: 2026-11-25T20:43:39Z\nDaybook-Pack: %s\n", bytes, len(payload), pack)
	files[listFile] = listing(files, true)
	prev, chain := strings.Repeat("0", 64), []string{}
	for i, e := range entries {
		e = strings.ReplaceAll(e, "SIGNER", sum(der))
		body := sum([]byte(e + "\n"))
		if strings.HasPrefix(e, "withheld") {
			body = sum([]byte(e))
		} else {
			files[fmt.Sprintf("log/entries/%08d.json", i)] = []byte(e + "\n")
		}
		line := fmt.Sprintf("v1 %d %s %s\n", i, prev, body)
		prev, chain = sum([]byte(line)), append(chain, line)
	}
	files[chainFile] = []byte(strings.Join(chain, ""))
	files["log/checkpoint"] = checkpoint(key, chain, prev, sum(files[listFile]))
	files["tagmanifest-sha256.txt"] = listing(files, false)
	files["log/seal.txt"] = []byte(sum(files["tagmanifest-sha256.txt"]) + "  tagmanifest-sha256.txt\n")
	files["log/seal.sig"] = ed25519.Sign(key, files["log/seal.txt"])
	return files
}

func listing(files map[string][]byte, payload bool) []byte {
	var b []byte
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(name, "data/") == payload {
			b = fmt.Appendf(b, "%s  %s\n", sum(files[name]), name)
		}
	}
	return b
}

func checkpoint(key ed25519.PrivateKey, chain []string, head, list string) []byte {
	const origin = "daybook/2ceb47fee42bd905c1f9701442139b2f"
	root := root(chain)
	text := fmt.Sprintf("%s\n%d\n%s\nhead %s\nmanifest-sha256 %s\n", origin, len(chain), base64.StdEncoding.EncodeToString(root[:]), head, list)
	id := sha256.Sum256(append([]byte(origin+"\n\x01"), key.Public().(ed25519.PublicKey)...))
	sig := append(binary.BigEndian.AppendUint32(nil, binary.BigEndian.Uint32(id[:4])), ed25519.Sign(key, []byte(text))...)
	return fmt.Appendf(nil, "%s\n— %s %s\n", text, origin, base64.StdEncoding.EncodeToString(sig))
}

// root is that of RFC 6962.
func root(lines []string) [32]byte {
	if len(lines) == 1 {
		return sha256.Sum256([]byte("\x00" + lines[0]))
	}
	half := 1
	for half*2 < len(lines) {
		half *= 2
	}
	left, right := root(lines[:half]), root(lines[half:])
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}
