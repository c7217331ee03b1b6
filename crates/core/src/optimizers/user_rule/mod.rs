//! A rule that the user writes as a text.

mod language;
mod names;
mod program;
mod reason;

use crate::{
    Error,
    catalog::{
        DefaultValue, EntryMetadata, File, Interval, Kind, Param, Setting, Settings, Text,
        inspect::{Channel, Inspect, Quantity, Shape},
        pick::{self, Assignment, FileContent},
    },
    error::{printable, shortened},
    optimizers::{options, prelude::*},
    run::optimizer::ConfiguredOptimizer,
};
use language::{GivenSettings, RuleText, Symbol};
use program::{Program, Rows, StepScratch};

/// A rule that you write: statements that compute the new weight from the gradient, from variables that the rule keeps, and
/// from settings.
///
/// ```text
/// m := beta*m + g
/// w := w - learning_rate*m
/// ```
///
/// `name := formula` assigns, and semicolons or line ends separate the statements. `g` is the gradient of a weight, `w` the
/// weight, `loss` the loss, and `t` the number of the step, which begins at 1. Every other name that is assigned is a variable:
/// it is 0 before the first step and keeps its value between steps. All other names are settings: add `,beta=0.9` to the pick,
/// or `; beta = 0.9` to the text as a default, which maps and sweeps can vary. A formula has the functions of formulas of
/// problems, and `where(a < b, then, otherwise)`. `norm(m)` and `orthogonalize(m)` of a variable, `g`, or `w` belong to the
/// whole block of the weight. A text that begins with `@` is the name of a file; a comment in its first line, `# My rule`, is
/// the title. `rule@1` states the version of this language.
#[derive(Clone, Debug, Describe)]
#[entry(
    id = "rule",
    title = "Rule",
    family = UserDefined,
    open
)]
pub struct UserRule {
    /// The statements, or `@` and the name of a file that contains them.
    #[param(default = "m := beta*m + g; w := w - learning_rate*m; beta = 0.9")]
    text: Arc<WrittenRule>,
    /// Learning rate, if the rule uses this name. A schedule changes it.
    #[param(default = 0.1, valid = positive, slider = 1e-6..=100.0, log, per_gradient, torch = "lr")]
    learning_rate: f64,
    /// Name in legends; the default is the title in the file, or `Rule`.
    label: Option<String>,
}

/// A text that has been read as a rule.
#[derive(Debug, PartialEq)]
struct WrittenRule {
    text: RuleText,
    program: Program,
    channels: Arc<[Channel]>,
}

/// The description of the entry, with the settings that all rules have.
static ABOUT: EntryMetadata = options::about::<UserRule>();

/// A longer title of a rule is shortened.
const MAX_TITLE_CHARS: usize = 60;

/// The name of the setting that a schedule changes.
const LEARNING_RATE: &str = "learning_rate";

/// The names of settings of rules that are learning rates: tuning searches them, over the range of the first.
pub(crate) const RATE_NAMES: [&str; 3] = [LEARNING_RATE, "lr", "rate"];

/// Returns the name of the file that contains the rule with these settings, if they name one.
pub(super) fn file(settings: &[Assignment]) -> Option<&str> {
    let name = given_text(settings)?.strip_prefix('@')?;
    (!name.is_empty()).then_some(name)
}

/// Returns the text in these settings, if it is given.
fn given_text(settings: &[Assignment]) -> Option<&str> {
    let mut settings = settings.iter();
    let text = settings.find(|s| s.key.is_empty() || s.key == "text")?;
    Some(&text.value)
}

/// Returns whether the text of the rule with these settings contains a name, so that the name can be a setting of the rule. A file
/// without its content may contain any name.
pub(super) fn contains_name(
    settings: &[Assignment],
    files: &[(String, FileContent)],
    name: &str,
) -> bool {
    let preset = match &ABOUT.params[0].preset {
        DefaultValue::Text(text) => &**text,
        _ => "",
    };
    let text = given_text(settings).unwrap_or(preset);
    let mut content = None;
    if let Some(own) = file(settings) {
        let Some((_, bytes)) = files.iter().find(|(name, _)| name == own) else {
            return true;
        };
        content = Some(String::from_utf8_lossy(bytes.bytes()));
    }
    let text = content.as_deref().unwrap_or(text);
    text.split(|c| !language::is_in_name(c))
        .any(|part| part == name)
}

