// Command bench measures whole runs of the programs in bin beside their floors
// and rivals, all in one go, so that the ratios mean something on a noisy
// machine: seconds of the wall and of the processor, and the most memory held.
// It makes its data with the generator of the sample case.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"

	"daybook/assets/sample"
)

func main() {
	var o options
	flag.IntVar(&o.photos, "photos", 1000, "how many photos")
	flag.Int64Var(&o.photoSize, "photo-size", 2_100_000, "bytes a photo")
	flag.IntVar(&o.pictures, "pictures", 2000, "how many pictures in the album")
	flag.IntVar(&o.beside, "beside", 20_000, "how many messages beside the album")
	flag.IntVar(&o.transcript, "transcript", 60_000, "how many messages in the transcript")
	flag.IntVar(&o.messages, "messages", 1_000_000, "how many messages in the long chat")
	flag.IntVar(&o.letters, "letters", 20_000, "how many letters in the mailbox")
	flag.IntVar(&o.files, "files", 10_000, "how many small files")
	flag.Int64Var(&o.format, "format", formatSize, "bytes of the long file of each format")
	flag.Int64Var(&o.formatLong, "format-long", longFormat(), "bytes of those formats whose files are the longest")
	flag.BoolVar(&o.list, "list", true, "the window's list with a million events too")
	flag.StringVar(&o.part, "part", "", "measure this part alone: "+strings.Join(partNames(), ", ")+"; bundle works on what chat has made")
	flag.StringVar(&o.cli, "cli", "bin/daybook-cli", "the terminal program")
	flag.StringVar(&o.dir, "dir", "", "where to work; a temporary folder when empty")
	flag.Parse()
	if err := run(os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options say how much is measured, with what and where.
type options struct {
	pictures, beside   int
	transcript         int
	photos             int
	photoSize          int64
	messages           int
	letters            int
	files              int
	format, formatLong int64
	only               []string // formats; all where it is empty
	list               bool     // its million events are made anew
	part               string   // of the run; empty: all
	cli, dir           string
}

// parts are measured in this order: some work on what one before them has made.
var parts = []struct {
	name string
	run  func(*bench, options) error
}{
	{"photos", func(b *bench, o options) error {
		return errors.Join(b.photos(o.photos, o.photoSize), b.exif(o.photos))
	}},
	{"files", func(b *bench, o options) error { return b.smallFiles(o.files) }},
	{"mailbox", func(b *bench, o options) error { return b.mailbox(o.letters) }},
	{"chat", func(b *bench, o options) error { return b.chat(o.messages) }},
	{"bundle", func(b *bench, _ options) error { return b.bundle() }},
	{"album", func(b *bench, o options) error { return b.album(o.pictures, o.beside) }},
	{"transcript", func(b *bench, o options) error { return b.transcript(o.transcript) }},
	{"search", func(b *bench, _ options) error { return b.search() }},
	{"window", func(b *bench, _ options) error { return b.window() }},
	{"formats", func(b *bench, o options) error { return b.formats(o.format, o.formatLong, o.only...) }},
	{"list", func(b *bench, o options) error { return b.list(o.list) }},
}

func partNames() []string {
	var names []string
	for _, p := range parts {
		names = append(names, p.name)
	}
	return names
}

// bench is one run of the table.
type bench struct {
	dir string
	cli string
	out *tabwriter.Writer
}

func newBench(out io.Writer, dir, cli string) *bench {
	return &bench{dir: dir, cli: cli, out: tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)}
}

type figures struct {
	wall, cpu float64
	peakMB    float64
	stdout    string
}

func run(out io.Writer, o options) (err error) {
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp("", "daybook-bench"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(o.dir)) }()
	}
	cli, err := filepath.Abs(o.cli)
	if err != nil {
		return err
	}
	b := newBench(out, o.dir, cli)
	fmt.Fprintln(b.out, "what\twall s\tCPU s\tpeak MB\tnote")
	found := false
	for _, p := range parts {
		if o.part != "" && p.name != o.part {
			continue
		}
		found = true
		if err := p.run(b, o); err != nil {
			return errors.Join(err, b.out.Flush())
		}
	}
	if !found {
		return fmt.Errorf("-part %s: there is none; the parts are %s", o.part, strings.Join(partNames(), ", "))
	}
	return b.out.Flush()
}

func (b *bench) path(parts ...string) string {
	return filepath.Join(append([]string{b.dir}, parts...)...)
}

