window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {"initial" : {"editTweetIds" : ["1592874375705526349", "1620708532024246349"], "editableUntil" : "2023-02-01T10:00:00.000Z"}},
      "retweeted" : false,
      "entities" : {"user_mentions" : [{"name" : "Jo", "screen_name" : "jo_b", "indices" : ["0", "5"], "id_str" : "2200000002", "id" : "2200000002"}], "urls" : [{"url" : "https://t.co/x", "expanded_url" : "https://example.com/a", "display_url" : "example.com/a"}]},
      "in_reply_to_user_id_str" : "2200000002",
      "in_reply_to_status_id_str" : "1590000000000000000",
      "in_reply_to_screen_name" : "jo_b",
      "id_str" : "1620708532024246349",
      "created_at" : "Wed Feb 01 09:00:00 +0000 2023",
      "lang" : "en",
      "full_text" : "@jo_b stop writing to me &amp;amp; &lt;leave&gt; https://t.co/x"
    }
  },
  {
    "tweet" : {
      "extended_entities" : {"media" : [{"media_url_https" : "https://pbs.twimg.com/media/Abc.jpg", "type" : "photo"}, {"media_url_https" : "https://pbs.twimg.com/media/Thumb.jpg", "video_info" : {"variants" : [{"url" : "https://video.twimg.com/v/gone.mp4?tag=12"}]}}]},
      "coordinates" : {"type" : "Point", "coordinates" : ["-1.5491", "53.8008"]},
      "place" : {"full_name" : "Leeds, England"},
      "id_str" : "1592875130680246349",
      "created_at" : "Wed Nov 16 13:40:00 +0000 2022",
      "full_text" : "Leeds today"
    }
  },
  {
    "tweet" : {
      "id_str" : "1593031179760566349",
      "created_at" : "Fri Nov 18 00:00:05 +0000 2022",
      "full_text" : "RT @sam: a clock that was set wrong"
    }
  },
  {
    "tweet" : {
      "id_str" : "20",
      "created_at" : "never",
      "full_text" : "no time"
    }
  }
]