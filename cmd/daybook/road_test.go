//go:build linux

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"daybook/assets/sample"
	"daybook/cmd/internal/canary"
	"daybook/ui/sleep/sleeptest"
)

// What is typed on the road. The words are long enough that none comes about
// by chance in a locked case.
const (
	passphrase = "seventeen tin whistles above the kitchen harbour"
	wrong      = "tin flutes in the attic cupboard"
	title      = "Marigold terrace"
	keeper     = "Maya Ellison"
	incident   = "The lantern stood at the gatepost"
	draft      = "Marmalade on the doorstep"
	tag        = "greenhouse"
	bundleName = "papers"
)

// road is what one person does with the window, from the first start to the
// bundle and back.
type road struct {
	*screen
	places   string   // where exports lie, the case and the bundle
	trace    string   // file of strace; empty where tracing is forbidden
	recovery []string // words
	logind   *sleeptest.Logind
}

func (r *road) caseDir() string { return filepath.Join(r.places, "notes.daybook") }

// TestRoad drives the real window on a real display with keyboard and mouse
// alone, down the whole road.
func TestRoad(t *testing.T) {
	r := &road{screen: newScreen(t), places: t.TempDir()}
	r.traced()
	r.logind = sleeptest.New(t, false)
	r.env = append(r.env, "DBUS_SYSTEM_BUS_ADDRESS="+r.logind.Address)
	r.start()
	r.createsCase()
	r.writesItDown()
	r.dropsExports()
	r.pastesPicture()
	r.searches()
	r.marksTen()
	r.locksAndUnlocks()
	r.sleepsAndWakes()
	r.hidesAndComesBack()
	r.handsOver()
	r.isKilledWhileTyping()
	r.quits()
	r.readsBundle()
	t.Run("nothing readable", r.nothingReadable)
	t.Run("calls", r.calls)
}

// traced lets the program run under strace.
func (r *road) traced() {
	if err := exec.Command("strace", "-f", "-o", os.DevNull, "true").Run(); err != nil {
		r.t.Logf("strace may not trace here (%v): the program's calls are not looked at", err)
		return
	}
	r.trace = filepath.Join(r.dir, "trace")
	r.before = canary.Strace(r.trace)
}

func (r *road) createsCase() {
	r.shows("Open a case")
	r.key("ctrl+n")
	r.shows("Is this the safest place to keep it?")
	r.clicks("Go on here")
	r.shows("Proposed because it is your own folder")
	r.key("ctrl+a")
	r.writes(r.places)
	r.clicks("What this is about")
	r.writes(title)
	r.clicks("Your name, as the record should show it")
	r.writes(keeper)
	r.key("Tab", "Tab") // over the zone
	r.writes(passphrase)
	r.key("Tab", "Tab") // over the suggestion
	r.writes(passphrase)
	r.clicks("Next: the recovery words")
	words := r.shows("Write these words down", "They are on paper")
	r.clicks("They are on paper")
	r.givesWordsBack(words, r.shows("copy these three"))
	r.clicks("I have read this")
	r.shows(title, "Nothing has been added yet")
}

var (
	numbered = regexp.MustCompile(`^\p{Z}*(\d+)\p{Z}+([a-z]+)$`)
	askedFor = regexp.MustCompile(`^Word (\d+)$`)
)

// givesWordsBack notes the recovery words from one screen, and types the three
// that the next one asks for; Enter goes from field to field, and on.
func (r *road) givesWordsBack(g, question glimpse) {
	words, asked := map[string]string{}, []string{}
	for _, seen := range g.Runs {
		if m := numbered.FindStringSubmatch(seen.Text); m != nil {
			words[m[1]] = m[2]
			r.recovery = append(r.recovery, m[2])
		}
	}
	for _, seen := range question.Runs {
		if m := askedFor.FindStringSubmatch(seen.Text); m != nil {
			asked = append(asked, m[1])
		}
	}
	if len(words) != 24 || len(asked) != 3 {
		r.t.Fatalf("%d recovery words and %d questions on the screens: %s\n%s", len(words), len(asked), g.text(), question.text())
	}
	for _, n := range asked {
		r.writes(words[n])
		r.key("Return")
	}
}

// writesItDown writes an incident in the fewest keys.
func (r *road) writesItDown() {
	r.key("ctrl+2")
	r.shows("What happened")
	r.writes(incident)
	r.key("Tab")
	r.writes("yesterday")
	r.key("Tab")
	r.writes("6.30 pm")
	r.shows("About 18:30 in the evening")
	r.key("ctrl+Return")
	r.shows("Saved as entry", incident)
}

