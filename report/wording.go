package report

// This file holds every sentence that the bundle says in its own voice. In
// court it is these that get attacked, so they say only what was checked, name
// nobody as guilty or harmed, and are linted for claims (wording_test.go).

// Titles of the sections, in their order.
const (
	titleGeneral     = "England and Wales, general guidance on electronic court bundles"
	titleCover       = "Evidence bundle"
	titleContents    = "Index"
	titleHow         = "How this bundle was made"
	titleShows       = "What this bundle shows, and what it does not"
	titleSummary     = "Summary in numbers"
	titlePeople      = "People in the rows"
	titleChronology  = "Chronology"
	titlePattern     = "Pattern in numbers"
	titleCourse      = "Course of conduct"
	titleMatrix      = "Elements of an offence"
	titleElement     = "Element"
	titleWhyHere     = "Why it stands here"
	titleConsidered  = "What was considered"
	titleStatement   = "Draft statement"
	titleStatementOf = "Draft statement of %s"
	titleDiary       = "Written down by the person"
	titleExhibitList = "List of exhibits"
	titleExhibits    = "Exhibits"
	titleOrders      = "Orders, warnings and requests to stop"
	titleChanges     = "Effects and changes"
	titleReports     = "Who was told"
	titleByMonth     = "By month"
	titleByYear      = "By year"
	titleMarks       = "Behaviour, tags"
	titleEffect      = "Effect, in the person's words"
	titleReport      = "Who was told, in the person's words"
	titleContinuity  = "Continuity of the exhibits"
	titleSystem      = "System record"
	titleSchedule    = "Schedule of all material held"
	titleUnread      = "What could not be read"
	titleLeftOut     = "What is left out of this pack"
	titleWithheld    = "What a served pack withholds"
	titleIntegrity   = "Integrity"
	titleSection     = "Section"
	titlePage        = "Page"
	headFull         = "Full pack: not for the other side"
	headServed       = "Served pack"
	titleVolume      = "Volume"
	titleSince       = "What has changed since bundle %d"
	markNotFrozen    = "DRAFT"
	headNumbered     = "Bundle %d. "
	headSupplement   = "Bundle %d, supplement to bundle %d. "
)

// Drafts, frozen bundles, and what has changed between them.
const (
	sayDraft              = "draft: it has no number, and what is handed over in the end may differ"
	sayNumbered           = "No. %d of this case, which keeps its rows, labels and page numbers as they were issued. The label of an exhibit is given to nothing else; a row and a page are cited with the number of their bundle."
	sayNumberedSupplement = "No. %d of this case, a supplement to bundle %d: its pages go on after page %s."
	sayIntegrityDraft     = "This bundle is a draft. It is signed as it is; the case does not keep it."
	sayHowKept            = "kept by the program when a bundle was frozen"
	sayChanges            = "Held against bundle %d, made on %s. Row numbers are those of each bundle; a row is known by the record that it comes from, and not by its number."
	saySupplement         = "This is a supplement to bundle %d. It holds the rows that have come or changed since; all other rows stand in %s as they were issued. Pages are counted on after page %s, rows after row %d. A row that has changed stands here with a new number, and there as it was."
	sayVolumes            = "This document is in several files, its volumes: data/bundle.pdf, data/bundle-2.pdf and so on. Pages are counted through all of them, and this is the index of all. The foot of each page says which volume it is in and which pages that has. A link into another volume opens it where both files are in one folder and the program that shows them allows it."
	sayIssued             = "bundle %d, row %d"
	sayIssuedPage         = "bundle %d, row %d, p. %s"
	sayEarlierExhibit     = "bundle %d, p. %s"
	sayBundle             = "bundle %d"
	sayEarlierExhibits    = "Exhibits that stand in the bundles that this one continues:"
	sayFirstIssued        = "first issued in %s"
	sayMoreEarlier        = "and %d more, which the indexes of those bundles list"
	factIssued            = "Issued before"
	sayHeldEarlier        = "exhibits of the bundles that this one continues"
	sayOnlyNew            = "Of that, it holds what has come or changed since bundle %d."
	sayPrinted            = "That bundle is of an earlier version of the program, which kept of each row what it printed. A row that is named as changed may differ in the program's own words alone, for a time, a day or a zone."
	sayNoChanges          = "No row and no exhibit has come, gone or changed."
	sayNowWithheld        = "shown there, left out here"
	sayNowShown           = "left out there, shown here"
	sayNowGone            = "there, and not in what was selected here"
	sayGoneRows           = "bundle %d, rows %s"
	sayMoreChanges        = "and more, which are not printed here"
	sayCountOf            = "%d: "
	partTime              = "its time"
	partWords             = "who it is from, to whom, or its words"
	partFacts             = "what else the source or the person gives for it"
	partMarks             = "behaviour, tags or notes"
	partWithheld          = "more of it is withheld than was then"
)

// The cover.
const (
	sayFullPack    = "Full pack: not for the other side. It may hold addresses and other protected details."
	sayNotesOut    = "Private notes are not in it."
	sayPrivateNote = "a private note"
	sayServedPack  = "Served pack: the other side may read it."
	sayServedSee   = "What is not in it, and what was changed in it, stands under “What is left out of this pack”."
	sayServedNot   = "Not in this pack:"
	sayServedWords = "Names of people, and the words of messages, pictures and letters, stand as they are, but where a mark such as [withheld: address] stands in the place of words, or a part of a picture or a page is black; nothing else in them was changed."
	sayServedShows = "Shown because it was asked for: %s."
	sayServedAbout = "The telephone numbers and e-mail addresses of %d [person|persons] are shown, because the pack is about [that person|them]."
	sayServedFiles = "In it as files: %s."
	sayMadeBy      = "Daybook %s"
)

// What no served pack has, before the details that this one does not.
var sayServedNone = []string{"rows that were left out, each of which keeps its number", "what was protected", "private notes", "earlier versions of what was written down"}

// How it was made.
const (
	sayHowAdded     = "Each file was copied into the case as it came and its SHA-256 was written into the case's journal at that time."
	sayHowRead      = "The rows of the chronology were read from those files by the readers named below, but for incidents, which a person wrote down in the case. The words of a row are those of its source. What the program itself has to say of a row (that its times do not agree, that a file is missing) stands beside those words as a remark; what a person added (behaviour codes, tags, notes) stands in its own column."
	sayHowTimes     = "Times are shown as the source gives them, with the zone and where the zone comes from. A time is never shown more exactly than its source has it. Beside the zone stands where it comes from: “from UTC” and “by the source” mean that the source itself fixes the moment; “by the person” that the person who wrote the row down gave the time, with its offset or by the clock of the zone named there; “by the device” that another record of the same source names the zone; “assumed” that a person or the setting of the case named it; “zone not known” that there is only the clock of the source. Thousandths of a second that are zero are not printed. Where a person had to decide the order of day and month, the row says so."
	sayHowFacts     = "“(owner)” stands after the name of the person from whose telephone or account an export is: the export itself does not name them, and a person gave the name. A row shows the words of the source and what is needed to understand them. %s"
	sayFactsAll     = "Everything else that the source gives for it is in data/chronology.csv and data/events.jsonl."
	sayFactsServed  = "Of what else the source gives for it, this pack has what stands in data/chronology.csv and data/events.jsonl; the full pack has the rest."
	sayApostrophe   = "In the CSV tables a value that begins like a formula, such as a number with +44, has an apostrophe before it, so that no spreadsheet works it out; the apostrophe is not part of the value."
	sayCopiesAll    = "The files of all exhibits are in data/originals and have the same SHA-256."
	sayCopiesSome   = "Of %d [exhibit|exhibits], %d [has its file|have their files] in data/originals, with the same SHA-256. The files of the others are not in this bundle."
	sayCopiesNone   = "None of these files is in this bundle."
	saySheetSums    = "The cover sheet of each says why, and gives the SHA-256 of its file."
	saySheetSumsBut = "The cover sheet of each says why, and gives the SHA-256 of its file or says why that is not in this pack."
	sayHowRows      = "Row numbers hold for this bundle, and for the other pack of the same selection and moment; another selection numbers its rows anew."
	sayHowRowsOn    = "Row numbers go on from those of bundle %d and hold for this pack: the same row may have another number in a supplement of the other pack."
	sayHowNumbers   = "Exhibit labels are given once: an exhibit keeps its label in every later bundle of this case; a label that is not in this bundle belongs to an exhibit that is not in it. Incidents are numbered in the order in which they were first written down in the case, not in that of their days; an incident keeps its number in every bundle, and “of” is followed by how many the case had when the bundle was made."
	sayHowSelection = "This bundle holds what was selected as follows."
	sayHowPeriod    = "Of a time that was chosen, it holds every row that may have happened in it. Rows that are here only because they may have happened then, and may have happened at another time: %d. Their time is not more exact, or is one that a clock showed twice, or never, on the day on which it was changed."
	sayChoices      = "there were further choices, which this pack does not name"
	sayDecided      = "A person decided for all of them:"
	sayEverything   = "everything in the case"
)

