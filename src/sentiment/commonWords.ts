/**
 * The words that a language cannot do without, and some that people begin or end a message with; folded as `tokenize` folds. A word that stands
 * in several lists counts less for each. Languages that nobody scores are here so that they are not taken for a neighbour.
 */
const lists = {
  es: `de la que el en y a los se del las un por con no una su para es al lo como mas o pero sus le ya este si porque esta entre cuando muy sin sobre tambien me hasta hay donde quien
    desde todo nos durante todos uno les ni contra otros ese eso ante ellos e esto mi antes algunos unos yo otro otras otra tanto esa estos mucho quienes nada muchos cual sea poco ella estar
    estas algunas algo nosotros tu te ti ustedes usted ud uds estoy estan estamos fue fueron era son ser soy eres hola gracias buenos buenas dias tardes noches favor quiero quisiera necesito puedo
    pueden puede hacer hace hizo tengo tienen tiene llevo llevamos ayuda ayer hoy manana ahora aqui alla asi aun solo cada vez veces siempre nunca nadie mismo misma dia ano meses semana hora horas
    bien mal gente pais agua luz oficina cita cedula tramite informacion servicio pagar pague saludos muchas excelente atencion persona personas buen dios senor senora pesimo cuanto cuantos cuando
    dice dicen dijeron van voy va ir sigue siguen sigo desde tarde fila vergonzoso felicidades bendiciones jamas todavia despues dos tres cinco seis ocho diez fin tremenda tremendo vaya que quiere saber han ha he habia haber sido esperando llamando acabo amo amigo amigos amiga vida noche tal vos tio cierto feliz mejor peor primera primer nueva nuevo nuevos mi mis tus gusta gustaria ver vi visto dar
    doy debe deben creo mas menos igual parte casa calle escuela hospital madre padre hijo hija hijos mama nino ninos trabajo gobierno estado policia dinero pesos cobro cobraron pago dejar deje alguien alguna ningun
    ninguna q xq pq tb ojala verdad ahi luego mientras segun hacia cual cuales cuya cuyo bajo tras mediante puedan pudiera podria podrian deberia llegar llego llega paso pasa pasar sale salir salio lugar`,
  en: `the be to of and a in that have i it for not on with he as you do at this but his by from they we say her she or an will my one all would there their what so up out if about who get which go me
    when make can like time no just him know take people into year your good some could them see other than then now look only come its over think also back after use two how our work first well way even
    new want because any these give day most us is are was were been has had did does im ive dont doesnt didnt cant wont isnt arent wasnt youre theyre thats hello hi thanks thank please help need where why
    too very still again never always nobody anyone someone office waiting service appointment phone call answer months weeks hours today tomorrow yesterday great love really should more much many before
    here every off sure yes may might must water power street road government since until without through while under same such each both being having am got going gone lol hey great worst best bad tonight week month year day night man woman home house work working world life game play watch won win lost left right between against near next last big little old
    long still anything everything something nothing someone says said saying tell told ask asked thing things ever already while since though going gonna wanna yall let lets put keep kept take took taken via vs
    per th st nd rd mr mrs pm am school hospital children kids family police money paid pay bill state city council road fix fixed broken`,
  pt: `de a o que e do da em um para com nao uma os no se na por mais as dos como mas ao ele das seu sua ou quando muito nos ja eu tambem so pelo pela ate isso ela entre depois sem mesmo aos seus quem nas me
    esse eles voce voces essa num nem suas meu minha numa pelos elas qual lhe deles essas esses pelas este dele tu te vos lhes meus minhas teu tua nosso nossa dela esta estes isto aquilo estou estao
    estamos foi foram era sao ser sou obrigado obrigada bom boa dia tarde noite ola oi favor quero preciso posso pode podem fazer faz fez tenho tem temos ajuda ontem hoje amanha agora aqui ainda cada vez
    vezes sempre nunca ninguem dias ano anos mes meses semana hora horas bem mal gente pais agua luz atendimento servico fila vergonha parabens tudo nada muita muitos vai vou ir porque pq vc mto tbm
    onde quanto quantos esperando funciona consigo conseguir alguem outra outro pessoas pra pro ta to gosto melhor pior ficar fica fiquei saber q n eh ne la ai cara amo adoro acho assistir vendo vivo hein mano agr hj oq tdo toda todo todos todas linda lindo
    casa vida mulher homem filho filha mae pai escola hospital governo prefeitura cidade rua dinheiro pagar conta remedio medico posto linha agencia senha levar dar ver vem comigo com parece chegando comer`,
  fr: `de la le et les des en un une du que est pour qui dans a par plus pas au sur ne se ce il sont avec ou son aux d l n j c s qu m t on mais nous comme vous ont leur sa ses cette ces tout elle fait etre
    deux meme aussi leurs bien ans peut encore sans entre tous ils sous apres avant donc quand tres je tu me te moi toi lui mon ma mes ton ta tes notre votre nos vos si rien jamais toujours personne
    bonjour bonsoir merci svp stp monsieur madame faut depuis jours jour mois semaine heure heures attendre attends attend dossier rendez aide besoin comment pourquoi combien ou quoi suis es sommes etes
    etait etaient ai as avons avez avait service demande reponse fois ici la beaucoup trop peu chez vers ca cela oui non bon bonne mauvais mal voir faire dire veux peux peuvent doit etait autre autres
    moins alors ainsi parce contre pendant lors aujourd hui demain hier voila c'est nouveau nouvelle via pays ville maire mairie france francais francaise energie projet selon annonce veut sous mer eau terre monde vie enfant
    enfants ecole hopital argent payer facture ligne site bureau rue police gouvernement etat loi ministre grand grande petit petite premier premiere fin grace hors autour leurs tant celui celle ceux quel quelle`,
  ht: `mwen ou li nou yo sa ki pa nan pou ak te se gen ap kap fe fè konsa men anpil tout moun mesi bonjou bonswa kijan kisa kote lè poukisa tanpri svp paske ankò toujou jodi jodia denmen yè dlo kouran lapolis
    peyi leta biwo kat papye idantite ede bezwen vle konnen kapab depi mwa semèn jou dwe kounye kounyea genyen ale vini pale rele telefòn reponn travay lajan lekol lopital malad pitit fanmi gwo piti bon
    bagay pral pap tap ta lan la a an e nap pouw poum ban banm m w l n y epi oswa oubyen si rann jwenn mache sevis`,
  de: `der die das und ist in zu den von mit sich des auf fur nicht ein eine einen dem als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem uber so zum war haben nur oder aber
    vor zur bis mehr durch man sein wurde sei wir ich mir mich du dir ihr ihre unser euch kein keine wenn dann hier schon sehr danke bitte hallo guten tag wo wann warum wer was kann konnen muss seit immer
    wieder heute morgen gestern jetzt habe hatte bin bist weil doch mal alle alles viel gut termin amt warte`,
  it: `di che e la il un a per in una mi sono ho non ma lo ha le si ti i con cosa se io come da ci no questo qui hai sei del bene tu si me mio te era gli cosi della perche solo anche quando molto piu fare
    questa alla nel dei sua suo al stato dove ancora delle grazie ciao buongiorno prego ore giorni mesi sempre mai niente chi essere abbiamo siamo vostro nostro nella sul dal degli oggi domani ieri ogni
    senza ufficio aspettando aspetto nessuno risponde tutto tutti`,
  nl: `de het een en van ik te dat die in is niet zijn op aan met als voor er maar om hem dan zou of wat mijn men dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft hebben deze u
    want nog zal me zij nu ge geen omdat iets worden toch al waren veel meer doen toen moet ben zonder kan hun dus alles onder ja eens hier wie werd altijd bedankt dank hallo goedemorgen graag uur dagen`,
  ca: `de la i que el en a un per amb no una els es al les del com mes o pero si aixo ja ho seva seu quan molt sense tambe fins hi on qui tot tots aquest aquesta aquests nosaltres vosaltres jo tu ell ella soc ets
    som gracies bon dia bona tarda adeu sisplau vull puc pot fer fa tinc te tenen ajuda ahir avui dema ara aqui encara cada vegada sempre mai ningu dies any mesos setmana hores be malament estic esta estem
    va van vaig amb els dels seus perque nomes altra altre meu meva`,
  id: `yang dan di dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada mereka lebih kata tahun sudah atau saat oleh menjadi orang ia telah adalah seperti sebagai bahwa dapat para
    harus namun kita dua satu masih hari hanya mengatakan kepada kami setelah melakukan lalu belum lain dia kalau terima kasih selamat pagi tolong apa bagaimana kapan`,
  tl: `ang ng sa mga na ay at ko ka siya kami tayo kayo sila ito iyon hindi po opo salamat magandang umaga paano kung para lang din rin pa ba naman wala may mayroon ako ikaw niya namin natin nila kanila dito
    doon bakit saan kailan sino ano`,
  tr: `bir ve bu da de icin cok ile ne gibi daha var ben sen biz siz onlar degil mi mu ama en kadar sonra her o ki olarak olan ya tesekkurler merhaba lutfen nasil neden nerede zaman yok gun saat ay bana sana`,
  pl: `i w na z nie do to ze sie jest o jak po co tak za od przez ale czy by dla ma tylko juz jego jej ich ten ta te tego tym byl byla sa mam masz dzien dobry dziekuje prosze gdzie kiedy dlaczego mnie ciebie
    bardzo jeszcze moze wszystko nic`,
  sv: `och att det i en jag hon som han pa den med var sig for sa till ar men ett om hade de av icke mig du henne da sin nu har inte hans honom skulle hennes dar min man ej vid kunde nagot fran ut nar efter upp
    vi dem vara vad over an dig kan sina har ha mot alla under nagon eller allt mycket sedan ju denna sjalv detta at utan varit hur ingen mitt ni bli blev oss din tack hej`,
  ro: `de la si in cu nu un o ca pe sa ce din este mai a al pentru sunt fost lui care dar am ai are au fi asta acum cum unde cand cine bine multumesc buna ziua va rog noi voi ei ele eu tu el ea doar foarte tot
    toate dupa prin spre fara despre`,
  gl: `o a os as de do da dos das que e en un unha non para por con se como mais pero xa moi grazas bo boa hoxe onte manan agora aqui ainda sempre nunca ninguen eu ti nos vos eles elas o meu teu seu nosa
    estou esta estan foi son ser ten temos hai pola polo polas polos servizo cando onde quen`,
  gn: `ha che nde ore nande pende hae upe ndaipori oi ko pe gui rehe rehegua haguai hagua mbae mbaeichapa mbaepa avave pyntyvo aguyje aikoteve heta mante avei kuera guarani iporaite ipora ndaikuaai`,
  eu: `eta da ez bat du dut dago dira izan eskerrik asko egun kaixo mesedez hau hori zer non noiz zergatik baina ere gaur atzo bihar oso ondo zaude naiz gara zara inork erantzuten`,
  pap: `mi bo e ta nan di na pa ku un no tin por masha danki bon dia tardi nochi kon unda kiko pakiko awor ayera awe mañan hopi tur nos boso`,
  hu: `a az es hogy nem is egy van meg de ha mar csak mint ez azt nagyon koszonom kerem jo napot mikor hol miert senki mindig hónap varok`,
  da: `og i jeg det at en den til er som pa de med han af for ikke der var mig sig men et har om vi min havde ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne
    tak hej hvornar hvorfor ingen`,
  fi: `ja on ei se etta han oli mutta ovat kun olen niin mika kuin minun sina mina kiitos hei paljon missa milloin miksi kukaan aina nyt tama hyvaa`,
} as const;

