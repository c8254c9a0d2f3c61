package casework

import (
	"slices"
	"testing"

	"daybook/assets/law"
)

// A word that is nearly a tag of the law is known as that, and no other is; the tags by
// which patterns go are in the law's data.
func TestTagsThatAreMeant(t *testing.T) {
	packs, err := law.All()
	if err != nil {
		t.Fatal(err)
	}
	tags := Law{Packs: packs}.Tags()
	for given, want := range map[string]string{
		"private_knowledge": "shows_private_knowledge", "knows_private": "shows_private_knowledge", "Shows-Private-Knowledge": "shows_private_knowledge",
		"Breach_of_order": "breach_of_order", "breach of orders": "breach_of_order", "bail breach": "bail_breach", "children_present": "child_present",
		"by proxy": "by_proxy", "Weapons": "weapon", "threats": "threat",
		"breach_of_order": "", "threat": "", "kitchen": "", "private party": "", "present": "", "of": "", "": "", "—": "",
	} {
		if got, _ := Meant(tags, given); got.Tag != want {
			t.Errorf("%q is taken for %q, want %q", given, got.Tag, want)
		}
	}
	for _, p := range Patterns() {
		for _, tag := range TagsOf(p) {
			if !slices.ContainsFunc(tags, func(k law.Tag) bool { return k.Tag == tag }) {
				t.Errorf("pattern %s goes by %q, which no law has", p, tag)
			}
		}
	}
}
