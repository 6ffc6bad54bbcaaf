import pytest

from isogen import errors


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.IsogenError, 1),
        (errors.PlanError, 1),
        (errors.ModelRefusedError, 1),
        (errors.InputError, 2),
        (errors.ParamsError, 2),
        (errors.BoundsError, 2),
        (errors.DataError, 3),
        (errors.DigestMismatchError, 3),
        (errors.ServiceError, 4),
        (errors.ModelUnavailableError, 4),
    ],
)
def test_an_error_knows_the_exit_code_of_the_command_it_ends(error, code):
    assert error.exit_code == code
    assert issubclass(error, errors.IsogenError)


def test_an_error_says_what_happened_and_what_to_do():
    error = errors.InputError("x is wrong", hint="Make it right.")
    assert (str(error), error.hint) == ("x is wrong", "Make it right.")


def test_a_hint_may_be_left_out():
    assert errors.IsogenError("x is wrong").hint == ""
