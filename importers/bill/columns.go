package bill

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"daybook/importers"
	"daybook/importers/table"
	"daybook/timeline"
)

// Columns says which column of a table is which, by the names in its header,
// and how what stands in them is read. It is what a columns.json file holds.
type Columns struct {
	Date      string `json:"date"`                // a day, or a day with its time
	Time      string `json:"time,omitempty"`      // the time of day, where it stands alone
	Number    string `json:"number,omitempty"`    // the other party, where there is one column for it
	From      string `json:"from,omitempty"`      // who called
	To        string `json:"to,omitempty"`        // who was called
	Duration  string `json:"duration,omitempty"`  //
	Type      string `json:"type,omitempty"`      // call, text, data
	Way       string `json:"way,omitempty"`       // the column that says incoming or outgoing
	Order     string `json:"order,omitempty"`     // dmy, mdy or ymd, of a date in numbers
	Direction string `json:"direction,omitempty"` // outgoing or incoming, where the whole list is
	Own       string `json:"own,omitempty"`       // the subscriber's number

	last lastDay
}

// String is the mapping as a columns.json file holds it.
func (c Columns) String() string {
	b, err := json.Marshal(c)
	if err != nil { // a struct of texts has none
		return ""
	}
	return string(b)
}

// plain is the mapping by the plain names of its columns, by which cells are
// found.
func (c Columns) plain() Columns {
	for _, name := range []*string{&c.Date, &c.Time, &c.Number, &c.From, &c.To, &c.Duration, &c.Type, &c.Way} {
		*name = table.Plain(*name)
	}
	return c
}

// parseColumns reads a mapping; names that it does not know are an error.
func parseColumns(text string) (Columns, error) {
	var c Columns
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return c, fmt.Errorf("the columns: %w", err)
	}
	if c.Date == "" || c.Number == "" && c.From == "" && c.To == "" {
		return c, errors.New("the columns: a date, and a number (or from and to) must be among them")
	}
	switch c.Order {
	case "", "dmy", "mdy", "ymd":
	default:
		return c, fmt.Errorf("the columns: order %q: dmy, mdy or ymd", c.Order)
	}
	switch c.Direction {
	case "", outgoing, incoming:
	default:
		return c, fmt.Errorf("the columns: direction %q: outgoing or incoming", c.Direction)
	}
	return c, nil
}

// names are the columns that must be there.
func (c Columns) names() []string {
	var list []string
	for _, name := range []string{c.Date, c.Time, c.Number, c.From, c.To, c.Duration, c.Type, c.Way} {
		if name != "" {
			list = append(list, table.Plain(name))
		}
	}
	return list
}

// known finds a mapping that fits the header: the one that was answered, or one
// beside the bill.
func (b *bill) known(header table.Columns) (Columns, bool, error) {
	if text := b.source.Assume.Columns; text != "" {
		c, err := parseColumns(text)
		return c, err == nil && header.Has(c.names()...), err
	}
	dir := path.Dir(b.source.Path)
	entries, err := fs.ReadDir(b.source.FS, dir)
	if err != nil {
		return Columns{}, false, nil // a source that came alone has nothing beside it
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".columns.json") {
			continue
		}
		text, err := small(b.source.FS, path.Join(dir, e.Name()))
		if err != nil {
			return Columns{}, false, fmt.Errorf("%s: %w", e.Name(), err)
		}
		c, err := parseColumns(text)
		if err != nil {
			return Columns{}, false, fmt.Errorf("%s: %w", e.Name(), err)
		}
		if header.Has(c.names()...) {
			return c, true, nil
		}
	}
	return Columns{}, false, nil
}

// small reads a file of a few lines.
func small(tree fs.FS, name string) (text string, err error) {
	f, err := tree.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err := io.ReadAll(io.LimitReader(f, 64<<10))
	return string(bytes.TrimPrefix(data, []byte("\ufeff"))), err
}

// role is what a column may be.
type role int

const (
	none role = iota
	isDate
	isTime
	isNumber
	isFrom
	isTo
	isDuration
	isType
	isWay
	isCost
)

