package takeout

import (
	"fmt"
	"testing"
	"time"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long conversation takes; BenchmarkPageLong that of a page, BenchmarkTableLong
// that of a table.
func BenchmarkLong(b *testing.B) {
	type record struct {
		Creator struct {
			Name  string `json:"name"`
			Email string `json:"email"`
			Type  string `json:"user_type"`
		} `json:"creator"`
		Created string `json:"created_date"`
		Text    string `json:"text"`
		Topic   string `json:"topic_id"`
		ID      string `json:"message_id"`
	}
	importertest.Long{Path: "Takeout/Google Chat/Groups/DM abc/messages.json", Between: ",", Head: "{\n  \"messages\": [", Tail: "\n  ]\n}",
		Record: func(i int) string {
			at := time.Unix(1_700_000_000+int64(i)*61, 0).UTC()
			return fmt.Sprintf("\n    {\n      \"creator\": {\n        \"name\": \"Jo Bell\",\n        \"email\": \"jo@example.org\",\n        \"user_type\": \"Human\"\n      },\n      \"created_date\": \"%s\",\n      \"text\": \"Message %d: see you at the corner, don\\u0027t be late\",\n      \"topic_id\": \"t%[2]d\",\n      \"message_id\": \"aBc/t%[2]d/t%[2]d\"\n    }",
				at.Format("Monday, January 2, 2006 at 3:04:05 PM UTC"), i)
		},
	}.Ratio(b, New(), importertest.Tokens(), importertest.Decoded[record]("/messages"))
}

func BenchmarkPageLong(b *testing.B) {
	importertest.Long{Path: "Takeout/My Activity/Maps/MyActivity.html", Tail: "</div></body></html>",
		Head: "<html><head><title>My Activity History</title><style type=\"text/css\">\nbody { padding: 5px }\n</style></head><body><div class=\"mdl-grid\">\n",
		Record: func(i int) string {
			at := time.Unix(1_700_000_000+int64(i)*61, 0).UTC()
			return fmt.Sprintf("<div class=\"outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp\"><div class=\"mdl-grid\"><div class=\"header-cell mdl-cell mdl-cell--12-col\"><p class=\"mdl-typography--title\">Maps<br></p></div><div class=\"content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1\">Searched for&nbsp;<a href=\"https://www.google.com/maps/search/%d+Example+Row\">%[1]d Example Row</a><br>%s GMT</div><div class=\"content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1 mdl-typography--text-right\"></div><div class=\"content-cell mdl-cell mdl-cell--12-col mdl-typography--caption\"><b>Products:</b><br>&emsp;Maps<br></div></div></div>",
				i, at.Format("2 Jan 2006, 15:04:05"))
		},
	}.Ratio(b, New(), importertest.Pages())
}

func BenchmarkTableLong(b *testing.B) {
	importertest.Long{Path: "Takeout/Access Log Activity/Activities.csv",
		Head: "Gaia ID,Activity Timestamp,IP Address,Proxied Host IP Address,Is Non-routable IP Address,Activity Country,Activity Region,Activity City,User Agent String,Product Name,Sub-Product Name,Activity Type,Gmail Access Channel\n",
		Record: func(i int) string {
			at := time.Unix(1_700_000_000+int64(i)*61, 0).UTC()
			return fmt.Sprintf("111,%s UTC,203.0.113.%d,,false,GB,,London,\"Mozilla/5.0 (Linux, Android 14)\",Google Account,,Login,\n", at.Format(time.DateTime), i%200)
		},
	}.Ratio(b, New(), importertest.Rows(), importertest.RowEvents())
}
