package timeline

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Fact is one further thing that a source says of an event, under the name that it
// has there: "subject", "duration", "status".
type Fact struct{ Name, Value string }

// Facts are the further facts of an event, each name once: only Set adds one. Nearly
// every event has a handful, which a list finds at a fraction of the cost of a map.
// They are stored, and written as a JSON object, in the order of their names.
type Facts []Fact

// FactsOf makes facts of names, each with its value behind it.
func FactsOf(pairs ...string) Facts {
	f := make(Facts, 0, max(4, len(pairs)/2))
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

func (f Facts) find(name string) int {
	for i := range f {
		if f[i].Name == name {
			return i
		}
	}
	return -1
}

// Get is the value of a fact; empty where there is none.
func (f Facts) Get(name string) string {
	if i := f.find(name); i >= 0 {
		return f[i].Value
	}
	return ""
}

// Has tells whether there is such a fact, if only an empty one.
func (f Facts) Has(name string) bool { return f.find(name) >= 0 }

// Set notes a fact, in the place of one of the same name.
func (f *Facts) Set(name, value string) {
	if i := f.find(name); i >= 0 {
		(*f)[i].Value = value
		return
	}
	*f = append(*f, Fact{name, value})
}

// Sorted are the facts by their names; f stays as it is.
func (f Facts) Sorted() Facts {
	sorted := slices.Clone(f)
	sorted.sort()
	return sorted
}

func (f Facts) sort() {
	slices.SortFunc(f, func(a, b Fact) int { return strings.Compare(a.Name, b.Name) })
}

// MarshalJSON writes an object.
func (f Facts) MarshalJSON() ([]byte, error) {
	switch {
	case f == nil:
		return []byte("null"), nil
	case len(f) == 0:
		return []byte("{}"), nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // which is for whoever writes what it stands in
	err := enc.Encode(f.named())
	return b.Bytes(), err
}

// UnmarshalJSON reads one.
func (f *Facts) UnmarshalJSON(b []byte) error {
	var named map[string]string
	if err := json.Unmarshal(b, &named); err != nil {
		return err
	}
	*f = factsOf(named)
	return nil
}

// factsOf are the entries of a map.
func factsOf(named map[string]string) (f Facts) {
	for name, value := range named {
		f = append(f, Fact{name, value})
	}
	return f.Sorted()
}

// named are the facts as a map; none where there are none.
func (f Facts) named() map[string]string {
	if len(f) == 0 {
		return nil
	}
	named := make(map[string]string, len(f))
	for _, fact := range f {
		named[fact.Name] = fact.Value
	}
	return named
}
