"""Phrases with every mention marked: boundaries, nesting and types, one construction a line."""

import pytest

from seimeibun.components.layers import read_layer

PHRASES = [
    # offices and their holders
    "<PE:大山次郎><PO:<C:日本国>外務大臣>が出席した。",
    "<PE:アマン・サリエフ>・<PO:<C:タジキスタン共和国>副首相兼外務大臣>が出席した。",
    "<PE:ミラー><PO:<C:英>首相>は述べた。",
    "<PE:ルイーズ・ベルナール><PO:<O:<R:欧州>委員会>委員長>が訪日した。",
    "<O:<R:東南アジア>諸国連合>(<O:ASEAN>)の会合",
    "<PO:<O:<R:東南アジア>諸国連合>(<O:ASEAN>)事務総長>が述べた。",
    "<PO:<O:国連>事務総長>の報告",
    "<PE:ジョン・F・ハリス><PO:国務長官>は述べた。",
    "<PE:石田>前<PO:首相>の政策",
    "<PO:衆議院議員><PE:山本次郎>が出席した。",
    "<O:マイクロソフト社>の投資を歓迎した。",
    "同社は国際社会に貢献する。",
    "<C:日本>企業12社が参加した。",
    "<R:中央アジア>諸国の<PO:外務大臣>は署名した。",
    "大統領選挙の実施を歓迎した。",
    "議長国としての貢献を評価した。",
    "両外相は会談した。",
    "<PO:<C:パラオ共和国>駐日特命全権大使>",
    "<C:ブータン>の<PO:大臣>は述べた。",
    "<C:タイ>及び<C:ベトナム>の<PO:大臣>が出席した。",
    "担当の大臣が出席した。",
    "<PE:アントン・ペトレスク><PO:<C:ルーマニア>大統領>は訪日した。",
    "<PE:カリーム二世><PO:<C:ヨルダン>国王陛下>が訪日した。",
    "<PE:鈴木一郎><PO:駐<C:ガーナ>特命全権大使兼<O:<R:アフリカ>連合><G:<C:日本>政府>代表部大使>が署名した。",
    "<PE:李明><PO:<O:<C:中国>共産党>中央政治局委員兼外交部長>が訪日した。",
    "<PE:アナ・ベッカー><PO:<C:米>国務次官補代理>が訪日した。",
    "<PO:<G:<C:イラン>外務省>アジア局長>が述べた。",
    "<G:<O:<R:アフリカ>連合><G:<C:日本>政府>代表部>の開設",
    "<T:<C:日>・<C:中>・<C:韓>FTA>の交渉",
    "<O:<C:英>海軍>の寄港",
    "<C:仏><C:印>両国の協力",
    "<F:<CI:姫路>城>を訪れた。",
    # states
    "<C:日>・<C:キルギス>関係の強化",
    "<C:日><C:米><C:豪><C:印>の連携",
    "<E:第6回<C:日><C:印>経済安全保障対話>が開かれた。",
    "<E:<C:日><C:中><C:韓>サミット>に出席した。",
    "日本時間の午前9時",
    "<C:日本>人材の育成",
    "<LA:日本語>教育の普及",
    "<C:日本>側は謝意を表明した。",
    # bodies
    "<G:<C:ラオス>保健省>と協力する。",
    "<O:<C:カンボジア>地雷対策センター>(<O:CMAC>)による活動",
    "<O:国際熱帯林機構>の活動",
    "<O:<C:ウルグアイ><C:日本>人材開発センター>",
    "<G:<C:グレートブリテン及び北アイルランド連合王国>政府>は署名した。",
    "関係省庁及び国際機関と連携する。",
    "<PE:アグスティン・モラレス><PO:<G:国家投資委員会>委員長>が出席した。",
    "在<R:沖縄><O:<C:米>軍>施設の整理",
    "<C:カナダ>、<C:豪州>及び<C:韓国>(IP4)の参加",
    "<O:<C:カナダ>海軍>フリゲートの寄港",
    "<G:<G:外務省><R:北米>局>の説明",
    "<G:<C:ケニア>国家財務・経済計画省>と<G:<C:ブラジル>産業・貿易・サービス省>",
    "<G:<C:インドネシア>海洋・投資担当調整府>",
    "発表\n<G:外務省>は協力する。",
    # meetings
    "<E:第三次<O:国連>海洋法会議>の成果を歓迎した。",
    "次の会議に出席し、三次の交渉を行った。",
    "協議中の<E:<C:日>・<C:中>・<C:韓>サミット>の成果",
    "<E:第3回<O:国連>防災世界会議>に参加した。",
    "<E:<C:日>・<C:ブラジル>外相会談>を行った。",
    "両者の会談は有意義だった。",
    "<E:<T:<O:国連>気候変動枠組条約>第41回締約国会議>(<E:COP41>)",
    "<E:第5回世界森林サミット「<E:<CI:リマ>+10>」>が開催される。",
    "<E:<O:国連>海洋会議2031>が開かれた。",
    "「<E:森と水の未来>」と題する国際シンポジウムが開かれた。",
    "二国間演習「<E:サザン・フェザー>」を歓迎した。",
    "<E:<C:日><C:米>文化教育交流会議>(<E:カルコン>)の勧告",
    "<E:<O:G20>財務大臣・中央銀行総裁会議>で議論した。",
    "年次会合が<CI:アルケンドラ>で開かれた。",
    "<E:第6回<R:アフリカ>森林会議>(<E:<CI:ナイロビ>コングレス>)",
    "<E:静かで豊かな森のための国際閣僚会合>が開催された。",
    "<E:<C:ペルー>の植林に関する首脳会合>に出席した。",
    "森林に関する協議を行い、国際会議での協力を確認した。",
    # movements and missions
    "<O:<C:アンゴラ>全面解放同盟>(<O:AZLT>)との停戦",
    "<O:<C:チャド>愛国解放戦線>及び<O:<C:モザンビーク>抵抗運動>の代表",
    "<O:<O:国連><C:チャド>移行支援グループ>への参加",
    "<PO:<O:<C:ベトナム>共産党>書記長>",
    # states of one sign
    "<C:コスタリカ>の対<C:日>輸入と対<C:露>制裁",
    "先月<C:米><C:韓>両国の提案を受け入れた。",
    "対<R:中央アジア>外交",
    # instruments
    "右に関する取極は、明年締結される。",
    "<T:投資の相互保護に関する<C:日本国>と<C:ペルー共和国>との間の協定>に署名した。",
    "<T:<C:日本国>と<C:ジョージア>の間の信頼できる友好の増進に関する共同声明>を発出した。",
    "双方は、2031年5月に署名された<T:技術協力に関する覚書>を歓迎した。",
    "<T:<CI:横浜>宣言2033>を採択した。",
    "<T:<O:<O:国連>安保理>決議第2231号>の履行",
    "<T:<O:国連>決議<T:A/RES/66/290>>の履行",
    "<T:「森林火災防止のための協力」決議>が採択された。",
    "同決議の共同提案国",
    "自由貿易協定の交渉",
    "<T:<C:日本>と<C:カナダ>との間の租税条約>に署名した。",
    "テロの定義に関する条約案",
    "三年間の期間における<T:木材の輸入に関する協定>の実施",
    "<T:科学技術協力協定>に基づく小委員会",
    "<T:小型武器等の不拡散に関する<O:G8>首脳声明>",
    # programmes
    "<P:「青い<L:インド洋>」に向けた10年イニシアティブ>を開始する。",
    "産業振興政策「<P:ネクスト・ステップ>」の下",
    "「<P:海の行動アジェンダ>」を採択した。",
    "<O:<R:アフリカ>連合>の<P:アジェンダ2063>",
    "「<P:農村開発計画>」を実施する。",
    "無償資金協力「<P:小島嶼国における給水網の整備>」を行う。",
    "<P:「<P:一日一善>(<P:OIO>)」運動>",
    "<P:<C:日>・<R:カリブ>友好パートナーシップ>",
    "具体的なプロジェクトを実現する。",
    "<P:<F:<CI:ヤルハン>水力発電所>計画>に関心を示した。",
    "<P:農業分野における「友好の森」のロードマップ>を採択した。",
    "<P:<CI:サルメラ>水力発電計画>については、更に協議する。",
    "エネルギー開発計画について協議した。",
    # places
    "<F:<CI:サルバトーレ>国際空港>を整備する。",
    "<F:<L:ナルマダ川>橋梁>を架け替える。",
    "<F:国道9号線>の改修",
    "<R:高知県><CI:四万十市>で開催された。",
    "<F:東西回廊>及び<F:南北高速道路>を結ぶ。",
    "<F:<CI:メルサナ>・ダム>の決壊",
    "<F:<CI:パラクサン>寺院>の保存",
    "<C:モルディブ>の<CI:フルバリン>において署名した。",
    "2032年4月8日、<CI:フルバリン>(<C:モルディブ>)において開催した。",
    "オンラインにて開催した。",
    "<L:北西太平洋>における漁業",
    "<CI:リオ・デ・ジャネイロ>で採択された。",
    "<F:<C:ジブチ>国際空港>を拡張する。",
    "ビニャ・デル・ソルで演説した。",
    "<C:ミャンマー><R:シャンデラ州>からの避難民",
    "国境の町<CI:ソルヴァ>に対する砲撃",
    "首都<CI:ソルヴァ>近郊の病院",
    "首都ハイウェイと都市ガスの整備",
    "<F:<CI:ハラレ>水産研修所>の建設",
    "<O:<CI:ハラレ>水産研修所>の所員",
    "<F:キング・サーレム国際空港>に到着した。",
    "<F:<L:<CI:ムンバイ>湾>横断道路>の建設",
    "<R:東部州>及び<R:北中部州>における地雷の除去",
    "<C:ザンビア><R:北西部州>の銅山を視察した。",
    "東部の諸州と連携する。",
    "<R:北欧>・<R:バルト>諸国との協力",
    "<R:欧州>・<L:大西洋>の安全保障",
    "<F:<CI:コロンボ>港>の北港の拡張",
    "<CI:アル・ムカッラー>を経由して運ばれた。",
    "クラウドを経由して送られる。",
    # policies, reports and schools in quotes, meetings that are counted
    "「<P:南方友好政策>」を進める。",
    "「<T:ブラヒミ報告>」の勧告に沿って改革を進める。",
    "<PO:<O:国連>事務総長>の報告を歓迎した。",
    "「<P:<R:アジア>高校生フェローシップ>」を創設した。",
    "「<O:<C:ベトナム><C:日本>学校>」の開校",
    "<E:第3回「<R:アフリカ>＋<C:日本>」閣僚会合>を<CI:ナイロビ>で開催した。",
    "<E:<CI:東京>2020オリンピック・パラリンピック競技大会>の成功",
    "<T:<C:日本国>と<C:オマーン国>との間の共同ビジョン>を発表した。",
    "この共同ビジョンの実施状況を点検する。",
    # whoever held the office before
    "先代国王の下で改革が始められた。",
    "<PE:イリーナ・ポポヴァ><PO:環境保護・地域発展大臣>と会談した。",
    # concepts and defined terms
    "<CO:持続可能な開発目標>(<CO:SDGs>)の達成",
    "三本柱「<CO:人材の交流>」を確認した。",
    "<O:国際協力機構>(以下「<O:機構>」という。)と協議し、<O:機構>が実施する。",
    "干ばつを受けやすい<CO:内陸開発途上国>(<CO:LLDCs>)の支援",
    "一方的な「併合」を認めない。",
    "法の支配の重要性を確認した。",
    "双方は、両国の関係を強化する。",
    # persons: an assembly's chairman, a cell of a signature block
    "<PE:ドルジ><PO:人民会議議長>閣下は、来訪した。",
    "人民会議議長の選挙が行われた。",
    "<CI:リマ>で署名した。\n<PO:<C:日本国>外務大臣>\n<PE:有馬正道>(署名)\n<PO:<C:チリ>外務大臣>\n<PE:ルイス=アラ・ソト>(署名)",
    # a verb among the nouns of a name
    "<O:<O:国際連合>兵力引き離し監視隊>の要員",
    "<O:<O:国際連合>食糧買い付け委員会>の決定",
    "関係国が話し合い委員会を設けた。",
    "資金を取りまとめ機構に送った。",
    # where a title begins, what its number counts
    "<T:戦略的な海上輸送に関する<C:日本国>と<C:ペルー共和国>との間の協定>を結んだ。",
    "<E:第3回<O:<T:TPP>合同委員会>>を開いた。",
    "<T:<E:第9回<L:太平洋>・島サミット>首脳宣言>を採択した。",
    "<E:第6回<R:アフリカ>開発会議>の成果",
    "<E:第28回<T:<O:国連>気候変動枠組条約>締約国会議>の成果",
    "<E:第5回<P:東方パートナーシップ>首脳会合>の成果",
    "合同委員会を設け、その第1回会合を<CI:リマ>で開く。",
    "<E:第2回外相会合>を<CI:リマ>で開く。",
    # rivers, islands and metals are no towns
    "「<P:<F:<L:タナ川>橋梁>建設計画>」を進める。",
    "「<P:<L:バヌア島>太陽光発電整備計画>」を進める。",
    "「<P:<CI:サヤブリ>水力発電計画>」を進める。",
    "ニッケル鉱山開発事業とリチウム鉱山の整備",
    "タングステン鉱山を共同で開発する。",
    "<F:パラナル望遠鏡>の建設",
    "<L:ゴラン高原>の部隊",
    "「<T:<CI:福島>・<CI:いわき>宣言>」に基づく協力",
    "弱いいわきを運ぶ。",
    # works in quotes, and what is planned of them
    "「<F:<CI:ロビト>回廊>」の整備計画を定めた。",
    "「<F:中央ガスパイプライン>」の整備を支持した。",
    "「<P:干ばつに強い稲の育成に関する共同研究>」を始めた。",
    "大学間の共同研究を歓迎した。",
    # laws by their articles
    "<T:<O:自衛隊>法>第95条に基づく警護",
    "<T:漁業法>(昭和二十四年法律第二百六十七号)第五条",
    "国際人道法第2条、同法第3条、この方法第1及び国際法",
    "外国為替及び外国貿易法第十条",
    # an acronym of more letters than acts
    "<CO:二酸化炭素の分離・回収>(<CO:CCS>)の事業",
    "船舶の<CO:解体・再生>(<CO:SR>)の事業",
    "排出の<CO:測定・報告・検証>(<CO:MRV>)を行う。",
]


