//! Changes of settings in a pick.

use super::controls::{OpenEntries, about, has_slider, pairs, pick_of};
use thalweg::{
    Error,
    catalog::{Interval, Kind},
    number::ShortestFloat,
    optimizers,
    pick::{FileContent, Pick},
};

/// Returns the text with one setting changed. An empty value removes the setting and the settings of its part.
///
/// # Errors
/// The text cannot be parsed, or the value cannot be quoted.
pub fn change_setting(list: &str, text: &str, key: &str, value: &str) -> Result<String, Error> {
    let pick = pick_of(list, text)?;
    let mut pairs = about(list, &pick.id).map_or(Vec::new(), |about| pairs(&pick, about));
    let value = value.trim();
    let open = OpenEntries::of(list, &pick);
    let about = about(list, &pick.id).ok();
    let param = about.and_then(|about| open.find(about, key, &pairs, ""));
    let value = if param.is_some_and(|param| param.is_unset(value)) {
        ""
    } else {
        value
    };
    let place = pairs.iter().position(|(name, _)| name == key);
    match place {
        Some(i) if pairs[i].1 == value => return Ok(text.to_owned()),
        Some(i) if !value.is_empty() => value.clone_into(&mut pairs[i].1),
        None if !value.is_empty() => pairs.push((key.to_owned(), value.to_owned())),
        _ => pairs.retain(|(name, _)| name != key),
    }
    // A different part has different settings.
    let prefix = format!("{key}.");
    pairs.retain(|(name, _)| !name.starts_with(&prefix));
    let changed = written(&pick.id, &pairs)?;
    let parsed = changed.parse::<Pick>().ok();
    let Some(parsed) = parsed.filter(|_| list == "optimizers") else {
        return Ok(changed);
    };
    // Another rule may not have the settings of the one before.
    let foreign = optimizers::settings_without_rule(&parsed);
    pairs.retain(|(name, _)| !foreign.contains(&&**name));
    written(&pick.id, &pairs)
}

/// Writes a pick with these settings.
fn written(id: &str, pairs: &[(String, String)]) -> Result<String, Error> {
    let texts: Vec<String> = pairs
        .iter()
        .map(|(name, value)| Ok(format!("{name}={}", quoted(value)?)))
        .collect::<Result<_, Error>>()?;
    Ok(if texts.is_empty() {
        id.to_owned()
    } else {
        format!("{id}:{}", texts.join(","))
    })
}

/// Returns the text with the value at a position of the setting's slider, from 0 to 1, rounded to three digits. `files` are the
/// names and contents of files of rules, whose texts name settings.
///
/// # Errors
/// The text cannot be parsed, or its entry has no such setting with a slider.
pub fn set_slider(
    list: &str,
    text: &str,
    key: &str,
    share: f64,
    files: &[(String, FileContent)],
) -> Result<String, Error> {
    let mut pick = pick_of(list, text)?;
    pick.files = files.to_vec();
    let about = about(list, &pick.id).ok();
    let open = OpenEntries::of(list, &pick);
    let param = about.and_then(|about| open.find(about, key, &pairs(&pick, about), ""));
    let Some(param) = param.filter(|param| has_slider(param)) else {
        return Err(Error::Settings(format!(
            "`{key}` is not a setting with a slider"
        )));
    };
    let Interval { low, high, .. } = param.slider;
    let value = param.spacing().at([low, high], share.clamp(0.0, 1.0));
    let rounded = match param.kind {
        Kind::Whole => value.round(),
        // The text was written by the formatter, so it can be parsed.
        _ => format!("{value:.2e}").parse().unwrap_or(value),
    };
    // The ends of the slider may not be allowed.
    let value = if param.valid.contains(rounded) {
        rounded
    } else {
        value
    };
    change_setting(list, text, key, &ShortestFloat(value).to_string())
}

