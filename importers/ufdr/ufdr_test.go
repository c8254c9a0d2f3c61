package ufdr

import (
	"context"
	"strings"
	"testing"

	"daybook/importers/importertest"
)

func TestImporter(t *testing.T) {
	importertest.Run(t, New())
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }

const head = `<project xmlns="http://pa.cellebrite.com/report/2.0"><decodedData><modelType type="Chat"><model type="Chat" id="c"><multiModelField name="Messages">`

const message = `<model type="InstantMessage" id="m-1" deleted_state="Deleted"><modelField name="From" type="Party"><model type="Party"><field name="Identifier" type="String"><value type="String">447700900123@s.whatsapp.net</value></field></model></modelField><field name="Body" type="String"><value type="String">I saw you today and yesterday, and I will see you tomorrow</value></field><field name="TimeStamp" type="TimeStamp"><value type="TimeStamp" formattedTimestamp="2019-01-02T03:04:05+00:00">02/01/2019 03:04:05(UTC+0)</value></field></model>` + "\n"

const tail = `</multiModelField></model></modelType></decodedData></project>`

// TestFlat: what is held does not grow with a chat.
func TestFlat(t *testing.T) { importertest.Flat(t, New(), "report.xml", head, message, tail) }

// TestEndless: a value without an end ends the reading, not the memory.
func TestEndless(t *testing.T) {
	src := importertest.Made("report.xml", strings.NewReader(head+"<model><field>"), importertest.Repeat("x", 1<<30))
	if err := New().Import(context.Background(), src, &importertest.Count{}); err == nil {
		t.Error("a value of a gigabyte was read")
	}
}