// What it shows, and what it does not.
const sayShowsLead = "What this bundle shows:"

const sayShownFiles = "That the files in data/originals are, byte for byte, those that were added to the case: each has the SHA-256 that the journal noted when it was added."

var sayShown = []string{
	"What each source says, in its own words, with the place in the source from which each row was read.",
	sayShownFiles,
	"That no entry of the journal was taken out, changed or put between others after its head was signed: each line holds the sum of the line before.",
	"What was left out, withheld, skipped or not read: by number, and why.",
}

const sayLimitsLead = "What this bundle does not show:"

var sayLimits = []string{
	"It does not show that what a file says is true, nor who wrote or sent it. It shows that the file has not changed since it was added.",
	"It does not show that a file was unchanged before it was added. Screenshots and exports can be made or altered on a device.",
	"Times of adding come from the clock of the computer. Nobody else confirms them, unless the journal's head was given to somebody outside before; then entries up to that head cannot have been made later.",
	"It does not show that the case holds everything there is. The skeleton of the journal counts every entry, and those that are withheld here can be asked for by number.",
	"Counts and the summary are aids. Anyone can count the rows again.",
}

// What the pictures are.
const (
	sayPictures      = "The pictures on the pages are smaller copies to look at."
	sayPicturesFiles = "Where a file itself is in this bundle, its cover sheet names it in data/originals."
)

// The summary.
const (
	saySummary     = "Numbers of rows by what they are, where they come from and when. The summary draws no conclusion."
	sayNoRows      = "No row was selected."
	sayNothing     = "nothing in this case matches what was chosen; choose a longer time, or fewer conditions"
	sayRowsCounted = "%d: %d shown, %d left out of this pack"
	saySummaryOut  = "Rows that are left out of this pack and not counted: %d."
	sayRowNumber   = "row %d"
	colTwice       = "Of these in two sources"
	colSenders     = "From whom, or said to be done by whom"
	sayTwice       = "Rows of which another source, and so another row, has the same: %d. Each is counted where it stands, so such a call or message is counted twice."
	sayTwicePerson = "Of these rows, %d [is|are] in two sources"
	sayUndatedRow  = "without a date"
	sayNoMonth     = "month not known"
	sayNoYear      = "year not known"
	sayUncertain   = "A row counts under a day, a month or a year where every moment at which it may have happened is in it. “About” reaches an hour further each way, about a day a day, about a month a month, about a year a year; “not later than” and “not earlier than” reach over every day on their side. What may lie in one or another counts under none, and stands among the rows at the time that is given."
	saySummaryCut  = "and %d more, which data/chronology.csv holds"
)

// The pattern, and what people said of it.
const (
	sayPattern         = "Numbers of rows by what a person called them and by when they were. What a row is called is that person's choice; a row may be called several things, and most are called nothing. No conclusion is drawn."
	sayBars            = "The bars are of all that others did, whoever they are, a friend or a court among them: no bar is one person's."
	saySenderOf        = "%s (person %d in data/people.csv)"
	saySenderUnknown   = "nobody is named"
	wordOthers         = "others"
	sayNotByOthers     = " By hour and by month so many rows are not counted: %d."
	sayMatrix          = "What may show each element, by row. It is an index for whoever decides, and no finding: it says of no element that it is made out. The elements are in plain words, from a law pack of this program (%s, version %s, by %s): %s; read on %s%s."
	sayLegal           = "%s: %s"
	sayEitherElement   = "of those marked so one is enough"
	sayLookUp          = "; not read in the law's own words, so to be looked up before it is relied on"
	sayOrderNotHere    = "an order that this bundle does not show"
	sayNoRowHere       = "it has no row in this bundle"
	sayBothCounts      = "%d [occasion|occasions], by the rule alone %d"
	sayNothingShown    = "nothing in this pack"
	sayToldOfPart      = "Acts before and after the first of these are not counted: the rows of this bundle are not all of the case."
	sayElementWithheld = "details of %d [row|rows] that may show it are withheld from this pack"
	sayLinkedByHand    = "linked by hand"
	sayLeastAsked      = "%s asked for"
	sayMarkedOthers    = "Marked as what may break an order, and not counted here, for who did it does not have the name of whom that order is against: %s."
	sayLooseBreaches   = "Entries of possible breaches that name no event, and so count in no course of conduct, silence or time limit: %s."
	sayUncodedBreaches = "Named by the register as a possible breach, with no behaviour marked, and so counted in no course of conduct, silence or time limit: %s."
	sayNotInForce      = "On days on which it was not in force, and not counted: %s."
	saySides           = "Further sides of the pattern. Each number stands beside the rows that it counts; data/pattern.csv lists all of them. The counts are raw, and no conclusion is drawn."
	saySidesMore       = " and %d more"
	sayOwnAct          = "the person’s own act"
	sayOwnActs         = "%d [row|rows] of the person’s own [act is|acts are] counted under no behaviour."
	sayNoCodes         = "No row of this bundle was given a behaviour."
	sayOrders          = "As they were noted in the case. Where the paper itself is an exhibit, it is named."
	sayInForce         = "Incidents of which the person who wrote them down said that an order was in force."
	sayTermsWithheld   = "withheld from this pack"
	sayEffects         = "What those who wrote incidents down said of how it was for them and what they changed. The words are theirs."
	sayReports         = "Whom they told or reported it to, as they noted it."
	sayIncidentOf      = "Incident %d of %d, %s"
	sayRegisterEntry   = "%s, %s"
)

// The draft of a statement.
const (
	markDraft        = "DRAFT – not a signed statement"
	sayStatement     = "A draft for a police officer or a solicitor to take a statement from. The words about each incident are those that the person wrote down; only headings, numbers, dates, names of fields and marks in square brackets are the program's. A mark stands in the place of what the person keeps from the other side. Channels and accounts, kinds of place, whom they told in private, support, children who were present and private notes are not in it, and stand in the case. It is not signed, and it is not a statement."
	sayDeclaration   = "The words of the official form go here. The person reads them, and the whole of the statement, before signing."
	sayTopicsBefore  = "Before the incidents, in the person's own words:"
	sayIncidents     = "The incidents, in the order of their days, in the words in which they were written down:"
	sayTopicsAfter   = "After the incidents, in the person's own words:"
	saySeparateSheet = "Addresses, telephone numbers, dates to avoid, needs, and that in whose place a mark stands go on a separate sheet, which the other side does not get."
	sayOnSheet       = "[withheld: on the separate sheet]"
	sayReached       = "how to reach them"
	sayNoStatement   = "no statement was written: among what was chosen is no incident that anybody wrote down"
)

