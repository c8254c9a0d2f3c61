package jsonfile

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"daybook/importers/importertest"
)

func walk(s string) *File { return New(context.Background(), strings.NewReader(s)) }

// build makes what encoding/json would make, by the walk alone.
func build(f *File) (any, error) {
	switch f.Kind() {
	case '{':
		m := map[string]any{}
		for name, err := range f.Members() {
			if err != nil {
				return nil, err
			}
			v, err := build(f)
			if err != nil {
				return nil, err
			}
			m[name] = v
		}
		return m, nil
	case '[':
		a := []any{}
		for i, err := range f.Elements() {
			if err != nil {
				return nil, err
			}
			if i != len(a) {
				return nil, fmt.Errorf("element %d is called %d", len(a), i)
			}
			v, err := build(f)
			if err != nil {
				return nil, err
			}
			a = append(a, v)
		}
		return a, nil
	}
	var v any
	x, err := f.Value()
	if err == nil {
		err = x.Decode(&v)
	}
	return v, err
}

func document(depth int) *rapid.Generator[any] {
	leaf := rapid.OneOf(rapid.Just[any](nil), rapid.Bool().AsAny(), rapid.Float64Range(-1e9, 1e9).AsAny(),
		rapid.String().AsAny(), rapid.StringMatching(`[\\"{}\[\],: é]{0,8}`).AsAny())
	if depth == 0 {
		return leaf
	}
	return rapid.Custom(func(t *rapid.T) any {
		switch rapid.IntRange(0, 2).Draw(t, "what") {
		case 0:
			return leaf.Draw(t, "leaf")
		case 1:
			return rapid.SliceOfN(document(depth-1), 0, 4).AsAny().Draw(t, "array")
		}
		return rapid.MapOfN(rapid.String(), document(depth-1), 0, 4).AsAny().Draw(t, "object")
	})
}

// TestWalkIsTheLibrarys: walking a document through gives what the standard
// library makes of it, however the bytes arrive, and ends at its end.
func TestWalkIsTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data, err := json.MarshalIndent(document(4).Draw(t, "document"), "", rapid.SampledFrom([]string{"", " ", "\t\r\n"}).Draw(t, "indent"))
		if err != nil {
			t.Fatal(err)
		}
		var want any
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatal(err)
		}
		for _, r := range []io.Reader{bytes.NewReader(data), iotest.OneByteReader(bytes.NewReader(data)), iotest.DataErrReader(bytes.NewReader(data))} {
			f := New(context.Background(), r)
			got, err := build(f)
			if err != nil || f.End() != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: %v, %v, %v", data, got, err, f.End())
			}
		}
		whole := walk(string(data))
		if size, err := whole.Skip(); err != nil || int(size) != len(bytes.TrimSpace(data)) {
			t.Fatalf("%d bytes passed over, %v, want %d", size, err, len(data))
		}
	})
}

// TestUnreadIsAccountedFor: what a loop's body leaves, wherever it stops, is
// named with its bytes.
func TestUnreadIsAccountedFor(t *testing.T) {
	f := walk(`{"title": "x", "messages": [{"a": 1, "b": [2, 3]}, {"a": 44}, 5], "odd.name": {}, "end": null}`)
	for name, err := range f.Members() {
		if err != nil {
			t.Fatal(err)
		}
		if name != "messages" {
			continue
		}
		for i, err := range f.Elements() {
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				for range f.Members() {
					break // what is left of this object is left
				}
			}
		}
	}
	if err := f.End(); err != nil {
		t.Fatal(err)
	}
	want := []Part{{"title", 1, 10, 3}, {"messages[].a", 1, 34, 1}, {"messages[].b", 1, 42, 6}, {"messages[]", 2, 51, 10}, {`"odd.name"`, 1, 78, 2}, {"end", 1, 89, 4}}
	if got := f.Unread(); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// TestCutAnywhere: a file that is cut off gives what stands before the cut and
