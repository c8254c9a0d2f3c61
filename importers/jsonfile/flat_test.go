package jsonfile

import (
	"slices"
	"strings"
	"testing"
)

func TestFlatRecord(t *testing.T) {
	f := walk(`{"A": "x\ny", "b": 1.50, "c": null, "d": {"e": [1, 2]}, "A": "again", "f": ""}`)
	v, err := f.Value()
	if err != nil {
		t.Fatal(err)
	}
	var flat Flat
	if err := v.Decode(&flat); err != nil {
		t.Fatal(err)
	}
	got := ""
	for name, value := range flat.Rest("b", "f") {
		got += name + "=" + value + ";"
	}
	if got != "A=x\ny;d={\"e\": [1, 2]};A=again;" || flat.Get("c", "b") != "1.50" || !flat.Has("c") || flat.Has("e") {
		t.Errorf("%q, %v", got, flat)
	}
	if v, err = walk(`[1]`).Value(); err != nil || v.Decode(&flat) == nil {
		t.Error("an array is no object of plain values", err)
	}
}

// TestLeaves: what stands in objects inside an object has a name of its own, and
// a text that looks like an object is a text.
func TestLeaves(t *testing.T) {
	f := walk(`{"a": {"b": {"c": 1, "d": null}, "e": [1, {"f": 2}]}, "g": "{\"h\": 3}", "i": {}, "j": "[x"}`)
	v, err := f.Value()
	if err != nil {
		t.Fatal(err)
	}
	var leaves Leaves
	for range 2 { // the second time its names are there
		if err := v.Decode(&leaves); err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, m := range leaves.Flat {
			got += m.Name + "=" + m.Value + ";"
		}
		if got != `a b c=1;a b d=;a e=1; f 2;g={"h": 3};i={};j=[x;` {
			t.Error(got)
		}
	}
}

// TestLeavesOpen: an object is opened also where the record before has null, or
// anything else, in its place.
func TestLeavesOpen(t *testing.T) {
	for _, before := range []string{"null", "3", `"x"`, "{}", "[]"} {
		if !agree[Leaves](t, `{"a": `+before+`}`, `{"a": {"b": 1}}`, `{"a": `+before+`}`) {
			t.Errorf("behind %s: left to the library", before)
		}
	}
}

// The values of a record are the same whether they share its text or not.
func TestFlatShared(t *testing.T) {
	for _, more := range []string{"", strings.Repeat("x", 2<<10), "\xff"} {
		text := ` { "a" : "one" , "b":"t\"wo", "c": 3.5 , "d":null,"e":{"f": [1, "2"]}, "g":"` + more + "\", \"h\":true}"
		var short, long Flat
		for _, into := range []*Flat{&short, &long} {
			if err := (Value{Raw: Raw(text), Size: int64(len(text))}).Decode(into); err != nil {
				t.Fatal(err)
			}
		}
		want := Flat{{"a", "one"}, {"b", `t"wo`}, {"c", "3.5"}, {"d", ""}, {"e", `{"f": [1, "2"]}`}, {"g", strings.ToValidUTF8(more, "\uFFFD")}, {"h", "true"}}
		if !slices.Equal(long, want) || !slices.Equal(short, want) {
			t.Errorf("%.80q: %.200q", text, long)
		}
	}
}