@pytest.mark.model
@pytest.mark.parametrize("marked", PHRASES)
def test_phrase(nlp, read_marked, marked):
    text, mentions = read_marked(marked)
    found = {(item.start, item.end, item.label) for item in read_layer(nlp(text), "entities")}

    assert found == {(start, end, label) for start, end, label, _ in mentions}


@pytest.mark.model
def test_canonical_names_and_ids(nlp):
    text = "エルナ・タムは大臣である。タム・エストニア共和国外務大臣は、日本政府に謝意を述べた。"
    facts = {text[item.start : item.end]: item for item in read_layer(nlp(text), "entities")}

    assert facts["日本"].value == "JPN"
    assert facts["日本政府"].facts["canonical"] == "日本国政府"
    assert facts["エストニア共和国外務大臣"].facts["canonical"] == "エストニア共和国外務大臣"


@pytest.mark.model
def test_aliases_point_to_what_they_stand_for(nlp):
    text = "国際協力機構(以下「機構」という。)は、政府開発援助(ODA)を行う。機構が実施する。"
    found = read_layer(nlp(text), "entities")
    aliases = {
        text[item.start : item.end]: item.facts["alias_of"]
        for item in found
        if item.facts["alias_of"]
    }

    assert aliases == {"機構": "0-6:ORGANIZATION", "ODA": "20-26:CONCEPT"}
    assert found[-1].facts["alias_for"] == found[0].facts["canonical"]


