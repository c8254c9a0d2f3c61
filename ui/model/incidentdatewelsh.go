package model

import (
	"strings"
	"time"
)

// The names of months and days in Welsh, and its words for days near this one. A day
// may be typed in either language, whichever the window speaks.
var (
	welshMonths = []string{"ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin", "gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr"}
	welshDays   = []string{"sul", "llun", "mawrth", "mercher", "iau", "gwener", "sadwrn"}
	welshNear   = map[string]string{"heddiw": "today", "ddoe": "yesterday", "neithiwr": "last night", "echdoe": "day before yesterday", "yfory": "tomorrow"}
)

// inEnglish gives a day as it was typed with English names in the place of Welsh ones.
// Mawrth is a month, or the day where another month follows.
func inEnglish(typed string) string {
	if near, ok := welshNear[strings.ToLower(strings.TrimSpace(typed))]; ok {
		return near
	}
	words := strings.Fields(typed)
	for i, w := range words {
		bare := strings.TrimRight(strings.ToLower(w), ".,")
		month, day := welshNamed(bare, welshMonths), welshNamed(bare, welshDays)
		switch {
		case day >= 0 && (month < 0 || i == 0 && hasMonth(words[1:])):
			words[i] = time.Weekday(day).String()
		case month >= 0:
			words[i] = time.Month(month + 1).String()
		}
	}
	return strings.Join(words, " ")
}

func hasMonth(words []string) bool {
	for _, w := range words {
		w = strings.TrimRight(strings.ToLower(w), ".,")
		if welshNamed(w, welshMonths) >= 0 || monthNamed(w) != 0 {
			return true
		}
	}
	return false
}

// welshNamed is the place of the name that begins with the letters, three at least; -1: none.
func welshNamed(letters string, names []string) int {
	if len(letters) < 3 {
		return -1
	}
	for i, n := range names {
		if strings.HasPrefix(n, letters) {
			return i
		}
	}
	return -1
}
