package timeline

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A picture and the message whose words it shows name each other; words that are
// few, of another time and name, in another order or far apart link nothing.
func TestSeenInAPicture(t *testing.T) {
	const words = "I saw your car outside the school again, do not lie to me"
	tests := []struct {
		name, text, shown string
		want              bool
	}{
		{"the words and the clock", words, "14:05\nI saw your car outside the\nschool again, do not lie to me", true},
		{"the words and the sender", words, "Dan Rigby\nI saw your car outside the\nschool again, do not lie to me", true},
		{"a clock of twelve hours", words, "2:05 PM\nI saw your car outside the school again, do not lie to me", true},
		{"two words read wrongly", words, "14:05 I saw vour car outside the schooi again, do not lie to me", true},
		{"four words read wrongly", words, "14:05 I saw vour cor outside tne schooi again, do not lie to me", false},
		{"neither time nor name", words, "09:00\nI saw your car outside the school again, do not lie to me", false},
		{"too short", "I saw your car", "14:05 Dan Rigby I saw your car", false},
		{"too few letters", "I am at it a b c", "14:05 Dan Rigby I am at it a b c", false},
		{"another order", words, "14:05 to me do not lie again the school car outside I saw your", false},
		{"far apart", words, "14:05 I saw your car " + strings.Repeat("something else ", 30) + "outside the school again, do not lie to me", false},
	}
	for _, tt := range tests {
		x, _, _ := newIndex(t)
		add(t, x, 7, message("line 1", "Dan Rigby", tt.text, minuteOf(125)), message("line 2", "Maya", "what do you want from me now", minuteOf(126)))
		shot := message("file", "", "", minuteOf(500))
		shot.Kind = Shot
		add(t, x, 9, shot)
		rows := find(t, x, Filter{})
		picture(t, x, 9, tt.shown, rows[2].ID)
		var got []string
		for i := range rows {
			seen, err := x.Seen(&rows[i])
			must(t, err)
			for _, s := range seen {
				got = append(got, fmt.Sprintf("%d→%d %t", rows[i].Source.Item, s.With.Item, s.Message))
				if !strings.Contains(s.Text(), "read by the machine (tesseract 5.3.0)") {
					t.Error(s.Text())
				}
			}
		}
		var want []string
		if tt.want {
			want = []string{"7→9 false", "9→7 true"}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}
