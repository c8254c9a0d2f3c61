package keys

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/tyler-smith/go-bip39"

	"daybook/evidence/disk"
)

const testPass = "correct horse"

// cheap is the policy of every test: the least cost, any passphrase.
var cheap = Policy{Cost: LeastCost(), Weak: true}

// create makes a case that a passphrase, words and a trusted person open.
func create(t *testing.T) (dir string, r *Ring, w Words, friend *age.X25519Identity) {
	t.Helper()
	dir = t.TempDir()
	w, err := NewWords()
	if err != nil {
		t.Fatal(err)
	}
	friend, err = age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	r, err = Create(disk.OS, dir, Options{Policy: cheap, Passphrase: testPass, Words: w, Recipients: []string{friend.Recipient().String()}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return dir, r, w, friend
}

func open(t *testing.T, dir string, u Unlock) *Ring {
	t.Helper()
	r, err := Open(disk.OS, dir, u)
	if err != nil {
		t.Fatalf("open by %s: %v", u.kind(), err)
	}
	t.Cleanup(r.Close)
	return r
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error %v, want %v", err, want)
	}
}

func TestEveryWayInOpensTheSameCase(t *testing.T) {
	dir, r, w, friend := create(t)
	box, err := r.Record().Seal(nil, []byte("text"), []byte("place"))
	if err != nil {
		t.Fatal(err)
	}
	signed, err := r.Sign([]byte("message"))
	if err != nil {
		t.Fatal(err)
	}
	upper := Words("  " + strings.ToUpper(strings.ReplaceAll(string(w), " ", "\n ")))
	for _, u := range []Unlock{Passphrase(testPass), w, upper, Identity(friend.String())} {
		again := open(t, dir, u)
		if again.ID() != r.ID() || again.Damage() != "" {
			t.Errorf("%s: case %s, damage %q", u.kind(), again.ID(), again.Damage())
		}
		plain, err := again.Record().Open(nil, box, []byte("place"))
		if err != nil || string(plain) != "text" {
			t.Errorf("%s: %q, %v", u.kind(), plain, err)
		}
		if !ed25519.Verify(again.SignerPublic(), []byte("message"), signed) {
			t.Errorf("%s: another signer", u.kind())
		}
		if again.Recipient().String() != r.Recipient().String() {
			t.Errorf("%s: another recipient", u.kind())
		}
	}
}

func TestWrongKeys(t *testing.T) {
	dir, _, w, _ := create(t)
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewWords()
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range []Unlock{Passphrase("wrong"), Passphrase(""), other, Identity(stranger.String())} {
		_, err := Open(disk.OS, dir, u)
		wantErr(t, err, ErrWrongKey)
	}
	words := strings.Fields(string(w))
	words[3] = "zebraa"
	_, err = Open(disk.OS, dir, Words(strings.Join(words, " ")))
	if err == nil || !strings.Contains(err.Error(), `word 4, "zebraa"`) {
		t.Errorf("a word that is not in the list: %v", err)
	}
	_, err = Open(disk.OS, t.TempDir(), w)
	wantErr(t, err, fs.ErrNotExist)
	_, err = Create(disk.OS, dir, Options{Policy: cheap, Passphrase: "x"})
	wantErr(t, err, ErrExists)
	_, err = Create(disk.OS, t.TempDir(), Options{Policy: cheap})
	wantErr(t, err, ErrLastSlot)
	_, err = Create(disk.OS, t.TempDir(), Options{Passphrase: "12345678"})
	wantErr(t, err, ErrWeak)
}

func TestUsesAndCasesAreApart(t *testing.T) {
	_, r, _, _ := create(t)
	_, other, _, _ := create(t)
	box, err := r.Journal().Seal(nil, []byte("text"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []Sealer{r.Record(), r.Head(), other.Journal()} {
		if _, err := s.Open(nil, box, nil); err == nil {
			t.Errorf("use %s opens what the journal key sealed", uses[s.use])
		}
	}
	if _, err := r.Journal().Open(nil, box, []byte("elsewhere")); err == nil {
		t.Error("a moved box opens")
	}
	a, _ := r.Name().Of([]byte("ab"), []byte("c"))
	b, _ := r.Name().Of([]byte("a"), []byte("bc"))
	c, _ := other.Name().Of([]byte("ab"), []byte("c"))
	if a == b || a == c {
		t.Error("different names are alike")
	}
}

// TestBindings opens slots that were changed by somebody who could make the
// HMAC right again, and derives keys of another case from the same master key.
func TestBindings(t *testing.T) {
	_, r, w, friend := create(t)
	keys := []Unlock{Passphrase(testPass), w, Identity(friend.String())}
	for i, s := range r.header.Slots {
		if _, err := keys[i].unlock(r.id, s); err != nil {
			t.Fatalf("%s: %v", s.Kind, err)
		}
		if _, err := keys[i].unlock(strings.Repeat("00", caseIDSize), s); !errors.Is(err, errNotThisSlot) {
			t.Errorf("%s: in another case: %v", s.Kind, err)
		}
		moved := s
		moved.ID = "0000000000000000"
		if _, err := keys[i].unlock(r.id, moved); !errors.Is(err, errNotThisSlot) {
			t.Errorf("%s: under another id: %v", s.Kind, err)
		}
	}
	a, err := newSecrets(bytes.Clone(r.secrets.master), r.id)
	if err != nil {
		t.Fatal(err)
	}
	b, err := newSecrets(bytes.Clone(r.secrets.master), strings.Repeat("00", caseIDSize))
	if err != nil {
		t.Fatal(err)
	}
	for u, name := range uses {
		if bytes.Equal(a.derived[u], b.derived[u]) {
			t.Errorf("%s: two cases have one key", name)
		}
		for v := range u {
			if bytes.Equal(a.derived[u], a.derived[v]) {
				t.Errorf("%s and %s are one key", name, uses[v])
			}
		}
	}
}

func TestComposedLettersAreTheSame(t *testing.T) {
	dir := t.TempDir()
	r, err := Create(disk.OS, dir, Options{Policy: cheap, Passphrase: "caf\u00e9"})
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	open(t, dir, Passphrase("cafe\u0301"))
}

func TestCost(t *testing.T) {
	for _, c := range []Cost{DefaultCost(), LeastCost(), {Time: 1, Memory: minMemory, Threads: 4}} {
		if err := c.check(); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if got := leastMemory(false); got != 64<<10 {
		t.Errorf("a guess outside tests costs %d KiB at least", got)
	}
}

func TestCloseWipes(t *testing.T) {
	_, r, _, _ := create(t)
	sealer := r.Record()
	if bytes.Equal(r.secrets.page, make([]byte, len(r.secrets.page))) {
		t.Error("the page of keys is empty")
	}
	r.Close()
	r.Close()
	if _, err := sealer.Seal(nil, []byte("x"), nil); !errors.Is(err, ErrClosed) {
		t.Errorf("seal after close: %v", err)
	}
	if _, err := r.Sign(nil); !errors.Is(err, ErrClosed) {
		t.Errorf("sign after close: %v", err)
	}
	if _, err := r.Identity(); !errors.Is(err, ErrClosed) {
		t.Errorf("identity after close: %v", err)
	}
	wantErr(t, r.PanicLock(), ErrClosed)
	if !bytes.Equal(r.secrets.page, make([]byte, len(r.secrets.page))) {
		t.Error("key bytes are still there")
	}
}

func TestChangePassphrase(t *testing.T) {
	dir, r, w, friend := create(t)
	wantErr(t, r.ChangePassphrase("wrong", "new one", cheap), ErrWrongKey)
	wantErr(t, r.ChangePassphrase(testPass, "new one", Policy{Cost: LeastCost()}), ErrWeak)
	if err := r.ChangePassphrase(testPass, "new one", cheap); err != nil {
		t.Fatal(err)
	}
	_, err := Open(disk.OS, dir, Passphrase(testPass))
	wantErr(t, err, ErrWrongKey)
	for _, u := range []Unlock{Passphrase("new one"), w, Identity(friend.String())} {
		if again := open(t, dir, u); again.SignerPublic().Equal(r.SignerPublic()) == false || again.Damage() != "" {
			t.Errorf("%s: another case, or %q", u.kind(), again.Damage())
		}
	}
}

func TestSlots(t *testing.T) {
	dir, r, w, _ := create(t)
	advocate, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	id, err := r.AddRecipient(advocate.Recipient().String(), "Jane, advocate")
	if err != nil {
		t.Fatal(err)
	}
	slots, err := open(t, dir, Identity(advocate.String())).Slots()
	if err != nil {
		t.Fatal(err)
	}
	if len(slots) != 4 || slots[3] != (Slot{id, "recipient", "Jane, advocate"}) {
		t.Errorf("slots %v", slots)
	}
	raw, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil || bytes.Contains(raw, []byte("Jane")) || bytes.Contains(raw, []byte("age1")) {
		t.Errorf("the file shows whom it belongs to: %v\n%s", err, raw)
	}
	if err := r.PanicLock(); err != nil {
		t.Fatal(err)
	}
	_, err = Open(disk.OS, dir, Passphrase(testPass))
	wantErr(t, err, ErrWrongKey)
	open(t, dir, w)
	for _, s := range slots[1:3] {
		if err := r.RemoveSlot(s.ID); err != nil {
			t.Fatal(err)
		}
	}
	wantErr(t, r.RemoveSlot(id), ErrLastSlot)
	if err := r.RemoveSlot("0000000000000000"); err == nil {
		t.Error("a slot that is not there was removed")
	}
}

func TestPanicLockNeedsAnotherWay(t *testing.T) {
	dir := t.TempDir()
	r, err := Create(disk.OS, dir, Options{Policy: cheap, Passphrase: testPass})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	wantErr(t, r.PanicLock(), ErrLastSlot)
	open(t, dir, Passphrase(testPass))
}

func TestPassphrases(t *testing.T) {
	for range 50 {
		p, err := NewPassphrase()
		if err != nil {
			t.Fatal(err)
		}
		if len(strings.Fields(p)) != 6 || Strength(p) < enoughBits {
			t.Errorf("%q is worth %.0f bits", p, Strength(p))
		}
	}
	for _, weak := range []string{"1234", "12345678901234567890", "password", "Passw0rd!", "Summer2024!", "iloveyou iloveyou iloveyou iloveyou",
		"to be or not to be that is the question", "qwertzuiop", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "19.04.1986", "Liverpool1986"} {
		if bits := Strength(weak); bits >= enoughBits {
			t.Errorf("%q: %.0f bits are too many", weak, bits)
		}
	}
	for _, word := range append(bip39.GetWordList(), "burst", "stuffing", "hijack", "kettle", "gatepost", "marmalade", "ferret", "tangerine", "thistle") {
		common := strings.Contains(commonWords, " "+word+" ")
		if len(word) >= 5 && !common && 6*Strength(word) < enoughBits {
			t.Errorf("%q is worth %.1f bits: six such words are refused, and Accepted says otherwise", word, Strength(word))
		}
	}
	for _, strong := range []string{"crabmeat dwindle unpicked sandbar fidgety ozone", "k7X$q2!mZ9p@r4&t", "legal winner thank year wave sausage"} {
		if bits := Strength(strong); bits < enoughBits {
			t.Errorf("%q: %.0f bits are too few", strong, bits)
		}
	}
}
