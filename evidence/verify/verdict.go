package verify

import (
	"fmt"
	"io"
	"strings"
)

// Write prints the verdict for a person: what is wrong, then the three parts.
func (v *Verdict) Write(w io.Writer) error {
	var b strings.Builder
	for _, p := range v.Problems {
		fmt.Fprintf(&b, "WRONG     %s\n", p)
	}
	switch {
	case v.onlyOtherKey():
		fmt.Fprintln(&b, "\nThe files are all as they were sealed, but not by the key whose fingerprint you gave. Read the fingerprint again; where it is as you were told, this is not the bundle you were told of.")
	case len(v.Problems) > 0:
		fmt.Fprintf(&b, "\nThis bundle is not as it was sealed, or is not whole: %s.\n", count(len(v.Problems), "thing is wrong", "things are wrong"))
	}
	fmt.Fprintf(&b, "UNCHANGED %s\n", v.unchanged())
	fmt.Fprintf(&b, "COMPLETE  %s\n", v.complete())
	fmt.Fprintf(&b, "DATED     %s\n", v.dated())
	if v.Noted != nil {
		fmt.Fprintf(&b, "NOTED     %s\n", v.Noted.compared(v.KeyNamed))
	}
	if v.Earlier != nil {
		fmt.Fprintf(&b, "EARLIER   %s\n", v.Earlier.compared())
	}
	fmt.Fprintln(&b, "\nThis check says nothing about whether the content is true or who wrote it.")
	_, err := io.WriteString(w, b.String())
	return err
}

// onlyOtherKey tells that nothing is wrong with the files, and the fingerprint
// that was given is another's.
func (v *Verdict) onlyOtherKey() bool { return v.OtherKey && len(v.Problems) == 1 }

func (v *Verdict) unchanged() string {
	files := fmt.Sprintf("%s, %d bytes", count(v.Files, "file", "files"), v.Bytes)
	switch {
	case v.onlyOtherKey():
		return "since they were sealed, by the key\n          " + groups(v.Fingerprint) + "\n          which is not the one you gave: " + files + "."
	case !v.whole():
		return "no: see above. " + files + "."
	}
	s := "yes: " + files + ", all as sealed by the key\n          " + groups(v.Fingerprint) + "\n          "
	if v.Compared {
		return s + "and that is the fingerprint you gave."
	}
	return s + "Compare this fingerprint with one that you got by another way than in this bundle."
}

func (v *Verdict) complete() string {
	s := fmt.Sprintf("%d of %d journal entries are withheld, %d are opened and fit. ", v.Withheld, v.Entries, v.Opened)
	if v.Originals == 0 {
		s += "There is no original in this bundle."
	} else {
		s += fmt.Sprintf("Originals with an opened entry: %d of %d.", v.Originals-len(v.Closed), v.Originals)
	}
	for _, name := range v.Closed {
		s += "\n          The entry of " + name + " is not opened here: ask for it."
	}
	if !v.whole() {
		return "as far as it can be told: " + s
	}
	return s
}

func (v *Verdict) dated() string {
	if v.Made == "" {
		return "the bundle does not say when it was made."
	}
	return "made " + v.Made + " by the clock of the computer that made it; no outside time stamp is checked here."
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// groups sets a fingerprint in groups of eight, to be read aloud.
func groups(s string) string {
	var g []string
	for ; len(s) > 8; s = s[8:] {
		g = append(g, s[:8])
	}
	return strings.Join(append(g, s), " ")
}
