package report

import (
	"fmt"
	"io"
	"strconv"

	"daybook/report/pdf"
)

const receiptFile = "RECEIPT.pdf"

// writeReceipt writes the receipt of a handover, to be printed twice and signed.
// It stands beside the payload, whose list it names by its sum.
func (b *Bundle) writeReceipt(to *bag) error {
	_, print, err := signerPEM(b.Signer)
	if err != nil {
		return err
	}
	manifest := to.sum(payloadList)
	return to.create(receiptFile, func(w io.Writer) error {
		p := &paper{ctx: to.ctx, b: b, alone: map[string]bool{}}
		_, err := p.print(w, pdf.Options{Title: titleReceipt + " " + b.Case}, []Section{b.receipt(manifest, print)})
		return err
	})
}

func (b *Bundle) receipt(manifest, print string) Section {
	return Section{Title: titleReceipt, Anchor: "receipt", Blocks: []Block{
		para(sayReceipt),
		Facts{[]Fact{
			fact("Case number", mono(b.Case)),
			fact("Bundle made", say(stamp(b.Moment.Time))),
			fact("Pack", say(b.header())),
			fact("Rows of the chronology", say(b.counted())),
			fact("Exhibits", say(fmt.Sprintf(sayReceiptExhibits, len(b.Exhibits), b.wholeFiles()))),
			fact("SHA-256 of manifest-sha256.txt", mono(twoLines(manifest))),
			fact("Journal head as a phrase", say(b.Log.Phrase)),
			fact("Entries of the journal", say(strconv.FormatUint(b.Log.Entries, 10))),
			fact("Key that signed", mono(twoLines(print))),
		}},
		para(sayReceiptCheck),
		Facts{asked(carrier, 1)},
		para(sayGave), Facts{asked(signed, 1)},
		para(sayTook), Facts{asked(append([]string{"Rank and number, or office"}, signed...), 1)},
	}}
}
