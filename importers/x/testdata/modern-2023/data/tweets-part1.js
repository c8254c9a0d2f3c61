window.YTD.tweets.part1 = [
  {
    "tweet" : {
      "id_str" : "1212570225996726349",
      "created_at" : "Thu Jan 02 03:04:05 +0000 2020",
      "full_text" : "an older one, in the second part"
    }
  }
]