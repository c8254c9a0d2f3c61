package timeline

import (
	"fmt"
	"slices"
)

// The stored numbers of kinds, bases, precisions and flags: a word's place in
// its list. New words go to the end; no word is ever moved or taken out.

var kindCodes = [...]Kind{Message, Call, Email, Photo, Shot, Video, Audio, Document, Post, Location, Login, System, Incident,
	Notice, ReportMade, LifeChange, CourtOrder, Breach, Support, Assessment, InfoRequest, Enquiry, Review, Considered, Wish, SafetyPlan, Helper, Attendance, Answer, Relationship, Family, Health, Force, Contact}

var basisCodes = [...]Basis{"", UTC, OffsetBasis, DeviceZone, AssumedZone, UnknownZone, Stated}

var precisionCodes = [...]Precision{"", Millisecond, Second, Minute, Hour, Day, Month, Year, About, Range, Before, After, Undated}

var flagCodes = [...]Flag{
	AssumedOrder, ZoneAssumed, ClockTwice, ClockNever, ForgedHeader, Edited, Deleted, WeakTime, TimesDisagree,
	Truncated, TextCut, Draft, Failed, ReaderDiffer, AppText, OutOfOrder, Undecoded, NameLookalike,
	SecondHand, ClockCorrected, AppOrTyped, ExportsDiffer, StillToCome, PartiesDiffer,
}

// Bits of an event's column beside its flags.
const (
	bitDated      = 1 << 31        // has a place in time
	bitInstant    = 1 << 30        // has an instant, not a wall clock alone
	bitsUnknown   = 7 << unknownAt // how many of hour, day, month and year it is counted under none of; see possible.go
	bitMissing    = 1 << 26        // names a file that is missing
	bitWithinChat = 1 << 25        // its key is counted within one conversation; see chats.go
	bitMinute     = 1 << 24        // states a minute and no second
)

func code[T comparable](what string, list []T, word T) (byte, error) {
	if i := slices.Index(list, word); i >= 0 {
		return byte(i), nil
	}
	return 0, fmt.Errorf("%s %q is not one that Daybook knows", what, fmt.Sprint(word))
}

func word[T any](r *reader, what string, list []T, c byte) (w T) {
	if int(c) >= len(list) {
		r.fail(fmt.Errorf("%s number %d is not one that this version knows", what, c))
		return w
	}
	return list[c]
}

// unknownAt is where bitsUnknown begin.
const unknownAt = 27

// unknownOf is how many of hour, day, month and year are not known. The hour of a
// weak sign is none: copying a file sets its time.
func unknownOf(bits uint32) int {
	n := int(bits & bitsUnknown >> unknownAt)
	if bits&bitWeakTime != 0 {
		return max(n, 1)
	}
	return n
}

func flagBits(flags []Flag) (b uint32) {
	for _, f := range flags {
		if i := slices.Index(flagCodes[:], f); i >= 0 {
			b |= 1 << i
		}
	}
	return b
}

// eventBits gives an event's flags and what its time is worth as one word.
func eventBits(e *Event, z zones) uint32 {
	b := flagBits(e.Flags)
	if _, ok := e.When.Order(); ok && e.When.Precision != Undated {
		b |= bitDated
	}
	if !e.When.Instant.IsZero() {
		b |= bitInstant
	}
	if e.When.Precision == Minute {
		b |= bitMinute
	}
	if slices.ContainsFunc(e.Files, func(f Attachment) bool { return f.Missing }) {
		b |= bitMissing
	}
	if withinChat(e) {
		b |= bitWithinChat
	}
	return b | uint32(e.When.unknown(z))<<unknownAt
}

// known tells which word of an event is none of the listed ones.
func known(e *Event) error {
	if _, err := code("kind", kindCodes[:], e.Kind); err != nil {
		return err
	}
	for _, f := range e.Flags {
		if _, err := code("flag", flagCodes[:], f); err != nil {
			return err
		}
	}
	if err := knownWhen(e.When); err != nil {
		return err
	}
	for _, c := range e.Claims {
		if err := knownWhen(c.When); err != nil {
			return err
		}
	}
	return nil
}

func knownWhen(w When) error {
	if _, err := code("basis", basisCodes[:], w.Basis); err != nil {
		return err
	}
	_, err := code("precision", precisionCodes[:], w.Precision)
	return err
}
