//! Assigns a path style of a theme to each optimizer: the same style in every figure, whatever the other optimizers
//! are.

use super::algorithms::ALGORITHMS;
use thalweg::{optimizers::REGISTRY, pick::Pick};

/// Returns the index of each run's path style, in the order of the runs. A theme has `count` colors; larger indices
/// repeat the colors with other dashes.
///
/// The five algorithms of the article have the first five indices. All other optimizers follow in the order of the
/// registry, modulo `count`. The color of an optimizer does not depend on the other runs: if two optimizers have the same
/// color, the later one has other dashes. Only further runs of the same optimizer get other colors: the next ones that no
/// run has.
pub fn theme_indices<'a>(runs: impl IntoIterator<Item = &'a Pick>, count: usize) -> Vec<usize> {
    let homes: Vec<usize> = runs.into_iter().map(preferred_index).collect();
    let mut uses = vec![0_usize; count];
    let mut places: Vec<Option<usize>> = vec![None; homes.len()];
    for (i, home) in homes.iter().enumerate() {
        if !homes[..i].contains(home) {
            places[i] = Some(take(home % count, &mut uses));
        }
    }
    for (place, home) in places.iter_mut().zip(&homes) {
        if place.is_none() {
            let after = (0..count).map(|k| (home + k) % count);
            let next = after.min_by_key(|color| uses[*color]).unwrap_or(0);
            *place = Some(take(next, &mut uses));
        }
    }
    places.into_iter().flatten().collect()
}

/// Returns the next path style with this color.
fn take(color: usize, uses: &mut [usize]) -> usize {
    let place = color + uses[color] * uses.len();
    uses[color] += 1;
    place
}

/// An optimizer, and whether it has a line search: the article distinguishes these two.
type ColorKey<'a> = (&'a str, bool);

fn key(pick: &Pick) -> ColorKey<'_> {
    let searches = pick.settings.iter().any(|setting| setting.key == "search");
    (&pick.id, searches)
}

/// Returns the preferred index of an optimizer, from 0 without upper limit.
fn preferred_index(pick: &Pick) -> usize {
    let five = ALGORITHMS.map(|[_, _, text]| {
        let (id, settings) = text.split_once(':').unwrap_or((text, ""));
        (id, settings.contains("search="))
    });
    let is_new = |id: &&str| !five.iter().any(|(known, _)| known == id);
    let others = REGISTRY.entries.iter().map(|entry| &*entry.about.id);
    let others = others.filter(is_new).map(|id| (id, false));
    let all: Vec<ColorKey> = five.into_iter().chain(others).collect();
    let (id, searches) = key(pick);
    let exact = all.iter().position(|known| *known == (id, searches));
    let alike = || all.iter().position(|(known, _)| *known == id);
    exact.or_else(alike).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places_of(picks: &[&str], count: usize) -> Vec<usize> {
        let picks: Vec<Pick> = picks
            .iter()
            .map(|text| text.parse().expect("an optimizer"))
            .collect();
        theme_indices(&picks, count)
    }

    #[test]
    fn the_five_algorithms_keep_their_styles_beside_others() {
        let five = [
            "gradient-descent:learning_rate=3",
            "momentum",
            "rprop",
            "irprop-plus",
            "gradient-descent:search=armijo",
        ];
        assert_eq!(places_of(&five, 8), [0, 1, 2, 3, 4]);
        let mut turned = five;
        turned.reverse();
        assert_eq!(places_of(&turned, 8), [4, 3, 2, 1, 0]);
        for (i, pick) in five.iter().enumerate() {
            assert_eq!(places_of(&[pick], 8), [i]);
            assert_eq!(places_of(&[pick, "adam", "nesterov"], 8)[0], i);
        }
    }

    #[test]
    fn an_optimizer_has_the_same_color_beside_any_others() {
        let ids: Vec<&str> = REGISTRY
            .entries
            .iter()
            .map(|entry| &*entry.about.id)
            .collect();
        for (i, id) in ids.iter().enumerate() {
            let alone = places_of(&[id], 8)[0];
            for (j, other) in ids.iter().enumerate().filter(|(j, _)| *j != i) {
                let [first, second] = [places_of(&[id, other], 8), places_of(&[other, id], 8)];
                assert_eq!(
                    [first[0] % 8, second[1] % 8],
                    [alone; 2],
                    "{id} beside {other}"
                );
                assert!(first[0] != first[1], "{i} {j}");
            }
        }
    }

    #[test]
    fn every_optimizer_prefers_a_different_style() {
        let picks = REGISTRY.entries.iter().map(|entry| &*entry.about.id);
        let homes = picks.map(|id| preferred_index(&id.parse().expect("an optimizer")));
        let mut homes: Vec<usize> = homes.collect();
        homes.sort_unstable();
        homes.dedup();
        assert_eq!(homes.len(), REGISTRY.entries.len());
    }

    #[test]
    fn more_runs_than_styles_begin_a_second_round() {
        let same = ["rprop"; 11];
        let mut places = places_of(&same, 8);
        assert_eq!(places[..3], [2, 3, 4]);
        assert_eq!(places[8..], [10, 11, 12]);
        places.truncate(8);
        places.sort_unstable();
        assert_eq!(places, [0, 1, 2, 3, 4, 5, 6, 7]);
        // A second run of an optimizer does not take the index of another one that is present.
        assert_eq!(
            places_of(
                &[
                    "gradient-descent",
                    "gradient-descent:learning_rate=3",
                    "momentum"
                ],
                8
            ),
            [0, 2, 1]
        );
    }
}
