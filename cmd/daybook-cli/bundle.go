package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daybook/assets/profiles"
	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/importers/all"
	"daybook/importers/facsimile"
	"daybook/importers/photo"
	"daybook/report"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// initialsForm is what may stand before the number of an exhibit.
var initialsForm = regexp.MustCompile(`^\pL{1,6}$`)

const aboutBundle = `Write a bundle that a stranger can read and check.

The full pack, for the police and the prosecutor, holds everything that is chosen,
addresses too, but for private notes and private registers (--private). The served pack is for the other side. It is without rows that you left
out, private notes and earlier versions of incidents, and, unless --show asks for them,
without the place, the witnesses and the feelings of an incident (place, witnesses,
feelings), what was changed because of it (changes), to whom it was reported, who was
told and who gave support (reports), without numbers, e-mail addresses and accounts of the owner of the exports
(own-addresses) and without numbers and e-mail addresses of everybody else (addresses).
It holds the file of each picture that it shows, so that its SHA-256 can be checked,
unless that file holds more than the picture, such as the place or the device
(metadata), and of each text of which a page shows every letter. Whole exports are not in
it, and the files of other documents, films and sounds only with both words
(documents,metadata), for nobody can show that such a file holds no place, no owner and
no note: with documents alone, the pages of PDFs, frames of films and the loudness of
sounds are shown, and a document of an office or a zip is named and no more. A PDF on whose
pages words may stand that nobody sees, as under a box, is never in it. Nor are the
entries in it that say how somebody knew that a clock was wrong (clocks), whose number,
author and outcome each row names; nor is the SHA-256 of a withheld file of words, by
which the words can be tried (sums). A document whose own row or text has something that
is withheld is never in it as a file; where words are withheld, nor is one that the program
cannot read to its last letter: a table of Excel, RTF, a packed file with such a one in it,
a file of a kind that it does not know. It lists what is not there and why.
--about PERSON shows those of one person alone. What incident --protect names is never
shown. What withhold names is in no file of it. Other names stay, and so do other words of
messages and letters, what a picture or a film shows and what is said in a recording: look
through the pack before you hand it over.
Before it gets its place, the served pack is read again as leaks does, and what is found in
it all the same is listed: without --release, or your word on a terminal, nothing is written.
The record keeps what you decided.

--from and --to take everything that may have happened in that time, and the bundle
says how many of its rows are there only because they may.

A bundle is a draft, and each page says so, until it is written with --freeze: then it
has a number, and what was issued with it stays as it is. compare says what has changed
since; --supplement continues it.

  daybook-cli bundle mycase.daybook --out served --pack served --about +447700900123`

