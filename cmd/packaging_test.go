//go:build unix

package cmd_test

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// installs runs packaging/install with programs that are none.
func installs(t *testing.T, root, system, name string, args ...string) string {
	t.Helper()
	bin := t.TempDir()
	for _, p := range []string{"daybook", "daybook-cli", "daybook-verify"} {
		if err := os.WriteFile(filepath.Join(bin, p), []byte("the program "+p), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("../packaging/install", append(args, bin)...)
	cmd.Env = append(os.Environ(), "DESTDIR="+root, "PREFIX=/opt/own", "SYSTEM="+system, "NAME="+name)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return string(out) + err.Error()
	}
	return string(out)
}

// tree lists the files below a folder with the rights of each.
func tree(t *testing.T, root string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		list = append(list, info.Mode().String()+" "+strings.TrimPrefix(path, root))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func read(t *testing.T, name ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(name...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestInstall: what is installed is called by the chosen name and by no other,
// and goes again without a rest.
func TestInstall(t *testing.T) {
	root := t.TempDir()
	if said := installs(t, root, "Linux", "Garden"); said != "" {
		t.Fatal(said)
	}
	want := []string{
		"-rwxr-xr-x /opt/own/bin/garden",
		"-rwxr-xr-x /opt/own/bin/garden-cli",
		"-rwxr-xr-x /opt/own/bin/garden-verify",
		"-rw-r--r-- /opt/own/share/applications/garden.desktop",
		"-rw-r--r-- /opt/own/share/icons/hicolor/scalable/apps/garden.svg",
	}
	if got := tree(t, root); !slices.Equal(got, want) {
		t.Errorf("installed:\n%s", strings.Join(got, "\n"))
	}
	entry := read(t, root, "opt/own/share/applications/garden.desktop")
	for _, line := range []string{"[Desktop Entry]", "Type=Application", "Name=Garden", `Exec="/opt/own/bin/garden" --title "Garden"`, "Icon=garden"} {
		if !slices.Contains(strings.Split(entry, "\n"), line) {
			t.Errorf("the entry has no line %q:\n%s", line, entry)
		}
	}
	if strings.Contains(strings.ToLower(entry), "daybook") || strings.Contains(entry, "@") {
		t.Errorf("the entry tells what it is:\n%s", entry)
	}
	if read(t, root, "opt/own/share/icons/hicolor/scalable/apps/garden.svg") != read(t, "../assets/icons/garden.svg") {
		t.Error("a garden does not have its picture")
	}
	if said := installs(t, root, "Linux", "Garden", "--remove"); said != "" || len(tree(t, root)) > 0 {
		t.Errorf("%s left: %q", said, tree(t, root))
	}
}

// TestInstallOnAMac makes the one folder that is a program there.
func TestInstallOnAMac(t *testing.T) {
	root := t.TempDir()
	if said := installs(t, root, "Darwin", "My own things"); said != "" {
		t.Fatal(said)
	}
	want := []string{
		"-rw-r--r-- /opt/own/My own things.app/Contents/Info.plist",
		"-rwxr-xr-x /opt/own/My own things.app/Contents/MacOS/my-own-things",
		"-rw-r--r-- /opt/own/My own things.app/Contents/Resources/notes.icns",
		"-rwxr-xr-x /opt/own/bin/my-own-things-cli",
		"-rwxr-xr-x /opt/own/bin/my-own-things-verify",
	}
	if got := tree(t, root); !slices.Equal(got, want) {
		t.Errorf("installed:\n%s", strings.Join(got, "\n"))
	}
	facts := plist(t, read(t, root, "opt/own/My own things.app/Contents/Info.plist"))
	for key, value := range map[string]string{"CFBundleName": "My own things", "CFBundleExecutable": "my-own-things", "CFBundleIconFile": "notes.icns", "CFBundlePackageType": "APPL"} {
		if facts[key] != value {
			t.Errorf("%s is %q", key, facts[key])
		}
	}
	if said := installs(t, root, "Darwin", "My own things", "--remove"); said != "" || len(tree(t, root)) > 0 {
		t.Errorf("%s left: %q", said, tree(t, root))
	}
}

// TestInstallRefuses: a name is a name, and no way out of a folder or a line.
func TestInstallRefuses(t *testing.T) {
	for _, name := range []string{"../up", "a\nExec=x", "a|b", "-n", "a&b", " a"} {
		root := t.TempDir()
		if said := installs(t, root, "Linux", name); !strings.Contains(said, "A name is made of") || len(tree(t, root)) > 0 {
			t.Errorf("%q: %s", name, said)
		}
	}
}

// plist reads the words of a property list.
func plist(t *testing.T, text string) map[string]string {
	t.Helper()
	facts, key, in := map[string]string{}, "", ""
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return facts
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			in = e.Name.Local
		case xml.EndElement:
			in = ""
		case xml.CharData:
			if in == "key" {
				key = string(e)
			} else if in == "string" {
				facts[key] = string(e)
			}
		}
	}
}

// TestEveryPlaceTellsOneVersion: the program, and what each system shows of it.
func TestEveryPlaceTellsOneVersion(t *testing.T) {
	version := regexp.MustCompile(`(?m)^Version = "(.+)"$`).FindStringSubmatch(read(t, "../FyneApp.toml"))
	build := regexp.MustCompile(`(?m)^Build = (\d+)$`).FindStringSubmatch(read(t, "../FyneApp.toml"))
	if version == nil || build == nil {
		t.Fatal("FyneApp.toml tells no version")
	}
	comma := strings.ReplaceAll(version[1], ".", ",") + "," + build[1]
	for name, words := range map[string][]string{
		"../cmd/daybook/main.go":          {`"` + version[1] + `"`},
		"../packaging/macos/Info.plist":   {"<string>" + version[1] + "</string>", "<string>" + build[1] + "</string>"},
		"../packaging/windows/program.rc": {`"FileVersion", "` + version[1] + `"`, `"ProductVersion", "` + version[1] + `"`, "FILEVERSION " + comma, "PRODUCTVERSION " + comma},
	} {
		for _, w := range words {
			if !strings.Contains(read(t, name), w) {
				t.Errorf("%s does not say %s", name, w)
			}
		}
	}
}

// TestPicturesOfTheProgram: each picture of the window has its like for Windows
// and macOS, in every size that is shown there, and they differ.
func TestPicturesOfTheProgram(t *testing.T) {
	drawn, err := filepath.Glob("../assets/icons/*.svg")
	if err != nil || len(drawn) < 4 {
		t.Fatalf("%v, %v", drawn, err)
	}
	seen := map[string]string{}
	for _, d := range drawn {
		name := strings.TrimSuffix(filepath.Base(d), ".svg")
		ico := read(t, "../packaging/icons", name+".ico")
		if sizes := icoSizes(t, ico); !slices.Equal(sizes, []int{16, 24, 32, 48, 64, 256}) {
			t.Errorf("%s.ico holds %v", name, sizes)
		}
		icns := read(t, "../packaging/icons", name+".icns")
		if len(icns) < 16 || icns[:4] != "icns" || int(binary.BigEndian.Uint32([]byte(icns[4:]))) != len(icns) || icns[8:12] != "ic09" {
			t.Fatalf("%s.icns is none", name)
		}
		if c, err := png.DecodeConfig(strings.NewReader(icns[16:])); err != nil || c.Width != 512 || c.Height != 512 {
			t.Errorf("%s.icns: %dx%d, %v", name, c.Width, c.Height, err)
		}
		for _, p := range []string{ico, icns} {
			if other := seen[p]; other != "" {
				t.Errorf("%s looks like %s", name, other)
			}
			seen[p] = name
		}
	}
	if c, err := png.DecodeConfig(strings.NewReader(read(t, "../assets/icon.png"))); err != nil || c.Width != 512 || c.Height != 512 {
		t.Errorf("assets/icon.png: %dx%d, %v", c.Width, c.Height, err)
	}
}

// icoSizes are the widths of the pictures in an .ico file.
func icoSizes(t *testing.T, ico string) (list []int) {
	t.Helper()
	var head struct{ Zero, Kind, Count uint16 }
	r := bytes.NewReader([]byte(ico))
	if err := binary.Read(r, binary.LittleEndian, &head); err != nil || head.Kind != 1 {
		t.Fatalf("no .ico: %+v, %v", head, err)
	}
	for range head.Count {
		var e struct {
			Width, Height, Colours, Zero byte
			Planes, Bits                 uint16
			Size, Offset                 uint32
		}
		if err := binary.Read(r, binary.LittleEndian, &e); err != nil || int(e.Offset+e.Size) > len(ico) {
			t.Fatalf("an entry of the .ico: %+v, %v", e, err)
		}
		list = append(list, (int(e.Width)+255)%256+1)
	}
	slices.Sort(list)
	return list
}
