window.YTD.deleted_tweets.part0 = [
  {
    "tweet" : {
      "id_str" : "1630041047167926349",
      "created_at" : "Mon Feb 27 03:04:05 +0000 2023",
      "deleted_at" : "2023-03-01T00:00:00.000Z",
      "full_text" : "taken back"
    }
  }
]