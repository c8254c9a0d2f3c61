// Package outlook reads what Outlook saves as single files (.msg): messages,
// meeting requests, appointments, notes and tasks, with what is attached to them
// and the messages inside them. Outlook's data files (.pst, .ost) are known by
// sight alone.
//
// A .msg is a compound file of properties, each with a number: [MS-OXMSG] says
// how they lie in it, [MS-OXPROPS] what the numbers mean, [MS-OXRTFCP] and
// [MS-OXRTFEX] how its rich text is packed. Times are UTC. The submit time and
// the Date of the header are the sender's clock, the delivery time is that of the
// mailbox that it was saved from; all are kept as claims. Who owns that mailbox
// is not said, so nobody is.
//
// Numbers that this package does not know are named with their size in the fact
// "other properties".
package outlook

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"

	"daybook/importers"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "outlook",
		Version: 3,
		Title:   "Outlook message (.msg)",
		HowToGet: "In Outlook for Windows, open the message, choose File, Save As, and the type \"Outlook Message Format - Unicode (*.msg)\". " +
			"You can also drag several messages from Outlook's list into a folder. Do not forward them: that loses the header. " +
			"A whole mailbox (.pst) is kept but not read: save the messages that matter as .msg.",
		LeavesOut: []string{
			"Who the mailbox belongs to.",
			"What a message looks like: its words are shown, pictures are kept as files.",
			"Outlook data files (.pst, .ost): kept as they are, and not read.",
			"Objects of other programs drawn inside a message: named, and kept in the message alone.",
		},
		Tried: []string{"Outlook 2003 to 2021, ANSI and Unicode", "messages made by other programs, without times", "appointments"},
	}
}

var (
	compound = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}
	dataFile = []byte("!BDN")
	// listed is how the directory of a compound file writes the name of the
	// stream that every message has.
	listed = utf16Of("__properties_version1.0")
)

// Claims tells a message by its directory, which mostly lies in the head, or by
// its name where it does not.
func (importer) Claims(s importers.Source) bool {
	if bytes.HasPrefix(s.Head, dataFile) {
		return true
	}
	return bytes.HasPrefix(s.Head, compound) && (bytes.Contains(s.Head, listed) || hasExt(s.Path, ".msg"))
}

var (
	errDataFile = errors.New("this is an Outlook data file: it is kept as it is and not read. Open it in Outlook and save the messages that matter one by one (File, Save As, Outlook Message Format), or drag them into a folder, and add those")
	errNoMail   = errors.New("a compound file without a message in it")
)

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if bytes.HasPrefix(s.Head, dataFile) {
		return out.Skip("file", "", errDataFile)
	}
	if !bytes.HasPrefix(s.Head, compound) {
		return importers.ErrNotMine
	}
	at := s.At()
	defer func() { err = errors.Join(err, at.Close()) }()
	fault := sound(at, s.Size)
	if fault != nil && !errors.Is(fault, errCutOff) {
		return fmt.Errorf("%s: the message is damaged, and nothing of it can be relied on: %w", s.Path, fault)
	}
	root, problem := openStorage(at, s.Size)
	if problem != nil {
		return fmt.Errorf("%s: the message is damaged and cannot be opened: %w", s.Path, cmp.Or(fault, problem))
	}
	m := &message{ctx: ctx, out: out, cut: fault != nil, root: root, storage: root, record: "message", names: namesOf(root)}
	if len(root.properties(topHeader)) == 0 && len(root.streams) == 0 {
		return out.Skip("file", "", errNoMail)
	}
	if err := m.read(topHeader); err != nil || fault == nil {
		return err
	}
	return fmt.Errorf("%s: the message is damaged: %w; what is left of it was read", s.Path, fault)
}