/// Returns whether a rule has a setting of this name only if its text contains the name.
pub(super) fn is_named_by_text(name: &str) -> bool {
    let (head, tail) = pick::name(name);
    let is_own = !name.is_empty() && ABOUT.setting(head).is_none();
    tail.is_none() && (is_own || name == LEARNING_RATE)
}

/// The settings of a pick, for the names in a rule.
struct PickSettings<'a>(&'a Settings);

impl GivenSettings for PickSettings<'_> {
    fn value(&self, name: &str) -> Option<f64> {
        if name == LEARNING_RATE {
            // The number is that of the entry.
            return Some(f64::NAN);
        }
        let is_own = self.0.own_keys().iter().any(|key| key == name);
        let text = self.0.given_text(name).filter(|_| is_own)?;
        // Another text is reported when all settings are checked.
        Some(text.parse().unwrap_or(f64::NAN))
    }

    fn is_shared(&self, name: &str) -> bool {
        name != LEARNING_RATE && ABOUT.setting(name).is_some()
    }
}

impl Setting for Arc<WrittenRule> {
    const KIND: Kind = Kind::Text;

    fn read(param: &Param, settings: &Settings) -> Result<Self, Error> {
        let given = settings.text_of(param).unwrap_or_default();
        let names = PickSettings(settings);
        let rule = if let Some(name) = given.strip_prefix('@') {
            if name.is_empty() {
                let message = "the name of the file is missing after `@`: write rule:@FILE";
                return Err(Error::Grammar(message.to_owned()));
            }
            let file = File::attached(name, settings)?;
            let text = file.text()?;
            RuleText::read(text, &names).map_err(|(place, error)| {
                let before = &text[..place.start];
                let line = before.matches('\n').count() + 1;
                let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
                Error::in_file(name, Some(line as u64), Some(column), error.to_string())
            })?
        } else {
            RuleText::read(given, &names)
                .map_err(|(place, error)| settings.within_value(param, place, error))?
        };
        check_settings(settings, &rule)?;
        let channels = rule.symbols.iter().filter_map(channel).collect();
        Ok(Self::new(WrittenRule {
            program: Program::of(&rule),
            text: rule,
            channels,
        }))
    }
}

/// Checks that the rule uses all settings of the pick, and that their values are numbers.
fn check_settings(settings: &Settings, rule: &RuleText) -> Result<(), Error> {
    for key in settings.own_keys() {
        let Some((_, value)) = rule.settings().find(|(name, _)| name == key) else {
            let given = settings.given_text(key).unwrap_or_default();
            if language::KNOWN.contains(&&**key) || given.parse::<f64>().is_err() {
                // A rule with `=` instead of `:=` looks like a setting.
                let key_and_value = shortened(&format!("{key} = {given}"), MAX_TITLE_CHARS);
                let error = Error::Grammar(format!(
                    "`{key_and_value}` is not a setting with a number: a rule assigns with `:=`, as in w := w - 0.1*g"
                ));
                return Err(settings.at(key, error));
            }
            let shared = ABOUT.settings().map(|param| param.name.clone());
            let own = rule
                .settings()
                .filter(|(name, _)| ABOUT.setting(name).is_none());
            let own = own.map(|(name, _)| Text::from(name.to_owned()));
            let error = Error::UnknownKey {
                owner: "rule".into(),
                given: key.clone(),
                allowed: own.chain(shared).collect(),
                meant: Box::default(),
            };
            return Err(settings.at(key, error));
        };
        if !value.is_finite() {
            let error = Error::Value {
                key: key.clone(),
                given: settings.given_text(key).unwrap_or_default().to_owned(),
                allowed: "it must be a number".to_owned(),
                nearest: None,
            };
            return Err(settings.at(key, error));
        }
    }
    if !rule.uses(LEARNING_RATE) {
        for key in [LEARNING_RATE, "schedule"] {
            let reason = "has no effect, because the rule does not use the name `learning_rate`: remove it, or use this name";
            if let Some(error) = settings.refuse(key, reason) {
                return Err(error);
            }
        }
    }
    Ok(())
}

/// Returns the channel of a variable.
fn channel(symbol: &Symbol) -> Option<Channel> {
    let Symbol::Variable(name) = symbol else {
        return None;
    };
    Some(Channel {
        name: name.clone().into(),
        help: format!("Variable {name} of the rule.").into(),
        quantity: Quantity::Number,
        shape: Shape::Vector,
    })
}

/// The variables of a rule.
#[derive(Clone, Debug, Default)]
pub struct UserRuleState {
    channels: Arc<[Channel]>,
    /// By symbol.
    rows: Rows,
    /// The symbols of the channels.
    variables: Vec<usize>,
    scratch: StepScratch,
}

