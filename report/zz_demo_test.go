package report

import (
	"os"
	"testing"
)

func TestDemo(t *testing.T) {
	d := os.Getenv("OUT")
	if d == "" {
		return
	}
	if err := newSample(t, Pack(os.Getenv("PACK"))).bundle.Write(t.Context(), d, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
}
