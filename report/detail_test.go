package report

import (
	"path/filepath"
	"strings"
	"testing"

	"daybook/timeline"
)

// served writes a served pack and gives its files, those of the pages' text.
func (k *realCase) served(t *testing.T, show ...Detail) map[string][]byte {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "b")
	b := k.planned(t, Served, func(s *Selection) { s.Show = show })
	if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	if v := verdict(t, dir); !v.OK() {
		t.Error(v.Problems)
	}
	tree := readTree(t, dir)
	tree["the plan"] = []byte(dump(t, b))
	return tree
}

func holds(tree map[string][]byte, words string) (in []string) {
	for name, data := range tree {
		if strings.Contains(string(data), words) {
			in = append(in, name)
		}
	}
	return in
}

// A correction strikes something out of what the other side reads: neither the
// earlier version nor the reason is anywhere in a served pack, and the count is.
func TestServedPackHoldsTheCurrentVersionAlone(t *testing.T) {
	k := newCase(t)
	in := timeline.IncidentDraft{Occurred: must(timeline.ParseWhen("2024-03-15 19:30", k.c.Zone()))(t), What: "Parked at 9 Oak Lane where Kasia sleeps",
		Place: timeline.IncidentPlace{Text: "9 Oak Lane"}, Witnesses: []timeline.Witness{{Name: "little Ola"}}, FeelingThen: "cold all over"}
	w := must(k.x.WriteIncident(t.Context(), in))(t)
	in.What, in.Place.Text, in.Protect = "Parked near my sister's.", "street by the depot", []string{timeline.ProtectWitnesses}
	must(k.x.Correct(t.Context(), w.ID, in, "names a child and an address"))(t)
	in.Protect = nil
	must(k.x.Correct(t.Context(), w.ID, in, "no reason at all"))(t)

	tree := k.served(t)
	for _, secret := range []string{"9 Oak Lane", "Kasia sleeps", "names a child", "no reason at all", "the duration was missing", "street by the depot", "little Ola", "cold all over"} {
		if in := holds(tree, secret); len(in) > 0 {
			t.Errorf("%q is in %v", secret, in)
		}
	}
	for _, said := range []string{"Parked near my sister's.", "2 earlier versions are withheld", "1 earlier version is withheld; the full pack and the journal hold it", "place, witnesses, feelings"} {
		if len(holds(tree, said)) == 0 {
			t.Errorf("the pack does not say %q", said)
		}
	}
	tree = k.served(t, Details()...)
	for _, shown := range []string{"street by the depot", "cold all over"} {
		if len(holds(tree, shown)) == 0 {
			t.Errorf("%q was asked for and is not shown", shown)
		}
	}
	for _, secret := range []string{"9 Oak Lane", "little Ola", "12 Acacia Avenue"} {
		if in := holds(tree, secret); len(in) > 0 {
			t.Errorf("%q is protected in one version, and is in %v", secret, in)
		}
	}
}
