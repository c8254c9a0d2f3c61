package timeline

// Behaviour is a sort of conduct that an event shows: the code of a mark.
type Behaviour struct {
	Code  string
	Title string // in plain words
}

// Behaviours lists the codes: the seven examples of the Protection from
// Harassment Act 1997, section 2A(3), and those that Scotland's and Northern
// Ireland's laws list beside them. The lists of the laws are examples.
func Behaviours() []Behaviour {
	return []Behaviour{
		{"FOLLOW", "Following"},
		{"CONTACT", "Contact or attempted contact by any means"},
		{"PUBLISH", "Publishing about the person, or as if from the person"},
		{"MONITOR", "Monitoring internet, e-mail or other electronic communication"},
		{"LOITER", "Loitering in any place"},
		{"INTERFERE", "Interfering with property in the person's possession"},
		{"WATCH", "Watching or spying"},
		{"ENTER", "Entering premises"},
		{"LEAVE", "Giving things, or leaving them to be found"},
		{"OTHER", "Any other act that would cause fear or alarm"},
	}
}