func bundleCommand(t *terminal) *cobra.Command {
	var f filterFlags
	var out, profile, pack, initials string
	var show, about []string
	var containers int64
	var freeze, flat bool
	var supplement int
	var volumePages, volumeMegabytes, partMegabytes int64
	var release bool
	var private, verifier bool
	var offences []string
	cmd := &cobra.Command{
		Use: "bundle CASE", Short: "Write a bundle that a stranger can read and check", Args: cobra.ExactArgs(1), Long: aboutBundle,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if out == "" {
				return use(errors.New("--out: say where to write the bundle"))
			}
			court, err := profiles.Named(profile)
			if err != nil {
				return use(fmt.Errorf("--%w", err))
			}
			if p := report.Pack(pack); p != report.Full && p != report.Served {
				return use(fmt.Errorf("--pack %q: full or served", pack))
			}
			if initials != "" && !initialsForm.MatchString(initials) {
				return use(fmt.Errorf("--initials %q: want one to six letters, like MK", initials))
			}
			if release && report.Pack(pack) != report.Served {
				return use(errors.New("--release: a full pack withholds nothing; --release is for --pack served"))
			}
			if private && report.Pack(pack) == report.Served {
				return use(errors.New("--private: a served pack never has what is private; choose --pack full"))
			}
			details, err := shown(show, report.Pack(pack))
			if err != nil {
				return use(err)
			}
			if err := outside(args[0], out); err != nil {
				return err
			}
			if st, err := os.Stat(out); err == nil && !st.IsDir() {
				return fmt.Errorf("--out %s: this is a file; a bundle is a folder, so name one that is new or empty", out)
			}
			if in, err := os.ReadDir(out); err == nil && len(in) > 0 {
				return fmt.Errorf("--out: %s: %w; name one that is new or empty", out, report.ErrNotEmpty)
			}
			programs, err := verifiersFor(verifier, out)
			if err != nil {
				return err
			}
			c, x, err := t.open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, c.Close()) }()
			filter, err := t.filter(&f, x)
			if err != nil {
				return err
			}
			if supplement < 0 || supplement > 0 && !freeze {
				return use(errors.New("--supplement: the number of the bundle that is continued, as bundles lists it, with --freeze"))
			}
			if volumePages < 0 || volumeMegabytes < 0 || volumeMegabytes > 0 && volumeMegabytes < leastVolume {
				return use(fmt.Errorf("--volume-pages, --volume-mb: a number above 0; a file of less than %d MB holds too little", leastVolume))
			}
			rules := report.ProfileOf(court)
			if cmd.Flags().Changed("part-size") {
				if rules.Files.Megabytes == 0 || partMegabytes < 1 {
					return use(fmt.Errorf("--part-size: megabytes, 1 or more, for a profile with a file for each statement and exhibit, which %s is not; EW-criminal-police-pack is", profile))
				}
				rules.Files.Megabytes = partMegabytes
			}
			persons, err := aboutWhom(x, about, report.Pack(pack))
			if err != nil {
				return use(err)
			}
			sel := report.Selection{Filter: filter, Producer: initials, Show: details, About: persons, Containers: containers << 20, Freeze: freeze, Continue: supplement, Flat: flat, Private: private, Offences: offences,
				Volumes: report.VolumeLimits{Pages: int(volumePages), Bytes: volumeMegabytes * 1e6}}
			if containers <= 0 {
				sel.Containers = -1
			}
			for _, w := range court.Warnings(time.Now()) {
				t.say("%s", w)
			}
			again := rereading{release: release, back: notWritten}
			b, err := t.writeBundle(cmd.Context(), c, x, out, sel, rules, report.Pack(pack), &again)
			if errors.Is(err, report.ErrNotEmpty) {
				return fmt.Errorf("--out: %w; name one that is new or empty", err)
			}
			if errors.Is(err, report.ErrNotFrozen) || errors.Is(err, report.ErrOtherPack) {
				return fmt.Errorf("no bundle was written: %w; bundles lists what was frozen", err)
			}
			if errors.Is(err, report.ErrNothingNew) {
				return fmt.Errorf("no bundle was written: %w", err)
			}
			if errors.Is(err, casework.ErrNoOffence) {
				return use(fmt.Errorf("--matrix: %w", err))
			}
			if errors.Is(err, report.ErrUnread) {
				return exit{exitDamage, fmt.Errorf("no bundle was written, for it would not be whole: %w; %s", err, sayUnread)}
			}
			if errors.Is(err, report.ErrNothing) {
				why, whyErr := whyNothing(cmd.Context(), x, filter)
				return errors.Join(fmt.Errorf("no bundle was written: %s", why), whyErr)
			}
			if errors.As(err, new(exit)) {
				return err
			}
			if err != nil {
				return blocked(out, err)
			}
			print, err := keys.Fingerprint(c.SignerPublic())
			if err != nil {
				return err
			}
			checkers := ""
			if programs != "" {
				if checkers, err = report.PutVerifiers(programs, out); err != nil {
					return fmt.Errorf("the bundle is written; the programs that check it are not beside it: %w", err)
				}
			}
			if t.json {
				return t.emit(map[string]any{"out": out, "verifier": checkers, "rows": b.Rows, "bundle": b.Number, "exhibits": len(b.Exhibits), "left_out": b.LeftOut, "shows": b.Told.Shows, "files": wholeFiles(b), "phrase": b.Log.Phrase, "fingerprint": print, "leaks": again.found.Findings, "longer": again.found.Longer, "unread": again.found.Unread})
			}
			line := fmt.Sprintf("%s: %s", out, count(b.Rows, "row"))
			if b.LeftOut > 0 {
				line += fmt.Sprintf(" (%d of them left out)", b.LeftOut)
			}
			if b.Number == 0 {
				fmt.Fprintln(t.out, sayDraftBundle)
			} else {
				fmt.Fprintf(t.out, "This is bundle %d. The case keeps its labels and page numbers.\n", b.Number)
			}
			fmt.Fprintf(t.out, "%s, %s. How the reader checks it: %s\n", line, count(len(b.Exhibits), "exhibit"), filepath.Join(out, "VERIFY.txt"))
			if checkers != "" {
				fmt.Fprintf(t.out, "Programs that check it in one step, for Linux, Windows and macOS: %s\n", checkers)
			}
			fmt.Fprintln(t.out, state{b.Log.Phrase, print})
			return nil
		},
	}
	f.on(cmd)
	cmd.Flags().BoolVar(&freeze, "freeze", false, "freeze it: it gets a number, and the case keeps its rows, labels and page numbers; without it each page says DRAFT")
	cmd.Flags().IntVar(&supplement, "supplement", 0, "with --freeze: only what is new or has changed since the frozen bundle of this `NUMBER`, with pages and rows counted on from it")
	cmd.Flags().Int64Var(&volumePages, "volume-pages", 0, "cut the document into volumes of at most so many `PAGES`, with one index")
	cmd.Flags().Int64Var(&volumeMegabytes, "volume-mb", 0, "cut it into volumes of at most so many `MEGABYTES`; else as the profile says")
	cmd.Flags().Int64Var(&partMegabytes, "part-size", 0, "where a profile gives each statement and exhibit as a file: parts of at most so many `MEGABYTES`; else as the profile says")
	cmd.Flags().StringVar(&out, "out", "", "the `FOLDER` to write; it must be new or empty")
	cmd.Flags().StringVar(&profile, "profile", report.General.Name, "the court's rules, by `NAME`, as profiles lists them")
	cmd.Flags().StringVar(&pack, "pack", string(report.Full), "`full` (police, prosecutor) or served (the other side may read it)")
	cmd.Flags().StringSliceVar(&show, "show", nil, "`DETAILS` that the served pack shows all the same: "+joined(report.Details()))
	cmd.Flags().Int64Var(&containers, "containers", report.MostContainer>>20, "`MEGABYTES`: a full pack of the whole case also holds each zip or archive that exhibits came in, up to this size; 0: none")
	cmd.Flags().BoolVar(&private, "private", false, "a full pack also has private notes and private registers: support, assessments of risk, wishes, safety plans, people who help")
	cmd.Flags().StringSliceVar(&about, "about", nil, "the `PERSON` (number, address or name, as people prints) whom the served pack is about: their numbers and e-mail addresses are shown")
	cmd.Flags().StringSliceVar(&offences, "matrix", nil, "set the elements of this `OFFENCE`, as law lists it, against the rows, with what was considered: EW-PHA-2A; left away, the bundle has none")
	cmd.Flags().BoolVar(&flat, "flat", false, "put the files that a profile asks for one by one into one folder, for portals that take no folders")
	cmd.Flags().BoolVar(&release, "release", false, "write a served pack in which something is found that it was to withhold, and say in the record that it is handed over")
	cmd.Flags().BoolVar(&verifier, "verifier", false, "also put daybook-verify for Linux, Windows and macOS into a folder beside the bundle, called as it is with -check")
	cmd.Flags().StringVar(&initials, "initials", "", "`LETTERS` of the person who produces the exhibits; else those of the case's actor")
	return cmd
}

