//! Assigns a path style of a theme to each optimizer: the same style in every figure, whatever the other optimizers
//! are.

use super::algorithms::ALGORITHMS;
use thalweg::{optimizers::REGISTRY, pick::Pick};

/// Returns the index of each run's path style, in the order of the runs. A theme has `count` colors; larger indices
/// repeat the colors with other dashes.
///
/// The five algorithms of the article prefer the first five indices. All other optimizers follow in the order of the
/// registry, modulo `count`. The first run that prefers an index gets it. A later run gets the next index with the
/// fewest uses, in its next round: the same color with other dashes.
pub fn theme_indices<'a>(runs: impl IntoIterator<Item = &'a Pick>, count: usize) -> Vec<usize> {
    let homes: Vec<usize> = runs
        .into_iter()
        .map(|pick| preferred_index(pick) % count)
        .collect();
    let mut uses = vec![0_usize; count];
    let mut places: Vec<Option<usize>> = Vec::new();
    for home in &homes {
        let is_free = uses[*home] == 0;
        uses[*home] += usize::from(is_free);
        places.push(is_free.then_some(*home));
    }
    let places = places.into_iter().zip(&homes).map(|(place, home)| {
        place.unwrap_or_else(|| {
            let after = (0..count).map(|i| (home + i) % count);
            let next = after.min_by_key(|i| uses[*i]).unwrap_or(*home);
            let round = uses[next];
            uses[next] += 1;
            next + round * count
        })
    });
    places.collect()
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
            // Adam may prefer the same index; the first run keeps it.
            assert_eq!(places_of(&[pick, "adam", "nesterov"], 8)[0], i);
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