// time runs a command under GNU time and writes a row.
func (b *bench) time(name, note string, env []string, command ...string) (figures, error) {
	report := b.path("time.txt")
	args := append([]string{"-o", report, "-f", "%e %U %S %M"}, command...)
	cmd := exec.Command("/usr/bin/time", args...)
	cmd.Env = append(os.Environ(), append(env, benchPassphrase)...)
	var out, msg strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &msg
	if err := cmd.Run(); err != nil {
		return figures{}, fmt.Errorf("%s: %w: %s", name, err, tail(msg.String()))
	}
	data, err := os.ReadFile(report)
	if err != nil {
		return figures{}, err
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	var f [4]float64
	for i, s := range strings.Fields(lines[len(lines)-1]) {
		if f[i], err = strconv.ParseFloat(s, 64); err != nil {
			return figures{}, fmt.Errorf("%s: time: %w", name, err)
		}
	}
	r := figures{wall: f[0], cpu: f[1] + f[2], peakMB: f[3] / 1024, stdout: out.String()}
	b.row(name, r, note)
	return r, b.out.Flush()
}

// benchPassphrase opens every case that is measured.
const benchPassphrase = "DAYBOOK_PASSPHRASE=plunge weasel orbit canyon lunar ticket"

func (b *bench) row(name string, f figures, note string) {
	fmt.Fprintf(b.out, "%s\t%.2f\t%.2f\t%.0f\t%s\n", name, f.wall, f.cpu, f.peakMB, note)
}

func tail(s string) string {
	if len(s) > 400 {
		s = s[len(s)-400:]
	}
	return s
}

// rival measures a program that may not be installed.
func (b *bench) rival(name string, env []string, command ...string) (figures, error) {
	if _, err := exec.LookPath(command[0]); err != nil {
		fmt.Fprintf(b.out, "%s\t\t\t\tnot installed\n", name)
		return figures{}, nil
	}
	return b.time(name, "", env, command...)
}

func (b *bench) ratio(name string, ours, theirs float64) {
	if theirs > 0 {
		fmt.Fprintf(b.out, "  ratio %s\t%.2f\t\t\t\n", name, ours/theirs)
	}
}

func (b *bench) photos(n int, size int64) error {
	src := b.path("photos")
	if err := sample.ManyPhotos(src, n, size); err != nil {
		return err
	}
	if _, err := b.time("photos: sha256, openssl", "floor", nil, "sh", "-c", "cat "+src+"/* | openssl dgst -sha256"); err != nil {
		return err
	}
	if _, err := b.time("photos: copy and sync", "floor", nil, "sh", "-c", "cp -r "+src+" "+b.path("copy")+" && sync"); err != nil {
		return err
	}
	if err := os.RemoveAll(b.path("copy")); err != nil {
		return err
	}
	borgEnv := []string{"BORG_REPO=" + b.path("borg"), "BORG_PASSPHRASE=x", "BORG_BASE_DIR=" + b.path("borgbase"), "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes"}
	if _, err := b.rival("borg init", borgEnv, "borg", "init", "-e", "repokey-blake2"); err != nil {
		return err
	}
	borg, err := b.rival("photos: borg create -C none", borgEnv, "borg", "create", "-C", "none", "::a", src)
	if err != nil {
		return err
	}
	resticEnv := []string{"RESTIC_REPOSITORY=" + b.path("restic"), "RESTIC_PASSWORD=x", "RESTIC_CACHE_DIR=" + b.path("resticcache")}
	if _, err := b.rival("restic init", resticEnv, "restic", "init"); err != nil {
		return err
	}
	restic, err := b.rival("photos: restic backup --compression off", resticEnv, "restic", "backup", "--compression", "off", src)
	if err != nil {
		return err
	}
	c := b.path("photos.daybook")
	if err := b.init(c); err != nil {
		return err
	}
	ours, err := b.time("photos: daybook-cli add", fmt.Sprintf("%d files, written twice", n), nil, b.cli, "add", c, src)
	if err != nil {
		return err
	}
	b.ratio("to borg", ours.wall, borg.wall)
	b.ratio("to restic", ours.wall, restic.wall)
	return errors.Join(os.RemoveAll(b.path("borg")), os.RemoveAll(b.path("restic")), os.RemoveAll(c))
}

// init makes an empty case: the first is made, the others are copies of it.
func (b *bench) init(c string) error {
	empty := b.path("empty.daybook")
	if _, err := os.Stat(empty); errors.Is(err, fs.ErrNotExist) {
		if _, err := b.time("init", "", nil, b.cli, "init", empty, "--title", "bench", "--zone", "Europe/London", "--actor", "bench"); err != nil {
			return err
		}
	}
	return os.CopyFS(c, os.DirFS(empty))
}

func (b *bench) exif(n int) error {
	src := b.path("photos")
	exiftool, err := b.rival("EXIF: exiftool -fast2", nil, "exiftool", "-fast2", "-q", "-j", src)
	if err != nil {
		return err
	}
	names, err := filepath.Glob(filepath.Join(src, "*"))
	if err != nil {
		return err
	}
	exiv2, err := b.rival("EXIF: exiv2", nil, append([]string{"exiv2", "-q", "pr"}, names...)...)
	if err != nil {
		return err
	}
	ours, err := b.time("EXIF: go test -bench", "1,000 photos, three times, with the test's own start", nil,
		"go", "test", "-run", "^$", "-bench", "Import1000$", "-benchtime", "3x", "./importers/photo")
	if err != nil {
		return err
	}
	for _, l := range strings.Split(ours.stdout, "\n") {
		if strings.HasPrefix(l, "Benchmark") {
			fmt.Fprintln(b.out, "  "+strings.Join(strings.Fields(l), " "))
		}
	}
	fmt.Fprintf(b.out, "  exiftool %.2f s, exiv2 %.2f s for the same files\n", exiftool.wall, exiv2.wall)
	return os.RemoveAll(src)
}

func (b *bench) chat(n int) error {
	chat := b.path("WhatsApp Chat with Dan R.txt")
	f, err := os.Create(chat)
	if err != nil {
		return err
	}
	if err := errors.Join(sample.LongChat(f, n), f.Close()); err != nil {
		return err
	}
	if _, err := b.time("chat: sha256, openssl", "floor", nil, "openssl", "dgst", "-sha256", chat); err != nil {
		return err
	}
	c := b.path("chat.daybook")
	if err := b.init(c); err != nil {
		return err
	}
	if _, err := b.time("chat: daybook-cli add", fmt.Sprintf("%d messages: added, indexed, searchable", n), nil, b.cli, "add", c, chat, "--date-order", "dmy"); err != nil {
		return err
	}
	if _, err := b.time("chat: open, first screen of everything", "includes unlocking", nil, "sh", "-c", b.cli+" timeline "+c+" | head -n 50"); err != nil && !strings.Contains(err.Error(), "pipe") {
		return err
	}
	if _, err := b.time("chat: open, search one word", "includes unlocking", nil, b.cli, "timeline", c, "--search", "baca", "--limit", "100"); err != nil {
		return err
	}
	return nil
}
