package photo

import (
	"encoding/binary"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daybook/importers"
	"daybook/timeline"
)

var sourceWithout importers.Source

// TestOrderIsWhatTheDocSays: the table of doc.go and that of the code are one.
func TestOrderIsWhatTheDocSays(t *testing.T) {
	b, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, line := range strings.Split(string(b), "\n") {
		words := strings.Fields(strings.TrimPrefix(line, "//"))
		if len(words) > 1 && strings.HasSuffix(words[0], ".") && strings.Trim(words[0], "0123456789") == "." {
			listed = append(listed, strings.Join(words[1:], " "))
		}
	}
	if len(listed) != len(ranks) || len(ranks) != int(fileTime) {
		t.Fatalf("doc.go lists %d times, the code %d of %d", len(listed), len(ranks), fileTime)
	}
	for i, title := range listed {
		if got := ranks[rank(i+1)].title; got != title {
			t.Errorf("%d: doc.go says %q, the code %q", i+1, title, got)
		}
	}
}

func local(s string) timeline.When {
	t, err := time.Parse("2006-01-02 15:04:05", s)
	if err != nil {
		panic(err)
	}
	return timeline.FromLocal(t, nil, timeline.Second, s)
}

func utc(s string) timeline.When {
	t, err := time.Parse("2006-01-02 15:04:05", s)
	if err != nil {
		panic(err)
	}
	return timeline.FromInstant(t, timeline.Second, s)
}

func assumed(s string) timeline.When {
	w := local(s)
	return timeline.FromLocal(w.Local, time.FixedZone("assumed", 3600), timeline.Second, s)
}

func zoned(s string, hours int) timeline.When {
	l := local(s).Local
	return timeline.FromOffset(time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), l.Second(), 0, time.FixedZone("", hours*3600)), timeline.Second, s)
}

func dayOnly(s string) timeline.When {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return timeline.FromLocal(t, nil, timeline.Day, s)
}

func TestCompare(t *testing.T) {
	const at = "2024-01-05 14:03:22"
	for _, c := range []struct {
		name     string
		rank     rank
		when     timeline.When
		best     timeline.When
		note     string
		disagree bool
	}{
		{"same", digitized, local(at), local(at), "the same", false},
		{"a header tells the end", movieHeader, utc("2024-01-05 14:03:40"), utc(at), "18 s later", false},
		{"a header far off", movieHeader, utc("2024-01-08 14:03:40"), utc(at), "disagrees: 3 d later", true},
		{"an hour off, both local", digitized, local("2024-01-05 15:03:22"), local(at), "disagrees: 1 h later", true},
		{"an hour off, a zone may explain it", movieHeader, utc("2024-01-05 15:03:30"), local(at), "the same apart from the zone, which one of the two does not state", false},
		{"no zone explains 20 minutes", movieHeader, utc("2024-01-05 14:23:22"), local(at), "disagrees: 20 min later", true},
		{"no zone explains 15 hours", movieHeader, utc("2024-01-06 05:03:22"), local(at), "disagrees: 15 h later", true},
		{"an assumed zone against an offset", xmpCreated, assumed(at), zoned(at, -4), "the same", false},
		{"an assumed zone against UTC", xmpCreated, assumed(at), utc("2024-01-05 18:03:22"), "the same apart from the zone, which one of the two does not state", false},
		{"an assumed zone that fits UTC", xmpCreated, assumed(at), utc("2024-01-05 13:03:22"), "the same", false},
		{"an offset chosen, another stated", xmpCreated, zoned(at, 1), zoned(at, -4), "disagrees: 5 h earlier", true},
		{"a change comes later", changed, local("2024-03-01 09:00:00"), local(at), "55 d 18 h later", false},
		{"a change before", changed, local("2024-01-01 09:00:00"), local(at), "disagrees: 4 d 5 h earlier", true},
		{"a fix lags", gpsClock, utc("2024-01-05 13:00:00"), utc(at), "1 h 3 min earlier", false},
		{"a fix cannot be later", gpsClock, utc("2024-01-05 15:00:00"), utc(at), "disagrees: 56 min 38 s later", true},
		{"a fix of last week", gpsClock, utc("2023-12-28 15:00:00"), utc(at), "disagrees: 7 d 23 h earlier", true},
		{"sent the next day", nameDay, dayOnly("2024-01-06"), local(at), "1 day later", false},
		{"sent before it was taken", nameDay, dayOnly("2024-01-03"), local(at), "disagrees: 2 days earlier", true},
		{"the same day", nameDay, dayOnly("2024-01-05"), local(at), "the same day", false},
		{"copied later", fileTime, utc("2024-02-01 00:00:00"), utc(at), "26 d 9 h later", false},
		{"copied before", fileTime, utc("2024-01-01 00:00:00"), utc(at), "disagrees: 4 d 14 h earlier", true},
		{"copied before, as far as a zone explains", fileTime, utc("2024-01-05 04:00:07"), local(at), "10 h 3 min earlier", false},
		{"another year in a tag", soundTag, timeline.When{Local: time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC), Basis: timeline.UnknownZone, Precision: timeline.Year, Raw: "2019"}, local(at), "disagrees: another year", true},
	} {
		note, bad := compare(candidate{rank: c.rank, when: c.when}, candidate{rank: original, when: c.best})
		if note != c.note || bad != c.disagree {
			t.Errorf("%s: %q %v, want %q %v", c.name, note, bad, c.note, c.disagree)
		}
	}
}

