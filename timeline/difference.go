package timeline

// How says how another export differs from a message.
type How string

// The ways to differ.
const (
	OtherWords  How = "words"  // another text from the same sender at the same time
	OtherFile   How = "file"   // another file
	OtherSender How = "sender" // the same words at the same time from somebody else
	OtherTime   How = "time"   // the same words from the same sender at another time
	NotThere    How = "absent" // nothing of it
	OtherZone   How = "zone"   // the same wall clock, which was read in another zone
)

// Difference is what another export of the same chat has in a message's place.
type Difference struct {
	How  How
	With Pinpoint // in the other export; without a Record where it is not there
	Zone string   // in which the other export was read, where that is how they differ
}

// Text is the difference in plain words.
func (d Difference) Text() string {
	s := "Another export of this chat (" + d.With.Text() + ") "
	switch d.How {
	case OtherWords:
		return s + "has other words here."
	case OtherFile:
		return s + "has another file here."
	case OtherSender:
		return s + "has these words here from another sender."
	case OtherTime:
		return s + "has these words at another time."
	case OtherZone:
		return s + "was read in another time zone (" + d.Zone + "), which makes this another moment: one of the two zones is wrong."
	}
	return s + "does not hold this message, and holds those before and after it."
}

// Says is a flag of an event in plain words, with what the event tells of it.
func (e *Event) Says(f Flag) string {
	if f == ClockTwice && !e.When.Instant.IsZero() {
		return "the clock showed this hour twice; which of the two is meant is told by the order of the lines in the source, whose times step back once there"
	}
	return f.Title()
}

// Words is a flag of a row in plain words: that exports differ, with each of
// them and the place in it; that a clock was corrected, with whose word that is;
// that a bundle is not as it was sealed.
func (r *Row) Words(f Flag) []string {
	if by, _, ok := r.Corrected(); ok && f == ClockCorrected {
		return []string{f.Title() + ": " + by.Note}
	}
	if said := r.Extra.Get(StatedParties); f == PartiesDiffer && said != "" {
		return []string{f.Title() + ": " + said}
	}
	if said := r.Extra.Get(NotAsSealed); f == SecondHand && said != "" {
		return []string{f.Title() + "; " + said}
	}
	if f != ExportsDiffer || len(r.Differs) == 0 {
		return []string{r.Says(f)}
	}
	var out []string
	for _, d := range r.Differs {
		out = append(out, d.Text())
	}
	return out
}
