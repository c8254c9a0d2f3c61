// Package bundle reads a bundle that another Daybook wrote (docs/VERIFY.md): a
// BagIt folder with originals, the list of rows, and the part of a journal that
// was opened. The bundle is verified as it lies in this case, before anything of
// it is handed on, by the very checks of daybook-verify (evidence/verify), and the
// outcome is part of the reading.
//
// What is carried over, and how:
//
//   - An original becomes an item under the path that it had there, and its note
//     says in which bundle it came, whose key signed that, and the entry, the time
//     and the person of its first adding. The format's own importer then reads it.
//     An archive is opened by the run where it lies in the bundle.
//   - A row whose original is carried is not an event of the list: it is counted
//     here and read from the original, once.
//   - Any other row is an event that says it is second-hand: by whom it was read
//     there, from which original, and that original's SHA-256.
//   - An incident is the words of the person who wrote it there, with every
//     version that the bundle opens. Nothing there is "me" here.
//   - What was said about a row there is a fact of the event, not a mark of this
//     case; about a row that is read from its original it is a skip.
//
// It knows nothing of pages: the PDF, the HTML and the tables say the same and
// are kept as items.
package bundle