// Of what a statement about such a course of events speaks beside its
// incidents: headings alone.
var (
	topicsBefore = []string{"Who I am", "How I know the person", "How it began, and when it became unwanted"}
	topicsAfter  = []string{"How I knew who it was", "How they knew that it was unwanted", "What it did to me, over all", "What I fear, and why", "Children and others", "Earlier reports and orders", "What I kept, and how", "What I deleted or lost", "My own replies", "What might explain it otherwise"}
)

// The receipt of a handover.
const (
	titleReceipt       = "Receipt"
	sayReceipt         = "For what is handed over: a bundle, whole, as it was made. Print this twice; both sign both, and each keeps one."
	sayReceiptCheck    = "Whoever takes it can compare: in the folder of the bundle, “sha256sum manifest-sha256.txt” gives the sum above. That list holds the sum of every file in the folder data; VERIFY.txt has the other steps."
	sayReceiptExhibits = "%d, of which %d with the file itself in data/originals"
	sayGave            = "Handed over by:"
	sayTook            = "Taken by:"
)

// carrier are the fields of what it is handed over on.
var carrier = []string{"Handed over on (stick, disc, upload)", "Its mark or number"}

// signed are the fields of one who signs a receipt.
var signed = []string{"Name", "Place, date and time", "Signature"}

// The schedule of what is held.
const (
	saySchedule        = "Every file that is held in the case as material, whether or not it is in this bundle: %d. Which of them matter is for the reader to say."
	sayScheduleServed  = "Files that are not in this pack are counted and not named. The full pack lists each. What is in private registers, if there are any, is in no served pack and is not counted here."
	sayBeside          = "Held beside files:"
	sayHeldFiles       = "Each file that is held:"
	sayBesideIncidents = "incidents that were written down"
	sayBesideRegister  = "entries of the register “%s”"
	sayBesideEntries   = "entries of registers"
	sayBesidePrivate   = "entries of private registers (support, assessments, wishes, safety plans, people who help)"
	sayBesideFamily    = "papers of the family court whose permission is not noted: kept out of every bundle for a criminal court"
	sayBesideOwn       = "files that the program itself keeps (what was issued with a bundle, law packs), by number of item: %s"
	sayBesideJournal   = "entries of the journal, and those of them that this bundle opens"
	wordHere           = "In this bundle, or why not"
	sayHeldExhibits    = "exhibits of this bundle, with their files in it or without"
	sayHeldDeleted     = "deleted from the case; only its record is left"
	sayHeldContainer   = "not an exhibit: exhibits came inside it, and no row comes from it by itself"
	sayHeldAgain       = "not an exhibit: the same bytes as an earlier item"
	sayHeldLater       = "not an exhibit: the same bytes as a later item, which is one"
	sayHeldBroken      = "not an exhibit: it could not be read"
	sayHeldNoRow       = "not an exhibit: it was read, and no row comes from it"
	sayHeldNotChosen   = "not selected for this bundle, or left out of it"
	sayHeldUnread      = "not an exhibit: no row of this bundle comes from it or names it"
)

// Continuity.
const (
	sayContinuity    = "What was done with each exhibit, when and by whom, as the journal of the case noted it at the time. Who held a file before it was added, and who holds this bundle afterwards, is not in the journal: handovers are signed for on the receipt."
	sayHands         = "Whoever takes the exhibit over signs here, each in turn:"
	sayAlone         = "This exhibit by itself. Numbers of pages and rows are those of the bundle’s document, bundle.pdf."
	sayStepAdded     = "added to the case: %s"
	sayStepLabel     = "given the label %s"
	sayStepRead      = "read as %s, version %d of the reader: %d [row|rows], %d [record|records] skipped"
	sayStepDeleted   = "deleted from the case: %s"
	sayStepWithheld  = "something of it withheld from served packs, where the reason stands in its place: %s"
	sayStepAgain     = "what journal entry %d withheld is shown again"
	sayStepHealed    = "made whole again from its second copy"
	sayStepCopied    = "copied into this bundle, with the same SHA-256, as %s"
	sayStepNotCopied = "listed in this bundle without its file"
	sayStepsClosed   = "Further entries of the journal about this exhibit, which this pack does not open: %d."
)

// The system record.
const (
	sayTagged       = "The documents are tagged: programs that read aloud find headings, paragraphs, lists, tables, links and pictures in their order. Nobody has checked them against PDF/UA or PDF/A, and they are not whole by these: a picture says which exhibit it is and not what it shows, links have no words beside those printed, each row of a table of more than 2,000 rows is one paragraph whose links are not tagged, pages of other people's PDF are read as they come, and no profile of colours is in the file."
	saySystem       = "What wrote the record, as the journal itself tells it. The program made no other record of its own working."
	factForce       = "Force, service or firm"
	factReference   = "Its reference"
	factLead        = "Who leads the case"
	factContact     = "Single contact person"
	factCode        = "Work with devices, and the code"
	factLaw         = "Law packs of the program, and their days"
	factUnread      = "Files not read, or in part"
	wordLeaves      = "What its format does not carry"
	sayNeverChecked = "none was noted"
	sayChecked      = "%d, the last on %s"
	sayHeals        = "%d (a damaged copy was made again from the other one)"
	sayWarnings     = "What each of these numbers means, file by file:"
	sayPrograms     = "Versions of the program that wrote the journal"
	sayUsers        = "Who used it, as they named themselves"
	sayClock        = "Times of the journal are those of the computer's clock, which nobody else confirms. Beside it the program reads a second clock, which cannot be set, and notes where the two do not move together."
	sayNoJump       = "The journal notes no such movement."
	sayJumps        = "The journal notes %d such [movement|movements]."
	sayFormatLimits = "What the formats leave out"
)

// What tells of the life of those who kept the case, in words.
var detailWords = map[Detail]string{
	ShowPlace: "where an incident happened", ShowWitnesses: "who witnessed an incident, and which children were there", ShowFeelings: "what was felt and feared",
	ShowChanges: "what was changed because of an incident", ShowReports: "to whom an incident was reported, who was told of it, and who gave support",
	ShowOwn: "telephone numbers, e-mail addresses and accounts of the owner of the exports", ShowAddresses: "telephone numbers and e-mail addresses of everybody else",
	ShowMetadata: "what files hold beside what is seen, heard and read in them (place, device, owner, who wrote it, captions, notes, what was struck out), and with it the file of each film, sound and document that is shown", ShowDocuments: "documents and recordings of which no page shows every letter: the pages of PDFs, frames of films and the loudness of sounds",
	ShowClocks: "how somebody knew that the clock of a device was wrong", ShowSums: "the SHA-256 of texts and documents that are withheld, by which words of them can be tried",
}

// mayWords are strengths as they stand before a name: never a name alone.
var mayWords = map[string]string{"likely": "likely", "possible": "possibly", "unknown": "not known whether"}

// Addresses that a served pack withholds.
const (
	sayAddress         = "[address withheld]"
	sayWithheldMark    = "[withheld: %s]"
	sayCaptionMark     = "[withheld: a caption in the file or beside it]"
	sayWithheldAddress = "person %d (address withheld)"
	sayWithheldCalled  = "person %d (address withheld; other rows name it %s)"
)