// words tell a role by what the name of a column holds; the first that fits does.
var words = []struct {
	role role
	any  *regexp.Regexp
}{
	{none, regexp.MustCompile(`\b(bill|invoice|statement|account|due|end|finish|stop|birth|created by|from date|to date)\b`)},
	{isDuration, regexp.MustCompile(`duration|length|\b(mins?|minutes|secs?|seconds|hh:mm:ss|mm:ss)\b`)},
	{isCost, regexp.MustCompile(`\b(cost|costs|charge|charges|price|amount|vat|gbp|net)\b|£`)},
	{isWay, regexp.MustCompile(`direction|\bin ?/ ?out\b|\bmo ?/ ?mt\b|incoming/outgoing`)},
	{isFrom, regexp.MustCompile(`^(a|calling|originating|source|your|own|subscriber)[ -]?(party|number|no\.?|num|msisdn|line|telephone number|phone number)\b|^(caller|originator|calling|cli|from|phone used|number called from)$`)},
	{isTo, regexp.MustCompile(`^b[ -]?(party|number|no\.?|msisdn)\b|^(terminating|destination|recipient)[ -]?(party|number|no\.?|msisdn)\b|^(called party|to|recipient)( number)?$`)},
	{isNumber, regexp.MustCompile(`number|\bno\.? (called|dialled)|dialled|dialed|msisdn|telephone|\bphone\b|other party|^called$|^to/from$`)},
	{isType, regexp.MustCompile(`^(call |usage |event |record |service )?type|^(service|usage|event)$|call/text`)},
	{isDate, regexp.MustCompile(`\bdate\b|datetime|timestamp|^(call )?start( time)?$|^(when|connected)$`)},
	{isTime, regexp.MustCompile(`\btime\b`)},
}

// Beside a column of who called, that of the called number is of who was called.
// One of the subscriber's own number says nothing of who called.
var (
	caller = regexp.MustCompile(`^(a|calling|originating|source)\b|^(caller|originator|cli|from|number called from)$`)
	called = regexp.MustCompile(`\b(called|dialled|dialed)\b`)
)

func roleOf(name string) role {
	plain := table.Plain(name)
	if plain == "" {
		return none
	}
	for _, w := range words {
		if w.any.MatchString(plain) {
			return w.role
		}
	}
	return none
}

// roles gives the first column of each role, by its name.
func roles(c table.Columns) map[role]string {
	of := map[role]string{}
	for _, name := range c.Names {
		r := roleOf(name)
		if r == isTime && of[isDate] == "" && strings.Contains(table.Plain(name), "start") {
			r = isDate
		}
		if of[r] == "" {
			of[r] = name
		}
	}
	return of
}

// hasNumbers tells whether some row has a number, or one that is withheld,
// where it would be: lists of journeys have a From and a To as well.
func (c Columns) hasNumbers(sample []table.Row) bool {
	c = c.plain()
	for _, r := range sample {
		for _, name := range []string{c.Number, c.From, c.To} {
			if printed := strings.TrimSpace(r.Get(name)); name != "" && printed != "" && (timeline.Phone(printed) != "" || withheld.MatchString(printed)) {
				return true
			}
		}
	}
	return false
}

// looksLike tells the header of a list of calls: a date, a number, and something
// that only such lists have.
func looksLike(c table.Columns) bool {
	if len(c.Names) < 3 || len(c.Names) > maxColumns || !mayLook(c.Names) || c.Has("contact", "service") { // a telephone's own list of calls
		return false
	}
	of := roles(c)
	party := of[isNumber] != "" || of[isTo] != "" && of[isFrom] != ""
	return of[isDate] != "" && party && (of[isDuration] != "" || of[isCost] != "" || of[isWay] != "")
}

// The limits of a header: rows of words are looked at for one in every table.
const (
	maxColumns = 100
	maxHeader  = 4 << 10 // bytes
)

