package importers

import "strings"

// Withheld says what Android means by what it writes in the place of a number
// that it does not have; empty for what may be a number. Such a place is nobody:
// two of them need not be one person.
func Withheld(number string) string {
	switch strings.TrimSpace(number) {
	case "-1":
		return "number not known"
	case "-2":
		return "number withheld"
	case "-3":
		return "payphone"
	}
	return ""
}
