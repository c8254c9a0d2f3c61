package photo

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"daybook/timeline"
)

// The rows of FORMATS sections 24 to 26, and their neighbours.
var nameRows = []struct{ name, want string }{
	// screenshots
	{"Screenshot 2024-01-05 at 14.03.22.png", "2024-01-05 14:03:22 local second shot"},
	{"Screenshot 2024-01-05 at 2.03.22\u202fPM.png", "2024-01-05 14:03:22 local second shot"},
	{"Screenshot 2024-01-05 at 12.03.22 AM.png", "2024-01-05 00:03:22 local second shot"},
	{"Screen Shot 2019-01-05 at 14.03.22.png", "2019-01-05 14:03:22 local second shot"},
	{"Screenshot 2024-01-05 at 14.03.22 (2).png", "2024-01-05 14:03:22 local second shot"},
	{"Bildschirmfoto 2024-01-05 um 14.03.22.png", "2024-01-05 14:03:22 local second shot"},
	{"Screen Recording 2024-01-05 at 14.03.22.mov", "2024-01-05 14:03:22 local second shot"},
	{"Screenshot_20240105-140322.png", "2024-01-05 14:03:22 local second shot"},
	{"Screenshot_20240105-140322_Messages.png", "2024-01-05 14:03:22 local second shot app=Messages"},
	{"Screenshot_20240105_140322_WhatsApp.jpg", "2024-01-05 14:03:22 local second shot app=WhatsApp"},
	{"Screenshot_20240105_140322_com.whatsapp.jpg", "2024-01-05 14:03:22 local second shot app=com.whatsapp"},
	{"Screenshot_20240105_140322_One UI Home.jpg", "2024-01-05 14:03:22 local second shot app=One UI Home"},
	{"Screenshot_2024-01-05-14-03-22-123_com.whatsapp.jpg", "2024-01-05 14:03:22.123 local millisecond shot app=com.whatsapp"},
	{"Screenshot_2024-01-05-14-03-22-00_a1b2c3d4e5f60718293a4b5c6d7e8f90.jpg", "2024-01-05 14:03:22 local millisecond shot"},
	{"Screenshot_2024-01-05-14-03-22.png", "2024-01-05 14:03:22 local second shot"},
	{"Screenshot 2024-01-05 140322.png", "2024-01-05 14:03:22 local second shot"},
	{"Screenshot (12).png", "no time shot"},
	{"screenshot.png", "other"},
	{"screencapture-example-org-post-2024-01-05-14_03_22.png", "2024-01-05 14:03:22 local second shot site=example-org-post"},
	{"IMG_1234.PNG", "no time shot"},
	{"IMG_1234.JPG", "other"},
	{"IMG_E1234.PNG", "no time shot"},
	{"RPReplay_Final1704463402.mp4", "2024-01-05 14:03:22 utc second shot"},
	{"Screenrecorder-2024-01-05-14-03-22-123.mp4", "2024-01-05 14:03:22.123 local millisecond shot"},
	{"Screen_Recording_20240105_140322_WhatsApp.mp4", "2024-01-05 14:03:22 local second shot app=WhatsApp"},
	{"screen-20240105-140322.mp4", "2024-01-05 14:03:22 local second shot"},
	// messengers
	{"IMG-20210428-WA0001.jpg", "2021-04-28 00:00:00 local day whatsapp number=WA0001"},
	{"VID-20210428-WA0012.mp4", "2021-04-28 00:00:00 local day whatsapp number=WA0012"},
	{"PTT-20210428-WA0012.opus", "2021-04-28 00:00:00 local day whatsapp number=WA0012"},
	{"IMG-20210428-WA0001(1).jpg", "2021-04-28 00:00:00 local day whatsapp number=WA0001"},
	{"WhatsApp Image 2024-01-05 at 14.03.22.jpeg", "2024-01-05 14:03:22 local second"},
	{"WhatsApp Image 2024-01-05 at 2.03.22 PM (1).jpeg", "2024-01-05 14:03:22 local second"},
	{"00000012-PHOTO-2024-01-05-14-03-22.jpg", "2024-01-05 14:03:22 local second"},
	{"FB_IMG_1704463402123.jpg", "2024-01-05 14:03:22.123 utc millisecond"},
	{"received_1234567890.jpeg", "no time"},
	{"Snapchat-123456789.jpg", "no time"},
	{"signal-2024-01-05-14-03-22-123.jpg", "2024-01-05 14:03:22.123 local millisecond"},
	{"signal-2024-01-05-140322.jpg", "2024-01-05 14:03:22 local second"},
	{"photo_2024-01-05_14-03-22.jpg", "2024-01-05 14:03:22 local second"},
	{"photo_2024-01-05_14-03-22 (2).jpg", "2024-01-05 14:03:22 local second"},
	{"photo_12@05-01-2024_14-03-22.jpg", "2024-01-05 14:03:22 local second"},
	// doorbells, CCTV
	{"Ring_FrontDoor_202401051403.mp4", "2024-01-05 14:03:00 local minute camera=FrontDoor"},
	{"RingVideo_20240105_140322.mp4", "2024-01-05 14:03:22 local second"},
	{"Tapo_C200_20240105_140322.mp4", "2024-01-05 14:03:22 local second camera=Tapo_C200"},
	{"T8210P_20240105140322.mp4", "2024-01-05 14:03:22 local second camera=T8210P"},
	{"Blink-FrontDoor_2024-01-05T14-03-22.mp4", "2024-01-05 14:03:22 local second camera=Blink-FrontDoor"},
	{"RLC-410W_20240105140322_00.mp4", "2024-01-05 14:03:22 local second camera=RLC-410W"},
	{"2024_0105_140322_0012F.MP4", "2024-01-05 14:03:22 local second dashcam file=0012F"},
	{"20240105_140322_NF.mp4", "2024-01-05 14:03:22 local second dashcam file=NF"},
	{"240105_140322_012_FH.MP4", "2024-01-05 14:03:22 local second dashcam file=012_FH"},
	{"REC_2024_01_05_14_03_22_F.MP4", "2024-01-05 14:03:22 local second dashcam file=F"},
	{"NO20240105-140322-000012F.MP4", "2024-01-05 14:03:22 local second dashcam file=000012F"},
	{"clip_1704463402.mp4", "2024-01-05 14:03:22 utc second"},
	{"20240105_140322.mp4", "2024-01-05 14:03:22 local second"},
	{"NVR_ch1_main_20240105140322_20240105141000.mp4", "2024-01-05 14:03:22 local second channel=ch1"},
	{"NVR_ch1_main_20240105140322.dav", "2024-01-05 14:03:22 local second channel=ch1"},
	// the date in a folder's name
	{"sync/24-01-05/14-03-22_FrontDoor_117.mp4", "2024-01-05 14:03:22 local second camera=FrontDoor"},
	{"record/20240105/14/03.mp4", "2024-01-05 14:03:00 local minute"},
	{"2024-01-05/001/dav/14/14.03.22-14.09.00[M][0@0][0].dav", "2024-01-05 14:03:22 local second channel=001"},
	{"Front/2024/01/05/14_03_22.mp4", "2024-01-05 14:03:22 local second"},
	{"cctv/2024-01-05/cam 2/140322.mp4", "2024-01-05 14:03:22 local second"},
	{"2024-13-05/140322.mp4", "other"},   // no such month
	{"2024-01-05/holiday.mp4", "other"},  // no time of day
	{"2024-01-05/IMG_0001.mp4", "other"}, // a camera's counter
	// cameras, recorders
	{"IMG_20240105_140322.jpg", "2024-01-05 14:03:22 local second"},
	{"IMG_20240105_140322_HDR.jpg", "2024-01-05 14:03:22 local second"},
	{"VID_20240105_140322123.mp4", "2024-01-05 14:03:22.123 local millisecond"},
	{"PXL_20240105_140322123.jpg", "2024-01-05 14:03:22.123 utc millisecond"},
	{"PXL_20240105_140322123.MP.jpg", "2024-01-05 14:03:22.123 utc millisecond"},
	{"Call recording Alex_240105_140322.m4a", "2024-01-05 14:03:22 local second call with=Alex"},
	{"WIN_20240105_14_03_22_Pro.jpg", "2024-01-05 14:03:22 local second"},
	{"2024-01-05 14.03.22.jpg", "2024-01-05 14:03:22 local second"},
	{"2024-01-05.jpg", "2024-01-05 00:00:00 local day"},
	{"gate 20240105.jpg", "2024-01-05 00:00:00 local day"},
	// none
	{"DSC_0042.JPG", "other"},
	{"IMG_20241305_140322.jpg", "other"},                         // no such month
	{"IMG_20240105_250322.jpg", "2024-01-05 00:00:00 local day"}, // no such hour
	{"Screenshot_20230230-140322.png", "other"},
	{"FB_IMG_0000000000123.jpg", "other"}, // 1970
	{"1234567890123456789.jpg", "other"},
	{"portrait.jpg", "other"},
}

