window.YTD.device_token.part0 = [ {
  "deviceToken" : {"clientApplicationId" : "1", "token" : "x", "createdAt" : "2023-01-01T00:00:00.000Z", "lastSeenAt" : "2023-02-01T00:00:00.000Z", "clientApplicationName" : "Twitter for Android"}
} ]