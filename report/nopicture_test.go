package report

import (
	"context"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// plainly is an error that has words for a reader.
type plainly struct{ error }

func (plainly) Plain() string { return "its end is missing" }

// A picture that could not be made costs the picture alone: its page says why, and
// not that such files are never shown.
func TestAPictureThatIsDamaged(t *testing.T) {
	k := newCase(t)
	b := k.plan(t, Full)
	dir := filepath.Join(t.TempDir(), "b")
	damaged := func(context.Context, io.Reader, Fit) (Still, error) {
		return Still{}, plainly{errors.New("invalid JPEG format: bad RST marker")}
	}
	if err := b.Write(t.Context(), dir, WriteOptions{Still: damaged}); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("pdftotext", filepath.Join(dir, "data", "bundle.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	page := strings.Join(strings.Fields(string(text)), " ")
	if !strings.Contains(page, "The picture could not be shown here: its end is missing. The file is unchanged. "+sayInFolder) || strings.Count(page, sayNoView) != 1 { // of unknown.xyz
		t.Error("the page of a damaged picture does not say why it is not shown")
	}
	if strings.Contains(page, "RST") {
		t.Error("words of a decoder stand on a page")
	}
	if why := whyNoPicture(errors.New("unexpected EOF")); strings.Contains(why, "EOF") {
		t.Error(why)
	}
}
