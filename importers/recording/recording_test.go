package recording

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daybook/importers/worker"
	"daybook/timeline"
)

// TestMain lets the test program become the engine.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == worker.ArgOutside {
		fmt.Fprintln(os.Stderr, worker.Become(os.Args[2:]))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// engine gives the engine of this machine, which tests need: .ci/tools installs it.
func engine(t testing.TB) *Engine {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	e, err := FindEngine(t.Context(), exe)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// shot makes a recording with the engine itself.
func shot(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	out, err := exec.Command("ffmpeg", append(append([]string{"-nostdin", "-v", "error", "-y"}, args...), file)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", name, err, out)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const (
	bars10 = "testsrc=d=10:s=320x180:r=10"
	tone   = "sine=d=10"
)

func film(more ...string) []string {
	args := []string{"-f", "lavfi", "-i", bars10, "-f", "lavfi", "-i", tone, "-vf", "fade=in:0:8", "-c:v", "libx264", "-preset", "ultrafast", "-g", "20", "-pix_fmt", "yuv420p", "-c:a", "aac"}
	return append(args, more...)
}

func look(t *testing.T, name string, b []byte) timeline.Recording {
	t.Helper()
	rec, err := engine(t).Look(t.Context(), name, bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return rec
}

// A film gives its length and six frames, none of them black, whatever it is kept in
// and wherever its index stands; twice the same.
func TestFilms(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
	}{
		{"end.mp4", film()}, {"front.mp4", film("-movflags", "+faststart")}, {"parts.mp4", film("-movflags", "+frag_keyframe+empty_moov")},
		{"x.mov", film()}, {"x.mkv", film()}, {"x.3gp", film("-s", "176x144")}, {"x.ts", film()},
		{"x.webm", film("-c:v", "libvpx", "-c:a", "libopus", "-deadline", "realtime")}, {"x.avi", film("-c:v", "mpeg4", "-c:a", "mp3")},
	} {
		b := shot(t, c.name, c.args...)
		rec := look(t, c.name, b)
		if off := (rec.Length - 10*time.Second).Abs(); rec.Note != "" || !rec.Film || !rec.Sound || off > 200*time.Millisecond || len(rec.Frames) != stills {
			t.Errorf("%s: %v, %d frames, %q", c.name, rec.Length, len(rec.Frames), rec.Note)
			continue
		}
		for i, f := range rec.Frames {
			m, err := jpegOf(f.JPEG)
			if err != nil || black(m) || f.Width != m.Bounds().Dx() || f.Height != m.Bounds().Dy() {
				t.Errorf("%s: frame %d: %v, %d×%d", c.name, i, err, f.Width, f.Height)
			}
			from, to := rec.Length*time.Duration(i)/stills, rec.Length*time.Duration(i+1)/stills
			if f.At < from-50*time.Millisecond || f.At > to {
				t.Errorf("%s: frame %d is of %v, and its part from %v to %v", c.name, i, f.At, from, to)
			}
		}
		if rec.Frames[0].At == 0 {
			t.Errorf("%s: its first frame is black, and was taken", c.name)
		}
		again := look(t, c.name, b)
		for i, f := range rec.Frames {
			if !bytes.Equal(f.JPEG, again.Frames[i].JPEG) {
				t.Errorf("%s: frame %d is another the second time", c.name, i)
			}
		}
	}
}

// A sound with a cover is listened to, and its cover is no film.
func TestCover(t *testing.T) {
	for name, kinds := range map[string][]string{"art.mp3": {"png", "mjpeg", "bmp", "gif"}, "art.m4a": {"png", "mjpeg", "bmp"}, "art.flac": {"png"}} {
		for _, kind := range kinds {
			b := shot(t, name, "-f", "lavfi", "-i", tone, "-f", "lavfi", "-i", "color=red:s=64x64:d=1", "-map", "0", "-map", "1", "-frames:v", "1", "-c:v", kind, "-disposition:v", "attached_pic")
			if rec := look(t, name, b); rec.Note != "" || rec.Film || !rec.Sound || len(rec.Level) == 0 || (rec.Length-10*time.Second).Abs() > 200*time.Millisecond {
				t.Errorf("%s with a cover of the kind %s: %v, %q", name, kind, rec.Length, rec.Note)
			}
		}
	}
}

// A film that was taken with the telephone upright is shown upright.
func TestTurned(t *testing.T) {
	straight := shot(t, "a.mp4", film()...)
	file := filepath.Join(t.TempDir(), "a.mp4")
	if err := os.WriteFile(file, straight, 0o600); err != nil {
		t.Fatal(err)
	}
	rec := look(t, "turned.mp4", shot(t, "turned.mp4", "-i", file, "-c", "copy", "-metadata:s:v", "rotate=90"))
	if f := rec.Frames[0]; f.Width != 180 || f.Height != 320 {
		t.Errorf("%d×%d", f.Width, f.Height)
	}
}

// Long films are looked at by the frames that need no other.
func TestLongFilm(t *testing.T) {
	b := shot(t, "x.mp4", "-f", "lavfi", "-i", "testsrc=d=120:s=64x36:r=25", "-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-bf", "0", "-pix_fmt", "yuv420p")
	rec := look(t, "x.mp4", b)
	if len(rec.Frames) != stills || rec.Sound || rec.Length != 120*time.Second {
		t.Fatalf("%d frames, %v", len(rec.Frames), rec.Length)
	}
	for _, f := range rec.Frames {
		if f.At%(2*time.Second) != 0 {
			t.Errorf("a frame of %v needs others", f.At)
		}
	}
}

// A sound gives its length and how loud it is over it.
func TestSounds(t *testing.T) {
	quiet := []string{"-f", "lavfi", "-i", "sine=d=7", "-af", "volume=enable='lt(t,3.5)':volume=0"}
	for _, c := range []struct {
		name string
		args []string
	}{
		{"x.ogg", nil}, {"x.opus", []string{"-c:a", "libopus"}}, {"x.m4a", nil}, {"x.mp3", nil}, {"x.wav", nil}, {"x.flac", nil}, {"x.aac", nil},
		{"x.caf", []string{"-c:a", "pcm_s16be"}},
	} {
		rec := look(t, c.name, shot(t, c.name, append(quiet, c.args...)...))
		if off := (rec.Length - 7*time.Second).Abs(); rec.Note != "" || rec.Film || !rec.Sound || off > 200*time.Millisecond || len(rec.Level) < 100 || len(rec.Frames) > 0 {
			t.Errorf("%s: %v, %d bars, %q", c.name, rec.Length, len(rec.Level), rec.Note)
			continue
		}
		if before, after := rec.Level[len(rec.Level)/4], rec.Level[len(rec.Level)*3/4]; before > -60 || after < -30 {
			t.Errorf("%s: %d and then %d decibels", c.name, before, after)
		}
	}
}

// What is no recording, or a hostile one, is said in one sentence, and leads nowhere.
func TestHostile(t *testing.T) {
	good := shot(t, "a.mp4", film()...)
	whole := shot(t, "a.mkv", film()...)
	huge := shot(t, "huge.mov", "-f", "lavfi", "-i", "testsrc=d=1:s=64x36", "-c:v", "mjpeg")
	for at, head := 0, []byte("\xff\xc0\x00\x11\x08"); bytes.Contains(huge[at:], head); {
		at += bytes.Index(huge[at:], head) + len(head)
		copy(huge[at:], "\xff\xdc\xff\xdc")
	}
	secret := filepath.Join(t.TempDir(), "secret.mp4")
	if err := os.WriteFile(secret, good, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		b    []byte
		why  string
	}{
		{"empty", nil, "its first bytes are those of no film"},
		{"list.m3u8", []byte("#EXTM3U\n#EXTINF:10,\nfile://" + secret + "\n#EXT-X-ENDLIST\n"), "its first bytes are those of no film"},
		{"list.ffconcat", []byte("ffconcat version 1.0\nfile '" + secret + "'\n"), "its first bytes are those of no film"},
		{"list.sdp", []byte("v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"), "its first bytes are those of no film"},
		{"cut.mp4", good[:len(good)/2], errNoIndex.Error()},
		{"noise.mp4", append(bytes.Clone(good[:32]), bytes.Repeat([]byte{0, 0, 0, 9, 'm', 'o', 'o', 'v', 7}, 99)...), "ffmpeg could not read it|holds no film"},
		{"short.mp4", []byte("\x00\x00\x00\x08ftyp\x00\x00\x00\x03moov"), "do not follow one another"},
		{"frames.mp4", shot(t, "none.mp4", "-f", "lavfi", "-i", bars10, "-frames:v", "0", "-c:v", "libx264", "-movflags", "+empty_moov+frag_keyframe"), "it holds no f"},
		{"noise.mp3", append([]byte("ID3"), bytes.Repeat([]byte{1}, 4000)...), "ffmpeg could not read it|holds no"},
		{"huge.mov", huge, "none of its frames could be decoded|pixels, more than|ffmpeg could not read it"},
	} {
		rec := look(t, c.name, c.b)
		found := false
		for why := range strings.SplitSeq(c.why, "|") {
			found = found || rec.Note != "" && strings.Contains(rec.Note, why)
		}
		if !found || len(rec.Frames) > 0 {
			t.Errorf("%s: %q, %d frames", c.name, rec.Note, len(rec.Frames))
		}
	}
	if rec := look(t, "cut.mkv", whole[:len(whole)/2]); len(rec.Frames) == 0 || rec.Length > 9*time.Second {
		t.Errorf("of a film that is cut off nothing is shown: %q, %v", rec.Note, rec.Length)
	}
}

// An original that cannot be read is no fault of the recording.
func TestLostOriginal(t *testing.T) {
	b := shot(t, "a.mp4", film("-movflags", "+faststart")...)
	_, err := engine(t).Look(t.Context(), "a.mp4", broken{bytes.NewReader(b)}, int64(len(b)))
	if !errors.Is(err, errLost) {
		t.Errorf("%v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := engine(t).Look(ctx, "a.mp4", bytes.NewReader(b), int64(len(b))); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

var errLost = errors.New("lost")

type broken struct{ r *bytes.Reader }

func (b broken) ReadAt(p []byte, off int64) (int, error) {
	if off > 8_000 {
		return 0, errLost
	}
	return b.r.ReadAt(p, off)
}

// Without an engine the sentence says what to install.
func TestNoEngine(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := FindEngine(t.Context(), ""); !errors.Is(err, ErrNoEngine) || !strings.Contains(err.Error(), "install ffmpeg") {
		t.Errorf("%v", err)
	}
}

// Frames keep their own time in the words of every version.
func TestTimesKept(t *testing.T) {
	for version, want := range map[[2]string]string{{"4", "4"}: "-vsync", {"5", "0"}: "-vsync", {"5", "1"}: "-fps_mode", {"8", "0"}: "-fps_mode", {"", ""}: "-fps_mode"} {
		if got := timesKept(version[0], version[1])[0]; got != want {
			t.Errorf("%v: %s", version, got)
		}
	}
}

// Whatever a file says of its parts, putting it in order ends, keeps every byte but
// the places in its index, and never panics.
func FuzzInOrder(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x08ftyp\x00\x00\x00\x0cmdatabcd\x00\x00\x00\x30moov\x00\x00\x00\x28trak\x00\x00\x00\x20mdia\x00\x00\x00\x18stco\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00\x10\x00\x00\x00\x12"))
	f.Add([]byte("\x00\x00\x00\x01mdat\x00\x00\x00\x00\x00\x00\x00\x12ab\x00\x00\x00\x00moov"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := inOrder(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if _, err := out.ReadFrom(r); err != nil || out.Len() != len(b) {
			t.Errorf("%d bytes of %d, %v", out.Len(), len(b), err)
		}
	})
}
