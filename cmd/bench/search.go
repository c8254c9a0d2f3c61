package main

import "fmt"

// What a recipient waits for at most, after a filter was chosen, in milliseconds.
const filterAllowed = 100

// search measures the search page of the HTML timeline in a real browser.
func (b *bench) search() error {
	out, err := b.time("HTML timeline: go test -bench", "100,000 rows, with writing them", nil,
		"go", "test", "-run", "^$", "-bench", "SearchPage$", "-benchtime", "3x", "./report")
	if err != nil {
		return err
	}
	m := metrics(out.stdout)
	fmt.Fprintf(b.out, "  a page of %.0f MB opens in %.1f s; a filter %.0f ms, the slowest %.0f ms (allowed: %d)\n", m["MB-page"], m["ms-open"]/1000, m["ms-filter-p50"], m["ms-filter-most"], filterAllowed)
	return nil
}
