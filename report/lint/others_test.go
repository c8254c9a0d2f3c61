package lint

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"daybook/assets/profiles"
)

// The same bundle as other programs write it is the same bundle: with every
// form of the table of objects, streams pressed or plain, in another order, long objects
// in the open.
func TestOthersWriteTheSameBundle(t *testing.T) {
	dir := t.TempDir()
	in := filepath.Join(dir, "bundle.pdf")
	if err := os.WriteFile(in, bundleIn(t, false, 60, 0, 200), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		program string
		args    []string
		want    []profiles.ID
	}{
		{"qpdf", []string{"--object-streams=disable"}, nil},
		{"qpdf", []string{"--object-streams=generate", "--recompress-flate"}, nil},
		{"qpdf", []string{"--qdf"}, nil},
		{"qpdf", []string{"--linearize"}, nil},
		{"qpdf", []string{"--compress-streams=n", "--normalize-content=y"}, nil},
		{"qpdf", []string{"--encrypt", "", "owner", "256", "--"}, []profiles.ID{profiles.NoPassword}},
		{"mutool", []string{"clean", "-a"}, nil},
		{"mutool", []string{"clean", "-d"}, nil},
		{"mutool", []string{"clean", "-gggg", "-z"}, nil},
	} {
		out := filepath.Join(dir, "out.pdf")
		if said, err := exec.Command(c.program, append(slices.Clone(c.args), in, out)...).CombinedOutput(); err != nil {
			t.Fatalf("%s %v: %v\n%s", c.program, c.args, err, said)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if rules, v := held(t, "bundle.pdf", data, "EW-general-2021"); !slices.Equal(rules, c.want) {
			t.Errorf("%s %v: %+v", c.program, c.args, v.Findings)
		} else if c.want == nil && v.Pages != 60 {
			t.Errorf("%s %v: %d pages", c.program, c.args, v.Pages)
		}
	}
}
