"""The words of matrices in several languages: what codes are called, what heads a column, what means nothing.

This is the only table of its kind: nothing else in this package knows a word of any file. Words are casefolded and
without accents, as `text.folded` makes them.
"""

from collections.abc import Mapping
from typing import Final

from uts_policy.exchange.text import word_set

LETTERS: Final = "RASCI"
"""The letters that mean themselves if no legend says otherwise."""

_CODE_WORDS: Final = {
    "R": """responsible responsibility execute executes executor execution performs performer perform does doer driver
        realise realisateur realisation responsable realiza realizador ejecuta ejecutor ejecucion encargado
        durchfuhrung durchfuhrend durchfuhrungsverantwortlich ausfuhrend verantwortlich zustandig
        esegue esecutore responsabile executa executor uitvoerend uitvoerder verantwoordelijk
        wykonawca wykonuje odpowiedzialny realizuje odpovedny realizator vykonava
        ansvarig utforare utfor ansvarlig utforer utforende vastuullinen toteuttaja
        sorumlu исполнитель исполняет ответственный виконавець відповідальний 実行責任者 担当 执行 负责 수행""",
    "A": """accountable accountability owns owner ownership approver approves approve approval answerable
        approuve approbateur autorite redevable aprueba aprobador aprobacion rendidor
        rechenschaftspflichtig gesamtverantwortlich genehmigt genehmigend kostenverantwortlich
        approva approvatore aprova aprovador autoridade prestador eindverantwoordelijk aansprakelijk
        zatwierdza zatwierdzajacy rozliczany schvaluje schvalovatel
        godkannare godkanner godkender godkjenner tilivelvollinen hyvaksyja hesap onaylayan
        утверждающий утверждает подотчетный затверджує підзвітний 説明責任者 批准 问责 승인""",
    "S": """support supports supporting supportive supporter helps help helper assists assist assistance
        soutien soutient assiste appui apoyo apoya soporte unterstutzend unterstutzt unterstutzung mitwirkend
        supporto supporta apoio apoia ondersteunend ondersteunt wspiera wsparcie podpora podporuje
        stod stodjer stotte stotter tukeva tukee destek поддержка помощник підтримка 支援 支持 지원""",
    "C": """consulted consult consults consultation contributor contributors contribute consulte consultes consultation
        consultado consultados consulta konsultiert beratend berat anzuhoren befragt
        consultato consultati consultada consultados geraadpleegd raadplegen konsultowany konsultuje konsultovan
        konzultovan konsulterad konsulteras konsulteret konsulteres konsultoitava danisilan
        консультант консультирует консультирующий консультант консультує 相談先 協業先 咨询 자문""",
    "I": """informed inform informs information informe informes notified notify
        informado informados informada informiert zu-informieren informato informati geinformeerd informeren
        informowany informuje informovan informerad informeras informeret informeres informert
        informoitava tiedotettava bilgilendirilen информируемый информирован информируется інформований
        報告先 通知 告知 통보""",
}

CODE_WORDS: Final[Mapping[str, str]] = {word: code for code, words in _CODE_WORDS.items() for word in words.split()}
"""What the code of a word is; the first meaning of a word that several languages share counts."""

DACI: Final = frozenset({"driver", "approver", "approves"})
"""Words of the DACI method, whose Approver decides and whose Driver does the work."""
RAPID: Final = frozenset({"recommend", "recommends", "agree", "agrees", "decide", "decides", "input"})
"""Words of the RAPID method, which has no accountable role."""

NONE: Final = word_set(
    """n/a na n.a. n.a none nil not-applicable - -- --- / // \\ . .. ... 0 _ ~ nicht-zutreffend entf. entfallt k.a.
    sans-objet so s/o s.o. no-aplica n/d nd non-applicabile n.v.t. nvt nie-dotyczy ej-aktuellt ikke-relevant
    neni-relevantni не-применимо н/п нет aucun aucune keine ninguno nessuno geen"""
)
"""Marks that say that a role has no part in a duty."""

TICKS: Final = word_set("""x ✓ ✔ ✗ ✘ ● • ■ ☑ ☒ √ yes y ja oui si sim tak ano да""")
"""Marks that say yes under a column that is itself a letter."""

