//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/evidence/verify"
)

// testPassphrase opens the cases of the tests.
const testPassphrase = "correct horse battery staple tin whistle"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"daybook-cli":    main,
		"daybook-verify": func() { os.Exit(verify.Main(os.Args[1:], os.Stdout, os.Stderr)) },
		"without-socket": withoutSocket,
		"without-right":  withoutRight,
		"without-room":   withoutRoom,
		"opens-socket":   openSocket,
	})
}

// TestScripts runs testdata/script against the real program. Each script finds
// an empty case, made.daybook, whose passphrase costs little. Beside
// testscript's own commands there are "exits N COMMAND…", "sentence REGEXP",
// "newcase CASE ACTOR" for another such case, "zipped FILE MEMBER…", "drawn FILE LINE…", "flip FILE…" and, where the system lets us, "smalldisk FOLDER
// MEGABYTES".
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("DAYBOOK_PASSPHRASE", testPassphrase)
			return makeCase(filepath.Join(env.WorkDir, "made.daybook"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "sentence": oneSentence, "newcase": newCase, "zipped": zipped, "drawn": drawn, "flip": flip, "smalldisk": smallDisk},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "mount":
				return mayMount(), nil
			case "tesseract":
				_, err := exec.LookPath("tesseract")
				return err == nil, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
	})
}

// makeCase makes an empty case that opens fast.
func makeCase(dir string) error { return makeCaseOf(dir, "test") }

// makeCaseOf is that of somebody else.
func makeCaseOf(dir, actor string) error {
	words, err := keys.NewWords()
	if err != nil {
		return err
	}
	c, err := evidence.Create(dir, evidence.CreateOptions{Title: "test", Zone: "Europe/London", Actor: actor,
		Passphrase: testPassphrase, KDF: keys.LeastCost(), Words: words})
	if err != nil {
		return err
	}
	return c.Close()
}

// newCase makes another empty case that opens fast: what init makes takes a second at
// each opening.
func newCase(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: newcase CASE ACTOR")
	}
	ts.Check(makeCaseOf(ts.MkAbs(args[0]), args[1]))
}

// exits runs a command and compares its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var e *exec.ExitError
	if errors.As(err, &e) {
		got = e.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d\n%s", got, want, ts.ReadFile("stderr"))
	}
}

// command runs the program with the passphrase of the tests and gives what it
// prints; any exit code but want ends the test.
func command(t *testing.T, want int, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("daybook-cli", args...)
	cmd.Env = append(os.Environ(), "DAYBOOK_PASSPHRASE="+testPassphrase)
	var out, messages bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &messages
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	if code := cmd.ProcessState.ExitCode(); code != want {
		t.Fatalf("daybook-cli %q: exit code %d, want %d\n%s", args, code, want, messages.String())
	}
	return out.Bytes()
}
