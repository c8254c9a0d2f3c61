package lint

import (
	"strings"

	"daybook/report/pdf/object"
)

// typeface is what is known of a font: what its codes say, how wide they are,
// and whether it is in the file.
type typeface struct {
	name    string
	bytes   int // of a code
	widths  map[int]float64
	usual   float64 // width of what has no other, in em
	texts   map[int]string
	says    bool // codes without a text of their own are letters of Latin-1
	missing bool // it is not in the file
}

// mostMap is how many bytes of a font's table of texts are read.
const mostMap = 4 << 20

// typeface reads a font of a page's resources.
func (d *document) typeface(v any) *typeface {
	ref, isRef := v.(object.Ref)
	if t, ok := d.fonts[ref]; isRef && ok {
		return t
	}
	t := d.readFont(d.pdf.Dict(v))
	if isRef {
		d.fonts[ref] = t
	}
	return t
}

func (d *document) readFont(dict object.Dict) *typeface {
	t := &typeface{name: fontName(d.pdf.Name(dict["BaseFont"])), bytes: 1, usual: 0.5, widths: map[int]float64{}, texts: map[int]string{}}
	if s := d.pdf.Stream(dict["ToUnicode"]); s != nil {
		if data, err := d.pdf.Data(s, mostMap); err == nil {
			readMap(data, t.texts)
		}
	}
	switch d.pdf.Name(dict["Subtype"]) {
	case "Type0":
		t.bytes = 2
		below := d.pdf.Dict(first(d.pdf.Array(dict["DescendantFonts"])))
		t.usual = 1
		if n, ok := d.pdf.Number(below["DW"]); ok {
			t.usual = n / 1000
		}
		d.wideWidths(t, d.pdf.Array(below["W"]))
		t.missing = !d.embedded(below)
	case "Type3":
		t.says = dict["ToUnicode"] == nil
		scale := 0.001
		if m := d.pdf.Numbers(dict["FontMatrix"]); len(m) == 6 && m[0] != 0 {
			scale = m[0]
		}
		d.widths(t, dict, scale)
	default:
		t.says = true
		d.widths(t, dict, 0.001)
		t.missing = !d.embedded(dict)
		if n, ok := d.pdf.Number(d.pdf.Dict(dict["FontDescriptor"])["MissingWidth"]); ok && len(t.widths) > 0 {
			t.usual = n / 1000
		}
		if standard := standardWidths(t.name); len(t.widths) == 0 && standard != nil {
			t.widths = standard
		}
	}
	return t
}

func first(a object.Array) any {
	if len(a) == 0 {
		return nil
	}
	return a[0]
}

// fontName is a font's name without the mark of a subset.
func fontName(n object.Name) string {
	name := string(n)
	if len(name) > 7 && name[6] == '+' {
		name = name[7:]
	}
	return cutText(strings.ToValidUTF8(name, "\uFFFD"))
}

func (d *document) embedded(dict object.Dict) bool {
	about := d.pdf.Dict(dict["FontDescriptor"])
	for _, key := range []object.Name{"FontFile", "FontFile2", "FontFile3"} {
		if d.pdf.Stream(about[key]) != nil {
			return true
		}
	}
	return false
}

func (d *document) widths(t *typeface, dict object.Dict, scale float64) {
	start, _ := d.pdf.Int(dict["FirstChar"])
	for i, w := range d.pdf.Numbers(dict["Widths"]) {
		t.widths[start+i] = w * scale
	}
}

// wideWidths reads "c [w w …]" and "first last w".
func (d *document) wideWidths(t *typeface, list object.Array) {
	for i := 0; i+1 < len(list); {
		start, ok := d.pdf.Int(list[i])
		if !ok {
			return
		}
		if widths := d.pdf.Array(list[i+1]); widths != nil {
			for j, w := range widths {
				n, _ := d.pdf.Number(w)
				t.widths[start+j] = n / 1000
			}
			i += 2
			continue
		}
		if i+2 >= len(list) {
			return
		}
		end, _ := d.pdf.Int(list[i+1])
		n, _ := d.pdf.Number(list[i+2])
		for c := max(start, 0); c <= min(end, 0xFFFF); c++ {
			t.widths[c] = n / 1000
		}
		i += 3
	}
}

// text gives what a code says, and whether that is known.
func (t *typeface) text(code int) (string, bool) {
	if s, ok := t.texts[code]; ok {
		return s, true
	}
	if t.says && code >= 32 && code < 256 {
		return string(rune(code)), true
	}
	return "", false
}

func (t *typeface) width(code int) float64 {
	if w, ok := t.widths[code]; ok {
		return w
	}
	return t.usual
}

// mostTexts is how many codes of a font are read.
const mostTexts = 70_000

// readMap reads which text stands for which code (a ToUnicode CMap).
func readMap(data []byte, texts map[int]string) {
	l := object.NewLexer(data)
	var stack []any
	for {
		v, err := l.Next()
		if err != nil {
			return
		}
		op, ok := v.(object.Operator)
		if !ok {
			if stack = append(stack, v); len(stack) > 1<<16 {
				return
			}
			continue
		}
		switch op {
		case "endbfchar":
			for i := 0; i+1 < len(stack); i += 2 {
				put(texts, code(stack[i]), utf16Of(stack[i+1]))
			}
		case "endbfrange":
			for i := 0; i+2 < len(stack); i += 3 {
				putRange(texts, code(stack[i]), code(stack[i+1]), stack[i+2])
			}
		}
		stack = stack[:0]
	}
}

func put(texts map[int]string, code int, text string) {
	if code >= 0 && len(texts) < mostTexts {
		texts[code] = text
	}
}

func putRange(texts map[int]string, from, to int, v any) {
	if from < 0 || to-from > 0xFFFF {
		return
	}
	if list, ok := v.(object.Array); ok {
		for i, v := range list {
			put(texts, from+i, utf16Of(v))
		}
		return
	}
	text := []rune(utf16Of(v))
	if len(text) == 0 {
		return
	}
	for c := from; c <= to; c++ {
		put(texts, c, string(text))
		text[len(text)-1]++
	}
}

func code(v any) int {
	s, ok := v.(object.String)
	if !ok || len(s) == 0 || len(s) > 4 {
		return -1
	}
	n := 0
	for i := range len(s) {
		n = n<<8 | int(s[i])
	}
	return n
}

func utf16Of(v any) string {
	s, _ := v.(object.String)
	if len(s) == 1 {
		return string(rune(s[0]))
	}
	return object.UTF16(string(s))
}
