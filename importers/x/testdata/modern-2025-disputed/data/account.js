window.YTD.account.part0 = [ {"account" : {"username" : "anna_ex", "accountId" : "1100000001", "createdAt" : "2013-01-01T10:00:00.000Z", "accountDisplayName" : "Anna"}} ]
