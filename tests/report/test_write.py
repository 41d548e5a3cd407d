import pytest

import seimeibun.tables
from seimeibun.report.write import write_report
from seimeibun.tables.document import Document
from seimeibun.tables.write import write_dataset


@pytest.fixture
def dataset(make_doc, tmp_path):
    docs = [make_doc("minato"), make_doc("umi")]
    texts = {doc._.doc_id: Document.of(doc).source for doc in docs}
    write_dataset(seimeibun.tables(docs), texts, tmp_path)
    return tmp_path


def test_each_document_has_a_page_and_the_index_leads_there(dataset):
    pages = write_report(dataset, dataset / "report")

    index = (dataset / "report" / "index.html").read_text(encoding="utf-8")
    assert [path.name for path in pages] == ["minato.html", "umi.html"]
    assert all(f'href="{path.name}"' in index for path in pages)
