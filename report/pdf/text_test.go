package pdf

import (
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// scripts are short texts in every script that the program has letters for,
// and what else comes in messages.
var scripts = []struct{ name, text string }{
	{"Latin", "Voix ambiguë d’un cœur — łódź, office ﬁ “quotes” …"},
	{"Cyrillic", "Съешь же ещё этих мягких булок"},
	{"Greek", "Ξεσκεπάζω τὴν ψυχοφθόρα βδελυγμία"},
	{"Combining", "e\u0301 a\u0308\u0323 x\u0304 q\u0307"},
	{"Arabic", "لا تتصل بي مرة أخرى، من فضلك"},
	{"Vocalised Arabic", "مُحَمَّدٌ رَسُولٌ لا إلٰه"},
	{"Persian", "می\u200cخواهم بدانم"},
	{"Urdu", "مجھے دوبارہ فون مت کرنا"},
	{"Hebrew", "אל תתקשר אליי שוב בבקשה"},
	{"Pointed Hebrew", "שָׁלוֹם עֲלֵיכֶם"},
	{"Syriac", "ܫܠܡܐ ܥܠܝܟܘܢ"},
	{"Thaana", "އަސްސަލާމް"},
	{"NKo", "ߒߞߏ"},
	{"Hindi", "क्षमा करें, मुझे फिर से फ़ोन मत करना"},
	{"Bengali", "আমাকে আর ফোন করবেন না"},
	{"Tamil", "என்னை மீண்டும் அழைக்க வேண்டாம்"},
	{"Telugu", "నాకు మళ్లీ ఫోన్ చేయవద్దు"},
	{"Kannada", "ನನಗೆ ಮತ್ತೆ ಕರೆ ಮಾಡಬೇಡಿ"},
	{"Malayalam", "എന്നെ വീണ്ടും വിളിക്കരുത്"},
	{"Gujarati", "મને ફરીથી ફોન ન કરો"},
	{"Gurmukhi", "ਮੈਨੂੰ ਦੁਬਾਰਾ ਫ਼ੋਨ ਨਾ ਕਰੋ"},
	{"Odia", "ମୋତେ ଆଉ ଫୋନ୍ କରନ୍ତୁ ନାହିଁ"},
	{"Sinhala", "මට නැවත කතා කරන්න එපා"},
	{"Thai", "อย่าโทรหาฉันอีก ขอร้องล่ะ"},
	{"Lao", "ຢ່າໂທຫາຂ້ອຍອີກ"},
	{"Khmer", "កុំទូរស័ព្ទមកខ្ញុំទៀត"},
	{"Burmese", "ကျွန်မကို ထပ်မခေါ်ပါနဲ့"},
	{"Tibetan", "བོད་སྐད་ཡིག"},
	{"Georgian", "აღარ დამირეკო"},
	{"Armenian", "Այլևս մի՛ զանգիր ինձ"},
	{"Amharic", "እባክህ ዳግመኛ አትደውል"},
	{"Cherokee", "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ"},
	{"Inuktitut", "ᐃᓄᒃᑎᑐᑦ"},
	{"Tifinagh", "ⵜⴰⵎⴰⵣⵉⵖⵜ"},
	{"Javanese", "ꦧꦱꦗꦮ"},
	{"Mongolian", "ᠮᠣᠩᠭᠣᠯ"},
	{"Adlam", "𞤀𞤣𞤤𞤢𞤥"},
	{"Chinese", "请不要再给我打电话。"},
	{"Japanese", "もう電話しないでください。カタカナ"},
	{"Korean", "다시는 전화하지 마세요"},
	{"Emoji", "😀 👨‍👩‍👧‍👦 👍🏽 🇬🇧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ ☎️ 1️⃣ 🧑🏾‍❤️‍💋‍🧑🏻 🏳️‍🌈"},
	{"Maths", "𝓗𝓮𝓵𝓵𝓸 𝔊𝔬𝔱𝔥𝔦𝔠 𝟘 ∑∫√"},
	{"Symbols", "☎✂ cut ♞♟ chess →⇒ so ★ ⌘½ ₿℞"},
	{"Without a glyph", "\U0001FAFF\U00020000\U000E0041\U0010FF00"},
	{"Made visible", "a\x1b[31m b\u202Egpj.exe\u202C \x00 \x7f\u0085\xff"},
	{"WhatsApp", "\u200Eimage omitted \u2068@Ann\u2069 \uFEFFok"},
	{"Mixed", "He said «שלום 123 (ok) עולם» and مرحبا 45% then left."},
	{"Mixed from the right", "אמר \"hello world\" (123) ואז הלך."},
}

// Every character comes back from the file, in the order of the text.
func TestTextComesBack(t *testing.T) {
	var want strings.Builder
	file := write(t, Options{}, func(d *Doc) {
		for _, s := range scripts {
			for _, run := range []Run{{Text: s.text}, {Text: s.text, Bold: true, Italic: true}, {Text: s.text, Mono: true}} {
				d.Paragraph(Body, run)
				want.WriteString(strings.ReplaceAll(Visible(s.text), "\n", " "))
			}
		}
	})
	if got := open(t, file).text(); got != want.String() {
		t.Errorf("got  %q\nwant %q", got, want.String())
	}
}

// And another program reads it too.
func TestPdftotextReadsEveryScript(t *testing.T) {
	// Where poppler guesses the order of what is mixed, its words are right.
	wordByWord := map[string]bool{"Mixed": true, "Mixed from the right": true, "WhatsApp": true, "Arabic": true}
	for _, s := range scripts {
		if s.name == "NKo" || s.name == "Adlam" {
			continue // poppler does not know that they run from right to left
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			file := write(t, Options{}, func(d *Doc) { d.Paragraph(Body, Run{Text: s.text}) })
			got := norm.NFC.String(onSpaces(strings.Map(unmarked, pdftotext(t, file)[0])))
			want := []string{onSpaces(strings.ReplaceAll(Visible(s.text), "\n", " "))}
			if wordByWord[s.name] {
				want = strings.FieldsFunc(want[0], func(r rune) bool { return strings.ContainsRune(" «»()\"%.,،", r) })
			}
			for _, w := range want {
				if w = norm.NFC.String(strings.Map(unmarked, w)); !strings.Contains(got, w) {
					t.Errorf("pdftotext: %q\nwithout %q", got, w)
				}
			}
		})
	}
}

