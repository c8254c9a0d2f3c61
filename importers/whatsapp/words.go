package whatsapp

import (
	"bytes"
	"strings"
	"unicode"
)

// app is what a text of the app says.
type app uint8

const (
	typed app = iota
	leftOut
	deleted
	edited
	missedVoice
	missedVideo
	voiceCall
	videoCall
	liveLocation
	viewOnce
	unreadable
)

// saying is the meaning of a phrase, and the kind of file that was left out.
type saying struct {
	app   app
	media string
}

// phrases are whole texts that the app writes, folded as fold does.
var phrases = indexPhrases()

func indexPhrases() map[string]saying {
	m := map[string]saying{}
	for _, list := range []struct {
		saying
		words string
	}{
		{saying{leftOut, "image"}, imageLeftOut},
		{saying{leftOut, "video"}, videoLeftOut},
		{saying{leftOut, "audio"}, audioLeftOut},
		{saying{leftOut, "sticker"}, stickerLeftOut},
		{saying{leftOut, "gif"}, gifLeftOut},
		{saying{leftOut, "document"}, documentLeftOut},
		{saying{leftOut, "contact card"}, contactLeftOut},
		{saying{leftOut, "file"}, fileLeftOut},
		{saying{deleted, ""}, deletedTexts},
		{saying{edited, ""}, editedTexts},
		{saying{missedVoice, ""}, missedVoiceTexts},
		{saying{missedVideo, ""}, missedVideoTexts},
		{saying{voiceCall, ""}, voiceTexts},
		{saying{videoCall, ""}, videoTexts},
		{saying{liveLocation, ""}, liveTexts},
		{saying{viewOnce, ""}, viewOnceTexts},
		{saying{unreadable, ""}, unreadableTexts},
	} {
		for w := range strings.SplitSeq(list.words, "|") {
			m[fold(w)] = list.saying
		}
	}
	return m
}

// fold makes a phrase comparable: lower case, no marks, plain spaces, no full
// stop at the end.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.Is(unicode.Zs, r):
			return ' '
		}
		return unicode.ToLower(r)
	}, s)
	return strings.TrimRight(strings.TrimSpace(s), ".。।")
}

// longestPhrase bounds what is compared with the app's phrases.
const longestPhrase = 200

// say finds what a text says if it is one of the app's phrases. Nearly all
// texts are none, so plain ASCII is folded without memory.
func say(s string) saying {
	if len(s) > longestPhrase {
		return saying{}
	}
	var buf [longestPhrase]byte
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 {
			return phrases[fold(s)]
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		buf[i] = c
	}
	return phrases[string(bytes.TrimRight(bytes.TrimSpace(buf[:len(s)]), "."))]
}

