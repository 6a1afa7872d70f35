"""Evaluates those expressions of CloudWatch's metric math that alarms of ours hold.

The rules are those of the CloudWatch user guide, "Using math expressions with CloudWatch metrics":
an operation on a missing value is missing, and so is a division by 0; MAX takes those of its list
that are there; FILL puts a value in a missing one's place. Comparisons give 1 or 0.
"""

import ast
import operator
from collections.abc import Callable, Mapping

Value = float | None
_BINARY: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def evaluate(expression: str, values: Mapping[str, Value]) -> Value:
    """Return an expression's value for one period; None if it is missing.

    Raises ValueError for what is not implemented here, KeyError for an id without a value.
    """
    as_python = expression.replace(" AND ", " and ").replace("IF(", "IF_(")
    return _value(ast.parse(as_python, mode="eval").body, values)


def _value(node: ast.expr, values: Mapping[str, Value]) -> Value:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return values[name]
        case ast.BinOp(left=left, op=operation, right=right) if type(operation) in _BINARY:
            return _binary(operation, _value(left, values), _value(right, values))
        case ast.Compare(left=left, ops=[operation], comparators=[right]):
            return _binary(operation, _value(left, values), _value(right, values))
        case ast.BoolOp(op=ast.And(), values=parts):
            return _both([_value(part, values) for part in parts])
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _call(name, arguments, values)
    raise ValueError(f"not implemented in the simulation: {ast.unparse(node)}; add it here")


def _binary(operation: ast.AST, left: Value, right: Value) -> Value:
    if left is None or right is None or (isinstance(operation, ast.Div) and right == 0):
        return None
    return float(_BINARY[type(operation)](left, right))


def _both(parts: list[Value]) -> Value:
    present = [part for part in parts if part is not None]
    return float(all(present)) if len(present) == len(parts) else None


def _call(name: str, arguments: list[ast.expr], values: Mapping[str, Value]) -> Value:
    match name, arguments:
        case "MAX", [ast.List(elts=elements)]:
            every = [_value(element, values) for element in elements]
            return max((value for value in every if value is not None), default=None)
        case "FILL", [filled, filler]:
            value = _value(filled, values)
            return _value(filler, values) if value is None else value
        case "IF_", [condition, when_true, when_false]:
            holds = _value(condition, values)
            return None if holds is None else _value(when_true if holds else when_false, values)
    raise ValueError(f"not implemented in the simulation: {name}; add it here")
