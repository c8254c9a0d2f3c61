package device

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"filippo.io/age"

	"daybook/evidence/disk"
)

const testCase = "0123456789abcdef0123456789abcdef"

// made is a device and the case that it belongs to.
type made struct {
	dir    string
	key    Key
	reader Reader
	id     *age.X25519Identity
}

func newMade(t testing.TB) made {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	m := made{filepath.Join(t.TempDir(), "device"), key, Reader{testCase, id, map[string]ed25519.PublicKey{ID(testCase, key.Public()): key.Public()}}, id}
	if err := Create(disk.OS, m.dir, testCase, id.Recipient(), key); err != nil {
		t.Fatal(err)
	}
	return m
}

// add adds texts, each under its own name.
func (m made) add(t testing.TB, fsys disk.FS, texts ...string) {
	t.Helper()
	d, err := Open(fsys, m.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		if _, err := d.Add(t.Context(), strings.NewReader(text), About{Name: "name of " + text, Path: "folder/name of " + text, Size: int64(len(text)), Note: "note on " + text}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

// arrived reads the folder and every file in it that can be taken.
func (m made) arrived(t testing.TB) (texts []string, left map[string]string) {
	t.Helper()
	b, err := Read(t.Context(), disk.OS, m.dir, m.reader)
	if err != nil {
		t.Fatal(err)
	}
	left = b.Left
	for _, a := range b.Arrivals {
		if a.Wrong != nil {
			left[a.Name()] = a.Wrong.Error()
			continue
		}
		r, err := a.Open()
		if err != nil {
			left[a.Name()] = err.Error()
			continue
		}
		text, err := io.ReadAll(r)
		if err != nil {
			left[a.Name()] = err.Error()
		} else {
			texts = append(texts, string(text))
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return texts, left
}

func (m made) path(name string) string { return filepath.Join(m.dir, name) }

func (m made) mustArrive(t testing.TB, want string, wantLeft ...string) {
	t.Helper()
	texts, left := m.arrived(t)
	if got := strings.Join(texts, " "); got != want || len(left) != len(wantLeft)/2 {
		t.Errorf("arrived %q, want %q; left %v", got, want, left)
	}
	for i := 0; i < len(wantLeft); i += 2 {
		if why := left[wantLeft[i]]; !strings.Contains(why, wantLeft[i+1]) {
			t.Errorf("%s: %q, want %q", wantLeft[i], why, wantLeft[i+1])
		}
	}
}

func TestAddAndRead(t *testing.T) {
	m := newMade(t)
	m.mustArrive(t, "")
	m.add(t, disk.OS, "one", "")
	m.add(t, disk.OS, "three")
	m.mustArrive(t, "one  three")
	b, err := Read(t.Context(), disk.OS, m.dir, m.reader)
	if err != nil {
		t.Fatal(err)
	}
	prev := strings.Repeat("0", 64)
	for i, a := range b.Arrivals {
		if a.Seq != uint64(i+1) || a.Prev != prev || a.Device != ID(testCase, m.key.Public()) {
			t.Errorf("note %d: %+v", i, a.Note)
		}
		prev = fmt.Sprintf("%x", a.Sum)
	}
	if _, err := Open(disk.OS, m.dir); err == nil {
		t.Error("the folder was opened twice")
	}
	for _, a := range b.Arrivals {
		if err := b.Forget(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	m.mustArrive(t, "")
	m.add(t, disk.OS, "four")
	if b, err = Read(t.Context(), disk.OS, m.dir, m.reader); err != nil || len(b.Arrivals) != 1 || b.Arrivals[0].Seq != 4 || b.Arrivals[0].Prev != prev {
		t.Errorf("after all was taken: %+v, %v", b.Arrivals, err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestNothingReadable: no word of what was added stands in the folder, and no
// key in it opens anything.
func TestNothingReadable(t *testing.T) {
	m := newMade(t)
	m.add(t, disk.OS, "canary")
	err := filepath.WalkDir(m.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, secret := range []string{"canary", "SECRET-KEY", m.id.String()} {
			if bytes.Contains(data, []byte(secret)) || strings.Contains(path[len(m.dir):], secret) {
				t.Errorf("%s holds %q", path, secret)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestByTheDocument reads a folder by docs/FORMAT.md alone.
func TestByTheDocument(t *testing.T) {
	m := newMade(t)
	m.add(t, disk.OS, "one", "two")
	open := func(name string) []byte {
		t.Helper()
		f, err := os.Open(m.path(name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r, err := age.Decrypt(f, m.id)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return plain
	}
	sum := func(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) }
	public := m.key.Public()
	prev := strings.Repeat("0", 64)
	for i, text := range []string{"one", "two"} {
		seq := i + 1
		name := fmt.Sprintf("%08d", seq)
		lines := bytes.SplitAfter(open(name+".note"), []byte("\n"))
		if len(lines) != 3 || len(lines[2]) != 0 {
			t.Fatalf("%q: want two lines", lines)
		}
		sig, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(string(lines[1]), "\n"))
		if err != nil || !ed25519.Verify(public, append([]byte("daybook device note 1\n"), lines[0]...), sig) {
			t.Errorf("note %d: the signature does not hold: %v", seq, err)
		}
		var n map[string]any
		if err := json.Unmarshal(lines[0], &n); err != nil {
			t.Fatal(err)
		}
		st, err := os.Stat(m.path(name + ".file"))
		if err != nil {
			t.Fatal(err)
		}
		for field, want := range map[string]any{
			"v": 1.0, "case": testCase, "device": sum(append([]byte(testCase), public...))[:16], "seq": float64(seq), "prev": prev, "sha256": sum([]byte(text)), "size": float64(len(text)),
			"sealed": float64(st.Size()), "name": "name of " + text, "path": "folder/name of " + text, "note": "note on " + text,
		} {
			if n[field] != want {
				t.Errorf("note %d: %s is %v, want %v", seq, field, n[field], want)
			}
		}
		if plain := open(name + ".file"); string(plain) != text {
			t.Errorf("file %d: %q", seq, plain)
		}
		raw, err := os.ReadFile(m.path(name + ".note"))
		if err != nil {
			t.Fatal(err)
		}
		prev = sum(raw)
	}
	head, err := os.ReadFile(m.path("head"))
	if want := "2 " + prev + "\n"; err != nil || string(head) != want {
		t.Errorf("head %q, want %q, %v", head, want, err)
	}
}

// TestEveryByteCounts changes every third byte of a note and of a file: what was changed
// is never taken, and the other one is.
func TestEveryByteCounts(t *testing.T) {
	m := newMade(t)
	m.add(t, disk.OS, "one", "two")
	for _, name := range []string{"00000001.note", "00000001.file"} {
		whole, err := os.ReadFile(m.path(name))
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(whole); i += 3 {
			changed := bytes.Clone(whole)
			changed[i] ^= 1 << (i % 8)
			if err := os.WriteFile(m.path(name), changed, 0o600); err != nil {
				t.Fatal(err)
			}
			texts, left := m.arrived(t)
			if strings.Join(texts, " ") != "two" || len(left) != 1 {
				t.Fatalf("%s, byte %d: %q arrived, left %v", name, i, texts, left)
			}
		}
		if err := os.WriteFile(m.path(name), whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m.mustArrive(t, "one two")
}

// forge writes a note into the folder, and a file that fits it.
func (m made) forge(t *testing.T, seq uint64, key ed25519.PrivateKey, change func(*Note)) {
	t.Helper()
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, m.id.Recipient())
	if err == nil {
		_, err = io.WriteString(w, "forged")
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	n := Note{V: 1, Case: testCase, Device: ID(testCase, m.key.Public()), Seq: seq, Prev: strings.Repeat("0", 64), Time: "2026-01-01T00:00:00Z",
		Hash: fmt.Sprintf("%x", sha256.Sum256([]byte("forged"))), Size: 6, Sealed: int64(sealed.Len()), Name: "n", Path: "n"}
	change(&n)
	raw, err := n.seal(key, m.id.Recipient())
	if err == nil {
		err = os.WriteFile(m.path(noteName(seq)), raw, 0o600)
	}
	if err == nil {
		err = os.WriteFile(m.path(dataName(seq)), sealed.Bytes(), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestForged: everybody who knows the recipient can write an age file to it. Only
// what a known device has signed, for this case and under this number, is taken.
func TestForged(t *testing.T) {
	m := newMade(t)
	m.add(t, disk.OS, "one")
	other, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	m.forge(t, 11, other.private, func(*Note) {})
	m.forge(t, 12, other.private, func(n *Note) { n.Device = ID(testCase, other.Public()) })
	m.forge(t, 13, m.key.private, func(n *Note) { n.Case = strings.Repeat("f", 32) })
	m.forge(t, 14, m.key.private, func(n *Note) { n.Seq = 3 })
	m.forge(t, 15, m.key.private, func(n *Note) { n.V = 2 })
	m.forge(t, 16, m.key.private, func(n *Note) { n.Prev = "short" })
	m.forge(t, 17, m.key.private, func(n *Note) { n.Hash = strings.Repeat("0", 64) })
	m.forge(t, 18, m.key.private, func(n *Note) { n.Size = 5 })
	m.forge(t, 19, m.key.private, func(n *Note) { n.Sealed++ })
	m.forge(t, 20, m.key.private, func(*Note) {})
	m.mustArrive(t, "one forged", "00000011.note", "not signed", "00000012.note", "does not know", "00000013.note", "another case",
		"00000014.note", "number 3", "00000015.note", "version 2", "00000016.note", "form", "00000017.note", "not the one",
		"00000018.note", "not the one", "00000019.note", "not the one")
}

// TestHostileFolder: what is no ordinary file, or nothing that a device writes,
// is told of and harms nothing.
func TestHostileFolder(t *testing.T) {
	m := newMade(t)
	m.add(t, disk.OS, "one", "two", "three", "four")
	secret := filepath.Join(t.TempDir(), "secret")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.Rename(m.path("00000002.note"), secret))
	must(os.Symlink(secret, m.path("00000002.note")))
	must(os.Rename(m.path("00000003.file"), secret+"3"))
	must(os.Symlink(secret+"3", m.path("00000003.file")))
	must(os.Mkdir(m.path("00000005.note"), 0o700))
	must(os.WriteFile(m.path("00000006.note"), make([]byte, 1<<20), 0o600))
	must(os.WriteFile(m.path("00000007.file"), nil, 0o600))
	must(os.WriteFile(m.path("readme.txt"), nil, 0o600))
	must(os.WriteFile(m.path("00000008.note"), nil, 0o600))
	must(os.WriteFile(m.path("9.note"), nil, 0o600))
	m.mustArrive(t, "one four", "00000002.note", "no ordinary file", "00000003.note", "not the one", "00000003.file", "no ordinary file",
		"00000005.note", "no ordinary file", "00000006.note", "longer", "00000007.file", "has no note", "readme.txt", "nothing that a device",
		"00000008.note", "cannot be opened", "9.note", "nothing that a device")
	must(os.Remove(m.path("lock")))
	must(os.Symlink(secret, m.path("lock")))
	if _, err := Read(t.Context(), disk.OS, m.dir, m.reader); err == nil {
		t.Error("a lock that leads elsewhere was taken")
	}
}

// TestHugeCount: so many forged notes that reading them would never end are
// looked at in portions.
func TestHugeCount(t *testing.T) {
	m := newMade(t)
	m.add(t, disk.OS, "one")
	for i := range Most + 50 {
		if err := os.WriteFile(m.path(noteName(uint64(1000+i))), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b, err := Read(t.Context(), disk.OS, m.dir, m.reader)
	if err != nil || len(b.Arrivals) != 1 || b.More != 51 || len(b.Left) != Most-1 {
		t.Fatalf("%v: %d arrived, %d left, %d more", err, len(b.Arrivals), len(b.Left), b.More)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestForgetEveryCallFails lets each disk call of a taking-out fail once: a file that
// could not be removed keeps its note, without which it would be nobody's.
func TestForgetEveryCallFails(t *testing.T) {
	for k := 1; ; k++ {
		m := newMade(t)
		m.add(t, disk.OS, "one", "two")
		fault := disk.NewFault()
		fault.FailAt(k, syscall.EIO, false)
		b, err := Read(t.Context(), fault, m.dir, m.reader)
		if err == nil {
			for _, a := range b.Arrivals {
				_ = b.Forget(a) // what stays is looked at below
			}
			_ = b.Close()
		}
		_, left := m.arrived(t)
		for name, why := range left {
			if strings.Contains(why, "has no note") {
				t.Fatalf("call %d: %s %s: %s", k, name, why, fault.Steps())
			}
		}
		if steps := len(fault.Steps()); steps < k {
			if k < 10 {
				t.Errorf("%d calls", steps)
			}
			return
		}
	}
}

// TestAddEveryCallFails lets each disk call of an add fail, once, for ever after,
// and with the loss of power there: what was acknowledged arrives, nothing
// arrives twice, and the device goes on. The short form takes every third call.
func TestAddEveryCallFails(t *testing.T) {
	stride := 3
	if os.Getenv("DAYBOOK_LONG") != "" {
		stride = 1
	}
	for i, mode := range []struct {
		name           string
		forever, power bool
	}{{"once", false, false}, {"for ever", true, false}, {"power", true, true}} {
		t.Run(mode.name, func(t *testing.T) {
			for k := 1 + i%stride; ; k += stride {
				m := newMade(t)
				m.add(t, disk.OS, "before")
				fault := disk.NewFault()
				fault.FailAt(k, syscall.EIO, mode.forever)
				want := map[string]bool{"before": true}
				d, err := Open(fault, m.dir)
				for i := 0; err == nil && i < 3; i++ {
					text := fmt.Sprint("text ", i)
					if _, err := d.Add(t.Context(), strings.NewReader(text), About{Name: text, Size: 6}); err == nil {
						want[text] = true
					}
				}
				steps := len(fault.Steps())
				if mode.power {
					if err := fault.PowerLoss(uint64(k)); err != nil {
						t.Fatal(err)
					}
				}
				if d != nil {
					_ = d.Close() // of a disk that fails
				}
				m.add(t, disk.OS, "after")
				want["after"] = true
				texts, left := m.arrived(t)
				got := map[string]int{}
				for _, text := range texts {
					got[text]++
				}
				for text := range want {
					if got[text] != 1 {
						t.Fatalf("call %d: %q arrived %d times; left %v", k, text, got[text], left)
					}
				}
				for text, n := range got {
					if n != 1 {
						t.Fatalf("call %d: %q arrived %d times", k, text, n)
					}
				}
				if steps < k {
					if k < 10 || len(want) != 5 {
						t.Errorf("%d calls, %v", k, want)
					}
					return
				}
			}
		})
	}
}

func TestAddAll(t *testing.T) {
	m := newMade(t)
	from := t.TempDir()
	for _, f := range []string{"a", "sub/b"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(from, f)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(from, f), []byte("in "+f), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("a", filepath.Join(from, "link")); err != nil {
		t.Fatal(err)
	}
	d, err := Open(disk.OS, m.dir)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	err = d.AddAll(t.Context(), "n", []string{from, filepath.Join(from, "nowhere")}, func(path string, err error) {
		told = append(told, fmt.Sprint(strings.TrimPrefix(path, filepath.Base(from)), " ", err == nil))
	})
	if err != nil || strings.Join(told, ", ") != "/a true, /link false, /sub/b true, nowhere false" {
		t.Errorf("%v: %s", err, told)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	m.mustArrive(t, "in a in sub/b")
}

// TestDamagedFolder: a folder that is not that of a device says so.
func TestDamagedFolder(t *testing.T) {
	if _, err := Open(disk.OS, t.TempDir()); err == nil || !strings.Contains(err.Error(), "not the folder of an add-only device") {
		t.Errorf("an empty folder: %v", err)
	}
	m := newMade(t)
	raw, err := os.ReadFile(m.path("device.json"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		changed := bytes.Clone(raw)
		changed[i] ^= 1 << (i % 5)
		if err := os.WriteFile(m.path("device.json"), changed, 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := Open(disk.OS, m.dir)
		if err != nil {
			continue
		}
		t.Errorf("byte %d was changed, and nothing said so: %v", i, d.Close())
	}
}
