package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/timeline"
)

// ofSelection are cases of one record: all of it, and parts of it.
var ofSelection = []struct {
	name        string
	filter      timeline.Filter
	of          Selected
	first, last string // of the days that were selected; empty: all
	only        string
	silences    string // why they are not counted
	moments     string
}{
	{name: "whole"},
	{name: "from", filter: timeline.Filter{From: londonDay("2025-10-11")}, first: "2025-10-11"},
	{name: "from a day of the ten before", filter: timeline.Filter{From: londonDay("2025-10-12")}, first: "2025-10-12"},
	{name: "from within a day", filter: timeline.Filter{From: londonDay("2025-10-11").Add(time.Hour)}, first: "2025-10-12"},
	{name: "to", filter: timeline.Filter{To: londonDay("2025-10-31")}, last: "2025-10-30"},
	{name: "period", filter: timeline.Filter{From: londonDay("2025-10-21"), To: londonDay("2025-10-22")}, first: "2025-10-21", last: "2025-10-21"},
	{name: "words", filter: timeline.Filter{Words: "gate"}, of: Chosen, only: sayOnlyChosen, silences: sayNoSilences},
	{name: "person", filter: timeline.Filter{Parties: []string{"Rob Vane"}}, of: Chosen, only: sayOnlyChosen, silences: sayNoSilences},
	{name: "without a time", filter: timeline.Filter{Undated: true}, of: Chosen, only: sayOnlyChosen, silences: sayNoSilences},
	{name: "supplement", of: Supplement, only: sayOnlySupplement, silences: sayNoSilencesSince, moments: sayNoMomentsSince},
}

func londonDay(day string) time.Time {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	at, err := time.ParseInLocation(time.DateOnly, day, zone)
	if err != nil {
		panic(err)
	}
	return at
}

// No figure is of days that were not selected, no silence of days of which something is
// left out, and each side says where it counts a part: every number is counted anew from
// what was written down.
func TestNoFigureIsOfDaysOutsideTheSelection(t *testing.T) {
	x := made(t)
	days := []string{"2025-10-01", "2025-10-10", "2025-10-12", "2025-10-20", "2025-10-21", "2025-10-22", "2025-10-30", "2025-11-15"}
	for i, day := range days {
		write(t, x, day+" 12:00", []string{"at the gate", "a letter"}[i%2])
	}
	enter(t, x, timeline.Notice, "2025-10-21", "asked him not to", map[string]string{"how": "asked to stop", "against": "Rob Vane"})
	enter(t, x, timeline.Notice, "2025-10-21", "told somebody", map[string]string{"how": "other"})
	for _, c := range ofSelection {
		t.Run(c.name, func(t *testing.T) {
			m, err := Gather(context.Background(), x, c.filter)
			must(t, err)
			if c.of == Supplement {
				m.Of = Supplement
			}
			m.Days = 10
			in := func(day string) bool { return (c.first == "" || day >= c.first) && (c.last == "" || day <= c.last) }
			var rows []string // the days of the events that were selected
			for i, day := range days {
				if in(day) && (c.filter.Words == "" || i%2 == 0) && c.filter.Parties == nil && !c.filter.Undated {
					rows = append(rows, day)
				}
			}
			for _, s := range sides() {
				p, err := m.Pattern(context.Background(), s.by)
				must(t, err)
				why := map[string]string{"silence": c.silences, "moment": c.moments}[s.by]
				only := c.only
				if why != "" {
					only = ""
				}
				if p.Why != why || p.Only != only || why != "" && p.Figures != nil {
					t.Errorf("%s: %q, %q, %d figures", s.by, p.Why, p.Only, len(p.Figures))
				}
				switch {
				case why != "":
				case s.by == "silence":
					same(t, keysOf(p.Figures), silentDays(rows, c.first, c.last)...)
				case s.by == "moment":
					same(t, aroundOf(p.Figures), aroundDays(rows, in)...)
					for _, f := range p.Figures {
						if part := strings.Contains(f.Note, "only what was selected"); strings.HasPrefix(f.Key, "10 days") && !f.None && part != (c.of == Chosen) {
							t.Errorf("%s: beside it stands %q", f.Key, f.Note)
						}
					}
				}
			}
		})
	}
}

func keysOf(figures []Figure) (keys []string) {
	for _, f := range figures {
		keys = append(keys, f.Key)
	}
	return keys
}

// aroundOf are the figures about a moment: "10 days before: 3", or "–" where nothing was
// counted.
func aroundOf(figures []Figure) (lines []string) {
	for _, f := range figures {
		n := fmt.Sprint(f.N)
		if f.None {
			n = "–"
		}
		lines = append(lines, f.Key+": "+n)
	}
	return lines
}

// aroundDays counts the days about 21 October anew: for what is about Rob Vane, and for
// what is about nobody. A search and a person have all entries of registers; what was
// told on days that were not selected is not among them.
func aroundDays(rows []string, in func(string) bool) (lines []string) {
	if !in("2025-10-21") {
		return nil
	}
	count := func(first, last string) string {
		n := 0
		for at := londonDay(first); !at.After(londonDay(last)); at = at.AddDate(0, 0, 1) {
			day := at.Format(time.DateOnly)
			if !in(day) {
				return "–"
			}
			if slices.Contains(rows, day) {
				n++
			}
		}
		return fmt.Sprint(n)
	}
	return []string{
		"10 days before: " + count("2025-10-11", "2025-10-20"), "that day: " + count("2025-10-21", "2025-10-21"), "10 days after: " + count("2025-10-22", "2025-10-31"),
		NotCounted + ": " + count("2025-10-11", "2025-10-31"),
	}
}

// silentDays are the runs of ten days or more without one of some days, within those that
// were selected.
func silentDays(rows []string, first, last string) (runs []string) {
	if len(rows) == 0 {
		return nil
	}
	if first == "" {
		first = rows[0]
	}
	if last == "" {
		last = rows[len(rows)-1]
	}
	var run []string
	for at := londonDay(first); !at.After(londonDay(last).AddDate(0, 0, 1)); at = at.AddDate(0, 0, 1) {
		day := at.Format(time.DateOnly)
		if day <= last && !slices.Contains(rows, day) {
			run = append(run, day)
			continue
		}
		if len(run) >= 10 {
			runs = append(runs, run[0]+" to "+run[len(run)-1])
		}
		run = nil
	}
	return runs
}
