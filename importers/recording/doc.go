// Package recording looks into films and sounds: how long they run, some frames of
// a film with their time codes, how loud a sound is over its time. It knows the case
// and its timeline; it knows no export format and no page.
//
// Everything here is an aid, made from the original and never in its place. It is
// kept in the case with the name and version of what made it, so that it is made
// once, and can be thrown away and made again.
//
// # The engine
//
// The engine is an installed ffmpeg with its ffprobe. It gets the original through a
// pipe and answers through one: it is told to know no other protocol and one format
// alone, the one that the first bytes of the original name, so that neither a playlist
// nor an address within a file leads it anywhere. It can write no file and reach no
// network (worker.Outside), and nothing readable is on the disk at any time. A film of
// the MP4 family whose index stands at its end, as telephones write it, is put in the
// order in which a pipe can be read while it is read. Without the engine all else works.
package recording