// The phrases below are those of WhatsApp's own translations, collected from
// public parsers and exports; doc.go names them.
const (
	imageLeftOut = "image omitted|imagen omitida|Bild weggelassen|image absente|immagine omessa|imagem ocultada|imagem não revelada|imagem omitida|afbeelding weggelaten|" +
		"изображение отсутствует|зображення відсутнє|obraz pominięty|obrázek vynechán|obrázok vynechaný|bild utesluten|bilde ikke inkludert|billede udeladt|ei kuvaa|" +
		"görüntü dahil edilmedi|لم يتم إدراج الصورة|تصویر حذف شد|התמונה הושמטה|εικόνα παραλείφθηκε|imagine omisă|kép küldése sikertelen|gambar tidak disertakan|imej tidak dimasukkan|" +
		"फ़ोटो हटाई गई|इमेज वगळली|છબી પડતી મૂકાઈ|ইমেজ বাদ দেওয়া হয়েছে|تصویر نکال دی گئی ہے|đã bỏ qua hình ảnh|ไม่มีรูปภาพ|画像は含まれていません|画像は省略されました|이미지 생략됨|圖片已略去|圖像已省略|照片已忽略|图片已省略|slika izostavljena|imatge omesa|íomhá ligthe ar lár"
	videoLeftOut = "video omitted|video omitido|Video weggelassen|vidéo absente|video omesso|vídeo omitido|vídeo não revelado|video weggelaten|" +
		"видео отсутствует|відео відсутнє|wideo pominięte|video vynecháno|video vynechané|video utesluten|video utelatt|video udeladt|videota ei sisällytetä|" +
		"video dahil edilmedi|لم يتم إدراج الفيديوهات|ویدیو حذف شد|סרטון הווידאו הושמט|βίντεο παραλείφθηκε|clip video omis|videó kihagyva|video tidak disertakan|video tidak dimasukkan|" +
		"वीडियो छोड़ा गया|व्हिडीओ वगळला|ভিডিও বাদ দেওয়া হয়েছে|đã bỏ video|วิดีโอถูกลบ|ビデオは含まれていません|動画は省略されました|비디오 생략됨|동영상 생략됨|影片已略去|影片已省略|视频已忽略|video izostavljen|vídeo omès|" +
		"video note omitted|nota de video omitida|Videonachricht weggelassen"
	audioLeftOut = "audio omitted|audio omitido|Audio weggelassen|audio omis|audio omesso|áudio ocultado|ficheiro de áudio não revelado|audio weggelaten|" +
		"аудиофайл отсутствует|аудио отсутствует|аудіо відсутнє|audio pominięte|zvukový soubor vynechán|zvuk vynechaný|ljud utelslutet|ljud uteslutet|lyd utelatt|lyd udeladt|äänitiedostoa ei sisällytetä|" +
		"ses dahil edilmedi|لم يتم إدراج المقاطع الصوتية|صدا حذف شد|קטע קול הושמט|ήχος παραλείφθηκε|fără audio|hang kihagyása|audio tidak disertakan|audio tidak dimasukkan|" +
		"ऑडियो हटाई गयी|ऑडिओ वगळला|অডিও বাদ দেওয়া হয়েছে|bỏ qua tệp âm thanh|ไม่มีไฟล์เสียง|音声は含まれていません|오디오 생략됨|音訊已略去|音訊已省略|音频已忽略|zvuk izostavljen|àudio omès"
	stickerLeftOut = "sticker omitted|sticker omitido|Sticker weggelassen|sticker omis|sticker non incluso|sticker não revelado|figurinha omitida|sticker weggelaten|" +
		"стикер не добавлен|наклейку не додано|pominięto naklejkę|nálepka vynechána|nálepka vynechaná|sticker utesluten|klistremerke utelatt|klistermærke udeladt|tarraa ei sisällytetty|" +
		"çıkartma dahil edilmedi|تم حذف الملصقات|استیکر حذف شد|סטיקר הושמט|αυτοκόλλητο παραλήφθηκε|matrica kihagyva|stiker tidak disertakan|pelekat tidak disertakan|" +
		"स्टिकर छोड़ा गया|स्टिकर वगळले|স্টিকার বাদ দেওয়া হয়েছে|đã bỏ sticker|ไม่มีสติกเกอร์|スタンプは含まれていません|스티커 제외됨|스티커 생략됨|貼圖已略去|貼圖已忽略|贴图已省略|naljepnica izostavljena|adhesiu omès"
	gifLeftOut = "GIF omitted|GIF omitido|GIF omitida|GIF weggelassen|GIF retiré|GIF esclusa|GIF não revelada|GIF weggelaten|GIF отсутствует|GIF-анімацію пропущено|plik GIF pominięty|" +
		"GIF vynechán|GIF vynechaný|GIF utesluten|GIF utelatt|GIF udeladt|GIF-animaatio jätetty pois|GIF dahil edilmedi|لم يتم إدراج صورة GIF|GIF حذف شد|GIF הושמט|παράληψη GIF|GIF omis|GIF fájl kihagyása|" +
		"GIF tidak disertakan|GIF tidak dimasukkan|GIF छोड़ा गया|GIF वगळले|đã bỏ qua ảnh GIF|ละเว้น GIF|GIFは含まれていません|GIF 생략됨|GIF 已略去|GIF 圖片已被省略|GIF 动态图已被忽略|GIF izostavljen|GIF omès"
	documentLeftOut = "document omitted|documento omitido|Dokument weggelassen|document manquant|documento omesso|documento não revelado|document weggelaten|" +
		"документ отсутствует|документ пропущено|dokument pominięty|dokument vynechán|dokument vynechaný|dokument uteslutet|utelatt dokument|dokument udeladt|dokumenttia ei sisällytetä|" +
		"belge dahil edilmedi|لم يتم إدراج المستند|سند حذف شد|מסמך הושמט|έγγραφο παραλείφθηκε|document omis|dokumentum kihagyva|dokumen tidak disertakan|dokumen tidak dimasukkan|" +
		"डॉक्यूमेंट छोड़ा गया|डॉक्युमेंट वगळले|đã bỏ qua tài liệu|ละเว้นเอกสาร|ドキュメントは含まれていません|문서 생략됨|文件已略去|文件已忽略|文档已省略|dokument izostavljen|document omès"
	contactLeftOut = "Contact card omitted|Tarjeta de contacto omitida|Kontaktkarte ausgelassen|Kontaktkarte weggelassen|Fiche contact manquante|Scheda contatto omessa|Contacto não revelado|Cartão do contato omitido|Visitekaartje weggelaten|" +
		"карточка контакта отсутствует|картка контакту відсутня|pominięta wizytówka kontaktu|vizitka vynechána|karta kontaktu vynechaná|kontaktkort uteslutet|kontaktkort sløyfet|kontaktkort udeladt|yhteystietokortti jätettiin pois|" +
		"kişi kartı dahil edilmedi|لم يتم إدراج بطاقة جهة اتصال|برگ مخاطب حذف شد|כרטיס איש קשר הושמט|carte de vizită contact omisă|névjegykártya kihagyva|kartu kontak tidak disertakan|kad kenalan tidak dimasukkan|" +
		"कॉन्टैक्ट कार्ड छोड़ा गया|bỏ qua thẻ liên lạc|連絡先カードを省略|연락처 카드 생략됨|聯絡人卡片已略去|聯絡人卡片已省略|联系人卡片已忽略|posjetnica izostavljena|targeta de contacte omesa"
	fileLeftOut = "<Media omitted>|<Multimedia omitido>|<Archivo omitido>|<Medios omitidos>|<Medien ausgeschlossen>|<Medien weggelassen>|<Médias omis>|<Fichier omis>|<Media omesso>|<Media omessi>|<Mídia oculta>|<Mídia omitida>|<Arquivo de mídia oculto>|<Ficheiro não revelado>|" +
		"<Media weggelaten>|<Без медиафайлов>|<Файл пропущен>|<Медіа пропущено>|<pliki pominięto>|<pominięto multimedia>|<Média vynechána>|<Média vynechány>|<Médiá vynechané>|<Media har utelämnats>|<Uten vedlegg>|<Mediefil udeladt>|<Media jätetty pois>|" +
		"<Medya atlanmış>|<Medya dahil edilmedi>|<تم استبعاد الوسائط>|<پيوست نما/آهنگ حذف شد>|<מדיה הושמטה>|<המדיה לא נכללה>|<Εξαίρεση πολυμέσων>|<Conținut media omis>|<Hiányzó médiafájl>|<Media tidak disertakan>|<Media disingkirkan>|" +
		"<मीडिया के बिना>|<मीडिया वगळले>|<મીડિયા અવગણાયું>|<মিডিয়া বাদ দেওয়া হয়েছে>|<میڈیا چھوڑ دیا گیا>|<Bỏ qua Media>|<สื่อถูกลบ>|<メディアは含まれていません>|<미디어 파일을 생략한 대화내용>|<忽略多媒體檔>|<省略多媒體檔案>|<省略多媒体文件>|<媒体省略>|<Medijski zapis izostavljen>|<Mitjans omesos>|<Без файл>|<Video note omitted>|<View once voice message omitted>"
	deletedTexts = "This message was deleted|You deleted this message|Diese Nachricht wurde gelöscht|Du hast diese Nachricht gelöscht|Ce message a été supprimé|Vous avez supprimé ce message|Se eliminó este mensaje|Este mensaje fue eliminado|Eliminaste este mensaje|" +
		"Questo messaggio è stato eliminato|Hai eliminato questo messaggio|Esta mensagem foi apagada|Mensagem apagada|Você apagou esta mensagem|Apagou esta mensagem|Dit bericht is verwijderd|U hebt dit bericht verwijderd|Je hebt dit bericht verwijderd|" +
		"Данное сообщение удалено|Вы удалили данное сообщение|Вы удалили это сообщение|Це повідомлення було видалено|Ви видалили це повідомлення|Ta wiadomość została usunięta|Usunąłeś tę wiadomość|Usunięto tę wiadomość|Tato zpráva byla smazána|Tato zpráva byla odstraněna|Tuto zprávu jste smazal/a|" +
		"Táto správa bola odstránená|Túto správu ste odstránili|Det här meddelandet raderades|Du raderade det här meddelandet|Denne meldingen ble slettet|Du slettet denne meldingen|Denne besked er blevet slettet|Denne besked blev slettet|Du har slettet denne besked|Tämä viesti poistettiin|Poistit tämän viestin|" +
		"Bu mesaj silindi|Bu mesajı sildiniz|تم حذف هذه الرسالة|لقد حذفت هذه الرسالة|أنت حذفت هذه الرسالة|این پیام حذف شده است|این پیام حذف شد|شما این پیام را حذف کردید|הודעה זו נמחקה|מחקת את ההודעה הזו|Αυτό το μήνυμα διαγράφηκε|Διαγράψατε αυτό το μήνυμα|" +
		"Acest mesaj a fost șters|Ați șters acest mesaj|Ez az üzenet törlésre került|Törölted ezt az üzenetet|Pesan ini dihapus|Pesan ini telah dihapus|Anda telah menghapus pesan ini|Mesej ini telah dipadam|यह मैसेज डिलीट कर दिया गया है|आपने यह मैसेज डिलीट किया|हा मेसेज हटवण्यात आला|" +
		"આ મેસેજ ડિલીટ કરાયો|এই মেসেজটি বাদ দেওয়া হয়েছে|یہ میسج حذف کر دیا گیا ہے|Tin nhắn này đã bị xóa|Bạn đã xóa tin nhắn này|ข้อความนี้ถูกลบแล้ว|คุณได้ลบข้อความนี้|このメッセージは削除されました|このメッセージを削除しました|이 메시지는 삭제되었습니다|이 메시지를 삭제했습니다|삭제한 메시지입니다|" +
		"此訊息已刪除|您已刪除此訊息|这条消息已被删除|您已删除这条消息|Ova je poruka izbrisana|Izbrisali ste ovu poruku|Aquest missatge s'ha suprimit|Has suprimit aquest missatge|Съобщението беше изтрито|This message was deleted by an admin|You deleted this message as admin"
	editedTexts = "<This message was edited>|<Se editó este mensaje>|<Este mensaje fue editado>|<Este mensaje se editó>|<Diese Nachricht wurde bearbeitet>|<Ce message a été modifié>|<Questo messaggio è stato modificato>|<Esta mensagem foi editada>|<Mensagem editada>|<Dit bericht is bewerkt>|" +
		"<Это сообщение изменено>|<Данное сообщение изменено>|<Це повідомлення змінено>|<Ta wiadomość została edytowana>|<Tato zpráva byla upravena>|<Bu mesaj düzenlendi>|<تم تعديل هذه الرسالة>|<ההודעה נערכה>|<Pesan ini diedit>|<このメッセージは編集されました>|<이 메시지는 수정되었습니다>|<此訊息已編輯>|<这条消息已被编辑>|<यह मैसेज एडिट किया गया>|<Det här meddelandet redigerades>|<Denne meldingen ble redigert>|<Denne besked blev redigeret>|<Tätä viestiä muokattiin>"
	missedVoiceTexts = "Missed voice call|Missed group voice call|Missed call|Verpasster Sprachanruf|Appel vocal manqué|Llamada de voz perdida|Llamada perdida|Chiamata vocale persa|Chamada de voz perdida|Gemiste spraakoproep|Gemist spraakgesprek|Пропущенный аудиозвонок|Пропущений аудіодзвінок|" +
		"Nieodebrane połączenie głosowe|Nieodebrane połączenie|Zmeškaný hovor|Zmeškaný hlasový hovor|Missat röstsamtal|Tapt taleanrop|Ubesvaret taleopkald|Vastaamaton äänipuhelu|Cevapsız sesli arama|مكالمة صوتية فائتة|تماس صوتی پاسخ داده نشده|שיחה קולית שלא נענתה|Αναπάντητη φωνητική κλήση|Apel vocal nepreluat|Apel vocal ratat|Nem fogadott hanghívás|" +
		"Panggilan suara tak terjawab|Panggilan suara terlepas|वॉइस कॉल मिस हुई|मिस्ड वॉइस कॉल|मिस्ड व्हॉइस कॉल|ভয়েস কল মিস করেছেন|مسڈ وائس کال|Cuộc gọi nhỡ|Cuộc gọi thoại nhỡ|สายที่ไม่ได้รับ|音声通話不在着信|不在着信|부재중 전화|부재중 음성통화|未接語音通話|未接语音通话|Propušten glasovni poziv|Trucada de veu perduda"
	missedVideoTexts = "Missed video call|Missed group video call|Verpasster Videoanruf|Appel vidéo manqué|Videollamada perdida|Videochiamata persa|Chamada de vídeo perdida|Videochamada perdida|Gemiste video-oproep|Gemist videogesprek|Пропущенный видеозвонок|Пропущений відеодзвінок|" +
		"Nieodebrane połączenie wideo|Zmeškaný videohovor|Missat videosamtal|Tapt videoanrop|Ubesvaret videoopkald|Vastaamaton videopuhelu|Cevapsız görüntülü arama|مكالمة فيديو فائتة|تماس تصویری پاسخ داده نشده|שיחת וידאו שלא נענתה|Αναπάντητη βιντεοκλήση|Apel video nepreluat|Apel video ratat|Nem fogadott videóhívás|" +
		"Panggilan video tak terjawab|Panggilan video terlepas|मिस्ड वीडियो कॉल|मिस्ड व्हिडिओ कॉल|ভিডিও কল মিস করেছেন|مسڈ ویڈیو کال|Cuộc gọi nhỡ video|วิดีโอคอลที่ไม่ได้รับ|ビデオ通話不在着信|부재중 영상통화|未接視像通話|未接视频通话|Propušten videopoziv|Videotrucada perduda"
	voiceTexts      = "Voice call|Silenced voice call|Group voice call|Sprachanruf|Appel vocal|Llamada de voz|Chiamata vocale|Chamada de voz|Ligação de voz|Spraakoproep|Аудиозвонок|Аудіодзвінок|Połączenie głosowe|Hlasový hovor|Röstsamtal|Taleanrop|Taleopkald|Äänipuhelu|Sesli arama|مكالمة صوتية|תماس صوتی|שיחה קולית|Panggilan suara|वॉइस कॉल|音声通話|음성 통화|語音通話|语音通话"
	videoTexts      = "Video call|Silenced video call|Group video call|Videoanruf|Appel vidéo|Videollamada|Videochiamata|Chamada de vídeo|Ligação de vídeo|Videochamada|Video-oproep|Видеозвонок|Відеодзвінок|Połączenie wideo|Videohovor|Videosamtal|Videoanrop|Videoopkald|Videopuhelu|Görüntülü arama|مكالمة فيديو|تماس تصویری|שיחת וידאו|Panggilan video|वीडियो कॉल|ビデオ通話|영상 통화|視像通話|视频通话"
	liveTexts       = "Live location shared|Live-Standort wird geteilt|Localisation en direct partagée|ubicación en tiempo real compartida|posizione attuale condivisa|localização atual compartilhada|live locatie gedeeld|Геоданные отправлены|геодані надіслано|udostępniona transmisja położenia|byla sdílena aktuální poloha|liveposition delad|posisjon i sanntid delt|live placering delt|live-sijainti jaettu|Mevcut konum paylaşıldı|تمت مشاركة الموقع المباشر|مکان زنده به اشتراک گذاشته شد|משתף מיקום בשידור חי|Lokasi terkini dibagikan|लाइव स्थान साझा किया गया|ライブロケーション共有|공유한 실시간 위치|實時位置已分享|共享实时位置"
	viewOnceTexts   = "View once message|You received a view once message. For added privacy, you can only open it on your phone|You received a view once photo. For added privacy, you can only open it on your phone|You received a view once video. For added privacy, you can only open it on your phone|View once photo|View once video|View once voice message omitted"
	unreadableTexts = "Waiting for this message. This may take a while|Waiting for this message|Warte auf diese Nachricht. Das kann einen Moment dauern|This message can't be displayed here. Please open WhatsApp on your phone to view the message|This message couldn't load. Request from your phone"
)