// mayLook tells by parts of words, which costs little, whether a row is worth
// telling its roles.
func mayLook(names []string) bool {
	size := 0
	for _, name := range names {
		size += len(name)
	}
	if size > maxHeader {
		return false
	}
	row := strings.ToLower(strings.Join(names, "\n"))
	for _, parts := range [][]string{
		{"date", "start", "timestamp", "when", "connected"},
		{"number", "party", "called", "calling", "dialled", "dialed", "msisdn", "phone", "to/from", "caller", "cli", "no.", "from"},
		{"duration", "length", "min", "sec", "mm:ss", "cost", "charge", "price", "amount", "vat", "gbp", "net", "£", "direction", "out", "mt"},
	} {
		if !slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(row, part) }) {
			return false
		}
	}
	return true
}

const (
	outgoing = "outgoing"
	incoming = "incoming"
)

// propose gives the ways in which a table may be meant, the likeliest first: the
// order of the date where the rows leave it open, and whose calls they are where
// the header does.
func propose(header table.Columns, sample []table.Row) []Columns {
	of := roles(header)
	if of[isTo] == "" && caller.MatchString(table.Plain(of[isFrom])) && called.MatchString(table.Plain(of[isNumber])) {
		of[isTo], of[isNumber] = of[isNumber], ""
	}
	c := Columns{Date: of[isDate], Time: of[isTime], Number: of[isNumber], From: of[isFrom], To: of[isTo], Duration: of[isDuration], Type: of[isType], Way: of[isWay]}
	if c.Number == "" && (c.To == "" || c.From == "") {
		return nil
	}
	if c.From != "" && c.To != "" { // another number is a device's, or a tower's
		c.Number = ""
	}
	if plainly(c) && !c.hasNumbers(sample) {
		return nil
	}
	directions := []string{""}
	if c.Way == "" && c.Number != "" {
		directions = []string{outgoing, incoming, ""}
	}
	var list []Columns
	for _, direction := range directions {
		for _, order := range orders(c, sample) {
			c.Order, c.Direction = order, direction
			list = append(list, c)
		}
	}
	return list
}

// plainly tells columns that are called From and To and no more.
func plainly(c Columns) bool { return table.Plain(c.From) == "from" && table.Plain(c.To) == "to" }

// orders are the orders in which all the dates of the sample can be read.
func orders(c Columns, sample []table.Row) []string {
	var list []string
	var other [][]time.Time // the days that each gives
	for _, order := range []string{"dmy", "mdy", "ymd"} {
		c.Order = order
		plain := c.plain()
		read, failed := 0, 0
		for _, r := range sample {
			if _, err := plain.clock(r, new(importers.Strings)); err == nil {
				read++
			} else if r.Get(plain.Date) != "" {
				failed++
			}
		}
		if days := plain.days(sample); read > 0 && failed*10 <= read && (len(sample) == sampled || !slices.ContainsFunc(other, func(o []time.Time) bool { return slices.Equal(o, days) })) {
			list, other = append(list, order), append(other, days)
		}
		if read > 0 && !numeric(c, sample) {
			return []string{""}
		}
	}
	if len(list) == 0 {
		return []string{"dmy"}
	}
	return list
}

// days are the dates of the sample as they are read.
func (c *Columns) days(sample []table.Row) []time.Time {
	list := make([]time.Time, len(sample))
	for i, r := range sample {
		list[i], _, _ = c.day(strings.TrimSpace(r.Get(c.Date)))
	}
	return list
}

// numeric tells dates whose order their numbers leave open.
func numeric(c Columns, sample []table.Row) bool {
	for _, r := range sample {
		if n, _, ok := slashed(strings.TrimSpace(r.Get(table.Plain(c.Date)))); ok && len(n[0]) < len("2025") {
			return true
		}
	}
	return false
}

// ownNumber finds the subscriber's number in the lines above the list.
func ownNumber(above []table.Row) string {
	for _, r := range above {
		words := strings.ToLower(strings.Join(r.Cells, " "))
		if !strings.Contains(words, "number") && !strings.Contains(words, "msisdn") && !strings.Contains(words, "phone") || strings.Contains(words, "account") || strings.Contains(words, "invoice") {
			continue
		}
		for _, cell := range r.Cells {
			_, after, _ := strings.Cut(cell, ":")
			for _, text := range []string{strings.TrimSpace(cell), strings.TrimSpace(after)} {
				if timeline.Phone(text) != "" {
					return text
				}
			}
		}
	}
	return ""
}
