package notice

import (
	"strings"
	"testing"
)

func TestDisclosure(t *testing.T) {
	n, err := Disclosure()
	if err != nil || n.Version < 1 || n.Title == "" || !strings.Contains(n.Text, "may be given to the other side") {
		t.Errorf("%+v, %v", n, err)
	}
}
