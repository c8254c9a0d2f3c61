package verify

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"slices"
)

// The exit codes of daybook-verify.
const (
	exitGood  = 0
	exitError = 1 // the check could not be made
	exitUse   = 2 // wrong use
	exitBad   = 4 // the bundle is not as it was sealed
)

const usage = `daybook-verify [--json] [--fingerprint HEX] [--phrase "WORDS"] [--earlier BUNDLE] BUNDLE

Checks a Daybook bundle, a folder or the zip of one, and names every file that
is changed, missing or added. It writes nothing and opens no connection.

Compare it with what came to you by another way than in the bundle: the key's
fingerprint, and the twelve words of the record that somebody noted earlier.
The words may be of any earlier state: they are looked up in the whole journal.
Instead of a bundle it takes an excerpt of one (daybook-cli excerpt).
With --earlier, the journal of a bundle that you were given before, or a signed
head (daybook-cli journal --checkpoint), must be the beginning of this one's.

Exit code: 0 nothing wrong, 4 something wrong or the noted or earlier state is
not in the bundle, 1 could not check, 2 wrong use.
`

// Main is the program daybook-verify.
func Main(args []string, out, msg io.Writer) int {
	flags := flag.NewFlagSet("daybook-verify", flag.ContinueOnError)
	flags.SetOutput(msg)
	flags.Usage = func() {
		fmt.Fprint(msg, usage)
		flags.PrintDefaults()
	}
	asJSON := flags.Bool("json", false, "print one JSON object")
	print := flags.String("fingerprint", "", "the signer's `fingerprint` as you got it by another way")
	phrase := flags.String("phrase", "", "the twelve `words` that were noted earlier, or the 64 digits of the head")
	earlier := flags.String("earlier", "", "the `bundle` that you were given before, or a file with its signed head")
	bundles, err := parse(flags, args)
	if errors.Is(err, flag.ErrHelp) {
		return exitGood
	} else if err != nil {
		return exitUse
	}
	if len(bundles) != 1 {
		flags.Usage()
		return exitUse
	}
	o := Options{Fingerprint: *print, Phrase: *phrase}
	if _, _, err := o.parse(); err != nil {
		fmt.Fprintf(msg, "daybook-verify: %v\n", err)
		return exitUse
	}
	if *earlier != "" {
		var err error
		if o.Earlier, err = checkpointOf(*earlier); err != nil {
			fmt.Fprintf(msg, "daybook-verify: the earlier bundle: %v\n", err)
			return exitError
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	v, err := examine(ctx, bundles[0], o)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%s: there is no such file or folder; name the folder of the bundle, or its zip", bundles[0])
	}
	if err != nil {
		fmt.Fprintf(msg, "daybook-verify: %v\n", err)
		return exitError
	}
	if err := show(out, v, *asJSON); err != nil {
		fmt.Fprintf(msg, "daybook-verify: %v\n", err)
		return exitError
	}
	if !v.OK() {
		return exitBad
	}
	return exitGood
}

// parse reads options before and after the name of the bundle, as people type
// them.
func parse(flags *flag.FlagSet, args []string) (bundles []string, err error) {
	for {
		if err := flags.Parse(args); err != nil || flags.NArg() == 0 {
			return bundles, err
		}
		bundles, args = append(bundles, flags.Arg(0)), flags.Args()[1:]
	}
}

// outcome is the verdict on a bundle, or that on an excerpt.
type outcome interface {
	OK() bool
	Write(io.Writer) error
}

func show(out io.Writer, v outcome, asJSON bool) error {
	if !asJSON {
		return v.Write(out)
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	if p, ok := v.(*Excerpted); ok {
		return e.Encode(struct {
			OK bool `json:"ok"`
			*Excerpted
		}{p.OK(), p})
	}
	return e.Encode(struct {
		OK bool `json:"ok"`
		*Verdict
	}{v.OK(), v.(*Verdict)})
}

// examine checks what is at a path: a bundle, or an excerpt of one.
func examine(ctx context.Context, name string, o Options) (v outcome, err error) {
	top, close, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, close()) }()
	if isExcerpt(top) {
		return Excerpt(ctx, top, o.Fingerprint)
	}
	return Bundle(ctx, top, o)
}

// Path checks the bundle at a path: a folder, or the zip of one.
func Path(ctx context.Context, name string, o Options) (v *Verdict, err error) {
	top, close, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, close()) }()
	return Bundle(ctx, top, o)
}

// Open gives the files of the bundle at a path: a folder, or the zip of one,
// which is read where it lies. No file leads out of it.
func Open(name string) (top fs.FS, close func() error, err error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	if info.IsDir() {
		root, err := os.OpenRoot(name)
		if err != nil {
			return nil, nil, err
		}
		return root.FS(), root.Close, nil
	}
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	if top, err = zipTop(&z.Reader); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("%s: %w", name, err), z.Close())
	}
	return top, z.Close, nil
}

// zipTop finds the bundle in a zip: at its top, or in the one folder there that
// is one, for some systems put a folder of their own beside it. A zip that holds
// a name twice is refused: programs differ in which one they show.
func zipTop(z *zip.Reader) (fs.FS, error) {
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	if len(slices.Compact(slices.Clone(names))) != len(names) {
		return nil, errors.New("the zip holds a name twice")
	}
	top, err := fs.ReadDir(z, ".")
	if err != nil {
		return nil, err
	}
	var bundles []string
	for _, d := range top {
		if _, err := fs.Stat(z, d.Name()+"/"+bagFile); err == nil && d.IsDir() {
			bundles = append(bundles, d.Name())
		}
	}
	_, err = fs.Stat(z, bagFile)
	switch {
	case err == nil: // here it is
	case len(bundles) == 1:
		return fs.Sub(z, bundles[0])
	case len(top) == 1 && top[0].IsDir():
		return fs.Sub(z, top[0].Name())
	}
	return z, nil
}
