package importers

import "testing"

// A chat of lines with a comma each is no table because of them.
func TestMediaTypeOfATextWithCommas(t *testing.T) {
	chat := []byte("12/03/2024, 10:15 - Dan: hello\n12/03/2024, 10:16 - Maya: no\n12/03/2024, 10:17 - Dan: why\n")
	for name, want := range map[string]string{
		"WhatsApp Chat with Dan.txt": "text/plain", "bill.csv": "text/csv", "BILL.CSV": "text/csv",
	} {
		if got := mediaType(name, chat); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
