package page

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/net/html"

	"daybook/importers/importertest"
)

// all reads a page to its end.
func all(t testing.TB, r io.Reader) ([]Piece, error) {
	t.Helper()
	p := NewReader(r)
	var list []Piece
	for {
		x, err := p.Next()
		if err != nil {
			return list, err
		}
		x.Attrs = append([]Attr(nil), x.Attrs...)
		list = append(list, x)
	}
}

func show(list []Piece) string {
	var b strings.Builder
	for _, p := range list {
		switch p.Kind {
		case Open:
			fmt.Fprintf(&b, "<%s>", p.Tag)
		case Close:
			fmt.Fprintf(&b, "</%s>", p.Tag)
		case Comment:
			fmt.Fprintf(&b, "{%s}", p.Text)
		case Words:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestPieces(t *testing.T) {
	for _, c := range []struct{ in, want, err string }{
		{"a", "a", "EOF"},
		{"\ufeff<b>x</b>", "<b>x</b>", "EOF"},
		{"<P>a<p>b", "<p>a</p><p>b</p>", "EOF"},
		{"<ul><li>a<li><b>b</ul>c", "<ul><li>a</li><li><b>b</b></li></ul>c", "EOF"},
		{"<br>a<br/>", "<br></br>a<br></br>", "EOF"},
		{"<div/>a", "<div>a</div>", "the page ends at byte 7 inside <div>"},
		{"</b>a</i>", "a", "EOF"},
		{"<div><b>a</div>b", "<div><b>a</b></div>b", "EOF"},
		{"<div>a<sp", "<div>a</div>", "the page ends at byte 9 inside a tag"},
		{"<!--x-->a&amp;b&#128512;", "{x}a&b\U0001f600", "EOF"},
		{"a\xffb", "a\ufffdb", "EOF"},
		{"<svg><path/></svg>", "<svg><path></path></svg>", "EOF"},
	} {
		list, err := all(t, strings.NewReader(c.in))
		if c.in[0] == 0xef { // the mark stands alone
			list = list[1:]
		}
		if got := show(list); got != c.want || fmt.Sprint(err) != c.err {
			t.Errorf("%q: %q, %v, want %q, %s", c.in, got, err, c.want, c.err)
		}
	}
}

func TestXML(t *testing.T) {
	r := NewXMLReader(strings.NewReader("a<e_m t='1'/>b<c><d v='2'/></c>"))
	var list []Piece
	for {
		p, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	if got := show(list); got != "a<e_m></e_m>b<c><d></d></c>" {
		t.Errorf("%q", got)
	}
}

func TestReadErrorComesAtOnce(t *testing.T) {
	broken := errors.New("the disk")
	list, err := all(t, io.MultiReader(strings.NewReader("<div>a"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || show(list) != "<div>a" {
		t.Errorf("%q, %v", show(list), err)
	}
}

func TestTooLargePiece(t *testing.T) {
	_, err := all(t, io.MultiReader(strings.NewReader("<p><img src='"), io.LimitReader(zeros{}, maxPiece+1)))
	if err == nil || !strings.Contains(err.Error(), "at byte 3") {
		t.Errorf("%v", err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

func TestBlock(t *testing.T) {
	r := NewReader(strings.NewReader(`<html><div class="a message b" id=m1><div class=text>One<br>two  three
 <b>four</b></div><a href="x/y.jpg">pic</a></div><p>after`))
	for {
		p, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		if p.Class("message") {
			n, err := r.Block(p)
			if err != nil {
				t.Fatal(err)
			}
			if got := n.First("text").Words(); got != "One\ntwo three four" {
				t.Errorf("words %q", got)
			}
			if got := n.First("text").Exact(); got != "One\ntwo  three\n four" {
				t.Errorf("exact %q", got)
			}
			if n.FirstTag("a").Attr("href") != "x/y.jpg" || n.Attr("id") != "m1" || n.Cut || n.At != 6 || n.First("none").Words() != "" {
				t.Errorf("%+v", n)
			}
			break
		}
	}
	if p, err := r.Next(); err != nil || p.Tag != "p" || r.Inside("div") || !r.Inside("html") {
		t.Errorf("behind it: %+v, %v", p, err)
	}
}

// TestBlockIsBounded: what is beyond the limits is read, left out and said.
func TestBlockIsBounded(t *testing.T) {
	for _, inner := range []string{strings.Repeat("<i>x</i>", maxNodes), strings.Repeat("y", maxBlock+1), strings.Repeat("<b>", 3*maxDepth) + "z"} {
		r := NewReader(strings.NewReader("<div>" + inner + "</div>end"))
		open, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		n, err := r.Block(open)
		deep := strings.HasPrefix(inner, "<b>")
		if err != nil || n.Cut == deep {
			t.Errorf("%.9s: cut %v, %v", inner, n.Cut, err)
		}
		if p, err := r.Next(); err != nil || p.Text != "end" {
			t.Errorf("%.9s: behind it: %+v, %v", inner, p, err)
		}
	}
	r := NewReader(strings.NewReader("<div>half"))
	open, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.Block(open); err != nil || !n.Cut || n.Words() != "half" {
		t.Errorf("%+v, %v", n, err)
	}
}

func TestLines(t *testing.T) {
	for in, want := range map[string]string{
		"<h1>A</h1><p>b<p>c":                         "A\n\nb\n\nc",
		"<div>a</div><div>b</div>":                   "a\nb",
		"<pre>a\n  b</pre>":                          "a\n  b",
		"<script>x</script><style>y</style>z":        "z",
		"<table><tr><td>1<td>2<tr><td>3</table>":     "1 2\n3",
		"a\u00a0\u00a0b":                             "a\u00a0\u00a0b",
		"a<br><br><br>b":                             "a\n\nb",
		"<title>t</title><body>  body  text </body>": "body text",
	} {
		var l Lines
		list, _ := all(t, strings.NewReader(in))
		for _, p := range list {
			l.Add(p)
		}
		if l.String() != want || l.Len() != len(want) {
			t.Errorf("%q: %q, want %q", in, l.String(), want)
		}
	}
}

// FuzzPieces: of any bytes, what opens closes in order, places go forward, each
// tag stands where it is said to stand, and all words of the tokenizer are there.
func FuzzPieces(f *testing.F) {
	for _, s := range []string{"<div><p>a<p>b</div>", "<ul><li>x<li>y", "<svg><a/></svg>", "\ufeff<td>1<td>2</table>", "<!-- c --><a b='c&amp;d'>e</A >", "<textarea><b>x</textarea><plaintext></b>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := all(t, bytes.NewReader(data))
		if err == nil {
			t.Fatal("no end")
		}
		var stack []Piece
		var words strings.Builder
		last := int64(0)
		for _, p := range list {
			if p.At < last || p.End < p.At || p.End > int64(len(data)) {
				t.Fatalf("%+v behind %d of %d", p, last, len(data))
			}
			last = p.End
			switch p.Kind {
			case Open:
				if p.Depth != len(stack) || data[p.At] != '<' || !bytes.EqualFold(data[p.At+1:][:1], []byte(p.Tag[:1])) {
					t.Fatalf("%+v: depth %d, at %q", p, len(stack), data[p.At:])
				}
				stack = append(stack, p)
			case Close:
				top := len(stack) - 1
				if top < 0 || stack[top].Tag != p.Tag || stack[top].Depth != p.Depth {
					t.Fatalf("%+v closes %+v", p, stack)
				}
				stack = stack[:top]
			case Words:
				words.WriteString(p.Text)
			}
		}
		if len(stack) > 0 {
			t.Fatalf("left open: %+v", stack)
		}
		if want := tokenized(data); words.String() != want {
			t.Errorf("words %q, want %q", words.String(), want)
		}
	})
}

// FuzzTokens: of any bytes, in pieces of any size, the tokens are those of the
// library.
func FuzzTokens(f *testing.F) {
	for _, s := range []string{"<DIV Class=\"a&amp;b\" id='1' x y=z a=1 a=2>t &lt; &copy &#39;&nbsp;\r\n</DIV >", "<br/><br /><p a/><img src=\"x\"/><a b='c&copy=d'>", "<script><b></script><title>&amp;</title>",
		"a < b </1A></><!doctype html><?xml?><!-- x --!>", "<svg><a b =\"1\"c=\"2\"/>", "<textarea></textarea><plaintext></p>", "<p a=\"\r\" b=\"\x00\">\x00</p\n><p\fa><p a= \"b\"", strings.Repeat("<i>x</i>", 100) + "<"} {
		f.Add([]byte(s), 3)
	}
	f.Fuzz(func(t *testing.T, data []byte, size int) {
		z, ours := html.NewTokenizer(bytes.NewReader(data)), newTokens(importertest.Pieces(data, 1+max(size, 0)%100))
		for {
			kind := z.Next()
			raw := len(z.Raw())
			var want strings.Builder
			fmt.Fprintf(&want, "%v %d", kind, raw)
			switch kind {
			case html.TextToken, html.CommentToken:
				fmt.Fprintf(&want, " %q", z.Text())
			case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
				name, more := z.TagName()
				fmt.Fprintf(&want, " %q", name)
				for more && kind != html.EndTagToken {
					var key, value []byte
					key, value, more = z.TagAttr()
					fmt.Fprintf(&want, " %q=%q", key, value)
				}
			}
			got := shown(ours.next(), ours)
			if got != want.String() {
				t.Fatalf("%s\nwant %s", got, &want)
			}
			if kind == html.ErrorToken {
				if ours.stop != z.Err() {
					t.Errorf("%v, want %v", ours.stop, z.Err())
				}
				return
			}
		}
	})
}

func shown(kind html.TokenType, z *tokens) string {
	s := fmt.Sprintf("%v %d", kind, z.size())
	switch kind {
	case html.TextToken, html.CommentToken:
		s += fmt.Sprintf(" %q", z.text)
	case html.EndTagToken:
		s += fmt.Sprintf(" %q", z.name)
	case html.StartTagToken, html.SelfClosingTagToken:
		s += fmt.Sprintf(" %q", z.name)
		for _, a := range z.attrs {
			s += fmt.Sprintf(" %q=%q", a.name, a.value)
		}
	}
	return s
}

// TestTokensAcrossWindows: a page of many windows, and of tokens that are larger
// than one, has the library's tokens.
func TestTokensAcrossWindows(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "<div class=\"n%d\">%s&amp;<BR></div><!--%[2]s-->", i, strings.Repeat("x", i*7919%997))
		if i%500 == 0 {
			fmt.Fprintf(&b, "<a href=\"%s\">%[1]s</a>", strings.Repeat("y", 3*window))
		}
	}
	z, ours := html.NewTokenizer(strings.NewReader(b.String())), newTokens(strings.NewReader(b.String()))
	for n := 0; ; n++ {
		kind := z.Next()
		if got := ours.next(); got != kind || ours.size() != len(z.Raw()) || kind == html.TextToken && string(ours.text) != string(z.Text()) {
			t.Fatalf("token %d: %v of %d bytes, want %v of %d", n, got, ours.size(), kind, len(z.Raw()))
		}
		if kind == html.ErrorToken {
			return
		}
	}
}

func tokenized(data []byte) string {
	var b strings.Builder
	z := html.NewTokenizer(bytes.NewReader(data))
	for at := 0; ; {
		kind := z.Next()
		raw := len(z.Raw())
		if kind == html.ErrorToken {
			return b.String()
		}
		if kind == html.TextToken {
			text := strings.ToValidUTF8(string(z.Text()), "\ufffd")
			if at == 0 {
				text = strings.TrimPrefix(text, "\ufeff")
			}
			b.WriteString(text)
		}
		at += raw
	}
}

func BenchmarkPage(b *testing.B) {
	data := []byte(strings.Repeat(`<div class="message default clearfix" id="message1"><div class="body"><div class="pull_right date details" title="19.01.2024 06:52:31 UTC+12:00">06:52</div><div class="from_name">Jo</div><div class="text">Words that are said &amp; heard<br>and so on</div></div></div>`+"\n", 50_000))
	b.Run("tokens", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			for z := html.NewTokenizer(bytes.NewReader(data)); z.Next() != html.ErrorToken; {
				z.Token()
			}
		}
	})
	b.Run("blocks", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			r := NewReader(bytes.NewReader(data))
			for {
				p, err := r.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					b.Fatal(err)
				}
				if p.Kind == Open {
					if _, err := r.Block(p); err != nil {
						b.Fatal(err)
					}
				}
			}
		}
	})
}
