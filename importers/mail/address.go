package mail

import (
	"strings"

	"daybook/timeline"
)

// maxParties is how many addresses of one message are listed.
const maxParties = 5000

// addresses reads a list of addresses as programs write it. What is none is
// kept as a name. whole is false when a name could not be decoded.
func addresses(value, hint string) (parties []timeline.Party, whole bool) {
	whole = true
	for rest := value; rest != "" && len(parties) < maxParties; {
		var one string
		one, rest = cutAddress(rest)
		p, ok := address(one, hint)
		whole = whole && ok
		if p != (timeline.Party{}) {
			parties = append(parties, p)
		}
	}
	return parties, whole
}

// cutAddress cuts at the first comma or semicolon outside quotes, comments and
// angle brackets.
func cutAddress(s string) (one, rest string) {
	quoted, comment, angle := false, 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(':
			comment++
		case c == ')' && comment > 0:
			comment--
		case comment > 0:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case (c == ',' || c == ';') && !angle:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// address reads "Name <address>", "address (Name)" or an address alone.
func address(one, hint string) (p timeline.Party, whole bool) {
	one = strings.TrimSpace(withoutGroup(one))
	name, where := "", ""
	if open := strings.LastIndexByte(one, '<'); open >= 0 {
		name = one[:open]
		where, _, _ = strings.Cut(one[open+1:], ">")
	} else if bare := strings.TrimSpace(withoutComments(one)); strings.Contains(bare, "@") || !strings.ContainsAny(bare, " \t:") {
		where = bare
		if i := strings.IndexByte(one, '('); i >= 0 {
			name = strings.TrimSuffix(strings.TrimSpace(one[i+1:]), ")")
		}
	} else {
		name = one
	}
	name, whole = decodeWords(displayName(name), hint)
	where, ok := decodeWords(strings.TrimSpace(where), hint)
	return timeline.Party{Name: cutText(strings.TrimSpace(name), maxValue), Address: cutText(where, maxValue)}, whole && ok
}

// withoutGroup leaves out the name of a group, which stands before its first
// member: "Friends: a@b".
func withoutGroup(one string) string {
	group, member, ok := strings.Cut(one, ":")
	if !ok || strings.ContainsAny(group, "\"@<[(=") {
		return one
	}
	return member
}

// displayName takes quotes off a name, and off the encoded words that some
// programs put in quotes.
func displayName(s string) string {
	s = strings.TrimSpace(s)
	if !strings.Contains(s, `"`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			out.WriteByte(s[i])
		case s[i] != '"':
			out.WriteByte(s[i])
		}
	}
	return out.String()
}