// The chronology and its rows.
const (
	sayNoDate       = "no date"
	sayBytes        = "%d [byte|bytes]"
	sayAbout        = "about %s"
	sayBetween      = "between %s and %s"
	sayUntil        = "%s to %s"
	sayBefore       = "not later than %s"
	sayAfter        = "not earlier than %s"
	sayBasisUTC     = "from UTC"
	sayBasisOffset  = "by the source"
	sayBasisStated  = "by the person"
	sayBasisDevice  = "by the device"
	sayBasisAssumed = "assumed"
	sayBasisUnknown = "zone not known"
	sayRowLeftOut   = "Left out of this pack: %s"
	sayMarkedOut    = "Marked to be left out of a served pack: %s"
	sayMissingFile  = "named in the source, and not in it"
	sayCourse       = "The rows that a person wrote down as incidents, and those to which a person gave a behaviour code: %d, with %d [code|codes]. Occasions as a person split and joined them: %d; by the rule alone, which takes what lies less than 60 minutes apart on one channel as one: %d. What has no known hour joins no other by that rule, and what has no time is in no occasion."
	sayOwnWords     = "written down in the case, journal entry %d"
	sayItem         = "item %d"
	sayNoItem       = "there is no such item in the case"
	sayVersion      = "Version %d, written %s"
	sayChanged      = "by %s; version %d has changed: %s"
	sayChangedField = "%s (changed)"
	sayEarlier      = "corrected: this is version %d; %d earlier [version is|versions are] withheld; the full pack and the journal hold [it|them]"
	sayNearWords    = "as near as remembered"
	sayBeforeEvent  = "before it happened"
	sayMinutesAfter = "%d [minute|minutes] after"
	sayHoursAfter   = "%d [hour|hours] after"
	sayDaysAfter    = "%d [day|days] after"
	sayUTC          = "UTC %s"
	sayTimesAs      = "by the clock that the source shows; %s where it shows none"
	sayNoSum        = "not in this pack: whoever knows most of a file could try words until its sum fits. The line of journal entry %d in log/chain.txt fixes it."
	sayUsualZone    = "Where a row names a zone and does not say where the zone comes from, it is as in most rows: %s. What that means:"
	sayUsualHead    = "(zone: %s)"
	sayEntry        = "journal entry %d"
	sayOwner        = "the owner of this export"
	sayOwnerNamed   = "%s (owner)"
)

// A row that was corrected, and where its earlier versions stand.
const (
	sayCorrected     = "corrected: this is version %d; "
	sayEarlierData   = "the earlier ones are in the document of this bundle, under “" + titleDiary + "”"
	sayEarlierPage   = "the earlier ones are on its sheet"
	sayEarlierBelow  = "the earlier ones are below"
	sayStatedFirst   = "first written down %s"
	sayStatedTime    = ", with the time %s"
	sayStatedChanged = "changed since: %s"
)

// decisions are what a person is asked about a file, and the answers, in words.
var decisions = map[string]string{
	"owner": "whose export it is", "zone": "zone", "date-order": "order of dates",
	"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day",
}

// The people.
const (
	sayPeopleOfSupplement = "Rows are those of this supplement alone; the bundles that it continues count theirs."
	sayPeople             = "Rows of one telephone number, e-mail address or account are counted as one person's, and so are those of the owner of the exports and of one name within one export. Persons who may be the same are counted apart, unless a person who kept the case said that they are one; what they said, and why, stands with their name and is in the journal. A character that has no shape, or that looks like another one, has its number in Unicode in square brackets. Days are those of the zone above; a row that only names a month or a year counts from its first day. Nothing here shows who used a number, an address or an account."
	sayPeopleCut          = "%d more [person is|persons are] in the rows and [is|are] not printed here."
	sayMayBe              = "%s %s (%s)"
	sayMayBeRow           = " (reasons for and against it, and whose word it is: "
	factMayBe             = "Who this may be"
	sayPerhaps            = "%s: the same person as %s (%s)"
	sayOthers             = "%d [other|others] in this table"
	sayAlike              = "%s looks like %s, which is another person's name in this table"
	sayLinkedBy           = "%s, said by %s: %s"

	sayAlsoPrinted = "; also printed as %s"
	sayNotNamed    = "not named"
	sayNoName      = "(none given)"
	wordHandle     = "Number, address or name, how sure it is theirs, and why"
)

// The exhibits.
const (
	sayExhibitList    = "A label is given once and stays. Whoever added a file to the case is named as they named themself; whoever produces it is named in a statement."
	sayNoExhibits     = "There is no exhibit."
	sayExhibitRows    = "%d [row|rows] of the chronology [comes|come] from this exhibit or [names|name] it: "
	sayNoExhibitRow   = "No row of the chronology names this exhibit."
	sayTranscript     = "Transcript, read from the exhibit by this program: an aid. Each line leads to its row."
	sayTranscriptOf   = "Only the first %d of %d [row|rows] [is|are] printed here; the others are in the chronology and in data/events.jsonl."
	sayHeaders        = "The headers of the letter, as they stand in the file. Servers write them, and whoever sends a letter can write any of them:"
	sayTranscriptAt   = "Times: %s."
	sayClockUTC       = "from UTC, shown by the clock of %s"
	sayClockUTCShown  = "from UTC, shown with the offset that the source gives"
	sayClockOffset    = "by the clock and with the offset that the source gives"
	sayClockAssumed   = "by the clock of %s, assumed: a person or the setting of the case named it"
	sayClockBy        = "by the clock of %s, %s"
	sayClockUnknown   = "by the clock of the source, whose zone is not known, where no zone stands beside a time"
	sayTextWhole      = "The whole text of the file, as it is:"
	sayTextPart       = "Lines 1 to %d of the %d in the file are shown here, as they are: %d of its %d [byte|bytes]. %s"
	sayTextCut        = "The whole is the file %s."
	sayTextAbsent     = "The file is not in this pack."
	sayNoView         = "This kind of file is not shown on paper."
	sayNoneOfIt       = "Nothing of it is shown here: %s."
	sayEmptyFile      = "The file is empty."
	sayFrames         = "Frames of this film, taken from it by %s and made smaller where they are large: an aid. The film is cut into six parts of equal length, in each of which up to four frames are looked at: the first that is not black stands here, or the first where all are black, with its time since the film began."
	sayFramesFewer    = "In %d of the six parts no frame was found."
	sayFrameOf        = "%s at %s"
	sayFrameAlt       = "Exhibit %s: a frame of the film, %s after it began. Nobody has described what it shows."
	sayPrepared       = "pictures prepared for the pages of a bundle"
	sayLevel          = "Loudness over time, drawn by %s: an aid to find a place in the recording. No words are read out of it. 0 dB is the loudest that a file can hold."
	sayRecordingHere  = "The recording itself is in the bundle as a file."
	sayRecordingAway  = "The recording itself is not in this pack."
	sayLevelAlt       = "Exhibit %s: loudness of the recording over its %s."
	sayCounted        = ", counted by %s"
	sayAsFileSays     = ", as its file says"
	sayFileSays       = "; its file says %s"
	sayLasts          = "Duration: %s"
	sayNoFrames       = "Nothing of the recording is shown here, because its file is not in this pack."
	sayNotLookedInto  = "Frames, loudness and counted duration are not shown: they are made with ffmpeg (ffmpeg.org; on Debian and Ubuntu the package ffmpeg), which had not looked into this file when the bundle was made."
	sayNotShown       = "What is in the recording could not be shown by %s: %s. The file is unchanged."
	factFilms         = "Films and sounds"
	sayLookedBy       = "%d looked into by %s, which gave their duration, frames and loudness"
	sayLookedAway     = "%d of which nothing is shown, because [its file is|their files are] not in this pack"
	sayLookedNot      = "%d into which ffmpeg (ffmpeg.org) had not looked when the bundle was made"
	sayLookedLost     = "%d that ffmpeg could not read, or not wholly"
	sayInFolder       = "It is in the bundle as a file."
	sayPages          = "Pages of the file, each of which follows on a page of its own, no larger than it is: %d. What draws them was copied; scripts, links and files within them were not."
	sayPagesOfNamed   = "The file is damaged: of the pages that it names, this many could be read: %d of %d. Parts of these may be missing too."
	sayPagesHarmed    = "The file is damaged: the pages of it that could be read are %d; how many it had is not known. Parts of these may be missing too."
	sayPagesDrawn     = "Each follows on a page of its own, no larger than it is. What draws them was copied; scripts, links and files within them were not."
	sayPagesSmaller   = "Pictures on them that are finer than 300 dots an inch, and are copied here no finer than that: %d."
	sayPagesFiner     = "Pictures on them that are finer than that and stay so, because this program does not draw their kind: %d."
	sayPagesNotes     = "Fields of forms, and notes laid over the pages, are not printed: %d. The file has them."
	sayNoPages        = "The pages of the file are not printed here: %s."
	sayPageOf         = "%s, page %d of %d of the file."
	sayPageOfNamed    = "%s, page %d of the %d that could be read; the file is damaged, and names %d."
	sayPageHarmed     = "%s, page %d of the %d that could be read; the file is damaged, and how many it had is not known."
	sayPageUndrawn    = "What draws this page, or a part of it, is named in the file and is not there: the page may have shown more than is printed here."
	sayPageSum        = "SHA-256 of the file begins %s."
	sayPagesPainted   = "Shown as [a picture|pictures], for a part of [it|each] is withheld: %d of them ([page|pages] %s). The other words on [it|these] can be read, and not searched or copied."
	sayPagePainted    = "Shown as a picture: a part of it is withheld and painted over."
	sayPageNotShown   = "The page is not shown: a part of it is withheld, and there is no picture of it in which that part is painted over (%s)."
	sayNotDrawn       = "it could not be made"
	sayNoPicture      = "The picture could not be shown here: %s. The file is unchanged."
	sayMachineRead    = "Text that a machine read in this picture (%s): an aid to find it, and no part of the evidence. It may be wrong, and words may be missing; the picture is what counts."
	colMachineRead    = "In its pictures, read by a machine"
	colDirection      = "Direction"
	sayNoDirection    = "not stated: with those under “To”"
	sayReadIn         = "Words in the picture %s, read by a machine (%s)"
	sayPictureAlt     = "Exhibit %s: picture of a file of the type %s. Nobody has described what it shows."
	sayPicturePainted = "What is black in it is withheld and painted over; why stands with what is withheld."
	sayPicturePart    = " Too long for one page: part %d of %d; each after the first begins with a strip of the one before it."
	sayPictureOf      = "%s: a copy to look at. The SHA-256 of the file begins with %s."
	sayWallClock      = "%s, by the clock of the machine that packed it, whose zone is not known"
	sayFileHere       = "in this bundle: %s"
	sayEndsAnew       = "%s (its cover sheet says why it ends in .bin)"
	sayNoEnding       = "Its name there ends in .bin, and not as its own does. A web page runs what is in it and reaches for the network when it is opened: no file of a kind that could do so, or that is not known here, has an ending here that opens it at a double click. The bytes are those that were added."
	sayWithheld       = "withheld: %s"
	sayWithheldCopy   = "%s; shown as a copy without metadata"
	sayMoreRows       = " …, which data/exhibits.csv lists whole"
	sayNamedBy        = "named in a record of exhibit %s"
	sayHowFile        = "added as a file"
	sayHowMember      = "found inside another file that was added, item %s"
	sayHowAttached    = "attached to a record of another file, item %s"
	sayKindOfFile     = "%s (%s)"
	sayHowClipboard   = "pasted from the clipboard"
	sayWithinItem     = "item %d, %s"
	sayNotKnown       = "not known"
)

