from emulated_deployment.findings import Findings


def test_an_error_fails_its_phase_and_the_next_one_goes_on() -> None:
    findings = Findings()
    with findings.phase_of("first"):
        findings.expect("this", True, "seen", "AWS::S3::Bucket")
        raise ValueError("broken")
    with findings.phase_of("second"):
        findings.expect("that", [], "nothing")
    assert [(check.phase, check.passed) for check in findings.checks] == [
        ("first", True),
        ("first", False),
        ("second", False),
    ]
    assert [check.seen for check in findings.failed] == ["ValueError: broken", "nothing"]
