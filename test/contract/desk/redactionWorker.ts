// Approves the one redaction of a desk as its reviewer.
import { killedDeed } from './killedDeed';

void killedDeed(__filename, 'Revisora de práctica', async ({ redactions }) => {
  const [waiting] = await redactions.list();
  await redactions.approve(waiting?.id ?? '');
});
