filedesc://old.arc 127.0.0.1 20080301000000 text/plain 76
1 0 InternetArchive
URL IP-address Archive-date Content-type Archive-length


http://social.example/a page.html 192.0.2.1 20080302100000 text/html 346
HTTP/1.1 200 OK
Content-Type: text/html

<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8"><title>Jo &amp; co</title>
<style>p { color: red }</style>
<script>document.write("never run")</script>
</head>
<body>
<h1>I know where you live</h1>
<p>Posted by <b>jo_b</b><br>See you soon</p>
<noscript>Switch scripts on</noscript>
</body>
</html>

http://social.example/ 192.0.2.1 200803021000000000 text/html -1
http://social.example/two 192.0.2.1 20080302100001 text/plain 3
abc