impl Inspect for UserRuleState {
    // The names follow from the text of the rule.
    const CHANNELS: &'static [Channel] = &[];

    fn read(&self, visit: &mut dyn FnMut(&Channel, &[f64])) {
        for (channel, id) in self.channels.iter().zip(&self.variables) {
            visit(channel, &self.rows[*id]);
        }
    }

    fn vectors(&mut self, visit: &mut dyn FnMut(&mut Vec<f64>)) {
        for id in &self.variables {
            visit(&mut self.rows[*id]);
        }
    }
}

impl Zeros for UserRuleState {
    fn zeros(_: usize, _: usize) -> Self {
        Self::default()
    }
}

impl GradientRule for UserRule {
    type State = UserRuleState;

    fn init(&self, _: &[f64], size: StateShape) -> UserRuleState {
        let symbols = &self.text.program.symbols;
        let is_variable = |id: &usize| matches!(symbols[*id], Symbol::Variable(_));
        UserRuleState {
            channels: self.text.channels.clone(),
            rows: self.text.program.rows(size.weights()),
            variables: (0..symbols.len()).filter(is_variable).collect(),
            scratch: StepScratch::default(),
        }
    }

    fn displace(&self, d: &mut [f64], here: StepContext, state: &mut UserRuleState) {
        let setting = |name: &str| (name == LEARNING_RATE).then_some(self.learning_rate);
        let UserRuleState { rows, scratch, .. } = state;
        self.text.program.step(d, here, rows, scratch, &setting);
    }

    fn is_autonomous(&self) -> bool {
        !self.text.program.uses_step
    }

    fn description(&self, about: &EntryMetadata) -> Option<EntryMetadata> {
        let rule = &self.text.text;
        let mut params: Vec<Param> = about.params.to_vec();
        params.retain(|param| param.name != LEARNING_RATE || rule.uses(LEARNING_RATE));
        let label = params.pop();
        params.extend(rule.symbols.iter().filter_map(own_setting));
        params.extend(label);
        let label = self
            .label
            .as_deref()
            .map(|label| printable(label).into_owned());
        let title = rule.title.as_deref();
        let title = label.or_else(|| title.map(|title| shortened(title, MAX_TITLE_CHARS)));
        let last = rule
            .statements
            .iter()
            .rfind(|s| s.target == language::WEIGHT);
        let words = last.map_or("", |statement| &statement.text);
        Some(EntryMetadata {
            title: title.map_or(about.title.clone(), Text::from),
            formula: formula(rule).into(),
            params: params.into(),
            channels: self.text.channels.iter().cloned().collect(),
            why: vec![StepReason {
                words: format!("moves by its rule, {words}").into(),
                step: reason::displacement(rule).unwrap_or_default().into(),
                case: None,
            }]
            .into(),
            ..about.clone()
        })
    }
}

/// Returns the statements in the notation of the catalog, one per line.
fn formula(rule: &RuleText) -> String {
    let lines = rule.statements.iter().map(|statement| {
        let (target, value) = statement.text.split_once(":=").unwrap_or_default();
        format!("{} <- {}", target.trim(), value.trim())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the description of a setting that only this rule has.
fn own_setting(symbol: &Symbol) -> Option<Param> {
    let Symbol::Setting(name, value) = symbol else {
        return None;
    };
    // A useful range for a slider: two powers of ten around a positive number.
    let is_positive = *value > 0.0;
    let (low, high) = if is_positive {
        (value / 100.0, value * 100.0)
    } else {
        (value - 1.0, value + 1.0)
    };
    let is_rate = is_positive && RATE_NAMES.contains(&&**name);
    let rate = ABOUT.setting(LEARNING_RATE).filter(|_| is_rate);
    let slider = rate.map_or(Interval::closed(low, high), |rate| rate.slider);
    (name != LEARNING_RATE).then(|| Param {
        log: is_positive,
        tuned: is_rate,
        ..Param::of_user(name, "rule", *value, slider)
    })
}

/// Builds the rule of a pick.
pub(super) fn build(settings: &Settings) -> Result<Box<dyn ConfiguredOptimizer>, Box<Error>> {
    use crate::catalog::Params as _;
    let rule = UserRule::from_settings(settings)?;
    let batches = !rule.text.program.uses_blocks();
    let configured = options::configured(rule, settings, batches)?;
    super::regularized(Box::new(configured), settings)
}
