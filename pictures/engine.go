package pictures

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"time"

	"daybook/importers/worker"
)

// ErrNoEngine means that nothing is installed that reads words in pictures.
var ErrNoEngine = errors.New("text in pictures is not read: install tesseract-ocr")

// What the engine may use for one picture.
const (
	engineMemory = 1 << 30
	engineWall   = 60 * time.Second
	engineAnswer = 16 << 20
)

// Engine is an installed tesseract.
type Engine struct {
	Name      string // with its version: "tesseract 5.3.0"
	Languages []string

	outside worker.Outside
}

// FindEngine looks for the engine where programs are. exe is this program,
// which limits itself and becomes the engine (worker.Become). ErrNoEngine says
// what to install.
func FindEngine(ctx context.Context, exe string) (*Engine, error) {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return nil, ErrNoEngine
	}
	e := &Engine{outside: worker.Outside{
		Exe: exe, Path: path, Env: []string{"OMP_THREAD_LIMIT=1"},
		Memory: engineMemory, Wall: engineWall, Answer: engineAnswer,
	}}
	version, err := e.outside.Run(ctx, path, nil, "--version")
	if err != nil {
		return nil, fmt.Errorf("text in pictures is not read: tesseract does not run: %w", err)
	}
	first, _, _ := strings.Cut(string(version), "\n")
	e.Name = strings.TrimSpace(first)
	list, err := e.outside.Run(ctx, path, nil, "--list-langs")
	if err != nil {
		return nil, fmt.Errorf("text in pictures is not read: tesseract does not name its languages: %w", err)
	}
	for line := range strings.Lines(string(list)) {
		if name := strings.TrimSpace(line); name != "" && name != "osd" && !strings.ContainsAny(name, " :") {
			e.Languages = append(e.Languages, name)
		}
	}
	if len(e.Languages) == 0 {
		return nil, errors.New("text in pictures is not read: tesseract has no language; install tesseract-ocr-eng")
	}
	return e, nil
}

// Language gives the languages to read with: those asked for, joined by a plus
// ("eng+cym"), or English, or the first there is.
func (e *Engine) Language(asked string) (string, error) {
	if asked == "" {
		if slices.Contains(e.Languages, "eng") {
			return "eng", nil
		}
		return e.Languages[0], nil
	}
	for name := range strings.SplitSeq(asked, "+") {
		if !slices.Contains(e.Languages, name) {
			return "", fmt.Errorf("language %q: tesseract has %s; install tesseract-ocr-%s", name, strings.Join(e.Languages, ", "), name)
		}
	}
	return asked, nil
}

// read gives the lines that stand in a picture, from top to bottom. The mode is
// the one for words that stand here and there: on screens it finds most.
func (e *Engine) read(ctx context.Context, name string, g grey, language string) ([]string, error) {
	answer, err := e.outside.Run(ctx, name, g.flatten().pgm(), "stdin", "stdout", "-l", language, "--psm", "11", "tsv")
	if err != nil {
		return nil, err
	}
	return parseTSV(string(answer)), nil
}
