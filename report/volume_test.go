package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"daybook/assets/profiles"
	"daybook/report/lint"
)

// A bundle whose document is cut into volumes checks out, each volume keeps the
// court's rules, and the pages of the timeline lead into the right one.
func TestBundleInVolumes(t *testing.T) {
	s := newSample(t, Full)
	s.bundle.Volumes = VolumeLimits{Pages: 5}
	s.again()
	dir := s.write(t)
	if v := verdict(t, dir); !v.OK() {
		t.Errorf("%v", v.Problems)
	}
	court := must(profiles.Named(General.Name))(t)
	next, n := 1, 0
	for ; ; n++ {
		name := volumeFile(n + 1)
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			break
		}
		file := lint.File{Name: filepath.Base(name), Data: bytes.NewReader(data), Size: int64(len(data)), Volume: true}
		if n > 0 {
			file.First = fmt.Sprint(next)
		}
		v := must(lint.Hold(t.Context(), file, court, sampleTime))(t)
		if v.Faults() > 0 || v.Pages > 5 {
			t.Errorf("%s, %d pages from %d: %+v", name, v.Pages, next, v.Findings)
		}
		file.Volume = false
		if v := must(lint.Hold(t.Context(), file, court, sampleTime))(t); v.Faults() == 0 {
			t.Errorf("%s: a link into another file is no fault where there are no volumes", name)
		}
		first := file.First
		file.First = ""
		if v := must(lint.Hold(t.Context(), file, court, sampleTime))(t); v.Begins != first || !v.Beside {
			t.Errorf("%s: held as a whole, it begins with %q, want %q; volumes beside it: %v", name, v.Begins, first, v.Beside)
		}
		next += v.Pages
	}
	if n < 3 {
		t.Fatalf("%d volumes: this test sees nothing", n)
	}
	all := ""
	for name, data := range readTree(t, dir) {
		if strings.HasSuffix(name, ".html") {
			all += string(data)
		}
	}
	links := regexp.MustCompile(`bundle(-\d+)?\.pdf#page=(\d+)`).FindAllString(all, -1)
	later := 0
	for _, l := range links {
		var volume, page int
		if k, _ := fmt.Sscanf(l, "bundle-%d.pdf#page=%d", &volume, &page); k == 2 {
			later++
			if volume > n || page > 5 {
				t.Errorf("%s: there is no such page", l)
			}
		}
	}
	if later == 0 {
		t.Errorf("no link of the timeline leads into a later volume: %v", links)
	}
}

// A document that was to be cut, and is no longer than one volume, says nothing of
// others, and is the same as one that was never to be cut.
func TestOneVolumeIsNone(t *testing.T) {
	s := newSample(t, Full)
	whole := s.write(t)
	s.bundle.Volumes = VolumeLimits{Pages: 500}
	s.again()
	dir := s.write(t)
	if v := verdict(t, dir); !v.OK() {
		t.Errorf("%v", v.Problems)
	}
	want, got := readTree(t, whole), readTree(t, dir)
	if len(want) != len(got) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
	for name, data := range want {
		if string(got[name]) != string(data) {
			t.Errorf("%s differs", name)
		}
	}
}
