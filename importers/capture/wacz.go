package capture

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/jsonfile"
	"daybook/timeline"
)

// isPageList tells the pages.jsonl of a WACZ by the format that its first line
// names.
func isPageList(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	return bytes.HasPrefix(line, []byte("{")) && bytes.Contains(line, []byte(`"json-pages-`))
}

var (
	errListHead = errors.New("names the format of the list")
	errAgree    = errors.New("is listed with its digest, which agrees with the file")
	errDiffer   = errors.New("is listed with a digest that DOES NOT AGREE with the file that is there")
	errMissing  = errors.New("is listed and not there")
	errNoSum    = errors.New("is listed without a digest that can be checked")
)

// pageList reads the pages that a WACZ says it holds. What stands on them is in
// its WARC.
func (x *reading) pageList(ctx context.Context, s importers.Source) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for v, err := range f.Lines() {
		if err != nil {
			return err
		}
		if err := x.listed(v); err != nil {
			return err
		}
	}
	return nil
}

func (x *reading) listed(v jsonfile.Value) error {
	var row jsonfile.Flat
	if err := v.Decode(&row); err != nil {
		return x.out.Skip(v.Record, v.Text(), err)
	}
	address := row.Get("url")
	if address == "" {
		return x.out.Skip(v.Record, v.Text(), errListHead)
	}
	e := timeline.Event{Kind: timeline.Document, When: instant(row.Get("ts")), Source: timeline.Pinpoint{Record: v.Record}}
	facts := importers.FactsOf(&e)
	facts.Say(row.Get("text"))
	facts.Add("title", row.Get("title"))
	facts.Add("address", address)
	facts.Add("found in", "the list of pages of a web archive; the page itself is in the WARC beside it")
	for name, value := range row.Rest("url", "ts", "title", "text") {
		facts.Add(name, value)
	}
	e.Extra.Set(sameKey, sameOf(address, &e))
	return x.out.Event(e)
}

// fileList reads the list of a WACZ's files and compares their digests.
func (x *reading) fileList(ctx context.Context, s importers.Source) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	e := timeline.Event{Kind: timeline.System, When: importers.Undated(""), Source: timeline.Pinpoint{Record: "list of files"}}
	facts := importers.FactsOf(&e)
	facts.Flag(timeline.AppText)
	compared := map[error]int{}
	for name, err := range f.Members() {
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		if name == "resources" {
			if err := x.resources(ctx, f, s, compared); err != nil {
				return err
			}
			continue
		}
		v, err := f.Value()
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		plain := jsonfile.Plain(v.Raw)
		switch name {
		case "title":
			facts.Say(plain)
		case "created":
			e.When = instant(plain)
			fallthrough
		default:
			facts.Add(name, plain)
		}
	}
	for _, reason := range []error{errAgree, errDiffer, errMissing, errNoSum} {
		if n := compared[reason]; n > 0 {
			facts.Add("files", fmt.Sprintf("%d: each %s", n, reason))
		}
	}
	if err := f.End(); err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	return x.out.Event(e)
}

// resources compares each file of the list, and skips its line with what came of
// it.
func (x *reading) resources(ctx context.Context, f *jsonfile.File, s importers.Source, compared map[error]int) error {
	for _, err := range f.Elements() {
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		v, err := f.Value()
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		var row jsonfile.Flat
		if err := v.Decode(&row); err != nil {
			if err := x.out.Skip(v.Record, v.Text(), err); err != nil {
				return err
			}
			continue
		}
		record, text := v.Record, v.Text()
		came, err := compare(ctx, s, row.Get("path"), row.Get("hash"))
		if err != nil {
			return err
		}
		compared[came]++
		if err := x.out.Skip(record, text, came); err != nil {
			return err
		}
	}
	return nil
}

// listDigest compares the digest of the list itself.
func (x *reading) listDigest(ctx context.Context, s importers.Source) (err error) {
	f, err := jsonfile.Open(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	v, err := f.Value()
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	var row jsonfile.Flat
	if err := v.Decode(&row); err != nil {
		return x.out.Skip(v.Record, v.Text(), err)
	}
	record, text := v.Record, v.Text()
	came, err := compare(ctx, s, row.Get("path"), row.Get("hash"))
	if err != nil {
		return err
	}
	if err := x.out.Skip("digest, "+record, text, came); err != nil {
		return err
	}
	if err := f.End(); err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	return nil
}

// compare works out the digest of a file of the archive: one of the reasons
// above, or an error that ends the reading.
func compare(ctx context.Context, s importers.Source, name, printed string) (came, err error) {
	kind, given, _ := strings.Cut(printed, ":")
	if kind != "sha256" || name == "" {
		return errNoSum, nil
	}
	a := s.Within(path.Dir(s.Path), name)
	if a.Missing {
		return errMissing, nil
	}
	file, err := s.FS.Open(a.Path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.Path, err)
	}
	sum := sha256.New()
	_, err = io.Copy(sum, importers.UntilDone(ctx, file))
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", a.Path, err)
	}
	if !strings.EqualFold(hex.EncodeToString(sum.Sum(nil)), given) {
		return errDiffer, nil
	}
	return errAgree, nil
}
