package casework

// What stands beside a figure in the program's own words.
const (
	sayNoOccasion  = "without a time, and so in no occasion: %d"
	sayTaken       = "a time that the clock showed twice, where nothing tells which is meant, is taken as the second, one that it never showed as the moment of the change; the other reading gives as many"
	sayOtherwise   = "a time that the clock showed twice, where nothing tells which is meant, is taken as the second, one that it never showed as the moment of the change; by the other reading they are %d"
	sayUnsureRun   = "; the clock showed the time of some of them twice or never: the second is taken, or the moment of the change"
	sayNoDay       = "its day is not known"
	sayNoHour      = "that day, before or after not known"
	sayByHour      = "Hours are those of a clock in %s, whatever zone a row names; a time without any stands as it is written. A row counts in an hour where every moment at which it may have happened is in it; “about” reaches an hour further each way, so that such a row stands under “not known”. There stands too what is placed by a weak sign of its time, such as when a file was saved: copying sets it."
	sayInNone      = "each may have been in one of these periods or in another, or in none; counted in none"
	sayFromThem    = "Counted are incidents, and what came from those whom it is about. Not counted for them, and beside with its number: what does not show who it came from, such as a call without a number; what came from who may be them; and, where they have a name, an incident whose words for who did it, a name or others, do not have it. An incident that names nobody is counted."
	sayFromOthers  = "Counted are incidents, and what came from anybody but the owner of the exports, a call without a number among it: nothing tells whom it is about."
	sayUntold      = "nothing says whom it is about: so long as its entry does not name them, in the field “against”, and follows no message of theirs, nothing is counted as before it or after it"
	sayUntoldThen  = "Nothing says whom it is about: so long as its entry does not name them, in the field “Whom it was to” or “Whom it is against”, and follows no message of theirs, nothing is counted as before it or after it: the number is of everybody together."
	sayUntoldAll   = "; the number is of everybody together, %s to %s"
	sayFromNobody  = "Nothing here is from or to whom it names. Counted are incidents that name nobody, or have the name, and what nobody sends."
	sayCostWords   = "written with an incident, in words: in no sum"
	sayCostCounted = "written with an incident, and counted with its change"
	sayWeak        = "Counted by a weak sign of its time, such as when a file was saved, which copying sets: %d."
	sayNamesNobody = "; nothing here is from or to whom it names: counted are incidents that name nobody, or have the name, and what nobody sends"
	sayManyCalled  = "“%s”: %d persons are called so, and nobody has joined them, so that what came from them stands under “from who may be them”. Name the one who is meant with a number: %s."
	sayManyBeside  = "the name that its entry gives is that of %d persons, and none of them is counted"
	sayStranger    = "The order is against %s, and this is %s."
	sayNotTheirs   = "who did it does not have the name of whom the order is against"
	sayOneEvent    = "what it is of stands under another term of the order too: it is one event"
	sayMayBe       = "not known: something of no certain day may have been then"
	sayEndNone     = "they end no silence"
	sayHeld        = "%s to %s; the files speak of %d of these %d days"
	saySilent      = "silent: files speak of all these days"
	sayNotHeld     = "not known: no file speaks of these days"
	sayPartly      = "partly: files speak of some of these days"
	sayPartlyDays  = ", the files speak of %d of them"
	sayUndated     = "; without a date, and may lie in this time: %d"
	sayLooseThen   = "; an entry of a possible breach that names no event is of this time: %d"
	saySameDay     = "; it is of the day of the block, before it or after it"
	sayWhomNot     = "; the entry of the block does not say whom it was about"
)

// SayByOthers says what is counted by the clock.
const SayByOthers = "Counted is what others did: incidents, what came from anybody but the owner of the exports, and what nobody sends, as a picture, where it has a behaviour. Entries of registers, what the owner sent and own acts are not counted: the hour of a report to the police is not that of what was done."

// sayByCode says what is counted by behaviour.
const sayByCode = "What has two behaviours counts under both. Without a behaviour stands what others did; what the owner sent and what nobody sends, as a picture, needs none and is not counted. Entries of registers are not counted either."

// sayAside is why what stands beside is not counted for those of a moment.
var sayAside = [Asides]string{
	Masked:    "such as a call without a number; not counted for whom it is about",
	MayBe:     "who uses it is possibly or likely one of those whom it is about, and not joined with them; not counted for whom it is about",
	OtherName: "what the incident says of who did it, a name or other words, does not have their name: it may be them or another; not counted for whom it is about",
}

// sayAsides are the names of these figures: before, that day, after, of no certain
// day.
var sayAsides = [Asides][AsidePlaces]string{
	Masked:    {"%d days before, not shown from whom", "that day, not shown from whom", "%d days after, not shown from whom", "day not known, not shown from whom"},
	MayBe:     {"%d days before, from who may be them", "that day, from who may be them", "%d days after, from who may be them", "day not known, from who may be them"},
	OtherName: {"%d days before, who did it is said in other words", "that day, who did it is said in other words", "%d days after, who did it is said in other words", "day not known, who did it is said in other words"},
}

// FormsOfWhy are the reasons why something may show an element that have in them what
// somebody wrote.
func FormsOfWhy() []string {
	return []string{"its own words, marked by %s", "%s, marked by %s", "feeling: %s", "feeling after: %s", "what was changed: %s", "exact words: %s", "how they were told: %s", "served on %s", "linked by %s", "by %s"}
}

// Sentences are the program's own words in patterns, which tell nothing of a case:
// with %, where something of the case stands.
func Sentences() []string {
	all := []string{SayByOthers, sayByCode, NotCounted, sayFromThem, sayFromOthers, sayUntold, sayUntoldThen, sayUntoldAll, sayFromNobody, sayNamesNobody, sayManyCalled, sayManyBeside, sayStranger, sayNotTheirs, sayOneEvent, sayWeak, sayCostWords, sayCostCounted, sayMayBe, sayEndNone, sayUnsureRun, sayNoDay, sayNoHour, sayByHour, sayInNone, sayHeld, saySilent, sayNotHeld, sayPartly, sayPartlyDays, sayUndated, sayLooseThen, saySameDay, sayWhomNot, sayOnlyChosen, sayOnlySupplement, sayNoSilences, sayNoSilencesSince, sayNoMomentsSince, sayPartOf, sayOutside}
	all = append(all, sayUnmarked, sayUnmarkedDays, sayUnmarkedBeside, sayOnlyMarked, sayLoose, sayLooseLast, sayLooseMarked, sayToldActs, sayToldLast, sayToldUndated, sayToldNoDay, sayLaterUnmarked, sayLaterUnmarkedD, sayClockLoose, sayClockLooseLast, sayClockOf, sayClockOfNobody, SayDoneBy)
	for why, figures := range sayAsides {
		all = append(append(all, sayAside[why]), figures[:]...)
	}
	for _, s := range sides() {
		all = append(all, s.title, s.rule)
	}
	return append(all, sayUncoded, sayUncodedLast, SayOneName, sayNameInItem, sayNameInWriting)
}
