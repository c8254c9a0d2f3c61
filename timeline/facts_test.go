package timeline

import (
	"bytes"
	"encoding/json"
	"maps"
	"testing"

	"pgregory.net/rapid"
)

// TestFacts holds facts against a map: what is set, found and written as JSON.
func TestFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var facts Facts
		model := map[string]string{}
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab<é")), 0, 3, -1)
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			name, value := text.Draw(t, "name"), text.Draw(t, "value")
			facts.Set(name, value)
			model[name] = value
			if asked := text.Draw(t, "asked"); facts.Get(asked) != model[asked] || facts.Has(asked) != has(model, asked) {
				t.Fatalf("%q of %v", asked, facts)
			}
		}
		if len(facts) != len(model) || len(model) > 0 && !maps.Equal(facts.named(), model) {
			t.Fatalf("%v, want %v", facts, model)
		}
		if len(model) == 0 {
			model = nil
		}
		var got, want bytes.Buffer
		for to, v := range map[*bytes.Buffer]any{&got: facts, &want: model} {
			enc := json.NewEncoder(to)
			enc.SetEscapeHTML(false)
			if err := enc.Encode(v); err != nil {
				t.Fatal(err)
			}
		}
		var back Facts
		if err := json.Unmarshal(got.Bytes(), &back); err != nil || got.String() != want.String() || !maps.Equal(back.named(), facts.named()) {
			t.Fatalf("%s, want %s; back %v, %v", got.Bytes(), want.Bytes(), back, err)
		}
	})
}

func has(m map[string]string, name string) bool {
	_, ok := m[name]
	return ok
}
