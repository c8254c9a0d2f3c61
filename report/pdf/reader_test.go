package pdf

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/go-text/typesetting/font"
)

// A meaning tells what a font's codes stand for: the test's own reader takes it
// from the document, or from the fonts of a Doc in hand.
type meaning struct {
	width int // bytes of a code
	text  func(code int) string
}

// readContent returns the text of a content stream in the order in which it
// stands there: a line for each text object, or what is said in the place of some. It knows the operators that this
// package writes.
func readContent(content []byte, fonts func(name string) meaning) []string {
	r := contentReader{fonts: fonts}
	for _, token := range contentTokens(content) {
		r.token(token)
	}
	return r.lines
}

type contentReader struct {
	fonts   func(name string) meaning
	font    meaning
	stack   []string // operands
	spans   []span
	inText  bool // a text object is open
	current strings.Builder
	lines   []string
}

// span is marked content that is open.
type span struct {
	actual   string
	instead  bool // actual stands for what is inside
	reversed bool
}

func (r *contentReader) token(token string) {
	switch token {
	case "BT":
		r.inText = true
		r.current.Reset()
	case "ET":
		r.inText = false
		r.lines = append(r.lines, r.current.String())
	case "Tf":
		r.font = r.fonts(strings.TrimPrefix(r.stack[len(r.stack)-2], "/"))
	case "BMC":
		r.spans = append(r.spans, span{})
	case "BDC":
		r.open(r.stack)
	case "EMC":
		last := r.spans[len(r.spans)-1]
		r.spans = r.spans[:len(r.spans)-1]
		switch {
		case last.instead && r.inText:
			r.current.WriteString(last.actual)
		case last.instead:
			r.lines = append(r.lines, last.actual)
		}
	case "TJ", "Tj":
		r.show()
	default:
		r.stack = append(r.stack, token)
		return
	}
	r.stack = r.stack[:0]
}

func (r *contentReader) open(stack []string) {
	for i, token := range stack {
		if token == "/ActualText" {
			r.spans = append(r.spans, span{instead: true, actual: utf16Text(stack[i+1])})
			return
		}
	}
	r.spans = append(r.spans, span{reversed: slices.Contains(stack, "/ReversedChars")})
}

func (r *contentReader) show() {
	var texts []string
	for _, token := range r.stack {
		if !strings.HasPrefix(token, "<") {
			continue
		}
		raw, err := hex.DecodeString(strings.Trim(token, "<>"))
		if err != nil {
			panic(err)
		}
		for ; len(raw) >= r.font.width; raw = raw[r.font.width:] {
			code := int(raw[0])
			if r.font.width == 2 {
				code = code<<8 | int(raw[1])
			}
			texts = append(texts, r.font.text(code))
		}
	}
	if len(r.spans) > 0 {
		switch s := r.spans[len(r.spans)-1]; {
		case s.instead:
			return
		case s.reversed:
			slices.Reverse(texts)
		}
	}
	r.current.WriteString(strings.Join(texts, ""))
}

func utf16Text(token string) string {
	raw, err := hex.DecodeString(strings.Trim(token, "<>"))
	if err != nil {
		panic(err)
	}
	var units []uint16
	for i := 2; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

// contentTokens splits content at its delimiters.
func contentTokens(content []byte) []string {
	var tokens []string
	for i := 0; i < len(content); {
		c := content[i]
		switch {
		case bytes.IndexByte([]byte(" \n\r\t[]"), c) >= 0:
			i++
		case bytes.HasPrefix(content[i:], []byte("<<")) || bytes.HasPrefix(content[i:], []byte(">>")):
			i += 2
		case c == '(':
			var raw []byte
			for i++; content[i] != ')'; i++ {
				if content[i] == '\\' {
					i++
					raw = append(raw, bytes.ReplaceAll(content[i:i+1], []byte("r"), []byte("\r"))...)
					continue
				}
				raw = append(raw, content[i])
			}
			tokens = append(tokens, fmt.Sprintf("<%X>", raw))
			i++
		case c == '<':
			end := i + bytes.IndexByte(content[i:], '>') + 1
			tokens = append(tokens, string(content[i:end]))
			i = end
		default:
			end := i + 1
			for end < len(content) && bytes.IndexByte([]byte(" \n\r\t[]<>/()"), content[end]) < 0 {
				end++
			}
			tokens = append(tokens, string(content[i:end]))
			i = end
		}
	}
	return tokens
}

// A document is a finished PDF as qpdf reads it.
type document struct {
	tb      testing.TB
	file    string
	objects map[string]json.RawMessage
	pages   []string // references of the page objects
}

// tool runs a program that judges PDF files.
func tool(tb testing.TB, name string, args ...string) string {
	tb.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		tb.Fatalf("%s is not installed: the tests need qpdf and poppler-utils", name)
	}
	var stderr bytes.Buffer
	cmd := exec.Command(path, args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		tb.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out, stderr.Bytes())
	}
	return string(out)
}

