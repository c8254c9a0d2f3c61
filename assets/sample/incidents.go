package sample

// Incident is what Maya wrote down, in the fields of an incident form
// (LAW.md 3.2): her own words first.
type Incident struct {
	Occurred  string `json:"occurred"`            // wall clock of Zone, "2006-01-02 15:04", or a day
	Until     string `json:"until,omitempty"`     // the end, where it lasted or is only known to lie between
	Precision string `json:"precision"`           // exact, about, range, day
	Place     string `json:"place,omitempty"`     //
	Text      string `json:"text"`                // what happened
	Who       string `json:"who,omitempty"`       // who did it
	HowKnown  string `json:"how_known,omitempty"` // how she knows
	Words     string `json:"words,omitempty"`     // what was said, as near as she remembers
	Witness   string `json:"witness,omitempty"`
	Felt      string `json:"felt,omitempty"`
	Changed   string `json:"changed,omitempty"`
	Reported  string `json:"reported,omitempty"` // to whom, with which reference
	Feared    bool   `json:"feared,omitempty"`   // feared violence
	Breach    bool   `json:"breach,omitempty"`   // of the order then in force
	Code      string `json:"code"`               // behaviour, marked afterwards; empty: what she did herself
}

// Entry is an entry of a register: orders, requests to stop, changes.
type Entry struct {
	Register string            `json:"register"` // order, notice, change
	Made     string            `json:"made"`
	Ends     string            `json:"ends,omitempty"`
	Text     string            `json:"text"`
	Fields   map[string]string `json:"fields"`
	Terms    []string          `json:"terms,omitempty"`
	File     string            `json:"file,omitempty"`    // that shows it
	Follows  string            `json:"follows,omitempty"` // somebody, on whose last message it followed
}

func entries() []Entry {
	return []Entry{
		{Register: "notice", Made: "2025-07-18 20:05", Text: "Asked him by message to stop contacting me.",
			Fields: map[string]string{"how": "asked to stop", "against": danFull, "by": Owner, "channel": "by message", "answer": "He answered within a minute."}},
		{Register: "order", Made: "2025-09-12 14:00", Ends: "2026-09-12", Text: "The court forbade " + danFull + " to contact me or to come near my home.", File: orderFile,
			Fields: map[string]string{"sort": "non-molestation order", "against": danFull, "court": "Family Court (fictional)", "served": "2025-09-12", "served_how": "by a process server, at 16:30"},
			Terms:  []string{"Not to contact the applicant by any means", "Not to come within 100 metres of the applicant's home"}},
		{Register: "notice", Made: "2025-08-21 21:30", Text: "Blocked his number and his account.", Follows: danName,
			Fields: map[string]string{"how": "blocked", "against": danFull, "by": Owner, "channel": "WhatsApp and telephone"}},
		{Register: "change", Made: "2025-09-14", Text: "New locks on both doors.", File: receiptFile,
			Fields: map[string]string{"part": "home", "cost": "140", "support": "The locksmith's receipt."}},
	}
}

