package telegram

import (
	"testing"

	"daybook/importers/importertest"
)

// What a page is laid out with says nothing: end tags, frames, and the initials
// in place of a picture. Nor do the plain pieces of a text that is there whole.
func TestImporter(t *testing.T) {
	importertest.Run(t, New(),
		importertest.Indifferent(`^\s*</(?:div|a|body|html|span)>\s*$`),
		importertest.Indifferent(`^\s*<(?:div|a) class="(?:body|body details|details_entry details|userpic userpic\d|initials|pull_left userpic_wrap|fill pull_left)"[^>]*>\s*$`),
		importertest.Indifferent(`^[A-Z]\s*$`),
		importertest.Indifferent(`^\{\s*"type": "plain",\s*"text": "[^"]*"\s*\}$`))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New()) }
