package capture

import (
	"strconv"
	"strings"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// arcColumns is how many words the header line of an ARC 1 record has: address,
// server, date, type, length. Version 2 has ten.
const arcColumns = 5

// arcHeader takes the header line of a record apart; nil for any other line. An
// address may hold spaces.
func arcHeader(line string, columns int) []string {
	words := strings.Fields(line)
	if len(words) < columns || !strings.Contains(words[0], "://") && !strings.HasPrefix(words[0], "dns:") {
		return nil
	}
	n := len(words) - columns + 1
	parts := append([]string{strings.Join(words[:n], " ")}, words[n:]...)
	if date := parts[2]; len(date) < 8 || strings.Trim(date, "0123456789") != "" {
		return nil
	}
	return parts
}

// arc reads the header line of a record.
func (a *archive) arc(rec *record) error {
	line, err := a.r.ReadString('\n')
	if err != nil && len(line) == 0 {
		return err
	}
	a.at += int64(len(line))
	rec.header = header{raw: []byte(line), fields: map[string]string{}}
	columns := a.columns
	if strings.HasPrefix(line, "filedesc://") {
		columns = arcColumns
		rec.kind = "filedesc"
	} else {
		rec.kind = "response"
	}
	parts := arcHeader(strings.TrimSpace(line), columns)
	if parts == nil {
		a.limit(rec, 0, false)
		return nil
	}
	rec.address, rec.media, rec.when = parts[0], parts[3], arcDate(parts[2])
	size, err := strconv.ParseInt(parts[len(parts)-1], 10, 64)
	a.limit(rec, size, err == nil && size >= 0)
	if rec.kind == "filedesc" {
		if start, _ := a.r.Peek(2); string(start) == "2 " {
			a.columns = 10
		}
	}
	return nil
}

// arcDate reads fourteen digits, which are UTC.
func arcDate(raw string) timeline.When {
	t, err := time.Parse("20060102150405", raw)
	if err != nil || !sane(t) {
		return importers.Undated(raw)
	}
	return timeline.FromInstant(t, timeline.Second, raw)
}
