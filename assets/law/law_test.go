package law

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func all(t *testing.T) []Pack {
	t.Helper()
	list, err := All()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func day(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEveryPackLoads(t *testing.T) {
	for _, p := range all(t) {
		again, err := parse(must(json.Marshal(p))(t))
		if err != nil || !bytes.Equal(must(json.Marshal(p))(t), must(json.Marshal(again))(t)) {
			t.Errorf("%s: written out it is another: %v", p.ID, err)
		}
		for _, e := range p.entries() {
			if e.Source.String() == "" || e.CheckedOn == "" {
				t.Errorf("%s, %s: without source or day", p.ID, e.name)
			}
		}
	}
	if _, err := Named("ew"); err != nil {
		t.Error(err)
	}
	if _, err := Named("FR"); !errors.Is(err, ErrUnknown) {
		t.Errorf("a law that there is not: %v", err)
	}
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// The law of a day: an offence that had not begun, or had ended, is hidden, and
// so are the elements and penalties of another time.
func TestTheLawOfADay(t *testing.T) {
	ew := must(Named("EW"))(t)
	for on, want := range map[string]struct {
		has, hasNot []string
	}{
		"2011-05-01": {[]string{"EW-PHA-2", "EW-MCA-1-before"}, []string{"EW-PHA-2A", "EW-PHA-4A", "EW-SPA-8", "EW-MCA-1"}},
		"2024-01-30": {[]string{"EW-PHA-2A", "EW-MCA-1-before"}, []string{"EW-MCA-1", "EW-OSA-181"}},
		"2026-11-26": {[]string{"EW-PHA-2A", "EW-MCA-1", "EW-OSA-181"}, []string{"EW-MCA-1-before"}},
	} {
		p := ew.At(day(t, on))
		for _, id := range want.has {
			if _, err := p.Offence(id); err != nil {
				t.Errorf("%s: %v", on, err)
			}
		}
		for _, id := range want.hasNot {
			if _, err := p.Offence(id); err == nil {
				t.Errorf("%s: %s is in force", on, id)
			}
		}
	}
	for on, want := range map[string][2]string{"2017-04-02": {"5 years", "connected-then"}, "2023-04-05": {"10 years", "connected"}} {
		p := ew.At(day(t, on))
		fear, coercive := must(p.Offence("EW-PHA-4"))(t), must(p.Offence("EW-SCA-76"))(t)
		if len(fear.Penalties) != 1 || !strings.Contains(fear.Penalties[0].Text, want[0]) {
			t.Errorf("%s: %v", on, fear.Penalties)
		}
		if n := slices.IndexFunc(coercive.Elements, func(e Element) bool { return strings.HasPrefix(e.ID, "connected") }); coercive.Elements[n].ID != want[1] {
			t.Errorf("%s: %s", on, coercive.Elements[n].ID)
		}
	}
	if len(must(ew.Offence("EW-SCA-76"))(t).Elements) != 6 {
		t.Error("the pack itself was changed by looking at a day")
	}
}

// The seven of s 2A(3) and the three that other laws list stand in every pack.
func TestCodesOfBehaviour(t *testing.T) {
	want := []string{"FOLLOW", "CONTACT", "PUBLISH", "MONITOR", "LOITER", "INTERFERE", "WATCH", "ENTER", "LEAVE", "OTHER"}
	for _, p := range all(t) {
		var codes []string
		for _, b := range p.Behaviours {
			codes = append(codes, b.Code)
		}
		if !slices.Equal(codes, want) {
			t.Errorf("%s: %v", p.ID, codes)
		}
	}
}

// A notice that has no place in a case of stalking can be noted and never asked
// for; the referral check has its 28 lines.
func TestWhatTheReferralAsks(t *testing.T) {
	ew := must(Named("EW"))(t)
	for _, o := range ew.Orders {
		if o.HistoryOnly != (o.ID == "EW-PIN") {
			t.Errorf("%s: history only is %v", o.ID, o.HistoryOnly)
		}
		for _, off := range ew.Offences {
			if o.HistoryOnly && slices.Contains(off.Orders, o.ID) {
				t.Errorf("%s proposes %s", off.ID, o.ID)
			}
		}
	}
	if n := len(ew.Checklists[0].Items); n != 28 {
		t.Errorf("%d lines of the referral check", n)
	}
	for _, o := range ew.Orders {
		if o.ID == "EW-SPO" && (o.MinYears != 2 || o.NotifyDays != 3 || o.Standard != "civil" || len(o.Criteria) != 3) {
			t.Errorf("%+v", o)
		}
	}
}

// No question and no name of a tool for assessing risk is in the program: their
// authors' rights, and a score nobody here may make.
func TestNoNamedRiskTool(t *testing.T) {
	tools := regexp.MustCompile(`\b(S-?DASH|DASH|SASH|SAM|SRP|DARA|SHARP|SST)\b|(?i)risk (score|grade)`)
	for _, p := range all(t) {
		if found := tools.FindString(string(must(json.Marshal(p))(t))); found != "" {
			t.Errorf("%s names %s", p.ID, found)
		}
	}
}

func TestWhatIsNotKnownIsRefused(t *testing.T) {
	good := string(must(json.Marshal(all(t)[0]))(t))
	for _, bad := range [][2]string{
		{`"label"`, `"title_of_it"`}, {`"shown_by":["conduct"]`, `"shown_by":["guilt"]`}, {`"behaviour:MONITOR"`, `"behaviour:SHOUT"`},
		{`"limitation":"EW-six-months"`, `"limitation":"EW-ten-days"`}, {`"alternatives":["EW-PHA-2A"]`, `"alternatives":["EW-X"]`}, {`"orders":["EW-RO"`, `"orders":["EW-X"`},
		{`"breach":"EW-SPA-8"`, `"breach":"EW-X"`}, {`"kind":"bail"`, `"kind":"game"`}, {`"checked_on":"2026-11-21"`, `"checked_on":"yesterday"`},
		{`"in_force_from":"2012-11-25"`, `"in_force_from":"2012-11-31"`}, {`"id":"EW-PHA-4A"`, `"id":"EW-PHA-4"`}, {`"version":"2026-11-26"`, `"version":"2"`},
		{`"url":"https://www.leg`, `"url":"http://www.leg`}, {`"months":6`, `"months":0`}, {`"id":"R2"`, `"id":"R1"`}, {`"code":"WATCH"`, `"code":"watch"`}, {`"on":"2024-01-31"`, `"on":""`},
	} {
		text := strings.Replace(good, bad[0], bad[1], 1)
		if text == good {
			t.Fatalf("%s is not in the pack", bad[0])
		}
		if _, err := parse([]byte(text)); err == nil {
			t.Errorf("%s in place of %s is taken", bad[1], bad[0])
		}
	}
	if _, err := parse([]byte(good + "{}")); err == nil {
		t.Error("something behind the pack is taken")
	}
}

func sign(key ed25519.PrivateKey, body []byte) []byte {
	return append([]byte(head+base64.StdEncoding.EncodeToString(ed25519.Sign(key, body))+"\n"), body...)
}

// A made-up offence in a pack that is signed is law as any other; whatever is
// changed in the file, nothing of it is read.
func TestASignedPack(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := all(t)[0]
	p.Version = "2027-01-02"
	made := must(p.Offence("EW-PHA-2"))(t)
	made.ID, made.Label, made.From = "EW-MADE-UP", "Whistling at night", "2027-01-01"
	p.Offences = append(slices.Clone(p.Offences), made)
	file := sign(private, must(json.Marshal(p))(t))
	got, err := Load(file, public)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := got.At(day(t, "2026-12-31")).Offence("EW-MADE-UP"); err == nil {
		t.Error("it is in force before its day")
	}
	must(got.At(day(t, "2027-01-01")).Offence("ew-made-up"))(t)
	for i := 0; i < len(file); i += 97 {
		bad := bytes.Clone(file)
		bad[i] ^= 1
		if p, err := Load(bad, public); err == nil || p.ID != "" || i > len(head)+90 && !errors.Is(err, ErrSignature) && !errors.Is(err, ErrBroken) {
			t.Fatalf("byte %d changed: %v, %v", i, p.ID, err)
		}
	}
	for what, bad := range map[string][]byte{"nothing": nil, "no signature": file[bytes.IndexByte(file, '\n')+1:], "half": file[:len(file)/2]} {
		if _, err := Load(bad, public); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := Load(file, must(Key())(t)); !errors.Is(err, ErrSignature) || errors.Is(err, ErrBroken) {
		t.Errorf("a key of somebody else: %v", err)
	}
	if _, err := Load(sign(private, []byte(`{"id":"EW","penalty":1}`)), public); err == nil || errors.Is(err, ErrSignature) {
		t.Errorf("signed, and not a pack: %v", err)
	}
	list := must(With(all(t), got))(t)
	if len(list) != len(names) || len(list[0].Offences) != len(p.Offences) {
		t.Error("it does not stand in the place of the program's own")
	}
	got.Version = "2020-01-01"
	if _, err := With(all(t), got); !errors.Is(err, ErrOlder) {
		t.Error("an older pack takes the place of a newer")
	}
	got.ID = "XX"
	if list := must(With(all(t), got))(t); len(list) != len(names)+1 {
		t.Error("another jurisdiction is not added")
	}
}

func TestAnOldPackWarns(t *testing.T) {
	for _, p := range all(t) {
		on := day(t, p.CheckedOn())
		old := func(now time.Time) bool {
			return slices.ContainsFunc(p.Warnings(now), func(w string) bool { return strings.Contains(w, "more than six months ago") })
		}
		if old(on.AddDate(0, 6, 0)) || !old(on.AddDate(0, 6, 1)) {
			t.Errorf("%s warns too early or too late", p.ID)
		}
	}
}

// Every entry of every file says for itself from when to when it is in force, where
// it was read and on which day, and whether it must be looked up again: nothing of it
// is left to what an empty field would mean.
func TestEveryEntrySaysWhatItRestsOn(t *testing.T) {
	n := map[string]int{}
	for _, pack := range names {
		for _, file := range must(fs.Glob(files, pack+"/*.json"))(t) {
			var parts map[string]json.RawMessage
			if err := json.Unmarshal(must(files.ReadFile(file))(t), &parts); err != nil {
				t.Fatal(err)
			}
			for _, part := range []string{"offences", "orders", "behaviours", "rules", "differences", "guidance", "checklists"} {
				var entries []map[string]any
				if parts[part] == nil {
					continue
				}
				if err := json.Unmarshal(parts[part], &entries); err != nil {
					t.Fatal(err)
				}
				for _, e := range entries {
					n[pack+" "+part]++
					for _, key := range []string{"in_force_from", "in_force_to", "source", "checked_on", "verify"} {
						if _, said := e[key]; !said {
							t.Errorf("%s, %s %v%v: it does not say %s", file, part, e["id"], e["code"], key)
						}
					}
				}
			}
		}
		if n[pack+" offences"] == 0 || n[pack+" orders"] == 0 || n[pack+" behaviours"] == 0 {
			t.Errorf("%s is not begun: %v", pack, n)
		}
	}
}

// Nothing is said to have been read after the pack was made.
func TestNothingIsReadAfterItsPackWasMade(t *testing.T) {
	for _, p := range all(t) {
		for _, e := range p.entries() {
			if e.CheckedOn > p.Version {
				t.Errorf("%s, %s: read on %s, and the pack is of %s", p.ID, e.name, e.CheckedOn, p.Version)
			}
		}
	}
}

// What any incident may show stands only where the law asks for a course of conduct:
// an offence of one act has what somebody marked as that act, or linked.
func TestNoActIsShownByAnyIncident(t *testing.T) {
	for _, p := range all(t) {
		for _, o := range p.Offences {
			if slices.ContainsFunc(o.Elements, func(e Element) bool { return e.Least > 1 }) {
				continue
			}
			for _, e := range o.Elements {
				for _, s := range e.ShownBy {
					if slices.Contains([]string{"conduct", "behaviour", "exact_words", "feeling", "change", "witness"}, s) {
						t.Errorf("%s/%s is shown by %s", o.ID, e.ID, s)
					}
				}
			}
		}
	}
}

// What a person marks as a threat, an intimate image or a breach is material of the
// laws that have an offence of it, and hostility of those that weigh it.
func TestMarksAreMaterialInEveryLaw(t *testing.T) {
	for pack, want := range map[string][]string{
		"EW":     {"tag:threat", "tag:intimate_image", "tag:hate_element", "breach"},
		"SCT":    {"tag:threat", "tag:intimate_image", "tag:hate_element", "breach"},
		"NIR":    {"tag:threat", "tag:intimate_image", "breach"},
		"US-FED": {"tag:threat", "tag:intimate_image", "breach"},
	} {
		var shown []string
		p := must(Named(pack))(t)
		for _, o := range p.Offences {
			for _, e := range o.Elements {
				shown = append(shown, e.ShownBy...)
			}
		}
		for _, mark := range want {
			if !slices.Contains(shown, mark) {
				t.Errorf("%s: %s is material of nothing", pack, mark)
			}
		}
		for _, o := range p.Orders {
			if o.Kind == "order" && o.Breach == "" && pack != "EW" {
				t.Errorf("%s: nothing is said of breaking %s", pack, o.ID)
			}
		}
	}
}
