package report

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/digitorus/timestamp"
)

// An authority of our own, as openssl has them.
const authority = `
[req]
distinguished_name = dn
prompt = no
x509_extensions = ext
[dn]
CN = Test Time Authority
[ext]
extendedKeyUsage = critical,timeStamping
basicConstraints = CA:FALSE
[tsa]
default_tsa = here
[here]
serial = serial
signer_cert = tsa.pem
certs = tsa.pem
signer_key = key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
`

// answer lets openssl answer a request, in a folder that then holds tsa.pem.
func answer(t testing.TB, request []byte) (dir string, reply []byte) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{"tsa.cnf": authority, "serial": "01\n", "request.tsq": string(request)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	openssl(t, dir, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "tsa.pem", "-days", "2", "-config", "tsa.cnf")
	openssl(t, dir, "ts", "-reply", "-queryfile", "request.tsq", "-config", "tsa.cnf", "-out", "reply.tsr")
	return dir, readAll(t, filepath.Join(dir, "reply.tsr"))
}

func openssl(t testing.TB, dir string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "openssl", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// openssl answers the request and checks the reply against the bundle's own
// file; the same reply is none of another bundle, nor when it was changed.
func TestTimeStamp(t *testing.T) {
	k := newCase(t)
	dir, other := filepath.Join(t.TempDir(), "b"), filepath.Join(t.TempDir(), "c")
	for _, b := range []struct {
		dir  string
		pack Pack
	}{{dir, Full}, {other, Served}} {
		if err := k.plan(t, b.pack).Write(t.Context(), b.dir, WriteOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	request, err := StampRequest(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	at, reply := answer(t, request)
	s, err := ReadStamp(os.DirFS(dir), reply)
	if err != nil {
		t.Fatal(err)
	}
	if age := time.Since(s.Time); age < -time.Minute || age > time.Hour || s.Authority != "CN=Test Time Authority" {
		t.Errorf("%+v", s)
	}
	said := openssl(t, at, "ts", "-verify", "-in", "reply.tsr", "-data", filepath.Join(dir, "log", "checkpoint"), "-CAfile", "tsa.pem")
	if !strings.Contains(said, "Verification: OK") {
		t.Errorf("openssl says %s", said)
	}
	if _, err := ReadStamp(os.DirFS(other), reply); err == nil || !strings.Contains(err.Error(), "something else") {
		t.Errorf("for another bundle: %v", err)
	}
	for _, bad := range [][]byte{nil, []byte("no"), reply[:len(reply)-1], make([]byte, maxReply+1), flipped(reply, len(reply)-20)} {
		if s, err := ReadStamp(os.DirFS(dir), bad); err == nil {
			t.Errorf("%d bytes of something else: %+v", len(bad), s)
		} else if said := err.Error(); visible(said) != said || strings.ContainsAny(said, "\n") || strings.Contains(said, "asn1") || strings.Contains(said, "pkcs7") {
			t.Errorf("%d bytes of something else: it says %q", len(bad), said)
		}
	}
}

func flipped(b []byte, at int) []byte {
	b = append([]byte(nil), b...)
	b[at] ^= 1
	return b
}

// FuzzReadStamp: whatever is brought as a reply is read as one of this bundle or
// refused.
func FuzzReadStamp(f *testing.F) {
	dir := newSample(f, Full).write(f)
	f.Add([]byte("0\x03\x02\x01\x02"))
	other, err := timestamp.CreateRequest(strings.NewReader("another bundle"), &timestamp.RequestOptions{Certificates: true})
	if err != nil {
		f.Fatal(err)
	}
	_, reply := answer(f, other)
	f.Add(reply)
	f.Fuzz(func(t *testing.T, reply []byte) {
		if s, err := ReadStamp(os.DirFS(dir), reply); err == nil {
			t.Errorf("%q is taken for a time stamp: %+v", reply, s)
		}
	})
}