// verifiersFor finds the programs that are to lie beside a bundle, where they are
// asked for, before anything is written.
func verifiersFor(wanted bool, out string) (string, error) {
	if !wanted {
		return "", nil
	}
	if _, err := os.Lstat(report.VerifiersBeside(out)); err == nil {
		return "", fmt.Errorf("--verifier: %s is there already; move it, or give the bundle another name", report.VerifiersBeside(out))
	}
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	programs, err := report.FindVerifiers(exe)
	if err != nil {
		return "", fmt.Errorf("--verifier: %w; make pure builds it there", err)
	}
	return programs, nil
}

// leastVolume is the smallest volume in megabytes: each has fonts of its own.
const leastVolume = 5

const sayDraftBundle = "This is a draft, and each page says so. When it is right, write it with --freeze."

// shown reads which details a served pack is to show. A full pack shows all.
func shown(given []string, pack report.Pack) (details []report.Detail, err error) {
	if len(given) > 0 && pack != report.Served {
		return nil, errors.New("--show: a full pack shows everything; --show is for --pack served")
	}
	for _, g := range given {
		d := report.Detail(g)
		if !slices.Contains(report.Details(), d) {
			return nil, fmt.Errorf("--show %q: want some of %s", g, joined(report.Details()))
		}
		details = append(details, d)
	}
	return details, nil
}

// aboutWhom finds the persons whose addresses a served pack is to show.
func aboutWhom(x *timeline.Index, given []string, pack report.Pack) (persons []int64, err error) {
	if len(given) > 0 && pack != report.Served {
		return nil, errors.New("--about: a full pack shows everything; --about is for --pack served")
	}
	people := x.People()
	for _, g := range given {
		who, err := timeline.CalledPerson(people, g)
		if err != nil {
			return nil, fmt.Errorf("--about: %w", err)
		}
		persons = append(persons, who.Number)
	}
	return persons, nil
}

// wholeFile is a file that the other side gets with a served pack.
type wholeFile struct {
	Label string `json:"label"`
	Name  string `json:"name"`
}

// wholeFiles are those of a served pack; of a full one nothing is asked.
func wholeFiles(b *report.Bundle) []wholeFile {
	all := []wholeFile{}
	if b.Pack == report.Served {
		for _, e := range b.Files() {
			all = append(all, wholeFile{e.Label, e.Name})
		}
	}
	return all
}

// mostFiles is how many of the whole files are named that a served pack holds.
const mostFiles = 20

