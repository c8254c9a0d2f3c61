package leak

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// boxOf is a box of a film.
func boxOf(kind string, bodies ...string) string {
	body := strings.Join(bodies, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))) + kind + body
}

// chunk is a part of a PNG.
func chunk(kind, body string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(body)))) + kind + body + "sum."
}

func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What films, sounds and pictures tell in their tags is listed, and so is a place; what a
// program writes of itself is not.
func TestTags(t *testing.T) {
	ftyp := boxOf("ftyp", "mp42\x00\x00\x00\x00mp42isom")
	qt := func(kind, text string) string {
		return boxOf(kind, string(binary.BigEndian.AppendUint16(nil, uint16(len(text))))+"\x15\xc7"+text)
	}
	data := func(kind, text string) string {
		return boxOf(kind, boxOf("data", "\x00\x00\x00\x01\x00\x00\x00\x00"+text))
	}
	key := func(name string) string { return boxOf("mdta", name) }
	frame := func(name, body string) string {
		return name + string(binary.BigEndian.AppendUint32(nil, uint32(len(body)))) + "\x00\x00" + body
	}
	comment := func(text string) string {
		return string(binary.LittleEndian.AppendUint32(nil, uint32(len(text)))) + text
	}
	for name, c := range map[string]struct {
		data string
		want []string
	}{
		"a.mp4":  {ftyp + boxOf("mdat", strings.Repeat("x", 90_000)) + boxOf("moov", boxOf("udta", qt("\xa9xyz", "+53.8-001.5/"), qt("\xa9nam", "at the flat"), qt("\xa9too", "Lavf"))), []string{"GPS", "©nam: at the flat"}},
		"b.mp4":  {ftyp + boxOf("moov", boxOf("udta", boxOf("loci", "\x00\x00\x00\x00x\x00"))), []string{"GPS"}},
		"c.mp4":  {ftyp + "\x00\x00\x00\x01moov\x00\x00\x00\x00\x00\x00\x00\x2b" + boxOf("udta", qt("\xa9cmt", "hers")) + "\x00\x00\x00", []string{"©cmt: hers"}},
		"d.m4a":  {boxOf("ftyp", "M4A \x00\x00\x00\x00M4A ") + boxOf("moov", boxOf("udta", boxOf("meta", "\x00\x00\x00\x00", boxOf("hdlr", "x"), boxOf("ilst", data("\xa9ART", "Maya"))))), []string{"©art: Maya"}},
		"e.mov":  {boxOf("ftyp", "qt  \x00\x00\x00\x00qt  ") + boxOf("moov", boxOf("meta", boxOf("hdlr", "x"), boxOf("keys", "\x00\x00\x00\x00\x00\x00\x00\x02"+key("com.apple.quicktime.location.ISO6709")+key("com.apple.quicktime.author")), boxOf("ilst", data("\x00\x00\x00\x01", "+53-1/"), data("\x00\x00\x00\x02", "Maya")))), []string{"GPS", "com.apple.quicktime.author: Maya"}},
		"f.mp3":  {"ID3\x03\x00\x00\x00\x00\x01\x00" + frame("TPE1", "\x00Maya") + frame("COMM", "\x01eng\xff\xfe\x00\x00\xff\xfe"+wide("hers")[2:]) + frame("TSSE", "\x00Lavf") + strings.Repeat("\x00", 200), []string{"comm: hers", "tpe1: Maya"}},
		"g.ogg":  {"OggS\x00\x02" + strings.Repeat("\x00", 22) + "\x01\x1e\x01vorbis" + comment("ARTIST=Maya") + comment("encoder=x"), []string{"artist: Maya"}},
		"h.wav":  {"RIFF\x00\x00\x00\x00WAVELIST\x00\x00\x00\x00INFOIART\x04\x00\x00\x00Maya", []string{"iart: Maya"}},
		"i.png":  {"\x89PNG\r\n\x1a\n" + chunk("tEXt", "Author\x00Maya") + chunk("tEXt", "Software\x00x") + chunk("zTXt", "Comment\x00\x00"+packed(t, "hers")) + chunk("iTXt", "Title\x00\x01\x00en\x00t\x00"+packed(t, "flat")) + chunk("iTXt", "Place\x00\x00\x00\x00\x00home"), []string{"author: Maya", "comment: hers", "place: home", "title: flat"}},
		"j.png":  {"\x89PNG\r\n\x1a\n" + chunk("zTXt", "Comment\x00\x00cut") + chunk("tEXt", "none"), nil},
		"k.mp4":  {ftyp + boxOf("moov", boxOf("udta", "\x00\x00\x00\x03xx")) + "\x00\x00", nil},
		"l.mp3":  {"ID3\x04\x00\x00\x00\x00\x01\x00TPE1\x7f\x7f\x7f\x7f\x00\x00\x00", nil},
		"m.flac": {"fLaC\x04\x00\x00\x00" + comment("COMMENT=hers") + comment("TITLE=")[:8], []string{"comment: hers"}},
	} {
		l, err := Look(t.Context(), fstest.MapFS{name: {Data: []byte(c.data)}}, nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range l.Findings {
			if f.What != whatBeside && f.What != WhatPlace {
				t.Errorf("%s: %+v", name, f)
			}
			got = append(got, f.Text)
		}
		if slices.Sort(got); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A word at the end of a part of a picture's file is found, whatever part it is, and what
// a comment says is told without a word that is looked for.
func TestPartsOfPictures(t *testing.T) {
	segment := func(marker byte, body string) string {
		return "\xff" + string([]byte{marker}) + string(binary.BigEndian.AppendUint16(nil, uint16(2+len(body)))) + body
	}
	jpeg := func(parts ...string) []byte {
		return []byte("\xff\xd8" + strings.Join(parts, "") + "\xff\xda\x00\x02scan\xff\x00\xff\xd9")
	}
	riff := func(kind, body string) []byte {
		return []byte("RIFF\x00\x00\x00\x00WEBP" + kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body + "ALPH")
	}
	for name, c := range map[string]struct {
		data []byte
		told string
	}{
		"comment.jpg":   {jpeg(segment(0xfe, "for Ilka")), "comment: for Ilka"},
		"wide.jpg":      {jpeg(segment(0xfe, "f\x00o\x00r\x00 \x00I\x00l\x00k\x00a\x00")), "comment: for Ilka"},
		"between.jpg":   {append(jpeg(), jpeg(segment(0xfe, "for Ilka"))...), "comment: for Ilka"},
		"program.jpg":   {jpeg(segment(0xec, "for Ilka")), ""},
		"photoshop.jpg": {jpeg(segment(0xed, "Photoshop 3.0\x008BIM\x04\x0b\x00\x00\x00\x00\x00\x08for Ilka")), ""},
		"behind.jpg":    {append(jpeg(), "for Ilka"...), ""},
		"comment.gif":   {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00!\xfe\x06for Il\x02ka\x00;"), "comment: for Ilka"},
		"program.gif":   {[]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00......!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x01x\x00!\xff\x08for Ilka\x00;"), ""},
		"behind.gif":    {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;for Ilka"), ""},
		"private.png":   {[]byte("\x89PNG\r\n\x1a\n" + chunk("prIv", "for Ilka") + chunk("IEND", "")), ""},
		"behind.png":    {[]byte("\x89PNG\r\n\x1a\n" + chunk("IEND", "") + "for Ilka"), ""},
		"xmp.webp":      {riff("XMP ", "for Ilka"), ""},
		"own.webp":      {riff("note", "for Ilka"), ""},
	} {
		l, err := Look(t.Context(), fstest.MapFS{name: {Data: c.data}, name + ".zip": {Data: zipped(t, "word/media/a", string(c.data))}}, []Secret{{What: "child", Text: "Ilka"}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var places, told []string
		for _, f := range l.Findings {
			if f.What != "child" {
				told = append(told, f.Text)
				continue
			}
			for _, p := range f.Places {
				places = append(places, p.File)
			}
		}
		if !slices.Contains(places, name) || !slices.Contains(places, name+".zip: word/media/a") || strings.Join(told, "|") != c.told {
			t.Errorf("%s: in %q, told %q", name, places, told)
		}
	}
	if l, err := Look(t.Context(), fstest.MapFS{"a.jpg": {Data: jpeg(segment(0xfe, "Lavc61.3.100"))}}, nil, Options{}); err != nil || len(l.Findings) > 0 {
		t.Errorf("what a program writes of itself is told: %+v, %v", l.Findings, err)
	}
}
