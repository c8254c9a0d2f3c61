package jsonfile

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// TestTwiceInARowLikeOthers: what was learned of the rows before holds of those
// alone that are like them.
func TestTwiceInARowLikeOthers(t *testing.T) {
	f := New(context.Background(), strings.NewReader(`[{"a":1,"b":2}, {"a":1,"b":2}, {"a":1,"a":2}, {"a":1,"a":3}, {"a":1,"a":1}, {"a":1,"b":2},
		{"a":1,"a":2,"b":[,]}, {"a":1,"a":4,"b":3}, {"a":1,"b":2}, {"a":1,"b":2,"a":5}, {"a":1}, {"a":1,"b":2,"a":6}]`))
	var row Flat
	var got []string
	for v, err := range f.Records(&row) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, strings.Join(v.Twice("a"), "+"))
	}
	if want := []string{"", "", "1+2", "1+3", "", "", "1+2", "1+4", "", "1+5", "", "1+6"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestTwice: what a record says twice under one name, and not the same, is told,
// however the record is read.
func TestTwice(t *testing.T) {
	for text, want := range map[string][]string{
		`[{"from":"Dan","text":"a","from":"Maya"}]`:            {"Dan", "Maya"},
		`[{"from":"Dan","text":"a","from":"Dan"}]`:             nil,
		`[{"text":"a","from":"Dan"}]`:                          nil,
		`[{"fr\u006fm":"Dan","from":"Maya"}]`:                  {"Dan", "Maya"},
		`[{"from":"Maya","text":"\x0b","from":"Dan"}]`:         {"Dan", "Maya"},
		`[{"from":"D\u0061n","other":{"from":1},"from":null}]`: {"", "Dan"},
	} {
		f := New(context.Background(), strings.NewReader(text))
		var into struct {
			From Scalar `json:"from"`
			Text Scalar `json:"text"`
		}
		for v, err := range f.Records(&into) {
			if err != nil || v.Bad != nil {
				t.Fatal(err, v.Bad)
			}
			if got := v.Twice("from"); !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", text, got, want)
			}
		}
		if strings.Contains(text, `\x`) {
			continue // is none that a Flat is read from
		}
		f = New(context.Background(), strings.NewReader(text))
		var row Flat
		for v, err := range f.Records(&row) {
			if err != nil || v.Bad != nil {
				t.Fatal(err, v.Bad)
			}
			for _, got := range [][]string{row.Twice("from"), v.Twice("from")} {
				if !slices.Equal(got, want) {
					t.Errorf("as a row: %s: %q, want %q", text, got, want)
				}
			}
		}
		f = New(context.Background(), strings.NewReader(text))
		var tree Tree
		for v, err := range f.Records(&tree) {
			if err != nil || v.Bad != nil {
				t.Fatal(err, v.Bad)
			}
			if got := v.Twice("from"); !slices.Equal(got, want) {
				t.Errorf("as a tree: %s: %q, want %q", text, got, want)
			}
		}
	}
}