// warn says on standard error, before a served pack is written, what the other
// side will be able to read.
func (t *terminal) warn(b *report.Bundle) {
	for _, name := range b.Told.Unseen {
		t.say("On pages of %s words may stand that nobody sees, as under a box, and they can be copied: a full pack has the pages as they are, a served pack leaves them and the file out.", visible(name))
	}
	if b.Pack != report.Served {
		return
	}
	for _, name := range b.Told.Silent {
		t.say("No program can read the letters on %s, as on a scan: look through them for what the other side must not see.", visible(name))
	}
	for _, name := range b.Told.Holding {
		t.say("A protected word stands in %s: neither the file nor its pages are in the pack. Where it is a PDF, withhold with --item and --paint paints the word over, and its pages are shown.", visible(name))
	}
	t.say("The other side can read in this pack:")
	for _, s := range b.Told.Shows {
		t.say("  %s: %d", s.What, s.N)
	}
	files := wholeFiles(b)
	for _, e := range files[:min(len(files), mostFiles)] {
		t.say("    as a whole file: %s %s", e.Label, visible(e.Name))
	}
	if n := len(files) - mostFiles; n > 0 {
		t.say("    and %s; --json lists all, and so does data/exhibits.csv once the pack is written", count(n, "more file", "more files"))
	}
	for _, name := range b.Told.Closed {
		t.say("%s is in the pack without the journal's entry of its adding, which holds something that is kept out, as a word in the name of the file: the pack can be checked, and an excerpt that shows this file alone is to be had from a full pack only.", visible(name))
	}
	for _, word := range b.Told.Nowhere {
		t.say("“%s” is to be kept out and %s, for what is spelt in another way is in this pack.", visible(word), sayNowhere)
	}
	for _, name := range b.Told.Contradicted {
		t.say("--about asks for the numbers and addresses of %s, and withhold keeps one of them out: it is not shown. Take one of the two back.", visible(name))
	}
	t.say("Look through it before you hand it over: messages, pictures, films, recordings and letters may tell an address or a name in themselves, seen, said or written.")
}

func joined(details []report.Detail) string {
	var s []string
	for _, d := range details {
		s = append(s, string(d))
	}
	return strings.Join(s, ", ")
}

// sources are the titles of what reads files, and what each format leaves out, by
// their names.
func sources() (titles map[string]string, limits map[string][]string) {
	titles, limits = map[string]string{}, map[string][]string{}
	for _, imp := range all.Importers(nil) {
		info := imp.Info()
		titles[info.Name], limits[info.Name] = info.Title, info.LeavesOut
	}
	return titles, limits
}

// writeBundle plans and writes a bundle, with pictures made in a worker.
func (t *terminal) writeBundle(ctx context.Context, c *evidence.Case, x *timeline.Index, out string, sel report.Selection, rules report.Profile, pack report.Pack, again *rereading) (b *report.Bundle, err error) {
	pool, err := workers(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	sel = spoken(sel)
	sel.LookInto = t.lookInto(c, x)
	if b, err = report.Plan(ctx, c, x, sel, rules, pack); err != nil {
		return nil, err
	}
	t.warn(b)
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	o := report.WriteOptions{Progress: t.progress, Still: still(photo.Worker{Pool: pool}), Page: facsimile.Engine{Exe: exe}.Page}
	if pack == report.Served {
		o.Check = func(ctx context.Context, bundle fs.FS) error { return t.reread(ctx, c, bundle, b, again) }
	}
	err = b.Write(ctx, out, o)
	t.endProgress()
	return b, err
}

// spoken adds to a choice how this program speaks of it.
func spoken(sel report.Selection) report.Selection {
	sel.Version, sel.Coder = version(), photo.Coder()
	sel.Sources, sel.Limits = sources()
	return sel
}

// maxPicture is how large an original may be whose picture is made: it is held
// in memory for that time.
const maxPicture = 256 << 20

// still makes the pictures of a bundle in the worker.
func still(w photo.Worker) report.Stiller {
	return func(ctx context.Context, original io.Reader, fit report.Fit) (report.Still, error) {
		at, size, err := randomAccess(original)
		if err != nil {
			return report.Still{}, err
		}
		data, width, height, err := w.Picture(ctx, "original", at, size, fit)
		return report.Still{Data: data, Width: width, Height: height}, err
	}
}

// randomAccess uses the original's own when it has one.
func randomAccess(r io.Reader) (io.ReaderAt, int64, error) {
	if o, ok := r.(*evidence.Original); ok {
		return o, o.Size(), nil
	}
	b, err := io.ReadAll(io.LimitReader(r, maxPicture+1))
	if err != nil {
		return nil, 0, err
	}
	if len(b) > maxPicture {
		return nil, 0, fmt.Errorf("larger than %d bytes", maxPicture)
	}
	return bytes.NewReader(b), int64(len(b)), nil
}
