package capture

import (
	"net/mail"
	"regexp"
	"strings"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

const singleFile = "SingleFile"

// mark is what a program that saves pages writes into them.
type mark struct {
	program string
	address string
	when    timeline.When // without a precision: the mark says no time
	flags   []timeline.Flag
	words   string
}

var (
	browserMark = regexp.MustCompile(`^\s*saved from url=\(\d+\)\s*(\S+)`)
	httrackMark = regexp.MustCompile(`^\s*Mirrored from (.*) by (HTTrack [^,]*), (.*?)\s*$`)
)

// markOf reads the mark in a comment; the zero mark for any other comment.
func markOf(comment string) mark {
	words := strings.TrimSpace(comment)
	m := mark{words: importers.Shorten(words, 2000)}
	if rest, ok := strings.CutPrefix(words, "Page saved with SingleFile"); ok {
		m.program = singleFile
		for line := range strings.Lines(rest) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
			switch value = strings.TrimSpace(value); name {
			case "url":
				m.address = value
			case "saved date":
				m.when = scriptDate(value)
			}
		}
		return m
	}
	if f := browserMark.FindStringSubmatch(comment); f != nil {
		m.program, m.address = "a browser", f[1]
		return m
	}
	if f := httrackMark.FindStringSubmatch(comment); f != nil {
		m.program, m.address, m.when = f[2], f[1], mailDate(f[3])
		return m
	}
	return mark{}
}

// scriptDate reads a date as JavaScript prints it: "Fri Nov 15 2024 10:00:00
// GMT+0000 (Greenwich Mean Time)".
func scriptDate(raw string) timeline.When {
	clock, _, _ := strings.Cut(raw, " (")
	t, err := time.Parse("Mon Jan 2 2006 15:04:05 GMT-0700", strings.TrimSpace(clock))
	if err != nil || !sane(t) {
		return importers.Undated(raw)
	}
	return timeline.FromOffset(t, timeline.Second, raw)
}

// mailDate reads a date as e-mail and the web write it. -0000 and GMT name an
// instant and no place.
func mailDate(raw string) timeline.When {
	t, err := mail.ParseDate(raw)
	if err != nil || !sane(t) {
		return importers.Undated(raw)
	}
	if strings.HasSuffix(raw, "-0000") || strings.HasSuffix(raw, "GMT") || strings.HasSuffix(raw, "UTC") {
		return timeline.FromInstant(t, timeline.Second, raw)
	}
	return timeline.FromOffset(t, timeline.Second, raw)
}

// sane tells a date after the first web page and of four digits.
func sane(t time.Time) bool { return t.Year() >= 1990 && t.Year() < 2200 }