// Reason is why a row is left out of a served pack. The other side reads it, so
// it says enough to be answered and nothing of what it protects.
type Reason struct {
	Word string // to choose it by
	Text string // as it is printed
}

// reasons are what can be chosen from.
var reasons = []Reason{
	{"period", "not relevant to this period"},
	{"person", "about another person"},
	{"private", sayPrivate},
	{"legal", "legal advice (privileged)"},
	{"duplicate", sayDuplicate},
}

// Why something is withheld from a served pack.
const (
	sayPrivate         = "private (health, counselling, address)"
	sayDuplicate       = "a duplicate of another row"
	sayNotAsked        = "not shown in this pack: %s"
	sayContactCard     = "a contact card: this pack has the cards of those alone whom it is about"
	sayOtherReason     = "for a reason that only the full pack gives"
	sayWithheldMore    = "the file holds more than the rows of this pack"
	sayWithheldWords   = "the file holds something that this pack withholds"
	sayWithheldUnread  = "the program cannot read a file of this kind to its last letter, so nobody can say that it holds none of the words that this pack withholds; the full pack has the file"
	sayWithheldFilm    = "a part of it is withheld, and no part of a recording can be painted over"
	sayWithheldArea    = "a part of the picture is withheld; the picture that is shown is a copy without it"
	sayWithheldPage    = "a part of a page is withheld; the page that is shown is a picture without it, and the full pack has the file"
	sayWithheldPart    = "a part of what was read from the file is not in this pack: %s"
	sayPartWords       = "words in whose place a mark stands"
	sayPartAddresses   = "telephone numbers, e-mail addresses or accounts"
	sayPartFacts       = "further facts that stand beside the words"
	sayPartPlaces      = "places on the map"
	sayWithheldLeftOut = "the file holds a record that is left out of this pack"
	sayWithheldMeta    = "this kind of file can carry a place, a device or an address in parts that are not shown; the full pack has the file"
	sayWithheldBeside  = "the file holds more than the picture that is shown: such a part can tell a place, a device or an owner; the full pack has the file"
	sayWithheldStreams = "a file of this kind can hold a place, a device or an owner beside what is seen and heard; the full pack has the file"
	sayWithheldPDF     = "a PDF can hold who wrote it, notes, older words and further files beside its pages, so that its pages alone are shown; the full pack has the file"
	sayWithheldTitle   = "its title, its name or something else beside its pages holds what this pack withholds, so that its pages alone are shown; the full pack has the file"
	sayWithheldUnseen  = "words may stand on the pages of this PDF where nobody sees them, as under a box, and could be copied; the full pack has the file"
	sayWithheldHidden  = "a file of this kind can hold who wrote it, notes, what was struck out, places and further files beside what one reads in it; the full pack has the file"
	sayWithheldExport  = "an export holds more than its rows; the full pack has the file"
	sayFamilyPaper     = "a paper of the family court, kept out because its permission is not noted"
	sayDeleted         = "the file was deleted from the case; only its record is left"
)

// What exhibits came in.
const (
	sayContainers       = "Exhibits came inside these files, which are the ones that were added to the case. Each is in this bundle where its file is named; no row comes from it by itself."
	sayContainerKept    = "not in this bundle, kept in the case and to be had on request: %s"
	sayContainerMore    = "it holds more than was chosen"
	sayContainerNone    = "whoever made this bundle chose so"
	sayContainerLarge   = "it is large, and what was read from it is here"
	sayContainerFamily  = "a paper of the family court is inside it, and its permission is not noted"
	sayContainerDeleted = "a file inside it was deleted from the case"
)

// furtherFacts are names that telephones write in their exports, in words. The
// names as they came are in data/events.jsonl.
var furtherFacts = map[string]string{
	"read": "Read on the telephone", "seen": "Seen on the telephone", "locked": "Locked against deletion", "sub_id": "SIM card, by the telephone's own number",
	"date_sent": "Sent, as the telephone counts time", "service_center": "Service centre", "readable_date": "Time in the telephone's own words",
	"phone zone": "Zone of the telephone", "text length": "Length of the text", "m_size": "Size", "m_id": "Number of the message", "sim_slot": "SIM slot",
}

