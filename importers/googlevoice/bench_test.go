package googlevoice

import (
	"fmt"
	"testing"
	"time"

	"daybook/importers/importertest"
)

// BenchmarkPageLong prints how many times the processor time of its floor
// reading a long file takes.
func BenchmarkPageLong(b *testing.B) {
	importertest.Long{Path: "Takeout/Voice/Calls/Jo Bell - Text - 2021-10-31T00_59_58Z.html",
		Head: "<?xml version=\"1.0\" ?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head>\n<title>Me to\nJo Bell</title></head>\n<body><div class=\"hChatLog hfeed\">\n",
		Tail: "</div></body></html>\n",
		Record: func(i int) string {
			at := time.Unix(1_600_000_000+int64(i)*61, 0).UTC()
			return fmt.Sprintf("<div class=\"message\"><abbr class=\"dt\" title=\"%s\">%s Greenwich Mean Time</abbr>:\n<cite class=\"sender vcard\"><a class=\"tel\" href=\"tel:+447700900456\"><span class=\"fn\">Jo Bell</span></a></cite>:\n<q>Message number %d: I&#39;ll write when I like, and you&#39;ll see me at the corner.</q>\n</div> ",
				at.Format("2006-01-02T15:04:05.000Z"), at.Format("Jan 2, 2006, 3:04:05 PM"), i)
		},
	}.Ratio(b, New(), importertest.Pages())
}
