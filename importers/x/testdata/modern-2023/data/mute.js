window.YTD.mute.part0 = [ {
  "muting" : {"accountId" : "5500000005", "userLink" : "https://twitter.com/intent/user?user_id=5500000005"}
} ]