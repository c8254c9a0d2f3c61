//go:build linux

package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"daybook/assets/law"
)

// signedBy are the two halves of a key that a test makes, and no release has.
type signedBy struct {
	public  ed25519.PublicKey
	private ed25519.PrivateKey
}

func newSigner(d desk) signedBy {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		d.Fatal(err)
	}
	return signedBy{public, private}
}

// pack writes the law of England and Wales with what is changed in it, signed.
func (s signedBy) pack(d desk, version string, change func(*law.Pack)) (name string) {
	d.Helper()
	p, err := law.Named("EW")
	if err != nil {
		d.Fatal(err)
	}
	p.Version = version
	change(&p)
	body, err := json.Marshal(p)
	if err != nil {
		d.Fatal(err)
	}
	name = filepath.Join(d.TempDir(), version+".law")
	file := append([]byte("signature "+base64.StdEncoding.EncodeToString(ed25519.Sign(s.private, body))+"\n"), body...)
	if err := os.WriteFile(name, file, 0o600); err != nil {
		d.Fatal(err)
	}
	return name
}

// law runs the command of the law as a program whose packs this key signs.
func (s signedBy) law(d desk, args ...string) (out, messages string, code int) {
	d.Helper()
	var o, m bytes.Buffer
	t := &terminal{in: strings.NewReader(""), out: &o, messages: &m, lawKey: s.public}
	code = t.run(d.Context(), append([]string{"law", "--case", d.dir}, args...))
	return o.String(), m.String(), code
}

// whistling is an offence that no law has, from a day on.
func whistling(p *law.Pack) {
	o, err := p.Offence("EW-PHA-2")
	if err != nil {
		return
	}
	o.ID, o.Label, o.From = "EW-WHISTLE", "Whistling at night", "2025-11-01"
	o.Elements = []law.Element{{ID: "act", Text: "Somebody whistled.", ShownBy: []string{"behaviour:WHISTLE"}, Least: 1}, {ID: "night", Text: "It was night."}}
	p.Offences = append(slices.Clone(p.Offences), o)
	b := p.Behaviours[0]
	b.Code, b.Short, b.Label = "WHISTLE", "whistling", "Whistling after somebody"
	p.Behaviours = append(slices.Clone(p.Behaviours), b)
}

// humming is whistling, an offence that was law until the day before it, and another
// wording of what must be shown of stalking.
func humming(p *law.Pack) {
	whistling(p)
	o := p.Offences[len(p.Offences)-1]
	o.ID, o.Label, o.From, o.To = "EW-HUM", "Humming at noon", "2025-01-01", "2025-10-31"
	p.Offences = append(p.Offences, o)
	i := slices.IndexFunc(p.Offences, func(o law.Offence) bool { return o.ID == "EW-PHA-2A" })
	p.Offences[i].Elements = slices.Clone(p.Offences[i].Elements)
	p.Offences[i].Elements[0].Text = "The birds were silent."
}

