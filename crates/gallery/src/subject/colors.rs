//! Which path of a theme each optimizer is drawn as: the same in every figure, whoever else is in it.

use super::algorithms::ALGORITHMS;
use thalweg::{optimizers::REGISTRY, pick::Pick};

/// The place of each run among the paths of a theme, which come again after so many, in the order of the runs.
///
/// The article's five have the first five places, all other optimizers follow in the order of the registry, again and again
/// from the first place on. The first run with a place keeps it; one that comes later to a place that is taken gets the next
/// one that the fewest runs have, in its next round: there the colour is the same, and the dashes are others.
pub fn places<'a>(runs: impl IntoIterator<Item = &'a Pick>, count: usize) -> Vec<usize> {
    let homes: Vec<usize> = runs.into_iter().map(|pick| home(pick) % count).collect();
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

/// An optimizer, and whether a line search is given: the article tells these two apart.
type ColorKey<'a> = (&'a str, bool);

fn key(pick: &Pick) -> ColorKey<'_> {
    let searches = pick.settings.iter().any(|setting| setting.key == "search");
    (&pick.id, searches)
}

/// The place of an optimizer, counted from 0 without an end.
fn home(pick: &Pick) -> usize {
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
            .map(|text| text.parse().expect("a pick"))
            .collect();
        places(&picks, count)
    }

    #[test]
    fn the_articles_five_keep_their_places_in_any_company() {
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
            // Adam's home may be another's; who comes first keeps it.
            assert_eq!(places_of(&[pick, "adam", "nesterov"], 8)[0], i);
        }
    }

    #[test]
    fn every_optimizer_has_a_place_of_its_own() {
        let picks = REGISTRY.entries.iter().map(|entry| &*entry.about.id);
        let homes = picks.map(|id| home(&id.parse().expect("a pick")));
        let mut homes: Vec<usize> = homes.collect();
        homes.sort_unstable();
        homes.dedup();
        assert_eq!(homes.len(), REGISTRY.entries.len());
    }

    #[test]
    fn where_there_are_more_runs_than_paths_a_second_round_begins() {
        let same = ["rprop"; 11];
        let mut places = places_of(&same, 8);
        assert_eq!(places[..3], [2, 3, 4]);
        assert_eq!(places[8..], [10, 11, 12]);
        places.truncate(8);
        places.sort_unstable();
        assert_eq!(places, [0, 1, 2, 3, 4, 5, 6, 7]);
        // A second run of one optimizer does not take the place of another that is there too.
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