// dropsExports drops a chat and two photos on the window, adds them with one
// key, and answers what the chat leaves open with another.
func (r *road) dropsExports() {
	chat := filepath.Join(r.places, "WhatsApp Chat with Dan Reed.zip")
	writeZip(r.t, chat, "WhatsApp Chat with Dan Reed.txt", conversation())
	photos := filepath.Join(r.places, "photos")
	if err := sample.ManyPhotos(photos, 2, 20_000); err != nil {
		r.t.Fatal(err)
	}
	r.drop(chat, filepath.Join(photos, "IMG_00000.jpg"), filepath.Join(photos, "IMG_00001.jpg"))
	r.shows("These will be added", "WhatsApp Chat with Dan Reed.zip", "IMG_00001.jpg")
	r.key("Return")
	r.shows("03/04/2024 is 4 March 2024")
	r.clicks("The day comes first")
	r.shows("12 messages, from 3 April 2024 to 5 June 2024")
}

// conversation is a chat whose days could be months.
func conversation() string {
	var b strings.Builder
	for n := range 12 {
		from := "Dan Reed"
		if n%3 == 2 {
			from = keeper
		}
		fmt.Fprintf(&b, "%s/2024, 21:%02d - %s: the paraffin smell, number %d\n", []string{"03/04", "05/06"}[n/6], n, from, n+1)
	}
	return b.String()
}

func (r *road) pastesPicture() {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		r.t.Fatal(err)
	}
	end := r.own(b.Bytes())
	defer end()
	r.key("ctrl+3")
	r.shows("Drop files, folders or zips")
	r.key("Tab", "Return")
	r.shows("It is all in the case", "1 file")
}

func (r *road) searches() {
	r.key("ctrl+4")
	r.shows("16 events", "number 1", "Dan Reed")
	r.reads("paraffin", "Dan Reed")
	r.writes("paraffin")
	r.key("Return")
	r.shows("12 of 16 events")
}

// marksTen picks ten events with the keys and marks them all.
func (r *road) marksTen() {
	r.clicks("the paraffin smell, number 2")
	for range 9 {
		r.key("shift+Down")
	}
	r.shows("10 picked")
	r.clicks("Mark…")
	r.shows("A tag of your own")
	r.clicks("A tag of your own")
	r.writes(tag)
	r.clicks("Mark")
	r.shows("10 events marked", tag)
}

// locksAndUnlocks tries a wrong passphrase too.
func (r *road) locksAndUnlocks() {
	r.key("ctrl+l")
	r.shows("Unlock", "Passphrase")
	r.hides(title, "paraffin")
	r.reads("Open a case", "Passphrase")
	r.writes(wrong)
	r.key("Return")
	r.shows("It did not fit", "Caps Lock")
	r.key("Return")
	r.unlocks()
}

func (r *road) unlocks() {
	r.shows("Unlock", "Passphrase")
	r.writes(passphrase)
	r.key("Return")
	r.shows(title, "See the timeline")
}

// sleepsAndWakes: the case is locked before the computer sleeps.
func (r *road) sleepsAndWakes() {
	r.key("ctrl+4")
	r.shows("paraffin")
	h := r.logind.Asked()
	r.logind.Tells(true)
	h.LetGo()
	if g := r.glance(); !strings.Contains(g.text(), "Passphrase") || strings.Contains(g.text(), "paraffin") {
		r.t.Errorf("the computer sleeps while the screen shows\n%s", g.text())
	}
	r.logind.Tells(false)
	r.unlocks()
}

// hidesAndComesBack taps Shift three times while a field has the keys, and while
// a list has them: a sheet of notes takes the place of everything. Ctrl+O leads
// back to a locked case.
func (r *road) hidesAndComesBack() {
	for _, from := range []struct{ page, row string }{{"ctrl+4", ""}, {"ctrl+4", "the paraffin smell, number 2"}, {"ctrl+5", "Dan Reed"}} {
		r.key(from.page)
		r.shows("Dan Reed")
		if from.row != "" {
			r.clicks(from.row)
		}
		r.hidesAtTaps()
		r.key("ctrl+o")
		r.unlocks()
	}
}

func (r *road) hidesAtTaps() {
	all := []string{title, "paraffin", "Dan Reed", "Timeline", "Lock", "Help"}
	looks := 0
	r.until("the sheet", func(g glimpse) bool {
		// On a busy machine a tap may be over before the window looks.
		if looks++; looks%100 == 1 && containsAny(g.text(), all) {
			for range 3 {
				r.tool("xdotool", "keydown", "shift", "sleep", "0.1", "keyup", "shift", "sleep", "0.1")
			}
		}
		return !containsAny(g.text(), all)
	})
	r.readsNone(all...)
}

