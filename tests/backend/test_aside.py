import threading

from backend.aside import Aside


def test_work_is_done_in_order_and_what_fails_ends_nothing():
    done, finished = [], threading.Event()
    aside = Aside("test")
    aside(done.append, 1)
    aside(lambda: 1 / 0)
    aside(done.append, 2)
    aside(finished.set)
    assert finished.wait(5)
    assert done == [1, 2]