// attachedWords stand with the name of a file in an export with media, on
// either platform.
var attachedWords = indexWords("attached|adjunto|Anhang|angehängt|pièce jointe|allegato|anexo|anexado|bijlage|bijgevoegd|прикреплено|вложение|додано|załączono|příloha|príloha|bifogat|vedlagt|vedhæftet|liite|eklendi|ekli dosya|المُرفق|مرفق|پیوست|پیوستہ|מצורף|επισυνάφθηκε|atașare|csatolva|terlampir|dilampir|अटैच किया गया|संलग्न केले|જોડાયેલ|đính kèm|แนบ|添付ファイル|添付|첨부됨|첨부|附件|priloženo|adjunt|ceangailte|" +
	"file attached|archivo adjunto|archivo adjuntado|Datei angehängt|fichier joint|file allegato|arquivo anexado|ficheiro anexado|bestand bijgevoegd|файл добавлен|файл додано|załączony plik|plik załączony|soubor byl přiložen|súbor pripojený|bifogad fil|vedlagt fil|fil vedhæftet|liitetiedosto|dosya ekli|الملف مرفق|پیوست شد|קובץ מצורף|συνημμένο αρχείο|fișier atașat|fájl csatolva|file terlampir|fail dilampirkan|फाइल अटैच कर दी गई है|फाइल संलग्न|ફાઇલ જોડાયેલ|ফাইল সংযুক্ত হয়েছে|پیوستہ فائل|tệp đính kèm|ไฟล์ที่แนบ|添付ファイル有り|파일 첨부됨|附件檔案|文件附件|datoteka u privitku|priložena datoteka|arxiu adjunt|прикачен файл|прикачена датотека|byla prisegta|fail lisatud|pievienots fails|lêer aangeheg|faili limeambatanishwa")

