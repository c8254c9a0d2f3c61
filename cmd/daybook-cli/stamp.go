package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daybook/evidence/verify"
	"daybook/report"
)

func stampCommand(t *terminal) *cobra.Command {
	var out, reply string
	cmd := &cobra.Command{
		Use: "stamp BUNDLE", Short: "Ask for an outside time stamp over a bundle, and look at the answer",
		Long: `Writes a request for a time stamp (RFC 3161) beside the bundle: a SHA-256 of the
bundle's signed head and nothing else. Daybook sends nothing. Whoever sends it to a
time-stamp authority shows the authority that something was stamped, when, and from
which connection; do it from another computer if that matters.

With --reply it reads what the authority sent back and says whether it is about
this bundle and what time it names. The bundle stays as it is: keep the reply beside
it. Whether the authority is to be trusted is not checked here.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if reply != "" && out != "" {
				return use(errors.New("--out and --reply: a request is written, or a reply is read"))
			}
			return t.stamp(cmd.Context(), args[0], out, reply)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the `FILE` of the request (default: beside the bundle, NAME.tsq)")
	cmd.Flags().StringVar(&reply, "reply", "", "the `FILE` that the authority sent back (.tsr)")
	return cmd
}

func (t *terminal) stamp(ctx context.Context, bundle, out, reply string) (err error) {
	top, close, err := verify.Open(bundle)
	if err != nil {
		return fmt.Errorf("%s: cannot be opened; name the folder of a bundle, or its zip: %w", bundle, errors.Unwrap(err))
	}
	defer func() { err = errors.Join(err, close()) }()
	v, err := verify.Bundle(ctx, top, verify.Options{})
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", bundle, err)
	case !v.OK():
		return fmt.Errorf("%s: is not as it was sealed: %s", bundle, v.Problems[0])
	case reply != "":
		return t.stampReply(top, bundle, reply)
	}
	request, err := report.StampRequest(top)
	if err != nil {
		return fmt.Errorf("%s: %w", bundle, err)
	}
	if out == "" {
		out = strings.TrimSuffix(filepath.Clean(bundle), ".zip") + ".tsq"
	}
	if err := newFile(out, request); err != nil {
		return err
	}
	if t.json {
		return t.emit(map[string]any{"request": out})
	}
	fmt.Fprintf(t.out, "%s: a request for a time stamp (%d bytes). Send it to an authority of your choice, for example with\n"+
		"  curl -H 'Content-Type: application/timestamp-query' --data-binary @%s URL > reply.tsr\nand look at the answer with --reply reply.tsr.\n",
		out, len(request), filepath.Base(out))
	return nil
}

// newFile writes a file that was not there.
func newFile(name string, b []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: is there already; move it away, or choose another name with --out", name)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

func (t *terminal) stampReply(top fs.FS, bundle, reply string) error {
	b, err := os.ReadFile(reply)
	if err != nil {
		return err
	}
	s, err := report.ReadStamp(top, b)
	if err != nil {
		return fmt.Errorf("%s: %w", reply, err)
	}
	if t.json {
		return t.emit(map[string]any{"time": s.Time.UTC().Format(time.RFC3339), "authority": s.Authority, "serial": s.Serial})
	}
	fmt.Fprintf(t.out, "%s says that this bundle was there at %s (number %s). Its certificate is not checked here; this does, with the authority's root certificate:\n"+
		"  openssl ts -verify -in %s -data %s -CAfile ROOT.pem\n",
		s.Authority, s.Time.UTC().Format("2006-01-02 15:04:05 UTC"), s.Serial, reply, filepath.Join(bundle, "log", "checkpoint"))
	return nil
}