// write makes a document of what print prints, has qpdf check it and returns
// its file.
func write(tb testing.TB, o Options, print func(*Doc)) string {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), "document.pdf")
	data, _ := bytesOf(tb, o, print)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		tb.Fatal(err)
	}
	if out := tool(tb, "qpdf", "--check", file); !strings.Contains(out, "No syntax or stream encoding errors") {
		tb.Fatalf("qpdf: %s", out)
	}
	return file
}

func bytesOf(tb testing.TB, o Options, print func(*Doc)) (data []byte, pages int) {
	tb.Helper()
	var out bytes.Buffer
	d, err := New(&out, o)
	if err != nil {
		tb.Fatal(err)
	}
	print(d)
	pages, err = d.Close()
	if err != nil {
		tb.Fatal(err)
	}
	return out.Bytes(), pages
}

// open reads a document with qpdf.
func open(tb testing.TB, file string) *document {
	tb.Helper()
	var parsed struct {
		Pages []struct{ Object string }
		QPDF  []json.RawMessage
	}
	data := tool(tb, "qpdf", "--json", "--json-key=qpdf", "--json-key=pages", "--json-stream-data=inline", "--decode-level=generalized", file)
	if err := json.Unmarshal([]byte(data), &parsed); err != nil {
		tb.Fatal(err)
	}
	d := &document{tb: tb, file: file, objects: map[string]json.RawMessage{}}
	if err := json.Unmarshal(parsed.QPDF[1], &d.objects); err != nil {
		tb.Fatal(err)
	}
	for _, p := range parsed.Pages {
		d.pages = append(d.pages, p.Object)
	}
	return d
}

// get decodes the value of an object into v.
func (d *document) get(reference string, v any) {
	d.tb.Helper()
	var object struct {
		Value  json.RawMessage
		Stream struct{ Dict json.RawMessage }
	}
	if err := json.Unmarshal(d.objects["obj:"+reference], &object); err != nil {
		d.tb.Fatalf("object %s: %v", reference, err)
	}
	value := object.Value
	if value == nil {
		value = object.Stream.Dict
	}
	if err := json.Unmarshal(value, v); err != nil {
		d.tb.Fatalf("object %s: %v", reference, err)
	}
}

func (d *document) trailer(v any) {
	d.tb.Helper()
	var object struct{ Value json.RawMessage }
	if err := errors.Join(json.Unmarshal(d.objects["trailer"], &object), json.Unmarshal(object.Value, v)); err != nil {
		d.tb.Fatalf("trailer: %v", err)
	}
}

// root is the reference of the catalog.
func (d *document) root() string {
	d.tb.Helper()
	var trailer struct {
		Root string `json:"/Root"`
	}
	d.trailer(&trailer)
	return trailer.Root
}

func (d *document) stream(reference string) []byte {
	d.tb.Helper()
	var object struct{ Stream struct{ Data string } }
	if err := json.Unmarshal(d.objects["obj:"+reference], &object); err != nil {
		d.tb.Fatalf("object %s: %v", reference, err)
	}
	data, err := base64.StdEncoding.DecodeString(object.Stream.Data)
	if err != nil {
		d.tb.Fatalf("object %s: %v", reference, err)
	}
	return data
}

