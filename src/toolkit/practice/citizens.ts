/** Who could have written a text; each text is given to somebody it fits. */
export const citizenGroups = ['spanish', 'english', 'haitian', 'venezuelan', 'arabic', 'hebrew', 'seller', 'rude'] as const;
export type CitizenGroup = (typeof citizenGroups)[number];

/** An invented person. A domain means that they write from another server. */
export interface Citizen {
  readonly name: string;
  readonly username: string;
  readonly domain: string | undefined;
  readonly group: CitizenGroup;
}

/** Nobody here exists: `[group]`, then `username[@domain] Display name`, one a line. */
const rows = `
[spanish]
yokasta_p Yokasta Peralta
luisito.rd@ejemplo.do Luis P.
marmolejos77 Ramón Marmolejos
ana@ejemplo.do Ana Ramírez
pedroj_sde Pedro J. (SDE)
solmariam@social.example Sol M.
carmendelia@ejemplo.do Carmen Delia
j_abreu_g J. Abreu
elena_tejada Elena Tejada
rmejia54@ejemplo.do R. Mejía
wilkin_el_duro Wilkin 🇩🇴
francia_cabreja@ejemplo.do Francia Cabreja
chichi_motors Chichí Motors
doña_altagracia@ejemplo.do Altagracia viuda de Polanco
kelvin.hdz@ejemplo.do Kelvin Hernández
milagros_enf Milagros, enfermera
el_tigre_de_herrera El Tigre de Herrera
nathaly.q@social.example Nathaly Q.
ing_tavarez@ejemplo.do Ing. Tavárez
lic_rosario_adv Lic. Rosario
contable_pimentel@ejemplo.do Pimentel & Asoc.
profe_minier La profe Minier
juancito_elpibe Juancito
bona0_en_linea@ejemplo.do Bonao en Línea
vecinos_los_rios Vecinos de Los Ríos
juntaensanche@ejemplo.do Junta del Ensanche
tia_mechy Tía Mechy
dominicana_en_madrid@social.example Rosa en Madrid
fefita_colmado Colmado Fefita
delivery_santi Santi Delivery
motoconcho_15 Motoconcho #15
taxi_bienve@ejemplo.do Bienvenido (taxi)
mamade3_rd Mamá de 3
papasoltero.rd@ejemplo.do Papá soltero
embarazada_2026 Leidy 🤰
yaniris_uasd Yaniris UASD
brayan_mc Brayan MC
la_gringa_de_naco La Gringa de Naco
soniaenbani@ejemplo.do Sonia (Baní)
azua_presente Azua Presente
higuey_reporta@ejemplo.do Higüey Reporta
samana_bella Samaná Bella
moca_siempre@ejemplo.do Moca Siempre
bernardino_lv Bernardino, La Vega
puertoplata_ok@ejemplo.do Puerto Plata OK
cotui_ana Ana Iris
barahona_sur@ejemplo.do Desde Barahona
jimani_frontera Jimaní Frontera
dajabon_mercado Dajabón Mercado
mao_valverde@ejemplo.do Valverde Mao
nagua_playa Nagua Playa
elias_pina_hoy Elías Piña Hoy
monteplata_agro@ejemplo.do Monte Plata Agro
hatomayor_rd Hato Mayor RD
romana_cesar César (Romana)
sfm_duarte@ejemplo.do SFM Duarte
santiago_y_qlq Santiago y qué
gazcue_caminante@ejemplo.do Caminante de Gazcue
villa_mella_4ever Villa Mella 4ever
losmina_norte Los Mina Norte
sabanaperdida_rd Sabana Perdida
haina_trabaja@ejemplo.do Haina trabaja
cristo_rey_mi_barrio Cristo Rey mi barrio
capotillo_vive Capotillo vive
la_cienaga_ong@ejemplo.do Fundación La Ciénaga (ficticia)
datos_abiertos_q@ejemplo.do Quisqueya Datos
periodista_novel@ejemplo.do A. Novel, reportera
observa_gasto Observa Gasto
tesis_transparencia@social.example Tesista
estudiante_derecho9 Estudiante de Derecho
abogada_l_paulino@ejemplo.do L. Paulino, abogada
notaria_calderon Notaría Calderón
rrhh_textil@ejemplo.do RRHH Textil
agencia_viajes_mar Agencia Mar
importadora_kz@ejemplo.do Importadora KZ
gomeria_el_primo Gomera El Primo
salon_yudelka Salón Yudelka
maestro_constructor Maestro Cuco
plomero_247 Plomero 24/7
don_negro_75@ejemplo.do Don Negro
abuela_tata Abuela Tata
pensionado_ivss@ejemplo.do Pensionado
ciego_pero_veo@ejemplo.do Ciego pero veo
silla_de_ruedas_rd Accesible RD
sorda_orgullosa Sorda y orgullosa
autismo_mama@ejemplo.do Mamá azul
yeimi_16 Yeimi
dj_chombo_rd DJ Chombo
poeta_del_ozama@ejemplo.do Poeta del Ozama
sarcasmo_criollo Sarcasmo Criollo
quality_tester@social.example Robert'); DROP--
margarita_y_ya Margarita Infante
teofilo_ramos@ejemplo.do Teófilo Ramos
dilenia_s Dilenia Santana
[english]
geraldo_nyc@social.example Geraldo (NYC)
boricua_quisqueya@social.example Iván C.
lawrence_mass_rd@social.example Dominicano en Lawrence
traveler_beth@social.example Beth Larkin
mikeobrien_pop@social.example Mike O'Brien
sosua_ingrid@social.example Ingrid in Sosúa
retired_in_cabarete Hal & Joan
expat_notes_sd@social.example Expat Notes
priya_remote@social.example Priya N.
toms_surfshop Tom's Surf Shop
dr_okafor@social.example Dr. Okafor
claudette_v@social.example Claudette V.
student_kwame@social.example Kwame A.
sam_in_sosua@social.example Sam Whitfield
[haitian]
jeanbaptiste_l@ayisyen.example Jean-Baptiste L.
marie_ange_p@ayisyen.example Marie Ange P.
wideline_c Wideline Charles
stanley_pm@ayisyen.example Stanley Pierre-Mary
[venezuelan]
yusmary_vzla@social.example Yusmary 🇻🇪
jose_grego_mcbo José Gregorio
caraquena_en_sd@social.example Caraqueña en SD
dubraska.l Dubraska L.
[arabic]
amira_h@social.example أميرة
[hebrew]
noam_b@social.example נועם
[seller]
fritura_nelly Fritura Nelly
gana_dinero_ya@social.example GANA DINERO YA
cripto_maestro_vip@social.example Cripto Maestro VIP
visa_express_ok@social.example Visa Express
prestamos_sin_buro@social.example Préstamos 24h
seguidores_top@social.example Seguidores Top
solares_terrenas@social.example Solares Las Terrenas
[rude]
frankelly_gamer@social.example Frankelly
el_quejon_oficial El Quejón Oficial
nomecreo_na@ejemplo.do No me creo na
troll_4471@social.example xX_4471_Xx
yo_opino_rd@social.example Yo Opino RD
`;

function read(): Citizen[] {
  let group: CitizenGroup = 'spanish';
  const people: Citizen[] = [];
  for (const row of rows.trim().split('\n')) {
    const heading = citizenGroups.find((name) => row === `[${name}]`);
    group = heading ?? group;
    const [handle = ''] = row.split(' ', 1);
    const [username = '', domain] = handle.split('@');
    if (heading === undefined) people.push({ name: row.slice(handle.length + 1), username: username.replaceAll('ñ', 'n').replaceAll('.', '_'), domain, group });
  }
  return people;
}

export const citizens: readonly Citizen[] = read();
