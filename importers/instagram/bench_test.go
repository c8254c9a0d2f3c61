package instagram

import (
	"fmt"
	"testing"

	"daybook/importers/importertest"
)

// BenchmarkLong prints how many times the processor time of its floor reading a
// long list takes; a long conversation is read as that of a Facebook export.
func BenchmarkLong(b *testing.B) {
	type entry struct {
		Title string `json:"title"`
		List  []struct {
			Href  string `json:"href"`
			Value string `json:"value"`
			At    int64  `json:"timestamp"`
		} `json:"string_list_data"`
	}
	importertest.Long{Path: "your_instagram_activity/likes/liked_posts.json", Between: ",", Head: "{\n  \"likes_media_likes\": [", Tail: "\n  ]\n}",
		Record: func(i int) string {
			return fmt.Sprintf("\n    {\n      \"title\": \"dan_%d\",\n      \"string_list_data\": [\n        {\n          \"href\": \"https://www.instagram.com/p/C%d/\",\n          \"value\": \"\\u00f0\\u009f\\u0091\\u008d\",\n          \"timestamp\": %d\n        }\n      ]\n    }", i%97, i, 1_700_000_000+i*61)
		},
	}.Ratio(b, New(), importertest.Tokens(), importertest.Decoded[entry]("/likes_media_likes"))
}
