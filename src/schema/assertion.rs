//! Layer 0. The keywords that ask for something of a value itself.
//!
//! Spec: [JSON Schema Validation §6](https://json-schema.org/draft/2020-12/json-schema-validation#section-6).

use crate::codec::json::{Number, Object, Value};
use crate::limits::Budget;
use crate::schema::members::whole_number;
use crate::schema::pattern::Pattern;
use crate::schema::{BYTES_A_STEP, Stop};

/// A keyword that is broken, and what it asks for.
type Broken = Option<(&'static str, String)>;

/// What `keyword`, which says `rule`, finds wrong with `value`.
pub fn broken(keyword: &str, rule: &Value, value: &Value, budget: &mut Budget) -> Result<Broken, Stop> {
    match keyword {
        "type" => {
            budget.schema_steps(rule.as_set().len() / 8)?;
            Ok(of_type(rule, value))
        }
        "enum" => {
            for allowed in rule.as_array().ok_or(Stop::Malformed)? {
                if is_same(allowed, value, budget)? {
                    return Ok(None);
                }
            }
            Ok(broke("enum", "it is none of the values that are allowed here"))
        }
        "const" => Ok(match is_same(rule, value, budget)? {
            true => None,
            false => broke("const", "it is not the one value that is allowed here"),
        }),
        _ => match value {
            Value::Number(number) => of_number(keyword, rule, number),
            Value::String(text) => of_text(keyword, rule, text, budget),
            Value::Array(items) => of_array(keyword, rule, items, budget),
            Value::Object(object) => of_object(keyword, rule, object, budget),
            Value::Null | Value::Bool(_) => Ok(None),
        },
    }
}

fn broke(keyword: &'static str, sentence: impl Into<String>) -> Broken {
    Some((keyword, sentence.into()))
}

fn of_type(rule: &Value, value: &Value) -> Broken {
    let names: Vec<&str> = rule.as_set().iter().filter_map(Value::as_str).collect();
    let is = |name: &str| match (name, value) {
        ("integer", Value::Number(number)) => number.value == number.value.trunc(),
        (name, value) => name == kind(value),
    };
    match names.iter().any(|name| is(name)) {
        true => None,
        false => {
            broke("type", ["it should be of type ", &names.join(" or "), ", and is ", kind(value)].concat())
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn of_number(keyword: &str, rule: &Value, number: &Number) -> Result<Broken, Stop> {
    let number = number.value;
    let bound = || match rule {
        Value::Number(bound) => Ok((bound.value, &*bound.text)),
        _ => Err(Stop::Malformed),
    };
    let (keyword, holds, asks) = match keyword {
        "minimum" => ("minimum", number >= bound()?.0, "it should be at least "),
        "exclusiveMinimum" => ("exclusiveMinimum", number > bound()?.0, "it should be more than "),
        "maximum" => ("maximum", number <= bound()?.0, "it should be at most "),
        "exclusiveMaximum" => ("exclusiveMaximum", number < bound()?.0, "it should be less than "),
        "multipleOf" => ("multipleOf", is_multiple(number, bound()?.0), "it should be a multiple of "),
        _ => return Ok(None),
    };
    Ok(if holds { None } else { broke(keyword, [asks, bound()?.1].concat()) })
}

/// Whether `number` is so many times `step`, as exactly as doubles tell: 0.3 counts as three times 0.1.
fn is_multiple(number: f64, step: f64) -> bool {
    let times = number / step;
    times.is_finite() && (times - (times + 0.5).floor()).abs() <= times.abs().max(1.0) * 1e-12
}

fn of_text(keyword: &str, rule: &Value, text: &str, budget: &mut Budget) -> Result<Broken, Stop> {
    match keyword {
        "minLength" | "maxLength" => {
            budget.schema_steps(text.len() / BYTES_A_STEP)?;
            counted(keyword, rule, text.chars().count())
        }
        "pattern" => {
            let pattern = Pattern::read(rule.as_str().ok_or(Stop::Malformed)?, budget)?;
            Ok(match pattern.is_in(text, budget)? {
                true => None,
                false => broke("pattern", "it is not written in the form that is asked for here"),
            })
        }
        _ => Ok(None),
    }
}

fn of_array(keyword: &str, rule: &Value, items: &[Value], budget: &mut Budget) -> Result<Broken, Stop> {
    match keyword {
        "minItems" | "maxItems" => counted(keyword, rule, items.len()),
        "uniqueItems" if *rule == Value::Bool(true) => {
            for (index, item) in items.iter().enumerate() {
                for other in items.iter().skip(index + 1) {
                    if is_same(item, other, budget)? {
                        return Ok(broke("uniqueItems", "an item stands twice in it"));
                    }
                }
            }
            Ok(None)
        }
        _ => Ok(None),
    }
}

fn of_object(keyword: &str, rule: &Value, object: &Object, budget: &mut Budget) -> Result<Broken, Stop> {
    match keyword {
        "minProperties" | "maxProperties" => counted(keyword, rule, object.len()),
        "required" => required("required", rule.as_array().ok_or(Stop::Malformed)?, object, budget),
        "dependentRequired" | "dependencies" => {
            for (name, names) in rule.as_object().ok_or(Stop::Malformed)?.iter() {
                budget.schema_steps(1 + object.len() / 8 + name.len() / BYTES_A_STEP)?;
                if let (Some(_), Some(names)) = (object.get(name), names.as_array()) {
                    let broken = required("dependentRequired", names, object, budget)?;
                    if broken.is_some() {
                        return Ok(broken);
                    }
                }
            }
            Ok(None)
        }
        _ => Ok(None),
    }
}

fn required(
    keyword: &'static str,
    names: &[Value],
    object: &Object,
    budget: &mut Budget,
) -> Result<Broken, Stop> {
    for name in names {
        let name = name.as_str().ok_or(Stop::Malformed)?;
        budget.schema_steps(1 + object.len() / 8 + name.len() / BYTES_A_STEP)?;
        if object.get(name).is_none() {
            return Ok(broke(keyword, ["“", name, "” is missing"].concat()));
        }
    }
    Ok(None)
}

fn counted(keyword: &str, rule: &Value, count: usize) -> Result<Broken, Stop> {
    let (keyword, is_least, of) = match keyword {
        "minLength" => ("minLength", true, " characters"),
        "maxLength" => ("maxLength", false, " characters"),
        "minItems" => ("minItems", true, " items"),
        "maxItems" => ("maxItems", false, " items"),
        "minProperties" => ("minProperties", true, " members"),
        _ => ("maxProperties", false, " members"),
    };
    let bound = whole_number(rule).ok_or(Stop::Malformed)?;
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let holds = if is_least { count >= bound } else { count <= bound };
    let asks = if is_least { "it should have at least " } else { "it should have at most " };
    Ok(if holds { None } else { broke(keyword, [asks, &bound.to_string(), of].concat()) })
}

/// Whether two values are the same: numbers by what they are worth, members in any order. Their nesting
/// is limited by the reader.
fn is_same(one: &Value, other: &Value, budget: &mut Budget) -> Result<bool, Stop> {
    budget.schema_steps(1)?;
    match (one, other) {
        (Value::String(one), Value::String(other)) if one.len() == other.len() => {
            budget.schema_steps(one.len() / BYTES_A_STEP)?;
            Ok(one == other)
        }
        (Value::Number(one), Value::Number(other)) => Ok(one.value == other.value),
        (Value::Array(one), Value::Array(other)) => {
            if one.len() != other.len() {
                return Ok(false);
            }
            for (one, other) in one.iter().zip(other) {
                if !is_same(one, other, budget)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::Object(one), Value::Object(other)) => {
            if one.len() != other.len() {
                return Ok(false);
            }
            for (name, value) in one.iter() {
                budget.schema_steps(other.len() / 8 + name.len() / BYTES_A_STEP)?;
                match other.get(name) {
                    Some(other) if is_same(value, other, budget)? => {}
                    _ => return Ok(false),
                }
            }
            Ok(true)
        }
        _ => Ok(one == other),
    }
}
