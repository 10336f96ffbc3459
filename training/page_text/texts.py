"""Small texts in several scripts, written for training, so that made-up layouts are not English alone."""

from __future__ import annotations

# language: (titles, paragraphs, comments, names, places)
TEXTS: dict[str, tuple[list[str], list[str], list[str], list[str], list[str]]] = {
    "fr": (
        [
            "La halle aux poissons rouvre après deux ans de travaux",
            "Le petit train de la vallée cherche un conducteur",
            "Un hiver sans neige inquiète les bergers du plateau",
        ],
        [
            "La halle aux poissons a rouvert samedi devant plusieurs centaines d'habitants, deux ans après l'incendie "
            "qui avait détruit sa charpente.",
            "« On reconnaît l'odeur, c'est bon signe », a plaisanté une vendeuse installée depuis 1987.",
            "La mairie a dépensé 2,4 millions d'euros, dont un tiers vient de la région.",
            "Les bergers, eux, attendent toujours une réponse de la préfecture au sujet des points d'eau promis "
            "au printemps dernier.",
        ],
        [
            "Enfin une bonne nouvelle !",
            "Et le parking, on y pense quand ?",
            "Deux millions pour vendre trois sardines, bravo",
            "Merci aux artisans, c'est magnifique.",
            "J'y étais, il y avait beaucoup trop de discours",
        ],
        ["Solène Arnoux", "papi_du_port", "Gérard L.", "Le Grincheux", "Maëlys"],
        ["BREST", "Nantes", "LYON", "Rodez"],
    ),
    "de": (
        ["Brücke über die Wupper bleibt bis Herbst gesperrt", "Stadtbad bekommt neues Dach", "Imker melden gutes Honigjahr"],
        [
            "Die Brücke über die Wupper bleibt nach Angaben der Stadt mindestens bis Oktober gesperrt, weil zwei "
            "Träger ausgetauscht werden müssen.",
            "Anwohner beklagen lange Umwege. „Wir fahren jetzt jeden Tag zwanzig Minuten mehr“, sagte eine Bäckerin.",
            "Die Kosten steigen um 800.000 Euro.",
            "Der Rat will in der nächsten Sitzung über eine Fähre für Fußgänger beraten, die es zuletzt vor vierzig "
            "Jahren gab.",
        ],
        [
            "War ja klar.",
            "Kann man da mit dem Rad durch?",
            "Vierzig Jahre nichts gemacht und jetzt wundern sich alle.",
            "Die Fähre wäre schön!",
            "Typisch Verwaltung, erst planen wenn es bröckelt",
        ],
        ["Anke Drossel", "wupper_willi", "H. Petersen", "Gast", "Der Nachbar"],
        ["WUPPERTAL", "Köln", "Berlin", "Graz"],
    ),
    "es": (
        [
            "El mercado central abrirá los domingos a partir de mayo",
            "Vecinos rescatan a un potrillo atrapado en la acequia",
            "La biblioteca móvil vuelve a los pueblos de la sierra",
        ],
        [
            "El mercado central abrirá los domingos desde el primero de mayo, según decidió ayer el ayuntamiento "
            "por doce votos contra nueve.",
            "Los comerciantes están divididos. «Yo los domingos quiero ver a mis nietos», dijo una frutera.",
            "La medida se probará durante seis meses.",
            "En la sierra, entretanto, la biblioteca móvil ha vuelto a circular con dos mil libros y un conductor "
            "que los recita de memoria.",
        ],
        [
            "Por fin, ya era hora",
            "¿Y quién paga las horas extra?",
            "Otra ocurrencia más del alcalde.",
            "Me parece estupendo para los que trabajamos entre semana.",
            "No va a ir nadie",
        ],
        ["Marisol Quiroga", "toni_1982", "El Abuelo", "R. Ibáñez", "lechuguita"],
        ["Murcia", "LIMA", "Rosario (Argentina)", "SEVILLA"],
    ),
    "pt": (
        ["Padaria mais antiga do bairro fecha as portas", "Chuva enche açude pela primeira vez em oito anos"],
        [
            "A padaria mais antiga do bairro fechou neste sábado depois de 91 anos, e a fila pelo último pão dobrou a esquina.",
            '"Vou sentir falta do barulho da madrugada", disse o vizinho Anselmo Brito.',
            "O prédio deve virar uma farmácia.",
            "No sertão, o açude sangrou pela primeira vez em oito anos e as crianças tiveram folga para ver a água.",
        ],
        [
            "Mais uma farmácia, que surpresa",
            "Que tristeza!!!",
            "Alguém sabe se vão manter o forno?",
            "Comi o último pão às 6h, estava ótimo.",
        ],
        ["Anselmo B.", "dona_cida", "Zé Maria", "Kelly"],
        ["RECIFE", "São Paulo", "Porto"],
    ),
    "it": (
        ["Riapre il sentiero delle cascate dopo la frana", "Il campanile torna a suonare, ma una nota più bassa"],
        [
            "È stato riaperto ieri mattina il sentiero delle cascate, chiuso da due anni per una frana che aveva "
            "portato via un ponte di legno.",
            "«Il nuovo ponte regge anche le mucche», ha assicurato il sindaco.",
            "I lavori sono costati 310 mila euro.",
            "Nel paese vicino il campanile ha ripreso a suonare dopo il restauro, con una nota più bassa che divide "
            "gli abitanti.",
        ],
        ["Era ora", "E la segnaletica?", "Ci sono stato domenica: stupendo.", "Le mucche ringraziano, i turisti meno"],
        ["Lidia Ferrante", "montanaro63", "G. B.", "Sara"],
        ["AOSTA", "Belluno", "ROMA"],
    ),
    "ru": (
        ["В посёлке впервые за десять лет открыли баню", "Трамвай номер семь вернётся на набережную к лету"],
        [
            "Общественную баню открыли в субботу в посёлке лесников, где прежняя сгорела десять лет назад, сообщили "
            "в районной администрации.",
            "«Пар такой же, а веники лучше», — сказал первый посетитель, пенсионер Николай Гущин.",
            "На строительство ушло восемь миллионов рублей.",
            "Трамвай номер семь, который не ходил из-за ремонта моста, обещают вернуть на набережную к началу лета.",
        ],
        ["Наконец-то", "А дороги когда?", "Восемь миллионов за баню, вы серьёзно?", "Молодцы, что сделали, приеду в отпуск."],
        ["Гущин Н.", "сибирячка", "Вадим", "ivan_77"],
        ["ТОМСК", "МОСКВА", "Пермь"],
    ),
    "ja": (
        ["駅前の古時計、三年ぶりに動き出す", "雪まつりの滑り台に長い列 初日から人気"],
        [
            "駅前広場の古時計が三年ぶりに動き出し、住民ら約二百人が正午の鐘に拍手を送った。",
            "修理を手がけた時計店の主人は「部品を一つずつ磨いただけです」と話している。",
            "市は来月から時計台の内部を公開する予定だ。",
        ],
        [
            "毎朝見ていたのでうれしいです。",
            "鐘の音、ちょっと大きくないですか",
            "お疲れさまでした",
            "三年もかかったのか。税金の使い方を考えてほしい。",
        ],
        ["そらまめ", "みなと住民", "名無しさん", "k_tanaka"],
        ["札幌", "大阪"],
    ),
    "zh": (
        ["老城区最后一家钟表店迎来百年", "暴雨过后山村小学恢复上课"],
        [
            "老城区最后一家钟表店昨天迎来开业一百周年,街坊们带着自家的旧表前来祝贺。",
            "店主说:“只要还有人需要知道时间,我就不关门。”",
            "当地文化部门表示,将把这条街列入保护名录。",
        ],
        ["小时候爷爷带我去过。", "现在谁还戴表啊", "支持老手艺!", "房租涨成这样,能撑多久?"],
        ["江边的风", "老张爱吃面", "匿名网友", "山里娃"],
        ["成都", "上海"],
    ),
    "ko": (
        ["시장 골목 마지막 대장간, 다음 달 문 닫는다", "섬마을 분교에 새 선생님 왔다"],
        [
            "시장 골목을 육십 년 동안 지켜 온 대장간이 다음 달 문을 닫는다고 상인회가 12일 밝혔다.",
            '주인은 "호미를 사러 오는 사람이 하루 한 명도 없는 날이 많다"고 말했다.',
            "구청은 대장간을 박물관으로 보존하는 방안을 검토하고 있다.",
        ],
        ["아쉽네요", "박물관 좋은 생각입니다.", "세금 낭비 하지 마라", "어릴 때 지나다니던 곳인데 슬프다"],
        ["바다사랑", "kimc****", "동네주민", "하늘이"],
        ["부산", "서울"],
    ),
    "ar": (
        ["إعادة افتتاح السوق القديم بعد ترميم دام ثلاث سنوات", "مدرسة القرية تحصل على مكتبة متنقلة"],
        [
            "أعيد افتتاح السوق القديم يوم السبت بعد أعمال ترميم استمرت ثلاث سنوات، وسط حضور كبير من الأهالي والتجار.",
            "وقال أحد الحرفيين إن الدكاكين عادت كما كانت أيام جده.",
            "وبلغت كلفة المشروع نحو مليوني دينار بحسب البلدية.",
        ],
        ["ما شاء الله", "والأسعار؟", "نتمنى الاهتمام بالنظافة أيضا.", "مشروع جميل لكنه تأخر كثيرا"],
        ["أبو سالم", "ليلى", "متابع", "زائر"],
        ["عمان", "القاهرة"],
    ),
    "hi": (
        ["पुराने पुल पर फिर चलेगी ट्राम, मार्च से शुरू होगी सेवा", "गांव के तालाब की सफाई में जुटे दो सौ लोग"],
        [
            "शहर के पुराने पुल पर मार्च से फिर ट्राम चलेगी, नगर निगम के अधिकारियों ने शनिवार को यह जानकारी दी।",
            "स्थानीय दुकानदार ने कहा, ‘‘घंटी की आवाज सुने हुए तीस साल हो गए।’’",
            "परियोजना पर करीब नौ करोड़ रुपये खर्च होंगे।",
        ],
        ["बहुत अच्छा कदम", "पहले सड़क तो ठीक करो", "टिकट कितने का होगा?", "बचपन याद आ गया, धन्यवाद।"],
        ["रमेश कुमार", "सुनीता", "आम आदमी", "अजय"],
        ["कोलकाता", "नई दिल्ली"],
    ),
    "tr": (
        ["Sahildeki çay bahçesi yeniden açıldı", "Köy okuluna yüz kitap bağışlandı"],
        [
            "Sahildeki tarihi çay bahçesi üç yıl süren onarımın ardından cumartesi günü yeniden açıldı, ilk gün "
            "bin bardak çay dağıtıldı.",
            'Mahalle sakini Nermin Aksu, "Martılar bile geri döndü" dedi.',
            "Onarım için dört milyon lira harcandı.",
        ],
        ["Çok güzel olmuş", "Çay kaç lira?", "Bu paraya park yapılırdı.", "Emeği geçenlere teşekkürler"],
        ["Nermin A.", "kaptan_61", "Hasan", "misafir"],
        ["İZMİR", "ANKARA"],
    ),
    "id": (
        ["Jembatan gantung baru dibuka untuk warga dua desa", "Pasar malam kembali ramai setelah hujan reda"],
        [
            "Jembatan gantung sepanjang 120 meter dibuka pada Sabtu untuk warga dua desa yang selama ini harus "
            "menyeberang dengan rakit.",
            '"Anak saya tidak lagi terlambat sekolah," kata Suparmi, seorang pedagang sayur.',
            "Pembangunan menelan biaya Rp3,2 miliar.",
        ],
        ["Alhamdulillah", "Kapan giliran desa kami?", "Semoga awet ya jembatannya.", "mantap"],
        ["Suparmi", "bang_jek", "Rina W", "warga biasa"],
        ["SUKABUMI", "Jakarta"],
    ),
    "sw": (
        ["Kivuko kipya chaanza safari kati ya visiwa viwili", "Wakulima wa chai wapata bei bora"],
        [
            "Kivuko kipya kimeanza safari Jumamosi kati ya visiwa viwili, na kubeba abiria mia nne katika siku ya kwanza.",
            '"Sasa naweza kuuza samaki wangu kabla ya jua kuwaka," alisema mvuvi mmoja.',
            "Serikali imetumia shilingi bilioni sita katika mradi huo.",
        ],
        ["Hongera sana", "Nauli ni kiasi gani?", "Kazi nzuri, lakini barabara bado.", "asante"],
        ["Juma", "mama_neema", "Bakari S.", "Mzee"],
        ["UNGUJA", "Mombasa"],
    ),
}
