package pictures

import (
	"regexp"
	"slices"
	"strings"
)

const month = `(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?`

// shownTime finds clocks and dates as screens show them.
var shownTime = regexp.MustCompile(`(?i)\b(?:` + strings.Join([]string{
	`\d{4}-\d\d?-\d\d?`,
	`\d{1,2}[./]\d{1,2}[./]\d{2,4}`,
	`(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?\d{1,2}(?:st|nd|rd|th)? ` + month + `(?:,? \d{4})?`,
	month + ` \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?`,
	`(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\b\.?)?`,
	`(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day`, `Yesterday`, `Today`,
}, "|") + `)`)

// maxTimes is how many times of one picture are proposed.
const maxTimes = 20

// ShownTimes gives the clocks and dates that were read in a picture, as they
// stand in it and each once. They are proposals: what a clock on a screen shows
// places no event, and the engine may have read it wrongly.
func ShownTimes(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		for _, s := range shownTime.FindAllString(line, -1) {
			if !slices.Contains(out, s) && len(out) < maxTimes {
				out = append(out, s)
			}
		}
	}
	return out
}
