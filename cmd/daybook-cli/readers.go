package main

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"

	"daybook/importers"
	"daybook/importers/all"
	"daybook/importers/photo"
	"daybook/importers/worker"
)

// work is the program as a worker: bytes in and plain results out by pipe.
func work() int {
	if err := worker.Main(context.Background(), os.Stdin, os.Stdout, photo.Jobs()); err != nil {
		fmt.Fprintln(os.Stderr, "daybook-cli worker:", err)
		return exitFailed
	}
	return 0
}

// outsider makes the program one that is not ours, under a worker's limits.
func outsider() int {
	fmt.Fprintln(os.Stderr, "daybook-cli worker:", worker.Become(os.Args[2:])) // it returns only when it fails
	return exitFailed
}

// workers starts this same program again for what can take a process down.
func workers(ctx context.Context) (*worker.Pool, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	return worker.Start(ctx, exe, worker.DefaultKind()), nil
}

// readers gives every importer, looking into pictures through the worker. stop
// ends the worker.
func readers(ctx context.Context) (importers.Set, func() error, error) {
	pool, err := workers(ctx)
	if err != nil {
		return nil, nil, err
	}
	return all.Importers(photo.Worker{Pool: pool}), pool.Close, nil
}

// version names the program as it was built.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "0.1.0"
}
