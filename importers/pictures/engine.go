package pictures

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
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

// Engine is an installed tesseract with the languages that it reads.
type Engine struct {
	Name     string // with its version: "tesseract 5.3.0"
	Language string // as it names them, joined by a plus: "eng+cym"

	outside worker.Outside
}

// A LanguageError is a language that the engine does not read.
type LanguageError struct{ Language string }

func (e *LanguageError) Error() string {
	return fmt.Sprintf("language %q: tesseract does not have it; install tesseract-ocr-%s", e.Language, strings.ReplaceAll(e.Language, "_", "-"))
}

// languageName is how the engine names languages.
var languageName = regexp.MustCompile(`^[a-zA-Z_]{2,20}$`)

// FindEngine looks for the engine where programs are. exe is this program, which
// limits itself and becomes the engine (worker.Become); language is as
// Engine.Language, and English when it is empty. ErrNoEngine says what to
// install.
func FindEngine(ctx context.Context, exe, language string) (*Engine, error) {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return nil, ErrNoEngine
	}
	e := &Engine{Language: cmp.Or(language, "eng"), outside: worker.Outside{
		Exe: exe, Path: path, Env: []string{"OMP_THREAD_LIMIT=1"},
		Memory: engineMemory, Wall: engineWall, Answer: engineAnswer,
	}}
	for name := range strings.SplitSeq(e.Language, "+") {
		if !languageName.MatchString(name) {
			return nil, &LanguageError{name}
		}
		if e.Name, err = e.version(ctx, name); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// ocrSystem is how the engine names itself in its answers.
var ocrSystem = regexp.MustCompile(`name=['"]ocr-system['"] content=['"](tesseract [^'"]+)['"]`)

// version has the engine read an empty picture in a language, and looks how it
// names itself in its answer. Asked outright for its version or its languages, it
// opens sockets.
func (e *Engine) version(ctx context.Context, language string) (string, error) {
	empty := grey{32, 32, bytes.Repeat([]byte{255}, 32*32)}
	answer, err := e.outside.Run(ctx, e.outside.Path, empty.pgm(), "stdin", "stdout", "-l", language, "--psm", "11", "hocr")
	var gave *worker.GaveUp
	if errors.As(err, &gave) && strings.Contains(gave.Detail, "Failed loading language") {
		return "", &LanguageError{language}
	}
	if err != nil {
		return "", fmt.Errorf("text in pictures is not read: tesseract does not run: %w", err)
	}
	name := ocrSystem.FindSubmatch(answer)
	if name == nil {
		return "", errors.New("text in pictures is not read: tesseract does not say which version it is")
	}
	return string(name[1]), nil
}

// read gives the lines that stand in a picture, from top to bottom. The mode is
// the one for words that stand here and there: on screens it finds most.
func (e *Engine) read(ctx context.Context, name string, g grey) ([]string, error) {
	answer, err := e.outside.Run(ctx, name, g.flatten().pgm(), "stdin", "stdout", "-l", e.Language, "--psm", "11", "tsv")
	if err != nil {
		return nil, err
	}
	return parseTSV(string(answer)), nil
}
