"""Dates as whole phrases, told as tables: what people write, and what it means on that Monday."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clock import seconds

from taktvoll.api import dates
from taktvoll.language.dates import Mention, Precision, find_dates
from taktvoll.model import Country, Language

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Monday

# "day" and "minute" go without saying. A period ends before its second date, a range of days
# with it.
GERMAN = {
    "heute vor einer Woche": "2026-11-16",
    "drittes Quartal": "period 2026-07-01…2026-10-01",
    "mittwoch der dreizehnte": "2027-01-13",
    "zweiter Montag im Januar": "2027-01-11",
    "15:00 heute": "2026-11-23 15:00",
    "Mitte nächsten Monats": "period 2026-12-11…2026-12-21",
    "die Woche vom 7. Dezember": "period 2026-12-07…2026-12-14",
    "Sonntag, 13.12. am Nachmittag": "part 2026-12-13 12:00…16:00",
    "9.12. ab mittags": "part 2026-12-09 12:00…14:00",
    "um ein Uhr": "time 2026-11-23 13:00",
    "Di., 9.12., 10 Uhr": "2026-12-09 10:00",
    "Mittwoch, den 9. Dezember 2026, von 10:00 bis 11:30 Uhr": "2026-12-09 10:00…11:30",
    "Mittwoch, dem 9. Dezember 2026": "2026-12-09",
    "10.00 Uhr": "time 2026-11-23 10:00",
    "10 Uhr s.t.": "time 2026-11-23 10:00",
    "12 Uhr c.t.": "time 2026-11-23 12:15",
    "14h00": "time 2026-11-23 14:00",
    "halb drei": "time 2026-11-23 14:30",
    "viertel drei": "time 2026-11-23 14:15",
    "Viertel nach zwei": "time 2026-11-23 14:15",
    "Dienstag in einer Woche": "2026-12-01",
    "kommenden Donnerstag": "2026-11-26",
    "übermorgen um 9": "2026-11-25 09:00",
    "am 9. um zehn": "2026-12-09 10:00",
    "zwischen 9 und 12 Uhr": "time 2026-11-23 09:00…12:00",
    "15. Jänner": "2027-01-15",
    "KW 50": "week 2026-12-07…2026-12-14",
    "in KW 50 am Dienstag": "2026-12-08",
    "der zwanzigste Dezember um acht": "2026-12-20 08:00",
    "am einundzwanzigsten um 15 Uhr": "2026-12-21 15:00",
    "morgen abend": "part 2026-11-24 18:00…2026-11-25 00:00",
    "heute Nachmittag": "part 2026-11-23 12:00…16:00",
    "morgen früh": "part 2026-11-24 08:00…12:00",
    "morgen früh um 8": "2026-11-24 08:00",
    "am frühen Morgen": "part 2026-11-23 08:00…10:00",
    "am späten Nachmittag": "part 2026-11-23 14:00…16:00",
    "Dienstagabend": "part 2026-11-24 18:00…2026-11-25 00:00",
    "Freitagvormittag um zehn": "2026-11-27 10:00",
    "in zwei Stunden": "2026-11-23 11:00",
    "vor drei Tagen": "2026-11-20",
    "in vierzehn Tagen": "2026-12-07",
    "heute in einer Woche": "2026-11-30",
    "heute in 14 Tagen": "2026-12-07",
    "letzten Montag": "2026-11-16",
    "übernächste Woche Mittwoch": "2026-12-09",
    "Mittwoch übernächster Woche": "2026-12-09",
    "Ende nächster Woche": "period 2026-12-03…2026-12-07",
    "Anfang Dezember": "period 2026-12-01…2026-12-16",
    "Mitte Dezember": "period 2026-12-11…2026-12-21",
    "Ende des Monats": "period 2026-11-16…2026-12-01",
    "jetzt": "2026-11-23 09:00",
    "ab sofort": "after 2026-11-23 09:00",
    "9.–11. Dezember": "2026-12-09…2026-12-11",
    "9. bis 11. Dezember 2026": "2026-12-09…2026-12-11",
    "vom 9. bis 11.12.": "2026-12-09…2026-12-11",
    "von Montag bis Mittwoch": "2026-11-30…2026-12-02",
    "Montag bis Mittwoch, jeweils 9 bis 12 Uhr": "2026-11-30 09:00…2026-12-02 12:00",
    "9-11 Uhr": "time 2026-11-23 09:00…11:00",
    "9:00-11:00": "time 2026-11-23 09:00…11:00",
    "Mo-Fr 9-17 Uhr": "2026-11-30 09:00…2026-12-04 17:00",
    "Heiligabend": "2026-12-24",
    "Silvester 2026": "2026-12-31",
    "Ostermontag": "2027-03-29",
    "Karfreitag 2027": "2027-03-26",
    "Pfingstmontag": "2027-05-17",
    "an Weihnachten": "2026-12-25",
    "Mitternacht": "time 2026-11-24 00:00",
    "um Mitternacht": "time 2026-11-24 00:00",
    "16h30": "time 2026-11-23 16:30",
    "1400 Uhr": "time 2026-11-23 14:00",
    "kurz nach neun": "after time 2026-11-23 09:00",
    "kurz vor 10 Uhr": "before time 2026-11-23 10:00",
    "5 vor 12": "time 2026-11-23 11:55",
    "zehn vor drei": "time 2026-11-23 14:50",
    "dreiviertel acht": "time 2026-11-24 07:45",
    "zwanzig nach drei": "time 2026-11-23 15:20",
    "fünf nach halb vier": "time 2026-11-23 15:35",
    "Mittwoch 9.": "2026-12-09",
    "Mittwoch, 9. Dezember '26": "2026-12-09",
    "9. XII. 2026": "2026-12-09",
    "10 Uhr am 9.12.": "2026-12-09 10:00",
    "10:30 Uhr, Mittwoch, 9.12.2026": "2026-12-09 10:30",
    "Mi 9.12.26 10:00": "2026-12-09 10:00",
    "2026-12-09T10:00": "2026-12-09 10:00",
    "09.12.2026 10:00 Uhr MEZ": "2026-12-09 10:00",
    "bis zum 4. Dezember": "before 2026-12-04",
    "bis Freitag, 12 Uhr": "before 2026-11-27 12:00",
    "ab 14 Uhr": "after time 2026-11-23 14:00",
    "spätestens bis Mittwoch": "before 2026-11-25",
    "am Wochenende": "period 2026-11-28…2026-11-30",
    "nächstes Wochenende": "period 2026-12-05…2026-12-07",
    "im Dezember": "month 2026-12-01…2027-01-01",
    "im Dezember 2026": "month 2026-12-01…2027-01-01",
    "im Sommer": "period 2027-06-21…2027-09-21",
    "nächsten Sommer": "period 2027-06-21…2027-09-21",
    "dieses Jahr": "period 2026-01-01…2027-01-01",
    "diesen Freitag": "2026-11-27",
    "diese Woche": "period 2026-11-23…2026-11-30",
    "nächste Woche": "period 2026-11-30…2026-12-07",
    "in der nächsten Woche": "period 2026-11-30…2026-12-07",
    "in den nächsten Tagen": "period 2026-11-24…2026-11-27",
    "innerhalb von drei Tagen": "period 2026-11-23 09:00…2026-11-26",
    "in einer halben Stunde": "2026-11-23 09:30",
    "in anderthalb Stunden": "2026-11-23 10:30",
    "am ersten Montag im Dezember": "2026-12-07",
    "am letzten Freitag im November": "2026-11-27",
    "am 3. des nächsten Monats": "2026-12-03",
    "in drei Wochen": "2026-12-14",
    "drei Tage nach Ostern": "2027-03-31",
    "zwei Tage vor Weihnachten": "2026-12-23",
    "am Tag darauf": "2026-11-24",
    "um 8 abends": "time 2026-11-23 20:00",
    "8 Uhr morgens": "time 2026-11-24 08:00",
    "um 3 Uhr nachmittags": "time 2026-11-23 15:00",
    "von neun bis elf": "time 2026-11-23 09:00…11:00",
    "von 14 bis 15:30": "time 2026-11-23 14:00…15:30",
    "zwischen dem 7. und dem 11. Dezember": "2026-12-07…2026-12-11",
    "Donnerstag Vormittag zwischen 9 und 11": "2026-11-26 09:00…11:00",
    "am Freitag ab 10": "after 2026-11-27 10:00",
    "Freitag gegen Mittag": "part 2026-11-27 12:00…14:00",
    "Freitag gegen 17 Uhr": "2026-11-27 17:00",
    "heute Nacht": "part 2026-11-23 20:00…2026-11-24 00:00",
    "gestern Abend um sieben": "2026-11-22 19:00",
    "Sonnabend, 12. Dez.": "2026-12-12",
    "Samstag, den 12.ten Dezember": "2026-12-12",
    "zum 1.1.2027": "2027-01-01",
    "Termin: 9.12. um 10": "2026-12-09 10:00",
    "von 10.00 Uhr bis 12.00 Uhr am 9.12.2026": "2026-12-09 10:00…12:00",
    "vom 9.12. 10 Uhr bis 10.12. 12 Uhr": "2026-12-09 10:00…2026-12-10 12:00",
}

BRITISH = {
    "Tue Dec 9th, 2pm GMT": "2026-12-09 14:00",
    "12/09/2026": "2026-09-12",
    "half past two": "time 2026-11-23 14:30",
    "noon": "time 2026-11-23 12:00",
    "second of August": "2027-08-02",
    "the twenty-first": "2026-12-21",
    "twenty-first of December": "2026-12-21",
    "December the ninth": "2026-12-09",
    "Tuesday evening": "part 2026-11-24 16:00…20:00",
    "tonight": "part 2026-11-23 20:00…2026-11-24 00:00",
    "tonight at 8": "2026-11-23 20:00",
    "in a fortnight": "2026-12-07",
    "a week on Tuesday": "2026-12-01",
    "Monday week": "2026-12-07",
    "the day after tomorrow": "2026-11-25",
    "end of month": "period 2026-11-16…2026-12-01",
    "now": "2026-11-23 09:00",
    "between 3 and 5 pm": "time 2026-11-23 15:00…17:00",
    "from the 3rd to the 5th": "2026-12-03…2026-12-05",
    "9-11am": "time 2026-11-23 09:00…11:00",
    "11am–1pm": "time 2026-11-23 11:00…13:00",
    "11 to 1pm": "time 2026-11-23 11:00…13:00",
    "Christmas Day": "2026-12-25",
    "Boxing Day": "2026-12-26",
    "Thanksgiving": "2026-11-26",
    "Labor Day": "2027-09-06",
    "midnight": "time 2026-11-24 00:00",
    "at 0930": "time 2026-11-23 09:30",
    "1400 hrs": "time 2026-11-23 14:00",
    "16h": "time 2026-11-23 16:00",
    "16h30": "time 2026-11-23 16:30",
    "a quarter to five": "time 2026-11-23 16:45",
    "10ish": "time 2026-11-23 10:00",
    "at 10ish": "time 2026-11-23 10:00",
    "by 5": "time 2026-11-23 17:00",
    "by 5pm": "time 2026-11-23 17:00",
    "Wed 9th": "2026-12-09",
    "9 Dec": "2026-12-09",
    "Dec 9": "2026-12-09",
    "9 Dec '26": "2026-12-09",
    "9/12/26": "2026-12-09",
    "09-12-2026": "2026-12-09",
    "2026-12-09T10:00": "2026-12-09 10:00",
    "Wed 9 Dec 2026 10:00-11:30": "2026-12-09 10:00…11:30",
    "next Tuesday": "2026-12-01",
    "this Thursday": "2026-11-26",
    "Thursday next week": "2026-12-03",
    "next week Tuesday": "2026-12-01",
    "first Monday in December": "2026-12-07",
    "the last Friday of the month": "2026-11-27",
    "third Thursday of January": "2027-01-21",
    "three days ago": "2026-11-20",
    "in three days": "2026-11-26",
    "in 3 days' time": "2026-11-26",
    "two weeks from today": "2026-12-07",
    "two weeks from Monday": "2026-12-14",
    "the weekend": "period 2026-11-28…2026-11-30",
    "this weekend": "period 2026-11-28…2026-11-30",
    "next weekend": "period 2026-12-05…2026-12-07",
    "next month": "month 2026-12-01…2027-01-01",
    "early December": "period 2026-12-01…2026-12-16",
    "mid-December": "period 2026-12-11…2026-12-21",
    "late January": "period 2027-01-16…2027-02-01",
    "end of next week": "period 2026-12-03…2026-12-07",
    "rest of the week": "period 2026-11-23…2026-11-30",
    "the week of 7 December": "period 2026-12-07…2026-12-14",
    "week commencing 7 December": "period 2026-12-07…2026-12-14",
    "w/c 7 Dec": "period 2026-12-07…2026-12-14",
    "tomorrow morning": "part 2026-11-24 08:00…12:00",
    "tomorrow morning at 9": "2026-11-24 09:00",
    "tomorrow at nine": "2026-11-24 09:00",
    "Friday lunchtime": "part 2026-11-27 11:00…13:00",
    "Friday at noon": "2026-11-27 12:00",
    "2:30pm": "time 2026-11-23 14:30",
    "2.30 pm": "time 2026-11-23 14:30",
    "14:30": "time 2026-11-23 14:30",
    "at half two": "time 2026-11-23 14:30",
    "ten past nine": "time 2026-11-23 09:10",
    "twenty to four": "time 2026-11-23 15:40",
    "quarter past 10": "time 2026-11-23 10:15",
    "10 o'clock": "time 2026-11-23 10:00",
    "Monday to Wednesday": "2026-11-23…2026-11-25",
    "Monday through Friday": "2026-11-23…2026-11-27",
    "Mon-Fri": "2026-11-23…2026-11-27",
    "Dec 9-11": "2026-12-09…2026-12-11",
    "December 9 to 11, 2026": "2026-12-09…2026-12-11",
    "9th-11th December": "2026-12-09…2026-12-11",
    "between 9 and 11 December": "2026-12-09…2026-12-11",
    "from 9am to 5pm": "time 2026-11-23 09:00…17:00",
    "from 9 to 5": "time 2026-11-23 09:00…17:00",
    "10am on Wednesday 9th December": "2026-12-09 10:00",
    "Wednesday, December 9, 2026 at 2:00 PM EST": "2026-12-09 14:00",
    "Wednesday at 3": "2026-11-25 15:00",
    "until Friday": "before 2026-11-27",
    "before Friday noon": "before 2026-11-27 12:00",
    "after 3pm": "after time 2026-11-23 15:00",
    "no later than Monday": "before 2026-11-23",
    "from Monday onwards": "after 2026-11-23",
    "Jan 15": "2027-01-15",
    "January 15th, 2027 at 10": "2027-01-15 10:00",
    "15 January, 10.30am": "2027-01-15 10:30",
    "next year": "period 2027-01-01…2028-01-01",
    "in the morning": "part 2026-11-23 08:00…12:00",
    "in the afternoon": "part 2026-11-23 12:00…16:00",
    "early afternoon": "part 2026-11-23 12:00…14:00",
    "in an hour": "2026-11-23 10:00",
    "in half an hour": "2026-11-23 09:30",
    "in 45 minutes": "2026-11-23 09:45",
    "an hour ago": "2026-11-23 08:00",
    "next few days": "period 2026-11-24…2026-11-27",
    "within two weeks": "period 2026-11-23 09:00…2026-12-07",
    "New Year's Eve": "2026-12-31",
    "Easter Monday": "2027-03-29",
    "on the 9th at 10": "2026-12-09 10:00",
    "on the 9th of December between 10 and 11": "2026-12-09 10:00…11:00",
    "at 10 a.m. on 9 December": "2026-12-09 10:00",
    "10 am, 9 December": "2026-12-09 10:00",
    "Wednesday 10 am": "2026-11-25 10:00",
    "3:00-4:00 PM on 12/9": "2027-09-12 15:00…16:00",
    "I was born on the 22nd of June": "2027-06-22",
    "June of 2019": "month 2019-06-01…2019-07-01",
    "on Friday the 13th": "2026-11-13",
    "Friday after next": "2026-12-04",
    "the weekend after next": "period 2026-12-12…2026-12-14",
    "the first day of next month": "2026-12-01",
    "last day of the month": "2026-11-30",
    "the last day in October": "2027-10-31",
    "the day after Christmas": "2026-12-26",
    "the day before Thanksgiving": "2026-11-25",
    "easter of 2017": "2017-04-16",
    "half past seven o'clock": "time 2026-11-24 07:30",
    "ten to eight in the evening": "time 2026-11-23 19:50",
    "quarter past seven pm": "time 2026-11-23 19:15",
    "seven thirty pm": "time 2026-11-23 19:30",
    "five pm": "time 2026-11-23 17:00",
    "at three thirty": "time 2026-11-23 15:30",
    "7:00 in the morning": "time 2026-11-24 07:00",
    "7 in the evening": "time 2026-11-23 19:00",
    "7 at night": "time 2026-11-23 19:00",
    "at night at 7": "2026-11-23 19:00",
    "8 o'clock at night": "time 2026-11-23 20:00",
    "on the second": "2026-12-02",
    "for the 2nd": "2026-12-02",
    "Tomorrow 3pm": "2026-11-24 15:00",
    "3pm tomorrow": "2026-11-24 15:00",
    "5 mins later": "2026-11-23 09:05",
    "this afternoon at 3": "2026-11-23 15:00",
    "1st of January 2019": "2019-01-01",
    "22-Apr-2017": "2017-04-22",
    "Jan-1": "2027-01-01",
    "Monday of next week": "2026-11-30",
    "Friday this week": "2026-11-27",
    "a month from now": "2026-12-23",
    "6 months from today": "2027-05-23",
    "within a week": "period 2026-11-23 09:00…2026-11-30",
    "weekend of May 5": "period 2027-05-08…2027-05-10",
    "before noon": "before time 2026-11-23 12:00",
    "before lunch": "before part 2026-11-23 11:00",
    "afternoon of the 5th": "part 2026-12-05 12:00…16:00",
    "morning of June 3": "part 2027-06-03 08:00…12:00",
    "tomorrow afternoon between 2 and 4": "2026-11-24 14:00…16:00",
    "from tomorrow until Friday": "2026-11-24…2026-11-27",
    "5pm-6pm": "time 2026-11-23 17:00…18:00",
    "5-6 in the afternoon": "time 2026-11-23 17:00…18:00",
    "from five to six thirty": "time 2026-11-23 17:00…18:30",
    "10:00 to 11:00 pm": "time 2026-11-23 22:00…23:00",
    "on Nov 5 from 1pm till 3pm": "2027-11-05 13:00…15:00",
    "Sept 5 through 7": "2027-09-05…2027-09-07",
    "September 5th through the 10th": "2027-09-05…2027-09-10",
    "the 5th to the 12th of August": "2027-08-05…2027-08-12",
    "from the 5th through the 9th": "2026-12-05…2026-12-09",
    "between June 1 and the 5th": "2027-06-01…2027-06-05",
    "this coming Friday": "2026-11-27",
    "upcoming Monday": "2026-11-30",
    "coming weekend": "period 2026-12-05…2026-12-07",
    "the past weekend": "period 2026-11-21…2026-11-23",
    "week 10": "week 2027-03-08…2027-03-15",
    "the 3rd week of June": "period 2027-06-21…2027-06-28",
    "end of the year": "period 2026-09-01…2027-01-01",
    "start of next year": "period 2027-01-01…2027-05-01",
    "beginning of next month": "period 2026-12-01…2026-12-16",
    "middle of next week": "period 2026-12-02…2026-12-04",
    "summer of 2019": "period 2019-06-21…2019-09-21",
    "last winter": "period 2025-12-21…2026-03-21",
    "5 o'clock sharp": "time 2026-11-23 17:00",
    "tomorrow at midday": "2026-11-24 12:00",
    "12 noon": "time 2026-11-23 12:00",
    "12 midnight": "time 2026-11-24 00:00",
    "twelve noon on Friday": "2026-11-27 12:00",
    "7pm tonight": "2026-11-23 19:00",
    "tonight around 8": "2026-11-23 20:00",
    "Friday night": "part 2026-11-27 20:00…2026-11-28 00:00",
    "this Monday morning": "part 2026-11-23 08:00…12:00",
    "3pm Pacific": "time 2026-11-23 15:00",
    "3 PM Eastern Time": "time 2026-11-23 15:00",
    "10am BST": "time 2026-11-23 10:00",
    "at 14:00 CET": "time 2026-11-23 14:00",
    "2 p.m. (GMT)": "time 2026-11-23 14:00",
    "14:00 UTC+2": "time 2026-11-23 14:00",
    "around noon tomorrow": "2026-11-24 12:00",
    "Sunday, November 29, 2026": "2026-11-29",
    "29th of November, Sunday": "2026-11-29",
    "the coming Monday at 9.15": "2026-11-30 09:15",
    "Friday, 27 November, between 9:00 and 12:00": "2026-11-27 09:00…12:00",
    "anytime between 10 and 2 on Thursday": "2026-11-26 10:00…14:00",
    "Thursday from 10 till 2": "2026-11-26 10:00…14:00",
    "from 9 until 11:30": "time 2026-11-23 09:00…11:30",
    "9.30-10.30am": "time 2026-11-23 09:30…10:30",
    "9.30am - 10.30am": "time 2026-11-23 09:30…10:30",
    "9:30 to 10:30": "time 2026-11-23 09:30…10:30",
    "starting at 9": "after time 2026-11-23 09:00",
    "starting Monday": "after 2026-11-23",
    "the 1st of the month": "2026-11-01",
    "on the 15th of this month": "2026-11-15",
    "end of Friday": "2026-11-28 00:00",
    "the night of December 5": "part 2026-12-05 20:00…2026-12-06 00:00",
    "two days later": "2026-11-25",
    "the next Monday": "2026-11-30",
    "the following Monday": "2026-11-30",
    "the Monday after next": "2026-12-07",
    "a week from Monday": "2026-12-07",
    "a week today": "2026-11-30",
    "three weeks on Friday": "2026-12-18",
}
AMERICAN = {
    "set an alarm for eight forty five a m": "time 2026-11-24 08:45",
    "12:00 noon": "time 2026-11-23 12:00",
    "7 this morning": "2026-11-23 07:00",
    "I went back on the 27": "2026-11-27",
    "9-18-15": "2015-09-18",
    "the first friday of july": "2027-07-02",
    "21st of Jan two thousand and four": "2004-01-21",
    "Q3 2026": "period 2026-07-01…2026-10-01",
    "half past seven tomorrow morning": "2026-11-24 07:30",
    "three months from tomorrow": "2027-02-24",
    "Monday at 8": "2026-11-30 08:00",
    "Monday at noon": "2026-11-23 12:00",
    "on 4/22": "2027-04-22",
    "on 4-22": "2027-04-22",
    "on 4.22": "2027-04-22",
    "Wed, 12/9, 3:00 - 4:00 PM": "2026-12-09 15:00…16:00",
    "12/09/2026 at 2pm": "2026-12-09 14:00",
    "9:30-10:30am on 12/9": "2026-12-09 09:30…10:30",
    "Thanksgiving": "2026-11-26",
    "Memorial Day": "2027-05-31",
}
NOTHING = (
    "It will last forty-five minutes",
    "Night Manager wanted",
    "9.05 Tour of the site",
    "have lunch with the group",
    "2nd class",
    "closed on Mondays",
    "Tel. 0221 4567-89",
    "Das kostet 10.50 Euro",
    "§ 15 Abs. 4",
    "Version 10.2",
    "Meeting-ID: 812 3456 7890",
    "80331 München",
    "You may call me.",
    "The second interview is important.",
    "He will march on.",
    "so ist das",
    "I do my best",
    "Mit freundlichen Grüßen",
    "one of us",
    "Guten Morgen, Frau Sandner",
    "Good morning",
    "Good evening Ms Smith",
    "Have a nice day",
    "Have a great weekend",
    "I have 10 years of experience",
    "wir haben 20 Mitarbeiter",
    "ein Team von 12",
    "The sun is out.",
    "Sat down",
    "First, let me thank you",
    "im ersten Gespräch",
    "beim zweiten Mal",
    "zum dritten Mal",
    "eine Stunde",
    "für 45 Minuten",
    "a 30-minute call",
    "for two hours",
    "9 to 5 job",
    "24/7",
    "fall in love",
    "in fall",
    "spring into action",
    "April, our colleague, will join",
    "June Smith",
    "May Smith will call",
    "August Meier",
    "Frau Sommer und Herr Winter",
    "Montage und Service",
    "das Sonntagskind",
    "Ihr Abendessen",
    "Morgenstern GmbH",
    "our minute book",
    "hour by hour",
    "Seite 3 von 10",
    "3 von 5 Sternen",
    "zwei bis drei Kollegen",
    "von A bis Z",
    "2 to 3 people",
    "Zimmer 12.10",
    "Hauptstraße 5, 10115 Berlin",
    "10-12 Personen",
    "1:1 meeting",
    "Ratio 16:9",
    "ISO 9001:2015",
    "Das Ergebnis war 3:2",
    "am Ende",
    "am Anfang des Gesprächs",
    "the end of the interview",
    "Day one",
    "Woche für Woche",
    "Tag für Tag",
    "the next step",
    "the last question",
    "im nächsten Schritt",
    "im Anschluss",
    "ab und an",
    "nach dem Gespräch",
    "vor dem Gespräch",
    "before the interview",
    "after the call",
    "since then",
    "bis dann",
    "bis bald",
    "until then",
    "see you soon",
    "so far",
    "in time",
    "on time",
    "five star",
    "half the team",
    "quarter of the people",
    "twenty questions",
    "an einem Ort",
    "the 3rd floor",
    "2nd round",
    "1st interview",
    "2. Runde",
    "3. Stock",
    "5. OG",
)
SEVERAL = {
    "Montag, 7., oder Dienstag, 8. Dezember": ["2026-12-07", "2026-12-08"],
    "8. oder 9. Dezember": ["2026-12-08", "2026-12-09"],
    "am 8., 9. oder 10. März": ["2027-03-08", "2027-03-09", "2027-03-10"],
    "Dienstag oder Mittwoch um 10 Uhr": ["2026-11-24 10:00", "2026-11-25 10:00"],
    "Mo 10:00 oder Di 14:00": ["2026-11-30 10:00", "2026-11-24 14:00"],
    "10 Uhr oder 14 Uhr am Freitag": ["2026-11-27 10:00", "2026-11-27 14:00"],
    "Termin am 9.12. um 10 Uhr, Rückmeldung bis 1.12.": [
        "2026-12-09 10:00",
        "before 2026-12-01",
    ],
}


def _told(mention: Mention) -> str:
    whole = mention.precision in (
        *(Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.PERIOD),
    )

    def show(moment: datetime) -> str:
        midnight = moment.hour == moment.minute == 0
        return f"{moment:%Y-%m-%d}" if whole and midnight else f"{moment:%Y-%m-%d %H:%M}"

    kind = "" if mention.precision in (Precision.DAY, Precision.MINUTE) else mention.precision + " "
    side = f"{mention.side} " if mention.side else ""
    end = ""
    if mention.end:
        same_day = not whole and mention.end.date() == mention.start.date()
        end = "…" + (f"{mention.end:%H:%M}" if same_day else show(mention.end))
    return side + kind + show(mention.start) + end


@pytest.mark.parametrize(("text", "meant"), GERMAN.items())
def test_german(text: str, meant: str) -> None:
    assert [_told(each) for each in dates(text, NOW, Country.DE)] == [meant]


@pytest.mark.parametrize(("text", "meant"), BRITISH.items())
def test_british(text: str, meant: str) -> None:
    assert [_told(each) for each in dates(text, NOW, Country.GB)] == [meant]


@pytest.mark.parametrize(("text", "meant"), AMERICAN.items())
def test_american(text: str, meant: str) -> None:
    assert [_told(each) for each in dates(text, NOW, Country.US)] == [meant]


@pytest.mark.parametrize(("text", "meant"), SEVERAL.items())
def test_several(text: str, meant: list[str]) -> None:
    assert [_told(each) for each in dates(text, NOW, Country.DE)] == meant


@pytest.mark.parametrize("country", [Country.DE, Country.GB, Country.US])
@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_date(text: str, country: Country) -> None:
    assert dates(text, NOW, country) == []


@pytest.mark.parametrize(
    ("text", "zone", "offset"),
    [
        ("2pm ET on Friday", "America/New_York", "-0500"),
        ("Friday, 14:00 UTC+2", "UTC+02:00", "+0200"),
        ("Freitag, 14 Uhr MEZ", "Europe/Berlin", "+0100"),
        ("15 June 2027 at 2pm BST", "Europe/London", "+0100"),
    ],
)
def test_stated_zones(text: str, zone: str, offset: str) -> None:
    (mention,) = dates(text, NOW, Country.GB)
    assert mention.zone == zone
    assert f"{mention.start:%H:%M%z}" == f"14:00{offset}"


@pytest.mark.parametrize(
    "text",
    ["ab sofort", "im Sommer", "next week", "am Abend", "noon-ish or so", "Silvester", "im Mai"],
)
def test_letters_keep_to_what_an_appointment_says(text: str) -> None:
    """What only the wide reading knows does not disturb the reading of a letter."""
    known = {Precision.DAY, Precision.MINUTE, Precision.TIME, Precision.WEEK}
    found = find_dates(text, now=NOW, language=Language.DE)
    assert {each.precision for each in found} <= known


_PIECES = st.sampled_from(
    [
        *("9.", "12.", "2026", "10", ":", "30", " Uhr", "Mi., ", "Dienstag ", "bis ", " - ", "/"),
        *("\n", "um ", "halb ", "drei ", "morgen ", "Dec ", "9th ", " pm", "31.2.", "KW 53", "0"),
        *("\x00", "İ", "the ", "last ", "day ", "of ", "February ", "within ", "next ", "ago "),
        *("zwanzigster ", "von ", "vor ", "in ", "weeks ", "end of ", "Ostern ", "a ", "year "),
        *("9999", "1-1-1 ", "to ", "between ", "and ", "from ", "oder ", "Monate ", "99 "),
    ]
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Please answer by Thursday 4 March.", "by Thursday 4 March"),
        ("We meet on 9 December at 2pm.", "on 9 December at 2pm"),
        ("Am Mittwoch, 9.12., um 10 Uhr.", "Am Mittwoch, 9.12., um 10 Uhr"),
        ("(Freitag, 11. Dez., halb drei)", "Freitag, 11. Dez., halb drei"),
    ],
)
def test_the_span_is_the_phrase(text: str, told: str) -> None:
    (mention,) = dates(text, NOW, Country.GB)
    assert text[slice(*mention.span)] == told


@settings(max_examples=400)
@given(st.lists(_PIECES, max_size=20).map("".join) | st.text(max_size=80))
def test_anything_goes_in_and_spans_come_out(text: str) -> None:
    last = 0
    for mention in dates(text, NOW, Country.DE):
        begin, end = mention.span
        assert last <= begin < end <= len(text)
        last = end
        assert mention.start.tzinfo is not None
        assert mention.end is None or mention.end >= mention.start


@pytest.mark.parametrize(
    "piece",
    ["9. ", "in ", "von ", "the next ", "1-", "10:", "Dienstag ", "a", " ", "zwanzig ", "und 3 "],
)
def test_ten_times_the_text_takes_about_ten_times_as_long(piece: str) -> None:
    def taken(times: int) -> float:
        return seconds(lambda: dates(piece * times, NOW, Country.DE), limit=0)

    assert taken(2000) < 40 * max(taken(200), 0.002)
