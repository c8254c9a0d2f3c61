package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
)

// TestAnAddOnlyDevice makes a device, adds with it while no case is open, takes
// in what it holds, and shuts it out.
func TestAnAddOnlyDevice(t *testing.T) {
	stick, note := t.TempDir(), filepath.Join(t.TempDir(), "seen at the gate.txt")
	if err := os.WriteFile(note, []byte("He was there at nine."), 0o600); err != nil {
		t.Fatal(err)
	}
	w := opened(t, "Kitchen", "Maya")
	w.show(settingsID)
	w.tap(t, "Devices that can only add")
	w.tap(t, "Make one")
	fields := w.fields()
	fields[1].SetText("Old phone")
	w.tap(t, "Make the device")
	wants(t, w, "Choose the folder, or the USB stick")
	w.tap(t, "OK")
	w.fields()[2].SetText(stick)
	w.tap(t, "Make the device")
	folder := filepath.Join(stick, "Old phone")
	wants(t, w, "The device is made", folder)
	w.tap(t, "OK")
	wants(t, w, "Old phone", "0 files taken in")

	w.show(addOnID)
	w.drop(fyne.Position{}, uris(note))
	wants(t, w, "seen at the gate.txt")
	w.tap(t, "Add them")
	wants(t, w, "Choose the device's folder")
	w.tap(t, "OK")
	w.fields()[0].SetText(folder)
	looked(t, w, "device-add")
	w.tap(t, "Add them")
	wants(t, w, "1 file added")

	w.show(devicesID)
	w.drop(fyne.Position{}, uris(folder))
	wants(t, w, "1 file came in.")
	w.show(devicesID)
	wants(t, w, "1 file taken in")
	looked(t, w, "devices")
	w.fields()[0].SetText(folder)
	w.tap(t, "Take in")
	wants(t, w, "Nothing in this folder waits")
	w.show(devicesID)
	w.tap(t, "Shut it out…")
	w.tap(t, "Leave it")
	w.tap(t, "Shut it out…")
	w.tap(t, "Shut it out")
	wants(t, w, "Shut out on")
	w.show(devicesID)
	w.fields()[0].SetText(t.TempDir())
	w.tap(t, "Take in")
	wants(t, w, "Nothing in this folder waits")
	w.tap(t, "Lock")
	w.tap(t, "Add without opening the case")
	wants(t, w, "you cannot take them back")
}
