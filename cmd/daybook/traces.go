package main

import (
	"os"
	"path/filepath"
)

// leaveLittle keeps the graphics driver from keeping its programs on the disk.
// What is left is the list of the computer's fonts, without which each start
// takes seconds.
func leaveLittle() error {
	for _, name := range []string{"MESA_SHADER_CACHE_DISABLE", "MESA_GLSL_CACHE_DISABLE"} {
		if err := os.Setenv(name, "true"); err != nil {
			return err
		}
	}
	return nil
}

// sweep takes away the empty folders that Fyne makes when it begins and when it
// runs. The app has no name of its own: a named one keeps preferences on the
// disk and makes their folder anew whenever it sees it go.
func sweep() {
	for _, root := range roots() {
		own := filepath.Join(root, "fyne")
		nameless, err := filepath.Glob(filepath.Join(own, "missing-id-*"))
		if err != nil {
			continue // the pattern is right, so that no error can come
		}
		for _, dir := range append(nameless, own) {
			_ = os.Remove(dir) // a folder that holds something is not ours to take
		}
	}
}

// roots are the folders in which Fyne makes its own.
func roots() (list []string) {
	if dir, err := os.UserConfigDir(); err == nil {
		list = append(list, dir)
	}
	if dir, err := os.UserCacheDir(); err == nil {
		list = append(list, dir)
	}
	if dir, err := os.UserHomeDir(); err == nil {
		list = append(list, filepath.Join(dir, "Library", "Preferences"))
	}
	return list
}
