import io
import json
import threading

from token_validator.log import MAX_TEXT_CHARACTERS, Log


def test_an_event_is_one_json_line() -> None:
    stream = io.StringIO()
    Log(stream).write("refused", reason="a\nb", subject="\ud800\u00e4")
    assert stream.getvalue().endswith("\n")
    assert stream.getvalue().count("\n") == 1
    assert json.loads(stream.getvalue()) == {
        "event": "refused",
        "reason": "a\nb",
        "subject": "\ud800\u00e4",
    }


def test_long_texts_are_cut() -> None:
    stream = io.StringIO()
    Log(stream).write("refused", subject="a" * 5000)
    assert json.loads(stream.getvalue())["subject"] == "a" * MAX_TEXT_CHARACTERS


def test_a_stream_that_is_gone_fails_nothing() -> None:
    stream = io.StringIO()
    stream.close()
    Log(stream).write("refused")


def test_a_reader_that_is_gone_fails_nothing() -> None:
    class BrokenPipe(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError(text)

    Log(BrokenPipe()).write("refused")


def test_lines_of_threads_stay_whole() -> None:
    class OneWriterAtATime(io.StringIO):
        busy = False
        overlaps = 0

        def write(self, text: str) -> int:
            self.overlaps += self.busy
            self.busy = True
            threading.Event().wait(0.001)  # long enough for the others to come
            written = super().write(text)
            self.busy = False
            return written

    stream = OneWriterAtATime()
    log = Log(stream)

    def write_often() -> None:
        for _ in range(10):
            log.write("refused", reason="x" * 50)

    threads = [threading.Thread(target=write_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stream.overlaps == 0
    assert [json.loads(line)["reason"] for line in stream.getvalue().splitlines()] == [
        "x" * 50
    ] * 40
