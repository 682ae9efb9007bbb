"""The words of staff lists in several languages: what heads a column, and what stands in a name's place.

This is the only table of its kind: nothing else in this package knows a word of any file. Words are casefolded and
without accents, as `text.folded` makes them. A phrase of several words goes before one of fewer.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from uts_policy.exchange.text import word_set
from uts_policy.model.roster import PersonState, PostState


class RosterUse(Enum):
    """What a column of a staff list is for; the values are what a map calls them."""

    PERSON = "person"
    GIVEN_NAME = "given name"
    SURNAME = "surname"
    NUMBER = "staff number"
    TITLE = "post"
    POST = "post number"
    UNIT = "unit"
    MANAGER = "reports to"
    BEGIN = "from"
    END = "to"
    LEFT = "left"
    SHARE = "share"
    STATUS = "status"
    PERSONAL = "personal"
    OTHER = "not read"


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in text.replace("\n", " ").split(",") if phrase.split())


HEADS: Final[Mapping[RosterUse, tuple[tuple[str, ...], ...]]] = {
    RosterUse.PERSONAL: _phrases(
        """email, e mail, mail, mailbox, phone, telephone, tel, mobile, cell phone, cell, fax, extension, ext, salary,
        pay, wage, wages, compensation, remuneration, bonus, address, home, street, postcode, zip, birth, birthday, dob,
        born, age, gender, sex, nationality, ssn, social security, national insurance, tax, iban, bank, passport, photo,
        courriel, telephone portable, portable, salaire, adresse, naissance, telefon, handy, gehalt, geburtsdatum,
        geburtstag, anschrift, correo, telefono, movil, salario, sueldo, nacimiento, direccion, stipendio, nascita,
        indirizzo, telefone, endereco, nascimento, geboortedatum, salaris, telefoon, adres, wynagrodzenie, plat,
        sahkoposti, puhelin, lon, телефон, почта, зарплата, адрес, рождения, 電話, メール, 电话, 邮箱, 이메일"""
    ),
    RosterUse.GIVEN_NAME: _phrases(
        """first name, firstname, given name, given names, forename, forenames, forename s, prenom, vorname, nombre,
        nome proprio, voornaam, imie, jmeno, fornamn, fornavn, etunimi, имя"""
    ),
    RosterUse.SURNAME: _phrases(
        """last name, lastname, surname, family name, nom de famille, nachname, familienname, apellido, apellidos,
        cognome, sobrenome, apelido, achternaam, nazwisko, prijmeni, efternamn, etternavn, efternavn, sukunimi,
        фамилия"""
    ),
    RosterUse.PERSON: _phrases(
        """name, full name, employee name, employee, staff name, staff member, person, holder, post holder, postholder,
        incumbent, job holder, nom, nom complet, nom et prenom, titulaire, agent, mitarbeiter, mitarbeiterin,
        stelleninhaber, nombre completo, nombre y apellidos, empleado, titular, nome, nominativo, dipendente,
        nome completo, funcionario, naam, medewerker, pracownik, imie i nazwisko, zamestnanec, namn, navn, nimi,
        фио, сотрудник, 氏名, 姓名, 이름"""
    ),
    RosterUse.NUMBER: _phrases(
        """employee id, employee no, employee number, emp id, emp no, staff id, staff no, staff number, personnel no,
        personnel number, person id, payroll number, payroll no, badge number, badge no, matricule, personalnummer,
        personal nr, mitarbeiternummer, numero de empleado, matricola, matricula, personeelsnummer,
        numer pracownika, osobni cislo, anstallningsnummer, medarbejdernummer, табельный номер, 社員番号, 工号"""
    ),
    RosterUse.TITLE: _phrases(
        """job title, position title, post title, role title, title, position, post, role, job, function, designation,
        appointment, occupation, office, poste, fonction, intitule du poste, stelle, funktion, position, rolle,
        stellenbezeichnung, berufsbezeichnung, puesto, cargo, rol, ruolo, mansione, funcao, posto, functie, rol,
        stanowisko, funkce, pozice, befattning, tjanst, stilling, tehtava, должность, 役職, 职位, 직위"""
    ),
    RosterUse.POST: _phrases(
        """post id, post no, post number, post ref, post reference, post unique reference, position id, position no,
        position number, position code, job number, role id, billet, line number, numero de poste, planstellennummer,
        planstelle, stellennummer, numero de puesto, codigo de puesto, numer stanowiska"""
    ),
    RosterUse.UNIT: _phrases(
        """unit, department, division, directorate, section, branch, team, bureau, organisation, organization,
        parent department, cost centre name, business unit, organisational unit, organizational unit, group name,
        office name, unit name, department name, team name, service, direction, departement, equipe, abteilung,
        referat, dezernat, bereich, organisationseinheit, unidad, departamento, area, seccion, unita, reparto,
        settore, ufficio, unidade, setor, afdeling, dienst, komorka, dzial, wydzial, oddeleni, utvar, avdelning,
        enhet, avdeling, afdeling, enhed, osasto, yksikko, отдел, подразделение, 部署, 部门, 부서"""
    ),
    RosterUse.MANAGER: _phrases(
        """reports to, reports to senior post, reporting to, line manager, manager, supervisor, manager id,
        manager name, supervisor name, supervisor id, managed by, reporting senior post, superior, manager no,
        manager number, responsable hierarchique, superieur, n 1, vorgesetzter, vorgesetzte, berichtet an,
        jefe, superior jerarquico, reporta a, responsabile, superiore, reporta se a, chefia, superieur hierarchique,
        leidinggevende, przelozony, nadrizeny, chef, naermeste leder, leder, esimies, руководитель, 上司, 主管"""
    ),
    RosterUse.BEGIN: _phrases(
        """start date, start, from, since, date started, hire date, hired, joined, joining date, date of joining,
        in post since, appointed, effective date, date d entree, date de debut, depuis, eintritt, eintrittsdatum,
        beginn, seit, fecha de inicio, fecha de ingreso, desde, data di inizio, assunzione, data de inicio, admissao,
        begindatum, in dienst, data zatrudnienia, od, nastup, startdatum, anstalld, aloituspaiva, дата приема, с"""
    ),
    RosterUse.END: _phrases(
        """end date, end, to, until, contract end, expires, expiry, date de fin, jusqu au, fin, ende, bis,
        befristet bis, fecha de fin, hasta, data di fine, fino al, data de fim, ate, einddatum, do, slutdatum, по"""
    ),
    RosterUse.LEFT: _phrases(
        """leaving date, leave date, date left, left, leaver, exit date, termination date, date of leaving,
        last working day, last day, departure, date de depart, date de sortie, austritt, austrittsdatum,
        fecha de baja, fecha de salida, data di cessazione, data de saida, uit dienst, data zwolnienia, vystup,
        slutade, дата увольнения"""
    ),
    RosterUse.SHARE: _phrases(
        """fte, full time equivalent, share, job share, percentage, percent, hours share, quotite, etp, anteil, vzk,
        vza, beschaftigungsumfang, pensum, jornada, etc eq, etat, uvazek, tjanstgoringsgrad, stillingsprosent, ставка"""
    ),
    RosterUse.STATUS: _phrases(
        """status, post status, employment status, state, statut, etat du poste, stand, estado, stato, situacao,
        stav, tila, статус, 状態, 状态"""
    ),
    RosterUse.OTHER: _phrases(
        """grade, band, level, notes, note, remarks, comment, comments, valid, team function, job team function,
        professional occupational group, location, site, building, room, floor, cost centre, contract, contract type,
        employment type, photo, skills, besoldung, entgeltgruppe, tarif, standort, bemerkung, remarque, lieu, notas"""
    ),
}

_POSTS: Final[Mapping[PostState | PersonState, str]] = {
    PostState.VACANT: """vacant, vacancy, vacant post, unfilled, open, open position, to be filled, to be recruited,
        recruiting, under recruitment, position vacant, vacant position, vacante, poste vacant, a pourvoir, vakant,
        unbesetzt, nicht besetzt, n n, offen, zu besetzen, sin cubrir, libre, vago, vaga, vacancia, da coprire,
        scoperto, in te vullen, vacature, wakat, nieobsadzone, volne, neobsazeno, ledig, ubesat, avoin, вакансия,
        вакантно, вакант, 空席, 空缺, 공석""",
    PostState.NOT_STATED: """n d, nd, not disclosed, not stated, unknown, not known, not applicable, n a, na, none,
        undisclosed, inconnu, non communique, unbekannt, keine angabe, k a, desconocido, sconosciuto, desconhecido,
        onbekend, nieznany, neuvedeno, okand, ukjent, ukendt, неизвестно""",
    PostState.REDACTED: """redacted, name redacted, withheld, name withheld, confidential, anonymised, anonymized,
        hidden, caviarde, masque, confidentiel, geschwarzt, vertraulich, confidencial, reservado, riservato, oscurato,
        vertrouwelijk, utajeno, maskerad, скрыто""",
    PostState.ELIMINATED: """eliminated, abolished, deleted, post deleted, disestablished, removed, closed, supprime,
        poste supprime, gestrichen, weggefallen, entfallen, suprimido, eliminado, amortizado, soppresso, extinto,
        vervallen, zlikwidowane, zruseno, indragen, nedlagt, lakkautettu, упразднена, 廃止, 撤销""",
    PostState.PLACEHOLDER: """tbd, tbc, tba, to be decided, to be determined, to be confirmed, xx, xxx, xxxx, x, dummy,
        test, placeholder, 0, a determiner, a definir, por definir, da definire, offen tbd""",
}
_PEOPLE: Final[Mapping[PostState | PersonState, str]] = {
    PersonState.ACTIVE: """active, current, employed, filled, occupied, in post, in role, permanent, full time,
        part time, actif, en poste, occupe, besetzt, aktiv, aktuell, activo, ocupado, cubierto, attivo, in servizio,
        ativo, actief, bezet, zatrudniony, aktivni, tillsvidare, действующий, работает""",
    PersonState.ON_LEAVE: """on leave, leave, maternity, maternity leave, paternity leave, parental leave, sick leave,
        long term sick, sabbatical, secondment out, en conge, conge, conge maternite, beurlaubt, elternzeit,
        mutterschutz, de baja, excedencia, in aspettativa, in maternita, licenca, met verlof, urlop, rodicovska,
        tjanstledig, permisjon, orlov, virkavapaa, в отпуске, 休職""",
    PersonState.DEPARTED: """left, leaver, departed, resigned, retired, terminated, dismissed, ex, former, parti,
        sorti, retraite, ausgeschieden, ausgetreten, baja, cesado, jubilado, cessato, desligado, uit dienst,
        zwolniony, odesel, slutat, sluttet, fratradt, уволен, 退職""",
    PersonState.ACTING: """acting, interim, ad interim, a i, temporary, caretaker, par interim, interimaire,
        kommissarisch, amtierend, en funciones, interino, facente funzione, ad interim, interino, waarnemend,
        p o, poverenec, tillforordnad, konstituert, vs, и о""",
}


def _by_word(table: Mapping[PostState | PersonState, str]) -> dict[str, PostState | PersonState]:
    return {" ".join(phrase): state for state, text in reversed(list(table.items())) for phrase in _phrases(text)}


POST_WORDS: Final = _by_word(_POSTS)
"""What a word says of a post that stands in the place of a name."""
STATUS_WORDS: Final = {**_by_word(_PEOPLE), **_by_word(_POSTS)}
"""What a word says in a column of its own."""

HONORIFICS: Final = word_set(
    """mr mrs ms miss mx dr prof professor sir dame herr frau monsieur madame mme m mlle sr sra srta don dona sig
    signor signora dott dottssa ing hr fr dhr mevr pan pani"""
)
"""Words before a name that do not tell people apart."""