func TestOffsetFromGPS(t *testing.T) {
	local := time.Date(2024, 1, 5, 14, 3, 22, 0, time.UTC)
	for _, c := range []struct {
		gps  string
		want string // empty: not worked out
	}{
		{"2024-01-05 14:03:12", "+00:00"},
		{"2024-01-05 13:01:00", "+01:00"},
		{"2024-01-05 08:33:20", "+05:30"},
		{"2024-01-05 08:18:20", "+05:45"},
		{"2024-01-05 19:03:50", "-05:00"},
		{"2024-01-05 17:33:22", "-03:30"},
		{"2024-01-05 13:53:22", ""}, // ten minutes are no zone
		{"2024-01-05 12:56:00", ""}, // seven minutes past a zone are too much
		{"2024-01-05 13:48:22", ""}, // nobody keeps +00:15
		{"2024-01-05 13:33:22", ""}, // nor +00:30
		{"2024-01-04 14:03:22", ""}, // a day
		{"2024-01-04 23:03:22", ""}, // +15:00
		{"2024-01-05 00:03:22", "+14:00"},
		{"2024-01-06 02:03:22", "-12:00"},
	} {
		gps, err := time.Parse("2006-01-02 15:04:05", c.gps)
		if err != nil {
			t.Fatal(err)
		}
		zone, _, ok := offsetFrom(local, gps)
		got := ""
		if ok {
			got = time.Unix(0, 0).In(zone).Format("-07:00")
		}
		if got != c.want {
			t.Errorf("GPS %s: %q, want %q", c.gps, got, c.want)
		}
	}
}

// TestALongFilm: the header tells the end of ten minutes, the name their start.
func TestALongFilm(t *testing.T) {
	start, end := utc("2024-01-05 14:03:22"), utc("2024-01-05 14:13:22")
	header := candidate{rank: movieHeader, when: end, span: 10 * time.Minute}
	if note, bad := compare(candidate{rank: nameTime, when: start}, header); bad || note != "10 min earlier" {
		t.Errorf("%q %v", note, bad)
	}
	if note, bad := compare(candidate{rank: nameTime, when: local("2024-01-05 15:03:22")}, header); bad {
		t.Errorf("%q", note)
	}
	if note, bad := compare(candidate{rank: nameTime, when: utc("2024-01-05 13:43:22")}, header); !bad {
		t.Errorf("%q", note)
	}
}

