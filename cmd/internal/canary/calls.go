package canary

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Traced are the calls that make, change or remove files, or reach for a
// network. The question mark lets strace pass over those that a machine does
// not have.
const Traced = "?open,openat,?openat2,?creat,?mkdir,mkdirat,?rename,?renameat,?renameat2,?link,linkat,?symlink,symlinkat," +
	"?unlink,unlinkat,?rmdir,?truncate,?mknod,mknodat,?memfd_create,socket,socketpair,connect,bind,listen,sendto,sendmsg"

// Strace runs what follows and writes its calls, and those of what it starts,
// to a file.
func Strace(file string) []string {
	return []string{"strace", "-f", "--seccomp-bpf", "-qq", "-y", "-A", "-s", "4096", "-e", "signal=none", "-e", "trace=" + Traced, "-o", file}
}

// Call is a line of a trace.
type Call struct {
	Process, Name, Line string
	Paths               []string // absolute
}

var (
	callLine = regexp.MustCompile(`^(\d+) +(\w+)\((.*)`)
	callPath = regexp.MustCompile(`(?:AT_FDCWD|\d+)(?:<([^>]*)>)?, "([^"]*)"|"([^"]*)"`)
	writing  = regexp.MustCompile(`O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE`)
)

// ParseCall reads a line of a trace; ok is false for one that is no call.
func ParseCall(line string) (c Call, ok bool) {
	m := callLine.FindStringSubmatch(line)
	if m == nil {
		return c, false
	}
	c = Call{Process: m[1], Name: m[2], Line: line}
	for _, p := range callPath.FindAllStringSubmatch(m[3], -1) {
		name := p[2] + p[3]
		if !filepath.IsAbs(name) {
			name = filepath.Join(p[1], name)
		}
		c.Paths = append(c.Paths, filepath.Clean(name))
	}
	return c, true
}

// Network tells whether a call has to do with sockets.
func (c Call) Network() bool {
	return slices.Contains([]string{"socket", "socketpair", "connect", "bind", "listen", "sendto", "sendmsg"}, c.Name)
}

// Writes tells whether a call makes, changes or removes a file.
func (c Call) Writes() bool {
	if strings.HasPrefix(c.Name, "open") {
		return writing.MatchString(c.Line)
	}
	return !c.Network()
}

// Outside gives the paths of a call that lie in none of the folders.
func (c Call) Outside(folders ...string) (out []string) {
	for _, p := range c.Paths {
		if !slices.ContainsFunc(folders, func(dir string) bool { return p == dir || strings.HasPrefix(p, dir+"/") }) {
			out = append(out, p)
		}
	}
	return out
}