// What a served pack withholds, for whoever hands it over.
const (
	saySecretPainted    = "a file of which a part is painted over"
	saySecretWord       = "protected word (%s)"
	saySecretPassage    = "withheld passage (%s)"
	saySecretRow        = "row %d, which is left out"
	saySecretNote       = "private note"
	saySecretPlace      = "withheld place"
	saySecretTermPlace  = "place in an order's terms"
	saySecretTermPerson = "person in an order's terms"
	saySecretCaption    = "caption in a file"
	saySecretNet        = "network address"
	saySecretAddress    = "withheld address or number"
	saySecretWitness    = "withheld witness"
	saySecretEntry      = "withheld part of an entry"
	saySecretIncident   = "withheld part of an incident (%s)"
)

// What a served pack shows, for whoever hands it over.
const (
	sayShowsIncidents = "incidents in the person's own words"
	sayShowsIncident  = "incident in the person's own words"
	sayShowsRecords   = "files with the words of their records"
	sayShowsRecord    = "file with the words of its records"
	sayShowsReports   = "reports, and people who were told or gave support"
	sayShowsReport    = "report, or person who was told or gave support"
	sayShowsNames     = "names of people"
	sayShowsName      = "name of a person"
	sayShowsPicture   = "picture"
	sayShowsPictures  = "pictures"
	sayShowsFilms     = "films of which frames are shown"
	sayShowsFilm      = "film of which frames are shown"
	sayShowsFrames    = "frames of films"
	sayShowsFrame     = "frame of a film"
	sayShowsLevels    = "sounds of which the loudness is drawn"
	sayShowsLevel     = "sound of which the loudness is drawn"
	sayShowsPDFs      = "documents of which the pages are shown"
	sayShowsPDF       = "document of which the pages are shown"
	sayShowsPages     = "pages of documents"
	sayShowsPage      = "page of a document"
	sayShowsWhole     = "%s as whole files"
	sayShowsWholeOne  = "%s as a whole file"
	sayFilesFilms     = "films"
	sayFilesFilm      = "film"
	sayFilesSounds    = "sounds"
	sayFilesSound     = "sound"
	sayFilesTexts     = "texts and letters"
	sayFilesText      = "text or letter"
	sayFilesOthers    = "documents and other files"
	sayFilesOther     = "document or other file"
	sayShowsAddresses = "numbers and addresses of people"
	sayShowsAddress   = "number or address of a person"
)

// What could not be read.
const (
	sayAllRead        = "Everything that was claimed by a reader was read to its end, and no record was skipped."
	sayBroken         = "These files could not be read, or only in part. What was read before the fault is in the chronology."
	sayBrokenCount    = "Files in the case that could not be read, or only in part, and are not in this pack: %d."
	sayAsked          = "not read yet, because a question is open: %s"
	saySkips          = "These records were seen and not made into rows. The words are the record's own."
	saySkipsCount     = "Records that were seen and not made into rows: %d. Their words are not in this pack."
	saySkipsElsewhere = "Records that were seen and not made into rows, in files that are not in this bundle: %d. Their words are not in it."
	sayUnclaimedCount = "Files in the case that no reader knows: %d. Their names are not in this pack."
	saySkipsCut       = "The first %d [is|are] listed."
	sayMissing        = "Files that records name and that are not in the source: %d. The rows that name them say so."
	sayUnclaimed      = "Files that no reader knows. They are kept as they came and take no part in the chronology."
	sayDeletedItems   = "These items were deleted from the case. The bytes are gone; the entry that says so, and the number and the SHA-256, stay."
	sayDeletedCount   = "Items that were deleted from the case: %d. The full pack lists them."
	sayBatches        = "What each act of adding read, and what it left."
	sayBatchesAgain   = "Acts of adding that brought nothing new, because they were empty or every file in them was in the case already, and are not listed: %d (No. %s)."
	sayNamedFiles     = "%d, of them %d found, %d missing"
	sayUnfinished     = "not finished"
	sayGoneOnIn       = "cut short, and finished by No. %d"
	sayAlready        = "beside %d that [was|were] already there (the same message, or the same file, was added earlier)"
	sayNoneLeftOut    = "No row is left out."
	sayWithheldFiles  = "These exhibits are in this pack without their file."
	sayWithinRows     = "In these rows words are withheld, parts of what somebody wrote down, or the versions before. In the place of words stands the mark with the reason, whatever their length was; the full pack has the row whole."
	sayVersionsBefore = "earlier versions"
	sayWithinPictures = "Of these exhibits parts of the picture, or of a page, are painted over. Their file is not in this pack."
	sayPageOfIt       = ", page %d"
	sayWithheldList   = "A person said that this is withheld from what the other side may read: a protected word wherever it stands, a passage of a row or of an exhibit, or parts of a picture or a page. In this pack all of it stands as it came."
	sayEverywhere     = "wherever it stands"
	sayNotInBundle    = "not in this bundle"
	sayArea           = "%d by %d [pixel|pixels] at %d, %d of a picture of %d by %d"
	sayPageArea       = "%d by %d [point|points] at %d, %d of page %d, which has %d by %d"
	sayLeftOutRows    = "These rows were selected and are left out of this pack. The numbers are those of the full pack."
	sayLeftOutOn      = "These rows have come or changed since bundle %d, and are left out of this pack. The numbers go on from those of that bundle; in a supplement of the other pack the same row may have another number."
)

// Integrity.
const (
	sayIntegrity   = "Every file of this bundle is in a list of SHA-256 sums, the lists are in a list, and that list is signed. Of the two commands below, the first names every file in the lists that is changed or missing; the second, which runs only when there is none, tells whether the seal over the lists is the one that was signed. Whether a file was added, whose key it is, and whether the journal is whole is checked by the further commands of VERIFY.txt."
	sayPhrase      = "The head of the journal is the sum of its last line: it fixes every entry before it. Note it, or the phrase that stands for it, on paper. One that was noted earlier, of any state, is looked up by daybook-verify, or in VERIFY.html: it must be in the journal of every later bundle."
	sayCode        = "The head as a QR code, to be photographed and kept elsewhere: case, number of entries, and the 64 digits."
	sayFingerprint = "The fingerprint below tells which key signed. A bundle brings its own key, so compare the fingerprint with one that came by another way."
	sayWithheldLog = "Of %d journal [entry|entries], %d [is|are] opened in this bundle and %d [is|are] withheld. The withheld ones keep their line in log/chain.txt and can be asked for by number."
	sayOpenAll     = "This is the full pack of the whole case: every entry is opened, with everything that was ever written down in it."
	sayOpenServed  = "The opened entries are those in which the case was made and exhibits were added and labelled; one that holds something that this pack withholds is not opened."
	sayOpenSome    = "The opened entries are those about the rows and exhibits of this bundle."
	sayCommands    = "VERIFY.txt has all the commands, to be copied from there. The third of them, for a computer with sha256sum and OpenSSL 3 and a terminal open in the bundle's folder:"
	sayOtherWays   = "VERIFY.html does the same in a browser without a network, which sees no folder that is empty, and the program daybook-verify does it in one step."
)

