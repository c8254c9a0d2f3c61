window.YTD.ip_audit.part0 = [
  {
    "ipAudit" : {
      "accountId" : "1100000001",
      "createdAt" : "2023-03-27T22:14:03.000Z",
      "loginIp" : "203.0.113.9",
      "loginPortNumber" : "4711"
    }
  }
]