export type ListedLanguage = keyof typeof lists;

export const listedLanguages: ReadonlySet<string> = new Set(Object.keys(lists));

/** For each word the languages that list it. */
export function commonWords(): ReadonlyMap<string, readonly ListedLanguage[]> {
  const found = new Map<string, ListedLanguage[]>();
  for (const [language, words] of Object.entries(lists) as [ListedLanguage, string][]) {
    for (const word of new Set(words.normalize('NFD').replace(/\p{M}/gu, '').split(/\s+/))) {
      const languages = found.get(word);
      if (languages === undefined) found.set(word, [language]);
      else languages.push(language);
    }
  }
  return found;
}

/** Endings of longer words that point to a language. */
export const endings: readonly (readonly [ending: string, language: ListedLanguage, weight: number])[] = [
  ['cion', 'es', 0.8], ['ciones', 'es', 0.8], ['dad', 'es', 0.5], ['dades', 'es', 0.4], ['iendo', 'es', 0.8], ['aron', 'es', 0.5], ['ieron', 'es', 0.8], ['amos', 'es', 0.2], ['amos', 'pt', 0.2], ['mente', 'es', 0.2],
  ['mente', 'pt', 0.2], ['ando', 'es', 0.2], ['ando', 'pt', 0.2], ['oso', 'es', 0.2], ['isimo', 'es', 0.5], ['isima', 'es', 0.5], ['ito', 'es', 0.2], ['ita', 'es', 0.2], ['eria', 'es', 0.2], ['ada', 'es', 0.2], ['ado', 'es', 0.2],
  ['cao', 'pt', 1], ['coes', 'pt', 1], ['dade', 'pt', 0.6], ['endo', 'pt', 0.3], ['aram', 'pt', 0.5], ['eram', 'pt', 0.5], ['inho', 'pt', 0.8], ['inha', 'pt', 0.5], ['agem', 'pt', 0.6], ['eiro', 'pt', 0.6], ['eira', 'pt', 0.5],
  ['tion', 'en', 0.3], ['tion', 'fr', 0.3], ['ing', 'en', 0.7], ['ness', 'en', 0.6], ['ght', 'en', 0.8], ['ous', 'en', 0.4], ['ful', 'en', 0.5], ['ly', 'en', 0.3], ['ed', 'en', 0.3], ['ck', 'en', 0.3], ['ll', 'en', 0.3],
  ['eux', 'fr', 0.8], ['euse', 'fr', 0.8], ['aient', 'fr', 0.8], ['ement', 'fr', 0.6], ['eau', 'fr', 0.7], ['ez', 'fr', 0.3], ['ait', 'fr', 0.5], ['oir', 'fr', 0.5], ['ais', 'fr', 0.3], ['ique', 'fr', 0.5],
  ['ung', 'de', 0.7], ['keit', 'de', 0.8], ['lich', 'de', 0.6], ['isch', 'de', 0.6], ['zione', 'it', 1], ['zioni', 'it', 1], ['ggio', 'it', 0.8], ['syon', 'ht', 1], ['asyon', 'ht', 0.5], ['cio', 'ca', 0.4], ['tat', 'ca', 0.4], ['heid', 'nl', 0.8], ['ijk', 'nl', 0.7],
];

