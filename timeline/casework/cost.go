package casework

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"daybook/timeline"
)

// Pounds is the currency of an amount that names none: the register asks for pounds.
const Pounds = "GBP"

// amount reads what a change cost, in hundredths, with its currency.
func amount(text string) (hundredths int64, currency string, err error) {
	number, currency, named := strings.Cut(strings.TrimPrefix(text, "£"), " ")
	if !named {
		currency = Pounds
	}
	whole, part, _ := strings.Cut(strings.ReplaceAll(number, ",", ""), ".")
	n, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err != nil {
		return 0, "", fmt.Errorf("amount %q: %w", text, err)
	}
	return n, currency, nil
}

// Currencyless tells an amount that names no currency.
func Currencyless(text string) bool {
	return !strings.HasPrefix(text, "£") && !strings.Contains(text, " ")
}

func amountText(hundredths int64, currency string) string {
	return fmt.Sprintf("%s %d.%02d", currency, hundredths/100, hundredths%100)
}

// ledger adds up what things cost.
type ledger struct {
	sums     map[string]int64 // of each currency, in hundredths
	together tally
	each     []Figure
	beside   []Figure             // what is in no sum
	booked   map[string]int       // entries of the register by day and amount, of which no incident was found yet
	of       map[timeline.ID]bool // incidents that an entry with a cost names
}

// costs is the ledger of what was changed: the sum of each currency, every cost,
// and what has none said. What an incident says of it counts where its words are a
// sum that no entry of the register has.
func (m Material) costs(context.Context) ([]Figure, error) {
	l := ledger{sums: map[string]int64{}, together: tally{group: "together"}, booked: map[string]int{}, of: map[timeline.ID]bool{}}
	for _, r := range m.Rows {
		if r.Kind == timeline.LifeChange {
			if err := l.enter(m.Index, r); err != nil {
				return nil, err
			}
		}
	}
	for _, r := range m.Rows {
		if r.Kind == timeline.Incident && r.Incident != nil && spoken.MatchString(r.Incident.ChangeMade) {
			if err := l.say(m.Index, r); err != nil {
				return nil, err
			}
		}
	}
	for i := range l.together.list {
		f := &l.together.list[i]
		f.Note = amountText(l.sums[f.Key], f.Key)
	}
	return slices.Concat(l.together.list, l.each, l.beside), nil
}

// enter takes an entry of the register of changes in.
func (l *ledger) enter(x *timeline.Index, r timeline.Row) error {
	key, cost := dayWords(r.When, x.Zone())+", "+r.Extra.Get("part"), r.Extra.Get("cost")
	if cost == "" {
		l.beside = append(l.beside, figure("no cost said", key, excerpt(r.Text), r.ID))
		return nil
	}
	n, currency, err := amount(cost)
	if err != nil {
		return err
	}
	l.booked[dayWords(r.When, x.Zone())+amountText(n, currency)]++
	if e, err := x.Registered(r.ID); err == nil {
		for _, id := range e.Current().Events {
			l.of[id] = true
		}
	}
	return l.add(r, key, r.Text, n, currency)
}

// say takes in what an incident says that it cost.
func (l *ledger) say(x *timeline.Index, r timeline.Row) error {
	day, words := dayWords(r.When, x.Zone()), r.Incident.ChangeMade
	key := day + ", with an incident"
	n, currency, ok := sum(words)
	same := day + amountText(n, currency)
	switch {
	case l.of[r.ID]:
		l.beside = append(l.beside, figure(sayCostCounted, key, excerpt(words), r.ID))
		return nil
	case !ok:
		l.beside = append(l.beside, figure(sayCostWords, key, excerpt(words), r.ID))
		return nil
	case l.booked[same] > 0:
		l.booked[same]--
		l.beside = append(l.beside, figure(sayCostCounted, key, excerpt(words), r.ID))
		return nil
	}
	return l.add(r, key, words, n, currency)
}

// add counts a cost.
func (l *ledger) add(r timeline.Row, key, words string, n int64, currency string) error {
	if l.sums[currency] > math.MaxInt64-n {
		return fmt.Errorf("the sum in %s: it is too large", currency)
	}
	l.sums[currency] += n
	l.together.add(currency, r.ID)
	l.each = append(l.each, figure("each", key, amountText(n, currency)+": "+excerpt(words), r.ID))
	return nil
}

var (
	// spoken are words that speak of a cost.
	spoken = regexp.MustCompile(`(?i)[£€$]\s?\d|\d\s?(pounds?|euros?|dollars?|quid|[pb]unt|[pb]unnoedd|GBP|EUR|USD)\b|\b(costs?|paid|price|fees?|wages|expenses|cost(iodd|io)|gost(iodd|io)?|talais)\b`)
	// money is an amount in words, with what stands before and after it.
	money = regexp.MustCompile(`(?i)^([^\d£€]*)(?:(£|€)\s?)?(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(\.\d\d)?(?:\s?(pounds|euros|GBP|EUR))?\s*[.!]?$`)
	// unsure is what makes an amount no sum.
	unsure = regexp.MustCompile(`(?i)\b(about|around|almost|nearly|over|under|up to|more|less|least|most|some|roughly|saved|instead|not|no|never|without|each|every|per|tua|bron|dros|hyd|heb|dim|pob)\b`)
)

// sum reads words that end with the one amount that they name: with any other number
// in them, or a word that makes it none, they are no sum.
func sum(words string) (hundredths int64, currency string, ok bool) {
	parts := money.FindStringSubmatch(strings.TrimSpace(words))
	if parts == nil || unsure.MatchString(parts[1]) {
		return 0, "", false
	}
	switch sign := strings.ToLower(parts[2] + parts[5]); sign {
	case "£", "pounds", "gbp":
		currency = Pounds
	case "€", "euros", "eur":
		currency = "EUR"
	default:
		return 0, "", false
	}
	hundredths, _, err := amount(parts[3] + parts[4])
	return hundredths, currency, err == nil
}
