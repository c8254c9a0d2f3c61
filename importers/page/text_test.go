package page

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// told gives the words of a page: those that it shows, a stroke, and the others.
func told(t testing.TB, source string, most int) string {
	t.Helper()
	text := Text{Most: most}
	for r := NewReader(strings.NewReader(source)); ; {
		p, err := r.Next()
		if cut := (*CutError)(nil); errors.Is(err, io.EOF) || errors.As(err, &cut) {
			shown, hidden := text.Words()
			return strings.ReplaceAll(shown+" | "+hidden, "\n", "~")
		}
		if err != nil {
			t.Fatal(err)
		}
		text.Add(p)
	}
}

// TestWordsThatAPageHides: what a browser does not show stands apart, and whatever
// another rule may show stands among the words.
func TestWordsThatAPageHides(t *testing.T) {
	sheet := func(rules, page string) string { return "<style>" + rules + "</style>" + page }
	for _, c := range []struct{ page, want string }{
		{"a<p>b</p>c", "a~~b~~c | "},
		{"a<p hidden>b</p>c", "a~~c | b"},
		{"<p hidden>b</p>c", "c | b"},
		{"<p hidden>b</p>", " | b"},
		{"a<span hidden>b</span>c <i hidden=until-found>d<b>e</b></i>", "ac | b~de"},
		{"a <br hidden>b<input hidden> c", "a~b c | "},
		{"a<div aria-hidden=true>b</div>", "a~b | "},
		{"<details><summary>a</summary><p>b</p></details>", "a~~b | "},
		{"<dialog>a</dialog><dialog open>b</dialog>", "b | a"},
		{"<template>a<style>p{display:none}</style><script>b</script><p>c</p></template><p>d</p>", "d | a~~c"},
		{"<template shadowrootmode=open><style>p{display:none}</style>a</template><p>b</p>", "a~~b | "},
		{"<style>.x{visibility:hidden}</style><p class=x>a<template>b</template></p><link rel=stylesheet>", "a | b"},
		{"a<noscript>b<p>c</p><img></noscript>", "a | b~~c"},
		{"<title>a</title><textarea>b</textarea><iframe>c</iframe>d", "bd | "},

		{"<p style='DISPLAY : None ! important'>a</p>b", "b | a"},
		{"<p style='display:none;display:block'>a</p>b", "a~~b | "},
		{"<p style='x:url(a;display:none);color:red'>a</p>b", "a~~b | "},
		{"<p style='x:(];display:none'>a</p>b", "a~~b | "},
		{"<p style='x:\"a;display:none\";color:red'>a</p>b", "a~~b | "},
		{"<p style='/*a;*/display:none'>a</p>b", "b | a"},
		{"<p style='dis/**/play:none'>a</p>b", "a~~b | "},
		{"<p style='visibility:hidden'>a<b style='visibility:visible'>b</b>c</p>", "b | a~c"},
		{"<p style='opacity:0.0'>a<b style='opacity:1'>b</b></p>c<p style='opacity:.1'>d</p>", "c~~d | ab"},
		{"<p style='opacity:0;animation:in 1s'>a</p>", "a | "},
		{"<p style='font-size:0px'>a<b>b</b><b style='font-size:9px'>c</b></p>", "c | ab"},
		{"<p style='font-size:1px'>a</p><p style='font-size:2px'>b</p>", "b | a"},
		{"<p style='color:#fff;background:#FFFFFF'>a</p>b", "b | a"},
		{"<p>a <span style='color:white'>b</span> c</p>", "a c | b"},
		{"<table><tr><td bgcolor=white><font color='#fefefe'>a</font>b</table>", "b | a"},
		{"<div style='background:rgb(255, 255, 255)'>a<b style='color:rgba(0,0,0,0)'>b</b><b style='color:white'>c<i style='color:red'>d</i></b></div>", "ad | bc"},
		{"<body bgcolor=black><font color=black>a</font><font color=white>b</font>", "b | a"},
		{"<body style='color:white'>a", "a | "},
		{"<p style='color:#fff;background:#05a'>a</p>", "a | "},
		{"<p style='background:#05a'>a<b style='color:#fff'>b</b></p>", "ab | "},
		{"<td background=x.png><b style='color:#fff'>a</b></td><div style='background:#fff url(x.png)'><b style='color:#fff'>b</b></div>", "a~b | "},
		{"<p style='color:#fff;position:absolute'>a</p>", "a | "},
		{"<p style='color:#fff'>a<a href=x>b</a></p>", "b | a"},
		{sheet("div{background:black}", "<div><b style='color:#fff'>a</b></div><b style='color:#fff'>b</b>"), "a | b"},
		{sheet("div p{background:black}", "<div><p><b style='color:#fff'>a</b></p></div>"), "a | "},
		{"<b style='color:#fff'>a</b><style>body{background:black}</style>", "a | "},
		{"<b style='color:#fff'>a</b><b style='color:#fff;background:#fff'>b</b><link rel=stylesheet>", "a | b"},
		{"<html style='visibility:hidden'><body style='display:none'>a", "a | "},
		{"<p style='display:none'>a<b style='display:block'>b</b></p>", " | ab"},

		{sheet(".x,#y{color:red;display:none}", "<p class='w x'>a</p><p id=y>b</p><p class=y>c</p>"), "c | a~~b"},
		{sheet("I{visibility:hidden}", "a<i>b</i>"), "a | b"},
		{sheet("<!-- .x{display:none} -->", "<p class=x>a</p>b"), "b | a"},
		{sheet(`.a\:b\31 {display:none}`, "<p class=a:b1>a</p>b"), "b | a"},
		{sheet(`.x{display:none}.m\:x{display:block}`, "<p class=x>a</p><p class='x m:x'>b</p>"), "b | a"},
		{sheet("*{display:none}", "<p>a</p>"), "a | "},
		{sheet("/* .x{ */ .y{display:none}", "<p class=x>a</p><p class=y>b</p>"), "a | b"},
		{sheet(".x{display:none", "<p class=x>a</p>b"), "b | a"},
		{sheet(".x{opacity:0;font-size:0}", "<p class=x>a</p>"), "a | "},
		{sheet(".x{display:none}.x{display:block}", "<p class=x>a</p>"), "a | "},
		{sheet(".x{display:block}.x{display:none}", "<p class=x>a</p>b"), "b | a"},
		{sheet("p{display:block}.x{display:none}", "<p class=x>a</p>b"), "b | a"},
		{sheet("p{display:block!important}.x{display:none}", "<p class=x>a</p>b"), "a~~b | "},
		{sheet(".x{display:none}", "<p class=x style='display:block'>a</p>b"), "a~~b | "},
		{sheet(".x{display:none!important}", "<p class=x style='display:block'>a</p>b"), "b | a"},
		{sheet(".card{display:flex}", "<p class=card hidden>a</p><p hidden>b</p>"), "a | b"},
		{sheet(".x{visibility:hidden}.y{visibility:visible}", "<p class=x>a<b class=y>b</b></p>"), "b | a"},
		{sheet(".y{font-size:9px}", "<p style='font-size:0'>a<b class=y>b</b></p>"), "b | a"},
		{sheet(".x::before,.x:after{display:block}.x{display:none}", "<p class=x>a</p>b"), "b | a"},

		// What cannot be known stands.
		{sheet("p.x{display:none} p .y{display:none} .z:first-child{display:none}", "<p class=x>a<b class=y>b</b></p><p class=z>c"), "ab~~c | "},
		{sheet("@media print{.x{display:none}}@supports(a:b){.x{display:none}}", "<p class=x>a</p>"), "a | "},
		{sheet(".x{display:none}@media(min-width:9px){.x{display:block}}", "<p class=x>a</p>"), "a | "},
		{sheet(".x{display:none}.m:hover>.x{display:block}", "<p class=x>a</p>"), "a | "},
		{sheet(".x{display:none}.x.open{display:block}", "<p class=x>a</p>"), "a | "},
		{sheet(".x{display:none;&.open{display:block}}", "<p class=x>a</p>"), "a | "},
		{sheet(".x{display:none}:is(.x,.y){display:block}", "<p class=x>a</p>"), "a | "},
		{sheet("x:bogus,.x{display:none}", "<p class=x>a</p>"), "a | "},
		{sheet(";.x{display:none}", "<p class=x>a</p>"), "a | "},
		{sheet("@import 'y.css';.x{display:none}", "<p class=x>a</p><p hidden>b</p>"), "a | b"},
		{"<style media='print'>.x{display:none}</style><p class=x>a</p>", "a | "},
		{"<style type='text/less'>.x{display:none}</style><p class=x>a</p>", "a | "},
		{sheet(".x{display:none}", "<p class=x>a</p><p hidden>b</p><link rel=stylesheet href=y.css>"), "a | b"},
		{sheet(".x{display:none}", "<p class=x>a</p><p hidden>b</p><p style='display:none'>c</p>") + sheet(".x{display:block}", "d"), "a~~b~~d | c"},
		{sheet(".x{display:none}", "<p class=x>a</p>") + sheet(".y{display:block}.x{font-size:9px}", "d"), "d | a"},
		{sheet(strings.Repeat(".x{", 99)+"display:none", "<p class=x>a</p>"), "a | "},
		{sheet(".x{display:none}"+manyRules(), "<p class=x>a</p><p style='display:none'>b</p>"), "a | b"},
	} {
		if got := told(t, c.page, 100); got != c.want {
			t.Errorf("%.300s\n got %s\nwant %s", c.page, got, c.want)
		}
	}
	if got := told(t, "<p hidden>"+strings.Repeat("hidden ", 99)+"</p><p hidden>more</p><p>shown</p>", 50); !strings.HasPrefix(got, "shown | hidden") || strings.Contains(got, "more") {
		t.Errorf("hidden words take the place of those shown: %s", got)
	}
}

func manyRules() string {
	var b strings.Builder
	for n := range maxRules + 1 {
		fmt.Fprintf(&b, ".n%d{display:block}", n)
	}
	return b.String()
}
