package capture

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
	"howett.net/plist"

	"daybook/importers"
	"daybook/importers/importertest"
)

func TestImporter(t *testing.T) {
	importertest.Run(t, New(), importertest.Indifferent(`^(<!DOCTYPE plist|<plist |</plist>|\t+<string/>)`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

const pageOfTests = `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8"><title>Jo &amp; co</title>
<style>p { color: red }</style>
<script>document.write("never run")</script>
</head>
<body>
<h1>I know where you live</h1>
<p>Posted by <b>jo_b</b><br>See you soon</p>
<noscript>Switch scripts on</noscript>
</body>
</html>
`

const pageThatHides = `<style>
.x { visibility: hidden }
.y, #z { display: none }
.m { display: none }
@media (min-width: 600px) { .m { display: block } }
</style>
<p hidden>She asked me to come.</p>
<p>Leave <span class="x">her alone, I said. Do not </span>the house<b style="font-size:0"> safely</b> at eight.</p>
<div class="y">I was never there.<p>And I never wrote this.</p></div>
<p class="m">I will wait.</p>
<template><p>Not used.</p></template>
<details><summary>More</summary>Every day.</details>
</html>
`

func crlf(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", "\r\n")) }

func sha1Of(s []byte) string {
	sum := sha1.Sum(s)
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// warcRecord makes a record whose digest is that of content, or of lies.
func warcRecord(kind, date, address, media string, http, content []byte, digest string) []byte {
	if digest == "" {
		digest = sha1Of(content)
	}
	block := append(bytes.Clone(http), content...)
	head := fmt.Sprintf("WARC/1.0\nWARC-Type: %s\nWARC-Record-ID: <urn:uuid:%08x-0000-4000-8000-000000000000>\nWARC-Date: %s\nWARC-Target-URI: %s\nWARC-Payload-Digest: %s\nContent-Type: %s\nContent-Length: %d\n\n",
		kind, len(block), date, address, digest, media, len(block))
	return append(append(crlf(head), block...), "\r\n\r\n"...)
}

const answered = "application/http; msgtype=response"

func warcOfTests() [][]byte {
	ok := crlf("HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\n\n")
	info := []byte("software: a crawler\r\nformat: WARC File Format 1.0\r\n")
	return [][]byte{
		warcRecord("warcinfo", "2024-03-02T10:00:00Z", "", "application/warc-fields", nil, info, ""),
		warcRecord("request", "2024-03-02T10:00:01Z", "https://social.example/jo_b", "application/http; msgtype=request", crlf("GET /jo_b HTTP/1.1\nHost: social.example\n\n"), nil, ""),
		warcRecord("response", "2024-03-02T10:00:01Z", "https://social.example/jo_b", answered, ok, []byte(pageOfTests), ""),
		warcRecord("response", "2024-03-02T10:00:02.125Z", "https://social.example/changed", answered, ok, []byte("<title>Changed</title><p>This was changed later</p>\n"), sha1Of([]byte("something else"))),
		warcRecord("response", "2024-03-02T10:00:03Z", "https://social.example/chunks", answered, crlf("HTTP/1.1 404 Not Found\nContent-Type: text/html\nTransfer-Encoding: chunked\n\n"), crlf("18\n<p>There is no such page\n0\n\n"), ""),
		warcRecord("response", "2024-03-02T10:00:04Z", "https://social.example/old", answered, crlf("HTTP/1.1 302 Found\nLocation: /jo_b\nContent-Type: text/html\n\n"), []byte("moved"), ""),
		warcRecord("response", "2024-03-02T10:00:05Z", "https://social.example/jo.png?size=2", answered, crlf("HTTP/1.1 200 OK\nContent-Type: image/png\n\n"), []byte("no picture"), ""),
		warcRecord("revisit", "2024-03-03T10:00:00Z", "https://social.example/jo_b", answered, ok, nil, sha1Of([]byte(pageOfTests))),
		warcRecord("resource", "2024-03-03T10:00:00Z", "file:///notes.html", "text/html", nil, []byte("<p>Kept by itself</p>\n"), ""),
	}
}

func packedOf(records [][]byte) []byte {
	var b bytes.Buffer
	for _, r := range records {
		z := gzip.NewWriter(&b)
		_, err := z.Write(r)
		if err := z.Close(); err != nil {
			panic(err)
		}
		if err != nil {
			panic(err)
		}
	}
	return b.Bytes()
}

func mhtmlOfTests() []byte {
	quoted := strings.ReplaceAll(strings.ReplaceAll(pageOfTests, "=", "=3D"), "I know", "I =\nknow")
	return crlf(`From: <Saved by Blink>
Snapshot-Content-Location: https://social.example/jo_b
Subject: =?utf-8?Q?Jo_&_co_=E2=80=93_profile?=
Date: Sat, 2 Mar 2024 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html";
	boundary="----MultipartBoundary--abc----"


------MultipartBoundary--abc----
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://social.example/jo_b

` + quoted + `
------MultipartBoundary--abc----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://social.example/jo.png

bm8gcGljdHVyZQ==

------MultipartBoundary--abc----
Content-Type: text/css
Content-Transfer-Encoding: binary
Content-Location: https://social.example/look.css

p { color: red }
------MultipartBoundary--abc----
Content-Type: text/html
Content-Transfer-Encoding: 8bit
Content-Location: https://ads.example/frame

<p>Words in a frame</p>
------MultipartBoundary--abc------
`)
}

func webarchiveOfTests(t *testing.T, format int) []byte {
	t.Helper()
	response, err := plist.Marshal(map[string]any{"$objects": []any{"$null", "Date", "Sat, 02 Mar 2024 10:00:00 GMT",
		map[string]any{"NS.keys": []any{plist.UID(1)}, "NS.objects": []any{plist.UID(2)}}}}, plist.BinaryFormat)
	if err != nil {
		t.Fatal(err)
	}
	data, err := plist.MarshalIndent(map[string]any{
		"WebMainResource": map[string]any{"WebResourceData": []byte(pageOfTests), "WebResourceURL": "https://social.example/jo_b",
			"WebResourceMIMEType": "text/html", "WebResourceTextEncodingName": "UTF-8", "WebResourceFrameName": "", "WebResourceResponse": response},
		"WebSubresources": []any{
			map[string]any{"WebResourceData": []byte("no picture"), "WebResourceURL": "https://social.example/jo.png", "WebResourceMIMEType": "image/png"},
			map[string]any{"WebResourceData": []byte("p { color: red }"), "WebResourceURL": "https://social.example/look.css", "WebResourceMIMEType": "text/css"},
		},
		"WebSubframeArchives": []any{map[string]any{"WebMainResource": map[string]any{"WebResourceData": []byte("<p>Words in a frame</p>"),
			"WebResourceURL": "https://ads.example/frame", "WebResourceMIMEType": "text/html"}}},
	}, format, "\t")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSamples(t *testing.T) {
	records := warcOfTests()
	damaged := packedOf(records)
	damaged[len(packedOf(records[:3]))+30] ^= 0xff
	warc := packedOf(records)
	sum := sha256.Sum256(warc)
	list := `{"profile": "data-package", "wacz_version": "1.1.1", "title": "Jo's pages", "created": "2024-03-03T11:00:00.000Z", "software": "a crawler",
"resources": [
{"name": "pages.jsonl", "path": "pages/pages.jsonl", "hash": "sha256:0000000000000000000000000000000000000000000000000000000000000000", "bytes": 300},
{"name": "data.warc.gz", "path": "archive/data.warc.gz", "hash": "sha256:` + fmt.Sprintf("%x", sum) + `", "bytes": 1},
{"name": "lost.warc.gz", "path": "archive/lost.warc.gz", "hash": "sha256:00", "bytes": 1}
]}
`
	listed := sha256.Sum256([]byte(list))
	mark := func(comment string) []byte {
		return []byte(strings.Replace(pageOfTests, "<html>", "<html><!--"+comment+"-->", 1))
	}
	ok := crlf("HTTP/1.1 200 OK\nContent-Type: text/html\n\n")
	page := append(bytes.Clone(ok), pageOfTests...)
	arc := fmt.Sprintf("filedesc://old.arc 127.0.0.1 20080301000000 text/plain 76\n1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n\n\n"+
		"http://social.example/a page.html 192.0.2.1 20080302100000 text/html %d\n%s\nhttp://social.example/ 192.0.2.1 200803021000000000 text/html -1\nhttp://social.example/two 192.0.2.1 20080302100001 text/plain 3\nabc\n", len(page), page)
	importertest.Built(t, map[string][]byte{
		"chrome-frames.mhtml":          mhtmlOfTests(),
		"edge-cut-off.mhtml":           mhtmlOfTests()[:700],
		"explorer-one-part.mht":        crlf("From: <Saved by Windows Internet Explorer 8>\nSubject: Caf\xe9\nDate: Sun, 2 Mar 2008 10:00:00 -0500\nMIME-Version: 1.0\nContent-Type: text/html;\n\tcharset=\"windows-1252\"\nContent-Transfer-Encoding: quoted-printable\nContent-Location: http://social.example/cafe\n\n<p>A caf=E9 in Leeds</p>\n"),
		"singlefile-offset.html":       mark("\n Page saved with SingleFile \n url: https://social.example/jo_b \n saved date: Sat Mar 02 2024 11:00:00 GMT+0100 (Central European Standard Time)\n"),
		"singlefile-hides.html":        []byte("<html><!--\n Page saved with SingleFile \n url: https://social.example/jo_b \n saved date: Sat Mar 02 2024 10:00:00 GMT+0000 (Greenwich Mean Time)\n-->" + pageThatHides),
		"browser-no-time.html":         mark(" saved from url=(0027)https://social.example/jo_b "),
		"httrack-gmt.html":             mark(" Mirrored from social.example/jo_b by HTTrack Website Copier/3.x [XR&CO'2014], Sat, 02 Mar 2024 10:00:00 GMT "),
		"warc-plain.warc":              bytes.Join(records, nil),
		"warc-damaged.warc.gz":         damaged,
		"arc-old.arc":                  []byte(arc),
		"safari.webarchive":            webarchiveOfTests(t, plist.BinaryFormat),
		"safari-xml.webarchive":        webarchiveOfTests(t, plist.XMLFormat),
		"wacz/archive/data.warc.gz":    warc,
		"wacz/datapackage.json":        []byte(list),
		"wacz/datapackage-digest.json": []byte(fmt.Sprintf(`{"path": "datapackage.json", "hash": "sha256:%x"}`, listed)),
		"wacz/pages/pages.jsonl":       []byte(`{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}` + "\n" + `{"id": "1", "url": "https://social.example/jo_b", "ts": "2024-03-02T10:00:01Z", "title": "Jo & co", "text": "I know where you live"}` + "\n" + `{"id": "2", "url": "https://social.example/late", "title": "No time"}` + "\n"),
	})
}

// TestPublicSamples: what the public files hold comes out.
func TestPublicSamples(t *testing.T) {
	for pattern, want := range map[string][2]int{ // events, skips
		"mhtml/portfolio.mhtml":                    {1, 7},
		"mhtml/missing_boundary.mhtml":             {1, 1},
		"mhtml/missing_headers.mhtml":              {1, 0},
		"mhtml/unexpected_eof.mhtml":               {1, 0},
		"warc/bad.arc":                             {0, 5},
		"warc/example-bad-non-chunked.warc.gz":     {1, 5},
		"warc/example-bad.warc.gz.bad":             {1, 5},
		"warc/example-space-in-target-uri.warc.gz": {0, 2},
		"warc/example-space-in-url.arc":            {1, 1},
		"warc/example-wrong-chunks.warc.gz":        {1, 1},
		"warc/example.arc":                         {1, 1},
		"warc/example.arc.gz":                      {1, 1},
		"warc/example.warc":                        {1, 5},
		"warc/example.warc.gz":                     {1, 5},
	} {
		for _, file := range importertest.PublicFiles(t, pattern) {
			r, err := importertest.Read(context.Background(), New(), os.DirFS(filepath.Dir(file)), filepath.Base(file), importers.Assume{})
			if err != nil {
				t.Fatal(err)
			}
			if r.Err != nil || len(r.Events) != want[0] || len(r.Skips) != want[1] {
				t.Errorf("%s: %d events and %d skips, want %v; %v\n%.3000s", pattern, len(r.Events), len(r.Skips), want, r.Err, r.Lines(pattern))
			}
		}
	}
}

// TestFlat: what is held does not grow with the archive.
func TestFlat(t *testing.T) {
	r := warcOfTests()
	importertest.Flat(t, New(), "a.warc", string(r[0]), string(r[2]), "")
}

func BenchmarkArchive(b *testing.B) {
	ok := crlf("HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\n\n")
	record := warcRecord("response", "2024-03-02T10:00:01Z", "https://social.example/jo_b", answered, ok, []byte(strings.Repeat(pageOfTests, 100)), "")
	data := bytes.Repeat(record, 200)
	src := importers.Source{FS: fstest.MapFS{"a.warc": {Data: data}}, Path: "a.warc", Head: data[:importers.HeadSize]}
	importertest.Ratio(b, len(data), func() error {
		return New().Import(context.Background(), src, &importertest.Count{})
	}, func() error { // the words of its pages, and the digests
		sum := sha1.New()
		z := html.NewTokenizer(io.TeeReader(bytes.NewReader(data), sum))
		for z.Next() != html.ErrorToken {
			z.Token()
		}
		return nil
	})
}
