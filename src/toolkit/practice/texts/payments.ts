import { practiceTexts } from '../practiceText';

/** Payments, refunds and taxes. */
export const paymentTexts = practiceTexts('es', 'pago', [
  ['pag-01', 'negative', 'complaint', 'high', 'payment-problem', 'Me debitaron 4,700 pesos tres veces. Tres. Eso es la compra de mis hijos. Necesito ese dinero de vuelta esta semana.'],
  ['pag-02', 'neutral', 'question', 'normal', 'payment-problem', '¿Cuánto tarda un reembolso por pago duplicado? Lo pedí el martes, referencia 83311.'],
  ['pag-03', 'neutral', 'question', 'normal', 'requirements', 'Para el arbitrio de la placa de publicidad, ¿la tasa es la misma para un colmado que para una plaza?'],
  ['pag-04', 'negative', 'complaint', 'normal', 'payment-problem', 'su pagina me rechaza la tarjeta y en el banco dicen q esta bien. al final pague en efectivo y me cobraron "cargo por servicio". que servicio??'],
  ['pag-05', 'positive', 'praise', 'low', 'thanks', 'Me devolvieron el pago duplicado en tres días, sin ir a ninguna parte. Yo daba ese dinero por muerto.'],
  ['pag-06', 'neutral', 'question', 'low', 'payment-problem', '¿Reciben pagos por transferencia desde Estados Unidos? Es la casa de mi abuela y yo le pago todo.'],
  ['pag-07', 'negative', 'complaint', 'normal', 'complaint-registered', 'La cajera de la ventanilla 6 no da recibo si uno no lo pide. ¿A dónde va ese dinero? Auditen eso.'],
  ['pag-08', 'neutral', 'question', 'normal', 'requirements', 'Buen día. ¿Existe exoneración de la tasa para personas con discapacidad? Tengo el carnet vigente.'],
  ['pag-09', 'negative', 'complaint', 'normal', 'outage', 'Último día para pagar sin mora y se les cae la plataforma a las 10 de la mañana. Qué casualidad, siempre el último día.'],
  ['pag-10', 'neutral', 'question', 'normal', 'wrong-institution', 'El IPI de mi apartamento, ¿se paga con ustedes o en Impuestos Internos? Me han dicho las dos cosas.'],
  ['pag-11', 'neutral', 'request', 'normal', 'payment-problem', 'Le escribo porque necesito factura con comprobante fiscal del servicio pagado el 9 de octubre. El recibo que me dieron no sirve para mi contabilidad.'],
  ['pag-12', 'negative', 'complaint', 'normal', 'payment-problem', 'Subieron la tasa de 350 a 600 sin avisar. Fui con el dinero contado. Tuve que caminar de vuelta a casa.'],
  ['pag-13', 'neutral', 'question', 'low', 'payment-problem', 'Se puede pagar en cuotas la multa? son 7 mil y yo gano el mínimo'],
  ['pag-14', 'neutral', 'question', 'normal', 'case-status', 'El recibo dice PAGADO pero el sistema dice PENDIENTE. Ya mandé foto al correo que me indicaron. ¿Alguien lo vio?'],
  ['pag-15', 'negative', 'complaint', 'high', 'payment-problem', 'Pagué ayer y hoy me llegó una intimación de cobro con un abogado. ¿Ustedes hablan entre ustedes? Mi esposa se puso mala de la presión.'],
  ['pag-16', 'positive', 'praise', 'low', 'thanks', 'Muchacho, pagar por el cajero del supermercado fue lo mejor que han puesto. Ni fila hice.'],
  ['pag-17', 'neutral', 'question', 'normal', 'private-details', 'Les mando mi número de tarjeta para que verifiquen el pago: 4000 0000 0000 0002, vence 08/28. ¿Ven algo?'],
  ['pag-18', 'neutral', 'question', 'low', 'payment-problem', '¿El pago en línea tiene un mínimo? Quiero abonar 100 pesos y no me deja.'],
]);