func incidents() []Incident {
	dan, seen := danFull, "I saw him myself"
	return []Incident{
		{Occurred: "2025-06-22 07:50", Precision: "about", Place: "home", Text: "Flowers lay on the step when I opened the door. No card. He had written the night before that he left something.", Who: dan, HowKnown: "his message", Felt: "Uneasy.", Code: "LEAVE"},
		{Occurred: "2025-06-29 18:10", Precision: "about", Place: "street", Text: "He stood at the bus stop across from my work when I came out. He waved.", Who: dan, HowKnown: seen, Felt: "Sick.", Code: "LOITER"},
		{Occurred: "2025-07-06", Precision: "day", Place: "online", Text: "He liked every picture on my page, back to 2019.", Who: dan, HowKnown: "his account name", Felt: "Watched.", Code: "MONITOR"},
		{Occurred: "2025-07-09 07:55", Precision: "exact", Place: "home", Text: "A note under the wiper: WE ARE NOT DONE.", Who: dan, HowKnown: "his handwriting", Felt: "Frightened.", Code: "LEAVE"},
		{Occurred: "2025-07-18 20:05", Precision: "exact", Place: "online", Text: "I told him in clear words to stop. He answered within a minute.", Who: dan, HowKnown: "his number", Felt: "Shaking, but relieved.", Code: "CONTACT"},
		{Occurred: "2025-07-24 21:30", Until: "2025-07-24 23:00", Precision: "range", Place: "home", Text: "A car with its lights off stood opposite. I could see somebody in it.", Who: dan, HowKnown: "not sure, the car looked like his", Felt: "I sat in the bathroom until it was gone.", Code: "WATCH"},
		{Occurred: "2025-08-02 18:20", Precision: "exact", Place: "home", Text: "Grey car opposite again, I took a picture.", Who: dan, HowKnown: "the number plate", Felt: "Angry and afraid.", Code: "WATCH"},
		{Occurred: "2025-08-07", Precision: "day", Place: "work", Text: "He rang my manager and said that I was not well.", Who: dan, HowKnown: "my manager knows him", Witness: "R. Singh (manager)", Felt: "Ashamed.", Code: "PUBLISH"},
		{Occurred: "2025-08-09 23:02", Precision: "exact", Place: "online", Text: "He sent me a made-up message as though I had written it.", Who: dan, HowKnown: "his number", Felt: "Afraid that people will believe it.", Code: "CONTACT"},
		{Occurred: "2025-08-15 17:45", Precision: "about", Place: "station", Text: "He was on platform 3 before me. He did not say anything.", Who: dan, HowKnown: seen, Felt: "I let the train go.", Changed: "I take the bus now, 25 minutes longer.", Code: "FOLLOW"},
		{Occurred: "2025-08-21 21:30", Precision: "exact", Place: "home", Text: "I blocked his number.", Felt: "Calm for an hour.", Changed: "Blocked him everywhere."},
		{Occurred: "2025-08-23 22:10", Until: "2025-08-23 23:05", Precision: "range", Place: "home", Text: "Seventeen silent calls, no number shown.", HowKnown: "not sure who it was", Felt: "I could not sleep.", Feared: true, Code: "CONTACT"},
		{Occurred: "2025-08-24 08:30", Precision: "exact", Place: "home", Text: "The side gate stood open, and I had shut it.", HowKnown: "not sure", Felt: "Afraid in my own house.", Feared: true, Reported: "101, log 0417 of 24 August 2025", Code: "ENTER"},
		{Occurred: "2025-08-30 19:15", Precision: "about", Place: "gym", Text: "He asked at the desk when I come in.", Who: dan, HowKnown: "told by Layla", Witness: "Layla Haddad", Felt: "I will not go back.", Changed: "Left the gym, £38 a month paid to December.", Code: "MONITOR"},
		{Occurred: "2025-09-03 19:02", Precision: "exact", Place: "home", Text: "Grey car again. He looked straight at me.", Who: dan, HowKnown: seen, Felt: "Afraid he would get out.", Feared: true, Reported: "PC 4471 Okafor, crime number 1350/25", Code: "WATCH"},
		{Occurred: "2025-09-08", Precision: "day", Place: "home", Text: "My post had been opened and put back.", HowKnown: "he wrote that he put it back", Who: dan, Felt: "Sick.", Code: "INTERFERE"},
		{Occurred: "2025-09-14 10:10", Precision: "exact", Place: "home", Text: "Had the locks changed.", Felt: "Safer, and poorer.", Changed: "New locks, £140."},
		{Occurred: "2025-09-20 12:00", Precision: "exact", Place: "online", Text: "A new account followed me: quiet.watcher.417. The number is the end of his old one.", HowKnown: "not sure", Felt: "Of course he found me.", Code: "MONITOR"},
		{Occurred: "2025-09-23 08:40", Precision: "about", Place: "home", Text: "Two messages although the order says no contact.", Who: dan, HowKnown: "his number", Felt: "The paper does not stop him.", Breach: true, Reported: "PC 4471 Okafor, by telephone", Code: "CONTACT"},
		{Occurred: "2025-09-30 21:45", Precision: "about", Place: "home", Text: "A parcel without a sender: a child's torch and my old hoodie.", HowKnown: "the hoodie was his", Who: dan, Felt: "Cold.", Code: "LEAVE"},
		{Occurred: "2025-10-03 23:12", Precision: "exact", Place: "home", Text: "A picture message of the lamp outside my window: see what I see.", HowKnown: "number ending 662", Felt: "He was outside while I read it.", Feared: true, Reported: "999, log 2210 of 3 October 2025", Code: "WATCH"},
		{Occurred: "2025-10-11 17:40", Precision: "exact", Place: "station", Text: "He stood at the end of platform 3 and filmed me.", Who: dan, HowKnown: seen, Witness: "a woman in a red coat, name not known", Felt: "Humiliated.", Code: "FOLLOW"},
		{Occurred: "2025-10-18", Precision: "day", Place: "school", Text: "He was at my nephew's school fair. He did not come near us.", Who: dan, HowKnown: seen, Witness: "my sister", Felt: "Afraid for the children.", Code: "LOITER"},
		{Occurred: "2025-10-26 01:20 +01:00", Until: "2025-10-26 02:10 +00:00", Precision: "range", Place: "home", Text: "He rang the bell and stood close to the camera. That was the night the clocks went back.", Who: dan, HowKnown: "the doorbell's picture", Felt: "I thought he would break the door.", Feared: true, Breach: true, Reported: "999, log 0071 of 26 October 2025", Code: "LOITER"},
		{Occurred: "2025-10-31 20:00", Precision: "about", Place: "home", Text: "Somebody in a mask stood at the gate for ten minutes. Children were about, so I am not sure it was him.", HowKnown: "not sure", Felt: "I switched off every light.", Code: "LOITER"},
		{Occurred: "2025-11-02 12:30", Precision: "exact", Place: "home", Text: "Layla photographed his car across the road.", Who: dan, HowKnown: "told by Layla, who took the picture", Witness: "Layla Haddad", Felt: "At least somebody else saw it.", Code: "WATCH"},
		{Occurred: "2025-11-05", Precision: "day", Place: "online", Text: "A page was made with my name and my photo. It asks strangers to visit.", HowKnown: "not sure", Felt: "I cannot go out.", Reported: "the platform, report 88213", Changed: "Took my page down.", Code: "PUBLISH"},
		{Occurred: "2025-11-08 06:40", Precision: "exact", Place: "online", Text: "E-mail with a photo of my street from inside a car.", Who: dan, HowKnown: "his address", Felt: "He does not sleep either.", Code: "CONTACT"},
		{Occurred: "2025-11-09 16:05", Precision: "about", Place: "home", Text: "Scratches around the lock.", HowKnown: "not sure", Felt: "Afraid at night.", Feared: true, Reported: "PC 4471 Okafor", Code: "INTERFERE"},
		{Occurred: "2025-11-16 18:45", Precision: "exact", Place: "home", Text: "Babcia rang: pan Dan znowu dzwonił i pytał o mnie.", Who: dan, HowKnown: "told by my grandmother", Witness: "Zofia Kowalska", Felt: "Why her.", Code: "CONTACT"},
	}
}

