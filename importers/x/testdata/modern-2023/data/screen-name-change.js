window.YTD.screen_name_change.part0 = [
  {
    "screenNameChange" : {
      "accountId" : "1100000001",
      "screenNameChange" : {
        "changedAt" : "2018-01-01T00:00:00.000Z",
        "changedFrom" : "anna_old",
        "changedTo" : "anna_ex"
      }
    }
  }
]