package fonts

import "github.com/go-text/typesetting/language"

// For names the font made for a script, "" when there is none.
func For(script language.Script) string {
	switch script {
	case language.Arabic:
		return "NotoSansArabic-Regular"
	case language.Hangul:
		return "NanumSquareR"
	case language.Hebrew:
		return "NotoSansHebrew-Regular"
	case language.Devanagari:
		return "NotoSansDevanagari-Regular"
	case language.Bengali:
		return "NotoSansBengali-Regular"
	case language.Gujarati:
		return "NotoSansGujarati-Regular"
	case language.Gurmukhi:
		return "NotoSansGurmukhi-Regular"
	case language.Oriya:
		return "NotoSansOriya-Regular"
	case language.Tamil:
		return "NotoSansTamil-Regular"
	case language.Telugu:
		return "NotoSansTelugu-Regular"
	case language.Kannada:
		return "NotoSansKannada-Regular"
	case language.Malayalam:
		return "NotoSansMalayalam-Regular"
	case language.Sinhala:
		return "NotoSansSinhala-Regular"
	case language.Thai:
		return "NotoSansThai-Regular"
	case language.Lao:
		return "NotoSansLao-Regular"
	case language.Khmer:
		return "NotoSansKhmer-Regular"
	case language.Myanmar:
		return "NotoSansMyanmar-Regular"
	case language.Tibetan:
		return "NotoSerifTibetan-Regular"
	case language.Georgian:
		return "NotoSansGeorgian-Regular"
	case language.Armenian:
		return "NotoSansArmenian-Regular"
	case language.Ethiopic:
		return "NotoSansEthiopic-Regular"
	case language.Syriac:
		return "NotoSansSyriac-Regular"
	case language.Thaana:
		return "NotoSansThaana-Regular"
	case language.Nko:
		return "NotoSansNKo-Regular"
	case language.Mongolian:
		return "NotoSansMongolian-Regular"
	case language.Cherokee:
		return "NotoSansCherokee-Regular"
	case language.Canadian_Aboriginal:
		return "NotoSansCanadianAboriginal-Regular"
	case language.Tifinagh:
		return "NotoSansTifinagh-Regular"
	case language.Javanese:
		return "NotoSansJavanese-Regular"
	case language.Adlam:
		return "NotoSansAdlam-Regular"
	case language.Han, language.Hiragana, language.Katakana, language.Bopomofo, language.Yi:
		return "DroidSansFallbackFull"
	}
	return ""
}
