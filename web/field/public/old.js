// Read only by browsers of before 2018, which read nothing else here: they say at once what is the matter.
document.getElementById('late').id = ''
document.getElementById('opening').innerHTML = ''
document.getElementById('why').innerHTML = '这个浏览器太旧，不会加密、存不住记录，打不开“探访”。'
