// Package whatsapp reads the chat exports of WhatsApp: the .txt of one chat,
// from Android or an iPhone, in any language, bare or beside its media. It
// knows the form of the text and nothing of the app's databases.
//
// # The form
//
// A message begins with a header at the start of a line; every other line goes
// on with the message before it. Nothing is escaped.
//
//	iPhone    [date, time] name: text        with seconds
//	Android   date, time - name: text        without seconds; an en dash in some languages
//	the app   the same header and no "name: "
//
// The date is three numbers in the order and with the marks of the phone's
// locale ("25/12/2024", "13. 6. 2018.", "2024-12-25"), the time "21:05",
// "21.05" or "21 h 05", with or without a word before it ("klo", "um", "às")
// and a word for the half of the day before or after it (since 2023 after a
// U+202F). Digits may be those of any script. Years may be Buddhist or Persian;
// Islamic dates are kept as they stand, undated.
//
// The app marks its own texts on an iPhone with U+200E; a person who types
// "image omitted" leaves no mark. Where an export has marks at all, only marked
// texts are taken for the app's (flag AppText). Android's has none, so there the
// flag AppOrTyped, or the note of the file that was left out, says that a person
// may have typed it; only what stands before every person's message is the app's
// for certain. Nothing is taken out of a text in doubt.
//
// # What is told from what
//
// A first pass over the whole file, in constant memory, learns how the export
// writes its headers; a second reads, with a scout that looks ahead as far as
// one message can reach: WhatsApp sends 65,536 characters at most.
//
// The shape: everything about a time stamp but the values of its digits. An
// export is written in one go, so it has one. The first line of the file gives
// it, since no sender can have written that; if the beginning is cut off, the
// shape that recurs. Lines before the first header are skips.
//
// The order of day, month and year: the fewest contradictions (numbers that can
// be no month, steps back in time), of which the winner must have none, or at
// most a quarter of the next; one in the file's first line alone rules an order
// out. Then the dates in the names of attachments in the same lines; then the
// person's answer; then, as a weak reason that is flagged as assumed, that one
// number changes and the others do not; else the person is asked. What the file
// itself shows stands above the answer.
//
// A forged header is a line that looks like a header and is text of the message
// it stands in. It stays there, the message is flagged ForgedHeader, and Extra
// names the line and the reason. A line is one when
//
//   - its shape is not the export's, or its numbers are padded otherwise than
//     the first line's, or where that does not tell, than most are;
//   - it is no date in the export's order;
//   - the first message of the file ends in CR LF, as an iPhone parts messages,
//     so do at least a quarter of the others, and this line follows a bare LF,
//     as it parts the lines of one;
//   - its name looks like one met before, is written otherwise (invisible
//     characters, Cyrillic for Latin letters) and is rarer, and line ends do not
//     tell: it may as well be a message of its own, so the event names both
//     names, and the note on the whole file says how many such lines there are;
//   - its time is more than an hour (the most that a clock change takes) before
//     the message around it, and time comes back, or the file ends, before that
//     message has reached its greatest length, and it is not in doubt;
//   - its time is more than an hour after the message around it and after most
//     of the next 32 headers, these being three at least; or after one or two
//     that bear its name and nothing after them, since people do not forge
//     themselves.
//
// A time that steps back is in doubt when it follows that of one of the 17
// messages before it, and all between the two may be text of that one: either
// the later line or those it contradicts are forged, or late, and nobody can
// tell which. Then all of them are messages, so that no true one is swallowed.
//
// The last two hold only inside a person's message. A header that passes them
// all is a message: WhatsApp gives no means to tell. Wherever the time of a
// message steps back from that of the one before, by a minute or a year, both
// are flagged OutOfOrder, and so are all that are in doubt with them; Extra
// names the lines and their times ("order"). Only a step within the hour that
// the clock of a named zone shows twice is none: where there is one such step in
// a night, what stands before it is of the first of the two hours and the rest of
// the second, which Extra says ("clock change"). The price: a message that
// reached the phone more than an hour and 16 messages late stands, flagged, in
// the text of the one before it, and so does one after more than 16 headers
// that are forged ahead in one message; three or more headers that are forged
// back into the silence before the message they stand in, and outnumber the
// real ones after them, are messages. Of two exports joined in one file, the second is
// read if its form is the same and it is longer than a message can be; if its
// form is another, the reading ends with an error that says so.
//
// A name beside the two of a chat is no reason to take its line for text, for the
// app lets nobody tell; the message that bears it and the one before it are
// flagged ForgedHeader, and Extra names both readings. It is a chat of two where
// its file is named after one of its speakers, as Android does (an iPhone's line
// ends tell), and each line of a further name may be text of the message before
// it: none stands behind a line of the app, none is named by the app, and together
// they are at most half as many as those of either of the two (third.go).
//
// A text stands whole in its event, up to 256 KiB, which no message exceeds; a
// longer one is flagged TextCut, with its length and SHA-256. A file that does
// not end in a line feed may be cut off: its last message is flagged Truncated.
// So it is when the file ends in NUL bytes, which a crash or a bad memory card
// leaves: they are no text, and Extra says how many they are ("file end"). Any
// other NUL or control character, but tabs and line or page ends, stands in the
// text as its picture (U+2400 and following), and the message is flagged
// Undecoded.
//
// Exports of one chat hold the same messages again. Extra "same" is equal for
// one message in two of them (the wall clock, the sender, the words, the names of
// the files), so that the timeline, which tells whether they are of one chat,
// counts it once.
//
// # Sources
//
// The form was collected from public parsers and their tests (Pustur/
// whatsapp-chat-parser, mtln/chat-export, lucasrodes/whatstk, d3i-infra/
// data-donation-task, joweich/chat-miner, timelinize) and from descriptions of
// real exports by their users; the words for the halves of the day are those of
// Unicode CLDR, and the app's phrases those of its own translations as these
// parsers list them. No exports of real people are in the tests.
package whatsapp
