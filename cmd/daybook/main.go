// Command daybook is the desktop program, and the only place that opens a
// window. It holds no logic.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"io"
	"os"
	_ "time/tzdata" // Windows has no zone files

	"fyne.io/fyne/v2/app"

	_ "daybook/cmd/daybook/early"
	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/importers/all"
	"daybook/importers/facsimile"
	"daybook/importers/photo"
	"daybook/importers/pictures"
	"daybook/importers/recording"
	"daybook/importers/worker"
	"daybook/ui"
	"daybook/ui/model"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == worker.Arg {
		if err := worker.Main(context.Background(), os.Stdin, os.Stdout, photo.Jobs()); err != nil {
			fmt.Fprintln(os.Stderr, "daybook worker:", err)
			os.Exit(1)
		}
		return
	}
	if len(os.Args) > 1 && os.Args[1] == worker.ArgOutside {
		fmt.Fprintln(os.Stderr, "daybook worker:", worker.Become(os.Args[2:])) // it returns only when it fails
		os.Exit(1)
	}
	_ = keys.NoCoreDumps() // a system that refuses leaves the keys as safe as those of other programs
	model.HoldLittle()
	title := flag.String("title", "", "what the window is called, until a case says otherwise")
	text := flag.Int("text", 100, "size of text in per cent: 100, 125, 150, 175 or 200")
	look := flag.String("look", "", "system, light, dark or contrast")
	flag.Parse()
	if err := leaveLittle(); err != nil {
		fmt.Fprintln(os.Stderr, "daybook:", err)
	}
	a := app.New()
	sweep()
	a.Lifecycle().SetOnStarted(func() { fmt.Println("READY") })
	desk := &model.Desk{Readers: readers, Pictures: showing, Engine: engine, Films: films, Page: page, Version: "0.1.0"}
	w := ui.New(a, desk, ui.Options{Title: *title, Case: flag.Arg(0), Text: *text, Look: *look})
	w.Fyne().ShowAndRun()
	sweep()
	if err := desk.Lock(); err != nil && !errors.Is(err, model.ErrLocked) {
		fmt.Fprintln(os.Stderr, "daybook:", err)
		os.Exit(1)
	}
}

// readers looks into pictures in a worker, which is this program again.
func readers(ctx context.Context) (importers.Set, func() error, error) {
	pool, err := startWorker(ctx)
	if err != nil {
		return nil, nil, err
	}
	return all.Importers(photo.Worker{Pool: pool}), pool.Close, nil
}

// showing makes pictures to be shown in a worker too.
func showing(ctx context.Context) (photo.Pictures, func() error, error) {
	pool, err := startWorker(ctx)
	if err != nil {
		return nil, nil, err
	}
	return photo.Worker{Pool: pool}, pool.Close, nil
}

// engine is what reads words in pictures, where it is installed.
func engine(ctx context.Context) (*pictures.Engine, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	return pictures.FindEngine(ctx, exe, "")
}

// films is what looks into films and sounds, where it is installed.
func films(ctx context.Context) (*recording.Engine, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	return recording.FindEngine(ctx, exe)
}

// page makes a picture of a page of a PDF, where pdftoppm is installed.
func page(ctx context.Context, original io.Reader, n int, dpi float64) (image.Image, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	return facsimile.Engine{Exe: exe}.Page(ctx, original, n, dpi)
}

func startWorker(ctx context.Context) (*worker.Pool, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	return worker.Start(ctx, exe, worker.DefaultKind()), nil
}