@pytest.mark.model
def test_a_surname_is_known_from_the_full_name(nlp):
    text = "森永健吾日本国外務大臣は到着した。森永大臣に対し、謝意が伝えられた。"
    persons = [f for f in read_layer(nlp(text), "entities") if f.label == "PERSON"]

    assert [text[person.start : person.end] for person in persons] == ["森永健吾", "森永"]
    assert persons[1].facts["canonical"] == "森永健吾"


@pytest.mark.model
def test_an_alias_before_its_side(nlp):
    text = "欧州共同体(以下「共同体」という。)側から出席した。共同体側は、説明した。"
    found = [text[f.start : f.end] for f in read_layer(nlp(text), "entities")]

    assert found == ["欧州共同体", "欧州", "共同体", "共同体"]


@pytest.mark.model
def test_an_alias_for_offices_in_a_list(nlp):
    text = "外務大臣及び代表(以下「閣僚」という。)が出席した。閣僚は、議長に謝意を表した。"
    found = [text[f.start : f.end] for f in read_layer(nlp(text), "entities")]

    assert found == ["外務大臣", "閣僚", "閣僚"]


@pytest.mark.model
def test_an_alias_for_these(nlp):
    text = "大山日本国外務大臣及びミラー英国外務大臣が会した(以下これらの大臣を「閣僚」という。)。閣僚は、一致した。"
    alias = next(item for item in read_layer(nlp(text), "entities") if item.facts["alias_of"])

    assert text[alias.start : alias.end] == "閣僚"
    assert alias.facts["alias_of"].count(";") == 1


@pytest.mark.model
def test_a_collective_alias_names_its_members(nlp):
    text = "大山日本国外務大臣及びミラー英国外務大臣(以下「両大臣」という。)は会談した。両大臣は一致した。"
    found = read_layer(nlp(text), "entities")
    alias = next(item for item in found if item.facts["alias_of"])

    assert text[alias.start : alias.end] == "両大臣"
    assert alias.facts["alias_of"].count(";") == 1
    assert found[-1].facts["alias_for"]


@pytest.mark.model
@pytest.mark.parametrize("text", ["", "。", "昨年7月の会合", "「」()", "双方"])
def test_texts_without_entities(nlp, text):
    assert read_layer(nlp(text), "entities") == []
