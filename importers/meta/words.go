package meta

import "strings"

// months are the names of months, whole and short, in the languages whose names
// do not mean another month in a language that is here too. Left out for that:
// "lip", "lis" and "listopada" (July and November in Polish, June and October in
// Croatian).
var months = index([12]string{
	"jan january januar janv janvier ene enero gen gennaio januari jan januaria sty stycznia led ledna ianuarie ian oca ocak янв января január tammikuuta ιαν ιανουαρίου",
	"feb february februar févr fév février febrero febbraio febr februari fev fevereiro lut lutego února februarie şub şubat фев февраля február helmikuuta φεβ φεβρουαρίου",
	"mar march märz mrz mär mars marzo maart mrt março marca března martie mart мар марта márc március maaliskuuta maret μαρ μαρτίου marts",
	"apr april avr avril abr abril aprile kwi kwietnia dubna aprilie nis nisan апр апреля ápr április huhtikuuta απρ απριλίου",
	"may mai mayo mag maggio mei maio maj maja května mayıs мая май máj május toukokuuta μαΐ μαΐου",
	"jun june juni juin junio giu giugno junho cze czerwca června iun iunie haz haziran июн июня jún június kesäkuuta ιουν ιουνίου",
	"jul july juli juil juillet julio lug luglio julho lipca července iul iulie tem temmuz июл июля júl július heinäkuuta ιουλ ιουλίου",
	"aug august août aoû ago agosto augustus augusti sie sierpnia srpna ağu ağustos авг августа augusztus elokuuta agu agustus αυγ αυγούστου",
	"sep sept september septembre septiembre set settembre setembro wrz września září septembrie eyl eylül сен сент сентября szept szeptember syyskuuta σεπ σεπτεμβρίου",
	"oct october okt oktober octobre octubre ott ottobre out outubro paź października října octombrie eki ekim окт октября október lokakuuta οκτ οκτωβρίου",
	"nov november novembre noviembre novembro listopadu noiembrie noi kas kasım ноя нояб ноября marraskuuta νοε νοεμβρίου",
	"dec december dez dezember déc décembre dic diciembre dicembre dezembro gru grudnia prosince decembrie ara aralık дек декабря joulukuuta des desember δεκ δεκεμβρίου",
})

func index(lists [12]string) map[string]int {
	m := map[string]int{}
	for i, list := range lists {
		for word := range strings.FieldsSeq(list) {
			m[word] = i + 1
		}
	}
	return m
}

// halves are the words for the halves of the day.
var halves = map[string]string{"am": "am", "pm": "pm", "오전": "am", "오후": "pm", "上午": "am", "下午": "pm", "午前": "am", "午後": "pm",
	"ص": "am", "م": "pm", "πμ": "am", "μμ": "pm", "öö": "am", "ös": "pm", "sa": "am", "ch": "pm"}

// between are the words that may stand between the parts of a time.
var between = set("at um om kl klo à a alle ore às as las la of de del den d the o godz v в г saat pukul h uhr στις 年 月 日 년 월 일")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		m[word] = true
	}
	return m
}

// weekdays are those of the page of all messages, which names them.
var weekdays = set("monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun " +
	"montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche " +
	"lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica " +
	"maandag dinsdag woensdag donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lørdag søndag " +
	"måndag tisdag lördag söndag segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta quinta sexta feira " +
	"poniedziałek wtorek środa czwartek piątek sobota niedziela")

func isWeekday(word string) bool { return weekdays[word] }