// says where it ends.
func TestCutAnywhere(t *testing.T) {
	const whole = `{"messages": [{"text": "a\"\\"}, [1, 2.5, true], "]}"], "title": "x"}`
	for n := range len(whole) {
		f := walk(whole[:n])
		_, err := build(f)
		if err == nil {
			err = f.End()
		}
		var at *Broken
		if n > 0 && (!errors.As(err, &at) || !errors.Is(err, io.ErrUnexpectedEOF) || at.At != int64(n)) {
			t.Errorf("cut at %d: %v", n, err)
		}
	}
}

// TestBroken: what is wrong is told with the byte.
func TestBroken(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1}x`:              "byte 7: something follows the end of the JSON",
		`{"a":1]`:               "byte 6: a comma is missing",
		`{"a" 1}`:               "byte 5: a colon is missing",
		`{a:1}`:                 "byte 1: the name of a value is missing",
		`[1 2]`:                 "byte 3: a comma is missing",
		`[,]`:                   "byte 1: a value is missing",
		`[{"a":[1}]`:            "byte 8: a comma is missing",
		`[1,`:                   "byte 3: inside [1] the file is cut off here",
		``:                      "byte 0: the file is cut off here",
		strings.Repeat("[", 99): "byte 65: more than 64 values stand inside one another",
	} {
		f := walk(text)
		_, err := build(f)
		if err == nil {
			err = f.End()
		}
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	f := walk(`[[1}]`)
	if _, err := f.Skip(); err == nil || err.Error() != "byte 3: "+errBrackets.Error() {
		t.Errorf("brackets: %v", err)
	}
}

// TestOneBadValue costs that value: too large, too deep, or no JSON inside.
func TestOneBadValue(t *testing.T) {
	large := `"` + strings.Repeat("x", MaxValue) + `"`
	deep := strings.Repeat("[", 100) + strings.Repeat("]", 100)
	f := walk(`[1,` + large + `,` + deep + `,{"a" 1},nul,"\x0B",{"a":1,"a":2},"` + "\xff" + `",9]`)
	var good []string
	bad := 0
	for _, err := range f.Elements() {
		if err != nil {
			t.Fatal(err)
		}
		v, err := f.Value()
		if err != nil {
			t.Fatal(err)
		}
		var x any
		if err := v.Decode(&x); err != nil {
			if v.Text() == "" || len(v.Text()) > 2*maxWords {
				t.Errorf("%s: its words are %q", v.Record, v.Text())
			}
			bad++
			continue
		}
		good = append(good, fmt.Sprint(x))
	}
	if err := f.End(); err != nil || bad != 4 || !reflect.DeepEqual(good, []string{"1", "\v", "map[a:2]", "\uFFFD", "9"}) {
		t.Errorf("%q, %d bad, %v", good, bad, err)
	}
	if cap(f.buf) > 3*MaxValue {
		t.Errorf("%d bytes are held", cap(f.buf))
	}
}

func TestLines(t *testing.T) {
	f := walk("\ufeff{\"a\":1}\r\n\n  {\"a\":\nnull\n" + `"` + strings.Repeat("y", MaxValue) + "\"\n7")
	var got []string
	for v, err := range f.Lines() {
		if err != nil {
			t.Fatal(err)
		}
		var x any
		got = append(got, fmt.Sprintf("%s: %d bytes, %t", v.Record, v.Size, v.Decode(&x) == nil))
	}
	want := []string{"line 1 at byte 3: 7 bytes, true", "line 3 at byte 15: 5 bytes, false", "line 4 at byte 21: 4 bytes, true",
		fmt.Sprintf("line 5 at byte 26: %d bytes, false", MaxValue+2), fmt.Sprintf("line 6 at byte %d: 1 bytes, true", 26+MaxValue+3)}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestSkipAssignment(t *testing.T) {
	f := walk("window.YTD.tweets.part0 = [ 5 ]")
	words, err := f.SkipAssignment()
	got, err2 := build(f)
	if words != "window.YTD.tweets.part0 " || err != nil || err2 != nil || fmt.Sprint(got) != "[5]" {
		t.Errorf("%q, %v, %v, %v", words, got, err, err2)
	}
	if words, err := walk(` {"a=": 1}`).SkipAssignment(); words != "" || err != nil {
		t.Errorf("%q, %v", words, err)
	}
	if _, err := walk("window").SkipAssignment(); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
}

func TestScalarAndFields(t *testing.T) {
	f := walk(`{"s":"a\u00e9\ud800","n":12.50,"t":true,"z":null,"o":{"b":[1, "x"]}}`)
	v, err := f.Value()
	var m map[string]Scalar
	if err != nil || v.Decode(&m) != nil || m["s"] != "aé\uFFFD" || m["n"] != "12.50" || m["t"] != "true" || m["z"] != "" || m["o"] != `{"b":[1, "x"]}` {
		t.Errorf("%q, %v", m, err)
	}
	var got []string
	for name, raw := range Fields(v.Raw) {
		got = append(got, name+"="+Plain(raw))
		for inner, list := range Fields(raw) {
			for i, item := range Items(list) {
				got = append(got, fmt.Sprint(inner, i, Plain(item)))
			}
		}
	}
	if want := "s=aé\uFFFD n=12.50 t=true z= o={\"b\":[1, \"x\"]} b01 b1x"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestFlat: memory does not grow with the file, and the end of the context ends
// a walk, also inside a value that never ends.
func TestFlat(t *testing.T) {
	const size = 64 << 20
	f := New(context.Background(), io.MultiReader(strings.NewReader(`[0`), importertest.Repeat(`,{"text":"hello"}`, size/17*17), strings.NewReader(`]`)))
	n := 0
	grown := importertest.Allocated(func() {
		for _, err := range f.Elements() {
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Skip(); err != nil {
				t.Fatal(err)
			}
			n++
		}
	})
	if n != size/17+1 || grown > 4<<20 || f.End() != nil {
		t.Errorf("%d elements, %d bytes allocated, %v", n, grown, f.End())
	}
	ctx, cancel := context.WithCancel(context.Background())
	endless := New(ctx, io.MultiReader(strings.NewReader(`"`), importertest.Repeat("x", size), importertest.Calls(cancel), importertest.Repeat("x", 1<<50)))
	if _, err := endless.Skip(); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// FuzzWalk: whatever the bytes, the walk ends, and valid JSON is walked as the
// library reads it.
func FuzzWalk(f *testing.F) {
	for _, s := range []string{`{"a":[1,{"b":"\\\""}],"c":null}`, `[[[`, `{"a":1}}`, "\ufeff[]", `"\ud800"`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		w := New(context.Background(), bytes.NewReader(data))
		got, err := build(w)
		if err == nil {
			err = w.End()
		}
		var want any
		if d := json.Unmarshal(data, &want); d == nil && depth(data) <= MaxDepth && (err != nil || !reflect.DeepEqual(got, want)) {
			t.Errorf("%q: %v, %v, want %v", data, got, err, want)
		}
		for _, err := range New(context.Background(), bytes.NewReader(data)).Lines() {
			if err != nil {
				t.Errorf("lines of %q: %v", data, err)
			}
		}
	})
}

func TestLine(t *testing.T) {
	for raw, want := range map[string]string{
		`{"a": 1, "b": [true, {"c": "x", "n": null}, []], "e": {}}`: "a 1, b true; c x; ",
		`"x"`: "x", `null`: "", ` [ ] `: "", ``: "",
	} {
		if got := Line([]byte(raw)); got != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
	if !Empty([]byte("[ ]")) || Empty([]byte("[0]")) || Empty([]byte("0")) {
		t.Error("what says nothing")
	}
	if got := Line([]byte(`["` + strings.Repeat("x", 1<<20) + `"]`)); len(got) > 1<<15 {
		t.Errorf("%d bytes", len(got))
	}
}