/// Quotes a value for a setting if necessary.
fn quoted(value: &str) -> Result<String, Error> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._+*/^ ()".contains(c);
    if value.chars().all(plain) {
        return Ok(value.to_owned());
    }
    let quote = ['\'', '"']
        .into_iter()
        .find(|quote| !value.contains(*quote));
    let quote = quote.ok_or_else(|| {
        let message = "a value cannot contain both ' and \": use one kind of quotes";
        Error::Settings(message.to_owned())
    })?;
    Ok(format!("{quote}{value}{quote}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalog::controls::panel, json::read};

    #[test]
    fn settings_are_changed_and_removed() {
        let changed = |text, key, value| change_setting("optimizers", text, key, value).unwrap();
        let none = changed(
            "adam:schedule=cosine,schedule.total=9,beta1=0.5",
            "schedule",
            "none",
        );
        assert_eq!(none, "adam:beta1=0.5");
        assert_eq!(
            changed("adam:schedule=none,batch=none", "beta1", "0.5"),
            "adam:beta1=0.5"
        );
        assert_eq!(
            changed("momentum", "momentum", "0.5"),
            "momentum:momentum=0.5"
        );
        assert_eq!(changed("momentum:momentum=0.5", "momentum", ""), "momentum");
        let searched = "gradient-descent:search=golden-section,search.tolerance=0.1";
        assert_eq!(
            changed(searched, "search.tolerance", "0.2"),
            "gradient-descent:search=golden-section,search.tolerance=0.2"
        );
        assert_eq!(
            changed(searched, "search", "armijo"),
            "gradient-descent:search=armijo"
        );
        assert_eq!(changed(searched, "search", ""), "gradient-descent");
        let formula = super::change_setting("problems", "formula:x^2+y^2", "formula", "min(x,y=2)");
        let pick: Pick = formula.unwrap().parse().unwrap();
        assert_eq!(pick.settings[0].value, "min(x,y=2)");
    }

    #[test]
    fn a_rule_has_the_settings_of_its_text() {
        let text = "m := beta*m + g; w := w - rate*m; beta = 0.9";
        let pick = format!("lookahead:of=rule,of.text='{text}',of.rate=0.25");
        let rows = panel("optimizers", &pick, &[], None).unwrap().rows;
        let value = |key: &str| {
            let mut rows = rows.iter();
            let row = rows.find(|row| row.key == key)?;
            Some((&*row.value, row.share.is_some(), row.multiline))
        };
        assert_eq!(value("of.text"), Some((text, false, true)));
        assert_eq!(value("of.beta"), Some(("0.9", true, false)));
        assert_eq!(value("of.rate"), Some(("0.25", true, false)));
        assert_eq!(value("of.learning_rate"), None);
        let slid = set_slider("optimizers", &pick, "of.beta", 0.5, &[]).unwrap();
        assert_eq!(slid, pick.clone() + ",of.beta=0.9");
        let other = change_setting("optimizers", &slid, "of.text", "w := w - beta*g").unwrap();
        let rule = "lookahead:of=rule,of.text=\"w := w - beta*g\",of.beta=0.9";
        assert_eq!(other.replace('\'', "\""), rule);
        let slid = set_slider("optimizers", "rule", "beta", 0.5, &[]).unwrap();
        assert_eq!(slid, "rule:beta=0.9");
        let slid = set_slider("optimizers", "rule:beta=0.5", "learning_rate", 0.5, &[]).unwrap();
        assert_eq!(slid, "rule:beta=0.5,learning_rate=0.01");
        let other = change_setting("optimizers", &slid, "text", "w := w - 0.1*g").unwrap();
        assert_eq!(other, "rule:text='w := w - 0.1*g'");
        let files = [("a.rule".to_owned(), text.into())];
        let shown = panel("optimizers", "rule:@a.rule,rate=0.5", &files, None).unwrap();
        assert_eq!(shown.formula.matches("<math").count(), 2);
        assert!(shown.rows.iter().any(|row| row.key == "beta"));
        let slid = set_slider("optimizers", "rule:@a.rule,rate=0.5", "beta", 0.5, &files).unwrap();
        assert_eq!(slid, "rule:text='@a.rule',rate=0.5,beta=0.9");
        // Without the content of the file, its settings are not known.
        assert!(set_slider("optimizers", "rule:@a.rule,rate=0.5", "beta", 0.5, &[]).is_err());
        let kept = change_setting("optimizers", "rule:@a.rule,rate=0.5", "beta", "0.1").unwrap();
        assert_eq!(kept, "rule:text='@a.rule',rate=0.5,beta=0.1");
    }

    #[test]
    fn a_slider_position_is_read_as_set() {
        for share in [0.0, 0.3, 1.0] {
            let text = set_slider("optimizers", "momentum", "learning_rate", share, &[]).unwrap();
            let panel = read(&panel("optimizers", &text, &[], None).unwrap().into());
            let back = panel["rows"][0]["share"].as_f64().unwrap();
            assert!((back - share).abs() < 1e-3, "{text}: {back}");
        }
        assert!(set_slider("optimizers", "momentum", "nothing", 0.5, &[]).is_err());
    }
}
