// Package photo reads single pictures, films and sound recordings: photographs,
// screenshots, screen recordings, doorbell and CCTV clips, voice notes. It
// places each on the timeline by what its bytes and its name say, and keeps
// every other time beside the chosen one. It does not look at the picture: it
// knows no text in it, no clock burnt into it, no face.
//
// # The order of times
//
// Every time that a file gives is kept as a timeline.Claim. The event is placed
// by the first of these that can be right (a year from 1990 to 2099):
//
//  1. QuickTime creationdate, local time with its offset
//  2. EXIF DateTimeOriginal with its OffsetTime
//  3. EXIF DateTimeOriginal, offset worked out from the GPS clock of the same file
//  4. XMP DateTimeOriginal or DateCreated with an offset
//  5. name given by a doorbell or CCTV recorder
//  6. EXIF DateTimeOriginal without an offset
//  7. XMP DateTimeOriginal or DateCreated without an offset
//  8. EXIF or XMP DateTimeDigitized
//  9. movie header (mvhd), nominally UTC
//  10. track header (tkhd, mdhd), nominally UTC
//  11. date of a sound or AVI file's own tags
//  12. date and time in the file name
//  13. XMP CreateDate or IPTC DateCreated
//  14. PNG Creation Time
//  15. photoTakenTime of Google Photos, in the file beside it
//  16. time of sending or saving in the file name
//  17. GPS clock, the last fix
//  18. date alone in the file name
//  19. time of the last change (EXIF DateTime, PNG tIME, ModifyDate)
//  20. creationTime of Google Photos, the upload
//  21. file system time as the file came
//
// A date that a recorder writes into the name of the folder is a part of 5. The
// last three are weak and flagged so. Each other claim's note says how far it
// is from the chosen time; where the difference is more than its meaning
// explains (a change comes later, a fix may be older) the event is flagged.
//
// # Readers
//
// EXIF is read three times: by a walk of our own, which keeps the words as they
// stand, by goexif and by imagemeta. Where they differ each answer is kept and
// the event flagged. The libraries run in a worker process; Local runs them in
// this one, for tests and for the worker itself. At most about a mebibyte of a
// file is read by each.
package photo