type pageDict struct {
	Contents  []string  `json:"/Contents"`
	Resources string    `json:"/Resources"`
	Annots    string    `json:"/Annots"`
	MediaBox  []float64 `json:"/MediaBox"`
}

func (d *document) page(i int) (p pageDict) {
	d.tb.Helper()
	d.get(d.pages[i], &p)
	return p
}

// lines returns the text of a page, a line for each printed one; the foot of
// the page comes last.
func (d *document) lines(i int) []string {
	d.tb.Helper()
	p := d.page(i)
	var resources struct {
		Font string `json:"/Font"`
	}
	d.get(p.Resources, &resources)
	fonts := map[string]string{}
	d.get(resources.Font, &fonts)
	known := map[string]meaning{}
	lookup := func(name string) meaning {
		if m, ok := known[name]; ok {
			return m
		}
		var font struct {
			ToUnicode string `json:"/ToUnicode"`
			Subtype   string `json:"/Subtype"`
		}
		d.get(fonts["/"+name], &font)
		texts := readToUnicode(d.tb, d.stream(font.ToUnicode))
		m := meaning{width: 2, text: func(code int) string { return texts[code] }}
		if font.Subtype == "/Type3" {
			m.width = 1
		}
		known[name] = m
		return m
	}
	var all []string
	for _, content := range p.Contents {
		all = append(all, readContent(d.stream(content), lookup)...)
	}
	return all
}

func readToUnicode(tb testing.TB, cmap []byte) map[int]string {
	texts := map[int]string{}
	for _, ln := range strings.Split(string(cmap), "\n") {
		code, text, ok := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(ln, "<"), ">"), "><")
		if !ok || strings.Contains(ln, "FFFF>") && code == "0000" || code == "00" {
			continue
		}
		n, err := strconv.ParseInt(code, 16, 32)
		if err != nil {
			tb.Fatal(err)
		}
		texts[int(n)] = utf16Text("<FEFF" + text + ">")
	}
	return texts
}

// text is all text of the document but headers and feet.
func (d *document) text() string {
	var all strings.Builder
	for i := range d.pages {
		lines := d.lines(i)
		for _, ln := range lines[:len(lines)-1] {
			all.WriteString(ln)
		}
	}
	return all.String()
}

// number finds which page an object is, from 1.
func (d *document) number(reference string) int { return slices.Index(d.pages, reference) + 1 }

// pdftotext returns the text of each page.
func pdftotext(tb testing.TB, file string, args ...string) []string {
	tb.Helper()
	out := tool(tb, "pdftotext", append(args, file, "-")...)
	return strings.Split(strings.TrimSuffix(out, "\f"), "\f")
}

// onSpaces makes every run of white space one space.
func onSpaces(text string) string { return strings.Join(strings.Fields(text), " ") }

func plain(format string, args ...any) []Run { return []Run{{Text: fmt.Sprintf(format, args...)}} }

// box is a word as pdftotext finds it on a page.
type box struct {
	xMin, yMin, xMax, yMax float64
	text                   string
}

func boxes(tb testing.TB, file string) []box {
	tb.Helper()
	var all []box
	for _, ln := range strings.Split(tool(tb, "pdftotext", "-bbox", file, "-"), "\n") {
		var b box
		var rest string
		n, _ := fmt.Sscanf(strings.TrimSpace(ln), `<word xMin="%f" yMin="%f" xMax="%f" yMax="%f">%s`, &b.xMin, &b.yMin, &b.xMax, &b.yMax, &rest)
		if n == 5 {
			b.text = strings.TrimSuffix(rest, "</word>")
			all = append(all, b)
		}
	}
	if len(all) == 0 {
		tb.Fatal("pdftotext found no words")
	}
	return all
}

func fontGID(code int) font.GID { return font.GID(code) }
