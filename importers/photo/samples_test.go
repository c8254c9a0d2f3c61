package photo

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"

	"daybook/importers/importertest"
)

func TestImporter(t *testing.T) {
	importertest.Built(t, sampleFiles(t))
	importertest.Run(t, New(nil))
}

func FuzzImporter(f *testing.F) { importertest.Fuzz(f, New(nil)) }

func sampleFiles(t testing.TB) map[string][]byte {
	big, little := binary.BigEndian, binary.LittleEndian
	shot := canvas(12, 16)
	phone := []entry{{0x010f, "samsung"}, {0x0110, "SM-G991B"}, {0x0112, uint16(6)}, {0x0131, "G991BXXU5"}, {0x0132, "2024:01:05 14:03:22"}}
	taken := func(s string, more ...entry) []entry {
		return append([]entry{{0x9003, s}, {0x9004, s}}, more...)
	}
	london := []entry{{1, "N"}, {2, [3]float64{51, 30, 26.5}}, {3, "W"}, {4, [3]float64{0, 7, 39.9}}, {7, [3]float64{14, 3, 12}}, {0x1d, "2024:01:05"}}
	day := time.Date(2024, 1, 5, 14, 3, 40, 0, time.UTC)
	mvhd := movieTime("mvhd", 0, day, 80)
	return map[string][]byte{
		"android-gps-clock/IMG_20240105_140322.jpg": jpegBytes(t, canvas(16, 12),
			tiffBytes(little, phone, taken("2024:01:05 14:03:22", entry{0x9291, "054"}), london)),
		"camera-no-zone/DSC_0042.JPG": jpegBytes(t, canvas(16, 12),
			tiffBytes(big, []entry{{0x010f, "NIKON"}, {0x0132, "2024:03:01 09:00:00"}}, taken("2024:02:29 23:59:58"), nil)),
		"clock-twice-london/P1010001.JPG": jpegBytes(t, canvas(16, 12),
			tiffBytes(big, []entry{{0x010f, "Panasonic"}}, taken("2024:10:27 01:30:00"), nil)),
		"clock-twice-london.assume.json":             []byte(`{"Zone": "Europe/London"}` + "\n"),
		"messenger-stripped/IMG-20210428-WA0001.jpg": jpegBytes(t, canvas(16, 12), nil),
		"samsung-screenshot/Screenshot_20240105_140322_WhatsApp.jpg": jpegBytes(t, shot,
			tiffBytes(little, []entry{{0x0131, "G991BXXU5"}, {0x0132, "2024:01:05 14:03:22"}}, taken("2024:01:05 14:03:22", entry{0x9011, "+00:00"}), nil)),
		"iphone-screenshot/IMG_1234.PNG": pngBytes(t, shot, [][]byte{
			chunk("eXIf", tiffBytes(big, nil, taken("2024:01:05 14:03:22", entry{0x9286, []byte("ASCII\x00\x00\x00Screenshot")}), nil)),
			iTXt(xmpKeyword, xmp(`exif:UserComment="Screenshot" photoshop:DateCreated="2024-01-05T14:03:22Z"`)),
		}, nil),
		"image-magick.png": pngBytes(t, shot, [][]byte{
			chunk("tIME", append(be(2, 2024), 1, 6, 8, 30, 0)),
			chunk("tEXt", []byte("Creation Time\x00Fri, 05 Jan 2024 14:03:22 +0100")),
			chunk("zTXt", append([]byte("Comment\x00\x00"), packed("Seen at the gate")...)),
		}, [][]byte{chunk("tEXt", []byte("date:modify\x002024-01-06T08:30:00+00:00"))}),
		"iphone-offset.heic": heicBytes(tiffBytes(big,
			[]entry{{0x010f, "Apple"}, {0x0110, "iPhone 15"}, {0x0131, "17.2.1"}},
			taken("2024:01:05 14:03:22", entry{0x9011, "-05:00"}, entry{0x9291, "054"}), nil), 4032, 3024),
		"iphone-movie.mov": bytes.Join([][]byte{
			boxBytes("ftyp", []byte("qt  "), be(4, 0), []byte("qt  ")), boxBytes("wide"),
			boxBytes("mdat", make([]byte, 3000)),
			boxBytes("moov", mvhd, boxBytes("trak", trackHeader32(day, 1920, 1080)),
				quickTimeMeta("com.apple.quicktime.creationdate", "2024-01-05T15:03:22+0100",
					"com.apple.quicktime.location.ISO6709", "+48.8584+002.2945+035.000/", "com.apple.quicktime.make", "Apple")),
		}, nil),
		"ring-reencoded/Ring_FrontDoor_202401051403.mp4": bytes.Join([][]byte{
			boxBytes("ftyp", []byte("isom"), be(4, 512), []byte("isomavc1mp41")),
			boxBytes("moov", movieTime("mvhd", 1, day.AddDate(0, 0, 3), 80), boxBytes("trak", trackHeader32(day.AddDate(0, 0, 3), 1280, 720))),
			boxBytes("mdat", make([]byte, 100)),
		}, nil),
		"movie-time-unset/VID_20240105_140322.mp4": bytes.Join([][]byte{
			boxBytes("ftyp", []byte("mp42"), be(4, 0), []byte("mp42isom")),
			boxBytes("moov", movieTime("mvhd", 0, time.Time{}, 80), boxBytes("udta", boxBytes("\xa9xyz", be(2, 17), be(2, 0x15c7), []byte("+51.4169-000.0806/")))),
		}, nil),
		"recording-not-finished.mp4": bytes.Join([][]byte{
			boxBytes("ftyp", []byte("isom"), be(4, 512), []byte("isom")), be(4, 5000), []byte("mdat"), make([]byte, 100),
		}, nil),
		"voice-note.wav": riff("WAVE",
			riffPart("fmt ", make([]byte, 16)),
			riffPart("bext", append(append(make([]byte, 320), "2024-01-0514:03:22"...), make([]byte, 264)...)),
			riffPart("data", make([]byte, 20))),
		"voice-note.mp3": append([]byte("ID3\x04\x00\x00\x00\x00\x00\x1eTDRC\x00\x00\x00\x14\x00\x00\x032024-01-05T14:03:22"), 0xff, 0xfb, 0x90, 0x44),
		"whatsapp-voice/PTT-20240105-WA0003.opus": []byte("OggS\x00\x02" + "OpusHead" + "OggS" + "OpusTags\x04\x00\x00\x00test\x01\x00\x00\x00" + "\x0f\x00\x00\x00DATE=2024-01-05"),
		"picture.webp": riff("WEBP", riffPart("VP8X", []byte{8, 0, 0, 0, 15, 0, 0, 11, 0, 0}),
			riffPart("EXIF", tiffBytes(little, nil, taken("2024:01:05 14:03:22", entry{0x9011, "+01:00"}), nil))),
		"dashcam.avi": riff("AVI ", riffPart("LIST", append([]byte("hdrl"),
			append(riffPart("avih", append(make([]byte, 32), 0x80, 7, 0, 0, 0x38, 4, 0, 0)), riffPart("IDIT", []byte("Fri Jan 05 14:03:22 2024\n\x00"))...)...))),
		"voice-memo.m4a": bytes.Join([][]byte{
			boxBytes("ftyp", []byte("M4A "), be(4, 0), []byte("M4A mp42")),
			boxBytes("moov", mvhd, boxBytes("trak", boxBytes("mdia", boxBytes("hdlr", be(4, 0), be(4, 0), []byte("soun"), make([]byte, 13)))),
				boxBytes("udta", boxBytes("meta", be(4, 0), boxBytes("hdlr", make([]byte, 8), []byte("mdir"), make([]byte, 13)),
					boxBytes("ilst", boxBytes("\xa9nam", boxBytes("data", be(4, 1), be(4, 0), []byte("Hallway"))), boxBytes("\xa9day", boxBytes("data", be(4, 1), be(4, 0), []byte("2024-01-05T14:03:22Z"))))))),
		}, nil),
		"scan.tif":                             tiffBytes(big, []entry{{0x0100, uint16(100)}, {0x0101, uint16(200)}, {0x0131, "Scanner"}, {0x0132, "2024:01:05 14:03:22"}}, nil, nil),
		"whatsapp-old/AUD-20180105-WA0003.amr": []byte("#!AMR\n\x3c\x91\x17\x16"),
		"google-photos-2025/Takeout/Google Photos/Trip/IMG_0042(1).jpg": jpegBytes(t, canvas(16, 12), nil),
		"google-photos-2025/Takeout/Google Photos/Trip/IMG_0042.jpg.supplemental-metadata(1).json": []byte(`{"title": "IMG_0042.jpg", "description": "His car, again", "imageViews": "3",
 "creationTime": {"timestamp": "1704550000", "formatted": "6 Jan 2024, 14:06:40 UTC"}, "photoTakenTime": {"timestamp": "1704463402", "formatted": "5 Jan 2024, 14:03:22 UTC"},
 "geoData": {"latitude": 51.5073, "longitude": -0.1277, "altitude": 0.0}, "geoDataExif": {"latitude": 0.0, "longitude": 0.0}, "people": [{"name": "Jo Bell"}]}`),
		"google-photos-disagree/Takeout/Google Photos/Trip/IMG_0043.jpg": jpegBytes(t, canvas(16, 12),
			tiffBytes(big, nil, taken("2024:01:05 14:03:22", entry{0x9011, "+00:00"}), london)),
		"google-photos-disagree/Takeout/Google Photos/Trip/IMG_0043.jpg.json": []byte(`{"title": "IMG_0043.jpg", "description": "", "photoTakenTime": {"timestamp": "1704204202"}, "geoData": {"latitude": 48.85, "longitude": 2.29}}`),
		"google-photos-disagree/Takeout/Google Photos/Trip/IMG_0044.jpg":      jpegBytes(t, canvas(16, 12), nil),
		"no-time.gif": []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"),
		"htc-gps-as-text.jpg": jpegBytes(t, canvas(16, 12), tiffBytes(big, nil, taken("2014:04:26 19:09:19"),
			[]entry{{1, "N"}, {2, "52,00000,50,00000,34,01180"}, {3, "E"}, {4, "11,00000,10,00000,58,28360"}})),
		"trail-camera.jpg": jpegBytes(t, canvas(16, 12), tiffBytes(little, nil, []entry{{0x927c,
			append([]byte{0x01, 0xf1}, append(make([]byte, 20), 5, 0, 4, 0, 3, 0, 1, 0, 5, 0, 0xe8, 7, 0, 0)...)}}, nil)),
		"absurd-year/IMG_0001.jpg": jpegBytes(t, canvas(16, 12),
			tiffBytes(big, nil, taken("1970:01:01 00:00:12"), []entry{{0x1d, "2014:09:259"}, {7, [3]float64{14, 3, 12}}})),
	}
}
