//go:build linux

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
)

// tracedCalls make, change or remove files, or reach for a network. The
// question mark lets strace pass over those that a machine does not have.
const tracedCalls = "?open,openat,?openat2,?creat,?mkdir,mkdirat,?rename,?renameat,?renameat2,?link,linkat,?symlink,symlinkat," +
	"?unlink,unlinkat,?rmdir,?truncate,?mknod,mknodat,?memfd_create,socket,socketpair,connect,bind,listen,sendto,sendmsg"

// calls reads the trace: no command, and no worker that it started, reached for
// a network; whatever was written lies in the case, the bundle, or a file that
// was asked for.
func (s *sampleRun) calls(t *testing.T) {
	if s.trace == "" { // the confinement has shown it: each command would have been killed, or failed
		return
	}
	allowed := []string{s.demo, filepath.Join(s.root, "own.daybook"), filepath.Join(s.root, "backup.daybook"), filepath.Join(s.root, "letter.mbox")}
	trace, err := os.ReadFile(s.trace)
	if err != nil {
		t.Fatal(err)
	}
	written, children := 0, map[string]bool{}
	for line := range strings.Lines(string(trace)) {
		c, ok := parseCall(line)
		if !ok {
			continue
		}
		children[c.process] = true
		switch {
		case c.network():
			t.Errorf("reached for a network: %s", line)
		case c.writes():
			written++
			for _, p := range c.paths {
				if !slices.ContainsFunc(allowed, func(dir string) bool { return p == dir || strings.HasPrefix(p, dir+"/") }) && p != os.DevNull {
					t.Errorf("wrote outside of what it was told: %s", line)
				}
			}
		}
	}
	if written < 100 || len(children) < 20 {
		t.Errorf("the trace shows %d writes by %d threads: too few to be true", written, len(children))
	}
}

// call is a line of the trace.
type call struct {
	process, name, line string
	paths               []string
}

var (
	callLine = regexp.MustCompile(`^(\d+) +(\w+)\((.*)`)
	callPath = regexp.MustCompile(`(?:AT_FDCWD|\d+)(?:<([^>]*)>)?, "([^"]*)"|"([^"]*)"`)
)

func parseCall(line string) (c call, ok bool) {
	m := callLine.FindStringSubmatch(line)
	if m == nil {
		return c, false
	}
	c = call{process: m[1], name: m[2], line: line}
	for _, p := range callPath.FindAllStringSubmatch(m[3], -1) {
		name := p[2] + p[3]
		if !filepath.IsAbs(name) {
			name = filepath.Join(p[1], name)
		}
		c.paths = append(c.paths, filepath.Clean(name))
	}
	return c, true
}

func (c call) network() bool {
	return slices.Contains([]string{"socket", "socketpair", "connect", "bind", "listen", "sendto", "sendmsg"}, c.name)
}

func (c call) writes() bool {
	if strings.HasPrefix(c.name, "open") {
		return regexp.MustCompile(`O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE`).MatchString(c.line)
	}
	return true
}

