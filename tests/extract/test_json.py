"""JSON that a server publishes is read; a JSON file in a folder is not taken for a page."""

from scanner.extract import extract
from tests.people import ID

_BODY = f'[{{"xm": "李春梅", "sfzh": "{ID}"}}]'.encode()


def test_a_servers_answer_is_read() -> None:
    document = extract(_BODY, "http://127.0.0.1/list", content_type="application/json")
    assert ID in document.text
    assert document.unread == ()


def test_a_file_in_a_folder_says_that_it_is_not_read() -> None:
    document = extract(_BODY, "labels.json", filename="labels.json")
    assert document.blocks == ()
    assert len(document.unread) == 1