func nameText(base string) string {
	n, ok := readPath(base)
	if !ok {
		return "other"
	}
	parts := []string{"no time"}
	if n.has {
		where := "local"
		if n.instant {
			where = "utc"
		}
		parts = []string{n.time.Format("2006-01-02 15:04:05.999"), where, string(n.prec)}
	}
	if n.kind != "" {
		parts = append(parts, string(n.kind))
	}
	if n.app != "" {
		parts = append(parts, "app="+n.app)
	}
	if n.more[0] != "" {
		parts = append(parts, n.more[0]+"="+n.more[1])
	}
	return strings.Join(parts, " ")
}

func TestNames(t *testing.T) {
	for _, r := range nameRows {
		if got := nameText(r.name); got != r.want {
			t.Errorf("%s: %s, want %s", r.name, got, r.want)
		}
	}
}

// FuzzNames: whatever the name, a time that comes of it is written in it: its
// digits stand there, or it is an epoch that does.
func FuzzNames(f *testing.F) {
	for _, r := range nameRows {
		f.Add(r.name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		n, ok := readPath(name)
		if !ok || !n.has {
			return
		}
		if n.time.IsZero() || n.prec == "" || n.rank == 0 || n.time.Location() != time.UTC {
			t.Fatalf("%q: %+v", name, n)
		}
		if !utf8.ValidString(name) {
			return
		}
		y, d := n.time.Format("06"), n.time.Format("02")
		if !n.instant && (!strings.Contains(name, y) || !strings.Contains(name, d)) {
			t.Errorf("%q: %v is not in the name", name, n.time)
		}
		w := n.candidate(name, sourceWithout).when
		if _, ok := w.Order(); !ok || w.Raw != name && name != "" || w.Basis == timeline.UnknownZone && !w.Instant.IsZero() {
			t.Errorf("%q: %+v", name, w)
		}
	})
}

// A camera's films are kept together by its name, as the files say it.
func TestCameras(t *testing.T) {
	for name, want := range map[string]string{
		"Ring_FrontDoor_202401051403.mp4": "Ring FrontDoor", "RingVideo_20240105_140322.mp4": "Ring", "clip_1704463402.mp4": "Nest",
		"NVR_ch1_main_20240105140322.dav": "CCTV ch1", "Tapo_C200_20240105_140322.mp4": "Tapo_C200",
		"2024_0105_140322_0012F.MP4": "dashcam F", "240105_140322_012_FH.MP4": "dashcam FH", "IMG_20240105_140322.jpg": "",
	} {
		if n, ok := readPath(name); !ok || n.camera != want {
			t.Errorf("%s: camera %q, want %q", name, n.camera, want)
		}
	}
}
