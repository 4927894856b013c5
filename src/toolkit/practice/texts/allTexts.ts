import { type PracticeConversation, type PracticeText } from '../practiceText';
import { appointmentTexts } from './appointments';
import { cedulaTexts } from './cedula';
import { certificateTexts } from './certificates';
import { civilRecordTexts } from './civilRecords';
import { conversations } from './conversations';
import { drivingTexts } from './driving';
import { englishTexts } from './english';
import { informationRequestTexts } from './informationRequests';
import { migrantTexts } from './migrants';
import { onlineServiceTexts } from './onlineServices';
import { otherInstitutionTexts } from './otherInstitutions';
import { passportTexts } from './passport';
import { paymentTexts } from './payments';
import { praiseTexts } from './praise';
import { sarcasmTexts } from './sarcasm';
import { shortTexts } from './shortTalk';
import { treatmentTexts } from './treatment';
import { otherLanguageTexts, unusualSpanishTexts } from './unusual';
import { abuseTexts, spamTexts } from './unwanted';
import { urgentTexts } from './urgentMatters';

/** Every single text, in a fixed order: the order is part of what a seed means. */
export const allTexts: readonly PracticeText[] = [
  ...cedulaTexts, ...civilRecordTexts, ...passportTexts, ...drivingTexts, ...certificateTexts, ...appointmentTexts, ...paymentTexts,
  ...onlineServiceTexts, ...otherInstitutionTexts, ...urgentTexts, ...informationRequestTexts, ...praiseTexts, ...treatmentTexts,
  ...sarcasmTexts, ...spamTexts, ...abuseTexts, ...migrantTexts, ...shortTexts, ...unusualSpanishTexts, ...otherLanguageTexts, ...englishTexts,
];

export const allConversations: readonly PracticeConversation[] = conversations;
