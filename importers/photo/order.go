package photo

import (
	"time"

	"daybook/timeline"
)

// rank says where a time comes from. The lower it is the more it is believed:
// the event is placed by the first rank that has a time which can be right.
// This is the one order there is; doc.go prints it.
type rank int

const (
	movieDate      rank = iota + 1 // local time with its offset, written by Apple's cameras
	originalZoned                  // EXIF DateTimeOriginal with OffsetTimeOriginal or OffsetTime
	originalByGPS                  // EXIF DateTimeOriginal, its offset worked out from the GPS clock
	xmpTakenZoned                  // XMP DateTimeOriginal or DateCreated with an offset
	recorderName                   // a name that a doorbell or CCTV recorder gives
	original                       // EXIF DateTimeOriginal without an offset
	xmpTaken                       // XMP DateTimeOriginal or DateCreated without an offset
	digitized                      // EXIF DateTimeDigitized, XMP DateTimeDigitized
	movieHeader                    // mvhd, nominally UTC
	trackHeader                    // tkhd and mdhd
	soundTag                       // the date of a WAV, MP3, Ogg, M4A or AVI file
	nameTime                       // a name with date and time, given by a camera or for a screenshot
	xmpCreated                     // XMP CreateDate, IPTC DateCreated
	pngCreated                     // PNG Creation Time
	googleTaken                    // photoTakenTime of the file that Google Photos lays beside it
	nameSaved                      // a name with the time of sending or saving
	gpsClock                       // the last fix, in UTC: it may be older than the picture
	nameDay                        // a name with a date alone
	changed                        // EXIF DateTime, PNG tIME, ModifyDate: the last change
	googleUploaded                 // creationTime of that file: when it was uploaded
	fileTime                       // the file system's time as the file came
)

// meaning is what sort of moment a time speaks of, and so which differences
// from the time of taking are ordinary.
type meaning int

const (
	taken  meaning = iota // the moment itself
	later                 // sent, saved or changed: ordinarily the same or later
	before                // the last GPS fix: ordinarily the same or a little earlier
)

// ranks is the order with its words.
var ranks = map[rank]struct {
	title string
	means meaning
}{
	movieDate:      {"QuickTime creationdate, local time with its offset", taken},
	originalZoned:  {"EXIF DateTimeOriginal with its OffsetTime", taken},
	originalByGPS:  {"EXIF DateTimeOriginal, offset worked out from the GPS clock of the same file", taken},
	xmpTakenZoned:  {"XMP DateTimeOriginal or DateCreated with an offset", taken},
	recorderName:   {"name given by a doorbell or CCTV recorder", taken},
	original:       {"EXIF DateTimeOriginal without an offset", taken},
	xmpTaken:       {"XMP DateTimeOriginal or DateCreated without an offset", taken},
	digitized:      {"EXIF or XMP DateTimeDigitized", taken},
	movieHeader:    {"movie header (mvhd), nominally UTC", taken},
	trackHeader:    {"track header (tkhd, mdhd), nominally UTC", taken},
	soundTag:       {"date of a sound or AVI file's own tags", taken},
	nameTime:       {"date and time in the file name", taken},
	xmpCreated:     {"XMP CreateDate or IPTC DateCreated", taken},
	pngCreated:     {"PNG Creation Time", taken},
	googleTaken:    {"photoTakenTime of Google Photos, in the file beside it", taken},
	nameSaved:      {"time of sending or saving in the file name", later},
	gpsClock:       {"GPS clock, the last fix", before},
	nameDay:        {"date alone in the file name", later},
	changed:        {"time of the last change (EXIF DateTime, PNG tIME, ModifyDate)", later},
	googleUploaded: {"creationTime of Google Photos, the upload", later},
	fileTime:       {"file system time as the file came", later},
}

// weak tells the ranks that do not speak of the moment itself.
func (r rank) weak() bool { return r >= changed }

// candidate is one time that the file or its name gives.
type candidate struct {
	rank  rank
	label string
	when  timeline.When
	note  string
	span  time.Duration // of the film: its header may tell its start or its end
	odd   bool          // it cannot be right: chosen only when there is nothing else
}

// The years in which a time can be right. A clock that was never set shows
// 1904, 1970 or 1980.
const (
	firstYear = 1990
	lastYear  = 2099
)

// cannotBe tells a time that no photograph of a case can have.
func cannotBe(w timeline.When) bool {
	t, ok := w.Order()
	return ok && (t.Year() < firstYear || t.Year() > lastYear)
}