// VERIFY.txt.
const (
	sayVerifyTitle = "How to check this bundle"
	sayVerifyIntro = `This folder is a BagIt bag (RFC 8493) that was made by Daybook. You can check it
with tools that you already trust: sha256sum and openssl (OpenSSL 3.0 or later;
the openssl that macOS comes with is another program and cannot do it). Do not
run a program that came in the bundle in order to check the bundle. Open a
terminal in this folder and type the commands below, one block after another.`
	sayVerifySums = `1. Nothing is changed and nothing is missing. This prints nothing when all is
   well, and otherwise the name of every file that is not as it was sealed:`
	sayVerifyExtra = `2. Nothing is added, and nothing leads out of the folder. This prints nothing when all is well, and otherwise the
   name of every file that is in no list:`
	sayVerifySeal = `3. The seal is signed by the key in log/signer.pem, and everything under it is as
   it was sealed: the sums are compared first, so that a single changed byte
   anywhere makes it fail. It prints "Signature Verified Successfully". If it
   fails while block 1 was silent, log/seal.sig or log/seal.txt was changed:`
	sayVerifyPrint = `4. Whose key it is. A bundle brings its own key, so this is worth something only
   if you compare the result with a fingerprint that came to you by another way
   (on paper, read out, from a solicitor or the police):`
	sayVerifyNote = `5. The journal's head is signed by the same key:`
	sayVerifyLog  = `6. The journal is whole, and the opened entries are those that it commits to.
   It prints one line for each fault and nothing when all is well (about 200
   entries a second):`
	sayVerifyFits  = `7. The signed head is that of this journal and of this list of files:`
	sayVerifyAdded = `8. Each file in data/originals is one that the journal says was added, under its
   number. It prints nothing when all is well, and otherwise the name of the file.%s`
	sayVerifyClosed = `
   In this pack it names the files below, and rightly so: the entry of each holds
   something that the pack withholds, and can be asked for:%s`
	sayVerifyNoted = `9. What was noted earlier. If somebody noted the head of the journal on paper, of
   the day of this bundle or of any day before, type all its digits between the
   two quotation marks, without spaces. It prints nothing when the journal in this
   bundle contains that state. Twelve words are looked up by daybook-verify
   --phrase "WORDS", or in VERIFY.html; docs/VERIFY.md of Daybook says how words
   and digits belong together:`
	sayExcerptTitle = "One file, and when it was added"
	sayExcerptIntro = `This folder shows one file of a Daybook bundle without the rest of it. It holds
the file (original), the entry of the journal that says that it was added
(entry.json), that entry's line in the public skeleton of the journal (line.txt),
what stands beside the line in the Merkle tree over all lines (path.txt, RFC 6962),
and the signed head of the journal (checkpoint, signer.pem). Open a terminal (bash)
in this folder and type the commands below, one block after another. Each prints
nothing when all is well, unless it says otherwise. daybook-verify does the same.`
	sayExcerptFile = `1. The file is the one that the entry says was added:`
	sayExcerptOnly = `2. Nothing else lies here, and the file is named as in the bundle, by its number
   and its SHA-256. It prints the name under which the entry says it was added,
   and one line for each fault:`
	sayExcerptEntry = `3. The entry is the one that the line commits to:`
	sayExcerptWay   = `4. The line is one of those over which the signed head stands:`
	sayExcerptNote  = `5. The head is signed. It prints "Signature Verified Successfully":`
	sayExcerptKey   = `6. Whose key it is. Compare the result with a fingerprint that came to you by
   another way, and the file checkpoint with the bundle that others were given:
   they are the same, byte for byte:`
	sayExcerptSays = `What this shows: the file is unchanged since the entry was made, and the entry
belongs to the journal whose head was signed. What it does not show: that the file
says the truth, who wrote it, when, other than by the clock of the computer on
which it was added, or what the rest of the bundle says. No signature stands over
this text (EXCERPT.txt): whoever hands the folder on can have written it anew. The
commands are those of docs/VERIFY.md of Daybook, where they stand too.`

	sayVerifySays = `What this shows: the files and the journal are those that the key signed when
the bundle was made, and the journal's entries follow each other without a gap.
What it does not show: that a file says the truth, who wrote it, or when, other
than by the clock of the computer on which it was added. Only a head of the
journal that somebody else noted earlier shows that the journal was not written
anew in between.`
	sayVerifyOpen = `VERIFY.html does the same in a browser, without a network; of folders that were
added and are empty it sees none. The program daybook-verify, which may lie
beside this folder and can be had where Daybook comes from, does it in one step
and in seconds.`

	// sayVerifiers stands beside the programs that check a bundle.
	sayVerifiers = `These three programs check a bundle of Daybook, one for each system. They read,
write nothing, and need no network. In a terminal, in this folder, where BUNDLE is
the folder of the bundle, or its zip:

  Linux     ./linux/daybook-verify BUNDLE
  Windows   windows\daybook-verify.exe BUNDLE
  macOS     ./macos/daybook-verify BUNDLE

They came from whoever made the bundle, who could have changed them as well. To
depend on nobody, use the commands that VERIFY.txt in the bundle prints, which need
sha256sum and openssl alone, or build daybook-verify from Daybook's source.

SHA-256 of each as it was put here:

%s`
)

// Words of the HTML timeline's own controls.
const (
	titleSearch   = "Search and filter"
	titleOverview = "Overview"
	titleDocument = "Document (PDF)"

	wordDay          = "day"
	wordWeek         = "week"
	wordMonth        = "month"
	wordYear         = "year"
	sayYears         = "%d [year|years]"
	sayWeekOf        = "week of %s"
	sayChart         = "Rows by %s, %s to %s"
	sayChartBy       = "Rows of what others did, by %s."
	sayChartOthers   = " Rows in no bar for that: %d."
	sayChartMost     = "The highest bar stands for %d [row|rows] in one %s. Days are those of the times as they stand first in the rows."
	sayChartUnplaced = "Rows whose source names no day, and which are in no bar: %d."
	sayPeriod        = "By %s"
	wordBottom       = "below the rows"
	wordChartTable   = "The same as a table"
	wordItsRows      = "Rows that come from it"
	wordFirstRow     = "First row"
	sayPersonOf      = "%s (person %d)"
	saySearchPart    = "%s, rows %s"
	wordSheet        = "PDF page"
	sayNoScript      = "Searching needs scripts, which are switched off in this browser. Every row stands on the pages that the first page lists, and those need none."
	wordFilters      = "Filters"
	wordWords        = "Words"
	sayWordsHelp     = "All of them must be in a row. “Words in quotation marks” must stand side by side."
	wordFromDay      = "From day"
	wordToDay        = "To day"
	wordClock        = "Times"
	wordClockLocal   = "local, with the zone"
	wordClockUTC     = "UTC"
	wordKinds        = "Kinds"
	wordPeople       = "People"
	wordSources      = "Exhibits"
	wordMarks        = "Marks"
	wordClear        = "Clear all filters"

	sayFoundCount   = "%s of %s rows"
	sayFoundReading = "Reading rows: %s of %s"
	sayFoundNone    = "No row fits all of these filters."
	sayFoundNoDay   = "Rows without a day, which no choice of days can find: %s."
	sayFoundPart    = "Rows %s to %s of those found"
	sayFoundChosen  = "Chosen: %s"
	sayFoundIn      = "%s: %s"
	sayFoundDays    = "days %s to %s"
	sayFoundFrom    = "from %s on"
	sayFoundTo      = "to %s"
	sayFoundOf      = "%s of %s"
	sayLocal        = "local %s"

	wordPages      = "Pages"
	wordPrevious   = "Earlier"
	wordNext       = "Later"
	wordShowImage  = "Show the picture"
	wordShowFrames = "Show frames of the film"
	wordOpenFile   = "Open the file"
	wordRows       = "Rows"
	wordSourceTime = "Time in the source"

	wordYes         = "yes"
	wordNo          = "no"
	wordBy          = "by"
	wordAgainst     = "against"
	wordAnd         = "and"
	wordOtherTime   = "Another time"
	wordClockShowed = "The clock showed"
	wordCorrection  = "Correction"
	wordMore        = "Further facts"
	wordImage       = "picture"
	wordVideo       = "video"
	wordAudio       = "recording"
	wordDocument    = "document"
	wordTextFile    = "text"
	wordMail        = "e-mail"
	wordFile        = "file"
	wordWritten     = "written down in the case"
	wordDiary       = "diary"
	wordDateTime    = "Date and time"
	wordRow         = "Row"
	wordFrom        = "from"
	wordAbout       = "about"
	wordTerm        = "Term"
	wordAuthor      = "written down by"
	wordTo          = "to"
	wordWith        = "with"
	wordIn          = "in"
	wordSkip        = "Skip to the content"
	sayHTMLIntro    = "Everything on these pages is in this folder; nothing is loaded from a network."
)

