package jsonfile

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"
)

// everything has a field for every way in which a member is read.
type everything struct {
	A      Scalar  `json:"a"`
	B      string  `json:"b"`
	C      bool    `json:"c"`
	D      Raw     `json:"d"`
	E      float64 `json:"e"`
	F      *Scalar `json:"f"`
	G      []Scalar
	Inner  inner       `json:"inner"`
	Kids   []inner     `json:"kids"`
	Self   *everything `json:"self"`
	hidden string
	Lost   string            `json:"-"`
	Any    any               `json:"any"`
	Map    map[string]Scalar `json:"map"`
	Rows   Flat              `json:"rows"`
	Bytes  []byte            `json:"bytes"`
	Rest   Raw               `json:",embed"`
}

type inner struct {
	A    Scalar            `json:"a"`
	G    [][]string        `json:"g"`
	Rest map[string]Scalar `json:",embed"`
}

type restless struct {
	A, B, C, D Scalar
}

// agree tells that records read in one go, one behind the other, are what the
// library makes of each, and whether the last one was read so.
func agree[T any](t interface {
	Helper()
	Fatalf(string, ...any)
}, records ...string) (quick bool) {
	t.Helper()
	f := walk("")
	for _, text := range records {
		var want, got T
		bad := json.Unmarshal([]byte(text), &want, lenient)
		b := []byte(text)
		end := f.quick(b, overBlanks(b, 0), &got)
		if quick = end != refused; !quick {
			continue
		}
		if bad != nil && strings.TrimSpace(text) == strings.TrimSpace(string(b[:end])) {
			t.Fatalf("%q was read, and is no record: %v", text, bad)
		}
		if bad == nil && !reflect.DeepEqual(got, want) {
			t.Fatalf("%q\n%+v\nand not\n%+v", text, got, want)
		}
	}
	return quick
}

// agreed is agree for everything that a record can be read into.
func agreed(t interface {
	Helper()
	Fatalf(string, ...any)
}, records ...string) {
	t.Helper()
	agree[everything](t, records...)
	agree[inner](t, records...)
	agree[restless](t, records...)
	agree[Flat](t, records...)
	agree[Leaves](t, records...)
}

// members draws a member of a record, mostly one that fits its field.
func members(depth int) *rapid.Generator[string] {
	values := map[string]*rapid.Generator[string]{
		"a": rapid.SampledFrom([]string{`"x"`, `"caf\u00e9 \ud83d\ude00\n\/"`, "1.5e+7", "true", "null", `{"q": [1, "]"]}`, `"😀"`, `""`}),
		"b": rapid.SampledFrom([]string{`"y"`, `"caf\u00E9 \uD83D\ude00\b\f\n\r\t\/"`, `"\\\""`, "null"}), "c": rapid.SampledFrom([]string{"true", "false", "null"}),
		"d": rapid.SampledFrom([]string{"null", `[ {"a" : 1} , [ ] ]`, `"raw"`, "{}", "-0"}), "e": rapid.SampledFrom([]string{"1", "2.50", "null", "-0.1e3"}),
		"f": rapid.SampledFrom([]string{"null", `"p"`, "7"}), "G": rapid.SampledFrom([]string{"null", "[]", `["a", 1, null]`, `[ ]`}),
		"any": rapid.SampledFrom([]string{`{"z": [1, null]}`, "3"}), "map": rapid.SampledFrom([]string{`{"k": 1}`, "null"}), "rows": rapid.SampledFrom([]string{`{"r": "s"}`}),
		"bytes": rapid.SampledFrom([]string{`"aGk="`}), "hidden": rapid.SampledFrom([]string{`"h"`}), "Lost": rapid.SampledFrom([]string{`"l"`}), "more": rapid.SampledFrom([]string{`"m"`, "[1,2]"}), "naïve": rapid.SampledFrom([]string{"1"}),
	}
	if depth > 0 {
		for name, form := range map[string]string{"inner": "%s", "self": "%s", "kids": "[%s]"} {
			values[name] = rapid.Custom(func(t *rapid.T) string {
				return rapid.SampledFrom([]string{"null", fmt.Sprintf(form, object(depth-1).Draw(t, "inside"))}).Draw(t, "value")
			})
		}
		values["g"] = rapid.SampledFrom([]string{`[["a"], []]`, "[null]"})
	}
	names := slices.Sorted(maps.Keys(values))
	return rapid.Custom(func(t *rapid.T) string {
		name := rapid.SampledFrom(names).Draw(t, "name")
		value := values[name].Draw(t, "value")
		if rapid.IntRange(0, 40).Draw(t, "unfit") == 0 {
			value = rapid.SampledFrom([]string{"1", `"s"`, "[]", "{}", "tru", "01", "1.", `"\ud800"`, `"\x"`, "\"\xff\"", "\"\t\"", ""}).Draw(t, "other")
		}
		return space(t) + `"` + name + `"` + space(t) + ":" + space(t) + value + space(t)
	})
}

func space(t *rapid.T) string { return rapid.SampledFrom([]string{"", " ", "\n  "}).Draw(t, "blanks") }

func object(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return "{" + strings.Join(rapid.SliceOfN(members(depth), 0, 7).Draw(t, "members"), ",") + space(t) + "}"
	})
}

func TestQuickIsTheLibrarys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		agreed(t, rapid.SliceOfN(object(2), 1, 4).Draw(t, "records")...)
	})
}