// isKilledWhileTyping: no more is lost than the last two seconds.
func (r *road) isKilledWhileTyping() {
	r.key("ctrl+2")
	r.shows("What happened")
	r.writes(draft)
	r.shows(draft)
	time.Sleep(2 * time.Second) // what may be lost
	r.kill()
	r.start(r.caseDir())
	r.unlocks()
	r.key("ctrl+2")
	r.shows("Not finished", draft)
}

// handsOver makes a bundle for the other side, with the keys and the mouse.
func (r *road) handsOver() {
	r.key("ctrl+7")
	r.shows("1 of 6: Who is it for?")
	r.clicks("The other side may read it")
	r.shows("2 of 6", "16 events")
	r.key("ctrl+Return")
	r.shows("3 of 6", "IMG_00001.jpg")
	r.key("ctrl+Return")
	r.shows("4 of 6", "Left out, and why")
	r.key("Return")
	r.shows("5 of 6")
	r.clicks("Next")
	r.shows("6 of 6", "In which folder?")
	r.writes(r.places)
	r.key("Tab", "Tab", "ctrl+a")
	r.writes(bundleName)
	r.clicks("Make the bundle")
	r.shows("The bundle is made", "16 rows, 4 exhibits")
	r.key("Page_Down")
	r.shows("Write these on paper")
}

// readsBundle opens the bundle in a program that has no case open.
func (r *road) readsBundle() {
	r.start()
	r.shows("Open a case")
	r.key("ctrl+8")
	r.shows("The bundle's folder, or its zip")
	r.drop(filepath.Join(r.places, bundleName))
	r.shows("Intact: yes", "Nothing was changed")
	r.clicks("Timeline")
	r.shows("16 rows", "paraffin")
	r.quits()
}

func (r *road) quits() {
	r.key("ctrl+q")
	r.ended()
	r.leavesOnly("settings.json", "font_index")
}

// nothingReadable searches what the program left, killed and quit and locked,
// for what was typed and added.
func (r *road) nothingReadable(t *testing.T) {
	words := append(canary.Words(title, keeper, incident, draft, tag, passphrase, wrong, conversation(), "Dan Reed", "IMG_00001", "WhatsApp Chat with Dan Reed"),
		canary.Pairs(r.recovery)...)
	n := canary.New(words)
	all := 0
	for _, dir := range []string{r.caseDir(), r.home, r.temp} {
		found, files, err := n.Below(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			t.Error(f)
		}
		all += files
	}
	if all < 10 {
		t.Errorf("only %d files were searched", all)
	}
	if found := n.In(r.stderr.Bytes()); len(found) > 0 {
		t.Errorf("said on stderr: %q", found)
	}
	if found, _, err := n.Below(filepath.Join(r.places, bundleName)); err != nil || len(found) < 10 {
		t.Errorf("in the bundle, which is not locked, only %d words are found: %v", len(found), err)
	}
}

// calls reads the trace: the program and its workers wrote into the case, the
// bundle and their own folders alone, and reached for nothing but sockets of
// this machine: the display, the person's message bus, which is not there, the
// system's, which tells of sleep, and the C library's list of users.
func (r *road) calls(t *testing.T) {
	if r.trace == "" {
		return
	}
	data, err := os.ReadFile(r.trace)
	if err != nil {
		t.Fatal(err)
	}
	reach := []string{"/tmp/.X11-unix/X" + r.display[1:], filepath.Join(r.home, "bus"), strings.TrimPrefix(r.logind.Address, "unix:path="), "/var/run/nscd/socket"}
	for i := range reach {
		reach[i] = regexp.QuoteMeta(reach[i])
	}
	sockets := regexp.MustCompile(`^\d+ +(socket\(AF_UNIX|socketpair\(AF_UNIX|connect\(\d+[^,]*, \{sa_family=AF_UNIX, sun_path=@?"(` + strings.Join(reach, "|") + `)")`)
	papers := filepath.Join(r.places, bundleName)
	written, asked := 0, 0
	for line := range strings.Lines(string(data)) {
		c, ok := canary.ParseCall(line)
		switch {
		case !ok:
		case c.Network():
			asked++
			if !sockets.MatchString(line) && !strings.HasPrefix(c.Name, "send") { // they have only sockets that passed here
				t.Errorf("reached for a network: %s", line)
			}
		case c.Writes():
			written++
			if len(c.Outside(os.DevNull, r.caseDir(), r.home, r.temp, papers, filepath.Join(r.places, "."+bundleName+".daybook-unfinished"))) > 0 {
				t.Errorf("wrote outside of what it was told: %s", line)
			}
		}
	}
	if written < 50 || asked < 6 {
		t.Errorf("the trace shows %d writes and %d calls for sockets: too few to be true", written, asked)
	}
}

func writeZip(t testing.TB, name, member, text string) {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(member)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err == nil {
		err = z.Close()
	}
	if err == nil {
		err = os.WriteFile(name, b.Bytes(), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
