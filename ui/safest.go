package ui

import (
	"fyne.io/fyne/v2/lang"
)

// safePlace is what to think of before anything is typed.
func safePlace() []paragraph {
	return []paragraph{
		{"", "Before you type anything, take a minute. Nothing you think of here is asked or kept."},
		{"Who can open this computer?", "If somebody else knows its password, shares your account, or repairs it for you, they may find that a record is kept here, even if they cannot read it."},
		{"Is it copied somewhere else?", "A folder that is backed up or shared with OneDrive, Dropbox, iCloud or Google Drive is on every computer that shares it. Choose a folder that is not, or a USB stick that you keep with you."},
		{"Could it be watched?", "A program that takes pictures of the screen or records keys sees what you type here. Does somebody know things that you only ever wrote or said near this computer? Then do not use it for this. Do not try to remove anything either: it may warn them. Ask a helpline what to do."},
		{"Is there a better place?", "A computer at work, at a library or at a friend's. A notebook that stays with somebody you trust. A stalking advocate or the police can keep a record with you. A safer place is better than a better program."},
	}
}

// safestPage asks whether this is the safest place, before a case is made.
func safestPage(w *Window) view {
	v := read(prose(safePlace()),
		primary(lang.L("Go on here"), func() { w.show(createID) }),
		newButton(lang.L("Who could help me?"), func() { w.show(helpID) }),
		newButton(lang.L("Not here"), w.quit),
	)
	v.title = lang.L("Is this the safest place to keep it?")
	return v
}

// safePlacePage is the same to be read again.
func safePlacePage(w *Window) view {
	return read(prose(safePlace()), newButton(lang.L("Back"), func() { w.show(helpID) }))
}

// limits is what no program of this kind can do.
func limits() []paragraph {
	return []paragraph{
		{"", "Daybook locks what you keep and hides its window. It cannot make itself disappear."},
		{"That it is on this computer", "The program itself can be found, and so can the case folder, its size, and the days on which it changed. Only what is inside cannot be read without the passphrase or the recovery words."},
		{"What the system remembers", "The system may note that the program was started and which folder was chosen. Where fonts are looked up it keeps a list of the fonts of this computer. Nothing from a case stands in these notes."},
		{"Your screen and your keys", "Somebody who looks over your shoulder, a camera, or a program that watches the screen or the keys sees what you see and type, the passphrase too."},
		{"Where files came from", "Daybook copies what you add. The messages, pictures and exports you added are still where they were, and so are downloads and the bin. A bundle you make can be read by everybody who has it."},
		{"Memory and sleep", "While a case is open its keys, and what you look at, are in the computer's memory. A lock wipes the keys at once, and within half a minute gives back the memory in which words stood; some of the last ones can stay there until the memory is used again. Close the program to be rid of them, and lock before you leave. A computer that sleeps or hibernates may write its memory to the disk. Daybook locks before that where the system says that it will sleep, as Windows and most Linux systems do, and when it wakes on others, as on a Mac."},
		{"That you were made to open it", "There is no second, harmless passphrase and nothing deletes itself. A record that can vanish is worth less to you, and it looks like destroyed evidence. If you are made to open it, stay safe first."},
		{"A lost passphrase", "Nobody can open a case without the passphrase or the recovery words. Not us, not the police, not you."},
	}
}

// limitsPage says what Daybook cannot hide.
func limitsPage(w *Window) view {
	return read(prose(limits()), newButton(lang.L("Back"), func() { w.show(helpID) }))
}
