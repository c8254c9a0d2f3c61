package ui

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"daybook/ui/model"
)

// TestAVoiceNoteIsSaved: a voice note stands with its name and the way to a copy;
// Enter does not save one, and a copy is the file as it came.
func TestAVoiceNoteIsSaved(t *testing.T) {
	const sound = "OggS no real sound"
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{"WhatsApp Chat with Dan.txt": "24/12/2024, 21:05 - Dan R: first\n25/12/2024, 09:15 - Dan R: PTT-20241225-WA0001.opus (file attached)\n", "PTT-20241225-WA0001.opus": sound} {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	chat, out := filepath.Join(t.TempDir(), "WhatsApp Chat with Dan.zip"), t.TempDir()
	if err := os.WriteFile(chat, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	w := opened(t, "Kitchen", "Maya")
	if _, err := w.desk.Add(t.Context(), "", []string{chat}, nil); err != nil {
		t.Fatal(err)
	}
	w.win.Resize(small)
	p := shownTimeline(t, w)
	var note model.File
	for _, event := range p.look.Rows.All() {
		if row := p.look.Pages.Row(int(event)); len(row.Files) == 1 && row.Files[0].Sort == model.SoundFile {
			note = row.Files[0]
			p.open(int(event))
			break
		}
	}
	wants(t, w, "sound: PTT-20241225-WA0001.opus", "Daybook plays no sound")
	kept(t, w, "voice-note")
	w.tap(t, "Save a copy…")
	wants(t, w, "Save a copy that anybody can read?")
	if b, ok := w.win.Canvas().Focused().(*answerButton); !ok || b.Text != "Do not save it" {
		t.Fatalf("%T has the keys", w.win.Canvas().Focused())
	}
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.busy() {
		t.Fatal("Enter did more than close")
	}
	w.writeInto(out, func() { w.writeCopy(note.Item, out) })
	wants(t, w, "The copy is saved", "byte for byte")
	if got, err := os.ReadFile(filepath.Join(out, note.Name)); err != nil || string(got) != sound {
		t.Errorf("%q, %v", got, err)
	}
	w.tap(t, "OK")
	cloud := filepath.Join(out, "OneDrive")
	if err := os.Mkdir(cloud, 0o700); err != nil {
		t.Fatal(err)
	}
	w.writeInto(cloud, func() { w.writeCopy(note.Item, cloud) })
	wants(t, w, "Others may see this folder")
	w.tap(t, "Do not save it")
	w.writeInto(filepath.Join(out, "none"), func() { w.writeCopy(note.Item, out) })
	wants(t, w, "cannot be used")
	if list, err := os.ReadDir(cloud); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
}
