// Package evidence holds a case: one folder with everything about one matter.
//
// The truth of a case is in two places. The originals are the files as they
// came, each sealed as an age file to the case's own key. The journal is the
// append-only list of what people did and said about them. An original or an
// entry that was acknowledged is on the disk, synced, and stays.
//
// Everything else here is an index of that truth and can be made again: the
// records (items, batches, and the named stores of the packages above) and the
// copies (each original up to CopyLimit once more, in pieces, to heal the first
// from). Both are in Badger, sealed by us value by value, and nothing in them
// is believed that does not open under the case's key.
//
// A case also has add-only devices (Enrol): machines that can add to it while it
// is locked and can read nothing back. What they added waits in their folders
// until an opening takes it in (Inbox).
//
// The package does not know what an original means: no formats, no events, no
// people. It names originals by the SHA-256 of their bytes and items by number.
package evidence
