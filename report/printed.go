package report

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"daybook/report/leak"
)

// Own is what every bundle holds alike, and a word of which tells nothing of a
// case: files, scripts and styles of pages, and the program's own sentences.
func Own() (leak.Own, error) {
	page, err := verifyHTML()
	if err != nil {
		return leak.Own{}, err
	}
	own := leak.Own{Files: map[string]string{"VERIFY.html": page, "bagit.txt": bagText}, Scripts: []string{timelineStyle, searchScript}}
	for _, s := range slices.Concat(sentences, sayShown, sayLimits, slices.Collect(maps.Values(detailWords))) {
		for _, part := range filledIn.Split(s, -1) {
			if len(strings.Fields(part)) >= leastPart {
				own.Sentences = append(own.Sentences, part)
			}
		}
	}
	return own, nil
}

// filledIn is where a sentence has something of a case.
var filledIn = regexp.MustCompile(`%[a-z]|\[[^\[\]|]*\|[^\[\]|]*\]`)

// leastPart is how many words of a sentence are told from those of a source.
const leastPart = 4

// sentences are those of wording.go that are long enough to be told from the words
// of a source.
var sentences = []string{
	sayDraft, sayNumbered, sayNumberedSupplement, sayIntegrityDraft, sayHowKept, sayChanges, saySupplement, sayEarlierExhibits, sayMoreEarlier, sayHeldEarlier, sayPeopleOfSupplement, sayVolumes, sayOnlyNew, sayNoChanges, sayNowGone,
	sayMoreChanges, sayFullPack, sayNotesOut, sayServedPack, sayServedShows, sayServedAbout, sayHowAdded, sayHowRead, sayHowTimes, sayHowFacts, sayFactsAll,
	sayFactsServed, sayApostrophe, sayCopiesAll, sayCopiesSome, sayCopiesNone, sayHowNumbers, sayHowSelection, sayHowPeriod, sayChoices, sayDecided, sayLimitsLead, sayPictures,
	sayPicturesFiles, saySummary, sayNothing, sayRowsCounted, saySummaryOut, saySummaryCut, sayUncertain, sayPattern, sayNoCodes, sayOrders, sayInForce, sayEffects, sayReports,
	sayStatement, sayDeclaration, sayTopicsBefore, sayIncidents, sayTopicsAfter, saySeparateSheet, sayNoStatement, sayTwice, sayTwicePerson, sayReceipt, sayReceiptCheck, sayReceiptExhibits, saySchedule,
	sayScheduleServed, sayBesideIncidents, sayBesideRegister, sayBesidePrivate, sayBesideJournal, sayIssuedPage, sayHeldFiles, sayHeldDeleted, sayHeldContainer, sayHeldAgain, sayHeldBroken, sayHeldNoRow, sayHeldNotChosen, sayHeldUnread, sayContinuity,
	sayHands, sayAlone, sayStepRead, sayStepHealed, sayStepCopied, sayStepNotCopied, sayStepsClosed, saySystem, sayHeals, sayWarnings, sayPrograms, sayUsers,
	sayClock, sayNoJump, sayJumps, sayNotExact, sayRowLeftOut, sayMarkedOut, sayMissingFile, sayCourse, sayOwnWords, sayNoItem, sayChanged, sayCorrected,
	sayEarlier, sayUsualZone, sayNoSum, sayTimesAs, sayPeople, sayPeopleCut, sayPerhaps, sayAlike, sayExhibitList, sayExhibitRows, sayNoExhibitRow, sayTranscript,
	sayTranscriptOf, sayHeaders, sayTextWhole, sayTextPart, sayTextCut, sayTextAbsent, sayNoView, sayInFolder, sayPages, sayPagesNotes, sayNoPages, sayPageOf, sayNoPicture, sayMachineRead, sayPictureOf,
	sayWallClock, sayWithheldCopy, sayWithheldCalled, sayMoreRows, sayNamedBy, sayHowMember, sayHowAttached, sayNotAsked, sayOtherReason, sayWithheldMore, sayWithheldWords,
	sayWithheldArea, sayWithheldPart, sayPartWords, sayPartAddresses, sayPartFacts, sayPartPlaces, sayWithheldLeftOut, sayWithheldMeta, sayWithheldBeside, sayWithheldExport, sayDeleted, sayContainers, sayContainerKept,
	sayContainerMore, sayContainerNone, sayContainerLarge, sayContainerDeleted, saySecretRow, saySecretIncident, sayShowsIncidents, sayShowsIncident, sayShowsRecords, sayShowsRecord,
	sayShowsReports, sayShowsReport, sayShowsAddress, sayAllRead, sayBroken, sayBrokenCount, sayAsked, saySkips, saySkipsCount, saySkipsElsewhere,
	sayUnclaimedCount, sayMissing, sayUnclaimed, sayDeletedItems, sayDeletedCount, sayBatches, sayBatchesAgain, sayNamedFiles, sayGoneOnIn, sayAlready,
	sayWithheldFiles, sayWithinRows, sayWithinPictures, sayWithheldList, sayArea, sayLeftOutRows, sayIntegrity, sayPhrase, sayCode, sayFingerprint, sayWithheldLog,
	sayOpenAll, sayOpenServed, sayOpenSome, sayCommands, sayOtherWays, sayVerifyIntro, sayVerifySums, sayVerifyExtra, sayVerifySeal, sayVerifyPrint, sayVerifyNote,
	sayVerifyLog, sayVerifyFits, sayVerifyAdded, sayVerifyClosed, sayVerifyNoted, sayExcerptTitle, sayExcerptIntro, sayExcerptFile, sayExcerptOnly, sayExcerptEntry,
	sayExcerptWay, sayExcerptNote, sayExcerptKey, sayExcerptSays, sayVerifySays, sayVerifyOpen, sayChart, sayChartMost, sayChartUnplaced, sayNoScript, sayWordsHelp,
	sayFoundNone, sayFoundNoDay, sayFoundPart, sayHTMLIntro,
}