// Joining is what Maya says about who is who: that a handle is somebody's, or
// her own.
type Joining struct{ Handle, To, Strength, Reason string }

// joinings are Dan's own; whose the new number is, nobody knows for certain.
func joinings() []Joining {
	return []Joining{
		{Handle: mayaMail, Strength: "certain", Reason: "My own address."},
		{danNumber, danName, "certain", "His number since we met; he is Dan R in my phone."},
		{danMail, danName, "certain", "His own address; he gave it to me himself."},
		{"name:incident:0:" + danFull, danName, "certain", "The Dan Reed whom I write about is the Dan R of my phone."},
	}
}

// Attribution is what Maya says about who may use a number that nobody is known to
// use, with her reasons on both sides.
type Attribution struct {
	Handle, To, Strength string
	For, Against         []string
}

func attributions() []Attribution {
	return []Attribution{{newNumber, danName, "likely",
		[]string{"It writes “since you blocked me” on the day after I blocked him", "It knows which train I took, as he did"},
		[]string{"It never says a name, and I have not heard a voice"}}}
}

// Area is a part of a picture that Maya keeps from the other side, in pixels.
type Area struct {
	File, Code          string
	X, Y, Width, Height int
	Wide, High          int
}

// areas are the numbers and addresses that her screenshots show.
func areas() []Area {
	return []Area{{"Screenshot_20251004-091527_Messages.png", "PHONE", 16, 36, 240, 36, shotWide, shotHigh}}
}
