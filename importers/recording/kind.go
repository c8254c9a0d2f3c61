package recording

import (
	"bytes"
	"slices"
)

// formats are the formats that are looked into, by how their files begin, and what
// the engine calls each. Nothing else is ever given to it: a playlist or a list of
// files to be joined begins like none of these.
var formats = []struct {
	name   string
	begins func([]byte) bool
}{
	{"mov", isMovie},
	{"matroska", magic(0, "\x1a\x45\xdf\xa3")},
	{"avi", riff("AVI ")},
	{"wav", riff("WAVE")},
	{"ogg", magic(0, "OggS")},
	{"flac", magic(0, "fLaC")},
	{"amr", magic(0, "#!AMR")},
	{"caf", magic(0, "caff")},
	{"flv", magic(0, "FLV\x01")},
	{"asf", magic(0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11")},
	{"mpeg", magic(0, "\x00\x00\x01\xba")},
	{"mpegts", func(b []byte) bool { return len(b) > 188 && b[0] == 0x47 && b[188] == 0x47 }},
	{"aac", func(b []byte) bool { return len(b) > 1 && b[0] == 0xff && b[1]&0xf6 == 0xf0 }},
	{"mp3", func(b []byte) bool {
		return bytes.HasPrefix(b, []byte("ID3")) || len(b) > 1 && b[0] == 0xff && b[1]&0xe0 == 0xe0
	}},
}

// formatOf is what the engine calls the format of a file that begins so; empty where
// it is none that is looked into.
func formatOf(head []byte) string {
	for _, f := range formats {
		if f.begins(head) {
			return f.name
		}
	}
	return ""
}

func magic(at int, s string) func([]byte) bool {
	return func(b []byte) bool { return len(b) >= at && bytes.HasPrefix(b[at:], []byte(s)) }
}

func riff(kind string) func([]byte) bool {
	return func(b []byte) bool { return magic(0, "RIFF")(b) && magic(8, kind)(b) }
}

// isMovie knows the boxes with which files of the MP4 and QuickTime family begin.
func isMovie(b []byte) bool {
	return len(b) >= 8 && slices.Contains([]string{"ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"}, string(b[4:8]))
}

// decoders are what may decode a frame or a sound: what cameras, telephones and
// messengers write. The engine has hundreds more, for formats that nobody sends any
// more and nobody looks after. The first three are of covers of sounds: the engine opens
// a decoder for each stream, and gives up where it may not.
const decoders = "png,bmp,gif,h264,hevc,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,libaom-av1,mpeg4,h263,mjpeg,mpeg1video,mpeg2video,prores,msmpeg4v1,msmpeg4v2,msmpeg4,wmv1,wmv2,wmv3,vc1,theora,dvvideo,flv," +
	"aac,aac_fixed,aac_latm,mp3,mp3float,mp2,mp2float,opus,libopus,vorbis,libvorbis,flac,alac,amrnb,libopencore_amrnb,amrwb,libopencore_amrwb,ac3,ac3_fixed,eac3,wmav1,wmav2,wmapro,speex,libspeex,gsm,gsm_ms," +
	"pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_f32le,pcm_mulaw,pcm_alaw,adpcm_ms,adpcm_ima_wav,adpcm_ima_qt"
