// Package early sets what Fyne reads while its packages start, when main can
// not set it yet. Go starts packages that wait for nothing in the order of
// their import paths (since 1.21), so that this one comes before Fyne's.
package early

import "os"

// textLife is how long Fyne keeps the picture of a text that is no longer
// shown. Its own minute holds 100 MB of them after a quick scroll through a
// long timeline.
const textLife = "4s"

func init() {
	if os.Getenv("FYNE_CACHE") == "" {
		_ = os.Setenv("FYNE_CACHE", textLife) // the window works without it too
	}
}
