import { practiceTexts, type PracticeText } from '../practiceText';

/** English-speaking residents, retirees, students, visitors and Dominicans who grew up abroad. */
export const englishTexts: readonly PracticeText[] = [
  ...practiceTexts('en', 'cedula', [
    ['en-ced-01', 'neutral', 'question', 'normal', 'requirements', 'Hi, I have permanent residency since 2021. Which papers do I bring to renew my cédula in Sosúa?'],
    ['en-ced-02', 'negative', 'complaint', 'normal', 'delay', 'Fourth visit. Fourth "come back Monday". I have a folder thicker than a phone book and still no ID card.'],
    ['en-ced-03', 'positive', 'praise', 'low', 'thanks', 'In and out in half an hour, and the clerk even practised her English with me. Lovely people in Cabarete.'],
    ['en-ced-04', 'negative', 'complaint', 'high', 'case-status', 'You spelled my surname O’Brain. It is O’Brien. The bank now refuses to wire my pension. Please fix this urgently.'],
    ['en-ced-05', 'neutral', 'question', 'low', 'requirements', 'My wife is Dominican, I am Canadian. Does she need to change the card after marriage or is it optional?'],
    ['en-ced-06', 'neutral', 'question', 'normal', 'case-status', 'ticket 55310 says "ready for printing" since the 2nd. whats the usual wait from there'],
    ['en-ced-07', 'negative', 'complaint', 'normal', 'complaint-registered', 'A man outside your office charges tourists USD 40 to "hold a place". Your guard points people to him. Do you know about this?'],
  ]),
  ...practiceTexts('en', 'acta', [
    ['en-act-01', 'neutral', 'question', 'normal', 'requirements', 'How can I order my grandfather’s birth certificate from New Jersey? He was born in Moca around 1931.'],
    ['en-act-02', 'negative', 'complaint', 'normal', 'delay', 'Ordered two marriage certificates online, paid for express, six weeks of nothing. What exactly was express about it?'],
    ['en-act-03', 'positive', 'praise', 'low', 'thanks', 'Found my great-aunt’s record in a book from 1908 thanks to your archive staff in Santiago. I cried at the counter.'],
    ['en-act-04', 'neutral', 'question', 'normal', 'requirements', 'Our son was born at home in Las Terrenas, midwife present. What do we need to register him?'],
    ['en-act-05', 'neutral', 'request', 'normal', 'private-details', 'Could someone check a record for me? Full name, date of birth and mother’s maiden name are in my bio, feel free to look.'],
    ['en-act-06', 'neutral', 'question', 'low', 'requirements', 'Does a birth extract expire? My university says ninety days, the consulate says never.'],
  ]),
  ...practiceTexts('en', 'pasaporte', [
    ['en-pas-01', 'neutral', 'request', 'urgent', 'emergency-line', 'We were just robbed outside Boca Chica, my husband is bleeding and our passports are gone. Nobody at the hotel speaks English. What number do we call?'],
    ['en-pas-02', 'neutral', 'question', 'normal', 'requirements', 'Born in the Bronx to Dominican parents. Can I get the passport directly or do I declare my birth first?'],
    ['en-pas-03', 'negative', 'complaint', 'high', 'delay', 'Flight on Saturday for my mother’s funeral. The passport was promised for last Tuesday. Please, I am begging you.'],
    ['en-pas-04', 'neutral', 'question', 'low', 'requirements', 'do newborns really need to sign the passport form? asking for a very small friend'],
    ['en-pas-05', 'positive', 'praise', 'low', 'thanks', 'Whoever redesigned the passport queue deserves a statue. Eleven minutes!'],
    ['en-pas-06', 'negative', 'complaint', 'normal', 'apology', 'The photo booth clerk told me to take off my hijab. Your own rules say religious headwear is fine. I felt humiliated.'],
    ['en-pas-07', 'neutral', 'question', 'normal', 'appointment', 'The site offers me an appointment in Barahona. I live in Puerto Plata. Is there really nothing closer this month?'],
  ]),
  ...practiceTexts('en', 'licencia', [
    ['en-lic-01', 'neutral', 'question', 'normal', 'requirements', 'Can I drive on my Ohio licence while the residency is in process, or only the first three months?'],
    ['en-lic-02', 'negative', 'complaint', 'normal', 'complaint-registered', 'Stopped twice this week by officers who “could not read” my temporary licence until I found 500 pesos.'],
    ['en-lic-03', 'neutral', 'question', 'low', 'payment-problem', 'Is there a late fee on the vehicle sticker if I pay on the first working day of February?'],
    ['en-lic-04', 'negative', 'complaint', 'normal', 'outage', 'Licence renewal form only accepts phone numbers starting with 809, 829 or 849. My number is German. Now what?'],
    ['en-lic-05', 'positive', 'praise', 'low', 'thanks', 'Credit where due: sticker bought online at breakfast, delivered before lunch.'],
    ['en-lic-06', 'neutral', 'question', 'normal', 'requirements', 'I run a surf school with two vans. Which plates do we need to carry guests, tourist or public transport?'],
  ]),
  ...practiceTexts('en', 'certificado', [
    ['en-cer-01', 'neutral', 'question', 'normal', 'requirements', 'For a job abroad I need the good-conduct certificate with an apostille. One office or two?'],
    ['en-cer-02', 'negative', 'complaint', 'normal', 'delay', 'Forty-eight hours, says the sign. Day sixteen, says my calendar.'],
    ['en-cer-03', 'neutral', 'question', 'low', 'hours-location', 'Is the legalisation window in Gazcue open through lunch? Google says yes, a taxi driver says no, I trust the driver.'],
    ['en-cer-04', 'neutral', 'request', 'normal', 'case-status', 'Good morning. My apostille request 70021 shows “rejected” without a reason. Could you please tell me what is missing?'],
    ['en-cer-05', 'positive', 'praise', 'low', 'thanks', 'Thank you to Mr. Peña at the verification desk, who stayed ten minutes after closing so I would not miss my ferry.'],
  ]),
  ...practiceTexts('en', 'cita', [
    ['en-cit-01', 'negative', 'complaint', 'normal', 'appointment', 'Appointment at 8:30, seen at 11:50. If I were three hours late you would cancel me.'],
    ['en-cit-02', 'neutral', 'question', 'low', 'hours-location', 'are you closed on restoration day'],
    ['en-cit-03', 'neutral', 'question', 'normal', 'hours-location', 'Which of your offices is step-free? I use a power chair and the map does not say.'],
    ['en-cit-04', 'neutral', 'question', 'normal', 'appointment', 'I booked under my maiden name by mistake. Will the guard let me in with my current passport?'],
    ['en-cit-05', 'negative', 'complaint', 'normal', 'wait-channel', 'Your phone line plays the same eight bars of merengue for an hour and then hangs up. I can hum it backwards now.'],
  ]),
  ...practiceTexts('en', 'pago', [
    ['en-pag-01', 'negative', 'complaint', 'high', 'payment-problem', 'Charged USD 310 instead of DOP 310. My bank says only you can reverse it. That is my rent.'],
    ['en-pag-02', 'neutral', 'question', 'normal', 'payment-problem', 'Do you accept foreign debit cards at the counter, or cash only? Thanks in advance.'],
    ['en-pag-03', 'neutral', 'question', 'normal', 'wrong-institution', 'Where do I pay property tax for a condo in Sosúa? Your form mentions it but there is no button.'],
    ['en-pag-04', 'neutral', 'request', 'normal', 'private-details', 'Sending my receipt here because the upload fails: card ending 0002, passport AB0000001, phone +1 809 555 0142.'],
    ['en-pag-05', 'positive', 'praise', 'low', 'thanks', 'Refund landed today. I had given up hope, so drinks are on me (not with public money, promise).'],
  ]),
  ...practiceTexts('en', 'portal', [
    ['en-por-01', 'negative', 'complaint', 'normal', 'outage', 'Website down again?! Third Sunday in a row.'],
    ['en-por-02', 'negative', 'complaint', 'high', 'private-details', 'I logged in and saw a stranger’s passport scan in “my documents”. Take the thing offline before someone gets hurt.'],
    ['en-por-03', 'neutral', 'question', 'normal', 'outage', 'The English version of step 4 is in Spanish and step 5 is blank. Is that intended?'],
    ['en-por-04', 'neutral', 'question', 'low', 'outage', 'Does the app work with a US phone number for the code?'],
    ['en-por-05', 'positive', 'praise', 'low', 'thanks', 'Finally a government form that remembers what I typed. Well done, developers.'],
  ]),
  ...practiceTexts('en', 'otra-institucion', [
    ['en-otr-01', 'negative', 'complaint', 'normal', 'wrong-institution', 'No water in Cabarete for nine days while the hotel next door fills its third pool. Who do we shout at?'],
    ['en-otr-02', 'neutral', 'question', 'low', 'wrong-institution', 'Whose job is the broken streetlight on Pedro Clisante? Happy to email whoever it is.'],
    ['en-otr-03', 'negative', 'complaint', 'normal', 'wrong-institution', 'A beach bar is blasting music at 3 a.m. and the police told us to “write to the citizens’ institute”. So, hello.'],
    ['en-otr-04', 'neutral', 'question', 'normal', 'wrong-institution', 'How do I bring my dog into the country? I was told you issue the import permit.'],
  ]),
  ...practiceTexts('en', 'acceso-informacion', [
    ['en-inf-01', 'neutral', 'informationRequest', 'normal', 'information-request', 'Under Law 200-04 I request the number of foreign residents registered per province in 2025, in a spreadsheet if possible.'],
    ['en-inf-02', 'neutral', 'informationRequest', 'normal', 'information-request', 'Can a non-citizen file a freedom of information request with you? I am a PhD student looking at waiting times.'],
    ['en-inf-03', 'negative', 'informationRequest', 'high', 'information-request', 'My information request passed the legal deadline eleven days ago. Please confirm who is responsible so I can appeal.'],
  ]),
  ...practiceTexts('en', 'trato', [
    ['en-tra-01', 'negative', 'complaint', 'normal', 'apology', 'I asked politely for someone who could explain the form slowly. The reply, in English: “learn Spanish”. The whole room laughed.'],
    ['en-tra-02', 'negative', 'complaint', 'normal', 'complaint-registered', 'Oh wonderful, another survey asking how satisfied I am with being ignored. Five stars for persistence.'],
    ['en-tra-03', 'positive', 'praise', 'low', 'thanks', 'Your security guard walked my 84-year-old dad to the taxi under his own umbrella. Thank you, sir, whoever you are ☔'],
    ['en-tra-04', 'neutral', 'request', 'low', 'acknowledgement', 'Small idea: number the chairs instead of making elderly people stand up every two minutes as the line moves.'],
  ]),
  ...practiceTexts('en', 'emergencia', [
    ['en-urg-01', 'negative', 'request', 'urgent', 'emergency-line', 'There is a fire in the parking lot behind your Puerto Plata building, two cars burning, people are filming instead of leaving'],
    ['en-urg-02', 'negative', 'request', 'urgent', 'emergency-line', 'My roommate took pills and won’t wake up. I don’t know the address, blue house near the ISC office in Sosua. Help'],
  ]),
  ...practiceTexts('en', 'publicidad', [
    ['en-spa-01', 'neutral', 'spam', 'low', null, 'Get your second passport in 30 days!!! No interview, no tax, 100% legal 👉 https://golden-door.example/offer'],
    ['en-spa-02', 'neutral', 'spam', 'low', null, 'Hi dear, I am Mrs. Linda, widow, I wish to donate 4.5 million to an honest institution. Kindly reply with account details.'],
    ['en-spa-03', 'neutral', 'spam', 'low', null, 'Boost your page to 50K followers, crypto accepted, DM for price list 📈'],
  ]),
  ...practiceTexts('en', 'insulto', [
    ['en-abu-01', 'negative', 'abuse', 'low', null, 'You people are parasites. Every last one of you should be fired and fined.'],
    ['en-abu-02', 'negative', 'abuse', 'low', null, 'lol what a bunch of clowns, go back to school'],
  ]),
];
