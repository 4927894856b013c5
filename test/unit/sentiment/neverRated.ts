import { type ScoredLanguage } from '../../../src/core/sentiment';

/** Folded words for who somebody is, what somebody believes, and whom somebody votes for, and slurs made of them: none of them may have a tone, whatever people write about them. */
export const neverRated: Readonly<Record<ScoredLanguage, string>> = {
  es: `anciano anciana ancianos ancianas ciega ciego ciegas ciegos comunista comunistas comunismo derechairo derechairos derecha derechas derechista derechistas izquierda izquierdas izquierdista
    izquierdistas fascista fascistas fascistada facha fachas facho fachos franquista franquistas nazi nazis haitiano haitiana haitianos mexicano mexicana marica maricas mora moro moras moros
    negra negro negras negros india indio indias indios indigena gitano gitana gitanos gitanas judio judia judios musulman musulmana musulmanes arabe arabes chino china chinos sorda sordo sordos
    mudo muda mudos autista autistas discapacitado discapacitada discapacitados vieja viejo viejas viejos joven jovenes podemos podemita podemitas psoe pp vox peppero sociata sociatas progre
    progres perroflauta perroflautas populista populistas separatista separatistas independentista independentistas golpista golpistas chavista chavistas castrista castristas peronista
    peronistas kirchnerista kirchneristas macrista uribista uribistas correista madurista fujimorista morenista priista panista chairo chairos fifi fifis rajoy trump maduro feminista feministas
    feminazi feminazis gay gays lesbiana lesbianas homosexual homosexuales trans transexual travesti mujer mujeres hombre hombres inmigrante inmigrantes migrante migrantes refugiado refugiados
    extranjero extranjeros catolico cristiano cristiana ateo evangelico protestante venezolano venezolana colombiano colombiana catalan catalana vasco espanol espanola latino latina gringo
    gringos guiri guiris yanqui yanquis gabacho gabachos gorda gordo gordos gordas barcelonismo bolivianada chilenas chilenaza chilenazo chola cholo cholas cholos clasemediero clasemedieros cojo
    coja cojos manco manca mancos cura curas obispo obispos embarazada embarazadas embarazadisima embarazadita indigente indigentes jubilada jubilado jubilados mongol mongola mongolada mongolazo
    mongolica mongolicas mongolico mongolicos mongolito mongolo mongolos morenaza morenazas morenazo morenazos paragua paraguas pobre pobres pobreton pobretona prostituta prostitutas soltera
    soltero solteria subnormal subnormalazo subnormales veneca venecas veneco venecos viuda viudo retrasadisimo retrasaditos chav calvo calva enano enana obeso obesa`,
  en: `blind deaf disabled handicap handicapped handicaps autistic feminism feminist feminists leftist leftists lefty lefties rightist rightists rightwinger rightwingers leftwinger conservative
    conservatives liberal liberals libtard libtards socialist socialists communist communists commie commies fascist fascists fascism nazi nazis trump trumper trumpers trumpian trumpist
    trumpists trumpy trumpery trumptard trumptards trumpanzee trumpanzees obama hillary clinton brexit brexiteer brexiteers remoaner remoaners tory tories labour republican republicans democrat
    democrats womanly woman women man men gay gays lesbian lesbians homosexual queer trans transgender black blacks white whites asian latino jew jews jewish muslim muslims islam arab arabs
    gypsy gypsies immigrant immigrants migrant migrants refugee refugees foreigner foreigners christian christians catholic atheist atheists old elderly young fat obese poor bald chav chavs
    cripple crippled cripples dyke dykes fag fags faggot faggots homo homos tranny trannies redneck redneckery rednecks retard retards retarded retardedly retardation schizo schizos schizoid
    spastic spastics widow widows widower widowed prostitute prostitutes prostituted hooker hookers lame hillbilly hillbillies nigger niggers negro negroes spic wetback chink paki pikey gypped
    pregnant`,
  pt: `cego cega cegos surdo surda deficiente deficientes autista autistas esquerdalha esquerdalho esquerdista esquerdistas esquerda direita direitista comunista comunistas comuna fascista
    fascistas nazista nazistas petista petistas petralha petralhas coxinha coxinhas mortadela mortadelas bolsominion bolsominions bolsonarista bolsonaristas lulista lula bolsonaro dilma temer
    evangelico evangelica evangelicos catolico catolica crente ateu judeu judia judeus muculmano muculmana cigano cigana negro negra negros preto preta pretos indio india indios mulherzinha
    mulher mulheres homem homens bicha bichas gay gays lesbica homossexual travesti trans feminista feministas idoso idosa velho velha velhos velhas gordo gorda gordos nordestino nordestina
    baiano paraiba imigrante refugiado estrangeiro aleijada aleijado aleijados aposentado aposentada bichona bichonas careca carecas esquizofrenica esquizofrenico favelado favelada favelados
    macumbeira macumbeiro manco mongol mongolao mongolice mongoloide mongoloides mongolona pobre pobres pobretao pobretanas prostituta prostitutas retardada retardadao retardadas retardadice
    retardadinha retardadinho retardado retardadona retardados solteira solteiro solteirona solteirao gravida gravidas indigente indigentes sapatao viado viados traveco caipira caipiras rico
    ricos invalida invalido invalidos`,
  fr: `aveugle aveugles sourd sourde sourds handicap handicape handicapee handicapes handicapees autiste autistes macronard macronards macronie macroniste macronistes macron sarkozy sarkozyste
    hollande lepen lepeniste frontiste frontistes gauchiste gauchistes gaucho facho fachos fasciste fascistes nazi nazis communiste communistes coco cocos socialiste socialistes gauche droite
    droitard droitards bobo bobos ecolo ecolos khmer feministe feministes femme femmes homme hommes gay gays lesbienne lesbiennes homosexuel homosexuelle trans noir noire noirs noires negresse
    blanc blanche arabe arabes maghrebin juif juive juifs musulman musulmane musulmans islam islamiste islamistes rom roms gitan gitans immigre immigres migrant migrants refugie refugies
    etranger etrangers catholique catho cathos chretien athee vieux vieille vieilles gros grosse jeune jeunes bipolaire boiteux bourgeois bourgeoise bourgeoisie celib chomeur chomeurs gouine
    gouines mongol mongole mongolade mongolien mongolienne mongoliens mongolito mongols paralytique pede pedes prostituee prostituees tapette tapettes triso trisos schizo schizos veuf veuve
    riche riches pauvre pauvres royaliste royalistes bougnoul bougnoule bougnoules handicapant handicapante handicapantes handicapants`,
};
