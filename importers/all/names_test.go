package all

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daybook/importers"
	"daybook/timeline"
)

// TestAnAddressBookNamesCallsAndMessages: the name that an address book gives a
// number is that of the person whose texts and calls other exports hold, which
// print the number otherwise and know no name.
func TestAnAddressBookNamesCallsAndMessages(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"contacts.vcf":       "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jo Bell\r\nTEL;TYPE=CELL:+44 7700 900456\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Sam East\r\nTEL:07700 900789\r\nEND:VCARD\r\n",
		"sms-20240801.xml":   `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><smses count="2"><sms protocol="0" address="07700900456" date="1722517200000" type="1" body="outside" contact_name="(Unknown)" /><sms protocol="0" address="+447700900456" date="1722517260000" type="2" body="go away" contact_name="(Unknown)" /></smses>`,
		"calls-20240801.xml": `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><calls count="1"><call number="07700 900456" duration="0" date="1722520800000" type="3" contact_name="(Unknown)" /></calls>`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, x := open(t, "Europe/London")
	run := importers.Run{Case: c, Index: x, Set: Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: c.Zone()}}
	rec, err := run.Add(context.Background(), "", dir)
	if err != nil || len(rec.Failed)+len(rec.Asks)+len(rec.Unclaimed) > 0 {
		t.Fatal(err, rec)
	}
	var jo []timeline.Person
	for _, p := range x.People() {
		for _, l := range p.Handles {
			if strings.Contains(l.Address, "7700900456") {
				jo = append(jo, p)
				break
			}
		}
	}
	if len(jo) != 1 || jo[0].Name != "Jo Bell" || jo[0].Events != 4 || jo[0].Sent != 2 {
		t.Fatalf("%+v", jo)
	}
	if last := time.Date(2024, 8, 1, 14, 0, 0, 0, time.UTC); !jo[0].Last.Equal(last) {
		t.Errorf("last seen %v, want %v", jo[0].Last, last)
	}
}
