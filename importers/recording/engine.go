package recording

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"time"

	"daybook/importers/worker"
)

// ErrNoEngine means that nothing is installed that looks into films and sounds.
var ErrNoEngine = errors.New("films and sounds are not looked into: install ffmpeg (Debian and Ubuntu: ffmpeg; elsewhere: ffmpeg.org)")

// What the engine may use for one run over one recording.
const (
	engineMemory = 1 << 30
	engineWall   = 5 * time.Minute
	engineAnswer = 64 << 20
)

// Engine is an installed ffmpeg.
type Engine struct {
	Name string // with its version: "ffmpeg 5.1.9"

	probe, film worker.Outside
	each        []string // lets each frame keep its own time
}

// ffmpegVersion is how the engine names itself.
var ffmpegVersion = regexp.MustCompile(`^ffmpeg version (n?(\d+)\.(\d+)[0-9.]*|[\w.-]+)`)

// FindEngine looks for the engine where programs are. exe is this program, which
// limits itself and becomes the engine (worker.Become). ErrNoEngine says what to
// install.
func FindEngine(ctx context.Context, exe string) (*Engine, error) {
	at := map[string]worker.Outside{}
	for _, name := range []string{"ffmpeg", "ffprobe"} {
		path, err := exec.LookPath(name)
		if err != nil {
			return nil, ErrNoEngine
		}
		at[name] = worker.Outside{Exe: exe, Path: path, Memory: engineMemory, Wall: engineWall, Answer: engineAnswer}
	}
	e := &Engine{probe: at["ffprobe"], film: at["ffmpeg"]}
	answer, err := e.film.Run(ctx, e.film.Path, nil, "-version")
	if err != nil {
		return nil, fmt.Errorf("films and sounds are not looked into: ffmpeg does not run: %w", err)
	}
	said := ffmpegVersion.FindSubmatch(answer)
	if said == nil {
		return nil, errors.New("films and sounds are not looked into: ffmpeg does not say which version it is")
	}
	e.Name = "ffmpeg " + string(said[1])
	e.each = timesKept(string(said[2]), string(said[3]))
	return e, nil
}

// timesKept is how ffmpeg is told to give out each frame once, at its own time; until
// 5.1 it was told so in other words. A version without a number is a newer one.
func timesKept(major, minor string) []string {
	a, err := strconv.Atoi(major)
	b, minorErr := strconv.Atoi(minor)
	if err == nil && minorErr == nil && (a < 5 || a == 5 && b < 1) {
		return []string{"-vsync", "passthrough"}
	}
	return []string{"-fps_mode", "passthrough"}
}
