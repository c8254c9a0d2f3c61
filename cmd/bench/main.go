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
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"

	"daybook/assets/sample"
)

func main() {
	photos := flag.Int("photos", 1000, "how many photos")
	size := flag.Int64("photo-size", 2_100_000, "bytes a photo")
	messages := flag.Int("messages", 1_000_000, "how many messages in the long chat")
	dir := flag.String("dir", "", "where to work; a temporary folder when empty")
	flag.Parse()
	if err := run(*dir, *photos, *size, *messages); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run of the table.
type bench struct {
	dir string
	cli string
	out *tabwriter.Writer
}

type figures struct {
	wall, cpu float64
	peakMB    float64
	stdout    string
}

func run(dir string, photos int, size int64, messages int) (err error) {
	if dir == "" {
		if dir, err = os.MkdirTemp("", "daybook-bench"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	cli, err := filepath.Abs("bin/daybook-cli")
	if err != nil {
		return err
	}
	b := &bench{dir: dir, cli: cli, out: tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)}
	fmt.Fprintln(b.out, "what\twall s\tCPU s\tpeak MB\tnote")
	steps := []func() error{
		func() error { return b.photos(photos, size) },
		func() error { return b.exif(photos) },
		func() error { return b.chat(messages) },
		func() error { return b.bundle() },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return errors.Join(err, b.out.Flush())
		}
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
	cmd.Env = append(os.Environ(), append(env, "DAYBOOK_PASSPHRASE=plunge weasel orbit canyon lunar ticket")...)
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
	fmt.Fprintf(b.out, "%s\t%.2f\t%.2f\t%.0f\t%s\n", name, r.wall, r.cpu, r.peakMB, note)
	return r, b.out.Flush()
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

func (b *bench) init(c string) error {
	_, err := b.time("init", "", nil, b.cli, "init", c, "--title", "bench", "--zone", "Europe/London", "--actor", "bench")
	return err
}

func (b *bench) exif(n int) error {
	src := b.path("photos")
	exiftool, err := b.rival("EXIF: exiftool -fast2", nil, "exiftool", "-fast2", "-q", "-j", src)
	if err != nil {
		return err
	}
	exiv2, err := b.rival("EXIF: exiv2", nil, "sh", "-c", "exiv2 -q pr "+src+"/*")
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

// bundle writes a bundle of some 2,000 pages out of the long chat.
func (b *bench) bundle() error {
	out := b.path("bundle")
	got, err := b.time("bundle of two months of the long chat", "", nil, b.cli, "bundle", b.path("chat.daybook"), "--out", out, "--from", "2016-03-01", "--to", "2016-06-15")
	if err != nil {
		return err
	}
	_, err = io.WriteString(b.out, "  "+strings.TrimSpace(got.stdout)+"\n")
	return err
}
