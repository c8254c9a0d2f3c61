package sample

// The people. Dan is the person complained of, Maya keeps the record.
const (
	danName   = "Dan R"    // in Maya's phone
	danFull   = "Dan Reed" // as she writes about him
	danNumber = "+447700900417"
	danMail   = "dan.reed@mail.example"
	newNumber = "+447700900662"
	mayaMail  = "maya.kowalska@post.example"
	layla     = "Layla 🌙"
	babcia    = "Babcia"
	babciaNo  = "+48225550147"
	police    = "PC 4471 Okafor"
)

// What Dan writes, in three stretches: before he is asked to stop, after, and
// after the order.
var danBefore = []string{
	"Hey, only me. Just checking you got home ok",
	"You looked lovely in that green coat today x",
	"Why are you not answering?",
	"I can see you're online you know 😔",
	"Saw your light was on late. Can't sleep either?",
	"I left something on your step 🌹",
	"We need to talk. Properly. Not like this",
	"I drove past, your bins are still out",
	"You always did ignore people when it suits you",
	"ok fine. good night then",
	"Who was that in the blue Corsa?",
	"Your mum would want you to talk to me",
	"I'm outside Costa if you want to say sorry",
	"Do you still have my grey hoodie",
	"Read this: it's about us\nI wrote it on the train\nplease",
}

var danAfter = []string{
	"You don't get to just decide that",
	"Blocking me won't help, I have other phones",
	"I know what time you finish on Thursdays",
	"Answer me",
	"ANSWER ME",
	"You will regret this 😡",
	"Tell Layla to mind her own business",
	"Nice new lock. Won't change anything",
	"I'm not going anywhere 🙂",
	"22:14 light off. Sweet dreams",
	"I only want five minutes. Is that so hard??",
	"You changed your route. Why?",
	"Happy birthday 🎂🎉 did you get the parcel",
	"I was there before you were: the 17:42 from platform 3",
}

var danOrder = []string{
	"A piece of paper doesn't scare me",
	"This isn't contact, I'm just telling you I'm moving nearby",
	"Ask your solicitor if they like the view from the car park",
}

var mayaShort = []string{
	"I'm fine, please don't come round",
	"I was asleep",
	"Please stop commenting on what I wear",
	"No.",
	"I don't have it",
	"Don't leave things at my door please",
	"I don't want to talk",
}

// Layla and Maya, partly in Arabic.
var laylaSays = []string{
	"هل أنت بخير؟",
	"I'm coming over after work, ok?",
	"لا تفتحي الباب لأحد 🙏",
	"Write it all down, every single one. الكل",
	"He was at the gym again asking about you",
	"أنا معك دائما ❤️",
	"Did you tell the police about الخميس (Thursday)?",
	"👩‍👧 Mum says stay with us",
}

var mayaToLayla = []string{
	"شكرا حبيبتي",
	"He's sitting in his car opposite. Third time this week",
	"I rang 101, they gave me a number",
	"I'm scared to put the bins out",
	"Changed the locks today. £140 😩",
	"ok. سأكتب كل شيء",
	"I moved my shifts so I leave at 4 now",
}

// Grandmother, in Polish.
var babciaSays = []string{
	"Kochanie, czy wszystko w porządku?",
	"Zadzwoń wieczorem, proszę 🙂",
	"Ten pan znowu dzwonił. Nic mu nie powiedziałam.",
	"Uważaj na siebie, śnieżynko",
}

var mayaToBabcia = []string{
	"Tak babciu, jestem u Layli",
	"Nie odbieraj od niego, proszę",
	"Zażółć gęślą jaźń! Działają mi wreszcie polskie litery 😀",
}

var mailSubjects = []string{
	"Us", "Re: Us", "Please read", "Last one, promise", "You owe me an answer", "Przepraszam",
	"I saw you", "Things I should have said", "Re: Things I should have said", "Your shift on Thursday",
	"A photo of our street", "Fwd: Us",
}
