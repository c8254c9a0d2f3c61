package timeline

import "strings"

// Behaviour is a sort of conduct that an event shows: the code of a mark.
type Behaviour struct {
	Code  string
	Short string // in a word or two, beside an event
	Title string // in plain words
}

// Behaviours lists the codes: the seven examples of the Protection from
// Harassment Act 1997, section 2A(3), and those that Scotland's and Northern
// Ireland's laws list beside them. The lists of the laws are examples.
func Behaviours() []Behaviour {
	return []Behaviour{
		{"FOLLOW", "following", "Following"},
		{"CONTACT", "contact", "Contact or attempted contact by any means"},
		{"PUBLISH", "publishing", "Publishing about the person, or as if from the person"},
		{"MONITOR", "monitoring communications", "Monitoring internet, e-mail or other electronic communication"},
		{"LOITER", "loitering", "Loitering in any place"},
		{"INTERFERE", "interfering with property", "Interfering with property in the person's possession"},
		{"WATCH", "watching or spying", "Watching or spying"},
		{"ENTER", "entering premises", "Entering premises"},
		{"LEAVE", "leaving things", "Giving things, or leaving them to be found"},
		{"OTHER", "other", "Any other act that would cause fear or alarm"},
	}
}

// BehaviourWords is a code in a word or two; another one stays as it is.
func BehaviourWords(code string) string {
	for _, b := range Behaviours() {
		if strings.EqualFold(b.Code, code) {
			return b.Short
		}
	}
	return code
}
