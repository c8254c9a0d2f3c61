package whatsapp

import (
	"path"
	"regexp"
	"strings"
)

// fileNames are the names WhatsApp gives a chat's text, by language, up to
// where the chat's own name begins.
var fileNames = []string{
	"WhatsApp Chat with ", "WhatsApp Chat - ", "WhatsApp-Chat mit ", "WhatsApp Chat mit ", "WhatsApp-chatt med ", "WhatsApp-chat med ", "WhatsApp-samtale med ", "WhatsApp-chat met ", "WhatsApp Chat met ",
	"Chat de WhatsApp con ", "Chat WhatsApp con ", "Discussion WhatsApp avec ", "Conversa do WhatsApp com ", "Conversa no WhatsApp com ", "Chat WhatsApp s uživatelem ", "Chat s uživatelem ",
	"Чат WhatsApp с контактом ", "Чат WhatsApp с ", "Чат WhatsApp з ", "Czat WhatsApp z ", "WhatsApp-keskustelu: ", "WhatsApp Sohbeti - ", "محادثة واتساب مع ", "Chat WhatsApp dengan ", "WhatsAppでの", "与", "WhatsApp Chat ",
}

// copied is what a second download adds to a file's name.
var copied = regexp.MustCompile(` ?\(\d{1,3}\)$`)

// threadName is the chat's name as the file, or else its folder, gives it.
// A file that a person renamed gives the name they chose. It is empty when
// there is nothing to go by.
func threadName(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	plain := base == "_chat"
	if plain {
		base = strings.TrimSuffix(path.Base(path.Dir(name)), ".zip")
	}
	base = visible(base)
	for _, form := range []string{base, strings.ReplaceAll(base, "_", " ")} {
		for _, prefix := range fileNames {
			if rest, ok := strings.CutPrefix(form, prefix); ok && rest != "" {
				return copied.ReplaceAllString(rest, "")
			}
		}
	}
	if plain {
		return ""
	}
	return base
}
