package worker

import (
	"context"
	"os/exec"
	"testing"
)

func confines() bool { return true }

// TestNoNetwork holds wherever the system lets a program give its network up.
func TestNoNetwork(t *testing.T) {
	cmd := exec.Command("/proc/self/exe", "-test.run=^$")
	cmd.SysProcAttr = attributes(true)
	granted := cmd.Run() == nil
	p := pool(t, Kind{Children: 1})
	got, err := p.Do(context.Background(), file("network", nil, 0))
	if err != nil {
		t.Fatal(err)
	}
	if alone := string(got) == "0"; granted && !alone {
		t.Errorf("the child has %s network interfaces up", got)
	}
}