func TestCallsAreParsed(t *testing.T) {
	for line, want := range map[string]string{
		`12 openat(AT_FDCWD</w>, "a/b", O_WRONLY|O_CREAT|O_CLOEXEC, 0600 <unfinished ...>`: "openat true false [/w/a/b]",
		`12 openat(AT_FDCWD</w>, "/etc/x", O_RDONLY|O_CLOEXEC) = 3</etc/x>`:                "openat false false [/etc/x]",
		`12 unlinkat(5</w/case>, "x y", 0) = 0`:                                            "unlinkat true false [/w/case/x y]",
		`12 renameat(AT_FDCWD</w>, "a", AT_FDCWD</w>, "/v/b") = 0`:                         "renameat true false [/w/a /v/b]",
		`12 mkdir("/v/c", 0700) = 0`:                                                       "mkdir true false [/v/c]",
		`12 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3`:                                  "socket true true []",
	} {
		c, ok := parseCall(line)
		if got := fmt.Sprintf("%s %v %v %v", c.name, c.writes(), c.network(), c.paths); !ok || got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
}

// nothingReadable searches every file that the commands left, the exports and
// what was asked for apart, for what the sample case is made of.
func (s *sampleRun) nothingReadable(t *testing.T) {
	words := s.canaries()
	if len(words) < 300 {
		t.Fatalf("only %d words to search for", len(words))
	}
	n := newNeedles(words)
	n.findsAll(t, words)
	dirs := []string{filepath.Join(s.demo, "sample.daybook"), filepath.Join(s.root, "own.daybook"), filepath.Join(s.root, "backup.daybook")}
	if s.trace != "" {
		dirs = append(dirs, s.empty)
	}
	files := 0
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			files++
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			rel := strings.TrimPrefix(name, dir)
			for _, found := range append(n.in([]byte(rel)), n.in(data)...) {
				t.Errorf("%s can be read in %s", found, name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 100 {
		t.Errorf("only %d files were searched", files)
	}
}

// canaries are the words, names, numbers and file names of the sample case,
// long enough that none comes about by chance, and the secrets.
func (s *sampleRun) canaries() []string {
	var texts []string
	for _, r := range s.truth.Records {
		texts = append(texts, r.Text, r.From, r.File)
		for _, f := range r.Files {
			texts = append(texts, f.Name)
		}
	}
	for _, i := range s.truth.Incidents {
		texts = append(texts, i.Text, i.Who, i.Place, i.Words, i.Felt, i.Changed, i.Witness, i.Reported, i.HowKnown)
	}
	for _, o := range s.truth.Orders {
		texts = append(texts, o.Text)
	}
	texts = append(texts, "Sample case (fictional)", "Grey hatchback idling by the allotments.", "see you at the weekend", "Compare with the conductor's statement.",
		"trainstation", "Europe/London", "FOLLOW")
	set := map[string]bool{}
	for _, text := range append(texts, s.secrets...) {
		if len(text) >= shortest {
			set[text[:min(len(text), 40)]] = true
		}
		for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if len(w) >= shortest {
				set[w], set[strings.ToLower(w)] = true, true
			}
		}
	}
	for words := strings.Fields(s.recovery); len(words) > 1; words = words[1:] {
		set[words[0]+" "+words[1]] = true
	}
	all := make([]string, 0, len(set))
	for w := range set {
		all = append(all, w)
	}
	slices.Sort(all)
	return all
}

// shortest is the length in bytes of the shortest word that is searched for: in
// 100 MB of noise, six chosen bytes come about once in millions of runs.
const shortest = 6

// needles finds many words in many forms at once: a word is looked at where its
// first three bytes are.
type needles struct {
	first [1 << 24 / 64]uint64
	by    map[uint32][]needle
}

type needle struct {
	bytes []byte
	what  string
}

func newNeedles(words []string) *needles {
	n := &needles{by: map[uint32][]needle{}}
	for _, w := range words {
		for form, b := range forms(w) {
			k := key(b)
			n.first[k/64] |= 1 << (k % 64)
			n.by[k] = append(n.by[k], needle{b, fmt.Sprintf("%q (%s)", w, form)})
		}
	}
	return n
}

func key(b []byte) uint32 { return uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2]) }

// in gives the words that stand in data.
func (n *needles) in(data []byte) (found []string) {
	for i := 0; i+2 < len(data); i++ {
		k := key(data[i:])
		if n.first[k/64]>>(k%64)&1 == 0 {
			continue
		}
		for _, x := range n.by[k] {
			if bytes.HasPrefix(data[i:], x.bytes) {
				found = append(found, x.what)
			}
		}
	}
	return found
}

// forms are the ways in which a word can stand in a file. Of base64 there are
// three: a word begins at the first, second or third byte of a group.
func forms(w string) map[string][]byte {
	units := utf16.Encode([]rune(w))
	little, big := make([]byte, 0, 2*len(units)), make([]byte, 0, 2*len(units))
	for _, u := range units {
		little = binary.LittleEndian.AppendUint16(little, u)
		big = binary.BigEndian.AppendUint16(big, u)
	}
	all := map[string][]byte{"UTF-8": []byte(w), "UTF-16LE": little, "UTF-16BE": big, "hex": []byte(hex.EncodeToString([]byte(w)))}
	for shift := range 3 {
		// The characters that depend on this word alone.
		text := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift), w...))
		from, to := (8*shift+5)/6, 8*(shift+len(w))/6
		all[fmt.Sprintf("base64 at %d", shift)] = []byte(text[from:to])
	}
	return all
}

// findsAll shows that the search would find each word in each form.
func (n *needles) findsAll(t *testing.T, words []string) {
	t.Helper()
	for _, w := range words {
		for form, b := range forms(w) {
			hay := append(append([]byte{1, 2, 3}, b...), 4, 5, 6)
			if !slices.Contains(n.in(hay), fmt.Sprintf("%q (%s)", w, form)) {
				t.Errorf("the search does not find %q as %s", w, form)
			}
		}
	}
}

// The forms hold what real encoders write.
func TestFormsAreReal(t *testing.T) {
	const w = "Greyfriars"
	for shift := range 3 {
		text := base64.StdEncoding.EncodeToString([]byte("xyz"[:shift] + w + "abc"))
		if form := forms(w)[fmt.Sprintf("base64 at %d", shift)]; !strings.Contains(text, string(form)) || len(form) < len(w) {
			t.Errorf("%s does not hold %s", text, form)
		}
	}
	if string(forms("ab")["UTF-16LE"]) != "a\x00b\x00" || string(forms("ab")["UTF-16BE"]) != "\x00a\x00b" {
		t.Error("UTF-16")
	}
}
