//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// figure finds a figure of a pattern by its group and key.
func (d desk) figure(by, group, key string) map[string]any {
	d.Helper()
	for _, f := range d.do("pattern", "--by", by) {
		if g, _ := f["group"].(string); strings.HasPrefix(g, group) && f["key"] == key {
			return f
		}
	}
	d.Fatalf("pattern by %s has no %s, %s", by, group, key)
	return nil
}

// TestCaseworkPattern holds the sides of the pattern and the ladder of attribution
// against what was asked for by name (LAW.md, section 7).
func TestCaseworkPattern(t *testing.T) {
	t.Setenv("DAYBOOK_PASSPHRASE", testPassphrase)
	holdRows(t, []caseworkRow{
		{"14", "what was done before and after each day on which they were told is counted, without a verdict", func(d desk) {
			seen := d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.")
			d.event("incident", "--occurred", "2025-11-20", "--text", "Again.")
			d.event("register", "notice", "--on", "2025-10-20", "--text", "I asked him to stop.", "--set", "how=asked to stop", "--set", "against=Dan")
			before := d.figure("moment", "2025-10-20, asked to stop", "28 days before")
			d.want(before["n"] == 1.0 && before["events"].([]any)[0] == seen, "%v", before)
			d.want(d.figure("moment", "2025-10-20", "28 days after")["n"] == 0.0, "what lies 31 days after is counted")
			d.refused("pattern", "--days", "7")
			both := d.do("pattern", "--by", "kind", "--beside", "2025-10-01..2025-10-31", "--beside", "2025-11-01..2025-11-30")
			count := func(row map[string]any, side int) float64 {
				return row["beside"].([]any)[side].(map[string]any)["n"].(float64)
			}
			d.want(both[0]["key"] == "all" && count(both[0], 0) == 2 && count(both[0], 1) == 1, "%v", both[0])
			months := d.do("pattern", "--by", "month", "--beside", "2025-11-01..2025-11-30", "--beside", "2025-10-01..2025-10-31")
			var keys []string
			sums := [2]float64{}
			for _, m := range months[1:] {
				keys = append(keys, m["key"].(string))
				sums[0], sums[1] = sums[0]+count(m, 0), sums[1]+count(m, 1)
			}
			d.want(strings.Join(keys, " ") == "2025-10 2025-11 not counted", "the months stand as %q", keys)
			d.want(sums == [2]float64{count(months[0], 0), count(months[0], 1)} && sums == [2]float64{1, 2}, "%v beside %v", sums, months[0])
			d.refused("pattern", "--beside", "2025-10-01..2025-10-31")
		}},
		{"49", "impact over time in the person's own words with its days, and what it cost, without a score", func(d desk) {
			d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.", "--felt", "cold", "--changed", "I take the bus.")
			locks := d.event("register", "change", "--on", "2025-11-14", "--text", "New locks.", "--set", "part=home", "--set", "cost=140")
			d.event("register", "change", "--on", "2025-11-15", "--text", "A ticket.", "--set", "part=routes and travel", "--set", "cost=9.50 EUR")
			d.event("register", "change", "--on", "2025-11-16", "--text", "I sleep at my sister's.", "--set", "part=sleep")
			d.want(d.figure("impact", "by month", "2025-10")["n"] == 1.0 && d.figure("impact", "by month", "2025-11")["n"] == 3.0, "the months")
			d.want(d.figure("impact", "in their own words", "2025-10-11, felt then")["note"] == "cold", "the quote")
			pounds := d.figure("cost", "together", "GBP")
			d.want(pounds["note"] == "GBP 140.00" && pounds["events"].([]any)[0] == locks && d.figure("cost", "together", "EUR")["note"] == "EUR 9.50", "%v", pounds)
			d.want(d.figure("cost", "no cost said", "2025-11-16, sleep")["n"] == 1.0, "what has no cost said is not listed")
			d.refused("register", "change", "--on", "2025-11-15", "--text", "x", "--set", "part=home", "--set", "cost=much")
			out, _, _ := d.run("pattern", "--by", "impact")
			d.want(!strings.Contains(out, "score"), "%s", out)
		}},
		{"53", "what reached work, school, family and children is counted, and private knowledge shown is listed", func(d desk) {
			form := filepath.Join(d.TempDir(), "form.json")
			write(d, form, `{"occurred":"2025-10-11 17:40","what_happened":"He rang her.","aimed_at":"my mother"}`)
			id := d.event("incident", "--file", form)
			d.want(d.figure("reach", "aimed at", "my mother")["events"].([]any)[0] == id, "at whom it was aimed")
			d.do("mark", id, "--tag", "shows_private_knowledge")
			d.want(d.figure("private", "", "2025-10-11")["n"] == 1.0, "private knowledge")
		}},
	})
}

// TestWhoItMayBe: an attribution is said with its reasons, listed beside both, used
// by the list of new numbers after a block, and taken back.
func TestWhoItMayBe(t *testing.T) {
	t.Setenv("DAYBOOK_PASSPHRASE", testPassphrase)
	d := desk{t, filepath.Join(t.TempDir(), "made.daybook")}
	if err := makeCase(d.dir); err != nil {
		t.Fatal(err)
	}
	files := t.TempDir()
	line := func(number string, date int) string {
		return fmt.Sprintf(`<sms protocol="0" address="%s" date="%d" type="1" subject="null" body="%d" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="0" readable_date="null" contact_name="(Unknown)" />`, number, date, date)
	}
	write(d, filepath.Join(files, "sms.xml"), "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"2\">\n"+line("+447700900101", 1760000000000)+"\n"+line("+447700900102", 1761000000000)+"\n</smses>\n")
	d.do("add", files)
	d.event("register", "notice", "--on", "2025-10-12", "--text", "Blocked him.", "--set", "how=blocked")
	d.want(len(d.do("pattern", "--by", "new-handle")) == 0, "it is concluded who the new number is")
	d.refused("people", "--may-be", "+447700900102,+447700900101")
	d.refused("people", "--may-be", "+447700900102,+447700900101", "--for", "a", "--strength", "certain")
	d.refused("people", "--for", "a")
	d.refused("people", "--join", "+447700900101,+447700900102", "--reason", "he admitted it", "--strength", "possible")
	people := d.do("people", "--may-be", "+447700900102,+447700900101", "--for", "the same words", "--against", "another telephone", "--strength", "likely")
	entry, said := 0.0, 0
	for _, p := range people {
		perhaps, _ := p["perhaps"].([]any)
		for _, k := range perhaps {
			k := k.(map[string]any)
			said++
			entry, _ = k["entry"].(float64)
			d.want(k["strength"] == "likely" && strings.Contains(k["reason"].(string), "for: the same words; against: another telephone") && len(p["handles"].([]any)) == 1, "%v", p)
		}
	}
	d.want(said == 2, "it is said beside %d persons", said)
	list := d.do("pattern", "--by", "new-handle")
	d.want(len(list) == 1 && strings.HasPrefix(list[0]["key"].(string), "phone +447700900102") && strings.HasPrefix(list[0]["note"].(string), "likely +447700900101: reasons for: the same words"), "%v", list)
	d.refused("people", "--undo", fmt.Sprint(entry))
	d.do("people", "--undo", fmt.Sprint(entry), "--reason", "the words are common")
	d.want(len(d.do("pattern", "--by", "new-handle")) == 0, "it was not taken back")
	d.refused("people", "--undo", fmt.Sprint(entry), "--reason", "again")
}

func write(d desk, name, text string) {
	d.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, []byte(text), 0o600)); err != nil {
		d.Fatal(err)
	}
}