// TestJudgeProperties: whatever the candidates, none is lost, exactly one is
// chosen when any has a time, it is one of the lowest rank that can be right,
// and the order in which they came changes nothing of that.
func TestJudgeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gen := rapid.Custom(func(t *rapid.T) candidate {
			r := rank(rapid.IntRange(1, int(fileTime)).Draw(t, "rank"))
			at := time.Unix(rapid.Int64Range(-2e9, 8e9).Draw(t, "time"), 0).UTC()
			switch rapid.IntRange(0, 3).Draw(t, "shape") {
			case 0:
				return candidate{rank: r, when: timeline.FromInstant(at, timeline.Second, "raw")}
			case 1:
				return candidate{rank: r, when: timeline.FromLocal(at, nil, timeline.Second, "raw")}
			case 2:
				return candidate{rank: r, when: timeline.FromLocal(at.Truncate(24*time.Hour), nil, timeline.Day, "raw")}
			default:
				return candidate{rank: r, when: timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: "raw"}}
			}
		})
		list := rapid.SliceOfN(gen, 0, 12).Draw(t, "list")
		j := judge(list)
		if len(j.claims) != len(list) {
			t.Fatalf("%d claims of %d candidates", len(j.claims), len(list))
		}
		chosen := 0
		for _, c := range j.claims {
			if c.Chosen {
				chosen++
			}
		}
		best := rank(0)
		anyTime := false
		for _, c := range list {
			_, ok := c.when.Order()
			anyTime = anyTime || ok
			if ok && !cannotBe(c.when) && (best == 0 || c.rank < best) {
				best = c.rank
			}
		}
		if anyTime != (chosen == 1) || chosen > 1 {
			t.Fatalf("%d chosen", chosen)
		}
		if best != 0 && j.rank != best {
			t.Fatalf("rank %d chosen, %d can be right", j.rank, best)
		}
		back := append([]candidate{}, list...)
		for i, k := 0, len(back)-1; i < k; i, k = i+1, k-1 {
			back[i], back[k] = back[k], back[i]
		}
		if again := judge(back); again.rank != j.rank {
			t.Fatalf("the order of candidates matters: %d, %d", again.rank, j.rank)
		}
	})
}

func TestStamps(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		{"2024:01:05 14:03:22", "2024-01-05 14:03:22 unknown second"},
		{"2024-01-05T14:03:22.644+02:00", "2024-01-05 14:03:22.644 offset millisecond"},
		{"2024-01-05T14:03Z", "2024-01-05 14:03:00 utc minute"},
		{"2019-07-24T11:25:40+0300", "2019-07-24 11:25:40 offset second"},
		{"Fri, 05 Jan 2024 14:03:22 GMT", "2024-01-05 14:03:22 utc second"},
		{"Fri Jan  5 14:03:22 2024", "2024-01-05 14:03:22 unknown second"},
		{"2024", "2024-01-01 00:00:00 unknown year"},
		{"2014:09:259", "broken"},
		{"2023:02:30 10:00:00", "broken"},
		{"yesterday", "broken"},
		{"0000:00:00 00:00:00", "unset"},
		{"    :  :     :  :  ", "unset"},
		{"", "unset"},
	} {
		s, ok := readStamp(c.raw)
		got := "unset"
		switch w := s.when(nil); {
		case ok && s.broken:
			got = "broken"
			if w.Raw != c.raw || w.Precision != timeline.Undated {
				t.Errorf("%q: its words are lost: %+v", c.raw, w)
			}
		case ok:
			got = s.local.Format("2006-01-02 15:04:05.999") + " " + string(w.Basis) + " " + string(w.Precision)
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.raw, got, c.want)
		}
	}
}

func TestPlace(t *testing.T) {
	file := func(gps ...entry) Metadata {
		return localMetadata(t, jpegBytes(t, canvas(8, 8), tiffBytes(binary.BigEndian, nil, nil, gps)))
	}
	for _, c := range []struct {
		name string
		m    Metadata
		want timeline.Place
		note string
	}{
		{"none", file(), timeline.Place{}, ""},
		{"no fix", file(entry{1, "N"}, entry{2, [3]float64{}}, entry{3, "E"}, entry{4, [3]float64{}}), timeline.Place{}, "0, 0: the camera had no fix"},
		{"south west", file(entry{1, "S"}, entry{2, [3]float64{33, 30, 36}}, entry{3, "W"}, entry{4, [3]float64{70, 15, 0}}), timeline.Place{Lat: -33.51, Lon: -70.25, Fix: true}, ""},
		{"half of it", file(entry{1, "N"}, entry{2, [3]float64{33, 30, 36}}), timeline.Place{}, ""},
		{"not on earth", file(entry{1, "N"}, entry{2, [3]float64{133, 0, 0}}, entry{3, "E"}, entry{4, [3]float64{1, 0, 0}}), timeline.Place{}, "133, 1: not on earth"},
		{"a film", Metadata{Values: []Value{{Own, "movie", "\u00a9xyz", "+51.4169-000.0806+020.0/"}}}, timeline.Place{Lat: 51.4169, Lon: -0.0806, Fix: true}, ""},
	} {
		if got, note := place(c.m); got != c.want || note != c.note {
			t.Errorf("%s: %+v %q, want %+v %q", c.name, got, note, c.want, c.note)
		}
	}
}