// unmarked leaves out the marks of direction that pdftotext adds by itself.
func unmarked(r rune) rune {
	if r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0xFEFF {
		return -1
	}
	return r
}

// Only what no font has is printed as a box.
func TestFontsCoverTheScripts(t *testing.T) {
	missing := map[string]bool{"Without a glyph": true}
	for _, s := range scripts {
		shaper := newShaper("en")
		set := &setter{shaper: shaper, pageOf: unknownPage}
		set.lines([]Run{{Text: s.text}}, 50)
		if boxed := shaper.signs.boxed(); boxed != missing[s.name] {
			t.Errorf("%s: boxed is %v", s.name, boxed)
		}
		if shaper.faces.err != nil {
			t.Error(shaper.faces.err)
		}
	}
}

func unknownPage(string) (string, bool) { return "", false }

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"plain ~ text\n":       "plain ~ text\n",
		"a\r\nb\rc\vd\u2028":   "a\nb\nc\nd\n",
		"\ttab":                "    tab",
		"\x00\x1b\x7f":         "␀␛␡",
		"\u0080\u009f":         "[U+0080][U+009F]",
		"a\u202Eb\u202D":       "a[U+202E]b[U+202D]",
		"\xc3(\xff":            "[0xC3]([0xFF]",
		"\uFFFD":               "\uFFFD",
		"\u200E\u2068👍🏽\u2069": "\u200E\u2068👍🏽\u2069",
	} {
		if got := Visible(text); got != want {
			t.Errorf("Visible(%q) = %q, want %q", text, got, want)
		}
		if again := Visible(Visible(text)); again != want {
			t.Errorf("Visible twice of %q = %q", text, again)
		}
	}
}

// Long words and lines stay between the margins.
func TestLongWordsAreBroken(t *testing.T) {
	texts := []string{
		strings.Repeat("W", 3000),
		"https://example.org/" + strings.Repeat("averylongpath", 40) + "?q=" + strings.Repeat("x", 500),
		strings.Repeat("👨‍👩‍👧‍👦", 300),
		strings.Repeat("مرحبا", 400),
		strings.Repeat("ก", 900),
		strings.Repeat("word ", 9000),
	}
	var want strings.Builder
	file := write(t, Options{}, func(d *Doc) {
		table := d.Table([]Col{{Title: "Narrow", Width: 1, Align: Start}, {Title: "Wide", Width: 4, Align: Start}})
		for _, text := range texts {
			want.WriteString(text)
			d.Paragraph(Body, Run{Text: text})
		}
		for _, text := range texts {
			table.Row("", []Run{{Text: text[:60]}}, []Run{{Text: "x"}})
		}
	})
	if got := open(t, file).text(); !strings.HasPrefix(got, want.String()) {
		t.Error("the long words did not come back")
	}
	for _, word := range boxes(t, file) {
		if word.xMin < marginSide-1 || word.xMax > A4().Width-marginSide+6 || word.yMax > A4().Height-20 {
			t.Fatalf("outside the margins: %+v", word)
		}
	}
}

