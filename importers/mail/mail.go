// Package mail reads e-mail as it is kept in files: one message (.eml, and
// whatever has the head of one) or a mailbox of many (.mbox, as Thunderbird,
// Apple Mail and Google Takeout write it). Outlook's .msg and .pst and saved
// web pages (.mht) are not its own.
//
// A message says only what its sender and the servers wrote into it. The Date
// is the sender's clock and can be set to anything; the topmost Received line
// is the last server's. Both are kept as claims. Who owns the mailbox is not
// said, so nobody is, unless a person names the address.
//
// An event carries in Extra, where the message has them: subject, headers (as
// they stand), headers of the parts, message id, in reply to, reply to, sender,
// from (several senders), cc, bcc, labels, program, originating ip,
// authentication results, text from (which form of the text is shown), text of
// the HTML (when it holds a word that the plain text does not), what the HTML does
// not show, links, outside the parts, mailbox quoting, and notes: what is odd about
// the message, one a line.
//
// A message inside a message, a calendar entry, a delivery report and
// winmail.dat are kept as files of their own; the first is read as a message
// again.
package mail

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"daybook/importers"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "mail",
		Version: 9,
		Title:   "E-mail (.eml, .mbox)",
		HowToGet: "In Thunderbird or Apple Mail, select the messages and choose Save As, or export the mailbox. " +
			"For Gmail, open takeout.google.com, choose Mail, and keep the .mbox file. " +
			"In other web mail, open the message and choose Download or Show original. Do not forward it: that loses the header.",
		LeavesOut: []string{
			"Messages that were deleted from the mailbox before it was saved, unless the program only marked them as deleted.",
			"Pictures that a message shows from the internet: they are not in it, and are not fetched.",
			"Who the mailbox belongs to.",
			"Which words an HTML letter hides under something else or by a colour that is given elsewhere, or where a mail program passes over its styles: they stand among its words. What it hides by its own style, in the colour of what is behind it or in letters too small to be seen stands apart from them.",
		},
		Tried: []string{
			"RFC 5322 messages of 1994 to 2024", "mboxo, mboxrd and mboxcl mailboxes",
			"Thunderbird (deleted messages included)", "Google Takeout mail",
		},
	}
}

// Claims looks for the first line of a mailbox, or for a header that names
// enough of what only e-mail has.
func (importer) Claims(s importers.Source) bool {
	switch strings.ToLower(path.Ext(s.Path)) {
	case ".mht", ".mhtml", ".emlx":
		return false
	}
	head := bytes.TrimLeft(bytes.TrimPrefix(s.Head, utf8BOM), "\r\n")
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	if isSeparator(line) {
		return beginsHeader(rest)
	}
	return isMessage(head)
}

var utf8BOM = []byte("\ufeff")

// isMessage tells whether a file begins with the header of a message, and not
// with that of a saved web page.
func isMessage(head []byte) bool {
	h := header{}
	h.size = int64(len(head))
	end := len(head)
	for _, empty := range []string{"\n\n", "\n\r\n"} {
		if i := bytes.Index(head, []byte(empty)); i >= 0 {
			end = min(end, i+1)
		}
	}
	if line, _, _ := bytes.Cut(bytes.TrimLeft(head, " \t"), []byte("\n")); !isField(line) {
		return false
	}
	h.raw = head[:end]
	h.parse()
	known := 0
	for _, name := range []string{"from", "date", "subject", "received", "message-id", "mime-version", "return-path", "to", "delivered-to", "reply-to"} {
		if h.get(name) != "" {
			known++
		}
	}
	saved := h.get("snapshot-content-location") != "" || strings.HasPrefix(h.get("from"), "<Saved by ")
	return known >= 2 && !saved
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	f, err := s.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	b := &mailbox{lines: newLines(importers.UntilDone(ctx, f))}
	b.random, _ = f.(io.ReaderAt)
	if err := b.skipEmpty(); err != nil {
		return err
	}
	r := reader{ctx: ctx, mailbox: b, out: out, assume: s.Assume, room: room{base64: importers.NewBase64(nil)}}
	first, err := b.r.Peek(1000)
	if err != nil && err != io.EOF {
		return err
	}
	line, rest, _ := bytes.Cut(first, []byte("\n"))
	switch {
	case !isSeparator(line) || !beginsHeader(rest):
		return r.message("message", nil)
	case strings.EqualFold(path.Ext(s.Path), ".eml"): // one message, whatever its text holds
		separator := bytes.Clone(line)
		b.skip(len(line) + 1)
		return r.message("message", separator)
	}
	b.many = true
	r.thread = mailboxName(s.Path)
	return r.all()
}

// mailboxName is the name of a mailbox's file, or of its folder where all such
// files are called mbox, as Apple Mail does.
func mailboxName(file string) string {
	if name := path.Base(file); name != "mbox" {
		return name
	}
	return path.Base(path.Dir(file))
}

// skipEmpty goes to the first line that holds something.
func (b *mailbox) skipEmpty() error {
	if head, _ := b.r.Peek(len(utf8BOM)); bytes.Equal(head, utf8BOM) {
		b.skip(len(utf8BOM))
	}
	for {
		head, err := b.r.Peek(1)
		if err == io.EOF {
			return importers.ErrNotMine
		}
		if err != nil {
			return err
		}
		if head[0] != '\n' && head[0] != '\r' {
			return nil
		}
		b.skip(1)
	}
}

// skip passes over n bytes that were peeked at.
func (b *mailbox) skip(n int) {
	n, _ = b.r.Discard(n)
	b.at += int64(n)
}

// reader reads the messages of a file.
type reader struct {
	*mailbox
	ctx    context.Context
	out    importers.Output
	assume importers.Assume
	thread string
	room   room
}

// all reads a mailbox.
func (r *reader) all() error {
	if _, _, err := r.next(); r.separator == nil { // the first
		return err
	}
	for n := 1; r.separator != nil; n++ {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		separator, record := r.separator, fmt.Sprintf("message %d at byte %d", n, r.from)
		r.begin()
		if err := r.message(record, separator); err != nil {
			return err
		}
	}
	return nil
}

// message reads one message to its end.
func (r *reader) message(record string, separator []byte) error {
	w := &walker{src: r.mailbox, out: r.out, room: &r.room, record: record}
	p := &part{}
	w.readHeader(p)
	if w.err != nil {
		return w.err
	}
	p.describe("")
	if !r.many && len(p.fields) == 0 {
		return importers.ErrNotMine
	}
	if n, err := strconv.ParseInt(p.get("content-length"), 10, 64); err == nil && r.many {
		r.textLength(n)
	}
	w.body(p)
	w.aside()
	if w.err != nil {
		return w.err
	}
	e := r.event(w, p, separator)
	importers.OneLetter(&e)
	return r.out.Event(e)
}
