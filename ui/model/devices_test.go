package model

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestDevices: what was added with a device comes in once; after it was shut out
// nothing does.
func TestDevices(t *testing.T) {
	d, dir := opened(t), t.TempDir()
	for _, bad := range []struct{ name, folder, want string }{
		{" ", dir, "give the device a name"}, {"a/b", dir, "letters and digits"}, {"phone", "", "choose the folder"}, {"phone", filepath.Join(dir, "none"), "no folder"},
	} {
		if _, err := d.MakeDevice(t.Context(), bad.name, bad.folder); err == nil || !strings.Contains(err.Error(), bad.want) {
			t.Errorf("%q in %q: %v", bad.name, bad.folder, err)
		}
	}
	folder, err := d.MakeDevice(t.Context(), "phone", dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.MakeDevice(t.Context(), "phone", dir); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("over another: %v", err)
	}
	added, err := AddOn(t.Context(), folder, "found it", []string{file(t, t.TempDir(), "a.txt", clearChat), filepath.Join(dir, "none")}, nil)
	if err != nil || !strings.HasPrefix(added.Lead, "1 file added") || len(added.Failed) != 1 {
		t.Fatalf("%+v, %v", added, err)
	}
	if _, err := AddOn(t.Context(), t.TempDir(), "", []string{folder}, nil); err == nil || !strings.Contains(err.Error(), "add-only device") {
		t.Errorf("in a folder of another sort: %v", err)
	}
	o, err := d.TakeIn(t.Context(), folder, nil)
	if err != nil || len(o.Read) != 1 || o.Title != "Added" {
		t.Fatalf("%+v, %v", o, err)
	}
	if o, err = d.TakeIn(t.Context(), folder, nil); err != nil || o.Title != "Nothing new" {
		t.Errorf("again: %+v, %v", o, err)
	}
	list, err := d.Devices(t.Context())
	if err != nil || len(list) != 1 || list[0].Name != "phone" || !strings.Contains(list[0].Text, "1 file taken in") {
		t.Fatalf("%+v, %v", list, err)
	}
	if _, err := AddOn(t.Context(), folder, "", []string{file(t, t.TempDir(), "b.txt", ambiguousChat)}, nil); err != nil {
		t.Fatal(err)
	}
	if err := d.RemoveDevice(t.Context(), list[0].ID); err != nil {
		t.Fatal(err)
	}
	if o, err = d.TakeIn(t.Context(), folder, nil); err != nil || len(o.Read) != 0 || len(o.Said) == 0 {
		t.Errorf("shut out: %+v, %v", o, err)
	}
	if list, err = d.Devices(t.Context()); err != nil || !list[0].Removed {
		t.Errorf("%+v, %v", list, err)
	}
}
