package casework

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"daybook/timeline"
)

// Pounds is the currency of an amount that names none: the register asks for pounds.
const Pounds = "GBP"

// amount reads what a change cost, in hundredths, with its currency.
func amount(text string) (hundredths int64, currency string, err error) {
	number, currency, named := strings.Cut(text, " ")
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

func amountText(hundredths int64, currency string) string {
	return fmt.Sprintf("%s %d.%02d", currency, hundredths/100, hundredths%100)
}

// costs is the ledger of what was changed: the sum of each currency, every cost,
// and what has none said.
func (m Material) costs(context.Context) ([]Figure, error) {
	var entries, unsaid []Figure
	sums, together := map[string]int64{}, tally{group: "together"}
	for _, r := range m.Rows {
		if r.Kind != timeline.LifeChange {
			continue
		}
		key := dayWords(r.When, m.Index.Zone()) + ", " + r.Extra.Get("part")
		cost := r.Extra.Get("cost")
		if cost == "" {
			unsaid = append(unsaid, figure("no cost said", key, excerpt(r.Text), r.ID))
			continue
		}
		n, currency, err := amount(cost)
		if err != nil {
			return nil, err
		}
		if sums[currency] > math.MaxInt64-n {
			return nil, fmt.Errorf("the sum in %s: it is too large", currency)
		}
		sums[currency] += n
		together.add(currency, r.ID)
		entries = append(entries, figure("each", key, amountText(n, currency)+": "+excerpt(r.Text), r.ID))
	}
	for i := range together.list {
		f := &together.list[i]
		f.Note = amountText(sums[f.Key], f.Key)
	}
	return slices.Concat(together.list, entries, unsaid), nil
}
