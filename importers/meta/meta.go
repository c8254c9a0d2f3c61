// Package meta reads what Facebook, Messenger and Instagram write when somebody
// downloads their information. One engine of Meta's writes the exports of all
// three, so that one reader reads them: importers/facebook and
// importers/instagram say which files are theirs, and what a person must know.
//
// Grammar, by the writer's own files of 2016 to 2026:
//
//   - A conversation is messages/<box>/<thread>_<id>/message_<N>.json, newest
//     first, in several files when it is long: participants, messages, and what
//     the thread is called behind them. The folder above messages has changed
//     its name with the years; nothing here depends on it.
//   - A conversation that was end-to-end encrypted is a download of its own: one
//     flat file, oldest first, with other names for the same things.
//   - Everything else that is dated (posts, comments, log-ins, likes, searches,
//     follows, blocks) is a list in a file of its own. There are some hundreds of
//     sorts, renamed every year and labelled in the account's language, so a list
//     is read by its shape alone: objects in arrays, with a time in one of four
//     places (see list.go). What happened is told by the file's name.
//   - The same as pages: conversations and lists as blocks of a heading, words
//     and a time without a zone (see blocks.go), and until 2018 one page of all
//     messages (see old.go).
//
// Every text of a JSON export is UTF-8 whose bytes were written as characters
// ("Ã©" for "é"). It is undone once, where it is valid (see text.go).
//
// It does not know who somebody is: a conversation names people by what they
// are called at the time of the export. The account's owner is known from the
// profile in the same export, or from a person's answer, and recognised in a
// conversation of two where the other is not called the same.
package meta

import (
	"context"
	"fmt"
	"path"
	"strings"

	"daybook/importers"
)

// Product is whose export a file is of.
type Product string

// The products. Messenger's files are Facebook's.
const (
	None      Product = ""
	Facebook  Product = "facebook"
	Instagram Product = "instagram"
)

// Read reads a file that Of has told to be of a product.
func Read(ctx context.Context, s importers.Source, out importers.Output, p Product) error {
	r := reader{ctx: ctx, source: s, out: out, product: p, files: files{fs: s.FS, path: s.Path}}
	err := r.read(sortOf(s))
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// reader is one file while it is read.
type reader struct {
	ctx     context.Context
	source  importers.Source
	out     importers.Output
	product Product
	files   files
	latin   bool // its texts are bytes written as characters
	texts   importers.Strings
}

func (r *reader) read(what sort) error {
	switch what {
	case thread, sealed:
		r.files.near = what == sealed
		return r.thread()
	case list:
		return r.list()
	case pageOf:
		return r.page()
	case oldPage:
		return r.oldPage()
	}
	return importers.ErrNotMine
}

// wrap names the file in front of what is wrong with it.
func (r *reader) wrap(err error) error { return fmt.Errorf("%s: %w", r.source.Path, err) }

// listName is the file's name as a person would say it: "logins and logouts".
func listName(p string) string {
	name := strings.TrimSuffix(path.Base(p), path.Ext(p))
	name = strings.TrimRight(name, "0123456789")
	return strings.TrimSpace(strings.ReplaceAll(name, "_", " "))
}
