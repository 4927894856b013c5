import { type PracticeConversation, type PracticeText } from '../practiceText';
import { cedulaTexts } from './cedula';
import { conversations } from './conversations';

/** Every single text, in a fixed order: the order is part of what a seed means. */
export const allTexts: readonly PracticeText[] = [...cedulaTexts];

export const allConversations: readonly PracticeConversation[] = conversations;