AND: Final = word_set("""and und et y e ed en i a och og ja ve и та та as""") - {"a", "i", "as"}
"""Words between two codes of one cell. Single letters that are codes are not among them."""

STATEMENT_HEADS: Final = word_set(
    """task tasks activity activities action actions duty duties step steps item items name deliverable deliverables
    responsibility responsibilities process processes function functions control requirement subject topic decision
    decisions statement milestone work service services tache taches activite activites etape etapes livrable
    livrables mission missions processus aufgabe aufgaben tatigkeit tatigkeiten aktivitat aktivitaten schritt
    schritte prozess prozesse lieferergebnis tarea tareas actividad actividades paso pasos entregable proceso
    procesos compito compiti attivita fase-di-lavoro tarefa tarefas atividade atividades etapa entrega taak taken
    activiteit activiteiten stap zadanie zadania czynnosc czynnosci dzialanie ukol ukoly cinnost cinnosti uppgift
    uppgifter aktivitet aktiviteter opgave opgaver oppgave oppgaver tehtava tehtavat gorev gorevler задача задачи
    деятельность действие функция процесс завдання діяльність タスク 業務 作業 任务 活动 업무"""
)
"""Words over a column of duties."""

GROUP_HEADS: Final = word_set(
    """phase phases area areas category categories group section domain stage workstream stream theme chapter domaine
    categorie rubrique bereich kategorie gruppe abschnitt themenfeld area categoria grupo seccion fase fasi
    onderdeel categorie obszar kategoria etap oblast omrade kategori vaihe alan категория раздел этап область фаза
    розділ カテゴリ フェーズ 阶段 类别 단계"""
)
"""Words over a column of headings."""

DESCRIPTION_HEADS: Final = word_set(
    """description details detail comment comments note notes remark remarks explanation notes/comments definition
    commentaire commentaires remarque remarques explication beschreibung bemerkung bemerkungen kommentar kommentare
    erlauterung anmerkung anmerkungen descripcion comentario comentarios observaciones notas descrizione commenti
    osservazioni descricao observacoes opmerking opmerkingen beschrijving toelichting opis uwagi komentarz popis
    poznamka beskrivning kommentarer bemarkning bemaerkninger beskrivelse huomautus aciklama описание комментарий
    примечание опис примітка 備考 説明 备注 说明 비고"""
)
"""Words over a column that explains a duty."""

OTHER_HEADS: Final = word_set(
    """id no nr number # ref reference status state priority hours hour effort date due deadline start end duration
    frequency cadence risk cost budget progress % complete tool tools system link url version numero statut etat
    priorite heures date echeance frequence duree outil nummer lfd prioritat stunden aufwand datum termin haufigkeit
    dauer werkzeug estado prioridad horas fecha stato priorita ore data priorytet godziny termin stav priorita
    hodiny prioritet timer статус приоритет часы срок дата номер 状態 優先度 状态 优先级"""
)
"""Words over a column that is neither a duty nor a role."""

ROLE_HEADS: Final = word_set(
    """role roles position positions post team teams stakeholder stakeholders who actor actors participant participants
    function raci rasci daci code responsibility acteur acteurs fonction equipe poste rolle rollen funktion stelle
    beteiligte rol cargo puesto equipo ruolo ruoli funzione papel funcao rola role-name role-title stanowisko funkce
    rooli roller роль роли должность участник 役割 担当者 角色 역할"""
)
"""Words over a column of roles; over a column of letters they name no role."""

ROLE_WORDS: Final = word_set(
    """manager lead leader director officer owner team engineer analyst architect developer head chief sponsor board
    committee specialist coordinator administrator admin consultant expert supervisor executive president department
    office master coach squad user users customer client supplier vendor staff operator auditor council group unit
    desk directeur directrice chef responsable equipe leiter leiterin verantwortliche abteilung beauftragter gerente
    jefe direttore coordinatore kierownik dyrektor vedouci menedzer chefen руководитель директор менеджер отдел ceo
    cto cio ciso cfo coo dpo pmo pm qa hr it"""
)
"""Words in titles of roles; what has none of them and looks like a name is taken for a person's."""

SUM_HEADS: Final = word_set(
    """total totals sum sums subtotal count summe anzahl gesamt somme totaux totale suma totaal razem celkem итого"""
)
"""Words that begin a row or head a column of sums."""
