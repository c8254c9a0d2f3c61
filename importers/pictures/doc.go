// Package pictures looks at what the pictures of a case show: words, the times
// among them, screenshots that continue one another, pictures that look alike.
// It knows the case and its timeline; it knows no export format and no page.
//
// Everything here is an aid. A program may read a letter wrongly (a “14:22” as
// “122”), so what was read is marked as machine-read wherever it is shown, is
// counted nowhere, places no event, and can be made again from the originals or
// thrown away. Nothing is merged, moved or hidden by what pictures seem to show.
//
// # Words
//
// The engine is an installed tesseract. The original is decoded in our own
// worker, made grey and flat, and given to the engine as plain pixels through a
// pipe, so that none of its picture readers sees a byte of the original. The
// engine itself can write no file and reach no network (worker.Outside), and
// nothing readable is on the disk at any time. Without it all else works.
package pictures