var lawRows = []caseworkRow{
	{"5", "papers go by the pack of the case; an offence that has ended is offered on no later day, and takes what happened while it was law alone", func(d desk) {
		key := newSigner(d)
		early, late := d.event("incident", "--occurred", "2025-10-11 23:00", "--text", "He whistled."), d.event("incident", "--occurred", "2025-11-02 23:00", "--text", "He whistled again.")
		d.want(!d.paper("pack-prosecutor").has("The birds were silent."), "the paper says what no law says")
		if _, said, code := key.law(d, "--pack", key.pack(d, "2027-01-02", humming)); code != 0 {
			d.Fatal(said)
		}
		for _, id := range []string{early, late} {
			d.do("mark", id, "--code", "WHISTLE")
		}
		d.want(d.paper("pack-prosecutor").has("The birds were silent."), "the paper does not go by the pack")
		d.want(d.paper("pack-police").has("WHISTLE: Whistling after somebody") && d.paper("officer-brief").has("WHISTLE: Whistling after somebody: 2"), "the papers do not know the code: %s", d.paper("officer-brief").text)
		offered := paths(d)
		d.want(offered["EW-WHISTLE"] != nil && offered["EW-HUM"] == nil, "%v", offered)
		for day, want := range map[string]int{"2024-12-31": exitUse, "2025-01-01": 0, "2025-10-31": 0, "2025-11-01": exitUse} {
			_, said, code := key.law(d, "EW-HUM", "--at", day)
			d.want(code == want, "on %s: %d: %s", day, code, said)
		}
		for id, want := range map[string][2]string{"EW-HUM": {early, late}, "EW-WHISTLE": {late, early}} {
			m := d.one("matrix", id)
			cells := m["elements"].([]any)[0].(map[string]any)["cells"].([]any)
			d.want(len(cells) == 1 && cells[0].(map[string]any)["event"] == want[0] && slices.Equal(m["outside"].([]any), []any{want[1]}), "%s: %v", id, m)
		}
		out := filepath.Join(d.TempDir(), "out")
		d.do("bundle", "--out", out, "--matrix", "EW-HUM")
		rows := tableOf(d, out, "matrix.csv")
		d.want(rows[0]["Event"] == early && !slices.ContainsFunc(rows, func(r map[string]string) bool { return r["Event"] == late }), "%v", rows)
	}},
	{"5", "the law changes by a data file alone: a made-up offence and its code are law of the case from then on, and not before their day", func(d desk) {
		key := newSigner(d)
		early := d.event("incident", "--occurred", "2025-10-11 23:00", "--text", "He whistled.")
		late := d.event("incident", "--occurred", "2025-11-02 23:00", "--text", "He whistled again.")
		d.refused("mark", late, "--code", "WHISTLE")
		d.refused("matrix", "EW-WHISTLE")
		d.do("bundle", "--out", filepath.Join(d.TempDir(), "before"), "--freeze")
		out, said, code := key.law(d, "--pack", key.pack(d, "2027-01-02", whistling), "--json")
		d.want(code == 0 && strings.Contains(out, `"version":"2027-01-02"`) && strings.Contains(out, `"signed_by":"`), "%d: %s%s", code, out, said)
		for _, id := range []string{early, late} {
			d.do("mark", id, "--code", "WHISTLE")
		}
		m := d.one("matrix", "EW-WHISTLE")
		act := m["elements"].([]any)[0].(map[string]any)["cells"].([]any)
		d.want(len(act) == 1 && act[0].(map[string]any)["event"] == late && len(m["outside"].([]any)) == 1, "%v", m)
		codes := d.one("course")["codes"].([]any)
		d.want(len(codes) == 1 && codes[0].(map[string]any)["events"] == 2.0, "%v", codes)
		after := filepath.Join(d.TempDir(), "after")
		d.do("bundle", "--out", after, "--freeze")
		d.want(holds(d, filepath.Join(after, "data", "timeline"), "whistling"), "the bundle has no words for the code")
		d.want(!holds(d, filepath.Join(after, "data", "schedule.csv"), "2027-01-02.law"), "the pack stands among what the person added")
		frozen := d.do("bundles")
		was, is := frozen[0]["law"].(map[string]any)["EW"], frozen[1]["law"].(map[string]any)["EW"]
		d.want(len(frozen) == 2 && was != is && is == "2027-01-02", "%v, %v", was, is)
		_, said, code = key.law(d)
		d.want(code == 0 && strings.Contains(said, "EW of 2027-01-02") && strings.Contains(said, "Signed by the key"), "%d: %s", code, said)
	}},
	{"5", "the terms of an order name it in the law of the day", func(d desk) {
		d.event("register", "order", "--on", "2025-11-01", "--text", "An order.", "--set", "sort=restraining order", "--set", "law=EW-RO", "--term", "not to contact her")
		said := d.said("incident", "--occurred", "2025-12-24 18:00", "--text", "He stood at the gate.")
		d.want(strings.Contains(said, "In the law of that day: EW-RO"), "%s", said)
	}},
	{"54", "a newer pack is loaded offline once its signature holds; one that is older, or signed by another key, is not", func(d desk) {
		key := newSigner(d)
		newer := key.pack(d, "2027-01-02", whistling)
		_, said, code := newSigner(d).law(d, "--pack", newer)
		d.want(code == exitFailed && strings.Contains(said, "nothing of it was read"), "another key: %d: %s", code, said)
		d.want(len(d.do("items")) == 0, "it was kept")
		_, said, code = key.law(d, "--pack", key.pack(d, "2020-01-01", whistling))
		d.want(code == exitFailed && strings.Contains(said, "older"), "an older one: %d: %s", code, said)
		_, said, code = key.law(d, "--pack", newer)
		d.want(code == 0, "%d: %s", code, said)
		_, said, code = key.law(d, "--pack", newer)
		d.want(code == exitFailed && strings.Contains(said, "2027-01-02"), "the same again: %d: %s", code, said)
		entries := d.do("journal")
		d.want(entries[len(entries)-1]["action"] == "law" && len(d.do("items")) == 1, "%v", entries[len(entries)-1])
		out, _, code := key.law(d, "--json", "EW-WHISTLE")
		d.want(code == 0 && strings.Contains(out, "Whistling at night"), "%d: %s", code, out)
	}},
}
