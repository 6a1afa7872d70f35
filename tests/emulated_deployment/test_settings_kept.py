from emulated_deployment.settings_kept import unrepeated


def test_names_without_case_and_values_in_any_form_are_repeated() -> None:
    properties = {"Timeout": 8, "Nested": [{"Enable": True}, {"Limit": "5"}]}
    answer = {"Configuration": {"timeout": 8.0, "list": [{"enable": "true", "limit": 5}]}}
    assert unrepeated(properties, answer) == (3, [])


def test_a_setting_that_is_missing_or_has_another_value_is_named() -> None:
    properties = {"Timeout": 8, "MemorySize": 256, "Runtime": "python3.13"}
    assert unrepeated(properties, {"Timeout": 3, "Runtime": "python3.13"}) == (
        3,
        ["memorysize", "timeout"],
    )


def test_what_cloudformation_fills_in_and_tags_are_left_aside() -> None:
    properties = {"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "Tags": [{"Key": "a", "Value": "b"}]}
    assert unrepeated(properties, {}) == (0, [])
