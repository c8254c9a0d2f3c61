package worker

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestMain makes the test program its own worker.
// spun keeps the jobs that never end from being called empty.
var spun atomic.Int64

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == Arg {
		if err := Main(context.Background(), os.Stdin, os.Stdout, testJobs(os.Stdout)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 1 && os.Args[1] == ArgOutside {
		fmt.Fprintln(os.Stderr, Become(os.Args[2:]))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func testJobs(stdout *os.File) Jobs {
	return Jobs{
		"echo": func(_ context.Context, ask []byte, at io.ReaderAt, size int64) ([]byte, error) {
			b, err := io.ReadAll(io.NewSectionReader(at, 0, size))
			return append(ask, b...), err
		},
		"tail": func(_ context.Context, _ []byte, at io.ReaderAt, size int64) ([]byte, error) {
			b := make([]byte, 4)
			_, err := at.ReadAt(b, size-4)
			return b, err
		},
		"no": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			return nil, errors.New("not a picture")
		},
		"panic": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			panic("assignment to entry in nil map")
		},
		"goroutine": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			go func() { panic("in a goroutine that nobody can recover") }()
			select {}
		},
		"hang": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			for n := 0; ; n++ {
				spun.Store(int64(n))
			}
		},
		"allocate": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			b := make([]byte, 4<<30)
			for i := range b {
				b[i] = 1
			}
			return b[:1], nil
		},
		"grow": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			var all [][]byte
			for {
				all = append(all, bytes.Repeat([]byte{1}, 1<<20))
				spun.Store(int64(len(all)))
			}
		},
		"garbage": func(ctx context.Context, _ []byte, _ io.ReaderAt, _ int64) ([]byte, error) {
			_, err := stdout.Write(bytes.Repeat([]byte{0xff, 0}, 4096))
			if err != nil {
				return nil, err
			}
			<-ctx.Done()
			return nil, ctx.Err()
		},
		"overask": func(ctx context.Context, _ []byte, _ io.ReaderAt, _ int64) ([]byte, error) {
			w := bufio.NewWriter(stdout)
			if err := writeFrame(w, frameNeed, []byte("\x00\x00\x00\x00\x00\x00\x00\x00\x7f\xff\xff\xff")); err != nil {
				return nil, err
			}
			<-ctx.Done()
			return nil, ctx.Err()
		},
		"print": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			fmt.Println("a library that prints")
			return []byte("printed"), nil
		},
		"exit": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			os.Exit(0)
			return nil, nil
		},
		"write": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			f, err := os.CreateTemp("", "worker")
			if err != nil {
				return nil, err
			}
			defer os.Remove(f.Name())
			_, err = f.Write([]byte("x"))
			return nil, errors.Join(err, f.Close())
		},
		"secret": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			return []byte(os.Getenv("DAYBOOK_PASSPHRASE")), nil
		},
		"network": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			i, err := net.Interfaces()
			if err != nil {
				return nil, err
			}
			up := 0
			for _, n := range i {
				if n.Flags&net.FlagUp != 0 {
					up++
				}
			}
			return fmt.Append(nil, up), nil
		},
		"open": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			for n := range 1000 {
				if _, err := os.Open(os.DevNull); err != nil {
					return fmt.Append(nil, n), nil
				}
			}
			return []byte("1000"), nil
		},
		"pid": func(context.Context, []byte, io.ReaderAt, int64) ([]byte, error) {
			return fmt.Append(nil, os.Getpid()), nil
		},
	}
}

func pool(t testing.TB, k Kind) *Pool {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := Start(context.Background(), exe, k)
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func file(job string, b []byte, head int) Task {
	return Task{Job: job, Ask: []byte("> "), Name: "IMG_1.jpg", Head: b[:head], At: bytes.NewReader(b), Size: int64(len(b))}
}

func works(t *testing.T, p *Pool) {
	t.Helper()
	got, err := p.Do(context.Background(), file("echo", []byte("bytes"), 2))
	if err != nil || string(got) != "> bytes" {
		t.Fatalf("the next task: %q, %v", got, err)
	}
}

func TestRangesComeAsAsked(t *testing.T) {
	p := pool(t, Kind{Children: 1})
	big := make([]byte, 3<<20+17)
	for i := range big {
		big[i] = byte(i * i >> 3)
	}
	for _, head := range []int{0, 1, 4096, 1 << 16, len(big)} {
		got, err := p.Do(context.Background(), file("echo", big, head))
		if err != nil || !bytes.Equal(got[2:], big) {
			t.Errorf("head of %d: %d bytes, %v", head, len(got), err)
		}
		got, err = p.Do(context.Background(), file("tail", big, head))
		if err != nil || !bytes.Equal(got, big[len(big)-4:]) {
			t.Errorf("head of %d, tail: %x, %v", head, got, err)
		}
	}
}

func TestWhatEndsAChildEndsOneTask(t *testing.T) {
	p := pool(t, Kind{Children: 1, Memory: 512 << 20, Wall: 20 * time.Second})
	for _, c := range []struct{ job, why string }{
		{"panic", "its reader stopped with a fault"},
		{"goroutine", "in a goroutine that nobody can recover"},
		{"allocate", "more memory than a reader may use"},
		{"grow", "more memory than a reader may use"},
		{"garbage", "its reader answered nonsense"},
		{"overask", "its reader answered nonsense"},
		{"exit", "its reader crashed"},
		{"hang", "not finished after 300ms"},
	} {
		task := file(c.job, []byte("x"), 1)
		if c.job == "hang" {
			task.Wall = 300 * time.Millisecond
		}
		_, err := p.Do(context.Background(), task)
		var gave *GaveUp
		if !errors.As(err, &gave) || !strings.Contains(err.Error(), c.why) ||
			!strings.HasPrefix(err.Error(), "worker: gave up on IMG_1.jpg: ") {
			t.Errorf("%s: %v", c.job, err)
		}
		if c.job == "panic" && (gave == nil || !strings.Contains(gave.Detail, "nil map")) {
			t.Errorf("panic: its words are not kept: %q", gave.Detail)
		}
		works(t, p)
	}
}

func TestAJobsOwnErrorKeepsTheChild(t *testing.T) {
	p := pool(t, Kind{Children: 1})
	before, err := p.Do(context.Background(), file("pid", nil, 0))
	if err != nil {
		t.Fatal(err)
	}
	var gave *GaveUp
	if _, err := p.Do(context.Background(), file("no", nil, 0)); err == nil || err.Error() != "not a picture" || errors.As(err, &gave) {
		t.Errorf("got %v", err)
	}
	if _, err := p.Do(context.Background(), file("unheard of", nil, 0)); err == nil || !strings.Contains(err.Error(), "unheard of") {
		t.Errorf("got %v", err)
	}
	if got, err := p.Do(context.Background(), file("print", nil, 0)); err != nil || string(got) != "printed" {
		t.Errorf("a library that prints broke the frames: %q, %v", got, err)
	}
	after, err := p.Do(context.Background(), file("pid", nil, 0))
	if err != nil || string(before) != string(after) {
		t.Errorf("another child answered: %s, %s, %v", before, after, err)
	}
}

type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, errors.New("disk gone") }

