package evidence

import (
	"errors"

	"daybook/evidence/keys"
)

// What can be in the way of a case or of something in it. Each is a sentence
// for a person; errors that wrap one of them name the thing first.
var (
	// ErrExists: Create was given a folder that holds a case, or anything else.
	ErrExists = errors.New("something is in this folder already; choose a new or empty folder for the case")
	// ErrNoCase: the folder holds no case.
	ErrNoCase = errors.New("there is no case in this folder; choose the folder that holds case.json")
	// ErrWrongKey: the case is whole, and this passphrase, these words or this
	// identity do not open it.
	ErrWrongKey = keys.ErrWrongKey
	// ErrDamaged: bytes are not as they were written, and nothing is left to
	// heal them from.
	ErrDamaged = errors.New("damaged; do not write to this folder, make a copy of it, and put back the part that is named from a backup")
	// ErrInUse: another program, or another window, has the case open.
	ErrInUse = errors.New("the case is open elsewhere; close it there and try again")
	// ErrReadOnly: the case can be read and not written; ReadOnly says why.
	ErrReadOnly = errors.New("the case can only be read now")
	// ErrFull: the disk has too little room. What was acknowledged is kept.
	ErrFull = errors.New("the disk is too full; free some space and try again: everything acknowledged so far is kept")
	// ErrNotFound: there is no such item, original or key.
	ErrNotFound = errors.New("not found")
	// ErrDeleted: the item was deleted; its entry in the journal says when and why.
	ErrDeleted = errors.New("deleted")
	// ErrClosed: the case was closed.
	ErrClosed = errors.New("the case is closed")
)
