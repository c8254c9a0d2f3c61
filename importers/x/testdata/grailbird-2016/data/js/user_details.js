var user_details =  {
  "screen_name" : "anna_ex",
  "full_name" : "Anna",
  "id" : "1100000001",
  "created_at" : "2013-01-01 10:00:00 +0000"
}