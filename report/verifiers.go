package report

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrNoVerifiers means that the programs that check a bundle do not lie where the
// program that runs could find them.
var ErrNoVerifiers = errors.New("daybook-verify for Linux, Windows and macOS does not lie beside this program")

// verifiers are the programs that check a bundle, as the build names them, and as
// whoever gets them does.
var verifiers = []struct{ built, given string }{
	{"linux/daybook-verify", "linux/daybook-verify"},
	{"windows/daybook-verify.exe", "windows/daybook-verify.exe"},
	{"darwin/daybook-verify", "macos/daybook-verify"},
}

// FindVerifiers is the folder with the programs that check a bundle: that of the
// program that runs, or the one above it, for programs for another system lie in
// one folder each. ErrNoVerifiers where one of them is missing.
func FindVerifiers(exe string) (string, error) {
	for _, dir := range []string{filepath.Dir(exe), filepath.Dir(filepath.Dir(exe))} {
		missing := false
		for _, v := range verifiers {
			st, err := os.Stat(filepath.Join(dir, filepath.FromSlash(v.built)))
			missing = missing || err != nil || !st.Mode().IsRegular()
		}
		if !missing {
			return dir, nil
		}
	}
	return "", ErrNoVerifiers
}

// VerifiersBeside is the folder for the programs that check the bundle in a folder.
func VerifiersBeside(bundle string) string { return filepath.Clean(bundle) + "-check" }

// PutVerifiers copies the programs that FindVerifiers found into a new folder beside
// a bundle, with a page that says what they are. They are not in the bundle: what is
// handed over as evidence has no program in it, and mail that would refuse one takes
// it. Nothing stays of a folder that could not be filled.
func PutVerifiers(from, bundle string) (_ string, err error) {
	dir := VerifiersBeside(bundle)
	if err := os.Mkdir(dir, 0o700); errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("%s: %w", dir, ErrNotEmpty)
	} else if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	var sums strings.Builder
	for _, v := range verifiers {
		sum, err := putVerifier(filepath.Join(from, filepath.FromSlash(v.built)), filepath.Join(dir, filepath.FromSlash(v.given)))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sum, v.given)
	}
	return dir, os.WriteFile(filepath.Join(dir, "READ-ME.txt"), []byte(fmt.Sprintf(sayVerifiers, sums.String())), 0o600)
}

// putVerifier copies one program, and gives the SHA-256 of what it copied.
func putVerifier(from, to string) (sum []byte, err error) {
	in, err := os.Open(from)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if err := os.Mkdir(filepath.Dir(to), 0o700); err != nil {
		return nil, err
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o700)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, h), in)
	return h.Sum(nil), errors.Join(err, out.Close())
}
