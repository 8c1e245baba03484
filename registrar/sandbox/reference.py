"""Code tables that registrars publish: countries (ISO 3166-1) and Spanish organization types."""

from __future__ import annotations

COUNTRIES: dict[str, str] = dict(
    row.split(" ", 1)
    for row in """
AD Andorra;AE United Arab Emirates;AF Afghanistan;AG Antigua and Barbuda;AI Anguilla;AL Albania;AM Armenia
AO Angola;AQ Antarctica;AR Argentina;AS American Samoa;AT Austria;AU Australia;AW Aruba;AX Aland Islands
AZ Azerbaijan;BA Bosnia and Herzegovina;BB Barbados;BD Bangladesh;BE Belgium;BF Burkina Faso;BG Bulgaria
BH Bahrain;BI Burundi;BJ Benin;BL Saint Barthelemy;BM Bermuda;BN Brunei Darussalam;BO Bolivia
BQ Bonaire, Sint Eustatius and Saba;BR Brazil;BS Bahamas;BT Bhutan;BV Bouvet Island;BW Botswana;BY Belarus
BZ Belize;CA Canada;CC Cocos (Keeling) Islands;CD Congo, Democratic Republic;CF Central African Republic
CG Congo;CH Switzerland;CI Cote d'Ivoire;CK Cook Islands;CL Chile;CM Cameroon;CN China;CO Colombia
CR Costa Rica;CU Cuba;CV Cape Verde;CW Curacao;CX Christmas Island;CY Cyprus;CZ Czech Republic;DE Germany
DJ Djibouti;DK Denmark;DM Dominica;DO Dominican Republic;DZ Algeria;EC Ecuador;EE Estonia;EG Egypt
EH Western Sahara;ER Eritrea;ES Spain;ET Ethiopia;FI Finland;FJ Fiji;FK Falkland Islands;FM Micronesia
FO Faroe Islands;FR France;GA Gabon;GB United Kingdom;GD Grenada;GE Georgia;GF French Guiana;GG Guernsey
GH Ghana;GI Gibraltar;GL Greenland;GM Gambia;GN Guinea;GP Guadeloupe;GQ Equatorial Guinea;GR Greece
GS South Georgia and South Sandwich Islands;GT Guatemala;GU Guam;GW Guinea-Bissau;GY Guyana;HK Hong Kong
HM Heard and McDonald Islands;HN Honduras;HR Croatia;HT Haiti;HU Hungary;ID Indonesia;IE Ireland;IL Israel
IM Isle of Man;IN India;IO British Indian Ocean Territory;IQ Iraq;IR Iran;IS Iceland;IT Italy;JE Jersey
JM Jamaica;JO Jordan;JP Japan;KE Kenya;KG Kyrgyzstan;KH Cambodia;KI Kiribati;KM Comoros
KN Saint Kitts and Nevis;KP North Korea;KR South Korea;KW Kuwait;KY Cayman Islands;KZ Kazakhstan;LA Laos
LB Lebanon;LC Saint Lucia;LI Liechtenstein;LK Sri Lanka;LR Liberia;LS Lesotho;LT Lithuania;LU Luxembourg
LV Latvia;LY Libya;MA Morocco;MC Monaco;MD Moldova;ME Montenegro;MF Saint Martin (French part);MG Madagascar
MH Marshall Islands;MK North Macedonia;ML Mali;MM Myanmar;MN Mongolia;MO Macao;MP Northern Mariana Islands
MQ Martinique;MR Mauritania;MS Montserrat;MT Malta;MU Mauritius;MV Maldives;MW Malawi;MX Mexico;MY Malaysia
MZ Mozambique;NA Namibia;NC New Caledonia;NE Niger;NF Norfolk Island;NG Nigeria;NI Nicaragua;NL Netherlands
NO Norway;NP Nepal;NR Nauru;NU Niue;NZ New Zealand;OM Oman;PA Panama;PE Peru;PF French Polynesia
PG Papua New Guinea;PH Philippines;PK Pakistan;PL Poland;PM Saint Pierre and Miquelon;PN Pitcairn
PR Puerto Rico;PS Palestine;PT Portugal;PW Palau;PY Paraguay;QA Qatar;RE Reunion;RO Romania;RS Serbia
RU Russia;RW Rwanda;SA Saudi Arabia;SB Solomon Islands;SC Seychelles;SD Sudan;SE Sweden;SG Singapore
SH Saint Helena;SI Slovenia;SJ Svalbard and Jan Mayen;SK Slovakia;SL Sierra Leone;SM San Marino;SN Senegal
SO Somalia;SR Suriname;SS South Sudan;ST Sao Tome and Principe;SV El Salvador;SX Sint Maarten (Dutch part)
SY Syria;SZ Eswatini;TC Turks and Caicos Islands;TD Chad;TF French Southern Territories;TG Togo;TH Thailand
TJ Tajikistan;TK Tokelau;TL Timor-Leste;TM Turkmenistan;TN Tunisia;TO Tonga;TR Turkey;TT Trinidad and Tobago
TV Tuvalu;TW Taiwan;TZ Tanzania;UA Ukraine;UG Uganda;UM United States Minor Outlying Islands
US United States;UY Uruguay;UZ Uzbekistan;VA Vatican City;VC Saint Vincent and the Grenadines;VE Venezuela
VG Virgin Islands, British;VI Virgin Islands, U.S.;VN Vietnam;VU Vanuatu;WF Wallis and Futuna;WS Samoa
YE Yemen;YT Mayotte;ZA South Africa;ZM Zambia;ZW Zimbabwe
""".strip()
    .replace("\n", ";")
    .split(";")
)

SPANISH_ORGANIZATIONS: dict[str, str] = {
    "1": "Persona Física",
    "39": "Agrupación de Interés Económico",
    "47": "Asociación",
    "59": "Asociación Deportiva",
    "68": "Asociación Profesional",
    "124": "Caja de Ahorros",
    "150": "Comunidad de Bienes",
    "152": "Comunidad de Propietarios",
    "164": "Congregación o Institución Religiosa",
    "181": "Colegio Profesional",
    "197": "Confederación",
    "203": "Cooperativa",
    "229": "Corporación de Derecho Público",
    "269": "Entidad Gestora de Derechos de Autor",
    "286": "Entidad Local Menor",
    "365": "Sociedad Agraria de Transformación",
    "434": "Federación",
    "436": "Organismo Público",
    "439": "Fundación",
    "476": "Mutua de Seguros",
    "510": "Partido Político",
    "524": "Sociedad Anónima",
    "525": "Sociedad Anónima Deportiva",
    "554": "Sociedad Civil",
    "560": "Sociedad Colectiva",
    "562": "Sociedad Comanditaria",
    "566": "Sociedad Cooperativa",
    "608": "Sindicato",
    "612": "Sociedad Limitada",
    "713": "Entidad Extranjera",
    "717": "Unión Temporal de Empresas",
    "745": "Administración General del Estado",
    "746": "Comunidad Autónoma",
    "747": "Ayuntamiento",
    "877": "Otros",
    "878": "Denominación de Origen Protegida",
}
