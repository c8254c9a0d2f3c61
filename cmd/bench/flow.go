package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// rate prints how many of something a run did in a second.
func (b *bench) rate(what string, n int, f figures) {
	if f.wall > 0 {
		fmt.Fprintf(b.out, "  %s a second\t%.0f\t\t\t\n", what, float64(n)/f.wall)
	}
}

// smallFiles adds many small files, beside copying them and beside the rivals
// that write them once.
func (b *bench) smallFiles(n int) error {
	src := b.path("small")
	if err := manyNotes(src, n); err != nil {
		return err
	}
	floor, err := b.time("small files: copy and sync", "floor", nil, "sh", "-c", "cp -r "+src+" "+b.path("copy")+" && sync")
	if err != nil {
		return err
	}
	restic, err := b.restic("small files", src)
	if err != nil {
		return err
	}
	c := b.path("small.daybook")
	if err := b.init(c); err != nil {
		return err
	}
	ours, err := b.time("small files: daybook-cli add", fmt.Sprintf("%d files, each read and placed in time", n), nil, b.cli, "add", c, src)
	if err != nil {
		return err
	}
	b.rate("files", n, ours)
	b.ratio("to the floor", ours.wall, floor.wall)
	b.ratio("to restic", ours.wall, restic.wall)
	return errors.Join(os.RemoveAll(src), os.RemoveAll(b.path("copy")), os.RemoveAll(c))
}

// restic backs a folder up into a new repository.
func (b *bench) restic(name, src string) (figures, error) {
	repository := b.path("repository")
	env := []string{"RESTIC_REPOSITORY=" + repository, "RESTIC_PASSWORD=x", "RESTIC_CACHE_DIR=" + b.path("resticcache")}
	if _, err := b.rival("restic init", env, "restic", "init"); err != nil {
		return figures{}, err
	}
	f, err := b.rival(name+": restic backup --compression off", env, "restic", "backup", "--compression", "off", src)
	return f, errors.Join(err, os.RemoveAll(repository))
}

// mailbox adds a mailbox, beside its sum and beside the parser that comes with
// Python, which only takes the letters apart.
func (b *bench) mailbox(n int) error {
	box := b.path("Letters.mbox")
	if err := manyLetters(box, n); err != nil {
		return err
	}
	floor, err := b.time("mailbox: sha256, openssl", "floor", nil, "openssl", "dgst", "-sha256", box)
	if err != nil {
		return err
	}
	python, err := b.rival("mailbox: python3, mailbox", nil, "python3", "-c", "import mailbox, sys\nfor m in mailbox.mbox(sys.argv[1]): m.get_payload(decode=True)", box)
	if err != nil {
		return err
	}
	c := b.path("mail.daybook")
	if err := b.init(c); err != nil {
		return err
	}
	ours, err := b.time("mailbox: daybook-cli add", fmt.Sprintf("%d letters: added, indexed, searchable", n), nil, b.cli, "add", c, box)
	if err != nil {
		return err
	}
	b.rate("letters", n, ours)
	b.ratio("to the floor", ours.wall, floor.wall)
	b.ratio("to python3", ours.wall, python.wall)
	return errors.Join(os.Remove(box), os.RemoveAll(c))
}

// manyNotes writes n text files of about two kilobytes, no two alike.
func manyNotes(dir string, n int) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for i := range n {
		var text []byte
		for line := range 40 {
			text = fmt.Appendf(text, "Note %d, line %d: the grey car was there again at half past.\n", i, line)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("note-%05d.txt", i)), text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// manyLetters writes a mailbox of n letters of about two kilobytes.
func manyLetters(file string, n int) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	at := time.Date(2020, 1, 1, 8, 0, 0, 0, time.UTC)
	for i := range n {
		at = at.Add(97 * time.Minute)
		writeLetter(w, i, at)
	}
	return errors.Join(w.Flush(), f.Close())
}

// writeLetter leaves faults of writing to the flush that ends the mailbox.
func writeLetter(w io.Writer, i int, at time.Time) {
	fmt.Fprintf(w, "From dan@mail.example %s\n", at.Format(time.ANSIC))
	fmt.Fprintf(w, "Received: from mx.mail.example by post.example with ESMTPS; %s\n", at.Add(4*time.Second).Format(time.RFC1123Z))
	fmt.Fprintf(w, "From: Dan Reed <dan@mail.example>\nTo: Maya <maya@post.example>\nSubject: letter %d\nDate: %s\nMessage-ID: <%d@mail.example>\n", i, at.Format(time.RFC1123Z), i)
	fmt.Fprint(w, "Content-Type: text/plain; charset=utf-8\n\n")
	for line := range 24 {
		fmt.Fprintf(w, "Line %d of letter %d: you did not answer, and I know that you read this.\n", line, i)
	}
	fmt.Fprintln(w)
}