// Whatever is typed, nothing panics and every character comes back.
func FuzzParagraph(f *testing.F) {
	for _, s := range scripts {
		f.Add(s.text, s.text, uint8(40))
	}
	f.Add("Z\u0351\u036b\u0343\u036a\u0302", "\u0600\u06dd", uint8(1))
	f.Add(strings.Repeat("x", 300), strings.Repeat("\u0301", 90), uint8(7))
	shaper := newShaper("en")
	f.Fuzz(func(t *testing.T, first, second string, width uint8) {
		if len(first)+len(second) > 4000 {
			return
		}
		set := &setter{shaper: shaper, pageOf: unknownPage}
		lines := set.lines([]Run{{Text: first}, {Text: second, Bold: true, Mono: true}}, float64(width))
		var got strings.Builder
		var p pen
		for i := range lines {
			p.out = p.out[:0]
			p.begin()
			p.line(&lines[i], 10, 50, 50, black)
			for _, ln := range readContent(p.out, shaper.meaning) {
				got.WriteString(ln)
			}
		}
		want := strings.ReplaceAll(Visible(first)+Visible(second), "\n", " ")
		if got.String() != want {
			t.Fatalf("got  %q\nwant %q", got.String(), want)
		}
		if !utf8.ValidString(got.String()) {
			t.Fatalf("%q is no text", got.String())
		}
	})
}

// meaning reads the fonts of a document in hand.
func (s *shaper) meaning(resource string) meaning {
	for _, f := range s.faces.order {
		if f.resource == resource {
			return meaning{width: 2, text: func(code int) string { return f.text[fontGID(code)] }}
		}
	}
	for first := 0; first < len(s.signs.list); first += signsPerFont {
		if signFont(first) == resource {
			return meaning{width: 1, text: func(code int) string { return s.signs.list[first+code-1].text }}
		}
	}
	return meaning{width: 2, text: func(int) string { return "?" }}
}

func TestToolsAreThere(t *testing.T) {
	for _, name := range []string{"qpdf", "pdftotext", "pdfinfo", "pdfimages"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Fatalf("%s is not installed: the tests need qpdf and poppler-utils", name)
		}
	}
}

// Mixed scripts, runs and directions come back too; the fuzzer seldom hits on
// letters that belong together.
func TestAnyMixtureComesBack(t *testing.T) {
	clusters := clusters()
	shaper := newShaper("en")
	rapid.Check(t, func(t *rapid.T) {
		set := &setter{shaper: shaper, pageOf: unknownPage}
		var runs []Run
		var want strings.Builder
		for range rapid.IntRange(1, 4).Draw(t, "runs") {
			run := Run{
				Text: strings.Join(rapid.SliceOfN(rapid.SampledFrom(clusters), 0, 12).Draw(t, "text"), ""),
				Bold: rapid.Bool().Draw(t, "bold"), Mono: rapid.Bool().Draw(t, "mono"),
			}
			runs = append(runs, run)
			want.WriteString(strings.ReplaceAll(Visible(run.Text), "\n", " "))
		}
		width := rapid.Float64Range(1, 60).Draw(t, "width")
		var got strings.Builder
		var p pen
		for _, ln := range set.lines(runs, width) {
			checkLine(t, &ln, width)
			p.out = p.out[:0]
			p.begin()
			p.line(&ln, 10, 50, 50, black)
			got.WriteString(strings.Join(readContent(p.out, shaper.meaning), ""))
		}
		if got.String() != want.String() {
			t.Fatalf("got  %q\nwant %q", got.String(), want.String())
		}
	})
}

// clusters are the words and the letters of each script, and what is written
// between them.
func clusters() (all []string) {
	for _, s := range scripts {
		all = append(all, strings.Fields(s.text)...)
		for _, r := range s.text {
			all = append(all, string(r))
		}
	}
	return append(all, " ", " ", " ", "\u00A0", "(", ")", "12", "3.5%", "\u200D", "\u200C", "\uFE0F", "\u0301", "\u064B")
}

// checkLine tests that the atoms of a line stand side by side, each once.
func checkLine(t *rapid.T, ln *line, width float64) {
	total, left, right := 0.0, 0.0, 0.0
	for _, a := range ln.atoms {
		total += a.word.advance
		left, right = min(left, a.x), max(right, a.x+a.word.advance)
	}
	if diff := right - left - total; diff > 1e-6 || diff < -1e-6 {
		t.Fatalf("atoms %f wide cover %f", total, right-left)
	}
	if ln.width > width+1e-6 && len(ln.atoms) > 1 && !blank(ln.atoms[1].word) {
		t.Fatalf("a line of %d atoms is %f wide in %f", len(ln.atoms), ln.width, width)
	}
}