// Papers: what is filled from a case, one form each (assets/papers).
const (
	headPaper            = "%s. Version %s, by %s, review by %s"
	titlePaperStands     = "Where it stands"
	titlePaperShows      = "What may show it"
	titlePaperWhy        = "Why it is named"
	titlePaperAsks       = "Question"
	sayPaperTry          = "To try all of it on an invented case: “A walk through a sample case”, under “Help and safety”; in a terminal, %s."
	titlePaperLaw        = "By what the law calls it"
	factPaperState       = "State"
	factPaperReason      = "Why it does not apply"
	factPaperOwner       = "Who"
	factPaperDue         = "Due"
	factPaperAsked       = "It read, when it was answered"
	wordOwnWords         = "In your own words"
	sayPaperUnread       = "Nobody who speaks this language has checked the words of this form."
	sayPaperMade         = "%s, %s, case %s"
	sayPaperForm         = "version %s, by %s, after %s, looked up on %s; to be looked through by %s"
	sayPaperNothing      = "Nothing is held on this."
	sayPaperPrivate      = "Private: it stands here only when the person asks for it."
	sayPaperUnsaid       = "not said"
	sayPaperBarred       = "kept out of this paper"
	sayPaperGone         = "an event that is no longer in the case"
	sayPaperExhibit      = "exhibit %s"
	sayPaperItem         = "item %d, no exhibit yet"
	sayPaperOccasions    = "%d, and %d by the rule alone"
	sayPaperByHand       = "%d joined, %d split by hand"
	sayPaperNoOccasion   = "without a time, and so in no occasion: %d"
	sayPaperTaken        = "a time that the clock showed twice, where nothing tells which is meant, is taken as the second, one that it never showed as the moment of the change; the other reading gives as many"
	sayPaperOtherwise    = "a time that the clock showed twice, where nothing tells which is meant, is taken as the second, one that it never showed as the moment of the change; by the other reading they are %d"
	sayPaperChildMarked  = "a child was there, as somebody marked it"
	sayPaperCode         = "%s: %d, %s"
	sayPaperNoDay        = "of no certain day"
	sayPaperAndNoDay     = "%s, and %d of no certain day"
	sayPaperProtected    = "kept from the other side by the person"
	sayPaperUncoded      = "Without a code of behaviour: %d [event|events]."
	sayPaperSeveral      = "Some events have several codes and stand under each."
	sayPaperNoMonth      = "of no certain month"
	sayPaperMore         = "%d more [is|are] held and not listed here."
	sayPaperUnnumbered   = "%d [report|reports] without a crime or log number in a field of its own [is|are] noted, in the register or with incidents, and not listed here."
	sayPaperDayless      = "%d more [is|are] still to be done, and no day is noted on which [it|they] may be gone."
	sayPaperOver         = "Not in force on %s, and not listed here: %d."
	sayPaperWithIncident = "with an incident, %s"
	sayPaperBeside       = "noted with an incident"
	sayPaperAnOrder      = "an order; which one was not said"
	sayPaperOccasionsBy  = "Occasions, as split and joined by hand"
	sayPaperMarkedTerm   = "Marked as what may break an order. Which term was not said; it stands under the only order whose days fit, and that is not against somebody else than who did it."
	sayPaperMarkedBy     = "Marked as what may break an order. Which term was not said; the orders whose days fit are against somebody else than who did it."
	sayPaperNotAnswered  = "not answered (marked)"
	sayPaperAnother      = "Marked as what may break an order, and not counted here, for who did it does not have the name of whom this order is against: %d, %s. An entry of the register of possible breaches counts it."
	sayPaperMarkedOrder  = "Marked as what may break an order. Which order and which term was not said."
	sayPaperIndex        = "An index of what may show each, and no finding."
	sayPaperSource       = "Read in: %s, on %s."
	sayPaperPast         = "gone by"
	sayPaperNobodyNamed  = "nobody is named"
	sayPaperOf           = "%s alone. Events of the course of conduct that are not from or to them and do not name them are left out: %d of %d. Entries of registers are those of the whole case."
	sayPaperOffences     = "For: %s"
	sayPaperCountedFrom  = "It is counted from the last of what is linked to these offences:"
	sayPaperMayMove      = "%d of no certain day may move it as far as %s"
	sayPaperLatestDay    = "no event has a certain day: the day cannot be said; the latest possible is %s"
	sayPaperNoLatestDay  = "no event has a certain day: the day cannot be said, nor the latest possible"
	sayPaperMayMoveFar   = "%d of no certain day may move it; how far cannot be said"
	sayPaperMarkedOther  = "Marked as what may break an order. An entry says that it may have broken another order; of this one nobody said whether it did."
	sayPaperUnserved     = "No day of service of the order is noted, so this record does not say since when the other person knew of it."
	sayPaperNotServed    = "no day of service noted"
	sayPaperTwice        = "What it is of is counted under another order too."
	sayPaperDenied       = "Answered no, and so not counted as a possible breach: %d, by %s."
	sayPaperAnswered     = "Of the same, answered %s by %s, entry %d."
	sayPaperTerms        = "What it is of stands under another term of this order too: it is one event."
	sayPaperStranger     = "Who did it does not have the name of whom the order is against."
	sayPaperFrom         = "from %s"
	sayPaperSaidBy       = "said to be done by %s"
	sayPaperOutside      = "Its time is %s."
	sayPaperCorrected    = "corrected by %s on %s"
	sayPaperBefore       = "before that: %s"
	sayPaperUnlabelled   = "%d [file|files] without a label [is|are] in the case; a bundle gives each its label."
	sayPaperLacks        = "Of %d [entry|entries], %d [has|have] not all that is asked here."
	sayPaperSpan         = "%s to %s"
	sayPaperNoIncident   = "no incident linked"
	sayPaperOldNumbers   = "Some of these numbers were looked up more than six months ago. Check them before you rely on them."
	sayPaperSmall        = "Counts without names, all by one rule: less than five stands as <%[1]d, and the others in steps of five, as %[1]d+ for five to nine. Where reports by what became of them would tell of a small count by whom they went to, or the other way round, what became of them is not shown. Behaviour is counted in events, and registers in entries: what may break two terms of an order is two."
	sayPaperHidden       = "not shown"
	sayPaperKeptOut      = "Kept out of this paper: %d [event|events]." // for others, to whom the reason may tell something
	sayPaperKeptFamily   = "Kept out of this paper, because no permission of the family court is noted: %d [event|events]."
	labelTermPeople      = "Terms: people whom they name"
	labelTermPlaces      = "Terms: places that they name"
	labelTermAgainst     = "Terms: people whom they name (whom the order is against; of others a mark)"
	labelTermMark        = "Terms: places that they name (a mark in their place)"
	labelTermApart       = "Terms: their words (none of a term whose places and people are not told apart)"
	sayTermApart         = "This term is withheld: its places and people are not told apart."
	sayTermsApart        = "Withheld from it: the words of %d [term|terms] of orders, of which the places and the people are not told apart. Correct the order and name both of each term, or write “none” where it names none."
	sayPaperCut          = "Longer texts are cut here, with …, and some lists are shorter, so that it fits; the case has them whole."
	sayPaperStands       = "Answered: %d of %d. In part: %d. Not answered: %d. Not applicable: %d."
	sayPaperComplete     = "What must be there is there: %s."
	sayPaperIncomplete   = "It is not complete: words are needed in %s. It can be written all the same."
)