// TestQuickIsUsed: records as exports hold them are read in one go, whatever
// stood in the ones before.
func TestQuickIsUsed(t *testing.T) {
	record := `{"a": "x", "b": "caf\u00e9 😀", "c": true, "d": [1, {"e": 2}], "G": ["a", 1], "inner": {"a": 1, "z": null}, "kids": [{}, {"a": ""}], "self": {"b": null}, "new": 1, "e": 1.5}`
	if !agree[everything](t, record) {
		t.Error("left to the library")
	}
	f := walk("[" + record + `, {"a":"y","new":{"k": "v"},"newer":2}, {"b": 1}, ` + record + "," + strings.Repeat(" ", chunk) + record + "]")
	var first, last everything
	n := 0
	for v, err := range f.Records(&last) {
		switch {
		case err != nil:
			t.Fatal(err)
		case n == 0:
			first = last
		case n == 1 && (last.A != "y" || last.hidden != "" || string(last.Rest) != `{"new":{"k": "v"},"newer":2}` || v.Record != "[1] at byte 178"):
			t.Errorf("%+v, %+v", v, last)
		case (n == 2) != (v.Bad != nil):
			t.Errorf("record %d: %v", n, v.Bad)
		case n > 2 && !reflect.DeepEqual(first, last):
			t.Errorf("record %d: %+v, and before\n%+v", n, last, first)
		}
		n++
	}
	if n != 5 {
		t.Errorf("%d records", n)
	}
}

// TestQuickDepth: what is deeper than a record may be is refused.
func TestQuickDepth(t *testing.T) {
	for _, deep := range []int{MaxDepth - 1, MaxDepth} {
		text := `{"d":` + strings.Repeat("[", deep) + strings.Repeat("]", deep) + "}"
		if quick := agree[everything](t, text); quick != (deep < MaxDepth) {
			t.Errorf("%d brackets: %t", deep+1, quick)
		}
	}
}

// FuzzQuick compares what is read in one go with what the library makes of it.
func FuzzQuick(f *testing.F) {
	for _, seed := range []string{`{"a": 1, "b": "x\u00e9\ud83d\ude00", "c": false, "d": [1.5e-3, null], "inner": {"a": "", "g": [["q"]]}, "rest": {"x": 1}}`,
		`{"kids":[{"a":1},null],"self":{"f":null,"G":[]}}`, "{\"a\":\"\xff\"}", `{"a":"\ud800"}`, `{"a":01}`, `{"a":1,}`, `{"\u0061":2}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { agreed(t, text, `{"a": 1, "inner": {"b": 2}}`, text) })
}

// TestQuickRefuses: what is no record of JSON is left to the library, and so is
// what has another meaning than it seems to.
func TestQuickRefuses(t *testing.T) {
	for _, text := range []string{`{"a":1 "b":"2"}`, `{"b":"2";"a":1}`, `{"a":1,}`, `{,"a":1}`, `{"a" 1}`, `{"a":1]`, `{"inner":{"a":1],"a":2}`, `{"d":[1 2]}`, `{"d":{"q":1 "r":2}}`, `{"G":["a" "b"]}`, `{"a":-}`, `{"a":1.}`,
		`{"b":"\ud83dx and more"}`, `{"b":"\ud83d\u0041"}`, `{"b":"\u00g0"}`, "{\"a\":\"\xff\"}", "{\"a\":\"\x01\"}", `{"a":nul}`, `{"self":{"x":1},"self":{"y":2}}`, `{"a":1`, `{"a"`, `{"inner":{"x":{"y":1}`} {
		agreed(t, text)
		agreed(t, `{"a":1,"b":"2"}`, text)
	}
}

// TestQuickGoesOn: where the memory that the file is read into ends inside a
// record, or the white space changes, the next ones are read in one go again.
func TestQuickGoesOn(t *testing.T) {
	const narrow, wide = `{"a": "1", "inner": {"g": [], "z": "2"}, "c": true}`, `{"a":  "1", "inner":  {"g":  [], "z":  "2"}, "c":  true}`
	for _, first := range []string{narrow, wide} {
		for _, next := range []string{narrow, wide} {
			for n := range len(first) {
				if !agree[everything](t, first[:n], next) || !agree[Flat](t, first[:n], next) || !agree[Leaves](t, first[:n], next) {
					t.Fatalf("behind %q: %q is left to the library", first[:n], next)
				}
			}
		}
	}
}

// TestQuickIsBounded: what is learned of records does not grow without end; what
// is beyond is left to the library.
func TestQuickIsBounded(t *testing.T) {
	var members, levels, names []string
	for n := range maxPlaces + 1 {
		members = append(members, fmt.Sprintf(`"%d":1`, n))
	}
	for n := range maxLevels + 1 {
		levels = append(levels, fmt.Sprintf(`"%d":{"a":1}`, n))
	}
	for n := range maxMet + 1 {
		names = append(names, fmt.Sprintf(`"%d":1`, n))
	}
	if agree[Flat](t, "{"+strings.Join(members, ",")+"}") || agree[Leaves](t, "{"+strings.Join(levels, ",")+"}") || agree[everything](t, "{"+strings.Join(names, ",")+"}") {
		t.Error("more is remembered than may be")
	}
}

// TestNameAgain: a name that looks like the last one is not taken for it.
func TestNameAgain(t *testing.T) {
	var got []string
	f := walk(`[{"a\\b": 1}, {"a\b": 2}, {"a\b": 3}, {"ab": 4}, {"ab": 5}]`)
	for _, err := range f.Elements() {
		for name, bad := range f.Members() {
			if err != nil || bad != nil {
				t.Fatal(err, bad)
			}
			got = append(got, name)
		}
	}
	if want := []string{`a\b`, "a\b", "a\b", "ab", "ab"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