func indexWords(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.SplitSeq(list, "|") {
		m[fold(w)] = true
	}
	return m
}

// notices are parts of the app's own lines about a chat: the beginning of a
// chat, its security, its members. They tell a system line with a colon in it
// from a message.
var notices = []string{
	"end-to-end encrypted", "end-to-end-encrypted", "Ende-zu-Ende-", "chiffrés de bout en bout", "cifrados de extremo a extremo", "crittografati end-to-end", "criptografia de ponta a ponta", "encriptadas ponto a ponto",
	"end-to-end versleuteld", "сквозным шифрованием", "наскрізним шифруванням", "w pełni zaszyfrowane", "pełne szyfrowanie", "koncovým šifrováním", "komplett krypterade", "ende-til-ende-krypter", "end-to-end-krypter",
	"salataan täysin", "uçtan uca şifre", "مشفرة تمامًا بين الطرفين", "مشفّرة", "رمزگذاری", "מוצפנות מקצה", "κρυπτογραφ", "criptate integral", "végpontok között", "terenkripsi secara end-to-end", "disulitkan hujung ke hujung",
	"एन्क्रिप्ट", "एन्क्रिप्शन", "এনক্রিপ", "mã hóa đầu cuối", "เข้ารหัส", "エンドツーエンド", "종단간 암호화", "端對端加密", "端到端加密", "potpunom enkripcijom", "xifrats d'extrem a extrem",
	" created group ", " created this group", " changed the subject ", " changed the group name ", " changed the group description", " changed this group's ", " joined using ", " was added", "You were added",
	"security code with ", "security code changed", " changed their phone number", " changed to +", " turned on disappearing messages", " turned off disappearing messages", " blocked this contact", "You blocked ", "You unblocked ",
	" hat die Gruppe ", " hat den Betreff ", " a créé le groupe ", " a changé le sujet ", " creó el grupo ", " cambió el asunto ", " ha creato il gruppo ", " ha modificato l'oggetto ", " criou o grupo ", " mudou o assunto ", " alterou o nome do grupo", " heeft de groep ", " heeft het onderwerp ",
}

// isNotice tells a text that the app alone writes about a chat.
func isNotice(s string) bool {
	for _, n := range notices {
		if strings.Contains(s, n) {
			return true
		}
	}
	return false
}