func TestAFileThatCannotBeReadIsNotACrash(t *testing.T) {
	p := pool(t, Kind{Children: 1})
	_, err := p.Do(context.Background(), Task{Job: "echo", Name: "a.jpg", At: broken{}, Size: 10})
	var gave *GaveUp
	if err == nil || err.Error() != "a.jpg: disk gone" || errors.As(err, &gave) {
		t.Errorf("got %v", err)
	}
	works(t, p)
}

func TestCancelStopsATask(t *testing.T) {
	p := pool(t, Kind{Children: 1, Wall: time.Hour})
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := p.Do(ctx, file("hang", nil, 0)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	works(t, p)
}

func TestManyAtOnce(t *testing.T) {
	p := pool(t, Kind{Children: 3})
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			want := bytes.Repeat([]byte{byte(i)}, 1000*i)
			if i%10 == 3 {
				var gave *GaveUp
				if _, err := p.Do(context.Background(), file("panic", want, 0)); !errors.As(err, &gave) {
					t.Errorf("%d: %v", i, err)
				}
				return
			}
			got, err := p.Do(context.Background(), file("echo", want, min(len(want), 500)))
			if err != nil || !bytes.Equal(got[2:], want) {
				t.Errorf("%d: %d bytes, %v", i, len(got), err)
			}
		})
	}
	wg.Wait()
}

func TestAChildKnowsAndKeepsNothing(t *testing.T) {
	t.Setenv("DAYBOOK_PASSPHRASE", "correct horse")
	p := pool(t, Kind{Children: 1})
	if got, err := p.Do(context.Background(), file("secret", nil, 0)); err != nil || len(got) != 0 {
		t.Errorf("the environment reached the child: %q, %v", got, err)
	}
	_, err := p.Do(context.Background(), file("write", nil, 0))
	if err == nil && confines() {
		t.Error("the child wrote a file")
	}
	got, err := p.Do(context.Background(), file("open", nil, 0))
	if n, bad := strconv.Atoi(string(got)); err != nil || bad != nil || n > 16 && confines() {
		t.Errorf("the child opened %d files: %v, %v", n, err, bad)
	}
	works(t, p)
}

func TestClosedPool(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := Start(context.Background(), exe, Kind{})
	if _, err := p.Do(context.Background(), file("echo", nil, 0)); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Do(context.Background(), file("echo", nil, 0)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	p = Start(context.Background(), "/nowhere/daybook", Kind{})
	defer p.Close()
	for range 3 { // the place in the queue must come back each time
		if _, err := p.Do(context.Background(), file("echo", nil, 0)); err == nil || !strings.Contains(err.Error(), "/nowhere/daybook") {
			t.Errorf("got %v", err)
		}
	}
}

func FuzzFrames(f *testing.F) {
	f.Add([]byte("T\x00\x00\x00\x02ab"))
	f.Add([]byte("D\xff\xff\xff\xff"))
	f.Add(task{job: "echo", ask: []byte("a"), size: 3, wall: 4}.header())
	f.Fuzz(func(t *testing.T, b []byte) {
		kind, body, err := readFrame(bytes.NewReader(b), nil)
		if err == nil && (len(body)+headSize > len(b) || kind != b[0]) {
			t.Errorf("frame %q of %d bytes out of %d", kind, len(body), len(b))
		}
		got, err := parseTask(b)
		if err != nil {
			return
		}
		if again := append(got.header(), got.head...); !bytes.Equal(again, b) {
			t.Errorf("task %x is written as %x", b, again)
		}
	})
}

func BenchmarkSmallTask(b *testing.B) {
	p := pool(b, Kind{Children: 1})
	t := file("tail", make([]byte, 1<<16), 1<<16)
	for b.Loop() {
		if _, err := p.Do(context.Background(), t); err != nil {
			b.Fatal(err)
		}
	}
}