/** Characters that point to a language; looked for in the text as written. */
export const letters: Readonly<Record<string, readonly (readonly [language: ListedLanguage, weight: number])[]>> = {
  ñ: [['es', 1.5]], '¿': [['es', 2]], '¡': [['es', 2]], ã: [['pt', 1.5]], õ: [['pt', 1.5]], ç: [['pt', 0.5], ['fr', 0.5]], ê: [['fr', 0.5], ['pt', 0.4]], è: [['fr', 0.7], ['it', 0.2], ['ht', 0.3]], ù: [['fr', 0.5], ['it', 0.4]],
  œ: [['fr', 1.5]], î: [['fr', 0.7]], û: [['fr', 0.7]], ë: [['fr', 0.3]], ï: [['fr', 0.3], ['ca', 0.3]], ß: [['de', 2]], ä: [['de', 0.7], ['sv', 0.5]], ö: [['de', 0.5], ['sv', 0.5], ['tr', 0.4]], ò: [['ht', 0.8], ['it', 0.5], ['ca', 0.5]],
  å: [['sv', 1.5]], ł: [['pl', 1.5]], ę: [['pl', 1.5]], ż: [['pl', 1.5]], ğ: [['tr', 1.5]], ş: [['tr', 1]], ı: [['tr', 1.5]], ț: [['ro', 1.5]], ă: [['ro', 1.5]], á: [['es', 0.1]], í: [['es', 0.1]], ó: [['es', 0.2]],
};
