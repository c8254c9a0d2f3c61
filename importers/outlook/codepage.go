package outlook

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// ansi is the code page of a message that does not say its own.
const ansi = 1252

// pageNames are the code pages whose name is not made of their number.
var pageNames = map[int]string{
	65001: "utf-8", 20127: "windows-1252", 20866: "koi8-r", 21866: "koi8-u",
	932: "shift_jis", 936: "gbk", 949: "euc-kr", 950: "big5", 54936: "gb18030",
	50220: "iso-2022-jp", 50221: "iso-2022-jp", 50222: "iso-2022-jp", 51932: "euc-jp", 51949: "euc-kr", 874: "windows-874",
}

// pageOf gives the letters of a code page; nil for one that is not known.
func pageOf(page int) encoding.Encoding {
	name := pageNames[page]
	switch {
	case page >= 1250 && page <= 1258:
		name = "windows-" + strconv.Itoa(page)
	case page >= 28591 && page <= 28606:
		name = "iso-8859-" + strconv.Itoa(page-28590)
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil
	}
	return e
}

// fromPage reads text of a code page. One that is not known, and what is called
// UTF-8 and is none, is read as Windows has it in the West.
func fromPage(data []byte, page int) string {
	e := pageOf(page)
	switch {
	case page == 65001 && utf8.Valid(data):
		return string(data)
	case e == nil || page == 65001:
		e = pageOf(ansi)
	}
	text, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	return strings.ToValidUTF8(string(text), "\ufffd")
}

// localePages are the code pages of languages, by the language part of their
// number, where a message says only its language.
var localePages = map[int]int{
	0x19: 1251, 0x22: 1251, 0x02: 1251, 0x23: 1251, 0x2f: 1251,
	0x05: 1250, 0x0e: 1250, 0x15: 1250, 0x18: 1250, 0x1a: 1250, 0x1b: 1250, 0x24: 1250,
	0x08: 1253, 0x1f: 1254, 0x2c: 1254, 0x0d: 1255, 0x01: 1256, 0x20: 1256, 0x29: 1256,
	0x25: 1257, 0x26: 1257, 0x27: 1257, 0x2a: 1258, 0x1e: 874, 0x11: 932, 0x12: 949,
}
